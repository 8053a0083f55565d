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
