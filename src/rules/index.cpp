#include "rules/index.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace magnesia::rules {

using base::Base;
using base::ConceptId;
using base::Rule;
using base::Scope;

namespace {

bool about(const Rule& rule) noexcept { return rule.scope == Scope::medication || rule.scope == Scope::pair; }

// Weaker evidence stands in for no stronger (law 6); a statement that nobody confirmed is the weakest.
bool may_replace(const Rule& rule, const Rule& replaced) noexcept { return rule.grade <= replaced.grade; }

void find_in_force(Base& base, const std::vector<std::vector<std::uint16_t>>& about, ConceptId drug,
                   std::vector<std::uint16_t>& named, std::vector<std::uint16_t>& in_force) {
  named.clear();
  in_force.clear();
  for (const ConceptId above : base.drugs.closure(drug)) named.insert(named.end(), about[above].begin(), about[above].end());
  std::sort(named.begin(), named.end());
  for (const std::uint16_t i : named) {
    const bool replaced = std::any_of(named.begin(), named.end(), [&](std::uint16_t other) {
      const auto& replaces = base.rules[other].replaces;
      return other != i && std::find(replaces.begin(), replaces.end(), i) != replaces.end() &&
             may_replace(base.rules[other], base.rules[i]);
    });
    if (!replaced) in_force.push_back(i);
  }
  base.rules_for_drug.put(drug, in_force);
}

bool mentions_salt(const Base& base, const Rule& rule) {
  const auto begin = base.nodes.begin() + rule.first_node;
  return std::any_of(begin, begin + rule.node_count, [](const base::Node& node) { return node.op == base::Op::salt; });
}

// The leaves of which a rule needs at least one to hold; none where it may hold without any. Each leaf is one that can be told to
// be no at a glance: a condition or purpose that is not told, a number on the other side of the threshold, a flag that is absent.
using Leaves = std::vector<const base::Node*>;

// How little is ruled out at a glance: few people have a condition, more a number in a range, and many a flag.
int loose(const Leaves& leaves) noexcept {
  int sum = 0;
  for (const base::Node* leaf : leaves) sum += leaf->op == base::Op::is ? 4 : leaf->op == base::Op::compare ? 2 : 1;
  return sum;
}

std::optional<Leaves> needed_by(const base::Node* node) {  // NOLINT(misc-no-recursion): as deep as the loader lets conditions be
  using base::Op;
  if (node->op == Op::compare && !facts::of_product(node->fact)) return Leaves{node};
  if ((node->op == Op::condition || node->op == Op::purpose || node->op == Op::is) && !node->negated) return Leaves{node};
  if (node->op > Op::at_least_n || (node->op == Op::at_least_n && node->target == 0)) return std::nullopt;
  std::optional<Leaves> least;  // of "all"
  Leaves together;              // of "any"
  for (const base::Node *child = node + 1, *end = node + node->size; child != end; child += child->size) {
    const std::optional<Leaves> leaves = needed_by(child);
    if (node->op == Op::all) {
      if (leaves && (!least || loose(*leaves) < loose(*least))) least = leaves;
      continue;
    }
    if (!leaves) return std::nullopt;
    together.insert(together.end(), leaves->begin(), leaves->end());
  }
  if (node->op == Op::all) return least;
  return together;
}

// A number of the product without which the condition does not hold; none where there is no such number.
std::optional<facts::FactId> number_needed(const base::Node* node) {  // NOLINT(misc-no-recursion): as needed_by
  if (node->op == base::Op::compare && facts::of_product(node->fact)) return node->fact;
  if (node->op == base::Op::all)
    for (const base::Node *child = node + 1, *end = node + node->size; child != end; child += child->size)
      if (const auto fact = number_needed(child)) return fact;
  return {};
}

void index_needs(Base& base) {
  Base::Needed& needed = base.needed;
  std::vector<std::uint16_t> rules = base.person_rules;
  for (const Base::MagnesiumRule& one : base.magnesium_rules) rules.push_back(one.rule);
  needed.words = 2 * (rules.size() / 128 + 1);
  needed.always.assign(needed.words, 0);
  needed.any_condition = needed.always;
  needed.conditions.assign(needed.words * base.conditions.size(), 0);
  needed.purposes = needed.conditions;
  needed.flags.assign(needed.words * facts::is_count, 0);
  const auto put = [&needed](base::Bits& rows, std::size_t of, std::size_t position) {
    base::set({rows.data() + of * needed.words, needed.words}, static_cast<ConceptId>(position));
  };
  std::vector<std::pair<std::size_t, const base::Node*>> comparisons;  // with the position of their rule
  for (std::size_t at = 0; at < rules.size(); ++at) {
    const Rule& rule = base.rules[rules[at]];
    const auto leaves = rule.node_count == 0 ? std::nullopt : needed_by(base.nodes.data() + rule.first_node);
    if (!leaves) {
      put(needed.always, 0, at);
      continue;
    }
    for (const base::Node* leaf : *leaves) {
      if (leaf->op == base::Op::condition) put(needed.any_condition, 0, at);
      if (leaf->op == base::Op::condition) put(needed.conditions, leaf->target, at);
      if (leaf->op == base::Op::purpose) put(needed.purposes, leaf->target, at);
      if (leaf->op == base::Op::compare) comparisons.emplace_back(at, leaf);
      if (leaf->op == base::Op::is) put(needed.flags, static_cast<std::size_t>(leaf->is), at);
    }
  }
  // Who has a condition has its classes too. (Of a purpose they are looked up one by one: it is one, and seldom told.)
  const base::Bits own = needed.conditions;
  const auto row_of = [&needed](auto& of, ConceptId id) { return std::span{of.data() + id * needed.words, needed.words}; };
  for (std::size_t at = 0; at < base.conditions.size(); ++at)
    for (const ConceptId above : base.conditions.closure(static_cast<ConceptId>(at)))
      base::unite(row_of(needed.conditions, static_cast<ConceptId>(at)), row_of(own, above));
  for (const auto& [at, leaf] : comparisons) {
    std::vector<Exact>& points = needed.facts[static_cast<std::size_t>(leaf->fact)].points;
    const auto place = std::lower_bound(points.begin(), points.end(), leaf->threshold);
    if (place == points.end() || *place != leaf->threshold) points.insert(place, leaf->threshold);
  }
  for (std::size_t fact = 0; fact < facts::person_fact_count; ++fact)
    if (!needed.facts[fact].points.empty()) needed.compared.push_back(static_cast<facts::FactId>(fact));
  for (Base::Needed::Cuts& cuts : needed.facts) {
    cuts.rows.assign(needed.words * (2 * cuts.points.size() + 1), 0);
    if (std::all_of(cuts.points.begin(), cuts.points.end(), [](Exact point) { return point.denominator() == 1; }))
      for (const Exact point : cuts.points) cuts.whole.push_back(point.numerator());
  }
  for (const auto& [at, leaf] : comparisons) {
    Base::Needed::Cuts& cuts = needed.facts[static_cast<std::size_t>(leaf->fact)];
    const bool downwards = leaf->compare == base::Compare::below || leaf->compare == base::Compare::at_most;
    const bool at_itself = leaf->compare == base::Compare::at_most || leaf->compare == base::Compare::at_least;
    const std::size_t threshold = cuts.row_of(leaf->threshold);
    for (std::size_t row = 0; row <= 2 * cuts.points.size(); ++row)
      if (row == threshold ? at_itself : (row < threshold) == downwards) put(cuts.rows, row, at);
  }
}

void index_drugs(Base& base) {
  base::Bits named(base.drugs.words());
  for (const base::Node& node : base.nodes)
    if (node.op == base::Op::drug) base::set(named, node.target);
  base.drugs_in_conditions.reset(base.drugs.size());
  std::vector<ConceptId> list;
  for (std::size_t drug = 0; drug < base.drugs.size(); ++drug) {
    list.clear();
    for (const ConceptId above : base.drugs.closure(static_cast<ConceptId>(drug)))
      if (base::test(named, above)) list.push_back(above);
    base.drugs_in_conditions.put(static_cast<ConceptId>(drug), list);
  }
}

void index_questions(Base& base) {
  // The numbers come last: they may wait for a flag.
  for (std::size_t i = static_cast<std::size_t>(facts::Ask::conditions); i-- > 0;) {
    const auto ask = static_cast<facts::Ask>(i);
    const auto& question = base.questions[i];
    if (!question || question->awaited == base::Awaited::never) base.never_awaited |= facts::bit(ask);
    if (!question) continue;
    if (question->awaited == base::Awaited::when) base.awaited_when.emplace_back(ask, question->first_node);
    if (question->settled_with)
      if (const auto& other = base.questions[static_cast<std::size_t>(*question->settled_with)]; other && other->settles)
        base.settled_with.emplace_back(ask, other->settles->first_node);
    if (question->reported_figure && i < facts::measured_fact_count) base.reported_figures |= facts::bit(ask);
  }
}

}  // namespace

void index(Base& base) {
  constexpr facts::Asks measured = (facts::Asks{1} << facts::measured_fact_count) - 1;
  index_questions(base);
  for (std::size_t i = 0; i < base.rules.size(); ++i) {
    Rule& rule = base.rules[i];
    if (rule.off()) continue;
    const auto mildness = static_cast<std::uint32_t>(Severity::contraindicated) - static_cast<std::uint32_t>(rule.severity);
    rule.place = mildness << 16U | static_cast<std::uint32_t>(i);
    const auto at = static_cast<std::uint16_t>(i);
    base.facts_in_rules |= rule.facts_used & measured;
    if (rule.scope == Scope::person) base.person_rules.push_back(at);
    if (rule.scope == Scope::magnesium)
      base.magnesium_rules.push_back(
          {at, rule.node_count == 0 ? std::nullopt : number_needed(base.nodes.data() + rule.first_node)});
    if (about(rule)) base.medication_rules.push_back(at);
    if (rule.scope == Scope::person && ((rule.facts_used & facts::bit(facts::FactId::intake)) != 0 || mentions_salt(base, rule)))
      base.intake_rules.push_back(at);
  }
  index_needs(base);
  std::stable_sort(base.medication_rules.begin(), base.medication_rules.end(),
                   [&](std::uint16_t a, std::uint16_t b) { return base.rules[a].severity > base.rules[b].severity; });
  std::vector<std::vector<std::uint16_t>> rules_about(base.drugs.size());
  for (const std::uint16_t at : base.medication_rules) rules_about[base.rules[at].drug].push_back(at);
  index_drugs(base);
  base.rules_for_drug.reset(base.drugs.size());
  std::vector<std::uint16_t> named, in_force;  // scratch
  for (std::size_t drug = 0; drug < base.drugs.size(); ++drug)
    find_in_force(base, rules_about, static_cast<ConceptId>(drug), named, in_force);
  const std::vector<ConceptId> told = base.contains;
  base.may_contain.assign(base.drugs.size(), false);
  for (std::size_t at = 0; at < base.drugs.size(); ++at) {
    const auto drug = static_cast<ConceptId>(at);
    if (told[drug] == base::no_concept) continue;
    base.drug_contains = true;
    for (const ConceptId member : base.drugs.below(drug))
      if (told[member] == base::no_concept) base.contains[member] = told[drug];  // its own comes first
    for (const ConceptId above : base.drugs.closure(drug)) base.may_contain[above] = true;
    for (const ConceptId member : base.drugs.below(drug)) base.may_contain[member] = true;
  }
}

}  // namespace magnesia::rules
