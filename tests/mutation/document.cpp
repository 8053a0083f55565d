#include "document.hpp"

#include <algorithm>

#include "json/write.hpp"

namespace magnesia::mutation {

using json::Type;

namespace {

void write(json::Writer& writer, const Value& value) {
  const auto write_children = [&] {
    for (const Value& child : value.children) {
      if (value.type == Type::object) writer.key(child.key);
      write(writer, child);
    }
  };
  switch (value.type) {
    case Type::object: writer.begin_object(), write_children(), writer.end_object(); break;
    case Type::array: writer.begin_array(), write_children(), writer.end_array(); break;
    case Type::string: writer.string(value.text); break;
    default: writer.raw(value.text);
  }
}

}  // namespace

Value* Value::find(std::string_view name) {
  const auto found = std::find_if(children.begin(), children.end(), [&](const Value& child) { return child.key == name; });
  return type == Type::object && found != children.end() ? &*found : nullptr;
}

const Value* Value::find(std::string_view name) const {
  const auto found = std::find_if(children.begin(), children.end(), [&](const Value& child) { return child.key == name; });
  return type == Type::object && found != children.end() ? &*found : nullptr;
}

std::string_view Value::text_of(std::string_view name) const {
  const Value* const found = find(name);
  return found == nullptr ? std::string_view{} : std::string_view{found->text};
}

void Value::erase(std::string_view name) {
  std::erase_if(children, [&](const Value& child) { return child.key == name; });
}

Value value_of(const json::Node& node) {
  Value value{node.type(), std::string{node.key()}, std::string{node.text()}, {}};
  for (const json::Node& child : node.children()) value.children.push_back(value_of(child));
  return value;
}

Value string_value(std::string text) { return {Type::string, {}, std::move(text), {}}; }
Value array_value(std::string key) { return {Type::array, std::move(key), {}, {}}; }

std::string written(const Value& value) {
  std::string text;
  json::Writer writer{text};
  write(writer, value);
  return text;
}

}  // namespace magnesia::mutation
