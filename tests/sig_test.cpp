#include "magnesia/sig.hpp"

#include <gtest/gtest.h>

namespace magnesia {
namespace {

Sig sig(std::string_view text, const Day& day = {}) {
  Result<Sig> read = read_sig(text, day);
  EXPECT_TRUE(read) << text;
  return read ? *read : Sig{};
}
Exact count(std::string_view text) { return sig(text).schedule.doses_per_day.value_or(-1); }
ErrorKind fault(std::string_view text) {
  const Result<Sig> read = read_sig(text);
  return read ? ErrorKind::unreadable : read.error().kind;
}

TEST(Sig, SaysHowManyDosesADay) {
  EXPECT_EQ(count("QD"), Exact{1});
  EXPECT_EQ(count("daily"), Exact{1});
  EXPECT_EQ(count("b.i.d."), Exact{2});
  EXPECT_EQ(count("TID"), Exact{3});
  EXPECT_EQ(count("qid"), Exact{4});
  EXPECT_TRUE(sig("BID").schedule.times.empty());
}

TEST(Sig, SomeDaysMayBeAnyDay) {
  EXPECT_EQ(sig("QOD").schedule.days, Schedule::every_day);
  EXPECT_EQ(count("QOD"), Exact{1});
  EXPECT_EQ(sig("QMO").schedule.days, Schedule::every_day);
  EXPECT_EQ(count("QMO"), Exact{1});
  EXPECT_EQ(sig("QWK").schedule.days, Schedule::every_day);
  EXPECT_EQ(count("QWK"), Exact{1});
}

TEST(Sig, HoursApartAreACountAndASpacing) {
  EXPECT_EQ(count("Q6H"), Exact{4});
  EXPECT_EQ(sig("Q8H").min_spacing, (Fact<Duration>{Duration{8, units::h}}));
  EXPECT_EQ(count("Q24H"), Exact{1});
  EXPECT_EQ(count("Q5H"), Exact::ratio(24, 5));
  EXPECT_FALSE(sig("TID").min_spacing.known());
}

TEST(Sig, BedtimeIsATimeWhereTheHourIsKnown) {
  EXPECT_EQ(sig("QHS", {.bed = TimeOfDay{1350}}).schedule.times, std::vector{TimeOfDay{1350}});
  EXPECT_TRUE(sig("QHS").schedule.times.empty());
  EXPECT_EQ(count("HS"), Exact{1});
}

TEST(Sig, PartsOfTheDayAreDosesOfTheirOwn) {
  EXPECT_EQ(sig("QAM").schedule.within, (std::vector<TimeWithin>{{span_of(PartOfDay::morning), {}}}));
  EXPECT_EQ(count("QAM"), Exact{1});
  EXPECT_EQ(count("QPM"), Exact{1});
  EXPECT_EQ(sig("QPM").schedule.within[0].span, (TimeSpan{{720}, {1439}}));
  EXPECT_EQ(count("QAM QHS"), Exact{2});
  EXPECT_EQ(sig("QAM QHS").schedule.timed_doses(), 2U);
  EXPECT_EQ(sig("BID QAM QHS").schedule.timed_doses(), 2U);
  EXPECT_EQ(sig("HS").schedule.within[0].by, AnchoredTime{Anchor::bed});
}

TEST(Sig, SaysOfMealsAndOfNeed) {
  EXPECT_EQ(sig("TID AC").schedule.with_food, Fact<bool>{false});
  EXPECT_EQ(sig("BID, PC").schedule.with_food, Fact<bool>{true});
  EXPECT_FALSE(sig("AC").schedule.doses_per_day.known());
  EXPECT_TRUE(sig("Q6H PRN").schedule.as_needed);
  EXPECT_FALSE(sig("Q6H").schedule.as_needed);
}

TEST(Sig, WhatIsNotReadIsAnError) {
  for (const std::string_view text : {"", " ", "XYZ", "BID XYZ", "Q0H", "Q25H", "QXH", "Q100H", "twice"})
    EXPECT_EQ(fault(text), ErrorKind::syntax) << text;
  for (const std::string_view text : {"BID TID", "AC PC", "Q8H BID", "QHS BID", "QAM TID", "QHS HS", "QAM QAM"})
    EXPECT_EQ(fault(text), ErrorKind::conflict) << text;
  EXPECT_EQ(fault(std::string(201, 'Q')), ErrorKind::too_large);
  EXPECT_EQ(read_sig("BID XYZ").error().place, "byte 4");
}

}  // namespace
}  // namespace magnesia
