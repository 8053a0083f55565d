// Any bytes: the parser and the diagnosing scanner must agree, and what was read must come back from the writer unchanged.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "json/diagnose.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"

namespace {

namespace json = magnesia::json;

void write(const json::Node& node, json::Writer& out) {
  switch (node.type()) {
    case json::Type::string: return out.string(node.text());
    case json::Type::object:
      out.begin_object();
      for (const json::Node& member : node.children()) {
        out.key(member.key());
        write(member, out);
      }
      return out.end_object();
    case json::Type::array:
      out.begin_array();
      for (const json::Node& element : node.children()) write(element, out);
      return out.end_array();
    default: return out.raw(node.text());
  }
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static json::Parser parser;
  static json::Parser second;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const json::Bounds bounds{.max_bytes = 1 << 16, .max_depth = 20, .max_nodes = 2000, .max_digits = 30, .max_errors = 10};

  magnesia::Errors errors;
  const json::Node* const root = parser.parse(text, bounds, errors);
  require((root == nullptr) == json::diagnose(text, bounds).has_value());
  for (const magnesia::Error& error : errors) require(!error.found.empty() && !error.expected.empty());
  require(errors.size() <= bounds.max_errors + 1);
  if (root == nullptr) {
    require(errors.size() == 1 && errors[0].place.starts_with("byte "));
    return 0;
  }
  std::string once;
  json::Writer writer{once};
  write(*root, writer);
  magnesia::Errors later;
  const json::Node* const again = second.parse(once, {.max_digits = 30, .max_errors = 10}, later);
  require(again != nullptr);
  std::string twice;
  json::Writer rewriter{twice, 0};
  write(*again, rewriter);
  require(once == twice);
  return 0;
}
