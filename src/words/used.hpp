// What a record rests on, leaf by leaf.
#pragma once

#include "rules/evaluate.hpp"
#include "words/words.hpp"

namespace magnesia::words {

[[nodiscard]] inline const facts::Product* product_of(const detail::Workspace& workspace, const detail::Record& record) noexcept {
  return record.product < 0 ? nullptr : &workspace.products[static_cast<std::size_t>(record.product)];
}
[[nodiscard]] inline const facts::Medication* medication_of(const detail::Workspace& workspace,
                                                            const detail::Record& record) noexcept {
  return record.medication < 0 ? nullptr : &workspace.medications[static_cast<std::size_t>(record.medication)];
}
[[nodiscard]] inline const facts::Numeric& number_of(const detail::Workspace& workspace, const facts::Product* product,
                                                     facts::FactId fact) noexcept {
  static constexpr facts::Numeric none{{}, 0, true};
  if (!facts::of_product(fact)) return workspace.person.number(fact);
  return product != nullptr ? product->number(fact) : none;
}

/// Calls `see(leaf, truth)` for the leaves that a true or open condition rests on; of alternatives, those that hold where any
/// does.
template <class See>
void for_each_leaf(const base::Node* node, const rules::Subject& subject, See& see) {
  const Tri truth = rules::evaluate(node, subject);
  if (truth == Tri::no) return;
  if (node->op > base::Op::at_least_n) {
    see(*node, truth);
    return;
  }
  const base::Node* const end = node + node->size;
  for (const base::Node* child = node + 1; child != end; child += child->size) {
    if (node->op != base::Op::all && truth == Tri::yes && rules::evaluate(child, subject) != Tri::yes) continue;
    for_each_leaf(child, subject, see);
  }
}

[[nodiscard]] std::string_view relation_name(base::Compare relation) noexcept;
/// The name of the concept that a membership leaf speaks of, and what it is called: "condition", "drug", "salt", "purpose", or of
/// `is`.
[[nodiscard]] Used used_leaf(const detail::Workspace& workspace, const facts::Product* product, const base::Node& leaf,
                             Tri truth) noexcept;

template <class See>
void for_each_used(const detail::Workspace& workspace, const detail::Record& record, See see) {
  const base::Rule& rule = workspace.base->rules[record.rule];
  const facts::Product* const product = product_of(workspace, record);
  const detail::Gap& gap = record.gap;
  if (gap.drug_time >= 0)
    see(Used{"separation",
             {},
             {Exact::ratio(gap.minutes, 60), Exact::ratio(gap.at_most, 60)},
             "h",
             "below",
             Exact::ratio(gap.needed, 60),
             gap.at_most < gap.needed || record.status == Status::established ? Tri::yes : Tri::unknown});
  if (rule.salt != base::no_concept && product != nullptr)
    see(Used{"salt", workspace.base->salts[rule.salt].name, {}, {}, {}, {}, product->salts.holds(rule.salt)});
  if (rule.node_count == 0) return;
  auto leaf = [&](const base::Node& node, Tri truth) { see(used_leaf(workspace, product, node, truth)); };
  for_each_leaf(workspace.base->nodes.data() + rule.first_node, rules::Subject{workspace.person, product}, leaf);
}

}  // namespace magnesia::words
