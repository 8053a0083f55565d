// Base: the knowledge in memory, as the loader leaves it. Immutable afterwards.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/catalogue.hpp"
#include "base/record_terms.hpp"
#include "base/taxonomy.hpp"
#include "facts/vocabulary.hpp"
#include "magnesia/day.hpp"
#include "magnesia/known.hpp"
#include "magnesia/label.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia::report {
struct Prepared;
}

namespace magnesia::base {

// Views are of the documents' texts, which the base keeps.

struct SourceEntry {
  std::string_view id;
  Grade grade = Grade::unconfirmed;
  std::string_view title;
  std::string_view publisher;
  std::string year;
  std::string_view identifier;
};

struct Citation {
  std::uint16_t source = 0;
  std::string_view locator;
  bool confirmed = false;
};

/// Conditions of rules, negations pushed to the leaves, in prefix order. `size` counts the node and all below it.
enum class Op : std::uint8_t { all, any, at_least_n, compare, compare_fact, condition, drug, salt, is, purpose };
enum class Compare : std::uint8_t { below, at_most, above, at_least };

struct Node {
  Op op = Op::all;
  Compare compare = Compare::below;
  bool negated = false;   ///< of a membership; comparisons are turned round instead
  facts::FactId fact{};   ///< of a comparison
  facts::FactId other{};  ///< compare_fact
  facts::Is is{};         ///< is
  std::uint16_t size = 1;
  std::uint16_t target = 0;  ///< concept of a membership; n of at_least_n
  Exact threshold{};         ///< of a comparison, in the fact's base unit
};

/// A piece of a sentence: literal text, or the value of a fact.
struct Segment {
  std::string_view text;
  std::string_view slot;  ///< name of a placeholder; empty: `text` is literal
};
using Template = std::vector<Segment>;

enum class Scope : std::uint8_t { person, magnesium, medication, pair };

/// How far apart, in minutes; -1: no such side.
struct Window {
  int before = -1;
  int after = -1;
};

struct Rule {
  // What evaluation reads comes first, so that it lies together in memory.
  Topic topic = Topic::data;
  Severity severity = Severity::none;
  Scope scope = Scope::person;
  Grade grade = Grade::unconfirmed;
  ConceptId drug = no_concept;
  ConceptId salt = no_concept;
  std::uint32_t first_node = 0;      ///< in Base::nodes
  std::uint32_t node_count = 0;      ///< 0: always
  std::uint32_t facts_used = 0;      ///< bit of each FactId in its condition
  bool withholds_clearance = false;  ///< while it holds, nobody is told that no concern was found
  std::uint32_t place = 0;           ///< of its findings: worst first, then by rule
  std::optional<Window> window;
  std::vector<std::uint16_t> covered_by;  ///< rules that say all that this one says: while one is found, this one is not listed

  std::string_view id;
  Template message, action, mechanism, monitoring;
  std::vector<Citation> citations;
  std::vector<std::uint16_t> replaces;
  std::string_view reviewed;
  std::string off_because;  ///< switched off by an overlay; such a rule is kept to be explained
  std::string off_by;
  [[nodiscard]] bool off() const noexcept { return !off_by.empty(); }
  [[nodiscard]] bool confirmed() const noexcept { return grade != Grade::unconfirmed; }
};

enum class Role : std::uint8_t { harmful, protective, neutral };

struct SaltForm {
  Interval<Exact> share;              ///< of elemental magnesium, by mass
  Interval<Exact> own_share;          ///< the same, each mixture counted as its poorest part alone
  bool counts = true;                 ///< towards the limit
  bool mixture = false;               ///< it is one, or every form of it is
  ConceptId whole = no_concept;       ///< of a form: the salt
  std::vector<ConceptId> components;  ///< other salts that are in it
  std::vector<ConceptId> perhaps;     ///< other salts that are in some form of it
};

enum class Awaited : std::uint8_t { never, when, always };

struct Question {
  std::string id;
  std::string name;
  Awaited awaited = Awaited::never;
  std::uint32_t first_node = 0, node_count = 0;  ///< awaited when
  std::string reason;
  std::string question;
  int priority = 1000;
  bool reported_figure = false;
  struct Settles {
    std::uint32_t first_node = 0, node_count = 0;
    Exact at_least;
    std::string reason;
  };
  std::optional<Settles> settles;
  std::optional<facts::FactId> settled_with;  ///< in the people whose history settles that fact, this one is not awaited
  std::vector<Citation> citations;
};

/// What a number may be at all; anything else is an error of input.
struct Range {
  Exact low = Exact::minus_infinity();  ///< in the base unit
  Exact high = Exact::infinity();
  std::string expected;  ///< in words
  std::string unit;      ///< in which it is written; empty for a plain number
  Exact unit_factor{1};  ///< of that unit in base units
};

struct Band {
  Exact from;  ///< age, in minutes
  std::optional<Exact> value;
};
enum class For : std::uint8_t { pregnant, lactating, male, female, everyone };  ///< the most specific first
inline constexpr std::array<std::string_view, 5> for_names{"pregnant", "lactating", "male", "female", "everyone"};
struct Bands {
  For whom = For::everyone;
  std::vector<Band> bands;
};
enum class Covers : std::uint8_t { supplements, readily_dissociable, all_sources };
struct Limit {
  std::string id;
  std::string name;
  Covers covers = Covers::supplements;
  std::vector<Bands> upper, recommended;  ///< as written, each group once
  std::vector<std::uint8_t> order;        ///< of upper: the most specific group first
  std::vector<Citation> citations;
  bool confirmed = false;  ///< a citation of it is
};

/// When magnesium is better taken, where nothing forbids it: for a purpose, or of a salt.
struct Preference {
  std::string id;
  ConceptId purpose = no_concept;  ///< a condition
  ConceptId salt = no_concept;     ///< a salt, or a group of salts
  std::vector<Anchor> near;        ///< the nearest of these hours
  std::vector<Citation> citations;
};

/// How a dose is raised over days, for a purpose and of a salt.
struct Titration {
  std::string id, name;
  ConceptId purpose = no_concept;  ///< a condition
  ConceptId salt = no_concept;
  bool of_salt = false;     ///< doses are of the salt; else of magnesium
  Exact start, step, most;  ///< mg a day
  int interval_days = 0;
  std::string because, hold, ask;
  std::vector<std::string> stop;
  std::uint32_t first_node = 0, node_count = 0;  ///< for whom
  std::vector<Citation> citations;               ///< of all of it
  bool confirmed = false;                        ///< each part of it is
};

struct Overlay {
  std::string id;
  std::string version;
  std::string summary;  ///< "id version", and what it changed and why
  int changes = 0;
};

/// Of texts by their keys, which are looked up as they stand.
struct TextHash {
  using is_transparent = void;
  [[nodiscard]] std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
};

struct Base {
  std::string id, version, date, sha256;
  std::vector<Overlay> overlays;

  std::vector<SourceEntry> sources;
  Taxonomy conditions, drugs, salts;
  std::vector<Role> roles;                            // by condition
  std::vector<facts::Asks> settled_by;                // by condition: a known fact that tells its stage
  std::vector<ConceptId> contains;                    // by drug: salt, or no_concept
  std::vector<bool> by_mouth;                         // by drug
  std::vector<SaltForm> salt_forms;                   // by concept of salts; a group has no share
  std::vector<std::optional<NamedSalt>> named_salts;  // likewise: what its name stands for, as amount_of() takes it; all are told
  Catalogue catalogue;                                // of products
  RecordTerms record_terms;
  std::vector<Rule> rules;  // sorted by id
  std::vector<Node> nodes;
  std::array<std::optional<Question>, facts::ask_count> questions;
  std::array<Range, facts::bounded_count> ranges;
  std::vector<Limit> limits;            // sorted by id
  std::vector<Preference> preferences;  // sorted by id
  std::vector<Titration> titrations;    // sorted by id
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> texts;
  std::string_view documents;         // all documents, as one JSON array: what is listed and shown
  std::string own_documents;          // the same, where they are not those that the library was built with
  std::unique_ptr<char[]> own_texts;  // of the same, unescaped: what views of texts refer to

  // Made by rules::index.
  std::vector<std::uint16_t> person_rules;
  // With the number that a product must tell for the rule to be looked at.
  struct MagnesiumRule {
    std::uint16_t rule = 0;
    std::optional<facts::FactId> number;
  };
  std::vector<MagnesiumRule> magnesium_rules;
  // What of the person a rule about them or their magnesium cannot do without: a condition or a purpose told, a number on one
  // side of a cut point, a flag that is not absent.
  struct Needed {
    std::size_t words = 0;  // of a row, in pairs: bits are positions in person_rules, then in magnesium_rules
    Bits always;            // rules that may hold whatever is told
    Bits any_condition;     // those that need a condition
    Bits conditions;        // a row for each: the rules that need it, one of its classes or another that they name
    Bits purposes, flags;   // a row for each: the rules that need it, or another that they name
    // Of a number: a row for each cut point, and for what lies below, between and above them.
    struct Cuts {
      std::vector<Exact> points;
      std::vector<std::int64_t> whole;  // the same, if all are whole numbers
      Bits rows;
      [[nodiscard]] std::size_t row_of(Exact value) const noexcept {
        std::size_t above = points.size();  // there are few, and most values are beyond them
        if (!whole.empty() && value.finite() && value.numerator() >= 0) {
          const std::int64_t floor = value.numerator() / value.denominator();
          const bool is_whole = floor * value.denominator() == value.numerator();
          while (above != 0 && whole[above - 1] > floor) --above;
          return above != 0 && whole[above - 1] == floor && is_whole ? 2 * above - 1 : 2 * above;
        }
        while (above != 0 && points[above - 1] > value) --above;
        return above != 0 && points[above - 1] == value ? 2 * above - 1 : 2 * above;
      }
    };
    std::array<Cuts, facts::person_fact_count> facts;
    std::vector<facts::FactId> compared;  // those that have cut points
  } needed;
  ConceptLists drugs_in_conditions;                                // by drug: itself and its classes, of which rules speak
  ConceptLists rules_for_drug;                                     // medication and pair rules in force for a drug
  std::vector<std::uint16_t> medication_rules;                     // all of scopes medication and pair, worst first
  std::vector<std::uint16_t> intake_rules;                         // person rules that more magnesium can bring
  facts::Asks facts_in_rules = 0;                                  // measured facts that any rule speaks of
  facts::Asks never_awaited = 0;                                   // no question asks for it
  std::vector<std::pair<facts::Ask, std::uint32_t>> awaited_when;  // with the first node of its condition
  std::vector<std::pair<facts::Ask, std::uint32_t>> settled_with;  // with the first node of the condition that settles another
  facts::Asks reported_figures = 0;                                // measured facts of which rules compare the rounded figure
  bool drug_contains = false;
  std::vector<bool> may_contain;  // by drug: it, or something below it, contains magnesium

  // Made by report::prepare: what is the same in every report. Not looked into from here.
  std::shared_ptr<const report::Prepared> prepared;

  [[nodiscard]] std::string_view text(std::string_view key) const noexcept {
    const auto found = texts.find(key);
    return found == texts.end() ? std::string_view{} : std::string_view{found->second};
  }
  [[nodiscard]] int rule_named(std::string_view rule_id) const noexcept {
    for (std::size_t i = 0; i < rules.size(); ++i)
      if (rules[i].id == rule_id) return static_cast<int>(i);
    return -1;
  }
};

}  // namespace magnesia::base
