#include "fhir/codes.hpp"

#include <algorithm>

#include "base/characters.hpp"

namespace magnesia::fhir {

using base::ConceptId;
using base::is_digit;
using base::no_concept;
using base::RecordTerms;
using base::Taxonomy;

namespace {

constexpr std::size_t longest_product_name = 400;

std::string in_lower_case(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Any part of a letter beyond ASCII too.
bool is_letter(char c) noexcept { return base::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == ',')) text.remove_suffix(1);
  return text;
}

// Whether a word, or several, stand in a text with no letter beside them. Both in lower case.
bool has_words(std::string_view text, std::string_view words) noexcept {
  for (std::size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

// SNOMED CT puts the kind of a concept behind its name: "Hypertension (disorder)".
std::string_view without_tag(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 6> tags{" (disorder)",  " (finding)",         " (situation)",
                                                 " (procedure)", " (physical object)", " (substance)"};
  for (const std::string_view tag : tags)
    if (name.ends_with(tag)) return name.substr(0, name.size() - tag.size());
  return name;
}

// What stands before a part of a name that begins with a figure: "24 HR ", "120 ACTUAT ", "0.65 ML ", "NDA020800 0.3 ML ".
std::string_view without_package(std::string_view name) noexcept {
  for (;;) {
    name = trimmed(name);
    if (name.empty() || !is_digit(name.front())) return name;
    std::size_t at = name.find_first_not_of("0123456789.");
    if (at == std::string_view::npos || name[at] != ' ') return name;
    const std::size_t end = name.find(' ', at + 1);
    const std::string_view unit = name.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
    if (end == std::string_view::npos || (unit != "HR" && unit != "ACTUAT" && unit != "ML")) return name;
    name.remove_prefix(end);
  }
}

// A part of a product's name up to the first figure: the name of an ingredient.
std::string_view before_figures(std::string_view part) noexcept {
  for (std::size_t i = 1; i < part.size(); ++i)
    if (is_digit(part[i]) && part[i - 1] == ' ') {
      const std::size_t after = part.find_first_not_of("0123456789.,", i);
      // "vitamin B 12" has a figure of its own; a strength has a unit behind it.
      if (after != std::string_view::npos && part[after] == ' ' && after + 1 < part.size() && is_digit(part[after + 1])) continue;
      return trimmed(part.substr(0, i));
    }
  return trimmed(part);
}

Meaning look_up(const Taxonomy& taxonomy, const Term& term) {
  const ConceptId id = term.system.empty() ? taxonomy.names.find(term.text) : taxonomy.by_code(term.system, term.text);
  return {id, term};
}

}  // namespace

std::string shown(const Node& concept_node) {
  std::string found;
  any_name(concept_node, [&](std::string_view name) {
    found = excerpt(name);
    return true;
  });
  if (!found.empty()) return found;
  each_of(concept_node, "coding", [&](const Node& coding) {
    if (found.empty()) found = excerpt(std::string{text_of(coding, "system")} + ' ' + std::string{text_of(coding, "code")});
  });
  return found.empty() ? "neither code nor text" : found;
}

std::string_view Codes::system(std::string_view uri) const noexcept {
  const ConceptId at = terms_.system_names.find(uri);
  return at == no_concept ? std::string_view{} : std::string_view{terms_.systems[at]};
}

// found(system, code) of each coding in order, then of what the caller says of them; until it is true.
template <class Found>
bool Codes::any_coding(const Node& concept_node, Found found) const {
  bool done = false;
  each_of(concept_node, "coding", [&](const Node& coding) {
    const std::string_view named = system(text_of(coding, "system"));
    const std::string_view code = text_of(coding, "code");
    if (!done && !named.empty() && !code.empty()) done = found(Term{std::string{code}, std::string{named}});
  });
  if (done || !map_) return done;
  each_of(concept_node, "coding", [&](const Node& coding) {
    const std::string_view code = text_of(coding, "code");
    if (done || code.empty()) return;
    for (const Term& term : map_(text_of(coding, "system"), code)) done = found(term) || done;
  });
  return done;
}

ConceptId Codes::in(const base::NameIndex& index, const Node& concept_node) const {
  ConceptId at = no_concept;
  any_coding(concept_node, [&](const Term& term) {
    at = index.find(term.system.empty() ? term.text : term.system + ' ' + term.text);
    return at != no_concept;
  });
  return at;
}

Meaning Codes::condition(const Node& concept_node) const {
  Meaning meaning;
  const auto is = [&](const Term& term) {
    meaning = look_up(base_.conditions, term);
    return meaning.known();
  };
  if (any_coding(concept_node, is)) return meaning;
  any_name(concept_node, [&](std::string_view name) {
    return is({std::string{name}, {}}) || is({std::string{without_tag(name)}, {}});
  });
  return meaning;
}

bool Codes::contains_magnesium(ConceptId drug) const noexcept { return base_.contains[drug] != no_concept; }

bool Codes::speaks_of_magnesium(std::string_view name) const {
  const auto& called = terms_.measurements[static_cast<std::size_t>(facts::Bounded::serum_magnesium)].called;
  return !called.empty() && in_lower_case(name).find(called.front()) != std::string::npos;
}

bool Codes::add_ingredient(std::string_view name, Substances& into) const {
  const auto add = [&](std::string_view as) {
    if (const Meaning drug = look_up(base_.drugs, {std::string{as}, {}}); drug.known()) {
      into.drugs.push_back(drug);
      return true;
    }
    if (const std::optional<NamedSalt> salt = knowledge_.find_salt(as)) {
      into.magnesium.push_back(*salt);
      return true;
    }
    return false;
  };
  // Words from behind that do not make it another ingredient; of magnesium each word counts.
  for (std::string_view left = trimmed(name); !left.empty();) {
    if (add(left)) return true;
    const std::size_t blank = left.rfind(' ');
    if (blank == std::string_view::npos || terms_.counter_ions.find(left.substr(blank + 1)) == no_concept ||
        speaks_of_magnesium(left))
      return false;
    left = trimmed(left.substr(0, blank));
  }
  return false;
}

void Codes::add_substances(std::string_view name, Substances& into) const {
  if (name.size() > longest_product_name) return;
  if (add_ingredient(without_tag(name), into)) return;
  const std::size_t bracket = name.find('[');
  std::string_view rest = without_package(trimmed(name.substr(0, bracket)));
  Substances found;
  bool any = false;
  while (!rest.empty()) {
    const std::size_t slash = rest.find(" / ");
    const std::string_view ingredient = before_figures(without_package(rest.substr(0, slash)));
    if (!ingredient.empty() && add_ingredient(ingredient, found))
      any = true;
    else
      found.unknown.emplace_back(ingredient);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 3);
  }
  if (!any && bracket != std::string_view::npos) {  // by its brand
    const std::size_t end = name.find(']', bracket);
    if (end != std::string_view::npos && add_ingredient(name.substr(bracket + 1, end - bracket - 1), into)) return;
  }
  if (!any) return;
  for (Meaning& drug : found.drugs) into.drugs.push_back(std::move(drug));
  for (const NamedSalt& salt : found.magnesium) into.magnesium.push_back(salt);
  for (std::string& unknown : found.unknown) into.unknown.push_back(std::move(unknown));
}

Substances Codes::substances(const Node& concept_node) const {
  Substances all;
  any_name(concept_node, [&](std::string_view name) {
    const std::string lower = in_lower_case(name);
    for (const base::Route route : {base::Route::injection, base::Route::surface})
      for (const std::string& words : terms_.in_names[static_cast<std::size_t>(route)])
        if (!all.by_name && has_words(lower, words)) all.by_name = route;
    // A name that says of the magnesium how much it is says more than one that does not.
    const bool says_more = speaks_of_magnesium(name) && std::any_of(name.begin(), name.end(), is_digit);
    if (all.name.empty() || (says_more && std::none_of(all.name.begin(), all.name.end(), is_digit))) all.name = name;
    return false;
  });
  const bool coded = any_coding(concept_node, [&](const Term& term) {
    if (Meaning drug = look_up(base_.drugs, term); drug.known()) {
      all.drugs.push_back(std::move(drug));
      return true;
    }
    const ConceptId salt = term.system.empty() ? base_.salts.names.find(term.text) : base_.salts.by_code(term.system, term.text);
    if (salt == no_concept) return false;
    all.magnesium.push_back(*base_.named_salts[salt]);
    return true;
  });
  if (!coded)
    any_name(concept_node, [&](std::string_view name) {
      add_substances(name, all);
      return !all.nothing();
    });
  return all;
}

std::optional<base::Route> Codes::route(const Node& concept_node) const {
  ConceptId found = in(terms_.routes, concept_node);
  const auto is = [&](std::string_view name) {
    found = terms_.routes.find(name);
    return found != no_concept;
  };
  if (found == no_concept) any_name(concept_node, [&](std::string_view name) { return is(name) || is(without_tag(name)); });
  if (found == no_concept)
    each_of(concept_node, "coding", [&](const Node& coding) {
      if (found == no_concept) is(text_of(coding, "code"));
    });
  if (found == no_concept) return {};
  return static_cast<base::Route>(found);
}

const RecordTerms::Code* Codes::measurement(const Node& concept_node) const {
  const ConceptId at = in(terms_.measurement_codes, concept_node);
  return at == no_concept ? nullptr : &terms_.codes[at];
}

bool Codes::may_be_called(const Node& concept_node, facts::Bounded of) const {
  const auto& called = terms_.measurements[static_cast<std::size_t>(of)].called;
  bool named = false;
  const bool fits = any_name(concept_node, [&](std::string_view name) {
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return false;
    named = true;
    const std::string lower = in_lower_case(name);
    return std::any_of(called.begin(), called.end(),
                       [&](const std::string& part) { return lower.find(part) != std::string::npos; });
  });
  return fits || !named;
}

const RecordTerms::Status* Codes::status(const Node& concept_node) const {
  const ConceptId at = in(terms_.status_codes, concept_node);
  return at == no_concept ? nullptr : &terms_.statuses[at];
}

const RecordTerms::Answer* Codes::answer(const Node& concept_node) const {
  const ConceptId at = in(terms_.answer_codes, concept_node);
  return at == no_concept ? nullptr : &terms_.answers[at];
}

ConceptId Codes::device(const Node& concept_node) const {
  ConceptId found = in(terms_.devices, concept_node);
  if (found == no_concept)
    any_name(concept_node, [&](std::string_view name) {
      found = terms_.devices.find(name);
      return found != no_concept;
    });
  return found;
}

}  // namespace magnesia::fhir
