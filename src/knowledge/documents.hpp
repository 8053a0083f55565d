// The documents of a knowledge as they were written, to be looked through.
#pragma once

#include <string_view>
#include <vector>

#include "base/base.hpp"
#include "json/parse.hpp"

namespace magnesia::knowledge {

[[nodiscard]] std::string_view text_member(const json::Node& node, std::string_view key) noexcept;

/// A concept, rule, limit, fact, source or whatever else has an id, where it is written.
struct Item {
  std::string_view kind;  ///< "drug"
  std::string_view id;
  std::string_view name;  ///< of a source its title; empty for a rule
  const json::Node* node = nullptr;
  std::string_view of_kind, of_id;  ///< of a rule: the concept in whose document it stands, if it does
};

/// What carries sources: an item, or a part of one.
struct Statement {
  struct Citation {
    std::string_view source, locator;
    bool confirmed = false;
  };
  const Item* item = nullptr;
  std::string_view part;  ///< empty: the item itself; else "absorption", "no_interaction", "settles"
  Grade grade = Grade::unconfirmed;
  std::vector<Citation> citations;
};

/// Refers to the base, which must outlive it. Takes as long as parsing all documents.
class Documents {
 public:
  explicit Documents(const base::Base& base);

  /// By kind, then by id.
  [[nodiscard]] const std::vector<Item>& items() const noexcept { return items_; }
  [[nodiscard]] const Item* find(std::string_view kind, std::string_view id) const noexcept;
  /// The text of an item.
  [[nodiscard]] std::string_view written(const Item& item) const noexcept;
  /// Every rule, limit, salt and fact, and whatever else says where it comes from or when it was reviewed; in the order of the
  /// items.
  [[nodiscard]] std::vector<Statement> statements() const;

 private:
  void add(const json::Node& documents);

  const base::Base& base_;
  json::Parser parser_;
  std::vector<Item> items_;
};

/// see(text) for every name by which the item is known: its name, its other names, those of its forms.
template <class See>
void for_each_name(const json::Node& node, See& see) {
  if (const std::string_view name = text_member(node, "name"); !name.empty()) see(name);
  if (const json::Node* const names = node.find("names"); names != nullptr && names->type() == json::Type::array)
    for (const json::Node& name : names->children())
      if (name.type() == json::Type::string) see(name.text());
  if (const json::Node* const forms = node.find("forms"); forms != nullptr && forms->type() == json::Type::array)
    for (const json::Node& form : forms->children())
      if (form.type() == json::Type::object) for_each_name(form, see);
}

/// see(system, code) for every code of the item and of its forms.
template <class See>
void for_each_code(const json::Node& node, See& see) {
  if (const json::Node* const codes = node.find("codes"); codes != nullptr && codes->type() == json::Type::array)
    for (const json::Node& code : codes->children())
      if (code.type() == json::Type::object) see(text_member(code, "system"), text_member(code, "code"));
  if (const json::Node* const forms = node.find("forms"); forms != nullptr && forms->type() == json::Type::array)
    for (const json::Node& form : forms->children())
      if (form.type() == json::Type::object) for_each_code(form, see);
}

}  // namespace magnesia::knowledge
