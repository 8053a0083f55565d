#include "fhir/node.hpp"

namespace magnesia::fhir {

std::string pointer_below(const Node& top, const Node& node) {
  std::string way;
  for (const Node* at = &node; at != &top && at->parent() != nullptr; at = at->parent()) {
    const Node& parent = *at->parent();
    if (parent.type() == Type::object) {
      const std::string whole = json::pointer(parent, at->key());
      way.insert(0, whole.substr(json::pointer(parent).size()));
    } else {
      std::size_t index = 0;
      for (auto sibling = parent.children().begin(); &*sibling != at; ++sibling) ++index;
      way.insert(0, '/' + std::to_string(index));
    }
  }
  return way;
}

}  // namespace magnesia::fhir
