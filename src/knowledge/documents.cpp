#include "knowledge/documents.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace magnesia::knowledge {

using json::Node;
using json::Type;

namespace {

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
void for_each_object(const Node& node, std::string_view key, See see) {
  const Node* const list = node.find(key);
  if (list == nullptr || list->type() != Type::array) return;
  for (const Node& one : list->children())
    if (one.type() == Type::object) see(one);
}

// Parts of an item that say where they come from; rules are items of their own.
template <class See>
void for_each_part(const Node& node, See& see) {  // NOLINT(misc-no-recursion): as deep as the parser lets documents be
  for (const Node& child : node.children()) {
    if (child.type() != Type::object && child.type() != Type::array) continue;
    if (child.key() == "rules" || child.key() == "sources") continue;
    if (child.type() == Type::object && (child.find("sources") != nullptr || child.find("reviewed") != nullptr)) see(child);
    for_each_part(child, see);
  }
}

}  // namespace

std::string_view text_member(const Node& node, std::string_view key) noexcept {
  const Node* const member = node.type() == Type::object ? node.find(key) : nullptr;
  return member != nullptr && member->type() == Type::string ? member->text() : std::string_view{};
}

Documents::Documents(const base::Base& base) : base_{base} {
  Errors errors;
  const Node* const root = parser_.parse(base.documents, {.max_bytes = base.documents.size() + 1}, errors);
  if (root != nullptr) add(*root);
  std::stable_sort(items_.begin(), items_.end(),
                   [](const Item& a, const Item& b) { return std::tie(a.kind, a.id) < std::tie(b.kind, b.id); });
}

void Documents::add(const Node& documents) {  // NOLINT(misc-no-recursion): as deep as the parser lets documents be
  for (const Node& document : documents.children()) {
    const std::string_view written = text_member(document, "magnesia");
    if (written == "pack/1") {
      if (const Node* const inside = document.find("documents")) add(*inside);
    } else if (written == "sources/1") {
      for_each_object(document, "sources", [&](const Node& one) {
        items_.push_back({"source", text_member(one, "id"), text_member(one, "title"), &one, {}, {}});
      });
    } else if (written != "texts/1") {
      const std::string_view kind = written.substr(0, written.find('/'));
      const std::string_view id = text_member(document, "id");
      items_.push_back({kind, id, text_member(document, "name"), &document, {}, {}});
      for_each_object(document, "rules", [&](const Node& one) {
        items_.push_back({"rule", text_member(one, "id"), {}, &one, kind, id});
      });
    }
  }
}

const Item* Documents::find(std::string_view kind, std::string_view id) const noexcept {
  const auto at = std::lower_bound(items_.begin(), items_.end(), std::tie(kind, id),
                                   [](const Item& item, const auto& wanted) { return std::tie(item.kind, item.id) < wanted; });
  return at != items_.end() && at->kind == kind && at->id == id ? &*at : nullptr;
}

std::string_view Documents::written(const Item& item) const noexcept { return value_at(base_.documents, item.node->offset()); }

std::vector<Statement> Documents::statements() const {
  static constexpr std::array<std::string_view, 5> always{"fact", "limit", "rule", "salt", "titration"};
  std::vector<Statement> all;
  for (const Item& item : items_) {
    if (item.kind == "source") continue;
    const auto state = [&](const Node& node, std::string_view part) {
      Statement statement{&item, part, Grade::unconfirmed, {}};
      for_each_object(node, "sources", [&](const Node& one) {
        const Node* const confirmed = one.find("confirmed");
        statement.citations.push_back(
            {text_member(one, "source"), text_member(one, "locator"), confirmed != nullptr && confirmed->is_true()});
        if (!statement.citations.back().confirmed) return;
        const Item* const source = find("source", statement.citations.back().source);
        if (source != nullptr)
          statement.grade =
              std::min(statement.grade, grade_named(text_member(*source->node, "grade")).value_or(Grade::unconfirmed));
      });
      all.push_back(std::move(statement));
    };
    if (std::find(always.begin(), always.end(), item.kind) != always.end() || item.node->find("sources") != nullptr ||
        item.node->find("reviewed") != nullptr)
      state(*item.node, {});
    auto see = [&](const Node& part) {
      const std::string_view property = text_member(part, "property");
      state(part, property.empty() ? part.key() : property);
    };
    for_each_part(*item.node, see);
  }
  return all;
}

}  // namespace magnesia::knowledge
