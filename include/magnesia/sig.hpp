// Sig: the abbreviations in which prescriptions say when something is taken.
#pragma once

#include <string_view>

#include "magnesia/day.hpp"
#include "magnesia/error.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia {

/// What a sig says.
struct Sig {
  Schedule schedule;
  Fact<Duration> min_spacing;  ///< of "Q8H": between two doses

  friend bool operator==(const Sig&, const Sig&) = default;
};

/// Reads the usual abbreviations, in any case, with or without full stops, one or several of them: QD, QDAY, DAILY, BID, TID, QID
/// (one to four times a day), QOD, QWK, QMO (their days are not said, so any day counts), Q4H and the like (1 to 24 hours), QAM
/// (a dose before noon), QPM (one after it), QHS, HS (at bedtime, by the hour of `day` where it is known), AC (before meals:
/// without food), PC, CC (after and with meals: with food), PRN. A count says how many doses there are, not when: their times
/// stay unknown. "QAM QHS" are two doses.
///     read_sig("BID PC")   two doses a day, with food;   read_sig("Q8H PRN")   as needed, eight hours apart
/// Errors: syntax (an abbreviation that is none of these), conflict (two counts, before and with meals), too_large (above 200
/// bytes). The place is a byte offset into the text.
[[nodiscard]] Result<Sig> read_sig(std::string_view text, const Day& day = {});

}  // namespace magnesia
