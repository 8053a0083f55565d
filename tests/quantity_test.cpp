#include "magnesia/quantity.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace magnesia {
namespace {

Exact read(std::string_view decimal) { return *Exact::parse(decimal); }

TEST(Quantity, NamesItsUnitOnTheWayInAndOnTheWayOut) {
  const ElementalMass dose{350, units::mg};
  EXPECT_EQ(dose.in(units::mg), Exact{350});
  EXPECT_EQ(dose.in(units::g), read("0.35"));
  EXPECT_EQ(dose.in(units::ug), Exact{350'000});
  EXPECT_EQ((ElementalMass{read("0.35"), units::g}), dose);
}

// No way in or out without a unit; no way from one kind to another, nor from a unit of another dimension.
static_assert(!std::is_constructible_v<ElementalMass, int>);
static_assert(!std::is_constructible_v<ElementalMass, Exact>);
static_assert(!std::is_convertible_v<ElementalMass, Exact>);
static_assert(!std::is_constructible_v<ElementalMass, SaltMass>);
static_assert(!std::is_constructible_v<SaltMass, Mass>);
static_assert(!std::is_constructible_v<ElementalMass, Exact, Unit<Dimension::volume>>);
static_assert(!std::is_constructible_v<ElementalMass, double, Unit<Dimension::mass>>);
static_assert(!std::is_constructible_v<Egfr, CreatinineClearance>);

TEST(Quantity, AddsScalesAndDividesWithoutALoss) {
  const ElementalMass third = ElementalMass{100, units::mg} / Exact{3};
  EXPECT_EQ(third + third + third, (ElementalMass{100, units::mg}));
  EXPECT_EQ(third * 3, (ElementalMass{100, units::mg}));
  EXPECT_EQ(3 * third - third, (ElementalMass{200, units::mg}) / Exact{3});
  EXPECT_EQ((ElementalMass{1, units::g}) / (ElementalMass{250, units::mg}), Exact{4});
}

TEST(Quantity, TimesGoByTheCalendarOfUcum) {
  EXPECT_EQ((Age{1, units::a}), (Age{12, units::mo}));
  EXPECT_EQ((Age{4, units::a}), (Age{1461, units::d}));
  EXPECT_EQ((Age{52, units::wk}), (Age{364, units::d}));
  EXPECT_LT((Age{18, units::a}), (Age{217, units::mo}));
  EXPECT_EQ((Duration{4, units::h}), (Duration{14'400, units::s}));
  EXPECT_EQ((Duration{200, units::ms}).in(units::s), read("0.2"));
  EXPECT_EQ(18_years, (Age{216, units::mo}));
  EXPECT_EQ(6_months, (Age{6, units::mo}));
  EXPECT_EQ(28_days, (Age{4, units::wk}));
}

TEST(Quantity, AnAvoirdupoisPoundAndAnInchAreWhatTheyAreDefinedToBe) {
  // International yard and pound agreement of 1959: 0.45359237 kg and 25.4 mm.
  EXPECT_EQ((Mass{1, units::lb}).in(units::kg), read("0.45359237"));
  EXPECT_EQ((Length{1, units::in}).in(units::mm), read("25.4"));
}

TEST(Quantity, AConcentrationTimesItsVolumeGivesTheMassBack) {
  const SaltConcentration milk = SaltMass{400, units::mg} / Volume{5, units::mL};
  EXPECT_EQ(milk.in(units::mg_mL), Exact{80});
  EXPECT_EQ(milk.in(units::g_L), Exact{80});
  EXPECT_EQ(milk * Volume(15, units::mL), (SaltMass{1200, units::mg}));
  EXPECT_EQ(Volume(5, units::mL) * milk, (SaltMass{400, units::mg}));

  const ElementalConcentration third = ElementalMass{100, units::mg} / Volume{3, units::mL};
  EXPECT_EQ(third * Volume(3, units::mL), (ElementalMass{100, units::mg}));
  EXPECT_EQ(Volume(3, units::L) * third, (ElementalMass{100, units::g}));
}

TEST(Magnesium, MassAmountAndChargeAreOneThingSaidThreeWays) {
  EXPECT_EQ(elemental_mass_of(Substance{1, units::mmol}), (ElementalMass{read("24.305"), units::mg}));
  EXPECT_EQ(substance_of(ElementalMass{read("243.05"), units::mg}), (Substance{10, units::mmol}));
  EXPECT_EQ(charge_of(Substance{10, units::mmol}), (Charge{20, units::meq}));
  EXPECT_EQ(substance_of(Charge{20, units::meq}), (Substance{10, units::mmol}));
  for (int mg = 0; mg <= 5000; ++mg) {
    const ElementalMass mass{mg, units::mg};
    ASSERT_EQ(elemental_mass_of(substance_of(charge_of(substance_of(mass)))), mass) << mg;
  }
}

TEST(Laboratory, SerumMagnesiumIsTheSameInEachUnit) {
  EXPECT_EQ(serum_magnesium(read("2.4305"), units::mg_dL), serum_magnesium(1, units::mmol_L));
  EXPECT_EQ(serum_magnesium(2, units::meq_L), serum_magnesium(1, units::mmol_L));
  EXPECT_EQ(serum_magnesium(read("24.305"), units::mg_L), serum_magnesium(1, units::mmol_L));
}

TEST(Laboratory, CreatinineOf1MgPerDlIs88_4MicromolesPerLitre) {
  EXPECT_EQ(creatinine(read("88.4"), units::umol_L), creatinine(1, units::mg_dL));
  EXPECT_EQ(creatinine(read("0.0884"), units::mmol_L), creatinine(1, units::mg_dL));
}

// Every unit of the header.
template <class Visit>
void for_each_unit(Visit visit) {
  using namespace units;
  std::apply([&](const auto&... unit) { (visit(unit), ...); },
             std::tuple{ug,      mg,    g,      kg,     lb,    umol,          mmol,    mol,   meq, eq,     mL,     dL,
                        L,       mg_dL, mg_L,   ng_mL,  mg_mL, ug_L,          ug_dL,   ug_mL, g_L, g_mL,   mmol_L, umol_L,
                        mmol_mL, meq_L, meq_mL, ms,     s,     min,           h,       d,     wk,  mo,     a,      mm,
                        cm,      m,     in,     mL_min, mL_s,  mL_min_1_73m2, per_min, mm_Hg, one, percent});
}

TEST(Units, EachCodeOfTheHeaderIsFoundAndIsItself) {
  for_each_unit([]<Dimension D>(const Unit<D>& unit) {
    const Result<FoundUnit> found = find_unit(unit.ucum);
    ASSERT_TRUE(found) << unit.ucum;
    EXPECT_EQ(found->ucum, unit.ucum);
    EXPECT_EQ(found->dimension, D) << unit.ucum;
    EXPECT_EQ(found->factor, unit.factor) << unit.ucum;
  });
}

TEST(Units, TheBaseUnitOfEachDimensionHasFactor1) {
  for (int d = 0; d <= static_cast<int>(Dimension::fraction); ++d) {
    const auto dimension = static_cast<Dimension>(d);
    const Result<FoundUnit> found = find_unit(base_unit(dimension));
    ASSERT_TRUE(found) << base_unit(dimension);
    EXPECT_EQ(found->dimension, dimension);
    EXPECT_EQ(found->factor, Exact{1});
    EXPECT_FALSE(describe(dimension).empty());
  }
}

TEST(Units, SpellingsOfLabelsAndRecordsAreFound) {
  const std::vector<std::pair<std::string_view, std::string_view>> spellings{{"mcg", "ug"},
                                                                             {"\u00B5g", "ug"},
                                                                             {"\u03BCg", "ug"},
                                                                             {"lb", "[lb_av]"},
                                                                             {"\u00B5mol", "umol"},
                                                                             {"mEq", "meq"},
                                                                             {"mval", "meq"},
                                                                             {"ml", "mL"},
                                                                             {"l", "L"},
                                                                             {"dl", "dL"},
                                                                             {"mg/dl", "mg/dL"},
                                                                             {"mg/ml", "mg/mL"},
                                                                             {"\u00B5g/L", "ug/L"},
                                                                             {"mcg/L", "ug/L"},
                                                                             {"mmol/l", "mmol/L"},
                                                                             {"\u00B5mol/L", "umol/L"},
                                                                             {"\u03BCmol/l", "umol/L"},
                                                                             {"mEq/L", "meq/L"},
                                                                             {"mEq/mL", "meq/mL"},
                                                                             {"{beats}/min", "/min"},
                                                                             {"1/min", "/min"},
                                                                             {"bpm", "/min"},
                                                                             {"mmHg", "mm[Hg]"},
                                                                             {"mm Hg", "mm[Hg]"},
                                                                             {"in", "[in_i]"},
                                                                             {"ml/min", "mL/min"},
                                                                             {"mg{elemental}", "mg"},
                                                                             {"{total}mg", "mg"},
                                                                             {"{tablet}", "1"},
                                                                             {"mm[Hg]{sitting}", "mm[Hg]"}};
  for (const auto& [spelling, code] : spellings) {
    const Result<FoundUnit> found = find_unit(spelling);
    ASSERT_TRUE(found) << spelling;
    EXPECT_EQ(found->ucum, code) << spelling;
  }
}

TEST(Units, AnIndexedClearanceIsFoundInEachSpellingOfTheRecords) {
  for (const std::string_view spelling :
       {"mL/min/{1.73_m2}", "mL/min/{1.73m2}", "mL/min/{1.73 m2}", "mL/min/{1.73_m^2}", "mL/min/{1.73.m2}", "mL/min/1.73m2",
        "mL/min/1.73 m2", "mL/min/1.73.m2", "mL/min/1.73_m2", "mL/min/1.73*m2", "mL/min/1.73m^2", "mL/min/1.73m\u00B2",
        "mL/min/1.73 m\u00B2", "ml/min/1.73m2", "ml/min/1,73 m\u00B2"}) {
    const Result<FoundUnit> found = find_unit(spelling);
    ASSERT_TRUE(found) << spelling;
    EXPECT_EQ(found->dimension, Dimension::indexed_clearance) << spelling;
    EXPECT_EQ(found->ucum, "mL/min/{1.73_m2}") << spelling;
  }
}

TEST(Units, TheAnnotationThatMakesAClearanceIndexedIsNeverIgnored) {
  EXPECT_EQ(find_unit("mL/min")->dimension, Dimension::clearance);
  for (const std::string_view text : {"mL/min{1.73_m2}", "{1.73_m2}", "mg/{1.73_m2}", "mL/min/", "mL/min/{BSA}",
                                      "mL/min/{1.73_m3}", "mL/min/1.73", "mL/min/1.73m2/d", "mL/min/{1.8_m2}"})
    EXPECT_FALSE(find_unit(text)) << text;
}

TEST(Units, CaseCounts) {
  for (const std::string_view text : {"MG", "Mg", "mG", "KG", "MMOL", "ML", "A", "MIN", "H", "M", "S", "MO"}) {
    const Result<FoundUnit> found = find_unit(text);
    ASSERT_FALSE(found) << text << " is another unit in UCUM, or none";
    EXPECT_EQ(found.error().kind, ErrorKind::wrong_unit);
    EXPECT_NE(found.error().expected.find("upper and lower case"), std::string::npos) << found.error().expected;
  }
  EXPECT_NE(find_unit("MG").error().expected.find("such as mg"), std::string::npos);
}

TEST(Units, WhatIsNoUnitIsRefusedByNameWithWhatWasExpected) {
  for (const std::string_view text : {"",        " ",
                                      "IU",      "IE",
                                      "years",   "tablet",
                                      "mg ",     " mg",
                                      "mg/",     "/",
                                      "mg/dL/L", "g/kg",
                                      "{",       "}",
                                      "mg{",     "mg}",
                                      "mg{a}}",  "{}{}{",
                                      "\xFF",    "m\xB5g",
                                      "\xC2",    "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"}) {
    const Result<FoundUnit> found = find_unit(text);
    ASSERT_FALSE(found) << text;
    EXPECT_EQ(found.error().kind, ErrorKind::wrong_unit);
    EXPECT_FALSE(found.error().place.empty() || found.error().found.empty() || found.error().expected.empty());
  }
  EXPECT_EQ(find_unit("IU").error().found, "\"IU\"");
  EXPECT_EQ(find_unit("").error().found, "no unit");
}

TEST(Units, AUnitOfAnotherDimensionIsNamedWithTheOneExpected) {
  EXPECT_EQ(find_unit("g", Dimension::mass)->factor, Exact{1000});
  const Result<FoundUnit> found = find_unit("mg/dL", Dimension::substance_concentration);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error(), (Error{ErrorKind::wrong_unit, "byte 0", "\"mg/dL\", the unit of a mass concentration (such as mg/dL)",
                                  "the unit of a substance concentration (such as mmol/L)"}));
  EXPECT_EQ(find_unit("IU", Dimension::mass).error().expected, "the unit of a mass (such as mg)");
}

}  // namespace
}  // namespace magnesia
