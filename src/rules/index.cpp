#include "rules/index.hpp"

#include <algorithm>

namespace magnesia::rules {

using base::Base;
using base::ConceptId;
using base::Rule;
using base::Scope;

namespace {

bool about(const Rule& rule) noexcept { return rule.scope == Scope::medication || rule.scope == Scope::pair; }

// Weaker evidence stands in for no stronger (law 6); a statement that nobody confirmed is the weakest.
bool may_replace(const Rule& rule, const Rule& replaced) noexcept { return rule.grade <= replaced.grade; }

std::vector<std::uint16_t> in_force_for(const Base& base, ConceptId drug) {
  std::vector<std::uint16_t> named;
  for (std::size_t i = 0; i < base.rules.size(); ++i)
    if (about(base.rules[i]) && !base.rules[i].off() && base.drugs.is_a(drug, base.rules[i].drug))
      named.push_back(static_cast<std::uint16_t>(i));
  std::vector<std::uint16_t> in_force;
  for (const std::uint16_t i : named) {
    const bool replaced = std::any_of(named.begin(), named.end(), [&](std::uint16_t other) {
      const auto& replaces = base.rules[other].replaces;
      return other != i && std::find(replaces.begin(), replaces.end(), i) != replaces.end() &&
             may_replace(base.rules[other], base.rules[i]);
    });
    if (!replaced) in_force.push_back(i);
  }
  return in_force;
}

bool mentions_salt(const Base& base, const Rule& rule) {
  const auto begin = base.nodes.begin() + rule.first_node;
  return std::any_of(begin, begin + rule.node_count, [](const base::Node& node) { return node.op == base::Op::salt; });
}

void index_questions(Base& base) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(facts::Ask::conditions); ++i) {
    const auto ask = static_cast<facts::Ask>(i);
    const auto& question = base.questions[i];
    if (!question || question->awaited == base::Awaited::never) base.never_awaited |= facts::bit(ask);
    if (!question) continue;
    if (question->awaited == base::Awaited::when) base.awaited_when.emplace_back(ask, question->first_node);
    if (question->reported_figure && i < facts::measured_fact_count) base.reported_figures |= facts::bit(ask);
  }
}

}  // namespace

void index(Base& base) {
  constexpr facts::Asks measured = (facts::Asks{1} << facts::measured_fact_count) - 1;
  index_questions(base);
  for (std::size_t i = 0; i < base.rules.size(); ++i) {
    const Rule& rule = base.rules[i];
    if (rule.off()) continue;
    const auto at = static_cast<std::uint16_t>(i);
    base.facts_in_rules |= rule.facts_used & measured;
    if (rule.scope == Scope::person) base.person_rules.push_back(at);
    if (rule.scope == Scope::magnesium) base.magnesium_rules.push_back(at);
    if (about(rule)) base.medication_rules.push_back(at);
    if (rule.scope == Scope::person && ((rule.facts_used & facts::bit(facts::FactId::intake)) != 0 || mentions_salt(base, rule)))
      base.intake_rules.push_back(at);
  }
  std::stable_sort(base.medication_rules.begin(), base.medication_rules.end(),
                   [&](std::uint16_t a, std::uint16_t b) { return base.rules[a].severity > base.rules[b].severity; });
  base.rules_for_drug.reserve(base.drugs.size());
  for (std::size_t drug = 0; drug < base.drugs.size(); ++drug)
    base.rules_for_drug.push_back(in_force_for(base, static_cast<ConceptId>(drug)));
  const std::vector<ConceptId> told = base.contains;
  base.may_contain.assign(base.drugs.size(), false);
  for (ConceptId drug = 0; drug < base.drugs.size(); ++drug)
    for (ConceptId other = 0; other < base.drugs.size(); ++other) {
      if (told[other] == base::no_concept) continue;
      base.drug_contains = true;
      if (base.drugs.is_a(drug, other)) base.contains[drug] = told[other];
      if (base.drugs.is_a(other, drug)) base.may_contain[drug] = true;
    }
}

}  // namespace magnesia::rules
