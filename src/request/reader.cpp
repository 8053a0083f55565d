#include "request/reader.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/characters.hpp"

namespace magnesia::request {

using base::is_digit;

namespace {

constexpr std::string_view leave_out = "; leave the key out where it is not known";
constexpr std::size_t longest_key = 40;  // of ours; a longer one is no slip of the pen

char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '_' || c == ' ' ? '-' : c;
}

// Insertions, deletions, changes and swaps of neighbours that lead from a to b (optimal string alignment distance).
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_key + 1>;
  Row before_last{}, last{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last = last;
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = folded(a[i - 1]) == folded(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) && folded(a[i - 2]) == folded(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string alternatives(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::string_view nearest(std::string_view text, const std::vector<std::string_view>& words) {
  if (text.size() > longest_key) return {};
  std::string_view best;
  std::size_t least = text.size() / 3 + 1;
  for (const std::string_view word : words) {
    if (word.size() > longest_key) continue;
    if (const std::size_t changes = distance(text, word); changes < least) {
      least = changes;
      best = word;
    }
  }
  return best;
}

void Reader::report_missing(const json::Node& object, std::string_view key, std::string_view expected) {
  report(ErrorKind::missing_key, pointer(object, key), "no key \"" + std::string{key} + '"', expected);
}

void Reader::report_unknown(const json::Node& member, const std::vector<std::string_view>& keys) {
  const std::string_view meant = nearest(member.key(), keys);
  report(ErrorKind::unknown_key, pointer(member), "the key " + excerpt(member.key()),
         meant.empty() ? "one of the keys " + alternatives(keys) : "the key \"" + std::string{meant} + '"');
}

void Reader::report_type(const json::Node& node, std::string_view expected) {
  report(ErrorKind::wrong_type, pointer(node), found(node),
         std::string{expected} + (node.type() == json::Type::null ? std::string{leave_out} : ""));
}

std::optional<Exact> Reader::number(const json::Node& node) {
  if (!is(json::Type::number, node, "a number") || node.faulty()) return {};
  Result<Exact> value = Exact::parse(node.text());
  if (value) return *value;
  report(value.error().kind, node, value.error().expected);
  return {};
}

std::optional<Measured> Reader::measured(const json::Node& node, std::initializer_list<Dimension> dimensions,
                                         std::string_view units) {
  if (node.type() != json::Type::object) {
    const std::string both = R"({"value": a number, "unit": )" + std::string{units} + '}';
    if (node.type() == json::Type::number)
      report(ErrorKind::wrong_unit, pointer(node), found(node) + " without a unit", both);
    else
      (void)is(json::Type::object, node, both);
    return {};
  }

  struct Parts {
    const json::Node* value = nullptr;
    const json::Node* unit = nullptr;
  } parts;
  static constexpr Field<Parts> fields[]{{"value", [](Reader&, const json::Node& member, Parts& into) { into.value = &member; }},
                                         {"unit", [](Reader&, const json::Node& member, Parts& into) { into.unit = &member; }}};
  members(node, Table{fields, parts});

  bool readable = false;
  Exact value;
  if (parts.value == nullptr) {
    report_missing(node, "value", "a number");
  } else if (const std::optional<Exact> told = number(*parts.value); told && *told < Exact{}) {
    report(ErrorKind::out_of_range, *parts.value, "0 or above");
  } else if (told) {
    readable = true;
    value = *told;
  }
  if (parts.unit == nullptr) {
    report(ErrorKind::wrong_unit, pointer(node, "unit"), "no unit", units);
    return {};
  }
  if (!is(json::Type::string, *parts.unit, units) || parts.unit->faulty()) return {};
  const Result<FoundUnit> unit = find_unit(parts.unit->text());
  const bool fits = unit && std::find(dimensions.begin(), dimensions.end(), unit->dimension) != dimensions.end();
  if (!fits) {
    std::string what = excerpt(parts.unit->text());
    if (unit) what += ", the unit of " + std::string{describe(unit->dimension)};
    report(ErrorKind::wrong_unit, pointer(*parts.unit), std::move(what), units);
    return {};
  }
  if (!readable) return {};
  return Measured{value, *unit};
}

void Reader::boolean(const json::Node& node, Fact<bool>& into) {
  if (is(json::Type::boolean, node, "true or false")) into = node.is_true();
}

std::optional<TimeOfDay> Reader::time(const json::Node& node, std::string_view expected) {
  if (!is(json::Type::string, node, expected) || node.faulty()) return {};
  const std::string_view text = node.text();
  if (text.size() != 5 || text[2] != ':' || !is_digit(text[0]) || !is_digit(text[1]) || !is_digit(text[3]) ||
      !is_digit(text[4])) {
    report(ErrorKind::syntax, node, expected);
    return {};
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours < 24 && minutes < 60) return TimeOfDay{hours * 60 + minutes};
  report(ErrorKind::out_of_range, node, expected);
  return {};
}

void Reader::time(const json::Node& node, Fact<TimeOfDay>& into) {
  if (const std::optional<TimeOfDay> read = time(node)) into = *read;
}

std::optional<Term> Reader::term(const json::Node& node) {
  constexpr std::string_view expected = R"(a name, or a code such as {"system": "rxnorm", "code": "10582"})";
  const auto words = [this](const json::Node& text, std::string& into) {
    if (!is(json::Type::string, text, "a name or code") || text.faulty()) return;
    if (text.text().find_first_not_of(" \t\r\n") == std::string_view::npos)
      return report(ErrorKind::unknown_name, text, "a name or code");
    into = text.text();
  };
  Term term;
  if (node.type() == json::Type::string) {
    words(node, term.text);
  } else if (is(json::Type::object, node, expected)) {
    struct Parts {
      Term& term;
      decltype(words)& read;
    } parts{term, words};
    static constexpr Field<Parts> fields[]{
        {"system", [](Reader&, const json::Node& member, Parts& into) { into.read(member, into.term.system); }},
        {"code", [](Reader&, const json::Node& member, Parts& into) { into.read(member, into.term.text); }}};
    members(node, Table{fields, parts});
    if (node.find("system") == nullptr)
      report_missing(node, "system", "the terminology's name, such as \"rxnorm\", \"atc\", \"icd10cm\" or \"snomed\"");
    if (node.find("code") == nullptr) report_missing(node, "code", "a code of that terminology");
    if (term.system.empty()) return {};
  }
  if (term.text.empty()) return {};
  return term;
}

std::optional<std::size_t> Reader::one_of(const json::Node& node, std::initializer_list<std::string_view> words) {
  if (node.type() == json::Type::string) {
    const auto* const at = std::find(words.begin(), words.end(), node.text());
    if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
    if (!node.faulty()) report(ErrorKind::unknown_name, node, alternatives(words));
  } else {
    (void)is(json::Type::string, node, alternatives(words));
  }
  return {};
}

std::optional<std::size_t> Reader::list(const json::Node& node, bool may_be_empty, std::size_t most, std::string_view expected,
                                        std::string_view or_else) {
  if (node.type() != json::Type::array) {
    report_type(node, std::string{expected} + std::string{or_else});
    return {};
  }
  const auto count = static_cast<std::size_t>(std::distance(node.children().begin(), node.children().end()));
  if (count == 0 && !may_be_empty) {
    report(ErrorKind::out_of_range, node, std::string{expected} + std::string{leave_out});
    return {};
  }
  if (count <= most) return count;
  report(ErrorKind::too_large, pointer(node), std::to_string(count) + " entries", "at most " + std::to_string(most));
  return {};
}

}  // namespace magnesia::request
