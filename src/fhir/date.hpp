// FHIR's dates and times, which may be told in part, and ages reckoned from them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "magnesia/known.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia::fhir {

/// The first and the last minute that a date or time can mean, in minutes since 1970 in the zone that it names (UTC where it
/// names none).
struct Moment {
  std::int64_t first = 0;
  std::int64_t last = 0;

  [[nodiscard]] std::chrono::sys_days first_day() const noexcept;
  [[nodiscard]] std::chrono::sys_days last_day() const noexcept;
  [[nodiscard]] bool is_before(const Moment& other) const noexcept { return last < other.first; }
};

/// Reads "2026", "2026-11", "2026-11-25", "2026-11-25T08:30:00.000+01:00". The day is the one that is written, whatever the zone.
[[nodiscard]] std::optional<Moment> read_moment(std::string_view text) noexcept;

/// The age on a day of somebody born on a day that may be told in part: whole months as the calendar counts them, and the part of
/// the month that has begun, so that somebody is 18 on their 18th birthday and not before. None where they are not yet born.
[[nodiscard]] std::optional<Interval<Age>> age_on(std::chrono::sys_days day, const Moment& born) noexcept;

}  // namespace magnesia::fhir
