// What FHIR's JSON is read with: members of the type that they should have, or nothing.
#pragma once

#include <string>
#include <string_view>

#include "json/parse.hpp"

namespace magnesia::fhir {

using json::Node;
using json::Type;

/// The text of a string member; empty where there is none.
[[nodiscard]] inline std::string_view text_of(const Node& node, std::string_view key) noexcept {
  const Node* const member = node.find(key);
  return member != nullptr && member->type() == Type::string ? member->text() : std::string_view{};
}

[[nodiscard]] inline const Node* object_of(const Node& node, std::string_view key) noexcept {
  const Node* const member = node.find(key);
  return member != nullptr && member->type() == Type::object ? member : nullptr;
}

/// with(element) for each object of an array member.
template <class With>
void each_of(const Node& node, std::string_view key, With with) {
  const Node* const list = node.find(key);
  if (list == nullptr || list->type() != Type::array) return;
  for (const Node& one : list->children())
    if (one.type() == Type::object) with(one);
}

/// The JSON Pointer of a node from one above it. O(depth and elder siblings).
[[nodiscard]] std::string pointer_below(const Node& top, const Node& node);

/// The code of a CodeableConcept: the first of its codings that `is_known` accepts; or a plain code, as older versions have it.
template <class IsKnown>
[[nodiscard]] std::string_view code_in(const Node* concept_node, IsKnown is_known) {
  std::string_view found;
  if (concept_node == nullptr) return found;
  if (concept_node->type() == Type::string) return concept_node->text();
  each_of(*concept_node, "coding", [&](const Node& coding) {
    const std::string_view code = text_of(coding, "code");
    if (found.empty() && is_known(code)) found = code;
  });
  return found;
}

}  // namespace magnesia::fhir
