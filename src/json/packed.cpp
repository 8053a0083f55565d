#include "json/packed.hpp"

#include <limits>
#include <map>

namespace magnesia::json {

namespace {

bool is_container(Type type) noexcept { return type == Type::array || type == Type::object; }

}  // namespace

Result<PackedTree> pack(const Node& root, std::string_view text) {
  constexpr std::size_t most_keys = std::size_t{std::numeric_limits<std::uint16_t>::max()} + 1;
  PackedTree tree;
  std::map<std::string_view, std::size_t> numbers;
  for (const Node *node = &root, *end = &root + root.nodes_; node != end; ++node) {
    const auto [key, is_new] = numbers.emplace(node->key(), numbers.size());
    if (numbers.size() > most_keys)
      return Error{ErrorKind::too_large, pointer(*node), "another key", "at most " + std::to_string(most_keys)};
    if (is_new) tree.keys.push_back(node->key());
    const std::string_view value = node->text();
    // An escape is not shorter than what it stands for, so the first one begins within as many bytes.
    const bool escaped =
        node->type() == Type::string && text.substr(node->offset() + 1, value.size()).find('\\') != std::string_view::npos;
    if (escaped) tree.unescaped += value;
    tree.nodes.push_back({node->offset_, is_container(node->type()) ? node->nodes_ : static_cast<std::uint32_t>(value.size()),
                          static_cast<std::uint16_t>(key->second), node->type(), escaped});
  }
  return tree;
}

std::vector<Node> unpack(const Packed& packed) {
  std::vector<Node> nodes(packed.nodes.size());
  const char* unescaped = packed.unescaped.data();
  Node* node = nodes.data();
  Node* parent = node;
  const Node* end_of_parent = node + nodes.size();
  for (const PackedNode& from : packed.nodes) {
    for (; node == end_of_parent; end_of_parent = parent + parent->nodes_) parent -= parent->to_parent_;
    node->key_ = packed.keys[from.key];
    node->offset_ = from.offset;
    node->to_parent_ = static_cast<std::uint32_t>(node - parent);
    node->type_ = from.type;
    if (is_container(from.type)) {
      node->nodes_ = from.size;
      parent = node;
      end_of_parent = node + from.size;
    } else if (from.escaped) {
      node->text_ = {unescaped, from.size};
      unescaped += from.size;
    } else {
      node->text_ = {packed.text.data() + from.offset + (from.type == Type::string ? 1 : 0), from.size};
    }
    ++node;
  }
  return nodes;
}

}  // namespace magnesia::json
