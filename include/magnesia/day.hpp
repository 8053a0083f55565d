// When doses are taken: times of day on a circle, and the days of the week on which they come.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "magnesia/exact.hpp"
#include "magnesia/known.hpp"

namespace magnesia {

/// A time of day in whole minutes after midnight, 0 to 1439. Any other number is refused when the schedule is assessed.
struct TimeOfDay {
  int minutes = 0;

  friend constexpr auto operator<=>(const TimeOfDay&, const TimeOfDay&) = default;
};

/// "07:30".
[[nodiscard]] std::string name(TimeOfDay time);

/// When something is taken. Begins with everything unknown except that it may come on any day of the week.
struct Schedule {
  static constexpr std::uint8_t every_day = 0x7F;

  std::vector<TimeOfDay> times;   ///< each is one dose; empty: not known
  std::uint8_t days = every_day;  ///< bit 0 is Sunday, as in std::chrono::weekday::c_encoding
  Fact<Exact> doses_per_day;      ///< where only the count is known; 0 to 48
  bool as_needed = false;         ///< not on every day; its times say nothing about any particular day
  Fact<bool> with_food;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Nothing is known about when it is taken.
[[nodiscard]] inline Schedule times_unknown() { return {}; }

/// Every day at these times of day: `daily(7h, 19h + 30min)`.
template <class... Time>
[[nodiscard]] Schedule daily(std::chrono::minutes first, Time... more) {
  Schedule schedule;
  schedule.times = {TimeOfDay{static_cast<int>(first.count())},
                    TimeOfDay{static_cast<int>(std::chrono::minutes{more}.count())}...};
  return schedule;
}

/// On one day of each week at these times of day: `weekly(std::chrono::Sunday, 7h)`.
template <class... Time>
[[nodiscard]] Schedule weekly(std::chrono::weekday day, std::chrono::minutes first, Time... more) {
  Schedule schedule = daily(first, more...);
  schedule.days = static_cast<std::uint8_t>(1U << day.c_encoding());
  return schedule;
}

/// So many doses on each day, at times that are not known.
[[nodiscard]] inline Schedule times_a_day(Exact count) {
  Schedule schedule;
  schedule.doses_per_day = count;
  return schedule;
}

}  // namespace magnesia
