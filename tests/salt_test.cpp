#include "magnesia/salt.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace magnesia {
namespace {

constexpr Exact thousandths(std::int64_t n) { return Exact::ratio(n, 1000); }

// Molar masses added up by hand from the atomic weights; the two decimals that handbooks and PubChem print are the same.
static_assert(molar_mass("Mg"_formula) == thousandths(24'305));
static_assert(molar_mass("MgO"_formula) == thousandths(40'304));
static_assert(molar_mass("Mg(OH)2"_formula) == thousandths(58'319));
static_assert(molar_mass("MgCO3"_formula) == thousandths(84'313));
static_assert(molar_mass("MgCl2"_formula) == thousandths(95'205));
static_assert(molar_mass("MgCl2·6H2O"_formula) == thousandths(203'295));
static_assert(molar_mass("MgSO4"_formula) == thousandths(120'361));
static_assert(molar_mass("MgSO4·7H2O"_formula) == thousandths(246'466));
static_assert(molar_mass("Mg3(C6H5O7)2"_formula) == thousandths(451'113));  // citrate
static_assert(molar_mass("Mg3(C6H5O7)2·9H2O"_formula) == thousandths(613'248));
static_assert(molar_mass("Mg(C2H4NO2)2"_formula) == thousandths(172'423));                    // bisglycinate
static_assert(molar_mass("Mg(C3H5O3)2"_formula) == thousandths(202'445));                     // lactate
static_assert(molar_mass("Mg(C6H11O7)2"_formula) == thousandths(414'599));                    // gluconate
static_assert(molar_mass("MgC4H4O5"_formula) == thousandths(156'376));                        // malate
static_assert(molar_mass("Mg(C2H6NO3S)2"_formula) == thousandths(272'573));                   // taurate
static_assert(molar_mass("Mg(C4H6NO4)2"_formula) == thousandths(288'495));                    // aspartate
static_assert(molar_mass("Mg(C4H7O5)2"_formula) == thousandths(294'495));                     // threonate
static_assert(molar_mass("Mg(C5H3N2O4)2"_formula) == thousandths(334'483));                   // orotate
static_assert(molar_mass("4MgCO3·Mg(OH)2·5H2O"_formula) == thousandths(485'646));             // basic carbonate
static_assert(molar_mass("MgHPO4"_formula) == Exact::ratio(120'282'761'998, 1'000'000'000));  // all nine decimals of phosphorus

static_assert(elemental_share("Mg"_formula) == 1);
static_assert(elemental_share("MgO"_formula) == Exact::ratio(24'305, 40'304));
static_assert(elemental_share("Mg3(C6H5O7)2"_formula) == Exact::ratio(3 * 24'305, 451'113));
static_assert(elemental_share("NaCl"_formula) == 0);
static_assert(elemental_share(Formula{}) == 0);
static_assert(magnesium_atoms("4MgCO3·Mg(OH)2·5H2O"_formula) == 5);

// A literal can stand wherever a constant must.
static_assert("MgSO4·7H2O"_formula == "MgSO4(H2O)7"_formula);

Formula read(std::string_view text) {
  const Result<Formula> formula = parse_formula(text);
  EXPECT_TRUE(formula) << text << ": " << (formula ? "" : describe(formula.error()));
  return formula ? *formula : Formula{};
}

Error refusal(std::string_view text) {
  const Result<Formula> formula = parse_formula(text);
  EXPECT_FALSE(formula) << text << " was read as " << (formula ? hill_notation(*formula) : "");
  if (formula) return {};
  EXPECT_FALSE(formula.error().place.empty() || formula.error().found.empty() || formula.error().expected.empty()) << text;
  return formula.error();
}

TEST(AtomicWeights, EachElementHasASymbolOfItsOwn) {
  std::set<std::string_view> symbols;
  for (const Element& element : elements) EXPECT_TRUE(symbols.insert(element.symbol).second) << element.symbol;
  EXPECT_EQ(symbols.size(), 118U);
}

TEST(AtomicWeights, TheElementsWithoutAStandardAtomicWeightAreThoseWithoutALastingIsotope) {
  for (std::size_t number = 1; number <= elements.size(); ++number) {
    const bool none = number == 43 || number == 61 || (number >= 84 && number <= 89) || number >= 93;
    EXPECT_EQ(elements[number - 1].standard_atomic_weight.empty(), none) << elements[number - 1].symbol;
  }
}

TEST(AtomicWeights, WeightsRiseWithTheNumberExceptInTheFourKnownPairs) {
  const std::set<std::pair<std::string_view, std::string_view>> inverted{{"Ar", "K"}, {"Co", "Ni"}, {"Te", "I"}, {"Th", "Pa"}};
  const Element* before = nullptr;
  Exact weight;
  for (const Element& element : elements) {
    if (element.standard_atomic_weight.empty()) continue;
    const Exact heavier = *Exact::parse(element.standard_atomic_weight);
    if (before != nullptr) {
      EXPECT_EQ(heavier < weight, inverted.contains({before->symbol, element.symbol})) << element.symbol;
    }
    before = &element;
    weight = heavier;
  }
}

TEST(AtomicWeights, EachWeightIsThePublishedOneInTheMolarMass) {
  for (const Element& element : elements) {
    if (element.standard_atomic_weight.empty()) continue;
    EXPECT_EQ(molar_mass(read(element.symbol)), *Exact::parse(element.standard_atomic_weight)) << element.symbol;
  }
}

TEST(Formula, IsReadAtRunTimeAsItIsByTheCompiler) {
  EXPECT_EQ(read("MgSO4·7H2O"), "MgSO4·7H2O"_formula);
  EXPECT_EQ(read("Mg3(C6H5O7)2"), "Mg3(C6H5O7)2"_formula);
  EXPECT_EQ(read("[Mg(H2O)6]2+"), "[Mg(H2O)6]2+"_formula);
}

TEST(Formula, CountsItsAtoms) {
  const Formula epsom = read("MgSO4·7H2O");
  EXPECT_EQ(epsom.count(12), 1);
  EXPECT_EQ(epsom.count(16), 1);
  EXPECT_EQ(epsom.count(8), 11);
  EXPECT_EQ(epsom.count(1), 14);
  EXPECT_EQ(epsom.count(6), 0);
  EXPECT_EQ(epsom.charge(), 0);
  ASSERT_EQ(epsom.atoms().size(), 4U);
  EXPECT_EQ(epsom.atoms().front().atomic_number, 1);
}

TEST(Formula, OneCompoundWrittenInManyWaysIsTheSame) {
  for (const std::string_view text :
       {"MgSO4.7H2O", "MgSO4*7H2O", "MgSO4\u22C57H2O", "MgSO4\u20227H2O", "MgSO4\u22197H2O", "7H2O\u00B7MgSO4", "Mg(SO4)(H2O)7",
        "Mg[SO4][H2O]7", "MgSO₄·7H₂O", "MgO4SO7H14", "H14MgO11S"})
    EXPECT_EQ(read(text), "MgSO4·7H2O"_formula) << text;
  EXPECT_EQ(read("2MgO"), read("Mg2O2"));
  EXPECT_EQ(read("(MgCO3)4·Mg(OH)2·5H2O"), read("4MgCO3·Mg(OH)2·5H2O"));
  EXPECT_EQ(read("Mg((CH2)2(OH)2)3"), read("MgC6H12(OH)6"));
}

TEST(Formula, SymbolsGoByTheirCase) {
  EXPECT_EQ(read("Co").count(27), 1);
  EXPECT_EQ(read("CO").count(6), 1);
  EXPECT_EQ(read("NO").count(7), 1);
  EXPECT_EQ(refusal("No").kind, ErrorKind::unknown_name) << "nobelium has no standard atomic weight";
}

TEST(Formula, ChargesAreReadInTheUsualNotations) {
  const std::vector<std::pair<std::string_view, int>> charges{{"Mg2+", 2},
                                                              {"Mg^2+", 2},
                                                              {"Mg\u00B2\u207A", 2},
                                                              {"Mg\u00B2+", 2},
                                                              {"Na+", 1},
                                                              {"Na^+", 1},
                                                              {"Cl-", -1},
                                                              {"Cl\u2212", -1},
                                                              {"Cl\u207B", -1},
                                                              {"SO4^2-", -2},
                                                              {"SO\u2084\u00B2\u207B", -2},
                                                              {"SO\u20842-", -2},
                                                              {"NH4^+", 1},
                                                              {"NH\u2084+", 1},
                                                              {"OH-", -1},
                                                              {"[Mg(H2O)6]2+", 2},
                                                              {"[Mg(H2O)6]^2+", 2},
                                                              {"C6H5O7^3-", -3}};
  for (const auto& [text, charge] : charges) EXPECT_EQ(read(text).charge(), charge) << text;
  EXPECT_EQ(read("Mg2+").count(12), 1);
  EXPECT_EQ(read("SO4^2-").count(8), 4);
  EXPECT_NE(read("Mg2+"), read("Mg"));
}

TEST(Formula, WhatCouldBeACountOrAChargeIsRefused) {
  for (const std::string_view text : {"SO42-", "NH4+", "NO3-", "PO43-", "Mg(H2O)62+", "(C6H5O7)3-"}) {
    const Error error = refusal(text);
    EXPECT_EQ(error.kind, ErrorKind::syntax) << text;
    EXPECT_NE(error.expected.find('^'), std::string::npos) << error.expected;
  }
}

TEST(Formula, WhatCouldBeADecimalPointIsRefused) {
  EXPECT_EQ(refusal("Mg1.5Al2O4").kind, ErrorKind::syntax);
  EXPECT_EQ(refusal("MgSO4.2C2H6O").kind, ErrorKind::syntax);
  EXPECT_EQ(read("MgSO4·2C2H6O").count(6), 4);
  EXPECT_EQ(read("MgCO3.Mg(OH)2.3H2O").count(1), 8);
  EXPECT_EQ(refusal("Mg0.9O").kind, ErrorKind::syntax);
  EXPECT_EQ(refusal("MgSO4·0.5H2O").kind, ErrorKind::syntax);
}

TEST(Formula, RefusesWhatIsNoFormula) {
  for (const std::string_view text :
       {"",        " ",    "·",     "MgO·",       "·MgO",  "MgO··H2O", "()",      "Mg()",     "(Mg",           "Mg)", "Mg(OH]2",
        "(Mg[O)]", "Mg0",  "Mg02",  "0MgO",       "2",     "2·MgO",    "Mg O",    "MgO ",     "MgO\n",         "^2+", "+",
        "Mg^",     "Mg^2", "Mg^+2", "Mg^0+",      "Mg2+O", "Mg2+·O",   "Mg++",    "2Mg^2+",   "Mg²",           "²Mg", "₂Mg",
        "Mg{OH}2", "Mg-O", "MgO;",  "MgSO4·xH2O", "µ",     "\xFF",     "MgO\xC2", "\xE2\x82", "Mg\xE2\x82\x8A"})
    EXPECT_NE(refusal(text).kind, ErrorKind::too_large) << text;
  EXPECT_EQ(refusal(std::string_view{"Mg\0O", 4}).kind, ErrorKind::syntax);
}

TEST(Formula, NamesAnUnknownElementAndItsPlace) {
  EXPECT_EQ(refusal("MgXx2"), (Error{ErrorKind::unknown_name, "byte 2", "\"Xx2\"", "the symbol of an element, such as Mg"}));
  for (const std::string_view text : {"mgO", "MGO", "Mgo", "D2O", "J"})
    EXPECT_EQ(refusal(text).kind, ErrorKind::unknown_name) << text;
}

TEST(Formula, AFaultIsWhereItBegins) {
  EXPECT_EQ(refusal("MgO)").place, "byte 3");
  EXPECT_EQ(refusal("Mg(O[H").place, "byte 4");
  EXPECT_EQ(refusal("MgSO4·").place, "byte 7");
  EXPECT_EQ(refusal("MgSO4·").found, "the end of the text");
  EXPECT_EQ(refusal("SO42-").place, "byte 2");
  EXPECT_EQ(refusal("Mg1000001").place, "byte 2");
}

TEST(Formula, KeepsToItsLimits) {
  EXPECT_EQ(read("Mg1000000").count(12), 1'000'000);
  for (const std::string_view text :
       {"Mg1000001", "(Mg1000)1001", "1001Mg1000", "Mg1000000O", "Mg99999999999999999999999", "((((Mg1000)1000)1000)1000)1000"})
    EXPECT_EQ(refusal(text).kind, ErrorKind::too_large) << text;
  EXPECT_EQ(read("((((((((Mg))))))))").count(12), 1);
  EXPECT_EQ(refusal("(((((((((Mg)))))))))").kind, ErrorKind::too_large);
  EXPECT_EQ(read("Mg(((O)))[[[[[[[[H]]]]]]]]").count(1), 1) << "depth is counted anew after each bracket";
  EXPECT_EQ(read("HHeLiBeBCNOFNeNaMgAlSiPS").atoms().size(), 16U);
  EXPECT_EQ(refusal("HHeLiBeBCNOFNeNaMgAlSiPSCl").kind, ErrorKind::too_large);
  EXPECT_EQ(read(std::string(256, 'O')).count(8), 256);
  EXPECT_EQ(refusal(std::string(257, 'O')).kind, ErrorKind::too_large);
  EXPECT_EQ(read("Mg^99+").charge(), 99);
  EXPECT_EQ(refusal("Mg^100+").kind, ErrorKind::too_large);
}

TEST(Formula, TheHeaviestThatCanBeWrittenHasAMolarMass) { EXPECT_EQ(molar_mass(read("U1000000")), *Exact::parse("238028910")); }

TEST(Formula, HillNotationReadsBackAsTheSameFormula) {
  EXPECT_EQ(hill_notation("Mg3(C6H5O7)2"_formula), "C12H10Mg3O14");
  EXPECT_EQ(hill_notation("MgSO4·7H2O"_formula), "H14MgO11S");
  EXPECT_EQ(hill_notation("MgCO3"_formula), "CMgO3");
  for (const std::string_view text :
       {"MgO", "Mg3(C6H5O7)2·9H2O", "Mg2+", "Cl-", "SO4^2-", "[Mg(H2O)6]2+", "C6H5O7^3-", "U1000000"})
    EXPECT_EQ(read(hill_notation(read(text))), read(text)) << text;
}

TEST(Salt, WaterLowersTheShareOfMagnesium) {
  Exact share = elemental_share(read("MgSO4"));
  for (int water = 1; water <= 12; ++water) {
    const Exact wetter = elemental_share(read("MgSO4·" + std::to_string(water) + "H2O"));
    EXPECT_LT(wetter, share) << water;
    share = wetter;
  }
}

TEST(Salt, FiveHundredMilligramsOfTheOxideHold301_5MilligramsOfMagnesium) {
  EXPECT_EQ(elemental_mass_of(500_mg_salt, "MgO"_formula).in(units::mg).decimal(1), "301.5");
  EXPECT_EQ(elemental_mass_of(SaltMass{1, units::g}, "MgSO4·7H2O"_formula).in(units::mg).decimal(1), "98.6");
}

TEST(Salt, TheMagnesiumOfASaltAndTheSaltOfItsMagnesiumAreInverse) {
  for (const std::string_view text : {"MgO", "Mg3(C6H5O7)2·9H2O", "Mg(C2H4NO2)2", "MgSO4·7H2O", "4MgCO3·Mg(OH)2·5H2O"})
    for (int mg = 0; mg <= 2000; mg += 7) {
      const SaltMass salt{mg, units::mg};
      ASSERT_EQ(salt_mass_of(elemental_mass_of(salt, read(text)), read(text)), salt) << mg << " mg of " << text;
    }
}

}  // namespace
}  // namespace magnesia
