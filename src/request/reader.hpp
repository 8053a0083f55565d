// Reading typed values from JSON nodes. Every function below reports what is wrong with its node and leaves the target as it was.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/parse.hpp"
#include "magnesia/day.hpp"
#include "magnesia/error.hpp"
#include "magnesia/known.hpp"
#include "magnesia/patient.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia::request {

class Reader;

/// A key of an object, and what reads its value.
template <class Target>
struct Field {
  std::string_view key;
  void (*read)(Reader& reader, const json::Node& value, Target& into);
};

/// The keys that an object may have, and what they are read into.
template <class Target>
struct Table {
  std::span<const Field<Target>> fields;
  Target& into;
};
template <class Target, std::size_t n>
Table(const Field<Target> (&)[n], Target&) -> Table<Target>;

/// A number and its unit.
struct Measured {
  Exact value;
  FoundUnit unit;

  template <class Quantity>
  [[nodiscard]] Quantity as() const {
    return {value, {unit.ucum, unit.factor}};
  }
};

class Reader {
 public:
  explicit Reader(Errors& errors) noexcept : errors_{errors} {}

  void report(ErrorKind kind, std::string place, std::string found, std::string_view expected) {
    errors_.push_back({kind, std::move(place), std::move(found), std::string{expected}});
  }
  void report(ErrorKind kind, const json::Node& at, std::string_view expected) { report(kind, pointer(at), found(at), expected); }
  void report_missing(const json::Node& object, std::string_view key, std::string_view expected);

  /// Whether the node is of this type, or else a fault.
  [[nodiscard]] bool is(json::Type type, const json::Node& node, std::string_view expected) {
    if (node.type() == type) return true;
    report_type(node, expected);
    return false;
  }

  /// Reads the members of an object; a key that is in none of the tables is a fault.
  template <class... Targets>
  void members(const json::Node& object, Table<Targets>... tables) {
    for (const json::Node& member : object.children())
      if (!(read_member(member, tables) || ...)) report_unknown(member, keys_of(tables...));
  }

  /// A number, every digit kept. Errors: wrong_type, too_large.
  [[nodiscard]] std::optional<Exact> number(const json::Node& node);
  /// {"value": …, "unit": …} in a unit of one of the dimensions; `units` names them. Errors: also missing_key, wrong_unit, and
  /// out_of_range below 0.
  [[nodiscard]] std::optional<Measured> measured(const json::Node& node, std::initializer_list<Dimension> dimensions,
                                                 std::string_view units);
  template <class Kind>
  void quantity(const json::Node& node, Fact<Quantity<Kind>>& into, std::string_view units) {
    if (const std::optional<Measured> read = measured(node, {Kind::dimension}, units)) into = read->as<Quantity<Kind>>();
  }

  void boolean(const json::Node& node, Fact<bool>& into);
  /// "HH:MM", 00:00 to 23:59. Errors: wrong_type, syntax, out_of_range.
  [[nodiscard]] std::optional<TimeOfDay> time(const json::Node& node,
                                              std::string_view expected = "a time of day, 00:00 to 23:59, such as \"07:30\"");
  void time(const json::Node& node, Fact<TimeOfDay>& into);
  /// A name, or {"system": …, "code": …}. Errors: wrong_type, missing_key, unknown_name (an empty one).
  [[nodiscard]] std::optional<Term> term(const json::Node& node);
  /// The index of one of these words. Errors: wrong_type, unknown_name.
  [[nodiscard]] std::optional<std::size_t> one_of(const json::Node& node, std::initializer_list<std::string_view> words);
  /// The length of an array of 1 to `most` elements, or of none where that says something. Errors: wrong_type, out_of_range,
  /// too_large.
  /// `or_else`: behind `expected`, what may stand there as well.
  [[nodiscard]] std::optional<std::size_t> list(const json::Node& node, bool may_be_empty, std::size_t most,
                                                std::string_view expected, std::string_view or_else = {});

 private:
  template <class Target>
  bool read_member(const json::Node& member, const Table<Target>& table) {
    for (const Field<Target>& field : table.fields)
      if (field.key == member.key()) {
        field.read(*this, member, table.into);
        return true;
      }
    return false;
  }
  template <class... Targets>
  static std::vector<std::string_view> keys_of(const Table<Targets>&... tables) {
    std::vector<std::string_view> keys;
    const auto add = [&keys](const auto& fields) {
      for (const auto& field : fields) keys.push_back(field.key);
    };
    (add(tables.fields), ...);
    return keys;
  }
  void report_type(const json::Node& node, std::string_view expected);
  void report_unknown(const json::Node& member, const std::vector<std::string_view>& keys);

  Errors& errors_;
};

/// "a", "a or b", "a, b or c".
[[nodiscard]] std::string alternatives(const std::vector<std::string_view>& words);

/// The one of `words` that `text` may be a slip of the pen for, or empty: as good as equal but for case and `-` or `_`, or at
/// most a third of its letters left out, added, changed or swapped with their neighbours.
[[nodiscard]] std::string_view nearest(std::string_view text, const std::vector<std::string_view>& words);

}  // namespace magnesia::request
