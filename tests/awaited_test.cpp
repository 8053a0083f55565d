// What is awaited only where something else may be so.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "magnesia/magnesia.hpp"

namespace magnesia {
namespace {

using namespace literals;
using namespace std::chrono_literals;

// The last three months of a pregnancy as a reason for caution: the knowledge's own rules about the trimester only inform.
constexpr const char* late = R"({"magnesia": "pack/1", "id": "late", "version": "1", "date": "2026-11-25", "documents": [
  {"magnesia": "rule/1", "id": "late", "topic": "pregnancy", "severity": "moderate", "scope": "person",
   "when": {"fact": "trimester", "at_least": {"value": 3, "unit": "1"}}, "message": "m", "action": "a",
   "sources": [{"source": "nasem-1997", "locator": "nowhere", "confirmed": true}], "reviewed": "2026-11-25"}]})";

// A woman of whom nobody told whether she is pregnant.
Assessment at(Age age, bool pregnancy_told = false) {
  const std::array packs{Pack::embedded(), Pack{"late", {{"late.json", late}}, {}}};
  const Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
  if (!knowledge) {
    ADD_FAILURE() << describe(knowledge.error().front());
    return {};
  }
  Patient eve;
  eve.age = age;
  eve.sex = Sex::female;
  if (pregnancy_told) eve.pregnant = true;
  eve.labs.egfr = 90_mL_min_1_73m2;
  eve.conditions = known_none;
  eve.medications = known_none;
  Result<Assessment> answer = Checker{*knowledge}.assess(eve, {{"Magnesium (as magnesium oxide) 150 mg", daily(12h)}});
  if (!answer) ADD_FAILURE() << describe(answer.error());
  return answer ? *std::move(answer) : Assessment{};
}

template <class One>
bool names(const std::vector<One>& all, std::string_view fact) {
  return std::any_of(all.begin(), all.end(), [&](const One& one) { return one.fact == fact; });
}

TEST(Awaited, ATrimesterWherePregnancyIs) {
  const Assessment answer = at(30_years);
  EXPECT_EQ(answer.at_most(), Severity::moderate);
  EXPECT_TRUE(names(answer.missing(), "trimester"));
  const Assessment told = at(30_years, true);
  EXPECT_EQ(told.at_most(), Severity::moderate);
  EXPECT_TRUE(names(told.missing(), "trimester"));
}

// Pregnancy is awaited up to an age of 55.
TEST(Awaited, NoTrimesterWherePregnancyIsNot) {
  EXPECT_EQ(at(55_years).at_most(), Severity::moderate);
  const Assessment answer = at(56_years);
  EXPECT_EQ(answer.at_most(), Severity::none);
  EXPECT_TRUE(answer.clearance());
  EXPECT_FALSE(names(answer.missing(), "trimester"));
  EXPECT_FALSE(names(answer.did_without(), "trimester")) << "there is none that could be told";
  EXPECT_EQ(at(56_years, true).at_most(), Severity::moderate) << "told is told";
}

// A class of which one member has a rule of its own, in a person of whom the rule's condition is told: what is open then is which
// medicine it is, and not the list of conditions, although that may hold more. Found by Agreement.OverSmallPacks.
constexpr const char* broad_and_narrow =
    R"({"magnesia": "pack/1", "id": "two", "version": "1", "date": "2026-11-25", "documents": [
  {"magnesia": "drug-class/1", "id": "broad", "name": "broad ones", "classes": []},
  {"magnesia": "drug/1", "id": "narrow", "name": "narrow one", "classes": ["broad"]},
  {"magnesia": "rule/1", "id": "broad", "topic": "timing", "severity": "minor", "scope": "medication", "drug": "broad",
   "when": {"condition": "heart-failure"}, "message": "m", "action": "a",
   "sources": [{"source": "nasem-1997", "locator": "nowhere", "confirmed": true}], "reviewed": "2026-11-25"},
  {"magnesia": "rule/1", "id": "narrow", "topic": "timing", "severity": "none", "scope": "medication", "drug": "narrow",
   "replaces": ["broad"], "message": "m", "action": "a",
   "sources": [{"source": "nasem-1997", "locator": "nowhere", "confirmed": true}], "reviewed": "2026-11-25"}]})";

TEST(Awaited, OfAClassItIsWhichMemberAndNotTheConditionThatIsTold) {
  const std::array packs{Pack::embedded(), Pack{"two", {{"two.json", broad_and_narrow}}, {}}};
  const Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
  ASSERT_TRUE(knowledge) << describe(knowledge.error().front());
  Patient adam;
  adam.age = 40_years;
  adam.sex = Sex::male;
  adam.labs.egfr = 90_mL_min_1_73m2;
  adam.conditions = at_least({"heart failure"});
  adam.medications = exactly({Taken{{"broad ones", {}}, daily(8h)}});
  const Result<Assessment> answer = Checker{*knowledge}.assess(adam, {{"Magnesium (as magnesium oxide) 150 mg", daily(12h)}});
  ASSERT_TRUE(answer) << describe(answer.error());
  bool found = false;
  for (const Finding& finding : answer->findings())
    found = found || (finding.rule == "broad" && finding.status == Status::possible);
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace magnesia
