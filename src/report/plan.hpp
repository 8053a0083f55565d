// What the reports of a plan have in common.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.hpp"
#include "facts/workspace.hpp"
#include "magnesia/plan.hpp"

namespace magnesia::report {

/// "sun", "mon", … as documents have them.
inline constexpr std::array<std::string_view, 7> weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

[[nodiscard]] inline bool comes_on(std::uint8_t days, std::size_t day) noexcept { return (days >> day & 1U) != 0; }

/// "Sun, Wed"; empty for every day.
[[nodiscard]] std::string days_text(const base::Base& base, std::uint8_t days);
/// "07:00", or "06:00-09:00".
[[nodiscard]] std::string time_text(const TimeSpan& span);
/// "07:00, 19:00, 21:00-23:00".
[[nodiscard]] std::string times_text(const std::vector<TimeOfDay>& times, const std::vector<TimeSpan>& within);
/// "500 mg", or empty.
[[nodiscard]] std::string amount_text(const PlannedDoses& doses);
/// "as today", "today at 07:00" or "new".
[[nodiscard]] std::string move_text(const base::Base& base, const PlannedDoses& doses);
/// What the plan is worth, in a sentence or two.
[[nodiscard]] std::string status_text(const Plan& plan);
[[nodiscard]] std::string counts_text(const base::Base& base, int changes, int occasions);
/// "levothyroxine (06:30) and magnesium oxide (21:30): 15 h apart, 4 h needed".
[[nodiscard]] std::string kept_text(const Plan& plan, const KeptWindow& kept);

/// What is taken at one time of day, or at some time within a span, on the same days.
struct Occasion {
  TimeSpan time;
  std::uint8_t days = Schedule::every_day;
  std::vector<const PlannedDoses*> doses;
};
/// By time; what comes every day first.
[[nodiscard]] std::vector<Occasion> occasions_of(const std::vector<PlannedDoses>& doses);

/// An hour of the day that is known, with its name for people; by time.
struct Hour {
  TimeOfDay time;
  std::string_view called;
};
[[nodiscard]] std::vector<Hour> hours_of(const base::Base& base, const Day& day);

/// The picture alone, to stand in a page too.
void append_picture(std::string& out, const Plan& plan, const std::vector<PlannedDoses>& doses);

}  // namespace magnesia::report
