// Reading documents: every fault is noted with its file and place, and reading goes on.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.hpp"
#include "json/parse.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia::knowledge {

/// Where documents stand, and the faults found so far.
class Reader {
 public:
  explicit Reader(Errors& errors) noexcept : errors_{errors} {}

  /// The documents are the elements of one array; each has a path.
  void stand_at(std::string_view path, const json::Node& document) noexcept {
    path_ = path;
    document_ = &document;
  }
  [[nodiscard]] std::string_view path() const noexcept { return path_; }

  void fault(ErrorKind kind, const json::Node& at, std::string expected);
  void fault(ErrorKind kind, const json::Node& at, std::string found, std::string expected);
  /// "drugs/iron.json:/rules/0/window".
  [[nodiscard]] std::string place(const json::Node& at) const;
  [[nodiscard]] Errors& errors() noexcept { return errors_; }

  /// An object with no other members than these.
  bool object(const json::Node& node, std::initializer_list<std::string_view> members);

  /// Members. A missing one that is required is a fault; one of the wrong type always is.
  std::string_view string(const json::Node& object, std::string_view key, bool required = true);
  bool boolean(const json::Node& object, std::string_view key, bool otherwise);
  std::optional<Exact> number(const json::Node& object, std::string_view key, bool required = true);
  const json::Node* array(const json::Node& object, std::string_view key, bool required = true);
  const json::Node* member(const json::Node& object, std::string_view key, json::Type type, bool required);
  std::vector<std::string_view> strings(const json::Node& object, std::string_view key, bool required = false);

  /// {"value": 30, "unit": "mL/min/{1.73_m2}"} in base units of the dimension.
  std::optional<Exact> quantity(const json::Node& node, Dimension dimension);
  std::optional<Exact> quantity(const json::Node& object, std::string_view key, Dimension dimension, bool required = true);

 private:
  void fault_of_member(const json::Node& object, std::string_view key, json::Type type, const json::Node* found);

  Errors& errors_;
  std::string_view path_;
  const json::Node* document_ = nullptr;
};

}  // namespace magnesia::knowledge
