#include "magnesia/day.hpp"

#include <gtest/gtest.h>

namespace magnesia {
namespace {

const Day day{TimeOfDay{390}, TimeOfDay{450}, TimeOfDay{750}, TimeOfDay{1110}, TimeOfDay{1350}};

std::string time_told(std::string_view text) {
  const std::optional<AnchoredTime> anchored = read_anchored_time(text);
  if (!anchored) return "not read";
  const std::optional<TimeOfDay> time = time_of(*anchored, day);
  return (time ? name(*time) : "none") + (anchored->with_meal ? ", with a meal" : "");
}

TEST(Day, DosesGoByItsHours) {
  EXPECT_EQ(time_told("on waking"), "06:30");
  EXPECT_EQ(time_told("30 minutes before breakfast"), "07:00");
  EXPECT_EQ(time_told("1 hour after lunch"), "13:30");
  EXPECT_EQ(time_told("90 min after dinner"), "20:00");
  EXPECT_EQ(time_told("2 h before bed"), "20:30");
  EXPECT_EQ(time_told("with dinner"), "18:30, with a meal");
  EXPECT_EQ(time_told("at lunch"), "12:30");
  EXPECT_EQ(time_told("at bedtime"), "22:30");
}

TEST(Day, ADoseOfTheDayBeforeOrAfterIsNone) {
  EXPECT_EQ(time_told("7 h before wake"), "none");
  EXPECT_EQ(time_told("89 min after bed"), "23:59");
  EXPECT_EQ(time_told("90 min after bed"), "none");
}

TEST(Day, AnHourThatIsNotKnownGivesNoTime) {
  EXPECT_FALSE(time_of(*read_anchored_time("with dinner"), Day{}));
  EXPECT_EQ(time_of(*read_anchored_time("with dinner"), Day{.dinner = TimeOfDay{1080}}), TimeOfDay{1080});
}

std::string within(std::string_view text, const Day& of) {
  const TimeWithin told = time_within(*read_anchored_time(text), of);
  return name(told.span.from) + '-' + name(told.span.to) + (told.by ? " by " + std::string{name(told.by->anchor)} : "");
}

TEST(Day, AnHourThatIsNotKnownLiesBetweenThoseBesideIt) {
  const Day some{.wake = TimeOfDay{390}, .lunch = TimeOfDay{750}, .bed = TimeOfDay{1350}};
  EXPECT_EQ(within("with breakfast", some), "06:30-12:30 by breakfast");
  EXPECT_EQ(within("30 minutes before breakfast", some), "06:00-12:00 by breakfast");
  EXPECT_EQ(within("before breakfast", some), "06:30-12:30 by breakfast");
  EXPECT_EQ(within("after dinner", some), "12:30-22:30 by dinner");
  EXPECT_EQ(within("on waking", Day{.breakfast = TimeOfDay{450}, .bed = TimeOfDay{1380}}), "23:00-07:30 by wake");
  EXPECT_EQ(within("with breakfast", Day{}), "00:00-23:59 by breakfast");
  EXPECT_EQ(within("with breakfast", Day{.lunch = TimeOfDay{750}}), "00:00-23:59 by breakfast");
}

TEST(Day, HoursOutOfOrderBoundNothing) {
  const Day odd{.wake = TimeOfDay{390}, .lunch = TimeOfDay{1200}, .dinner = TimeOfDay{420}, .bed = TimeOfDay{400}};
  EXPECT_EQ(within("with breakfast", odd), "00:00-23:59 by breakfast");
  EXPECT_EQ(within("before lunch", odd), "08:00-20:00");
}

TEST(Day, BeforeAndAfterAnHourThatIsKnownAreSpans) {
  EXPECT_EQ(within("before breakfast", day), "06:30-07:30");
  EXPECT_EQ(within("after lunch", day), "12:30-18:30");
  EXPECT_EQ(within("after dinner", day), "18:30-22:30");
  EXPECT_EQ(within("before bed", day), "10:30-22:30");  // it may be before dinner, but not before half a day
  EXPECT_EQ(within("after waking", day), "06:30-18:30");
  EXPECT_EQ(within("before breakfast", Day{.breakfast = TimeOfDay{450}}), "19:30-07:30");
  EXPECT_FALSE(time_of(*read_anchored_time("before breakfast"), day));
}

TEST(Day, PartsOfTheDayAreAsWideAsAnybodyMeansThem) {
  EXPECT_EQ(span_of(*read_part_of_day("in the morning")), (TimeSpan{{0}, {720}}));
  EXPECT_EQ(span_of(*read_part_of_day("at night")), (TimeSpan{{1080}, {480}}));
  EXPECT_EQ(read_part_of_day("around noon"), PartOfDay::noon);
  EXPECT_EQ(read_part_of_day("in the afternoon"), PartOfDay::afternoon);
  EXPECT_EQ(read_part_of_day("in the evening"), PartOfDay::evening);
  EXPECT_FALSE(read_part_of_day("in the night"));
}

TEST(Day, WhatIsNoSuchTimeIsNotRead) {
  for (const std::string_view text :
       {"", "dinner", "with", "with bed", "with waking", "on breakfast", "at", "30 before breakfast", "min before breakfast",
        "30 minutes breakfast", "30 minutes around breakfast", "13 h before bed", "-5 min before bed", "1000 min after bed",
        "with dinner ", " with dinner", "with  dinner", "With dinner"})
    EXPECT_EQ(time_told(text), "not read") << text;
}

TEST(Day, EveryHourHasAName) {
  for (const Anchor anchor : {Anchor::wake, Anchor::breakfast, Anchor::lunch, Anchor::dinner, Anchor::bed}) {
    EXPECT_EQ(anchor_named(name(anchor)), anchor);
    EXPECT_TRUE(hour_of(day, anchor).known());
  }
  EXPECT_FALSE(anchor_named("noon"));
}

}  // namespace
}  // namespace magnesia
