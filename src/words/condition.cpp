// Conditions of rules in words.
#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia::words {

using base::Node;
using base::Op;

namespace {

void append_comparison(std::string& out, const base::Base& base, const Node& leaf) {
  std::string with;
  if (leaf.op == Op::compare)
    append_value(with, leaf.fact, leaf.threshold, base);
  else
    with = fact_name(base, facts::info(leaf.other).id);
  (out += fact_name(base, facts::info(leaf.fact).id)) += ' ';
  append_text(out, base, "relation." + std::string{relation_name(leaf.compare)}, {{"value", with}});
}

}  // namespace

void append_leaf(std::string& out, const base::Base& base, const Node& leaf) {
  const auto put = [&](std::string_view is, std::string_view is_not, std::string_view what) {
    ((out += leaf.negated ? is_not : is) += ' ') += what;
  };
  switch (leaf.op) {
    case Op::condition: put("has", "does not have", base.conditions[leaf.target].name); break;
    case Op::drug: put("takes", "does not take", base.drugs[leaf.target].name); break;
    case Op::salt: put("the salt is", "the salt is not", base.salts[leaf.target].name); break;
    case Op::purpose: put("it is taken for", "it is not taken for", base.conditions[leaf.target].name); break;
    case Op::is: put("is", "is not", facts::is_names[static_cast<std::size_t>(leaf.is)]); break;
    default: append_comparison(out, base, leaf); break;
  }
}

void append_condition(std::string& out, const base::Base& base,
                      const Node* node) {  // NOLINT(misc-no-recursion): as deep as the loader lets conditions be
  if (node->op > Op::at_least_n) return append_leaf(out, base, *node);
  if (node[1].size + 1 == node->size) return append_condition(out, base, node + 1);  // of one
  out += node->op == Op::all   ? "all of ("
         : node->op == Op::any ? "any of ("
                               : "at least " + std::to_string(node->target) + " of (";
  for (const Node* child = node + 1; child != node + node->size; child += child->size) {
    if (child != node + 1) out += "; ";
    append_condition(out, base, child);
  }
  out += ')';
}

}  // namespace magnesia::words
