#include "words/used.hpp"

namespace magnesia::words {

using base::Op;

std::string_view relation_name(base::Compare relation) noexcept {
  static constexpr std::array<std::string_view, 4> names{"below", "at_most", "above", "at_least"};
  return names[static_cast<std::size_t>(relation)];
}

Used used_leaf(const detail::Workspace& workspace, const facts::Product* product, const base::Node& leaf, Tri truth) noexcept {
  const base::Base& base = *workspace.base;
  Used used;
  used.truth = truth;
  switch (leaf.op) {
    case Op::compare:
    case Op::compare_fact: {
      const facts::FactInfo& info = facts::info(leaf.fact);
      const auto shown = [&](Exact in_base, Rounding way) { return Exact::divide(in_base, info.unit_factor, way); };
      const Interval<Exact>& value = number_of(workspace, product, leaf.fact).value;
      used.fact = info.id;
      used.value = {shown(value.low, Rounding::down), shown(value.high, Rounding::up)};
      used.unit = info.unit;
      used.relation = relation_name(leaf.compare);
      used.needs =
          shown(leaf.op == Op::compare ? leaf.threshold : number_of(workspace, product, leaf.other).value.high, Rounding::up);
      return used;
    }
    case Op::condition: used.fact = "condition", used.concept_name = base.conditions[leaf.target].name; break;
    case Op::drug: used.fact = "drug", used.concept_name = base.drugs[leaf.target].name; break;
    case Op::salt: used.fact = "salt", used.concept_name = base.salts[leaf.target].name; break;
    case Op::purpose: used.fact = "purpose", used.concept_name = base.conditions[leaf.target].name; break;
    default: used.fact = "is", used.concept_name = facts::is_names[static_cast<std::size_t>(leaf.is)]; break;
  }
  if (leaf.negated) used.relation = "not";
  return used;
}

std::vector<Used> used_by(const detail::Workspace& workspace, const detail::Record& record) {
  std::vector<Used> all;
  for_each_used(workspace, record, [&](Used used) { all.push_back(used); });
  return all;
}

}  // namespace magnesia::words
