#include "magnesia/elemental.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "magnesia/report.hpp"
#include "magnesia/salt.hpp"

namespace magnesia {
namespace {

const Checker& checker() {
  static const Checker shared{Knowledge::embedded()};
  return shared;
}

TEST(Elemental, OfMagnesiumAsClaimed) {
  const auto item = elemental_of(checker(), "Magnesium (as magnesium oxide) 250 mg");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->elemental, Interval<Exact>{Exact{250}});
  // 24.305 g/mol, two charges
  EXPECT_EQ(item->mmol, Interval<Exact>{Exact::ratio(250'000, 24'305)});
  EXPECT_EQ(item->meq, Interval<Exact>{Exact::ratio(500'000, 24'305)});
  ASSERT_TRUE(item->fraction);
  EXPECT_TRUE(item->fraction->contains(elemental_share(*parse_formula("MgO"))));
  EXPECT_FALSE(item->readings.empty());
}

TEST(Elemental, OfASaltFollowsItsFormula) {
  const auto item = elemental_of(checker(), "magnesium oxide 500 mg providing 301.5 mg elemental magnesium");
  ASSERT_TRUE(item) << describe(item.error());
  EXPECT_EQ(item->elemental.low, Exact::ratio(603, 2));
  // What is claimed is less than the salt can hold, so no rule speaks against it.
  EXPECT_EQ(item->plausible, Tri::yes);
  EXPECT_TRUE(item->concerns.empty());
}

TEST(Elemental, WithoutASaltNothingIsSaidOfTheClaim) {
  const auto item = elemental_of(checker(), "Magnesium 100 mg");
  ASSERT_TRUE(item);
  EXPECT_FALSE(item->fraction);
  EXPECT_EQ(item->plausible, Tri::unknown);
}

TEST(Elemental, BeyondWhatTheSaltHoldsIsNotSaidToBePossible) {
  const auto item = elemental_of(checker(), "magnesium oxide 500 mg providing 450 mg elemental magnesium");
  ASSERT_TRUE(item) << describe(item.error());
  EXPECT_NE(item->plausible, Tri::yes);
  EXPECT_GE(item->elemental.high, Exact{450});
}

TEST(Elemental, RefusesWhatSaysNoAmount) {
  const auto item = elemental_of(checker(), "sugar");
  ASSERT_FALSE(item);
  EXPECT_FALSE(item.error().expected.empty());
}

TEST(Elemental, ReadingsHaveNoPlaceholderLeft) {
  for (const char* const text : {"500 mg magnesium oxide", "Magnesium (as magnesium citrate) 100 mg",
                                 "magnesium sulfate heptahydrate 1 g", "magnesium citrate 1000 mg", "Magnesium 12.4 mmol"}) {
    const auto item = elemental_of(checker(), text);
    ASSERT_TRUE(item) << text << ": " << describe(item.error());
    for (const std::string& reading : item->readings) EXPECT_EQ(reading.find('{'), std::string::npos) << reading;
    EXPECT_EQ(item->text, text);
    EXPECT_LE(item->elemental.low, item->elemental.high);
  }
}

RC_GTEST_PROP(Elemental, WhateverTheTextSays, (const std::string& text)) {
  const auto item = elemental_of(checker(), text);
  if (item) {
    const std::vector<Elemental> items{*item};
    RC_ASSERT(to_json(items).starts_with(R"({"magnesia":"elemental/1","items":[{"text":")"));
    RC_ASSERT(to_text(items, checker().knowledge()).find('\x1b') == std::string::npos);
  } else {
    RC_ASSERT(!item.error().expected.empty());
  }
}

}  // namespace
}  // namespace magnesia
