// Limits of intake: whose, and how far one can be trusted.
#include <gtest/gtest.h>

#include <array>

#include "magnesia/magnesia.hpp"

namespace magnesia {
namespace {

using namespace literals;
using namespace std::chrono_literals;

constexpr const char* ward = R"({"magnesia": "pack/1", "id": "ward", "version": "1", "date": "2026-11-25", "documents": [
  {"magnesia": "limit/1", "id": "ward", "name": "the ward", "covers": "supplements", "recommended": [],
   "upper": [{"for": "everyone", "bands": [{"from": {"value": 0, "unit": "a"}, "limit": {"value": 100, "unit": "mg"}}]}],
   "sources": [{"source": "nasem-1997", "locator": "nowhere", "confirmed": CONFIRMED}], "reviewed": "2026-11-25"}]})";

Assessment of_150_mg(bool confirmed, const std::string& authority) {
  std::string text{ward};
  text.replace(text.find("CONFIRMED"), 9, confirmed ? "true" : "false");
  const std::array packs{Pack::embedded(), Pack{"ward", {{"ward.json", text}}, {}}};
  const Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
  if (!knowledge) {
    ADD_FAILURE() << describe(knowledge.error().front());
    return {};
  }
  Patient ben;
  ben.age = 40_years;
  ben.sex = Sex::male;
  ben.labs.egfr = 90_mL_min_1_73m2;
  ben.conditions = known_none;
  ben.medications = known_none;
  Result<Assessment> answer =
      Checker{*knowledge, {.authority = authority}}.assess(ben, {{"Magnesium (as magnesium oxide) 150 mg", daily(12h)}});
  if (!answer) ADD_FAILURE() << describe(answer.error());
  return answer ? *std::move(answer) : Assessment{};
}

TEST(Limit, OneThatWasReadInItsSourceIsBroken) {
  for (const char* const authority : {"ward", "strictest"}) {
    const Assessment answer = of_150_mg(true, authority);
    EXPECT_EQ(answer.at_least(), Severity::moderate) << authority;
    EXPECT_TRUE(answer.decided()) << authority;
  }
}

TEST(Limit, OneThatNobodyReadInItsSourceMayBeBroken) {
  for (const char* const authority : {"ward", "strictest"}) {
    const Assessment answer = of_150_mg(false, authority);
    EXPECT_EQ(answer.at_least(), Severity::none) << authority;
    EXPECT_EQ(answer.at_most(), Severity::moderate) << authority;
    ASSERT_EQ(answer.findings().size(), 1U) << authority;
    EXPECT_EQ(answer.findings()[0].status, Status::possible) << authority;
    EXPECT_FALSE(answer.clearance()) << authority;
    EXPECT_TRUE(answer.missing().empty()) << "nobody can be asked";
    EXPECT_EQ(answer.intake().limit->low, Exact{100}) << authority;
  }
}

}  // namespace
}  // namespace magnesia
