// Looking into the knowledge: its documents as they were written.
#include <algorithm>

#include "base/base.hpp"
#include "json/parse.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia {

using json::Node;
using json::Type;

namespace {

std::string_view text_member(const Node& node, std::string_view key) {
  const Node* const member = node.type() == Type::object ? node.find(key) : nullptr;
  return member != nullptr && member->type() == Type::string ? member->text() : std::string_view{};
}

// Where a value that begins at `begin` ends. The text is valid JSON.
std::string_view value_at(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return text.substr(begin, at - begin + 1);
  }
  return text.substr(begin);
}

template <class See>
void for_each_member(const Node& document, std::string_view key, See& see, std::string_view kind) {
  const Node* const list = document.find(key);
  if (list == nullptr || list->type() != Type::array) return;
  for (const Node& one : list->children()) see(kind, one);
}

template <class See>
void for_each_document(const Node& documents, See& see) {
  for (const Node& document : documents.children()) {
    const std::string_view kind = text_member(document, "magnesia");
    if (kind == "pack/1") {
      if (const Node* const inside = document.find("documents")) for_each_document(*inside, see);
    } else if (kind == "sources/1") {
      for_each_member(document, "sources", see, "source");
    } else if (kind != "texts/1") {
      see(kind.substr(0, kind.find('/')), document);
      for_each_member(document, "rules", see, "rule");
    }
  }
}

}  // namespace

std::vector<Knowledge::Entry> Knowledge::list() const {
  std::vector<Entry> all;
  json::Parser parser;
  Errors errors;
  const Node* const root = parser.parse(base_->documents, {.max_bytes = base_->documents.size() + 1}, errors);
  if (root == nullptr) return all;
  auto see = [&](std::string_view kind, const Node& node) {
    const std::string_view name = text_member(node, kind == "source" ? "title" : "name");
    all.push_back({std::string{kind}, std::string{text_member(node, "id")}, std::string{name}});
  };
  for_each_document(*root, see);
  std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.kind != b.kind ? a.kind < b.kind : a.id < b.id; });
  return all;
}

std::optional<std::string> Knowledge::document_of(std::string_view id) const {
  std::optional<std::string> text;
  json::Parser parser;
  Errors errors;
  const Node* const root = parser.parse(base_->documents, {.max_bytes = base_->documents.size() + 1}, errors);
  if (root == nullptr) return text;
  auto see = [&](std::string_view, const Node& node) {
    if (!text && text_member(node, "id") == id) text = value_at(base_->documents, node.offset());
  };
  for_each_document(*root, see);
  return text;
}

}  // namespace magnesia
