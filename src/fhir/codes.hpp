// Codes: what the codings and words of a record mean in the knowledge.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.hpp"
#include "fhir/node.hpp"
#include "magnesia/fhir.hpp"

namespace magnesia::fhir {

/// A concept that something was found to be, and the term that stands for it.
struct Meaning {
  base::ConceptId id = base::no_concept;
  Term term;

  [[nodiscard]] bool known() const noexcept { return id != base::no_concept; }
};

/// What a CodeableConcept says of a substance or product that is taken.
struct Substances {
  std::vector<Meaning> drugs;          ///< its ingredients, as far as they are known
  std::vector<std::string> unknown;    ///< ingredients that a name lists, and that are not known
  std::vector<NamedSalt> magnesium;    ///< salts of magnesium that are named, and no drug of that name
  std::string name;                    ///< what it is called, best first; empty where it is only coded
  std::optional<base::Route> by_name;  ///< a way in that the name of the product tells

  [[nodiscard]] bool nothing() const noexcept { return drugs.empty() && magnesium.empty(); }
};

class Codes {
 public:
  Codes(const Knowledge& knowledge, const CodeMap& map) noexcept
      : knowledge_{knowledge}, base_{*knowledge.base()}, terms_{base_.record_terms}, map_{map} {}

  /// A condition: by its codings in order, by what the caller says of them, then by its names.
  [[nodiscard]] Meaning condition(const Node& concept_node) const;
  [[nodiscard]] Substances substances(const Node& concept_node) const;
  /// By a name alone: of a drug, or as RxNorm names clinical drugs: "24 HR metformin hydrochloride 500 MG Extended Release Oral
  /// Tablet [Glucophage]", ingredients with " / " between them.
  void add_substances(std::string_view name, Substances& into) const;

  /// The way in that a CodeableConcept names.
  [[nodiscard]] std::optional<base::Route> route(const Node& concept_node) const;
  /// The meaning of a coding of a measurement; null where it is none that rules use.
  [[nodiscard]] const base::RecordTerms::Code* measurement(const Node& concept_node) const;
  /// Whether its names can be those of the measurement: none of them, or none in plain letters, is no contradiction.
  [[nodiscard]] bool may_be_called(const Node& concept_node, facts::Bounded of) const;
  /// The status that is asked for, and an answer.
  [[nodiscard]] const base::RecordTerms::Status* status(const Node& concept_node) const;
  [[nodiscard]] const base::RecordTerms::Answer* answer(const Node& concept_node) const;
  /// The condition that a device stands for.
  [[nodiscard]] base::ConceptId device(const Node& concept_node) const;

  [[nodiscard]] bool contains_magnesium(base::ConceptId drug) const noexcept;
  /// Whether a name speaks of magnesium at all.
  [[nodiscard]] bool speaks_of_magnesium(std::string_view name) const;
  [[nodiscard]] const base::Base& base() const noexcept { return base_; }
  [[nodiscard]] const Knowledge& knowledge() const noexcept { return knowledge_; }
  [[nodiscard]] bool is_unit_of_dose(std::string_view unit) const noexcept {
    return terms_.units_of_dose.find(unit) != base::no_concept;
  }

 private:
  [[nodiscard]] std::string_view system(std::string_view uri) const noexcept;
  [[nodiscard]] base::ConceptId in(const base::NameIndex& index, const Node& concept_node) const;
  template <class Found>
  bool any_coding(const Node& concept_node, Found found) const;
  [[nodiscard]] bool add_ingredient(std::string_view name, Substances& into) const;

  const Knowledge& knowledge_;
  const base::Base& base_;
  const base::RecordTerms& terms_;
  const CodeMap& map_;
};

/// see(name) for the display of each coding and the text of a CodeableConcept, until it is true.
template <class See>
bool any_name(const Node& concept_node, See see) {
  bool done = false;
  each_of(concept_node, "coding", [&](const Node& coding) {
    if (const std::string_view display = text_of(coding, "display"); !done && !display.empty()) done = see(display);
  });
  if (const std::string_view text = text_of(concept_node, "text"); !done && !text.empty()) done = see(text);
  return done;
}

/// What a CodeableConcept says, for a note: its text, a display, or its first code.
[[nodiscard]] std::string shown(const Node& concept_node);

}  // namespace magnesia::fhir
