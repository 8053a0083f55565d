// Bundle: which resources there are, whose they are, and what refers to what.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/node.hpp"
#include "fhir/read.hpp"

namespace magnesia::fhir {

/// A resource of the record.
struct Resource {
  const Node* node = nullptr;
  std::string_view type;
  std::string_view id;
  std::string_view full_url;  ///< of its entry in a Bundle
  std::string pointer;
  bool draft = false;     ///< an order that is being written
  bool another = false;   ///< of somebody else
  std::string_view skip;  ///< why it is not read at all; empty: it is

  [[nodiscard]] Origin origin() const;
  /// The place of a part of it.
  [[nodiscard]] std::string at(const Node& part) const { return pointer + pointer_below(*node, part); }
};

/// What could not be used of the Bundles themselves.
struct OfBundle {
  Note note;
  bool matters = false;  ///< a list may be longer than what was sent
};

class Resources {
 public:
  /// All resources of the parts. Errors: missing_key and unknown_name where a part is none.
  [[nodiscard]] Errors collect(std::span<const Part> parts);
  /// Finds the one patient, and marks what is of others. Errors: conflict, unknown_name.
  [[nodiscard]] Errors choose_patient(std::string_view wanted);

  [[nodiscard]] const std::vector<Resource>& all() const noexcept { return all_; }
  [[nodiscard]] const std::vector<OfBundle>& of_bundles() const noexcept { return of_bundles_; }
  [[nodiscard]] const Resource* patient() const noexcept { return patient_; }
  /// Lists that a Bundle answered.
  [[nodiscard]] Lists answered() const noexcept { return answered_; }

  /// The resource that a Reference of another one leads to, contained in it or in the record; null where it is not here.
  [[nodiscard]] const Node* follow(const Resource& from, const Node& reference) const;

 private:
  void collect_bundle(const Node& bundle, const std::string& pointer, const Part& part, int depth);
  bool collect_entry(const Node& entry, const std::string& pointer, const Part& part, int depth);
  void add(const Node& node, std::string pointer, std::string_view full_url, bool draft);
  void of_bundle(Note::Outcome outcome, std::string pointer, std::string found, std::string_view expected, bool matters);
  [[nodiscard]] const Resource* find(std::string_view reference) const;

  std::vector<Resource> all_;
  std::vector<OfBundle> of_bundles_;
  std::unordered_map<std::string, std::size_t> by_reference_;  // "Type/id" and full URLs
  const Resource* patient_ = nullptr;
  Lists answered_;
};

/// The list that a type of resource is in; none for any other type.
[[nodiscard]] std::optional<List> list_of(std::string_view type) noexcept;

}  // namespace magnesia::fhir
