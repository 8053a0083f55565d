// The search finds what trying every time of the grid finds.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "tests/laws/generate.hpp"
#include "tests/plan/enumerate.hpp"

namespace magnesia::plan {
namespace {

using laws::below;
using laws::chance;

constexpr std::uint64_t plenty = 50'000'000;

std::string shown(const Problem& problem) {
  std::ostringstream out;
  out << "step " << problem.step;
  if (problem.awake) out << ", awake " << problem.awake->from.minutes << ".." << problem.awake->to.minutes;
  for (const int meal : problem.meals) out << ", meal " << meal;
  for (std::size_t i = 0; i < problem.entries.size(); ++i) {
    const Entry& entry = problem.entries[i];
    out << "\n  entry " << i << ": was";
    for (const int was : entry.was) out << ' ' << was;
    out << ", days " << int{entry.days} << (entry.stays ? ", stays" : "") << (entry.awake ? "" : ", at any hour") << ", food "
        << static_cast<int>(entry.food) << ", spacing " << entry.spacing;
    for (const facts::DoseTime& one : entry.in_part) out << ", +" << one.width;
    if (entry.within) out << ", within " << entry.within->from.minutes << ".." << entry.within->to.minutes;
    for (const auto& targets : entry.prefer) {
      out << ", prefer";
      for (const int target : targets) out << ' ' << target;
    }
  }
  for (const Separation& one : problem.separations)
    out << "\n  drug " << one.drug << ", magnesium " << one.magnesium << ": " << one.window.before << " before, "
        << one.window.after << " after";
  return out.str();
}

std::string shown(const std::vector<std::vector<int>>& times) {
  std::ostringstream out;
  for (const auto& entry : times) {
    out << '[';
    for (const int time : entry) out << ' ' << time;
    out << " ]";
  }
  return out.str();
}

std::string shown(const Score& score) {
  return std::to_string(score.changes) + " changes, " + std::to_string(score.occasions) + " occasions, " +
         std::to_string(score.minutes) + " minutes";
}

// A time of day, mostly a round one, so that doses meet.
int some_time(int step) {
  const int kind = below(10);
  if (kind == 0) return below(1440);
  return below(1440 / step) * step;
}

int some_length(int step) {
  const int kind = below(12);
  if (kind == 0) return -1;
  if (kind == 1) return below(1440);
  if (kind == 2) return 1440 + below(3000);
  return (below(std::max(2, 600 / step)) + 1) * step;
}

// Two or three drugs and one or two products; few enough doses that may move for all their places to be tried.
Problem some_problem() {
  Problem problem;
  struct Size {
    int step, most;
  };
  const Size size = *rc::gen::elementOf(std::vector<Size>{{5, 1}, {10, 2}, {30, 2}, {60, 3}, {120, 4}, {240, 4}});
  problem.step = size.step;
  if (chance(40)) problem.awake = TimeSpan{{some_time(size.step)}, {some_time(size.step)}};
  for (int meals = below(4); meals > 0; --meals) problem.meals.push_back(some_time(size.step));
  int movable = below(size.most) + 1;
  const int drugs = below(4);
  const int products = below(2) + 1;
  for (int i = 0; i < drugs + products; ++i) {
    Entry entry;
    const int doses = below(3) + 1;
    entry.stays = i < drugs ? chance(60) : chance(10);
    if (!entry.stays && movable < doses) entry.stays = true;
    if (!entry.stays) movable -= doses;
    for (int dose = 0; dose < doses; ++dose) entry.was.push_back(entry.stays || chance(80) ? some_time(size.step) : -1);
    if (chance(25) && size.step > 5)
      for (const int was : entry.was)
        entry.in_part.push_back(
            {static_cast<std::int16_t>(was), static_cast<std::int16_t>(was < 0 || chance(40) ? 0 : below(240))});
    if (chance(25) && entry.in_part.empty()) entry.days = static_cast<std::uint8_t>(below(127) + 1);
    if (chance(20)) entry.within = TimeSpan{{some_time(size.step)}, {some_time(size.step)}};
    if (chance(25)) entry.food = chance(60) ? Tri::yes : Tri::no;
    if (chance(30)) entry.spacing = std::max(0, some_length(size.step)) % 700;
    if (chance(20)) entry.awake = false;
    for (int wishes = below(6) - 3; wishes > 0; --wishes) {
      entry.prefer.emplace_back();
      for (int targets = below(3) + 1; targets > 0; --targets) entry.prefer.back().push_back(some_time(size.step));
    }
    problem.entries.push_back(entry);
  }
  for (int drug = 0; drug < drugs; ++drug)
    for (int product = drugs; product < drugs + products; ++product)
      for (int windows = below(4) - 1; windows > 0; --windows)
        problem.separations.push_back({drug, product, {some_length(size.step), some_length(size.step)}, 0});
  return problem;
}

// Many problems a case, so that there are thousands.
RC_GTEST_PROP(PlanSearch, FindsTheOptimumThatTryingEveryTimeFinds, ()) {
  for (int i = 0; i < 40; ++i) {
    const Problem problem = some_problem();
    Enumerator every{problem};
    const std::optional<Score> best = every.best();
    const Found found = solve(problem, plenty);
    if (found.outcome != (best ? Outcome::optimal : Outcome::impossible))
      RC_FAIL(shown(problem) + "\n" +
              (best ? "possible, but not found: " + shown(*best) : "impossible, but " + shown(found.solution.times)));
    if (!best) continue;
    if (!every.keeps(found.solution.times)) RC_FAIL(shown(problem) + "\nnot kept by " + shown(found.solution.times));
    if (every.worth(found.solution.times) != found.solution.score || found.solution.score != *best)
      RC_FAIL(shown(problem) + "\nfound " + shown(found.solution.times) + ": " + shown(found.solution.score) + ", best " +
              shown(*best));
    RC_ASSERT(found.bound == *best);
  }
}

// A problem that is too tight, more often than not.
Problem some_tight_problem() {
  Problem problem = some_problem();
  for (Separation& one : problem.separations) {
    one.window.before = std::max(one.window.before, 60 * below(12));
    one.window.after = std::max(one.window.after, 60 * below(12));
  }
  return problem;
}

// Doses that must move, each a window away from the one before: their places are found at the ends of chains of windows, and
// where they come on chosen days, beside midnight.
RC_GTEST_PROP(PlanSearch, FindsPlacesAtTheEndOfAChain, ()) {
  for (int i = 0; i < 10; ++i) {
    Problem problem;
    const auto window = [] { return base::Window{chance(85) ? (below(40) + 4) * 5 : -1, chance(85) ? (below(40) + 4) * 5 : -1}; };
    const auto span_from = [](int from, int length) { return TimeSpan{{from % 1440}, {(from + length) % 1440}}; };
    const bool weekly = chance(30);
    const int begin = weekly ? 1440 - below(24) * 5 : below(288) * 5;
    Entry first;
    first.was = {begin % 1440};
    first.stays = true;
    problem.entries.push_back(first);
    int from = begin;
    for (int dose = 0; dose < 3; ++dose) {
      Entry next;
      from += below(30) * 5;
      next.was = {chance(70) ? below(288) * 5 + below(2) * below(5) : -1};
      next.within = span_from(from, (below(30) + 6) * 5);
      if (weekly) next.days = static_cast<std::uint8_t>(below(127) + 1);
      problem.entries.push_back(next);
    }
    // The drug that stays, magnesium, a drug, magnesium.
    problem.separations = {{0, 1, window(), 0}, {2, 1, window(), 0}, {2, 3, window(), 0}};
    if (weekly) problem.entries[0].days = static_cast<std::uint8_t>(below(127) + 1);
    const std::optional<Score> best = Enumerator{problem}.best();
    const Found found = solve(problem, plenty);
    RC_ASSERT((found.outcome == Outcome::optimal) == best.has_value());
    if (best && found.solution.score != *best)
      RC_FAIL(shown(problem) + "\nfound " + shown(found.solution.score) + ", best " + shown(*best));
  }
}

// A side without a window ends beside the other dose: found by the enumerator, once missed by the candidates.
TEST(PlanSearch, BesideADoseWhereOnlyOneSideHasAWindow) {
  for (const base::Window window : {base::Window{-1, 10}, base::Window{10, -1}, base::Window{0, 10}}) {
    Problem problem;
    Entry stays;
    stays.was = {0};
    stays.stays = true;
    Entry moves;
    moves.was = {0};
    problem.entries = {moves, stays};
    problem.separations = {{0, 1, window, 0}};
    const Found found = solve(problem, plenty);
    EXPECT_EQ(found.solution.times[0][0], window.after == 10 ? 1435 : 5);
    EXPECT_EQ(found.solution.score, *Enumerator{problem}.best());
  }
}

// On Sundays only, 00:00 lies a day before the next midnight: the place just beyond it is another Sunday's.
TEST(PlanSearch, BesideMidnightOfChosenDays) {
  struct Case {
    int drug, was, best;
  };
  for (const Case& one : {Case{20 * 60, 23 * 60, 0}, Case{4 * 60, 60, 1435}}) {
    Problem problem;
    Entry drug;
    drug.was = {one.drug};
    drug.days = 1;
    drug.stays = true;
    Entry magnesium;
    magnesium.was = {one.was};
    magnesium.days = 1;
    magnesium.within = TimeSpan{{22 * 60}, {2 * 60}};
    problem.entries = {drug, magnesium};
    problem.separations = {{0, 1, {300, 300}, 0}};
    const Found found = solve(problem, plenty);
    EXPECT_EQ(found.solution.times[1][0], one.best);
    EXPECT_EQ(found.solution.score, *Enumerator{problem}.best());
  }
}

// Of doses known in part: a drug that stays keeps its window for all its span; magnesium that need not leave its span does not.
TEST(PlanSearch, ADoseKnownInPartKeepsItsWindowWheneverItIs) {
  Problem problem;
  Entry drug;
  drug.was = {6 * 60};
  drug.in_part = {{6 * 60, 120}};
  drug.stays = true;
  Entry magnesium;
  magnesium.was = {9 * 60};
  magnesium.in_part = {{9 * 60, 180}};
  problem.entries = {drug, magnesium};
  problem.separations = {{0, 1, {240, 240}, 0}};
  const Found stays = solve(problem, plenty);
  EXPECT_EQ(stays.outcome, Outcome::optimal);
  EXPECT_EQ(stays.solution.times[1][0], 12 * 60);
  EXPECT_EQ(stays.solution.score, (Score{0, 2, 0}));
  problem.entries[1].in_part[0].width = 175;
  const Found moves = solve(problem, plenty);
  EXPECT_EQ(moves.solution.times[1][0], 12 * 60);
  EXPECT_EQ(moves.solution.score, (Score{1, 2, 5}));
  problem.entries[1].stays = true;
  EXPECT_EQ(solve(problem, plenty).outcome, Outcome::impossible);
  problem.entries[0].in_part[0].width = 0;  // at 06:00 sharp, magnesium from 09:00 on is too near still
  EXPECT_EQ(solve(problem, plenty).outcome, Outcome::impossible);
  problem.separations[0].window = {180, 180};
  EXPECT_EQ(solve(problem, plenty).outcome, Outcome::optimal);
}

RC_GTEST_PROP(PlanSearch, OfAConflictNothingCanBeSpared, ()) {
  for (int i = 0; i < 20; ++i) {
    const Problem problem = some_tight_problem();
    const std::vector<Constraint> conflict = conflict_of(problem, 100'000);
    if (Enumerator{problem}.feasible()) {
      if (!conflict.empty()) RC_FAIL(shown(problem) + "\na conflict, although there is a plan");
      continue;
    }
    if (conflict.empty()) continue;
    // All that does not belong to it may go, and there is still no plan; without any one of it there is one.
    std::vector<Constraint> rest = constraints_of(problem);
    std::erase_if(rest,
                  [&](const Constraint& one) { return std::find(conflict.begin(), conflict.end(), one) != conflict.end(); });
    int movable = 0;
    for (const Entry& entry : without(problem, rest).entries) movable += entry.stays ? 0 : static_cast<int>(entry.was.size());
    if (movable > 4) continue;  // what no longer has to stay are too many doses to try them all
    Problem only = without(problem, rest);
    only.step = std::max(only.step, movable > 2 ? 120 : movable > 1 ? 30 : 5);  // on fewer places there is all the less a plan
    if (Enumerator{only}.feasible()) RC_FAIL(shown(problem) + "\nthe conflict is none");
    for (const Constraint& spared : conflict) {
      rest.push_back(spared);
      const Problem less = without(problem, rest);
      const Found found = solve(less, plenty);
      if (found.outcome != Outcome::optimal || !Enumerator{less}.keeps(found.solution.times))
        RC_FAIL(shown(problem) + "\nconstraint " + std::to_string(static_cast<int>(spared.kind)) + " of " +
                std::to_string(spared.of) + " can be spared");
      rest.pop_back();
    }
  }
}

// Counted over problems of its own; of some of them there is a plan.
TEST(PlanSearch, FindsNearlyEveryConflictInFewSteps) {
  int with_answer = 0;
  int without_answer = 0;
  EXPECT_TRUE(rc::check([&] {
    for (int i = 0; i < 10; ++i) {
      const Problem problem = some_tight_problem();
      if (solve(problem, plenty).outcome != Outcome::impossible) continue;
      ++(conflict_of(problem, 100'000).empty() ? without_answer : with_answer);
    }
  }));
  EXPECT_GT(with_answer, 100);
  EXPECT_LT(without_answer * 100, with_answer);
}

RC_GTEST_PROP(PlanSearch, StoppedEarlyItSaysHowFarFromTheBestItCanBe, ()) {
  for (int i = 0; i < 20; ++i) {
    const Problem problem = some_problem();
    const Found whole = solve(problem, plenty);
    const Found some = solve(problem, static_cast<std::uint64_t>(below(20)));
    if (some.outcome == Outcome::unknown) continue;
    RC_ASSERT((some.outcome == Outcome::impossible) == (whole.outcome == Outcome::impossible));
    if (whole.outcome == Outcome::impossible) continue;
    RC_ASSERT(Enumerator{problem}.keeps(some.solution.times));
    RC_ASSERT(some.bound <= whole.solution.score);
    RC_ASSERT(whole.solution.score <= some.solution.score);
    RC_ASSERT(some.outcome != Outcome::optimal || some.solution.score == whole.solution.score);
  }
}

// Twenty-five drugs today's times of which are all in the way: what takes long is shown to be stopped.
TEST(PlanSearch, StopsAndSaysSo) {
  Problem problem;
  for (int i = 0; i < 40; ++i) {
    Entry drug;
    drug.was = {i * 35 % 1440};
    problem.entries.push_back(drug);
  }
  Entry magnesium;
  magnesium.was = {-1, -1, -1, -1};
  magnesium.spacing = 240;
  problem.entries.push_back(magnesium);
  for (int i = 0; i < 40; ++i) problem.separations.push_back({i, 40, {60 + i % 7 * 25, 60 + i % 5 * 35}, 0});
  const Found found = solve(problem, 2'000);
  ASSERT_EQ(found.outcome, Outcome::feasible);
  EXPECT_TRUE(Enumerator{problem}.keeps(found.solution.times));
  EXPECT_LT(found.bound, found.solution.score);
  EXPECT_LE(found.steps, 2'001U);
}

// A window is kept at its edge and broken one step inside it, on both sides, across midnight and across the week's end.
class PlanWindow : public ::testing::TestWithParam<std::tuple<int, int>> {};

TEST_P(PlanWindow, HoldsToOneStepOfTheGrid) {
  const auto [drug_time, side] = GetParam();
  for (const std::uint8_t days : {Schedule::every_day, std::uint8_t{1}, std::uint8_t{0b1000001}}) {
    Problem problem;
    Entry drug;
    drug.was = {drug_time};
    drug.days = days;
    drug.stays = true;
    Entry magnesium;
    magnesium.days = days == 1 ? std::uint8_t{0b1000001} : Schedule::every_day;  // Saturday and Sunday: over the end of the week
    magnesium.was = {drug_time};
    // All that is free is a span around the edge, on this side.
    const int edge = side > 0 ? drug_time + 120 : drug_time - 360;
    const auto clock = [](int minutes) { return TimeOfDay{(minutes + 1440) % 1440}; };
    problem.separations.push_back({0, 1, {120, 360}, 0});
    const bool over_midnight = edge < 0 || edge >= 1440;
    problem.entries = {drug, magnesium};
    problem.entries[1].within = side > 0 ? TimeSpan{clock(edge - 30), clock(edge)} : TimeSpan{clock(edge), clock(edge + 30)};
    const Found at_edge = solve(problem, plenty);
    if (days == Schedule::every_day || !over_midnight) {
      ASSERT_EQ(at_edge.outcome, Outcome::optimal);
      EXPECT_EQ(at_edge.solution.times[1][0], clock(edge).minutes);
    }
    problem.entries[1].within =
        side > 0 ? TimeSpan{clock(edge - 30), clock(edge - 5)} : TimeSpan{clock(edge + 5), clock(edge + 30)};
    EXPECT_EQ(solve(problem, plenty).outcome, Enumerator{problem}.feasible() ? Outcome::optimal : Outcome::impossible);
    if (days == Schedule::every_day) {
      EXPECT_EQ(solve(problem, plenty).outcome, Outcome::impossible);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryHour, PlanWindow,
                         ::testing::Combine(::testing::Values(0, 60, 345, 360, 365, 720, 1300, 1315, 1320, 1325, 1435),
                                            ::testing::Values(-1, 1)));

}  // namespace
}  // namespace magnesia::plan
