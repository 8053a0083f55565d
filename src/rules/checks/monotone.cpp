#include "rules/checks/checks.hpp"

namespace magnesia::rules::checks {

using base::Compare;
using base::Node;
using base::Op;
using facts::Danger;

namespace {

bool towards_more(Compare compare) noexcept { return compare == Compare::above || compare == Compare::at_least; }

// A comparison is in the dangerous direction when more of the fact makes it true, and more of it is the danger.
bool dangerous(facts::FactId fact, bool more_makes_it_true) noexcept {
  const Danger danger = facts::info(fact).danger;
  return danger == Danger::none || (danger == Danger::rising) == more_makes_it_true;
}

// What is wrong with a leaf, or nothing.
std::string wrong(const base::Base& base, const base::Rule& rule, const Node& leaf) {
  const std::string condition = leaf.op == Op::condition ? base.conditions[leaf.target].id : std::string{};
  switch (leaf.op) {
    case Op::compare_fact:
      if (!dangerous(leaf.other, !towards_more(leaf.compare)))
        return "a comparison with " + std::string{facts::info(leaf.other).id};
      [[fallthrough]];
    case Op::compare:
      if (!dangerous(leaf.fact, towards_more(leaf.compare))) return "a comparison of " + std::string{facts::info(leaf.fact).id};
      return {};
    case Op::condition:
      if (base.roles[leaf.target] == base::Role::harmful && leaf.negated)
        return "the harmful condition " + condition + " under not";
      if (base.roles[leaf.target] == base::Role::protective && !leaf.negated) return "the protective condition " + condition;
      return {};
    case Op::drug: return leaf.negated ? "the drug " + base.drugs[leaf.target].id + " under not" : std::string{};
    case Op::is: return leaf.negated && leaf.is == facts::Is::on_dialysis ? std::string{"on-dialysis under not"} : std::string{};
    case Op::salt:
      return leaf.negated && (rule.scope == base::Scope::person || rule.scope == base::Scope::medication)
                 ? std::string{"a salt under not"}
                 : std::string{};
    default: return {};
  }
}

}  // namespace

void monotone(const Loaded& loaded, Errors& errors) {
  const base::Base& base = loaded.base;
  for (std::size_t i = 0; i < base.rules.size(); ++i) {
    const base::Rule& rule = base.rules[i];
    if (rule.severity == Severity::none) continue;
    for (std::uint32_t n = 0; n < rule.node_count; ++n) {
      const Node& node = base.nodes[rule.first_node + n];
      if (node.op <= Op::at_least_n) continue;
      if (std::string what = wrong(base, rule, node); !what.empty())
        errors.push_back({ErrorKind::unsafe, loaded.place_of_rule(i) + "/when", std::move(what),
                          "conditions that more danger never makes false (docs/knowledge-format.md)"});
    }
  }
}

}  // namespace magnesia::rules::checks
