// All that a tree says, as text: trees that say the same are described alike.
#pragma once

#include <string>

#include "json/parse.hpp"

namespace magnesia::tests {

inline std::string described(const json::Node& node) {  // NOLINT(misc-no-recursion): as deep as the parser lets documents be
  const json::Node* const parent = node.parent();
  std::string text = std::string{name(node.type())} + " at " + std::to_string(node.offset()) + " in " +
                     (parent == nullptr ? "nothing" : std::to_string(parent->offset())) + " key \"" + std::string{node.key()} +
                     "\" text \"" + std::string{node.text()} + (node.faulty() ? "\" faulty\n" : "\"\n");
  for (const json::Node& child : node.children()) text += described(child);
  return text;
}

}  // namespace magnesia::tests
