// magnesia elemental
#include "magnesia/elemental.hpp"
#include "cli/common.hpp"

namespace magnesia::cli {

Exit elemental(const Given& given) {
  if (given.operands().empty()) {
    complain({ErrorKind::missing_key, "elemental", "no text", "the text of one or more labels, each in quotation marks"});
    return Exit::bad_input;
  }
  std::optional<Knowledge> knowledge = load_knowledge(given.values("--knowledge"));
  if (!knowledge) return Exit::bad_knowledge;
  const Checker checker{*std::move(knowledge)};
  std::vector<Elemental> items;
  for (const std::string& text : given.operands()) {
    Result<Elemental> item = elemental_of(checker, text);
    if (item)
      items.push_back(*std::move(item));
    else
      complain(item.error(), excerpt(text));
  }
  if (items.size() != given.operands().size()) return Exit::bad_input;
  const std::string_view format = given.value_or("--format", on_terminal() ? "text" : "json");
  return print(format == "json" ? to_json(items) + '\n' : to_text(items, checker.knowledge(), text_options())) ? Exit::answered
                                                                                                               : Exit::bad_input;
}

}  // namespace magnesia::cli
