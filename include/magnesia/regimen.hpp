// What is taken: magnesium products, in the user's own terms.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "magnesia/day.hpp"
#include "magnesia/known.hpp"
#include "magnesia/patient.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia {

/// One source of magnesium in a product: which salt, and whatever is said of its amount, each in the type of what it counts.
/// Millimoles and milliequivalents count magnesium: `elemental = elemental_mass_of(...)`.
struct Ingredient {
  Term salt;                      ///< empty text: not said
  Fact<ElementalMass> elemental;  ///< magnesium claimed, per dose
  Fact<SaltMass> compound;        ///< mass of the whole salt, per dose
  Fact<Mass> unsaid;              ///< a mass per dose that may be either: an interval over both readings

  friend bool operator==(const Ingredient&, const Ingredient&) = default;
};

/// One product and when it is taken. Either its label's text, or its ingredients.
struct Product {
  std::string label;  ///< read by label.hpp when there are no ingredients
  std::vector<Ingredient> ingredients;
  Fact<Mass> unit_mass;        ///< mass of one tablet, capsule or scoop
  Fact<Exact> units_per_dose;  ///< tablets, capsules or scoops that the amounts stand for; above 0
  Schedule schedule;           ///< each time is one dose of the amounts

  Product() = default;
  Product(const char* text, Schedule when) : label{text}, schedule{std::move(when)} {}
  Product(std::vector<Ingredient> of, Schedule when) : ingredients{std::move(of)}, schedule{std::move(when)} {}

  friend bool operator==(const Product&, const Product&) = default;
};

/// What a plan of the day may do with the doses of one medication or product.
struct Leeway {
  Fact<bool> may_move;             ///< unknown: not said; a plan then moves magnesium and leaves medications where they are
  std::optional<TimeSpan> within;  ///< where it may be moved to; none: anywhere
  Fact<Duration> min_spacing;      ///< between two doses of the entry

  friend bool operator==(const Leeway&, const Leeway&) = default;
};

/// All magnesium that somebody takes or wants to take. Begins unknown.
class Regimen {
 public:
  Regimen() = default;
  Regimen(KnownNone) : products_{known_none} {}  // NOLINT(google-explicit-constructor)
  Regimen(std::initializer_list<Product> products) : products_{Completeness::exactly, products} {}
  explicit Regimen(Listed<Product> products) : products_{std::move(products)} {}

  [[nodiscard]] const Listed<Product>& products() const noexcept { return products_; }
  friend bool operator==(const Regimen&, const Regimen&) = default;

 private:
  Listed<Product> products_;
};

}  // namespace magnesia
