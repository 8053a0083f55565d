// Plan: a day without conflicts. Times for all doses that keep every window that the knowledge sets between what is taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/checker.hpp"
#include "magnesia/day.hpp"
#include "magnesia/regimen.hpp"

namespace magnesia {

/// What a plan goes by besides the person and what they take. Begins with nothing said.
struct Wishes {
  Day day{};                             ///< doses that move stay between waking and bedtime; food rules go by the meals
  std::vector<Leeway> medications{};     ///< one for each of patient.medications.items(); of those beyond its end nothing is said
  std::vector<Leeway> magnesium{};       ///< one for each of regimen.products().items(); likewise
  std::uint64_t most_steps = 1'000'000;  ///< of the search, which then stops early; about 0.1 to 1 µs each
};

/// Whether a plan is the best there is.
enum class PlanStatus : std::uint8_t {
  optimal,     ///< proved: no plan has fewer changes, then fewer occasions, then times nearer to those preferred
  feasible,    ///< it keeps every window, but the search stopped early; Plan::bound says how far from the best it can be
  impossible,  ///< proved: no times keep all; Plan::conflicts says what can't hold together
};
/// "optimal", "feasible", "impossible".
[[nodiscard]] std::string_view name(PlanStatus status) noexcept;

/// A medication or a product of the input.
struct PlanSubject {
  bool magnesium = false;  ///< else a medication
  int index = 0;           ///< in the input's list

  friend bool operator==(const PlanSubject&, const PlanSubject&) = default;
};
/// "magnesium[0]", "medications[1]".
[[nodiscard]] std::string name(PlanSubject subject);

/// The doses of one medication or product.
struct PlannedDoses {
  PlanSubject subject;
  std::string called;            ///< its name, for people
  std::vector<TimeOfDay> times;  ///< ascending
  std::vector<TimeSpan> within;  ///< one dose each that stays, and of which no more than this is known
  std::uint8_t days = Schedule::every_day;
  bool moved = false;                ///< some dose is elsewhere than today
  std::vector<TimeOfDay> was;        ///< today, ascending
  std::vector<TimeSpan> was_within;  ///< today, where no more is known; both empty: it had no times
  Fact<Exact> amount;                ///< mg a dose, of what `basis` says, where it is one figure
  std::string_view basis;            ///< "elemental", "salt", or empty: not said

  [[nodiscard]] bool is_new() const noexcept { return was.empty() && was_within.empty(); }
};

/// A window that the plan keeps, where it is closest.
struct KeptWindow {
  std::string_view rule;
  Severity severity = Severity::none;
  PlanSubject drug;
  PlanSubject magnesium;
  TimeSpan drug_time;       ///< of no length where it is one time
  TimeSpan magnesium_time;  ///< likewise
  int needs = 0;            ///< minutes, on the side where it is closest
  int has = 0;              ///< minutes
  int before = 0;           ///< minutes that the drug must be before magnesium; 0: that side has no window
  int after = 0;            ///< and after it
};

/// One of the constraints that can't hold together.
struct Conflict {
  std::string constraint;  ///< a rule's id; or "may_move", "with_food", "min_spacing", "day"
  std::vector<PlanSubject> subject;
  std::string message;
};

/// What could be done instead where no plan keeps everything, in the order in which it is tried.
enum class OfferKind : std::uint8_t {
  split_doses,   ///< each dose of a product in two halves
  fewer_doses,   ///< doses left out
  another_day,   ///< a weekly drug that may move, on another day
  other_times,   ///< magnesium at other times on the days of a weekly drug
  not_that_day,  ///< no magnesium on the days of a weekly drug
};
/// "split-doses", "fewer-doses", "another-day", "other-times", "not-that-day".
[[nodiscard]] std::string_view name(OfferKind kind) noexcept;

struct Offer {
  OfferKind kind = OfferKind::fewer_doses;
  std::string text;
  std::vector<PlannedDoses> doses;
  int changes = 0;
  int occasions = 0;
};

/// A medication or product that the plan can't place, since nobody knows when it is taken.
struct Unplanned {
  PlanSubject subject;
  std::string message;
};

/// A day (or, with drugs of certain days, a week). Times are of the clock on the wall.
struct Plan {
  PlanStatus status = PlanStatus::impossible;
  std::vector<PlannedDoses> doses;  ///< medications first, each in the order of the input; none where it is impossible
  int changes = 0;                  ///< doses that are elsewhere than today
  int occasions = 0;                ///< different times of day at which something is taken
  int minutes_off = 0;              ///< from the preferred times, summed over the doses that may move
  struct Bound {
    int changes = 0;
    int occasions = 0;
  };
  std::optional<Bound>
      bound;  ///< where it is feasible only: the best can't have fewer changes, nor, with as many, fewer occasions
  std::vector<KeptWindow> because;
  std::vector<Conflict> conflicts;  ///< where it is impossible: irreducible; without any one of them there is a plan
  std::optional<Offer> offer;       ///< where it is impossible: what could be done instead
  std::vector<Unplanned> unplanned;
  Day day;
  Assessment assessment;  ///< of the person with these times; where it is impossible, with those of today
};

/// Times on a grid of 5 minutes that keep every window between a drug and magnesium that is above severity none and is not ruled
/// out (one that may hold counts), the food rules ("with_food": at a meal of the day, or where it is today), the spacing and the
/// leeway of each entry, and waking and bedtime. Of those plans, one with the fewest changes; of those, with the fewest
/// occasions; of those, the nearest to the preferred times, which are the knowledge's for purpose and salt, and else today's.
/// Medications stay where they are unless they may move; magnesium moves unless it may not. Exact: docs/planning.md. Daylight
/// saving is not its business.
///     const Result<Plan> plan = plan_day(checker, patient, regimen, {.day = day});
/// Errors: those of Checker::assess; too_large (more than 200 doses that may move, or no plan found and none excluded within the
/// steps).
[[nodiscard]] Result<Plan> plan_day(const Checker& checker, const Patient& patient, const Regimen& regimen,
                                    const Wishes& wishes = {});

}  // namespace magnesia
