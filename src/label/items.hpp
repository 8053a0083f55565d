// What a label says of each source of magnesium, before it becomes an ingredient.
#pragma once

#include <vector>

#include "label/pieces.hpp"

namespace magnesia::label {

/// One source of magnesium, or of something else.
struct Item {
  bool magnesium = false;
  bool element = false;  ///< named as magnesium itself, so that its own amount is magnesium
  bool blend = false;    ///< its own amount is of several things together
  bool others = false;   ///< something else is in the blend: its amount is only an upper bound
  bool total = false;    ///< over all that the label names
  bool listed = false;   ///< from a list of ingredients
  std::vector<SaltRef> salts;
  std::vector<Amount> own;       ///< beside its name
  std::vector<Amount> claims;    ///< magnesium that it provides
  std::vector<Amount> compound;  ///< mass of its salts
  std::vector<Amount> parts;     ///< amounts of its salts that may be either
  std::vector<Amount> perhaps;   ///< its own, or of what stands behind them: "= 400 mg Premium Quality"
  std::size_t at = 0;
  std::size_t end = 0;

  [[nodiscard]] bool has_amount() const noexcept {
    return !own.empty() || !claims.empty() || !compound.empty() || !parts.empty();
  }
  void add(const SaltRef& salt);
  /// Adds a salt that stands in brackets behind the others: the same substance in other words where one is a form of the other.
  void explain(const SaltRef& salt);
};

/// Whether two names are of one substance: the same one, or a salt and a form of it.
[[nodiscard]] bool kin(const SaltRef& a, const SaltRef& b) noexcept;

/// The items of a label, in its order. O(n) for brackets of a bounded depth.
[[nodiscard]] std::vector<Item> items_of(const Pieces& pieces);

}  // namespace magnesia::label
