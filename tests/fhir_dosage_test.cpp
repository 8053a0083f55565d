// FHIR's Timing and dosage, as they reach a schedule.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "magnesia/fhir.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using namespace std::chrono_literals;
using fhir::Note;
using tests::embedded;

const Day ordinary{.wake = TimeOfDay{390},
                   .breakfast = TimeOfDay{420},
                   .lunch = TimeOfDay{750},
                   .dinner = TimeOfDay{1110},
                   .bed = TimeOfDay{1350}};

struct Read {
  Schedule schedule;
  Leeway leeway;
  std::vector<Note> incomplete;
  std::size_t count = 0;  // of entries
};

Read read_dosages(const std::string& dosages, const Day& day = {}) {
  fhir::ReadOptions options;
  options.as_of = 2026y / 11 / 25;
  options.day = day;
  const std::string json =
      R"({"resourceType": "MedicationStatement", "id": "m", "status": "active", "medicationCodeableConcept": {"text": "simvastatin"}, "dosage": [)" +
      dosages + "]}";
  const Result<fhir::Record, Errors> record = fhir::read(json, embedded(), options);
  if (!record) {
    ADD_FAILURE() << describe(record.error().front());
    return {};
  }
  Read all;
  const auto& items = record->request.patient.medications.items();
  all.count = items.size();
  if (items.empty()) return all;
  all.schedule = items.front().schedule();
  all.leeway = record->request.medications.front();
  for (const Note& note : record->notes)
    if (note.outcome == Note::Outcome::incomplete) all.incomplete.push_back(note);
  return all;
}
Read repeat(const std::string& members, const Day& day = {}) {
  return read_dosages(R"({"timing": {"repeat": {)" + members + "}}}", day);
}

using Times = std::vector<TimeOfDay>;

TEST(FhirTiming, FrequencyAndPeriodAreACountADay) {
  struct Row {
    std::string repeat;
    Exact doses;
  };
  for (const auto& [text, doses] :
       std::vector<Row>{{R"("frequency": 1, "period": 1, "periodUnit": "d")", 1},
                        {R"("frequency": 3, "period": 1, "periodUnit": "d")", 3},
                        {R"("period": 1, "periodUnit": "d")", 1},
                        {R"("frequency": 1, "period": 8, "periodUnit": "h")", 3},
                        {R"("frequency": 1, "period": 5, "periodUnit": "h")", 5},
                        {R"("frequency": 1, "period": 2, "periodUnit": "d")", 1},
                        {R"("frequency": 1, "period": 1, "periodUnit": "mo")", 1},
                        {R"("frequency": 14, "period": 1, "periodUnit": "wk")", 2},
                        {R"("frequency": 3, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "wed", "fri"])", 1},
                        {R"("frequency": 6, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "wed", "fri"])", 2}}) {
    const Read one = repeat(text);
    EXPECT_EQ(one.schedule.doses_per_day, Fact<Exact>{doses}) << text;
    EXPECT_EQ(one.schedule.timed_doses(), 0U) << text;
    EXPECT_TRUE(one.incomplete.empty()) << text;
  }
}

TEST(FhirTiming, EveryEightHoursKeepsItsSpacing) {
  EXPECT_EQ(repeat(R"("frequency": 1, "period": 8, "periodUnit": "h")").leeway.min_spacing,
            (Fact<Duration>{Duration{8, units::h}}));
  EXPECT_FALSE(repeat(R"("frequency": 3, "period": 1, "periodUnit": "d")").leeway.min_spacing.known());
}

TEST(FhirTiming, WhatTellsNoCountIsUnknownAndNamed) {
  for (const std::string text :
       {R"("frequency": 2)", R"("frequency": 500, "period": 1, "periodUnit": "d")",
        R"("frequency": 1, "period": 0, "periodUnit": "d")", R"("frequency": 1, "period": 1, "periodUnit": "fortnight")",
        R"("frequency": "2", "period": 1, "periodUnit": "d")", R"("frequency": -1, "period": 1, "periodUnit": "d")"}) {
    const Read one = repeat(text);
    EXPECT_FALSE(one.schedule.doses_per_day.known()) << text;
    EXPECT_FALSE(one.incomplete.empty()) << text;
    EXPECT_EQ(one.count, 1U) << text;
  }
}

TEST(FhirTiming, GreaterOfTwoFrequenciesIsCountedAndSaid) {
  const Read one = repeat(R"("frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d")");
  EXPECT_EQ(one.schedule.doses_per_day, Fact<Exact>{2});
  EXPECT_EQ(one.incomplete.size(), 1U);
}

TEST(FhirTiming, TimesOfDayAndDaysOfTheWeek) {
  const Read one = repeat(R"("frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["sun"], "timeOfDay": ["07:00:00"])");
  EXPECT_EQ(one.schedule.times, (Times{{420}}));
  EXPECT_EQ(one.schedule.days, 1U);
  EXPECT_EQ(repeat(R"("timeOfDay": ["21:30:00", "07:15:00"])").schedule.times, (Times{{435}, {1290}}));
}

TEST(FhirTiming, ContradictionMakesTheTimesUnknown) {
  for (const std::string text :
       {R"("frequency": 2, "period": 1, "periodUnit": "d", "timeOfDay": ["07:00:00"])",
        R"("timeOfDay": ["07:00:00"], "when": ["CM"])", R"("frequency": 3, "period": 1, "periodUnit": "d", "when": ["HS"])",
        R"("timeOfDay": ["25:00:00"])", R"("timeOfDay": [])"}) {
    const Read one = repeat(text, ordinary);
    EXPECT_EQ(one.schedule.timed_doses(), 0U) << text;
    EXPECT_FALSE(one.schedule.doses_per_day.known()) << text;
    EXPECT_FALSE(one.incomplete.empty()) << text;
  }
}

TEST(FhirTiming, EventsGoByTheHoursOfADayThatIsTold) {
  struct Row {
    std::string when;
    int minutes;
  };
  for (const auto& [when, minutes] : std::vector<Row>{{R"("when": ["HS"])", 1350},
                                                      {R"("when": ["WAKE"])", 390},
                                                      {R"("when": ["CM"])", 420},
                                                      {R"("when": ["CD"])", 750},
                                                      {R"("when": ["CV"])", 1110},
                                                      {R"("when": ["ACM"], "offset": 30)", 390},
                                                      {R"("when": ["ACV"], "offset": 60)", 1050},
                                                      {R"("when": ["PCD"], "offset": 120)", 870}})
    EXPECT_EQ(repeat(when, ordinary).schedule.times, (Times{{minutes}})) << when;
}

TEST(FhirTiming, EventsWithoutThoseHoursAreTimesKnownInPart) {
  const Read one = repeat(R"("when": ["CM", "CV"])");
  EXPECT_TRUE(one.schedule.times.empty());
  EXPECT_EQ(one.schedule.within.size(), 2U);
  EXPECT_TRUE(one.incomplete.empty());
  const Read morning = repeat(R"("when": ["MORN.early"])");
  ASSERT_EQ(morning.schedule.within.size(), 1U);
  EXPECT_EQ(morning.schedule.within.front().span, span_of(PartOfDay::morning));
  for (const std::string part : {"MORN", "NOON", "AFT", "EVE", "NIGHT"})
    EXPECT_EQ(repeat(R"("when": [")" + part + R"("])").schedule.within.size(), 1U) << part;
}

TEST(FhirTiming, BeforeAMealWithoutAnOffsetIsNotAtTheMeal) {
  const Read one = repeat(R"("when": ["ACM"])", ordinary);
  EXPECT_TRUE(one.schedule.times.empty());
  ASSERT_EQ(one.schedule.within.size(), 1U);
}

TEST(FhirTiming, FoodIsKnownOnlyWhereEveryDoseIsWithAMeal) {
  EXPECT_EQ(repeat(R"("when": ["CM", "PCV"])").schedule.with_food, Fact<bool>{true});
  EXPECT_EQ(repeat(R"("when": ["ACM"])").schedule.with_food, Fact<bool>{false});
  EXPECT_FALSE(repeat(R"("when": ["CM", "HS"])").schedule.with_food.known());
  EXPECT_FALSE(repeat(R"("when": ["HS", "CM"])").schedule.with_food.known());
  EXPECT_FALSE(repeat(R"("when": ["ACM", "PCV"])").schedule.with_food.known());
}

TEST(FhirTiming, WithMealsIsAllThreeOnlyWhereItIsThreeTimesADay) {
  EXPECT_EQ(repeat(R"("frequency": 3, "period": 1, "periodUnit": "d", "when": ["C"])", ordinary).schedule.times,
            (Times{{420}, {750}, {1110}}));
  const Read two = repeat(R"("frequency": 2, "period": 1, "periodUnit": "d", "when": ["C"])", ordinary);
  EXPECT_EQ(two.schedule.timed_doses(), 0U);
  EXPECT_EQ(two.schedule.doses_per_day, Fact<Exact>{2});
  EXPECT_EQ(two.schedule.with_food, Fact<bool>{true});
}

TEST(FhirTiming, CodesAndTextsOfAbbreviations) {
  const auto coded = [](const std::string& code) {
    return read_dosages(R"({"timing": {"code": {"coding": [{"code": ")" + code + R"("}]}}})");
  };
  EXPECT_EQ(coded("BID").schedule.doses_per_day, Fact<Exact>{2});
  EXPECT_EQ(coded("Q6H").schedule.doses_per_day, Fact<Exact>{4});
  EXPECT_EQ(coded("AM").schedule.within.size(), 1U);
  EXPECT_FALSE(coded("XYZ").incomplete.empty());
  EXPECT_EQ(read_dosages(R"({"text": "TID PC"})").schedule.doses_per_day, Fact<Exact>{3});
  EXPECT_EQ(read_dosages(R"({"text": "TID PC"})").schedule.with_food, Fact<bool>{true});
}

TEST(FhirTiming, ProseIsNotGuessedAt) {
  const Read one = read_dosages(R"({"text": "one tablet in the morning, two if it is bad"})");
  EXPECT_FALSE(one.schedule.doses_per_day.known());
  EXPECT_EQ(one.incomplete.size(), 1U);
}

TEST(FhirTiming, AsNeededIsKept) {
  EXPECT_TRUE(read_dosages(R"({"asNeededBoolean": true, "timing": {"code": {"text": "BID"}}})").schedule.as_needed);
  EXPECT_TRUE(
      read_dosages(
          R"({"asNeededCodeableConcept": {"text": "pain"}, "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}})")
          .schedule.as_needed);
  EXPECT_FALSE(read_dosages(R"({"asNeededBoolean": false, "timing": {"code": {"text": "BID"}}})").schedule.as_needed);
}

TEST(FhirTiming, CourseThatHasEndedIsNotTaken) {
  const auto bounds = [](const std::string& end) {
    return R"("frequency": 1, "period": 1, "periodUnit": "d", "boundsPeriod": {"end": ")" + end + R"("})";
  };
  EXPECT_EQ(repeat(bounds("2026-11-24")).count, 0U);
  EXPECT_EQ(repeat(bounds("2026-11-25")).count, 1U);
}

TEST(FhirTiming, InstructionsSideBySideAreEntriesAndATaperIsUnknown) {
  const std::string one = R"({"timing": {"repeat": {"timeOfDay": ["08:00:00"]}}})";
  const std::string other = R"({"timing": {"repeat": {"timeOfDay": ["20:00:00"]}}})";
  EXPECT_EQ(read_dosages(one + ", " + other).count, 2U);
  const Read taper = read_dosages(
      R"({"sequence": 1, "timing": {"code": {"text": "BID"}}}, {"sequence": 2, "timing": {"code": {"text": "QD"}}})");
  EXPECT_EQ(taper.count, 1U);
  EXPECT_FALSE(taper.schedule.doses_per_day.known());
  EXPECT_FALSE(taper.incomplete.empty());
}

TEST(FhirTiming, ExtensionThatChangesItMakesItUnknown) {
  const Read one = read_dosages(R"({"modifierExtension": [{"url": "x"}], "timing": {"code": {"text": "BID"}}})");
  EXPECT_FALSE(one.schedule.doses_per_day.known());
  EXPECT_FALSE(one.incomplete.empty());
}

}  // namespace
}  // namespace magnesia
