#include "magnesia/elemental.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "magnesia/report.hpp"
#include "magnesia/salt.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using tests::checker;

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
  EXPECT_EQ(item->plausible, Tri::no);
  EXPECT_GE(item->elemental.high, Exact{450});
}

// Labels as printed: an honest one is rounded, some forms of a salt hold more than others, and some claims cannot be.
TEST(Elemental, TellsThePossibleFromTheImpossible) {
  const auto plausible = [](const char* text) {
    const auto item = elemental_of(checker(), text);
    EXPECT_TRUE(item) << text << ": " << describe(item.error());
    return item ? item->plausible : Tri::unknown;
  };
  for (const char* const text :
       {"Magnesium oxide 400 mg (241.3 mg elemental magnesium)",
        "535 mg magnesium chloride hexahydrate providing 64 mg magnesium",
        "1,000 mg magnesium bisglycinate providing 140 mg elemental", "Magnesium hydroxide 1,200 mg, magnesium 500 mg",
        "Magnesium L-Threonate 2,000 mg (providing 144 mg elemental magnesium)", "500 mg magnesium oxide",
        "Magnesium (as oxide, citrate and malate) 300 mg", "Trimagnesiumdicitrat 1.250 mg entspricht 200 mg Magnesium"})
    EXPECT_EQ(plausible(text), Tri::yes) << text;
  for (const char* const text :
       {"1,200 mg magnesium hydroxide, 595 mg magnesium", "Magnesium hydroxide 1,200 mg (595 mg magnesium)",
        "1,000 mg magnesium bisglycinate providing 200 mg elemental", "Magnesiumbisglycinat 1.000 mg, davon 200 mg Magnesium",
        "Magnesium citrate 1000 mg (300 mg magnesium)", "magnesium oxide 500 mg providing 450 mg elemental magnesium"})
    EXPECT_EQ(plausible(text), Tri::no) << text;
  EXPECT_EQ(plausible("Magnesium 400 mg"), Tri::unknown);
}

// A hydrate's mass may be its magnesium: "64 mg" of a Slow-Mag type is.
TEST(Elemental, AHydrateMayBeEither) {
  const auto item = elemental_of(checker(), "64 mg magnesium chloride hexahydrate");
  ASSERT_TRUE(item);
  EXPECT_LT(item->elemental.low, Exact{8});
  EXPECT_EQ(item->elemental.high, Exact{64});
}

TEST(Elemental, ANameStandsForItsMixturesToo) {
  const Knowledge& knowledge = checker().knowledge();
  const auto chelate = knowledge.find_salt("magnesium bisglycinate");
  const auto buffered = knowledge.find_salt("buffered magnesium bisglycinate");
  ASSERT_TRUE(chelate && buffered);
  EXPECT_TRUE(buffered->elemental_share.inside(chelate->elemental_share));
  EXPECT_EQ(buffered->whole, chelate->name);
  EXPECT_TRUE(buffered->mixture && !chelate->mixture);
  EXPECT_TRUE(chelate->own_share.contains(elemental_share(*parse_formula("Mg(C2H4NO2)2"))));
  EXPECT_LT(chelate->own_share.high, Exact::ratio(15, 100));
}

TEST(Elemental, SaysWhatIsClaimedAndWhatIsComputed) {
  const auto readings = [](const char* text) {
    std::string all;
    if (const auto item = elemental_of(checker(), text))
      for (const std::string& reading : item->readings) all += reading + "; ";
    return all;
  };
  EXPECT_NE(readings("Magnesium (as magnesium oxide) 250 mg").find("claimed by the label: 250 mg"), std::string::npos);
  EXPECT_EQ(readings("Magnesium (as magnesium oxide) 250 mg").find("computed"), std::string::npos);
  EXPECT_NE(readings("Epsom salt 10 g").find("computed, not claimed"), std::string::npos);
  EXPECT_EQ(readings("Epsom salt 10 g").find("claimed by"), std::string::npos);
  EXPECT_NE(readings("Magnesium 1.500 mg").find("\"1.500 mg\" may be 1.5 mg or 1500 mg"), std::string::npos);
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
