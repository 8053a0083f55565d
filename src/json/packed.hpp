// A tree in few bytes beside its text: a build tool packs a document, so that a program need not parse it again.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/parse.hpp"

namespace magnesia::json {

struct PackedNode {
  std::uint32_t offset;  ///< where the value begins in the text
  std::uint32_t size;    ///< of an array or object: nodes in its subtree, itself included; else bytes of its text
  std::uint16_t key;     ///< in the list of keys
  Type type;
  bool escaped;  ///< a string that stands in `unescaped`, behind those before it; any other is as it was written
};

/// What it refers to must outlive it and what is unpacked from it.
struct Packed {
  std::string_view text;
  std::string_view unescaped;
  std::span<const std::string_view> keys;
  std::span<const PackedNode> nodes;  ///< in document order
};

struct PackedTree {
  std::string unescaped;
  std::vector<std::string_view> keys;  ///< each once; of the tree that was packed
  std::vector<PackedNode> nodes;
};

/// `root` is of a parser that found no fault in the text. Errors: too_large, of more than 65,536 different keys.
[[nodiscard]] Result<PackedTree> pack(const Node& root, std::string_view text);

/// The same nodes as the parser made of the text, the root first. What is unpacked must have been packed: nothing is checked.
[[nodiscard]] std::vector<Node> unpack(const Packed& packed);

}  // namespace magnesia::json
