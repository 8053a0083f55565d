// A reported history settles what nobody measured, and nothing else.
#include <gtest/gtest.h>

#include <algorithm>

#include "magnesia/magnesia.hpp"

namespace magnesia {
namespace {

using namespace literals;
using namespace std::chrono_literals;

// Somebody of 40 with no disease, whose sex nobody told.
Patient of_40() {
  Patient person;
  person.age = 40_years;
  person.conditions = known_none;
  person.medications = known_none;
  return person;
}

Assessment assess(const Patient& patient, bool history_settles) {
  static const Knowledge knowledge = Knowledge::embedded();
  Result<Assessment> answer = Checker{knowledge, {.history_settles = history_settles}}.assess(
      patient, {{"Magnesium (as magnesium oxide) 100 mg", daily(12h)}});
  if (!answer) ADD_FAILURE() << describe(answer.error());
  return answer ? *std::move(answer) : Assessment{};
}

bool awaits(const Assessment& answer, std::string_view fact) {
  const std::vector<Missing> missing = answer.missing();
  return std::any_of(missing.begin(), missing.end(), [&](const Missing& one) { return one.fact == fact; });
}

TEST(History, SettlesWhatNobodyMeasured) {
  EXPECT_EQ(assess(of_40(), false).at_most(), Severity::contraindicated);
  const Assessment settled = assess(of_40(), true);
  EXPECT_LT(settled.at_most(), Severity::contraindicated);
  EXPECT_EQ(settled.settled().size(), 1U);
}

// By CKD-EPI 2021, a creatinine of 2.2 mg/dL at 40 is an eGFR of 28 in a woman and of 38 in a man.
TEST(History, SettlesNoEstimateThatReachesBelow) {
  Patient person = of_40();
  person.labs.creatinine = Creatinine{*Exact::parse("2.2"), units::mg_dL};
  const Assessment answer = assess(person, true);
  EXPECT_EQ(answer.at_most(), Severity::contraindicated);
  EXPECT_TRUE(answer.settled().empty());
  EXPECT_TRUE(awaits(answer, "sex"));
  person.sex = Sex::female;
  EXPECT_EQ(assess(person, true).at_least(), Severity::contraindicated);
}

}  // namespace
}  // namespace magnesia
