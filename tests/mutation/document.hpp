// Document: a JSON document that can be changed and written again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/parse.hpp"

namespace magnesia::mutation {

struct Value {
  json::Type type = json::Type::null;
  std::string key;   ///< within an object
  std::string text;  ///< a string's characters; anything else without members as it was written
  std::vector<Value> children;

  [[nodiscard]] Value* find(std::string_view name);
  [[nodiscard]] const Value* find(std::string_view name) const;
  /// The text of a member; empty where there is none.
  [[nodiscard]] std::string_view text_of(std::string_view name) const;
  void erase(std::string_view name);
  void erase(std::size_t index) { children.erase(children.begin() + static_cast<std::ptrdiff_t>(index)); }
};

[[nodiscard]] Value value_of(const json::Node& node);
[[nodiscard]] Value string_value(std::string text);
[[nodiscard]] Value array_value(std::string key);
[[nodiscard]] std::string written(const Value& value);

}  // namespace magnesia::mutation
