#include <array>

#include "rules/checks/checks.hpp"

namespace magnesia::rules::checks {

using base::Compare;
using base::Node;
using base::Op;

namespace {

// What is left of a fact's values by the comparisons seen.
struct Left {
  Interval<Exact> values{Exact::minus_infinity(), Exact::infinity()};
  bool low_open = false;
  bool high_open = false;

  void narrow(Compare compare, Exact threshold) noexcept {
    const bool open = compare == Compare::above || compare == Compare::below;
    if (compare == Compare::above || compare == Compare::at_least) {
      if (threshold > values.low || (threshold == values.low && open)) values.low = threshold, low_open = open;
    } else if (threshold < values.high || (threshold == values.high && open)) {
      values.high = threshold, high_open = open;
    }
  }
  [[nodiscard]] bool empty() const noexcept {
    return values.low > values.high || (values.low == values.high && (low_open || high_open));
  }
};

}  // namespace

void contradiction(const Loaded& loaded, Errors& errors) {
  const base::Base& base = loaded.base;
  for (std::size_t i = 0; i < base.rules.size(); ++i) {
    const base::Rule& rule = base.rules[i];
    if (rule.node_count == 0 || base.nodes[rule.first_node].op != Op::all) continue;
    std::array<Left, facts::fact_count> left;
    const Node* const top = base.nodes.data() + rule.first_node;
    for (const Node* child = top + 1; child != top + top->size; child += child->size) {
      if (child->op != Op::compare) continue;
      Left& of = left[static_cast<std::size_t>(child->fact)];
      of.narrow(child->compare, child->threshold);
      if (!of.empty()) continue;
      errors.push_back({ErrorKind::conflict, loaded.place_of_rule(i) + "/when",
                        "comparisons of " + std::string{facts::info(child->fact).id} + " that can't hold together",
                        "a rule that can fire"});
      break;
    }
  }
}

}  // namespace magnesia::rules::checks
