// magnesia knowledge
#include <algorithm>
#include <filesystem>

#include "cli/common.hpp"
#include "knowledge/cases.hpp"
#include "report/layout.hpp"

namespace magnesia::cli {
namespace {

std::string padded(std::string_view text, std::size_t width) {
  std::string out = report::printable(text);
  out.append(width - std::min(width, report::characters(out)), ' ');
  return out + "  ";
}

std::string list_of(const Knowledge& knowledge, std::span<const std::string> kinds) {
  const std::vector<Knowledge::Entry> all = knowledge.list();
  std::size_t kind = 0;
  std::size_t id = 0;
  for (const Knowledge::Entry& entry : all) {
    kind = std::max(kind, entry.kind.size());
    id = std::max(id, std::min<std::size_t>(entry.id.size(), 40));
  }
  std::string out;
  for (const Knowledge::Entry& entry : all)
    if (kinds.empty() || std::find(kinds.begin(), kinds.end(), entry.kind) != kinds.end()) {
      std::string line = padded(entry.kind, kind) + padded(entry.id, id) + report::printable(entry.name);
      line.resize(line.find_last_not_of(' ') + 1);
      out += line + '\n';
    }
  return out;
}

std::string sources_of(const Knowledge& knowledge) {
  std::string out;
  for (const Source& source : knowledge.sources()) {
    out += report::printable(source.id) + " (" + std::string{name(source.grade)} + ")\n    " + report::printable(source.title);
    if (!source.publisher.empty()) out += ". " + report::printable(source.publisher);
    out += '\n';
  }
  return out;
}

Exit refuse(std::string place, std::string found, std::string expected) {
  complain({ErrorKind::unknown_name, std::move(place), std::move(found), std::move(expected)});
  return Exit::bad_input;
}

Exit done(const std::string& text) { return print(text) ? Exit::answered : Exit::bad_input; }

// The cases beside the documents of all packs that are folders. Those that come out otherwise are printed; the count of the
// others.
std::optional<std::size_t> run_cases(const Knowledge& knowledge, const std::vector<std::string>& packs) {
  std::vector<std::string> faults;
  std::size_t good = 0;
  for (const std::string& pack : packs) {
    if (!std::filesystem::is_directory(pack)) continue;
    for (const knowledge::Case& one : knowledge::read_cases(pack, faults)) {
      const std::vector<std::string> found = knowledge::differences(one, knowledge);
      good += found.empty() ? 1U : 0U;
      for (const std::string& difference : found) faults.push_back(one.file + ": " + one.name + ": " + difference);
    }
  }
  for (const std::string& fault : faults) complain(fault);
  return faults.empty() ? std::optional{good} : std::nullopt;
}

// The first pack, with the others as overlays.
Exit validate(const std::vector<std::string>& packs, bool with_cases) {
  if (packs.empty()) return refuse("knowledge validate", "no pack", "a folder or file; more of them are overlays over the first");
  const std::optional<Knowledge> loaded = load_knowledge(packs);
  if (!loaded) return Exit::bad_knowledge;
  const KnowledgeIdentity identity = loaded->identity();
  std::string out = std::string{identity.id} + ' ' + std::string{identity.version} + ": " +
                    std::to_string(loaded->list().size()) + " entries\n";
  for (const std::string_view overlay : loaded->overlays()) out += "overlay " + report::printable(overlay) + '\n';
  if (with_cases) {
    const std::optional<std::size_t> good = run_cases(*loaded, packs);
    if (!good) return Exit::bad_knowledge;
    out += std::to_string(*good) + " cases come out as they should\n";
  }
  return done(out);
}

}  // namespace

Exit knowledge(const Given& given) {
  const std::vector<std::string>& operands = given.operands();
  const std::string verb = operands.empty() ? std::string{} : operands.front();
  const std::vector<std::string> rest(operands.begin() + (operands.empty() ? 0 : 1), operands.end());
  static constexpr std::string_view verbs = "list, show, validate, sources, version";
  if (verb == "validate") return validate(rest, given.has("--cases"));
  if (verb != "list" && verb != "show" && verb != "sources" && verb != "version")
    return refuse("knowledge", operands.empty() ? "nothing" : excerpt(verb), std::string{verbs});
  if (verb == "show" ? rest.size() != 1 : verb != "list" && !rest.empty())
    return refuse("knowledge " + verb, std::to_string(rest.size()) + " more words", verb == "show" ? "one id" : "none");

  const std::optional<Knowledge> loaded = load_knowledge(given.values("--knowledge"));
  if (!loaded) return Exit::bad_knowledge;
  if (verb == "sources") return done(sources_of(*loaded));
  if (verb == "list") {
    static constexpr std::string_view kinds[] = {"condition", "drug",   "drug-class", "fact", "limit",
                                                 "product",   "ranges", "rule",       "salt", "source"};
    for (const std::string& kind : rest)
      if (std::find(std::begin(kinds), std::end(kinds), kind) == std::end(kinds))
        return refuse("knowledge list", excerpt(kind),
                      "condition, drug, drug-class, fact, limit, product, ranges, rule, salt, source");
    return done(list_of(*loaded, rest));
  }
  if (verb == "version") {
    const KnowledgeIdentity identity = loaded->identity();
    std::string out =
        std::string{identity.id} + ' ' + std::string{identity.version} + "\nsha256 " + std::string{identity.sha256} + '\n';
    for (const std::string_view overlay : loaded->overlays()) out += "overlay " + report::printable(overlay) + '\n';
    return done(out);
  }
  const std::string& id = rest.front();
  const std::optional<std::string> document = loaded->document_of(id);
  if (!document) return refuse("knowledge show", excerpt(id), "an id that magnesia knowledge list shows");
  std::string out = *document + '\n';
  if (const Result<std::string> words = Checker{*loaded}.explain(id)) out = *words + "\n\n" + out;
  return done(out);
}

}  // namespace magnesia::cli
