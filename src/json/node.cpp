#include <algorithm>
#include <array>
#include <vector>

#include "json/parse.hpp"

namespace magnesia::json {
namespace {

// RFC 6901, section 3.
void append_escaped(std::string& out, std::string_view key) {
  out += '/';
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
}

}  // namespace

std::string_view name(Type type) noexcept {
  constexpr std::array<std::string_view, 6> names{"null", "true or false", "a number", "a string", "an array", "an object"};
  return names[static_cast<std::size_t>(type)];
}

std::string pointer(const Node& node) {
  std::vector<const Node*> way;
  for (const Node* at = &node; at->parent() != nullptr; at = at->parent()) way.push_back(at);
  std::string result;
  std::for_each(way.rbegin(), way.rend(), [&](const Node* at) {
    const Node& parent = *at->parent();
    if (parent.type() == Type::object) return append_escaped(result, at->key());
    std::size_t index = 0;
    for (auto sibling = parent.children().begin(); &*sibling != at; ++sibling) ++index;
    result += '/';
    result += std::to_string(index);
  });
  return result;
}

std::string pointer(const Node& object, std::string_view key) {
  std::string result = pointer(object);
  append_escaped(result, key);
  return result;
}

std::string found(const Node& node) {
  switch (node.type()) {
    case Type::string: return "the string " + excerpt(node.text());
    case Type::number: return "the number " + std::string{node.text().substr(0, 40)};
    case Type::boolean:
    case Type::null: return std::string{node.text()};
    case Type::array: return node.empty() ? "an empty array" : "an array";
    case Type::object: break;
  }
  return node.empty() ? "an empty object" : "an object";
}

}  // namespace magnesia::json
