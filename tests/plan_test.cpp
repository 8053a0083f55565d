// Plans of whole days: what a person takes goes in, and what comes out keeps every window.
#include "magnesia/plan.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "magnesia/report.hpp"
#include "magnesia/sig.hpp"
#include "plan/model.hpp"
#include "tests/embedded.hpp"
#include "tests/laws/generate.hpp"
#include "tests/laws/packs.hpp"
#include "tests/plan/enumerate.hpp"

namespace magnesia {
namespace {

using namespace std::chrono_literals;
using laws::below;
using laws::chance;
using tests::checker;

const Day usual{TimeOfDay{390}, TimeOfDay{450}, TimeOfDay{750}, TimeOfDay{1110}, TimeOfDay{1350}};

Patient who_takes(std::initializer_list<Taken> drugs) {
  Patient patient;
  patient.medications = exactly(drugs);
  return patient;
}

Product oxide(Schedule when) {
  Ingredient ingredient;
  ingredient.salt = {"magnesium oxide", {}};
  ingredient.compound = SaltMass{Exact{500}, units::mg};
  return {std::vector{ingredient}, std::move(when)};
}

Plan plan_of(const Patient& patient, const Regimen& regimen, const Wishes& wishes = {}) {
  Result<Plan> plan = plan_day(checker(), patient, regimen, wishes);
  EXPECT_TRUE(plan) << (plan ? "" : describe(plan.error()));
  return plan ? *std::move(plan) : Plan{};
}

std::string times(const Plan& plan, PlanSubject subject) {
  std::string out;
  for (const PlannedDoses& doses : plan.doses)
    if (doses.subject == subject)
      for (const TimeOfDay time : doses.times) out += (out.empty() ? "" : " ") + name(time);
  return out;
}
constexpr PlanSubject first_product{true, 0};
constexpr PlanSubject first_drug{false, 0};

TEST(Plan, MovesMagnesiumAwayFromLevothyroxine) {
  const Plan plan = plan_of(who_takes({{"levothyroxine", daily(6h + 30min)}}), {oxide(daily(7h))}, {.day = usual});
  EXPECT_EQ(plan.status, PlanStatus::optimal);
  EXPECT_EQ(times(plan, first_product), "12:30");  // the first meal four hours after: a laxative salt goes with food
  EXPECT_EQ(times(plan, first_drug), "06:30");
  EXPECT_EQ(plan.changes, 1);
  EXPECT_EQ(plan.occasions, 2);
  ASSERT_EQ(plan.because.size(), 1U);
  EXPECT_EQ(plan.because[0].rule, "interaction.levothyroxine");
  EXPECT_EQ(plan.because[0].needs, 240);
  EXPECT_EQ(plan.because[0].has, 360);
}

TEST(Plan, LeavesADayWithoutConflictsAsItIs) {
  const Plan plan = plan_of(who_takes({{"levothyroxine", daily(6h + 30min)}}), {oxide(daily(10h + 30min))}, {.day = usual});
  EXPECT_EQ(plan.changes, 0);
  EXPECT_EQ(times(plan, first_product), "10:30");
  EXPECT_FALSE(plan.doses.back().moved);
}

TEST(Plan, ForRestlessLegsMagnesiumThatMustMoveGoesTowardsBedtime) {
  Patient patient = who_takes({{"levothyroxine", daily(6h + 30min)}});
  patient.purpose = Term{"restless legs syndrome", {}};
  Ingredient bisglycinate;
  bisglycinate.salt = {"magnesium bisglycinate", {}};
  EXPECT_EQ(times(plan_of(patient, {Product{{bisglycinate}, daily(7h)}}, {.day = usual}), first_product), "22:30");
}

TEST(Plan, MedicationsStayUnlessTheyMayMove) {
  const Patient patient = who_takes({{"levothyroxine", daily(6h + 30min)}});
  Leeway stays;
  stays.may_move = false;
  Leeway moves;
  moves.may_move = true;
  EXPECT_EQ(plan_of(patient, {oxide(daily(7h))}, {.day = {}, .medications = {}, .magnesium = {stays}}).status,
            PlanStatus::impossible);
  const Plan plan = plan_of(patient, {oxide(daily(7h))}, {.day = {}, .medications = {moves}, .magnesium = {stays}});
  EXPECT_EQ(times(plan, first_drug), "03:00");
  Leeway in_the_evening = moves;
  in_the_evening.within = TimeSpan{{20 * 60}, {60}};
  EXPECT_EQ(
      times(plan_of(patient, {oxide(daily(7h))}, {.day = {}, .medications = {in_the_evening}, .magnesium = {stays}}), first_drug),
      "01:00");
}

TEST(Plan, AConflictNamesTheWindowAndWhatStays) {
  Leeway stays;
  stays.may_move = false;
  const Plan plan = plan_of(who_takes({{"levothyroxine", daily(6h + 30min)}}), {oxide(daily(7h))},
                            {.day = usual, .medications = {}, .magnesium = {stays}});
  ASSERT_EQ(plan.conflicts.size(), 3U);
  EXPECT_EQ(plan.conflicts[0].constraint, "interaction.levothyroxine");
  EXPECT_EQ(plan.conflicts[0].subject, (std::vector{first_drug, first_product}));
  EXPECT_EQ(plan.conflicts[1].constraint, "may_move");
  EXPECT_EQ(plan.conflicts[2].constraint, "may_move");
  EXPECT_TRUE(plan.doses.empty());
}

TEST(Plan, WhereADoseTooManyIsWantedItOffersFewer) {
  Leeway apart;
  apart.min_spacing = Duration{Exact{9}, units::h};
  const Plan plan = plan_of(who_takes({{"levothyroxine", daily(6h + 30min)}}), {oxide(daily(8h, 21h))},
                            {.day = usual, .medications = {}, .magnesium = {apart}});
  EXPECT_EQ(plan.status, PlanStatus::optimal);
  apart.min_spacing = Duration{Exact{13}, units::h};
  const Plan none = plan_of(who_takes({{"levothyroxine", daily(6h + 30min)}}), {oxide(daily(8h, 21h))},
                            {.day = usual, .medications = {}, .magnesium = {apart}});
  ASSERT_EQ(none.status, PlanStatus::impossible);
  ASSERT_TRUE(none.offer);
  EXPECT_EQ(none.offer->kind, OfferKind::fewer_doses);
  EXPECT_EQ(none.offer->doses.back().times, std::vector{TimeOfDay{21 * 60}});
}

// A rule that speaks of large doses only: halves are not what it speaks of.
TEST(Plan, WhereOnlyALargeDoseIsTooCloseItOffersHalves) {
  const std::vector<Pack> packs{
      Pack::embedded(),
      laws::overlay(
          "large-doses",
          {R"({"magnesia": "drug/1", "id": "a", "name": "a", "classes": []})",
           laws::write(
               {"r", "pair", "major", "a", {}, R"({"fact": "dose", "above": {"value": 200, "unit": "mg"}})", {}, 720, 720})},
          true)};
  Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
  ASSERT_TRUE(knowledge) << describe(knowledge.error().front());
  Ingredient elemental;
  elemental.elemental = ElementalMass{Exact{300}, units::mg};
  elemental.salt = {"magnesium oxide", {}};
  const Result<Plan> plan =
      plan_day(Checker{*std::move(knowledge)}, who_takes({{"a", daily(6h, 12h)}}), {Product{{elemental}, daily(7h)}});
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->status, PlanStatus::impossible);
  ASSERT_TRUE(plan->offer);
  EXPECT_EQ(plan->offer->kind, OfferKind::split_doses);
  ASSERT_EQ(plan->offer->doses.back().times.size(), 2U);
  EXPECT_EQ(plan->offer->doses.back().amount, Fact<Exact>{Exact{150}});
}

TEST(Plan, AWeeklyDrugsDayMayHaveOtherTimes) {
  Leeway in_the_morning;
  in_the_morning.may_move = true;
  in_the_morning.within = TimeSpan{{6 * 60}, {8 * 60}};
  const Patient patient = who_takes({{"alendronate", weekly(std::chrono::Sunday, 6h + 30min)}, {"levothyroxine", daily(23h)}});
  const Plan plan = plan_of(patient, {oxide(daily(7h))}, {.day = {}, .medications = {}, .magnesium = {in_the_morning}});
  EXPECT_EQ(plan.status, PlanStatus::optimal);  // 30 minutes after alendronate
  in_the_morning.within = TimeSpan{{6 * 60}, {6 * 60 + 55}};
  const Plan other = plan_of(patient, {oxide(daily(6h + 40min))}, {.day = {}, .medications = {}, .magnesium = {in_the_morning}});
  ASSERT_EQ(other.status, PlanStatus::impossible);
  ASSERT_TRUE(other.offer);
  EXPECT_EQ(other.offer->kind, OfferKind::not_that_day);
  EXPECT_EQ(other.offer->doses.back().days, 0b1111110);
}

// Two invented drugs: a keeps six hours from magnesium, b three and a half.
Checker with_two_drugs() {
  const std::vector<Pack> packs{Pack::embedded(),
                                laws::overlay("two-drugs",
                                              {R"({"magnesia": "drug/1", "id": "a", "name": "a", "classes": []})",
                                               R"({"magnesia": "drug/1", "id": "b", "name": "b", "classes": []})",
                                               laws::write({"of-a", "pair", "major", "a", {}, {}, {}, 360, 360}),
                                               laws::write({"of-b", "pair", "major", "b", {}, {}, {}, 210, 210})},
                                              true)};
  Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
  EXPECT_TRUE(knowledge) << (knowledge ? "" : describe(knowledge.error().front()));
  return Checker{*std::move(knowledge)};
}

// b leaves 20:00 and 03:00 only; a on Sundays forbids the one before it and the other after it.
TEST(Plan, WhereNoTimeFitsAllDaysItOffersAnotherOneOnSome) {
  Leeway by_night;
  by_night.may_move = true;
  by_night.within = TimeSpan{{20 * 60}, {3 * 60}};
  const Result<Plan> plan =
      plan_day(with_two_drugs(), who_takes({{"a", weekly(std::chrono::Sunday, 23h)}, {"b", daily(23h + 30min)}}),
               {oxide(daily(20h))}, {.day = {}, .medications = {}, .magnesium = {by_night}});
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->status, PlanStatus::impossible);
  ASSERT_TRUE(plan->offer);
  EXPECT_EQ(plan->offer->kind, OfferKind::other_times);
  ASSERT_EQ(plan->offer->doses.size(), 4U);
  EXPECT_EQ(plan->offer->doses[2].days, 0b1111110);
  EXPECT_EQ(plan->offer->doses[2].times, std::vector{TimeOfDay{20 * 60}});
  EXPECT_EQ(plan->offer->doses[3].days, 1);
  EXPECT_EQ(plan->offer->doses[3].times, std::vector{TimeOfDay{3 * 60}});
}

TEST(Plan, AWeeklyDrugMayComeOnAnotherDayButFirstADoseIsSpared) {
  const auto offer = [](Schedule magnesium) {
    Leeway stays;
    stays.may_move = false;
    Leeway at_eight;
    at_eight.may_move = true;
    at_eight.within = TimeSpan{{8 * 60}, {8 * 60}};
    magnesium.days = 1;
    const Result<Plan> plan =
        plan_day(with_two_drugs(), who_takes({{"a", weekly(std::chrono::Sunday, 8h)}}), {oxide(std::move(magnesium))},
                 {.day = {}, .medications = {at_eight}, .magnesium = {stays}});
    EXPECT_TRUE(plan && plan->offer);
    return plan && plan->offer ? *plan->offer : Offer{};
  };
  const Offer another_day = offer(daily(9h));
  EXPECT_EQ(another_day.kind, OfferKind::another_day);
  EXPECT_EQ(another_day.doses[0].days & 1, 0);
  const Offer fewer = offer(daily(9h, 15h));
  EXPECT_EQ(fewer.kind, OfferKind::fewer_doses);
  EXPECT_EQ(fewer.doses[1].times, std::vector{TimeOfDay{15 * 60}});
}

TEST(Plan, WhatIsTakenAsNeededIsNamed) {
  Schedule as_needed;
  as_needed.as_needed = true;
  const Plan plan = plan_of(
      who_takes({{"ciprofloxacin", as_needed}, {"warfarin", as_needed}, {"levothyroxine", times_unknown()}}), {oxide(daily(7h))});
  ASSERT_EQ(plan.unplanned.size(), 2U);
  EXPECT_EQ(plan.unplanned[0].subject, (PlanSubject{false, 0}));
  EXPECT_EQ(plan.unplanned[1].subject, (PlanSubject{false, 2}));
}

TEST(Plan, ADoseWithoutATimeIsGivenOne) {
  const Plan plan = plan_of(who_takes({{"levothyroxine", daily(6h + 30min)}}), {oxide(times_a_day(2))}, {.day = usual});
  EXPECT_EQ(times(plan, first_product), "12:30 12:30");  // nothing says that they must lie apart
  Leeway apart;
  apart.min_spacing = Duration{Exact{5}, units::h};
  EXPECT_EQ(times(plan_of(who_takes({{"levothyroxine", daily(6h + 30min)}}), {oxide(times_a_day(2))},
                          {.day = usual, .medications = {}, .magnesium = {apart}}),
                  first_product),
            "12:30 18:30");
}

TEST(Plan, ADoseKnownInPartKeepsItsWindowsForAllOfItsSpan) {
  const Schedule morning = sometime({{{6 * 60}, {9 * 60}}});
  const Plan plan = plan_of(who_takes({{"levothyroxine", morning}}), {oxide(daily(11h))});
  EXPECT_EQ(plan.status, PlanStatus::optimal);
  EXPECT_EQ(times(plan, first_product), "13:00");
  ASSERT_EQ(plan.doses.size(), 2U);
  EXPECT_TRUE(plan.doses[0].times.empty());
  EXPECT_EQ(plan.doses[0].within, (std::vector<TimeSpan>{{{360}, {540}}}));
  ASSERT_EQ(plan.because.size(), 1U);
  EXPECT_EQ(plan.because[0].has, 240);
  EXPECT_EQ(plan.because[0].drug_time, (TimeSpan{{360}, {540}}));
  EXPECT_EQ(plan.occasions, 2);
  for (const std::string& report : {to_json(plan), to_text(plan), to_svg(plan), to_html(plan)})
    EXPECT_TRUE(report.find("06:00-09:00") != std::string::npos ||
                report.find(R"({"from":"06:00","to":"09:00"})") != std::string::npos)
        << report;
  EXPECT_NE(to_ics(plan, std::chrono::year{2026} / 11 / 25).find("DTEND:20261125T090000"), std::string::npos);
}

TEST(Plan, WhereTwoThatStayMayBeTooCloseThereIsNone) {
  const Schedule morning = sometime({{{6 * 60}, {9 * 60}}});
  Leeway stays;
  stays.may_move = false;
  const Wishes wishes{.day = {}, .medications = {}, .magnesium = {stays}};
  EXPECT_EQ(plan_of(who_takes({{"levothyroxine", morning}}), {oxide(daily(13h))}, wishes).status, PlanStatus::optimal);
  const Plan none = plan_of(who_takes({{"levothyroxine", morning}}), {oxide(daily(12h + 59min))}, wishes);
  EXPECT_EQ(none.status, PlanStatus::impossible);
  ASSERT_EQ(none.conflicts.size(), 3U);
  EXPECT_EQ(none.conflicts[0].constraint, "interaction.levothyroxine");
  EXPECT_NE(none.conflicts[1].message.find("06:00-09:00"), std::string::npos) << none.conflicts[1].message;
}

TEST(Plan, MagnesiumKnownInPartGetsATimeWithinItsSpanIfItCan) {
  const Schedule evening = sometime({{{17 * 60}, {22 * 60}}});
  const Plan plan = plan_of(who_takes({{"levothyroxine", daily(15h)}}), {oxide(evening)});
  EXPECT_EQ(times(plan, first_product), "19:00");
  EXPECT_EQ(plan.changes, 0);
  EXPECT_FALSE(plan.doses[1].moved);
  EXPECT_EQ(plan.doses[1].was_within, (std::vector<TimeSpan>{{{1020}, {1320}}}));
  const Plan moved = plan_of(who_takes({{"levothyroxine", daily(15h)}}), {oxide(sometime({{{17 * 60}, {18 * 60}}}))});
  EXPECT_EQ(times(moved, first_product), "19:00");
  EXPECT_EQ(moved.changes, 1);
  EXPECT_TRUE(moved.doses[1].moved);
}

TEST(Plan, ADoseOfWhichOnlyItsHourIsNotToldIsNamed) {
  Schedule before_breakfast;
  before_breakfast.within = {time_within(*read_anchored_time("30 minutes before breakfast"), {})};
  const Plan plan = plan_of(who_takes({{"levothyroxine", before_breakfast}}), {oxide(daily(7h))});
  ASSERT_EQ(plan.unplanned.size(), 1U);
  EXPECT_EQ(plan.unplanned[0].subject, first_drug);
}

TEST(Plan, ADrugOfSomeDaysCountsOnEachItMayFallOn) {
  for (const std::string_view sig : {"QOD", "QWK", "QMO"}) {
    Schedule schedule = read_sig(sig)->schedule;
    schedule.times = {{7 * 60}};
    Schedule sundays = weekly(std::chrono::Sunday, 8h);
    const Plan plan = plan_of(who_takes({{"alendronate", schedule}}), {oxide(sundays)});
    EXPECT_EQ(plan.changes, 0) << sig;  // an hour after it, where half an hour is enough
    const Plan moved = plan_of(who_takes({{"alendronate", schedule}}), {oxide(weekly(std::chrono::Sunday, 7h))});
    EXPECT_EQ(moved.changes, 1) << sig;
  }
}

TEST(Plan, AMedicationThatIsMagnesiumIsKeptApartToo) {
  const Plan plan = plan_of(who_takes({{"co-magaldrox", daily(7h)}, {"levothyroxine", daily(6h + 30min)}}), known_none);
  EXPECT_EQ(plan.status, PlanStatus::impossible);
  Leeway moves;
  moves.may_move = true;
  const Plan moved = plan_of(who_takes({{"co-magaldrox", daily(7h)}, {"levothyroxine", daily(6h + 30min)}}), known_none,
                             {.day = {}, .medications = {moves}, .magnesium = {}});
  EXPECT_EQ(times(moved, first_drug), "10:30");
}

TEST(Plan, FaultsOfTheInputAreErrors) {
  const Result<Plan> plan = plan_day(checker(), who_takes({{"levothyroxine", daily(25h)}}), {oxide(daily(7h))});
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().kind, ErrorKind::out_of_range);
  Schedule many = times_a_day(48);
  const Result<Plan> large = plan_day(checker(), {}, {oxide(many), oxide(many), oxide(many), oxide(many), oxide(many)});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, ErrorKind::too_large);
}

// ---- Every plan, re-checked ----

Wishes some_wishes(const laws::Person& person) {
  Wishes wishes;
  if (chance(60)) wishes.day = usual;
  const auto leeways = [](std::size_t count) {
    std::vector<Leeway> all(count);
    for (Leeway& one : all) {
      if (chance(50)) one.may_move = chance(70);
      if (chance(20)) one.within = TimeSpan{{below(288) * 5}, {below(288) * 5}};
      if (chance(20)) one.min_spacing = Duration{Exact{below(600)}, units::min};
    }
    return all;
  };
  wishes.medications = leeways(person.patient.medications.items().size());
  wishes.magnesium = leeways(person.regimen.products().items().size());
  wishes.most_steps = 20'000;
  return wishes;
}

struct Again {
  Patient patient;
  Regimen regimen;
};
Again with(const laws::Person& person, const std::vector<PlannedDoses>& all) {
  std::vector<Taken> taken = person.patient.medications.items();
  std::vector<Product> products = person.regimen.products().items();
  for (const PlannedDoses& doses : all) {
    const auto index = static_cast<std::size_t>(doses.subject.index);
    Schedule schedule = doses.subject.magnesium ? products[index].schedule : taken[index].schedule();
    if (doses.within.empty()) {
      schedule.times = doses.times;
      schedule.within.clear();
    }
    schedule.doses_per_day.forget();
    if (doses.subject.magnesium)
      products[index].schedule = schedule;
    else
      taken[index] = Taken{taken[index].term(), schedule};
  }
  Again again{person.patient, Regimen{Listed<Product>{person.regimen.products().completeness(), products}}};
  again.patient.medications = {person.patient.medications.completeness(), taken};
  return again;
}

RC_GTEST_PROP(PlanLaw, ACheckOfAnyPlanFindsNothingTooClose, ()) {
  const laws::WorldPtr world = *laws::any_world();
  const Checker judge{world->knowledge};
  for (int i = 0; i < 5; ++i) {
    const laws::Person person = *laws::person(world, chance(50) ? laws::Told::everything : laws::Told::anything);
    const Wishes wishes = some_wishes(person);
    const Result<Plan> plan = plan_day(judge, person.patient, person.regimen, wishes);
    if (!plan) {
      RC_ASSERT(plan.error().kind == ErrorKind::too_large);
      continue;
    }
    RC_ASSERT((plan->status == PlanStatus::impossible) == plan->doses.empty() || plan->doses.empty());
    if (plan->status == PlanStatus::impossible) {
      if (!plan->conflicts.empty()) continue;
      Wishes patient_ones = wishes;  // the search for what conflicts had run out of steps
      patient_ones.most_steps = 5'000'000;
      RC_ASSERT(!plan_day(judge, person.patient, person.regimen, patient_ones)->conflicts.empty());
      continue;
    }
    const Again again = with(person, plan->doses);
    const Result<Assessment> checked = judge.assess(again.patient, again.regimen);
    RC_ASSERT(checked.has_value());
    const base::Base& base = *world->knowledge.base();
    for (const detail::Record& record : checked->workspace().records) {
      const base::Rule& rule = base.rules[record.rule];
      if (!rule.window || rule.severity == Severity::none || record.gap.drug_time < 0) continue;
      RC_FAIL(std::string{rule.id} + " is broken in\n" + to_json(*plan));
    }
    for (const PlannedDoses& doses : plan->doses) {
      const std::vector<Leeway>& leeways = doses.subject.magnesium ? wishes.magnesium : wishes.medications;
      const Leeway& leeway = leeways[static_cast<std::size_t>(doses.subject.index)];
      if (doses.moved) RC_ASSERT(leeway.may_move.value_or(doses.subject.magnesium));
      if (doses.moved && leeway.within)
        for (const TimeOfDay time : doses.times) RC_ASSERT(plan::holds(*leeway.within, time.minutes));
    }
    for (const KeptWindow& kept : plan->because) RC_ASSERT(kept.has >= kept.needs);
    if (plan->bound) RC_ASSERT(plan->bound->changes <= plan->changes);
    RC_ASSERT(to_json(plan_day(judge, person.patient, person.regimen, wishes).operator*()) == to_json(*plan));
  }
}

// What windows mean to a plan is what they mean to a check: for every rule in force, at every distance, on every pair of days.
TEST(PlanLaw, ADayIsPossibleExactlyWhereACheckFindsNothing) {
  for (const char* const drug : {"levothyroxine", "ciprofloxacin", "alendronate", "sotorasib", "roxadustat"})
    for (int weekly_drug = 0; weekly_drug < 2; ++weekly_drug)
      for (int minutes = 0; minutes < 1440; minutes += 5) {
        Schedule of_drug = weekly_drug == 1 ? weekly(std::chrono::Saturday, 23h) : daily(10h);
        Schedule of_magnesium =
            weekly_drug == 1 ? weekly(std::chrono::Sunday, std::chrono::minutes{minutes}) : daily(std::chrono::minutes{minutes});
        const Patient patient = who_takes({{drug, of_drug}});
        const Regimen regimen{oxide(of_magnesium)};
        Leeway stays;
        stays.may_move = false;
        const Plan plan = plan_of(patient, regimen, {.day = {}, .medications = {}, .magnesium = {stays}});
        bool too_close = false;
        const Result<Assessment> assessment = checker().assess(patient, regimen);
        for (const detail::Record& record : assessment->workspace().records) {
          const base::Rule& rule = assessment->workspace().base->rules[record.rule];
          too_close = too_close || (rule.window && rule.severity != Severity::none);
        }
        EXPECT_EQ(plan.status == PlanStatus::impossible, too_close) << drug << ' ' << minutes;
      }
}

// ---- Reports ----

TEST(PlanReport, IsTheSameAgain) {
  const Patient patient = who_takes({{"levothyroxine", daily(6h + 30min)}, {"alendronate", weekly(std::chrono::Sunday, 7h)}});
  const Plan a = plan_of(patient, {oxide(daily(7h))}, {.day = usual});
  const Plan b = plan_of(patient, {oxide(daily(7h))}, {.day = usual});
  EXPECT_EQ(to_json(a), to_json(b));
  EXPECT_EQ(to_text(a), to_text(b));
  EXPECT_EQ(to_svg(a), to_svg(b));
  EXPECT_EQ(to_html(a), to_html(b));
}

TEST(PlanReport, HasNoPlaceholderLeft) {
  Leeway stays;
  stays.may_move = false;
  Schedule as_needed;
  as_needed.as_needed = true;
  const Patient patient = who_takes(
      {{"levothyroxine", daily(6h + 30min)}, {"alendronate", weekly(std::chrono::Sunday, 7h)}, {"ciprofloxacin", as_needed}});
  for (const Wishes& wishes : {Wishes{.day = usual, .medications = {}, .magnesium = {}},
                               Wishes{.day = usual, .medications = {}, .magnesium = {stays}}}) {
    const Plan plan = plan_of(patient, {oxide(daily(7h))}, wishes);
    EXPECT_EQ(to_text(plan).find('{'), std::string::npos) << to_text(plan);
    EXPECT_EQ(to_svg(plan).find('{'), std::string::npos);
    EXPECT_EQ(to_json(plan).find(":}"), std::string::npos);
  }
}

TEST(PlanReport, APictureHatchesTheWindowsAndSaysTheTimesInWords) {
  const std::string picture = to_svg(plan_of(who_takes({{"levothyroxine", daily(2h)}}), {oxide(daily(7h))}, {.day = usual}));
  EXPECT_NE(picture.find("role=\"img\""), std::string::npos);
  EXPECT_NE(picture.find("<desc"), std::string::npos);
  EXPECT_NE(picture.find("levothyroxine: 02:00, as today"), std::string::npos);
  EXPECT_NE(picture.find("x=\"250\" y=\"114\" width=\"180\""), std::string::npos) << picture;  // 00:00 to 06:00
  EXPECT_NE(picture.find("x=\"910\" y=\"114\" width=\"60\""), std::string::npos);              // and from 22:00 the night before
}

TEST(PlanReport, ACalendarRepeatsADayOrAWeek) {
  const Patient patient = who_takes({{"alendronate", weekly(std::chrono::Sunday, 7h)}, {"levothyroxine", daily(6h + 30min)}});
  const std::string calendar = to_ics(plan_of(patient, {oxide(daily(20h))}), std::chrono::year{2026} / 11 / 25);  // a Wednesday
  EXPECT_NE(calendar.find("DTSTART:20261125T063000\r\nRRULE:FREQ=DAILY\r\nSUMMARY:levothyroxine\r\n"), std::string::npos)
      << calendar;
  EXPECT_NE(calendar.find("DTSTART:20261129T070000\r\nRRULE:FREQ=WEEKLY;BYDAY=SU\r\nSUMMARY:alendronate"), std::string::npos);
  EXPECT_NE(calendar.find("SUMMARY:magnesium oxide 500 mg\r\n"), std::string::npos);
  EXPECT_TRUE(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(calendar.ends_with("END:VCALENDAR\r\n"));
  EXPECT_EQ(to_ics(plan_of(patient, {oxide(daily(20h))}), {}), "");
}

TEST(PlanReport, WhatIsNotOursIsEscaped) {
  Patient patient = who_takes({{"<b>&\"; DROP, \n\x1b[31m", daily(7h)}, {"levothyroxine", daily(6h + 30min)}});
  const Plan plan = plan_of(patient, {oxide(daily(7h))});
  for (const std::string& out : {to_svg(plan), to_html(plan)}) {
    EXPECT_EQ(out.find("<b>"), std::string::npos);
    EXPECT_EQ(out.find('\x1b'), std::string::npos);
  }
  EXPECT_EQ(to_text(plan).find('\x1b'), std::string::npos);
  EXPECT_NE(to_ics(plan, std::chrono::year{2026} / 1 / 1).find("\\; DROP\\, "), std::string::npos);
}

}  // namespace
}  // namespace magnesia
