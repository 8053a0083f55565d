// Rules and their conditions.
#include <algorithm>

#include "knowledge/loader.hpp"

namespace magnesia::knowledge {

using base::Compare;
using base::ConceptId;
using base::Op;
using json::Node;
using json::Type;

namespace {

struct Relation {
  std::string_view key;
  Compare compare;
  Compare turned;  ///< its negation
};
constexpr std::array<Relation, 4> relations{{{"below", Compare::below, Compare::at_least},
                                             {"at_most", Compare::at_most, Compare::above},
                                             {"above", Compare::above, Compare::at_most},
                                             {"at_least", Compare::at_least, Compare::below}}};

ConceptId named(Reader& read, const base::Taxonomy& taxonomy, const Node& at, std::string_view what) {
  const ConceptId id = at.type() == Type::string ? taxonomy.by_id(at.text()) : base::no_concept;
  if (id == base::no_concept) read.fault(ErrorKind::unknown_name, at, "the id of a " + std::string{what} + " that there is");
  return id;
}

std::optional<facts::FactId> fact_of(Reader& read, const Node& at, bool person_only) {
  const auto fact = at.type() == Type::string ? facts::fact_named(at.text()) : std::nullopt;
  if (!fact) {
    read.fault(ErrorKind::unknown_name, at, "a fact of the vocabulary (docs/knowledge-format.md)");
  } else if (person_only && static_cast<std::size_t>(*fact) >= facts::measured_fact_count) {
    read.fault(ErrorKind::conflict, at, "a fact of the person that does not depend on what is taken");
    return std::nullopt;
  }
  return fact;
}

// One key that says what kind of condition it is.
std::string_view head_of(const Node& node) {
  static constexpr std::array<std::string_view, 10> heads{"all",       "any",  "not",  "at_least_n", "fact",
                                                          "condition", "drug", "salt", "is",         "purpose"};
  for (const Node& child : node.children())
    if (std::find(heads.begin(), heads.end(), child.key()) != heads.end()) return child.key();
  return {};
}

int list_size(const Node& list) {
  int size = 0;
  for ([[maybe_unused]] const Node& child : list.children()) ++size;
  return size;
}

}  // namespace

void Loader::condition(const Node& node, std::uint32_t& first, std::uint32_t& count, bool person_only) {
  first = static_cast<std::uint32_t>(base.nodes.size());
  compile(node, false, person_only);
  count = static_cast<std::uint32_t>(base.nodes.size()) - first;
}

void Loader::compile(const Node& node, bool negated, bool person_only) {
  const std::size_t at = base.nodes.size();
  base.nodes.emplace_back();
  const std::string_view head = node.type() == Type::object ? head_of(node) : std::string_view{};
  const Node* const value = head.empty() ? nullptr : node.find(head);
  const auto children_of = [&](const Node& list) {
    if (list.type() != Type::array || list.empty()) {
      read.fault(ErrorKind::missing_key, list, "at least one condition");
      return;
    }
    for (const Node& child : list.children()) compile(child, negated, person_only);
  };
  base::Node made;
  made.negated = negated;
  if (value == nullptr) {
    read.fault(ErrorKind::missing_key, node,
               "a condition: all, any, not, at_least_n, fact, condition, drug, salt, is or purpose");
  } else if (head == "all" || head == "any") {
    read.object(node, {head});
    made.op = (head == "all") != negated ? Op::all : Op::any;  // De Morgan
    children_of(*value);
  } else if (head == "not") {
    read.object(node, {head});
    base.nodes.pop_back();
    compile(*value, !negated, person_only);
    return;
  } else if (head == "at_least_n") {
    read.object(node, {head});
    read.object(*value, {"n", "of"});
    const auto n = read.number(*value, "n");
    const Node* const of = read.array(*value, "of");
    const int size = of == nullptr ? 0 : list_size(*of);
    const auto wanted = n && n->denominator() == 1 ? n->numerator() : 0;
    if (of != nullptr && (wanted < 1 || wanted > size))
      read.fault(ErrorKind::out_of_range, *value, "n from 1 to the number of conditions");
    made.op = Op::at_least_n;
    made.target = static_cast<std::uint16_t>(negated ? size - wanted + 1 : wanted);
    if (of != nullptr) children_of(*of);
  } else if (head == "fact") {
    read.object(node, {"fact", "below", "at_most", "above", "at_least"});
    const auto fact = fact_of(read, *value, person_only);
    const Relation* relation = nullptr;
    for (const Relation& one : relations)
      if (node.find(one.key) != nullptr) {
        if (relation != nullptr)
          read.fault(ErrorKind::conflict, node, "two comparisons", "one of below, at_most, above, at_least");
        relation = &one;
      }
    if (relation == nullptr) read.fault(ErrorKind::missing_key, node, "no comparison", "one of below, at_most, above, at_least");
    if (fact && relation != nullptr) {
      made.fact = *fact;
      made.compare = negated ? relation->turned : relation->compare;
      const Node& with = *node.find(relation->key);
      const Node* const other = with.type() == Type::object ? with.find("fact") : nullptr;
      made.op = other == nullptr ? Op::compare : Op::compare_fact;
      if (other == nullptr) {
        made.threshold = read.quantity(with, facts::info(*fact).dimension).value_or(Exact{});
      } else if (const auto second = fact_of(read, *other, person_only)) {
        read.object(with, {"fact"});
        made.other = *second;
        if (facts::info(*second).dimension != facts::info(*fact).dimension)
          read.fault(ErrorKind::wrong_unit, *other,
                     std::string{"a fact that is "} + std::string{describe(facts::info(*fact).dimension)});
      }
    }
  } else {
    read.object(node, {head});
    if (head == "is") {
      const auto* const found = std::find(facts::is_names.begin(), facts::is_names.end(), value->text());
      made.op = Op::is;
      if (found == facts::is_names.end())
        read.fault(ErrorKind::unknown_name, *value, "pregnant, lactating, on-dialysis, female or male");
      else
        made.is = static_cast<facts::Is>(found - facts::is_names.begin());
    } else {
      made.op = head == "condition" ? Op::condition : head == "drug" ? Op::drug : head == "salt" ? Op::salt : Op::purpose;
      const base::Taxonomy& taxonomy = head == "drug" ? base.drugs : head == "salt" ? base.salts : base.conditions;
      const ConceptId id = named(read, taxonomy, *value, head == "purpose" ? "condition" : head);
      made.target = id == base::no_concept ? ConceptId{0} : id;
      if (person_only && head == "salt")
        read.fault(ErrorKind::conflict, node, "a condition that does not depend on what is taken");
    }
  }
  made.size = static_cast<std::uint16_t>(base.nodes.size() - at);
  base.nodes[at] = made;
}

base::Template template_of(Reader& read, const Node& rule, std::string_view key, bool required) {
  static constexpr std::array<std::string_view, 6> slots{"drug", "product", "salt", "separation", "before", "after"};
  base::Template segments;
  const std::string_view text = read.string(rule, key, required);
  segments.reserve(2 * static_cast<std::size_t>(std::count(text.begin(), text.end(), '{')) + (text.empty() ? 0 : 1));
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = std::min(text.find('{', at), text.size());
    if (open > at) segments.push_back({text.substr(at, open - at), {}});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    const std::string_view slot = close == std::string_view::npos ? std::string_view{} : text.substr(open + 1, close - open - 1);
    if (std::find(slots.begin(), slots.end(), slot) == slots.end() && !facts::fact_named(slot)) {
      read.fault(ErrorKind::unknown_name, *rule.find(key), "the placeholder {" + std::string{slot} + '}',
                 "a placeholder that there is");
      break;
    }
    segments.push_back({{}, slot});
    at = close + 1;
  }
  return segments;
}

namespace {

template <class Enum, std::size_t Size>
Enum one_of(Reader& read, const Node& rule, std::string_view key, const std::array<std::string_view, Size>& names) {
  const std::string_view text = read.string(rule, key);
  const auto* const found = std::find(names.begin(), names.end(), text);
  if (found != names.end()) return static_cast<Enum>(found - names.begin());
  if (!text.empty()) {
    std::string expected = "one of";
    for (const std::string_view one : names) (expected += ' ') += one;
    read.fault(ErrorKind::unknown_name, *rule.find(key), std::move(expected));
  }
  return {};
}

int minutes_of(Reader& read, const Node& window, std::string_view key) {
  if (window.find(key) == nullptr) return -1;
  const auto length = read.quantity(window, key, Dimension::time);
  if (!length) return -1;
  const Exact whole = length->rounded_to(1);
  constexpr int a_week = 7 * 1440;
  if (whole != *length || whole < 0 || whole > a_week) {
    read.fault(ErrorKind::out_of_range, *window.find(key), "whole minutes, up to a week");
    return -1;
  }
  return static_cast<int>(whole.numerator() / whole.denominator());
}

}  // namespace

std::optional<base::Window> read_window(Reader& read, const Node& rule) {
  const Node* const node = read.member(rule, "window", Type::object, false);
  if (node == nullptr) return std::nullopt;
  read.object(*node, {"before", "after"});
  const base::Window window{minutes_of(read, *node, "before"), minutes_of(read, *node, "after")};
  if (window.before < 0 && window.after < 0) read.fault(ErrorKind::missing_key, *node, "\"before\", \"after\" or both");
  return window;
}

namespace {

void read_subject(Loader& loader, const Loader::PendingRule& pending, base::Rule& rule) {
  const Node& node = *pending.node;
  Reader& read = loader.read;
  const bool about_drug = rule.scope == base::Scope::medication || rule.scope == base::Scope::pair;
  const Node* const drug = node.find("drug");
  if (drug != nullptr) {
    rule.drug = named(read, loader.base.drugs, *drug, "drug or class");
  } else if (about_drug && !pending.drug.empty()) {
    rule.drug = loader.base.drugs.by_id(pending.drug);
  } else if (about_drug) {
    read.fault(ErrorKind::missing_key, node, "no \"drug\"", "the drug or class that the rule is about");
  }
  if (drug != nullptr && !about_drug) read.fault(ErrorKind::unknown_key, *drug, "a drug only in the scopes medication and pair");
  if (const Node* const salt = node.find("salt")) {
    rule.salt = named(read, loader.base.salts, *salt, "salt, form or group");
    if (rule.scope != base::Scope::magnesium && rule.scope != base::Scope::pair)
      read.fault(ErrorKind::unknown_key, *salt, "a salt only in the scopes magnesium and pair");
  }
  rule.window = read_window(read, node);
  if (rule.window && rule.scope != base::Scope::pair)
    read.fault(ErrorKind::unknown_key, *node.find("window"), "a window only in scope pair");
}

void note_facts(const base::Base& base, base::Rule& rule, Reader& read, const Node& node) {
  for (std::uint32_t n = 0; n < rule.node_count; ++n) {
    const base::Node& leaf = base.nodes[rule.first_node + n];
    if (leaf.op != Op::compare && leaf.op != Op::compare_fact) continue;
    for (const facts::FactId fact : {leaf.fact, leaf.op == Op::compare_fact ? leaf.other : leaf.fact}) {
      rule.facts_used |= std::uint32_t{1} << static_cast<unsigned>(fact);
      if (facts::of_product(fact) && rule.scope != base::Scope::magnesium && rule.scope != base::Scope::pair)
        read.fault(ErrorKind::conflict, *node.find("when"), std::string{facts::info(fact).id},
                   "facts of the person in the scopes person and medication");
    }
  }
}

void read_rule_ids(Loader& loader, const Node& rule, std::string_view key, std::vector<std::uint16_t>& into) {
  const Node* const ids = loader.read.array(rule, key, false);
  if (ids == nullptr) return;
  for (const Node& one : ids->children()) {
    const std::uint16_t found = loader.rule_ids.find(one.text());
    if (found == base::no_concept)
      loader.read.fault(ErrorKind::unknown_name, one, "the id of a rule that there is");
    else
      into.push_back(found);
  }
}

}  // namespace

void Loader::read_rules() {
  static constexpr std::array<std::string_view, 13> topics{
      "dose",        "renal",      "cardiac", "neuromuscular", "gastrointestinal", "laboratory", "pregnancy", "age", "timing",
      "interaction", "indication", "label",   "data"};
  static constexpr std::array<std::string_view, 5> severities{"none", "minor", "moderate", "major", "contraindicated"};
  static constexpr std::array<std::string_view, 4> scopes{"person", "magnesium", "medication", "pair"};
  for (const Doc& doc : docs)
    if (doc.kind == "rule/1") pending_rules.push_back({doc.node, &doc, {}, {}});

  // By id, so that the order of findings does not hang on the order of files.
  for (PendingRule& pending : pending_rules)
    if (const Node* const id = pending.node->find("id")) pending.id = id->text();
  std::stable_sort(pending_rules.begin(), pending_rules.end(), [](const auto& a, const auto& b) { return a.id < b.id; });

  base.rules.reserve(pending_rules.size());
  kept_rules.reserve(pending_rules.size());
  for (const PendingRule& pending : pending_rules) {
    stand_at(*pending.doc);
    const Node& node = *pending.node;
    if (!read.object(
            node, {"magnesia", "id", "topic", "severity", "scope", "drug", "salt", "window", "when", "replaces", "message",
                   "action", "mechanism", "monitoring", "withholds_clearance", "covered_by", "sources", "reviewed", "remarks"}))
      continue;
    base::Rule rule;
    rule.id = read.string(node, "id");
    if (rule.id.empty()) continue;
    const auto index = static_cast<std::uint16_t>(base.rules.size());
    if (rule_ids.add(rule.id, index) != index) {
      read.fault(ErrorKind::conflict, node, "a second rule " + std::string{rule.id}, "an id of one rule only");
      continue;
    }
    rule.topic = one_of<Topic>(read, node, "topic", topics);
    rule.severity = one_of<Severity>(read, node, "severity", severities);
    rule.scope = one_of<base::Scope>(read, node, "scope", scopes);
    read_subject(*this, pending, rule);
    if (const Node* const when = node.find("when")) condition(*when, rule.first_node, rule.node_count, false);
    note_facts(base, rule, read, node);
    rule.message = template_of(read, node, "message", true);
    rule.action = template_of(read, node, "action", rule.severity != Severity::none);
    rule.mechanism = template_of(read, node, "mechanism", false);
    rule.monitoring = template_of(read, node, "monitoring", false);
    rule.withholds_clearance = read.boolean(node, "withholds_clearance", false);
    rule.reviewed = citations(node, rule.citations);
    rule.grade = grade_of(rule.citations);
    base.rules.push_back(std::move(rule));
    kept_rules.push_back(&pending);
  }
  for (std::size_t i = 0; i < kept_rules.size(); ++i) {
    stand_at(*kept_rules[i]->doc);
    read_rule_ids(*this, *kept_rules[i]->node, "replaces", base.rules[i].replaces);
    read_rule_ids(*this, *kept_rules[i]->node, "covered_by", base.rules[i].covered_by);
  }
}

}  // namespace magnesia::knowledge
