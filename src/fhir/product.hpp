// Product: a medicine that is magnesium, as far as its name, its ingredients and its dose tell how much it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/codes.hpp"
#include "fhir/dosage.hpp"

namespace magnesia::fhir {

struct MedicineIngredient {
  Substances substances;
  const Node* strength = nullptr;  ///< a Ratio
  std::string shown;
};

/// What somebody takes, before it is told how.
struct Medicine {
  const Node* at = nullptr;  ///< where it is named
  Substances substances;     ///< by its code or name
  std::vector<MedicineIngredient> ingredients;
  std::string shown;

  /// All that it is: by its own code where that says anything, else by its ingredients.
  [[nodiscard]] std::vector<Meaning> drugs() const;
  [[nodiscard]] std::vector<std::string> unknown() const;
  [[nodiscard]] bool nothing() const;
  [[nodiscard]] bool names_magnesium(const Codes& codes) const;
};

struct MagnesiumProduct {
  Product product;
  std::optional<Term> medication;  ///< instead: a drug that the knowledge has as magnesium of unknown amount
  std::string_view expected;       ///< what would tell more; empty: all is known
};

/// The magnesium of a medicine by mouth.
[[nodiscard]] MagnesiumProduct magnesium_product(const Codes& codes, const Medicine& medicine, const Dosage& dosage);

}  // namespace magnesia::fhir
