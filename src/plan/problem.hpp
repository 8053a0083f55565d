// Problem: doses, times and what must hold between them; all that the search for a plan knows. No names, no knowledge.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/base.hpp"
#include "facts/facts.hpp"
#include "magnesia/day.hpp"

namespace magnesia::plan {

inline constexpr int minutes_a_day = 1440;

/// Doses of one medication or product. All times are minutes after midnight.
struct Entry {
  std::vector<int> was;                  ///< where each dose is today, or begins to be; -1: nowhere yet
  std::vector<facts::DoseTime> in_part;  ///< by dose: today's time where it is known in part, else of no width; or empty
  std::uint8_t days = Schedule::every_day;
  bool stays = false;                    ///< not to be moved; every dose then has a time
  std::optional<TimeSpan> within;        ///< where it may be
  Tri food = Tri::unknown;               ///< yes: at a meal, or where it is today; no: at no meal, but where it is today
  bool awake = true;                     ///< only between waking and bedtime
  int spacing = 0;                       ///< at least so long between two doses
  std::vector<std::vector<int>> prefer;  ///< each: as near as can be to one of these; none: to where it is today

  [[nodiscard]] bool known_in_part(std::size_t dose) const noexcept { return dose < in_part.size() && in_part[dose].width > 0; }
  /// Where a dose of today is.
  [[nodiscard]] facts::DoseTime today(std::size_t dose) const noexcept {
    return known_in_part(dose) ? in_part[dose] : facts::DoseTime{static_cast<std::int16_t>(was[dose])};
  }
};

/// A window between each dose of a drug and each dose of magnesium.
struct Separation {
  int drug = 0;       ///< index of an entry
  int magnesium = 0;  ///< index of another
  base::Window window;
  int tag = 0;  ///< whatever the maker of the problem wants to find again
};

struct Problem {
  std::vector<Entry> entries;
  std::vector<Separation> separations;
  std::optional<TimeSpan> awake;  ///< from waking to bedtime
  std::vector<int> meals;
  int step = 5;  ///< of the grid on which doses may be put; divides a day
};

/// One thing that must hold, so that it can be taken away.
enum class ConstraintKind : std::uint8_t { window, stays, within, food, spacing, awake };
struct Constraint {
  ConstraintKind kind = ConstraintKind::window;
  int of = 0;  ///< index of a separation (window) or of an entry

  friend bool operator==(const Constraint&, const Constraint&) = default;
};

/// Every constraint that says something: windows first, in the order of the problem.
[[nodiscard]] std::vector<Constraint> constraints_of(const Problem& problem);
/// The problem without some of its constraints.
[[nodiscard]] Problem without(const Problem& problem, const std::vector<Constraint>& dropped);

/// How good a solution is; smaller is better, in this order.
struct Score {
  int changes = 0;           ///< doses that are elsewhere than today
  int occasions = 0;         ///< different times of day; what is known in part is an occasion of its own
  std::int64_t minutes = 0;  ///< from the preferred times, summed

  friend auto operator<=>(const Score&, const Score&) = default;
};

struct Solution {
  std::vector<std::vector<int>> times;  ///< by entry, by dose; of one that stays and is known in part, where it begins to be
  Score score;
};

enum class Outcome : std::uint8_t {
  optimal,     ///< the best there is
  feasible,    ///< stopped early with a solution
  impossible,  ///< proved
  unknown,     ///< stopped early without one
};

struct Found {
  Outcome outcome = Outcome::unknown;
  Solution solution;        ///< of optimal and feasible
  Score bound;              ///< no solution is better
  std::uint64_t steps = 0;  ///< that the search took
};

/// The best solution, proved; or what was found within so many steps. Exact: docs/planning.md.
[[nodiscard]] Found solve(const Problem& problem, std::uint64_t most_steps);
/// Whether there is any; unknown where so many steps did not tell.
[[nodiscard]] Tri solvable(const Problem& problem, std::uint64_t most_steps);

/// Of an impossible problem: constraints that can't hold together, of which none can be spared. Empty where steps ran out.
[[nodiscard]] std::vector<Constraint> conflict_of(const Problem& problem, std::uint64_t most_steps);

/// The times at which the search may put a dose, ascending: enough for an optimum (docs/planning.md).
[[nodiscard]] std::vector<int> candidate_times(const Problem& problem);

/// Minutes from a time to the nearest of some others on the circle of a day; 0 where there are none.
[[nodiscard]] int distance(int time, const std::vector<int>& to) noexcept;
/// Minutes from a time to a span; 0 within it.
[[nodiscard]] int distance(const facts::DoseTime& span, int time) noexcept;
/// What a dose at `time` adds to Score::minutes.
[[nodiscard]] int minutes_off(const Entry& entry, std::size_t dose, int time) noexcept;
/// Whether `time` lies in the span, on the circle of a day.
[[nodiscard]] bool holds(const TimeSpan& span, int time) noexcept;

}  // namespace magnesia::plan
