// The documents of packs as the second evaluator sees them: names in maps, everything else as JSON.
//
// Written from docs/knowledge-format.md without the library's base, loader or rules. It shares with them only what is tested by
// itself: the JSON tree, Exact, units, formulas, and the folding of names. It is given packs that the loader has accepted, so it
// checks nothing.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/parse.hpp"
#include "magnesia/knowledge.hpp"
#include "magnesia/label.hpp"

namespace magnesia::naive {

/// Conditions, or drugs, or salts, by id.
struct Concepts {
  std::map<std::string, std::string> names;                          ///< folded name to id
  std::map<std::pair<std::string, std::string>, std::string> codes;  ///< system and code to id
  std::map<std::string, std::set<std::string>> classes;              ///< id to the classes that it names
  std::map<std::string, std::set<std::string>> above;                ///< id to itself and all classes that hold it

  [[nodiscard]] std::optional<std::string> find(const Term& term) const;
  /// Whether the one is the other or belongs to it.
  [[nodiscard]] bool is_a(const std::string& id, const std::string& of) const { return above.at(id).contains(of); }
  /// Everything that belongs to it, itself not counted.
  [[nodiscard]] std::set<std::string> below(const std::string& id) const;
  void close();
};

struct Rule {
  const json::Node* node = nullptr;
  std::string id;
  std::string scope;
  std::string drug;  ///< empty: none
  std::string salt;  ///< empty: any
  Severity severity = Severity::none;
  bool confirmed = false;
  Grade grade = Grade::unconfirmed;  ///< of the best confirmed citation
  bool off = false;
  const json::Node* window = nullptr;
  const json::Node* when = nullptr;
  std::set<std::string> replaces;
};

/// What a salt, or a form of one, is made of.
struct Salt {
  std::string name;
  bool counts = true;
  std::optional<Interval<Exact>> share;
  std::optional<Interval<Exact>> own;  ///< the same, each mixture counted as its poorest part
  std::vector<std::string> forms;      ///< of a salt: ids
  std::set<std::string> mixed;         ///< of a mixture: the salts that are in it
  std::set<std::string> surely;        ///< other salts that are in it, however deep
  std::set<std::string> perhaps;       ///< other salts that are in some form of it
};

class Documents final : public SaltNames {
 public:
  /// The first pack, and the later ones laid over it.
  explicit Documents(std::span<const Pack> packs);

  Concepts conditions, drugs, salts;
  std::map<std::string, Salt> made_of;                       ///< by id of the salts
  std::set<std::string> not_by_mouth;                        ///< drugs
  std::map<std::string, std::string> contains;               ///< drug to salt, as the documents say
  std::map<std::string, std::string> settled_by;             ///< condition to fact
  std::map<std::string, Rule> rules;                         ///< by id
  std::map<std::string, std::vector<const Rule*>> in_force;  ///< drug to the rules about it that no other stands in for
  std::map<std::string, const json::Node*> questions;
  std::map<std::string, const json::Node*> limits;
  std::map<std::string, Grade> grades;                             ///< of sources
  std::map<std::string, const json::Node*> products;               ///< by name_of_product()
  std::map<std::string, const json::Node*> products_with_serving;  ///< likewise, the serving behind the name

  /// The salt that a drug is, or none.
  [[nodiscard]] std::optional<std::string> salt_of(const std::string& drug) const;
  /// Whether some, but not the drug as it is named, is magnesium.
  [[nodiscard]] bool may_contain(const std::string& drug) const;
  [[nodiscard]] std::optional<NamedSalt> find_salt(std::string_view name) const override;
  /// What the name of this salt or form stands for.
  [[nodiscard]] NamedSalt named(const std::string& id) const;

 private:
  void read(const json::Node& node);
  void read_concept(const json::Node& node, Concepts& into);
  void read_salt(const json::Node& node);
  void read_rule(const json::Node& node, const std::string& drug);
  void change(const json::Node& node);
  void add_formulas(const std::string& id, std::set<std::string>& seen, std::vector<Interval<Exact>>& shares) const;
  void add_parts(const std::string& id, bool surely, std::set<std::pair<std::string, bool>>& seen, Salt& into) const;
  [[nodiscard]] bool mixture(const std::string& id) const;
  void mix_salts();
  void find_rules_in_force();

  std::vector<std::unique_ptr<json::Parser>> parsers_;
  std::vector<const json::Node*> changes_;
};

/// The name of a product, folded, with whatever stands between two of its digits; empty where a number might be lost.
[[nodiscard]] std::string name_of_product(std::string_view name);
/// A string member, or empty.
[[nodiscard]] std::string text(const json::Node& node, std::string_view key);
/// {"value": 30, "unit": "mg"} in the base unit of its dimension; of serum magnesium in mmol/L whatever the unit.
[[nodiscard]] Exact quantity(const json::Node& node, bool serum_magnesium = false);
/// A citation of the statement was confirmed.
[[nodiscard]] bool confirmed(const json::Node& statement);

}  // namespace magnesia::naive
