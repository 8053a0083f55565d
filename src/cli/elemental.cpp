// magnesia elemental
#include "magnesia/elemental.hpp"
#include "cli/common.hpp"

namespace magnesia::cli {

namespace {

// --price and --servings: both or neither. None: a fault was printed.
std::optional<std::optional<PackPrice>> pack_price(const Given& given) {
  static constexpr std::string_view needs[]{"--price", "--servings"};
  std::optional<Exact> told[2];
  for (const std::size_t i : {0U, 1U}) {
    if (!given.has(needs[i])) continue;
    const Result<Exact> number = Exact::parse(given.value_or(needs[i], {}));
    if (!number) {
      complain(number.error(), needs[i]);
      return std::nullopt;
    }
    told[i] = *number;
  }
  if (!told[0] && !told[1]) return std::optional<PackPrice>{};
  if (told[0] && told[1] && given.operands().size() == 1) return PackPrice{*told[0], *told[1]};
  const std::size_t missing = told[0] ? 1 : 0;
  complain(
      told[0] && told[1]
          ? Error{ErrorKind::conflict, "--price", std::to_string(given.operands().size()) + " texts", "one text for one price"}
          : Error{ErrorKind::missing_key, "elemental", "no " + std::string{needs[missing]}, "--price with --servings"});
  return std::nullopt;
}

}  // namespace

Exit elemental(const Given& given) {
  if (given.operands().empty()) {
    complain({ErrorKind::missing_key, "elemental", "no text", "the text of one or more labels, each in quotation marks"});
    return Exit::bad_input;
  }
  const std::optional<std::optional<PackPrice>> pack = pack_price(given);
  if (!pack) return Exit::bad_input;
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
  if (*pack) {
    const Result<Interval<Exact>> price = price_of_100_mg(items.front().elemental, **pack);
    if (!price) {
      complain(price.error());
      return Exit::bad_input;
    }
    items.front().price = *price;
  }
  const std::string_view format = given.value_or("--format", on_terminal() ? "text" : "json");
  return print(format == "json" ? to_json(items) + '\n' : to_text(items, checker.knowledge(), text_options())) ? Exit::answered
                                                                                                               : Exit::bad_input;
}

}  // namespace magnesia::cli
