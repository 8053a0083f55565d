// Windows between doses whose times are known in part: yes where they are too close whenever they are, no where they never are.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "facts/collect.hpp"
#include "magnesia/magnesia.hpp"
#include "rules/evaluate.hpp"

namespace magnesia {
namespace {

using rules::too_close;

facts::DoseTime at(int minutes) { return {static_cast<std::int16_t>(minutes)}; }
facts::DoseTime between(int from, int to) { return facts::dose_time({{{from}, {to}}, {}}); }
facts::DoseTime by(Anchor anchor, int offset, int width = 0) {
  return facts::dose_time(time_within({anchor, offset, width}, Day{}));
}

std::string answer(base::Window window, facts::DoseTime drug, facts::DoseTime magnesium, unsigned drug_days = 0x7F,
                   unsigned magnesium_days = 0x7F) {
  const std::array times{drug, magnesium};
  detail::Gap gap;
  const Tri tri = too_close(window, {0, 1, static_cast<std::uint8_t>(drug_days), false},
                            {1, 1, static_cast<std::uint8_t>(magnesium_days), false}, times, gap);
  std::string out = tri == Tri::yes ? "yes" : tri == Tri::no ? "no" : "unknown";
  if (tri != Tri::no) out += ", " + std::to_string(gap.minutes) + " of " + std::to_string(gap.needed);
  return out;
}

// The drug two hours before or six hours after magnesium.
constexpr base::Window window{120, 360};

TEST(Separation, ASpanIsFarEnoughOnlyAsAWhole) {
  EXPECT_EQ(answer(window, between(360, 540), at(660)), "no");
  EXPECT_EQ(answer(window, between(360, 541), at(660)), "unknown, 119 of 120");
  EXPECT_EQ(answer(window, between(541, 600), at(660)), "yes, 60 of 120");
  EXPECT_EQ(answer(window, between(540, 600), at(660)), "unknown, 60 of 120");
}

TEST(Separation, ASpanOfMagnesiumToo) {
  EXPECT_EQ(answer(window, at(360), between(480, 600)), "no");
  EXPECT_EQ(answer(window, at(360), between(479, 600)), "unknown, 119 of 120");
  EXPECT_EQ(answer(window, at(960), between(480, 600)), "no");
  EXPECT_EQ(answer(window, at(960), between(480, 601)), "unknown, 359 of 360");
  EXPECT_EQ(answer(window, at(540), between(480, 600)), "yes, 0 of 360");
}

TEST(Separation, TwoSpansAreJudgedForEveryPairOfTheirTimes) {
  EXPECT_EQ(answer(window, between(360, 420), between(540, 600)), "no");
  EXPECT_EQ(answer(window, between(360, 421), between(540, 600)), "unknown, 119 of 120");
  EXPECT_EQ(answer(window, between(500, 520), between(540, 600)), "yes, 20 of 120");
}

TEST(Separation, ASpanMayGoOverMidnight) {
  EXPECT_EQ(answer(window, between(1380, 60), at(180)), "no");
  EXPECT_EQ(answer(window, between(1380, 61), at(180)), "unknown, 119 of 120");
  EXPECT_EQ(answer(window, between(1380, 60), at(30)), "yes, 0 of 360");
  EXPECT_EQ(answer(window, at(30), between(1380, 1420)), "yes, 50 of 360");
}

TEST(Separation, AWholeDayIsAnyTimeOfIt) {
  EXPECT_EQ(answer(window, between(0, 1439), at(600)), "unknown, 0 of 360");
  EXPECT_EQ(answer({720, 721}, between(0, 1439), at(600)), "yes, 0 of 721");  // there is no time that would do
}

TEST(Separation, DosesByOneHourAreAsFarApartAsTheySay) {
  const base::Window four_hours{240, 240};
  EXPECT_EQ(answer(four_hours, by(Anchor::breakfast, -30), by(Anchor::breakfast, 0)), "yes, 30 of 240");
  EXPECT_EQ(answer(four_hours, by(Anchor::breakfast, -240), by(Anchor::breakfast, 0)), "no");
  EXPECT_EQ(answer(four_hours, by(Anchor::breakfast, -239), by(Anchor::breakfast, 0)), "yes, 239 of 240");
  EXPECT_EQ(answer(four_hours, by(Anchor::breakfast, -30), by(Anchor::bed, 0)), "unknown, 0 of 240");
  EXPECT_EQ(answer({0, 240}, by(Anchor::breakfast, -720, 720), by(Anchor::breakfast, 0)), "unknown, 0 of 240");
  EXPECT_EQ(answer({0, 240}, by(Anchor::breakfast, -720, 600), by(Anchor::breakfast, 0)), "no");
}

TEST(Separation, OnChosenDaysTheWeekIsACircle) {
  constexpr unsigned saturday = 64;
  constexpr unsigned sunday = 1;
  constexpr unsigned monday = 2;
  EXPECT_EQ(answer(window, between(1320, 1439), at(60), saturday, sunday), "unknown, 61 of 120");
  EXPECT_EQ(answer(window, between(1380, 1439), at(60), saturday, sunday), "unknown, 61 of 120");
  EXPECT_EQ(answer(window, between(1381, 1439), at(60), saturday, sunday), "yes, 61 of 120");
  EXPECT_EQ(answer(window, between(1320, 1380), at(60), saturday, sunday), "no");
  EXPECT_EQ(answer(window, between(1320, 1439), at(60), sunday, saturday), "no");
  // "Sunday, 23:00 to 01:00" may be the hour after Saturday's midnight or the one after Sunday's.
  EXPECT_EQ(answer(window, between(1380, 60), at(30), sunday, monday), "unknown, 0 of 360");
  EXPECT_EQ(answer(window, between(1380, 60), at(1410), sunday, saturday), "unknown, 0 of 360");
  EXPECT_EQ(answer(window, by(Anchor::wake, 0), by(Anchor::wake, 60), sunday, sunday), "yes, 60 of 120");
  EXPECT_EQ(answer(window, by(Anchor::wake, 0), by(Anchor::wake, 60), sunday, monday), "no");
}

// For every pair of times: decided as that pair is, where all agree.
RC_GTEST_PROP(SeparationLaw, ASpanIsAllItsTimes, ()) {
  const auto below = [](int end) { return *rc::gen::inRange(0, end); };
  const base::Window any{below(400) - 1, below(400) - 1};
  const int drug = below(1440);
  const int drug_width = below(60);
  const int magnesium = below(1440);
  const int magnesium_width = below(60);
  bool all = true;
  bool none = true;
  for (int d = 0; d <= drug_width; ++d)
    for (int m = 0; m <= magnesium_width; ++m) {
      const bool close = answer(any, at((drug + d) % 1440), at((magnesium + m) % 1440)).starts_with("yes");
      all = all && close;
      none = none && !close;
    }
  const std::string told =
      answer(any, between(drug, (drug + drug_width) % 1440), between(magnesium, (magnesium + magnesium_width) % 1440));
  RC_ASSERT(told.substr(0, told.find(',')) == (all ? "yes" : none ? "no" : "unknown"));
}

Severity worst(std::string_view medications, std::string_view magnesium, bool at_most) {
  const std::string json =
      R"({"magnesia": "request/1", "patient": {"age": {"value": 40, "unit": "a"}, "sex": "male", "conditions": [],
    "labs": {"egfr": {"value": 95, "unit": "mL/min/{1.73_m2}"}, "serum-magnesium": {"value": 2, "unit": "mg/dL"}}}, "medications": [)" +
      std::string{medications} + R"(], "magnesium": [{"salt": "magnesium citrate", "basis": "elemental",
    "amount": {"value": 100, "unit": "mg"}, )" +
      std::string{magnesium} + "}]}";
  const Result<Request, Errors> request = read_request(json);
  EXPECT_TRUE(request) << json;
  const Checker checker{Knowledge::embedded(), {}};
  const Result<Assessment> assessment = checker.assess(request->patient, request->regimen);
  EXPECT_TRUE(assessment);
  return at_most ? assessment->at_most() : assessment->at_least();
}

TEST(Separation, APersonWhoseTimesAreKnownInPart) {
  constexpr std::string_view levothyroxine = R"({"drug": "levothyroxine", "times": ["30 minutes before breakfast"]})";
  EXPECT_EQ(worst(levothyroxine, R"("times": ["with breakfast"])", false), Severity::major);
  EXPECT_EQ(worst(levothyroxine, R"("times": ["with breakfast"])", true), Severity::major);
  EXPECT_EQ(worst(levothyroxine, R"("times": ["at bedtime"])", false), Severity::none);
  EXPECT_EQ(worst(levothyroxine, R"("times": ["at bedtime"])", true), Severity::major);
  constexpr std::string_view morning = R"({"drug": "levothyroxine", "times": [{"from": "06:00", "to": "08:00"}]})";
  EXPECT_EQ(worst(morning, R"("times": ["12:00"])", true), Severity::none);
  EXPECT_EQ(worst(morning, R"("times": ["11:59"])", true), Severity::major);
  EXPECT_EQ(worst(morning, R"("times": ["11:59"])", false), Severity::none);
  EXPECT_EQ(worst(morning, R"("times": ["09:00"])", false), Severity::major);
}

TEST(Separation, WhatComesOnSomeDaysCountsOnEachItMayFallOn) {
  // Every other day or once a month: no day is ruled out, so magnesium of any day is as near as on that day.
  for (const std::string_view sig : {"QOD", "QMO", "QWK"}) {
    Schedule schedule = read_sig(sig)->schedule;
    schedule.times = {{8 * 60}};
    for (const unsigned day : {1U, 2U, 8U, 64U}) {
      Ingredient citrate;
      citrate.salt = {"magnesium citrate", {}};
      citrate.elemental = ElementalMass{Exact{100}, units::mg};
      Product product{std::vector{citrate}, daily(std::chrono::hours{8} + std::chrono::minutes{15})};
      product.schedule.days = static_cast<std::uint8_t>(day);
      Patient patient;
      patient.medications = exactly({Taken{{"alendronate", {}}, schedule}});
      const Checker checker{Knowledge::embedded(), {}};
      const Result<Assessment> assessment = checker.assess(patient, Regimen{product});
      ASSERT_TRUE(assessment);
      bool found = false;
      for (const Finding& finding : assessment->findings())
        found = found || (finding.topic == Topic::timing && finding.status == Status::established);
      EXPECT_TRUE(found) << sig << ' ' << day;
    }
  }
}

// Doses at their minute of every day have a way of their own, which is shorter.
RC_GTEST_PROP(SeparationLaw, OfDosesAtTheirMinuteIsTheSameByBothWays, ()) {
  const auto side = rc::gen::weightedOneOf<int>(
      {{1, rc::gen::element(-1, 0, 1, 1438, 1439, 1440, 1441, 10'080)}, {3, rc::gen::inRange(0, 1500)}});
  const base::Window any{*side, *side};
  const auto minutes = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(
      rc::gen::weightedOneOf<int>({{1, rc::gen::element(0, 1, 720, 1439)}, {2, rc::gen::inRange(0, 1440)}})));
  std::vector<facts::DoseTime> times;
  for (const int minute : minutes) times.push_back(at(minute));
  const auto of_drug = *rc::gen::inRange<std::size_t>(0, times.size() + 1);
  facts::Doses drug{0, static_cast<std::uint16_t>(of_drug)};
  facts::Doses magnesium{static_cast<std::uint32_t>(of_drug), static_cast<std::uint16_t>(times.size() - of_drug)};
  (*rc::gen::arbitrary<bool>() ? drug : magnesium).days = *rc::gen::element<std::uint8_t>(0x01, 0x24, 0x7F);
  detail::Gap gap;
  const Tri tri = too_close(any, drug, magnesium, times, gap);
  drug.at_minutes = drug.count != 0;
  magnesium.at_minutes = magnesium.count != 0;
  detail::Gap soon;
  RC_ASSERT(too_close(any, drug, magnesium, times, soon) == tri);
  RC_ASSERT(soon.drug_time == gap.drug_time);
  RC_ASSERT(soon.magnesium_time == gap.magnesium_time);
  RC_ASSERT(soon.minutes == gap.minutes);
  RC_ASSERT(soon.needed == gap.needed);
  RC_ASSERT(soon.at_most == gap.at_most);
}

TEST(Separation, ATimeThatIsNoneIsRefused) {
  Product product{"Magnesium citrate 100 mg", sometime({{{0}, {1440}}})};
  const Checker checker{Knowledge::embedded(), {}};
  const Result<Assessment> refused = checker.assess({}, Regimen{product});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "/magnesium/0/times/0");
  EXPECT_EQ(refused.error().found, "1440 minutes after midnight");
  product.schedule = {};
  product.schedule.within = {{any_time, AnchoredTime{Anchor::bed, 1441}}};
  EXPECT_FALSE(checker.assess({}, Regimen{product}));
  product.schedule.within = {{any_time, AnchoredTime{Anchor::bed, 0, -1}}};
  EXPECT_FALSE(checker.assess({}, Regimen{product}));
}

// More than can be numbered would be counted from 0 again, and be judged too mildly.
TEST(Separation, MoreThanCanBeNumberedIsRefused) {
  const Checker checker{Knowledge::embedded(), {}};
  constexpr std::size_t most = 16'000;
  const auto error_of = [&](const Patient& patient, const Regimen& regimen) {
    const Result<Assessment> answer = checker.assess(patient, regimen);
    return answer ? std::string{} : describe(answer.error());
  };
  Schedule often = daily(std::chrono::hours{7});
  often.times.resize(most, TimeOfDay{0});
  Product product{"Magnesium citrate 100 mg", often};
  EXPECT_EQ(error_of({}, Regimen{product}), "");
  product.schedule.times.push_back({0});
  EXPECT_EQ(error_of({}, Regimen{product}), "/magnesium/0/times: found 16001 doses, expected at most 16000");
  product.schedule.times.pop_back();
  product.schedule.within.push_back({any_time, {}});
  EXPECT_EQ(error_of({}, Regimen{product}), "/magnesium/0/times: found 16001 doses, expected at most 16000");

  std::vector<Taken> taken(most, Taken{Term{"amlodipine", {}}, {}});
  Patient patient;
  patient.medications = {Completeness::exactly, taken};
  EXPECT_EQ(error_of(patient, {}), "");
  patient.medications.add(taken.front());
  EXPECT_EQ(error_of(patient, {}), "/medications: found 16001 entries, expected at most 16000");
  const std::vector<Product> products(most + 1, Product{"Magnesium citrate 100 mg", {}});
  EXPECT_EQ(error_of({}, Regimen{Listed<Product>{Completeness::exactly, products}}),
            "/magnesium: found 16001 entries, expected at most 16000");
}

}  // namespace
}  // namespace magnesia
