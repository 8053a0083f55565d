#include "magnesia/renal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "renal/logarithm.hpp"

namespace magnesia::renal {
namespace {

constexpr Sex m = Sex::male;
constexpr Sex f = Sex::female;

Exact exact(std::string_view decimal) { return *Exact::parse(decimal); }
Age years(std::string_view n) { return {exact(n), units::a}; }
Creatinine mg_dL(std::string_view n) { return {exact(n), units::mg_dL}; }
Creatinine umol_L(std::string_view n) { return creatinine(exact(n), units::umol_L); }
CystatinC mg_L(std::string_view n) { return {exact(n), units::mg_L}; }
Length cm(std::string_view n) { return {exact(n), units::cm}; }
Mass kg(std::string_view n) { return {exact(n), units::kg}; }
std::string figure(const Result<Egfr>& egfr, int places = 6) {
  return egfr ? egfr->in(units::mL_min_1_73m2).decimal(places) : describe(egfr.error());
}
std::string figure(const Result<CreatinineClearance>& clearance, int places = 6) {
  return clearance ? clearance->in(units::mL_min).decimal(places) : describe(clearance.error());
}
// Without the zeros that decimal() leaves out.
std::string trimmed(std::string text) {
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

// ---- Published examples ----

TEST(Renal, CkdEpi2021AgreesWithTheCalculatorOfTheNationalKidneyFoundation) {
  // As recorded in the tests of the R package admiral (compute_egfr), tests 1, 2 and 7.
  EXPECT_EQ(figure(ckd_epi_2021(years("55"), m, mg_dL("1.09")), 0), "80");
  EXPECT_EQ(figure(ckd_epi_2021(years("65"), f, umol_L("85")), 0), "66");
  // That package's own figures, for creatinine in umol/L by its factor, 88.42.
  const auto admiral = [](std::string_view age, Sex sex, std::string_view umol) {
    return figure(
        ckd_epi_2021(years(age), sex, Creatinine{Exact::divide(exact(umol), exact("88.42"), Rounding::up), units::mg_dL}), 4);
  };
  EXPECT_EQ(admiral("55", m, "96.3"), "80.2293");
  EXPECT_EQ(admiral("52", f, "70"), "89.7175");
  EXPECT_EQ(admiral("67", m, "77"), "94.5453");
  EXPECT_EQ(admiral("76", f, "65"), "84.4646");
}

TEST(Renal, CkdEpi2009AgreesWithTheCalculatorOfTheNationalKidneyFoundation) {
  // As recorded in the tests of the R package SCREAM (ckd_epi): whole figures.
  const auto male = [](std::string_view age, std::string_view creatinine) {
    return figure(ckd_epi_2009(years(age), m, umol_L(creatinine)), 0);
  };
  const auto female = [](std::string_view age, std::string_view creatinine) {
    return figure(ckd_epi_2009(years(age), f, umol_L(creatinine)), 0);
  };
  EXPECT_EQ(male("40", "50"), "129");
  EXPECT_EQ(female("40", "50"), "116");
  EXPECT_EQ(male("50", "30"), "148");
  EXPECT_EQ(female("50", "30"), "128");
  EXPECT_EQ(male("60", "60"), "104");
  EXPECT_EQ(female("60", "60"), "95");
  EXPECT_EQ(male("70", "100"), "65");
  EXPECT_EQ(female("70", "100"), "49");
  // As recorded in the tests of the R package transplantr.
  EXPECT_EQ(figure(ckd_epi_2009(years("45.2"), m, umol_L("120")), 1), "62.5");
}

TEST(Renal, CkidU25AgreesWithTheCalculatorOfItsAuthors) {
  // github.com/ckidstudy/CKiD_U25, the R program: "Calculated from Shinyapps.io".
  EXPECT_EQ(figure(ckid_u25(years("11"), m, mg_dL("0.9"), cm("120")), 1), "51.6");
  EXPECT_EQ(figure(ckid_u25(years("11"), f, mg_dL("0.9"), cm("120")), 1), "47.8");
  EXPECT_EQ(figure(ckid_u25(years("15"), m, mg_dL("1.9"), cm("160")), 1), "37.5");
  EXPECT_EQ(figure(ckid_u25(years("15"), f, mg_dL("1.9"), cm("160")), 1), "32.5");
  EXPECT_EQ(figure(ckid_u25(years("20"), m, mg_dL("2.1"), cm("181")), 1), "43.8");
  EXPECT_EQ(figure(ckid_u25(years("20"), f, mg_dL("2.1"), cm("181")), 1), "35.7");
}

TEST(Renal, BedsideSchwartzAgreesWithTransplantr) {
  EXPECT_EQ(figure(bedside_schwartz(years("4"), mg_dL("0.6"), cm("101")), 1), "69.5");
}

TEST(Renal, CockcroftGaultAgreesWithTheCalculatorOfTheNationalKidneyFoundation) {
  // As recorded in the tests of the R package admiral, tests 3 and 4.
  EXPECT_EQ(figure(cockcroft_gault(years("55"), m, mg_dL("1.09"), kg("90")), 0), "97");
  EXPECT_EQ(figure(cockcroft_gault(years("65"), f, umol_L("85"), kg("60")), 0), "55");
  // As recorded in the tests of the R package transplantr.
  EXPECT_EQ(figure(cockcroft_gault(years("25"), f, umol_L("88.4"), kg("60")), 2), "81.46");
}

// ---- The arithmetic, against 40 digits (mpmath), rounded down to 1e-6 ----

TEST(Renal, CreatinineEquationsToTheLastDigit) {
  struct Row {
    Sex sex;
    std::string age, creatinine, of_2021, of_2009;
  };
  const std::vector<Row> rows{
      {m, "18", "0.9", "126.960962", "124.252628"},    {f, "18", "0.7", "128.484494", "126.489176"},
      {m, "55", "1.09", "80.151589", "76.007830"},     {f, "67", "1.3", "45.069939", "42.416278"},
      {f, "67.5", "1.3", "44.930005", "42.267560"},    {f, "120", "15", "1.722487", "1.519518"},
      {m, "18", "0.01", "494.141632", "789.767498"},   {f, "99.25", "0.3", "95.077172", "94.459178"},
      {m, "40", "0.5656", "127.400590", "128.855025"}, {m, "64", "0.9000001", "95.372639", "89.943743"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(figure(ckd_epi_2021(years(row.age), row.sex, mg_dL(row.creatinine))), trimmed(row.of_2021));
    EXPECT_EQ(figure(ckd_epi_2009(years(row.age), row.sex, mg_dL(row.creatinine))), trimmed(row.of_2009));
  }
}

TEST(Renal, CystatinEquationsToTheLastDigit) {
  struct Row {
    Sex sex;
    std::string age, creatinine, cystatin, of_both, of_cystatin;
  };
  const std::vector<Row> rows{
      {m, "18", "0.9", "0.8", "125.830722", "123.742741"},    {f, "18", "0.7", "0.8", "121.174985", "115.328234"},
      {m, "55", "1.09", "0.98", "83.786395", "81.483660"},    {f, "67", "1.3", "1.6", "41.668115", "37.746387"},
      {f, "67.5", "0.6", "0.55", "116.581805", "114.018104"}, {f, "120", "15", "8", "2.560074", "3.600710"},
      {m, "18", "0.01", "0.01", "990.593964", "1101.949357"}, {m, "80", "0.6", "1.9", "53.414581", "30.599718"},
      {f, "45", "2.4", "0.7", "58.240108", "110.630726"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(figure(ckd_epi_2021(years(row.age), row.sex, mg_dL(row.creatinine), mg_L(row.cystatin))), trimmed(row.of_both));
    EXPECT_EQ(figure(ckd_epi_2012(years(row.age), row.sex, mg_L(row.cystatin))), trimmed(row.of_cystatin));
  }
}

TEST(Renal, CkidU25ToTheLastDigit) {
  struct Row {
    Sex sex;
    std::string age, height, creatinine, egfr;
  };
  const std::vector<Row> rows{
      {m, "1", "75", "0.3", "89.317953"},      {f, "1", "75", "0.3", "82.676361"},      {f, "9.5", "132", "0.8", "58.390180"},
      {m, "9.5", "132", "0.8", "63.080804"},   {m, "11.99", "150", "0.7", "83.564769"}, {m, "12", "152", "0.7", "84.685714"},
      {f, "12", "152", "0.7", "78.388571"},    {f, "15", "160", "1.9", "32.546214"},    {m, "17.75", "181", "1.1", "82.655006"},
      {f, "17.75", "168", "5.5", "12.567204"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(figure(ckid_u25(years(row.age), row.sex, mg_dL(row.creatinine), cm(row.height))), trimmed(row.egfr));
}

TEST(Renal, LogarithmsAreWithin2ToTheMinus50) {
  struct Row {
    std::int64_t numerator, denominator, raw;  // raw: ln * 2^56
  };
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  const std::vector<Row> rows{
      {2, 1, 49946518145322874},
      {1, 2, -49946518145322874},
      {3, 1, 79163358301925545},
      {1414213562, 1000000000, 24973259053651344},
      {7, 5, 24245379831484991},
      {9938, 10000, -448147781191381},
      {largest, 1, 3146630643155341041},
      {1, largest, -3146630643155341041},
      {1, 1, 0},
      {1000000000000001, 1000000000000000, 72},
      {142, 1, 357104974238810551},
      {1, 1000000, -995512451212496930},
      {largest, largest, 0},
  };
  for (const Row& row : rows)
    EXPECT_NEAR(static_cast<double>(Logarithm::of(Exact::ratio(row.numerator, row.denominator)).raw() - row.raw), 0, 64)
        << row.raw;
}

TEST(Renal, PowersAreRoundedDownToAMillionth) {
  struct Row {
    std::int64_t base, numerator, denominator;
    std::string power;
  };
  const std::vector<Row> rows{{2, 1, 2, "1.414213"},  {10, 7, 3, "215.443469"}, {10, 3, 1, "1000"},     {2, -19, 1, "0.000001"},
                              {3, 5, 2, "15.588457"}, {142, 1, 1, "142"},       {7, -1, 3, "0.522757"}, {10, -30, 1, "0"}};
  for (const Row& row : rows)
    EXPECT_EQ((Logarithm::of(row.base) * Exact::ratio(row.numerator, row.denominator)).power().decimal(6), row.power);
  // Held at its end, not overflowed.
  EXPECT_EQ((Logarithm::of(10) * Exact{1'000'000'000'000}).power(), (Logarithm::of(10) * Exact{30}).power());
  EXPECT_EQ((Logarithm::of(10) * Exact{-1'000'000'000'000}).power(), Exact{});
}

// ---- Danger is monotone ----

TEST(Renal, AHigherMarkerOrAgeNeverGivesAHigherEstimate) {
  // Steps of a hundredth over the usual range, and of 1e-9 around the knees of the splines.
  std::vector<Exact> values;
  for (std::int64_t i = 5; i < 2'000; i += 3) values.push_back(Exact::ratio(i, 100));
  for (const std::int64_t knee : {700'000'000, 800'000'000, 900'000'000})
    for (std::int64_t i = -20; i <= 20; ++i) values.push_back(Exact::ratio(knee + i, 1'000'000'000));
  std::sort(values.begin(), values.end());
  for (const Sex sex : {f, m})
    for (std::size_t i = 1; i < values.size(); ++i) {
      const Creatinine low{values[i - 1], units::mg_dL}, high{values[i], units::mg_dL};
      const CystatinC low_c{values[i - 1], units::mg_L}, high_c{values[i], units::mg_L};
      const Age age = years("57.3");
      ASSERT_GE(*ckd_epi_2021(age, sex, low), *ckd_epi_2021(age, sex, high));
      ASSERT_GE(*ckd_epi_2009(age, sex, low), *ckd_epi_2009(age, sex, high));
      ASSERT_GE(*ckd_epi_2012(age, sex, low_c), *ckd_epi_2012(age, sex, high_c));
      ASSERT_GE(*ckd_epi_2021(age, sex, low, mg_L("1.1")), *ckd_epi_2021(age, sex, high, mg_L("1.1")));
      ASSERT_GE(*ckd_epi_2021(age, sex, mg_dL("1.1"), low_c), *ckd_epi_2021(age, sex, mg_dL("1.1"), high_c));
      ASSERT_GE(*ckid_u25(years("13.2"), sex, low, cm("150")), *ckid_u25(years("13.2"), sex, high, cm("150")));
      ASSERT_GE(*bedside_schwartz(years("13.2"), low, cm("150")), *bedside_schwartz(years("13.2"), high, cm("150")));
      ASSERT_GE(*cockcroft_gault(age, sex, low, kg("70")), *cockcroft_gault(age, sex, high, kg("70")));
    }
  for (const Sex sex : {f, m})
    for (std::int64_t days = 18 * 366; days < 120 * 365; days += 91) {
      const Age younger{days, units::d}, older{days + 91, units::d};
      ASSERT_GE(*ckd_epi_2021(younger, sex, mg_dL("1.4")), *ckd_epi_2021(older, sex, mg_dL("1.4")));
      ASSERT_GE(*ckd_epi_2012(younger, sex, mg_L("1.4")), *ckd_epi_2012(older, sex, mg_L("1.4")));
      ASSERT_GE(*cockcroft_gault(younger, sex, mg_dL("1.4"), kg("70")), *cockcroft_gault(older, sex, mg_dL("1.4"), kg("70")));
    }
}

// ---- What is refused ----

TEST(Renal, EquationsRefuseWhatTheyDoNotHoldFor) {
  const auto error = [](const auto& result) { return result ? "" : describe(result.error()); };
  EXPECT_EQ(error(ckd_epi_2021(years("17.999"), f, mg_dL("1"))), "age: found 17.999 a, expected 18 a or more");
  EXPECT_EQ(error(ckd_epi_2012(years("17"), f, mg_L("1"))), "age: found 17 a, expected 18 a or more");
  EXPECT_EQ(error(ckd_epi_2009(Age::of_base(Exact::infinity()), f, mg_dL("1"))), "age: found inf a, expected 18 a or more");
  EXPECT_EQ(error(ckd_epi_2021(years("18"), f, mg_dL("0"))), "creatinine: found 0 mg/dL, expected above 0");
  EXPECT_EQ(error(ckd_epi_2021(years("18"), f, mg_dL("1"), mg_L("-1"))), "cystatin C: found -0.1 mg/dL, expected above 0");
  EXPECT_EQ(error(bedside_schwartz(years("18"), mg_dL("1"), cm("170"))), "age: found 18 a, expected 1 a or more, below 18 a");
  EXPECT_EQ(error(bedside_schwartz(years("0.999"), mg_dL("1"), cm("70"))),
            "age: found 0.999 a, expected 1 a or more, below 18 a");
  EXPECT_EQ(error(ckid_u25(years("25.001"), f, mg_dL("1"), cm("170"))), "age: found 25.001 a, expected 1 a or more, below 25 a");
  EXPECT_EQ(error(ckid_u25(years("25"), f, mg_dL("1"), cm("170"))), "");
  EXPECT_EQ(error(ckid_u25(years("5"), f, mg_dL("1"), cm("0"))), "height: found 0 cm, expected above 0");
  EXPECT_EQ(error(cockcroft_gault(years("140"), f, mg_dL("1"), kg("70"))),
            "age: found 140 a, expected 18 a or more, below 140 a");
  EXPECT_EQ(error(cockcroft_gault(years("40"), f, mg_dL("1"), kg("0"))), "weight: found 0 mg, expected above 0");
}

// ---- Stages ----

TEST(Renal, StagesBeginAtTheirLowerEndsAndLeaveNoGap) {
  const auto stage = [](std::string_view egfr) { return name(stage_of({exact(egfr), units::mL_min_1_73m2})); };
  EXPECT_EQ(stage("120"), "G1");
  EXPECT_EQ(stage("90"), "G1");
  EXPECT_EQ(stage("89.999999"), "G2");
  EXPECT_EQ(stage("60"), "G2");
  EXPECT_EQ(stage("59.6"), "G3a");
  EXPECT_EQ(stage("45"), "G3a");
  EXPECT_EQ(stage("44.999999"), "G3b");
  EXPECT_EQ(stage("30"), "G3b");
  EXPECT_EQ(stage("29.999999"), "G4");
  EXPECT_EQ(stage("15"), "G4");
  EXPECT_EQ(stage("14.999999"), "G5");
  EXPECT_EQ(stage("0"), "G5");
}

// ---- The choice ----

Patient woman_of(std::string_view age) {
  Patient patient;
  patient.age = years(age);
  patient.sex = f;
  return patient;
}

TEST(Renal, AGivenGfrIsTakenAsItIs) {
  Patient patient = woman_of("67");
  patient.labs.creatinine = mg_dL("1.3");
  patient.labs.egfr = 41_mL_min_1_73m2;
  const auto estimate = choose(patient);
  ASSERT_TRUE(estimate.has_value());
  EXPECT_EQ(name(estimate->equation), "as-given");
  EXPECT_EQ(estimate->value, Interval<Exact>{41});
  EXPECT_EQ(estimate->because, "because.as-given");
}

TEST(Renal, AdultsGetTheBestThatTheirMarkersAllow) {
  Patient patient = woman_of("67");
  EXPECT_FALSE(choose(patient).has_value());
  patient.labs.cystatin_c = mg_L("1.6");
  EXPECT_EQ(name(choose(patient)->equation), "ckd-epi-2012-cystatin-c");
  EXPECT_EQ(choose(patient)->because, "because.cystatin");
  EXPECT_EQ(choose(patient)->value.low.decimal(6), "37.746387");
  patient.labs.creatinine = mg_dL("1.3");
  EXPECT_EQ(name(choose(patient)->equation), "ckd-epi-2021-creatinine-cystatin-c");
  EXPECT_EQ(choose(patient)->because, "because.creatinine-and-cystatin");
  EXPECT_TRUE(choose(patient)->value.is_point());
  patient.labs.cystatin_c.forget();
  EXPECT_EQ(name(choose(patient)->equation), "ckd-epi-2021-creatinine");
  EXPECT_EQ(choose(patient)->because, "because.creatinine-adult");
}

TEST(Renal, ChildrenNeedTheirHeightAndInfantsHaveNoEquation) {
  Patient patient = woman_of("15");
  patient.labs.creatinine = mg_dL("1.9");
  EXPECT_FALSE(choose(patient).has_value());
  patient.height = cm("160");
  EXPECT_EQ(name(choose(patient)->equation), "ckid-u25-creatinine");
  EXPECT_EQ(choose(patient)->because, "because.child-u25");
  EXPECT_EQ(choose(patient)->value.high.decimal(6), "32.546214");
  patient.age = years("18");
  EXPECT_EQ(name(choose(patient)->equation), "ckd-epi-2021-creatinine");
  patient.age = years("0.99");
  EXPECT_FALSE(choose(patient).has_value());
  patient.age.forget();
  EXPECT_FALSE(choose(patient).has_value());
}

TEST(Renal, ToLearnTheSexOnlyNarrowsTheEstimate) {
  for (const std::string_view age : {"3", "11.5", "14", "18", "24", "50", "88"}) {
    Patient patient = woman_of(age);
    patient.height = cm("140");
    patient.weight = kg("60");
    patient.labs.creatinine = mg_dL("0.8");
    Patient unknown = patient;
    unknown.sex.forget();
    const auto hull = choose(unknown);
    ASSERT_TRUE(hull.has_value());
    EXPECT_EQ(hull->because, "because.sex-unknown");
    EXPECT_LT(hull->value.low, hull->value.high);
    for (const Sex sex : {f, m}) {
      patient.sex = sex;
      EXPECT_EQ(choose(patient)->equation, hull->equation);
      EXPECT_TRUE(choose(patient)->value.inside(hull->value));
      if (*patient.age.if_known() >= years("18")) {
        EXPECT_TRUE(choose_clearance(patient)->value.inside(choose_clearance(unknown)->value));
      } else {
        EXPECT_FALSE(choose_clearance(patient).has_value());
      }
    }
  }
}

}  // namespace
}  // namespace magnesia::renal
