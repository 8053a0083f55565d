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
  Tri plausible = Tri::unknown;       ///< whether what is claimed can be so, as rules of the knowledge judge it; unknown: no
                                      ///< salt is named, or the mass of another stands beside it, so nothing says
  std::vector<std::string> concerns;  ///< what those rules say; where `plausible` is unknown, those too that only may hold

  friend bool operator==(const Elemental&, const Elemental&) = default;
};

/// Reads a label's text (read_label) and works out the magnesium of one dose.
///     elemental_of(checker, "500 mg magnesium oxide")
/// Errors: those of read_label; unknown_name (byte 0) where the text names a salt that the knowledge does not have.
[[nodiscard]] Result<Elemental> elemental_of(const Checker& checker, std::string_view text);

}  // namespace magnesia
