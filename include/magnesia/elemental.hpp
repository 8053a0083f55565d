// How much magnesium a label's words come to, and whether what they claim is possible. In target magnesia::knowledge.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/checker.hpp"
#include "magnesia/error.hpp"
#include "magnesia/known.hpp"

namespace magnesia {

/// What one text says.
struct Elemental {
  std::string text;
  Interval<Exact> elemental;  ///< mg of magnesium a dose; unbounded above where no amount is known
  Interval<Exact> mmol;
  Interval<Exact> meq;
  std::optional<Interval<Exact>> fraction;  ///< of the salts' mass; none where no salt is named
  std::vector<std::string> readings;        ///< how the text was read, in sentences
  Tri plausible = Tri::unknown;          ///< whether what is claimed can be so, as rules of the knowledge judge it; unknown: no
                                         ///< salt is named, or the mass of another stands beside it, so nothing says
  std::vector<std::string> concerns;     ///< what those rules say; where `plausible` is unknown, those too that only may hold
  std::optional<Interval<Exact>> price;  ///< of 100 mg of magnesium, where somebody asked for it: price_of_100_mg()

  friend bool operator==(const Elemental&, const Elemental&) = default;
};

/// Reads a label's text (read_label), or the label of the product that the knowledge knows by exactly this text, and works out
/// the magnesium of one dose.
///     elemental_of(checker, "500 mg magnesium oxide")
///     elemental_of(checker, "Slow-Mag")
/// Errors: those of read_label; unknown_name (byte 0) where the text names a salt that the knowledge does not have.
[[nodiscard]] Result<Elemental> elemental_of(const Checker& checker, std::string_view text);

/// What somebody pays for a pack, in any currency, and how many doses are in it.
struct PackPrice {
  Exact price;  ///< 0 or more
  Exact doses;  ///< above 0
};

/// The price of 100 mg of magnesium: 100 * price / (doses * elemental), bounds rounded outwards; without an upper bound where a
/// dose may hold none.
///     price_of_100_mg(Exact{250}, {.price = Exact::ratio(25, 2), .doses = 60})
/// `elemental`: mg a dose, 0 or more. Errors: out_of_range ("price", "doses"). O(1).
[[nodiscard]] Result<Interval<Exact>> price_of_100_mg(const Interval<Exact>& elemental, const PackPrice& pack);

}  // namespace magnesia
