// When doses are taken: times of day on a circle, the days of the week on which they come, and the hours that they go by.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// From one time of day to another, both included; over midnight where `to` is before `from`.
struct TimeSpan {
  TimeOfDay from;
  TimeOfDay to;

  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// The hours by which a person's day goes, by the clock on their wall.
struct Day {
  Fact<TimeOfDay> wake{};
  Fact<TimeOfDay> breakfast{};
  Fact<TimeOfDay> lunch{};
  Fact<TimeOfDay> dinner{};
  Fact<TimeOfDay> bed{};

  friend bool operator==(const Day&, const Day&) = default;
};

/// One of those hours.
enum class Anchor : std::uint8_t { wake, breakfast, lunch, dinner, bed };
inline constexpr std::size_t anchor_count = 5;

/// "wake", "breakfast", "lunch", "dinner", "bed".
[[nodiscard]] std::string_view name(Anchor anchor) noexcept;
[[nodiscard]] std::optional<Anchor> anchor_named(std::string_view text) noexcept;
[[nodiscard]] const Fact<TimeOfDay>& hour_of(const Day& day, Anchor anchor) noexcept;

/// A time told by an hour of the day.
struct AnchoredTime {
  Anchor anchor = Anchor::wake;
  int offset = 0;          ///< minutes after it; below 0: before it; at most a day
  int width = 0;           ///< minutes that it may be later than that: "before breakfast" is any of the twelve hours before it
  bool with_meal = false;  ///< said to be with a meal

  friend bool operator==(const AnchoredTime&, const AnchoredTime&) = default;
};

/// Reads "on waking", "30 minutes before breakfast", "1 h after lunch", "with dinner", "before dinner", "at bedtime", in small
/// letters. None for any other text, and for more than 12 hours.
[[nodiscard]] std::optional<AnchoredTime> read_anchored_time(std::string_view text) noexcept;
/// Its time of day; none where the hour that it goes by is not known, where it is not one time, or where it would fall on the day
/// before or after.
[[nodiscard]] std::optional<TimeOfDay> time_of(const AnchoredTime& anchored, const Day& day) noexcept;

/// A part of the day, as people call it.
enum class PartOfDay : std::uint8_t { morning, noon, afternoon, evening, night };
/// The widest that anybody means by it, so that nothing is ruled out by a word: morning is all that is before noon.
[[nodiscard]] TimeSpan span_of(PartOfDay part) noexcept;
/// Reads "in the morning", "around noon", "in the afternoon", "in the evening", "at night", in small letters.
[[nodiscard]] std::optional<PartOfDay> read_part_of_day(std::string_view text) noexcept;

/// One dose whose time is known in part.
struct TimeWithin {
  TimeSpan span;  ///< it lies in it, both ends included
  std::optional<AnchoredTime>
      by;  ///< the hour it goes by, where that is not known: doses by one hour are as far apart as they say

  friend bool operator==(const TimeWithin&, const TimeWithin&) = default;
};

/// 00:00 to 23:59: at some time of the day.
inline constexpr TimeSpan any_time{{0}, {1439}};

/// What is known of a time told by an hour of the day. Where the hour is not known it lies between those before and after it
/// that are (waking, breakfast, lunch, dinner and bedtime follow one another); before a meal is after the meal before it.
[[nodiscard]] TimeWithin time_within(const AnchoredTime& anchored, const Day& day) noexcept;

/// When something is taken. Begins with everything unknown except that it may come on any day of the week. What comes every other
/// day or once a month may come on any day: a window then counts for each of them.
struct Schedule {
  static constexpr std::uint8_t every_day = 0x7F;

  std::vector<TimeOfDay> times;    ///< each is one dose
  std::vector<TimeWithin> within;  ///< each is one dose more; both empty: no time is known
  std::uint8_t days = every_day;   ///< bit 0 is Sunday, as in std::chrono::weekday::c_encoding
  Fact<Exact> doses_per_day;       ///< where only the count is known; 0 to 48
  bool as_needed = false;          ///< not on every day; its times say nothing about any particular day
  Fact<bool> with_food;

  /// Doses of which something is known, be it all of their time or a part.
  [[nodiscard]] std::size_t timed_doses() const noexcept { return times.size() + within.size(); }

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

/// Every day, one dose at some time in each of these spans: `sometime({{{360}, {540}}})`.
[[nodiscard]] Schedule sometime(const std::vector<TimeSpan>& spans);

/// So many doses on each day, at times that are not known.
[[nodiscard]] inline Schedule times_a_day(Exact count) {
  Schedule schedule;
  schedule.doses_per_day = count;
  return schedule;
}

}  // namespace magnesia
