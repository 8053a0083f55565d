// magnesia knowledge
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "cli/common.hpp"
#include "cli/show.hpp"
#include "knowledge/cases.hpp"
#include "report/layout.hpp"
#include "report/reference.hpp"

namespace magnesia::cli {
namespace {

Exit refuse(std::string place, std::string found, std::string expected) {
  complain({ErrorKind::unknown_name, std::move(place), std::move(found), std::move(expected)});
  return Exit::bad_input;
}

Exit done(const std::string& text) { return print(text) ? Exit::answered : Exit::bad_input; }

std::vector<std::string> kinds_of(const std::vector<Knowledge::Entry>& entries) {
  std::vector<std::string> kinds;
  for (const Knowledge::Entry& entry : entries)
    if (kinds.empty() || kinds.back() != entry.kind) kinds.push_back(entry.kind);
  return kinds;
}

// The kind that a word means, in the singular or the plural; the word itself where there is none.
std::string kind_named(const std::string& word, const std::vector<std::string>& there) {
  for (const std::string& kind : there)
    if (word == kind || word == kind + 's' || word == kind + "es") return kind;
  if (word == "question" || word == "questions") return "fact";
  return word == "class" || word == "classes" ? "drug-class" : word;
}

std::size_t width_of_output() { return static_cast<std::size_t>(text_options().width); }

std::string in_column(std::string text, std::size_t width) {
  text.append(width - std::min(width, report::characters(text)), ' ');
  return text + "  ";
}

// "drug      iron  iron": kind, id, and the rest below them where it does not fit behind.
void append_line(std::string& out, const Knowledge::Entry& entry, std::size_t kind_width, std::size_t id_width,
                 std::string_view rest) {
  const std::size_t width = width_of_output();
  std::string line = in_column(report::printable(entry.kind), kind_width) + report::printable(entry.id);
  std::string one = in_column(line, kind_width + 2 + id_width) + report::printable(rest);
  if (rest.empty() || report::characters(one) > width) {
    for (const std::string& part : report::wrap(line, width)) out += part + '\n';
    if (!rest.empty()) report::append_entry(out, 4, {}, 4, rest, width);
  } else {
    out += one + '\n';
  }
}

struct Columns {
  std::size_t kind = 0;
  std::size_t id = 0;
  void hold(const Knowledge::Entry& entry) {
    constexpr std::size_t widest_id = 40;
    kind = std::max(kind, entry.kind.size());
    id = std::max(id, std::min(entry.id.size(), widest_id));
  }
};

// A rule has no name; how bad it is and what it is about tell more than nothing.
std::string named(const Knowledge& knowledge, const Knowledge::Entry& entry) {
  const int index = entry.kind == "rule" ? knowledge.base()->rule_named(entry.id) : -1;
  if (index < 0) return entry.name;
  const base::Rule& rule = knowledge.base()->rules[static_cast<std::size_t>(index)];
  return std::string{name(rule.severity)} + ", " + std::string{name(rule.topic)};
}

Exit list(const Knowledge& knowledge, const std::vector<std::string>& words) {
  const std::vector<Knowledge::Entry> all = knowledge.list();
  const std::vector<std::string> there = kinds_of(all);
  std::vector<std::string> kinds;
  for (const std::string& word : words) {
    kinds.push_back(kind_named(word, there));
    if (std::find(there.begin(), there.end(), kinds.back()) != there.end()) continue;
    std::string expected;
    for (const std::string& kind : there) expected += (expected.empty() ? "" : ", ") + kind;
    return refuse("knowledge list", excerpt(word), expected);
  }
  const auto wanted = [&](const Knowledge::Entry& entry) {
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), entry.kind) != kinds.end();
  };
  Columns columns;
  for (const Knowledge::Entry& entry : all)
    if (wanted(entry)) columns.hold(entry);
  std::string out;
  for (const Knowledge::Entry& entry : all)
    if (wanted(entry)) append_line(out, entry, columns.kind, columns.id, named(knowledge, entry));
  return done(out);
}

Exit find(const Knowledge& knowledge, const std::string& text) {
  const std::vector<Knowledge::Match> matches = knowledge.find(text);
  if (matches.empty())
    return refuse("knowledge find", excerpt(text) + ", under which nothing is known",
                  "a name, brand, synonym or code, or a part of a name");
  Columns columns;
  for (const Knowledge::Match& match : matches) columns.hold(match.entry);
  std::string out;
  for (const Knowledge::Match& match : matches) {
    std::string rest = named(knowledge, match.entry);
    if (match.how == Knowledge::Match::How::below_code)
      rest += " (the code lies below " + match.by + ')';
    else if (match.by != match.entry.name && match.by != match.entry.id)
      rest += " (" + match.by + ')';
    append_line(out, match.entry, columns.kind, columns.id, rest);
  }
  return done(out);
}

// Every entry of that id: a condition and a fact may share one.
Exit show(const Knowledge& knowledge, const std::string& id, bool as_written) {
  const knowledge::Documents documents{*knowledge.base()};
  std::string out;
  for (const knowledge::Item& item : documents.items()) {
    if (item.id != id) continue;
    if (!out.empty()) out += '\n';
    out += as_written ? std::string{documents.written(item)} + '\n' : entry_text(knowledge, documents, item, width_of_output());
  }
  if (out.empty())
    return refuse("knowledge show", excerpt(id), "an id that magnesia knowledge list shows; knowledge find looks for names");
  return done(out);
}

Exit sources(const Knowledge& knowledge) {
  const knowledge::Documents documents{*knowledge.base()};
  std::string out;
  for (const knowledge::Item& item : documents.items())
    if (item.kind == "source") append_source(out, item, width_of_output());
  return done(out + '\n' + count_by_grade(documents, width_of_output()));
}

// The cases beside the documents of all packs that are folders; what can't be read of them goes to `faults`.
std::vector<knowledge::Case> cases_of(const std::vector<std::string>& packs, std::vector<std::string>& faults) {
  std::vector<knowledge::Case> cases;
  for (const std::string& pack : packs)
    if (std::filesystem::is_directory(pack))
      for (knowledge::Case& one : knowledge::read_cases(pack, faults)) cases.push_back(std::move(one));
  return cases;
}

bool all_well(const std::vector<std::string>& faults) {
  for (const std::string& fault : faults) complain(fault);
  return faults.empty();
}

// Cases that come out otherwise are printed. How many come out; none where one does not.
std::optional<std::size_t> run_cases(const Knowledge& knowledge, const std::vector<std::string>& packs) {
  std::vector<std::string> faults;
  const std::vector<knowledge::Case> cases = cases_of(packs, faults);
  for (const knowledge::Case& one : cases)
    for (const std::string& difference : knowledge::differences(one, knowledge))
      faults.push_back(one.file + ": " + one.name + ": " + difference);
  return all_well(faults) ? std::optional{cases.size()} : std::nullopt;
}

// The pages of the reference as files of a folder, which is made where it is not there.
Exit reference(const Knowledge& knowledge, const std::vector<std::string>& packs, const std::string& folder) {
  std::vector<std::string> faults;
  const std::vector<knowledge::Case> cases = cases_of(packs, faults);
  if (!all_well(faults)) return Exit::bad_knowledge;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const std::filesystem::path base{folder};
  for (const report::ReferencePage& page : report::reference_of(knowledge, cases)) {
    const std::string path = (base / page.path).string();
    std::ofstream file{path, std::ios::binary};
    file.write(page.html.data(), static_cast<std::streamsize>(page.html.size()));
    file.close();
    if (file) continue;
    complain({ErrorKind::unreadable, path, "a file that cannot be written", "a folder that can be written to"});
    return Exit::bad_input;
  }
  return done((base / "index.html").string() + '\n');
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
  static constexpr std::string_view verbs = "list, show, find, validate, sources, reference, version";
  if (given.has("--format") && verb != "show") return refuse("--format", "knowledge " + excerpt(verb), "knowledge show");
  if (verb == "validate") return validate(rest, given.has("--cases"));
  const bool one_word = verb == "show" || verb == "find" || verb == "reference";
  if (!one_word && verb != "list" && verb != "sources" && verb != "version")
    return refuse("knowledge", operands.empty() ? "nothing" : excerpt(verb), std::string{verbs});
  if (verb != "list" && rest.size() != (one_word ? 1U : 0U))
    return refuse("knowledge " + verb, std::to_string(rest.size()) + " more words",
                  !one_word        ? "none"
                  : verb == "show" ? "one id"
                  : verb == "find" ? "one text, in quotation marks"
                                   : "one folder");

  const std::optional<Knowledge> loaded = load_knowledge(given.values("--knowledge"));
  if (!loaded) return Exit::bad_knowledge;
  if (verb == "sources") return sources(*loaded);
  if (verb == "list") return list(*loaded, rest);
  if (verb == "find") return find(*loaded, rest.front());
  if (verb == "show") return show(*loaded, rest.front(), given.value_or("--format", "text") == "json");
  if (verb == "reference") return reference(*loaded, given.values("--knowledge"), rest.front());
  const KnowledgeIdentity identity = loaded->identity();
  std::string out =
      std::string{identity.id} + ' ' + std::string{identity.version} + "\nsha256 " + std::string{identity.sha256} + '\n';
  for (const std::string_view overlay : loaded->overlays()) out += "overlay " + report::printable(overlay) + '\n';
  return done(out);
}

}  // namespace magnesia::cli
