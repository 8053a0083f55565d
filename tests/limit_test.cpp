// Limits of intake: whose, how far one can be trusted, and what counts towards them.
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

TEST(Limit, OfAGroupIsToldOnce) {
  std::string text{ward};
  text.replace(text.find("CONFIRMED"), 9, "true");
  const std::string_view group = R"({"for": "everyone", "bands": [{"from": {"value": 0, "unit": "a"}, "limit": null}]}, )";
  text.insert(text.find("[{\"for\"") + 1, group);
  const Result<Knowledge, Errors> knowledge =
      Knowledge::load(std::array{Pack::embedded(), Pack{"ward", {{"ward.json", text}}, {}}});
  ASSERT_FALSE(knowledge);
  ASSERT_EQ(knowledge.error().size(), 1U);
  EXPECT_EQ(knowledge.error().front().kind, ErrorKind::conflict);
  EXPECT_EQ(knowledge.error().front().place, "ward.json:/upper/1");
}

constexpr std::array excipients{"talc", "talc, Mg3Si4O10(OH)2", "magnesium stearate", "magnesium palmitate"};

Assessment of(const Regimen& taken) {
  static const Checker checker{Knowledge::embedded()};
  Patient cleo;
  cleo.age = 40_years;
  cleo.sex = Sex::female;
  cleo.pregnant = false;
  cleo.labs.egfr = 90_mL_min_1_73m2;
  cleo.conditions = known_none;
  cleo.medications = known_none;
  Result<Assessment> answer = checker.assess(cleo, taken);
  if (!answer) ADD_FAILURE() << describe(answer.error());
  return answer ? *std::move(answer) : Assessment{};
}

Ingredient claim(const char* salt, int mg) { return {{salt, {}}, ElementalMass::of_base(Exact{mg}), {}, {}}; }
Ingredient mass(const char* salt, int mg) { return {{salt, {}}, {}, SaltMass::of_base(Exact{mg}), {}}; }
Ingredient either(const char* salt, int mg) { return {{salt, {}}, {}, {}, Mass::of_base(Exact{mg})}; }

bool finds(const Assessment& answer, std::string_view rule, Status status) {
  for (const Finding& finding : answer.findings())
    if (finding.rule == rule && finding.status == status) return true;
  return false;
}

// Found by Law3.TellingMoreNeverWidensTheRange: 402 mg a day of which the salt is not said, then is.
TEST(Excipients, NamedAsTheSaltOfAClaimMakeNoVerdictMilder) {
  const Checker checker{Knowledge::embedded()};
  Patient told;
  told.labs.egfr = 60_mL_min_1_73m2;
  told.conditions = known_none;
  told.medications = {Completeness::at_least, {}};
  const auto answer = [&](const char* salt) {
    return *checker.assess(told, {Product{{claim("", 0)}, {}}, Product{{claim(salt, 201)}, daily(8h + 1min, 13h)}});
  };
  const Assessment before = answer("");
  EXPECT_EQ(before.at_least(), Severity::moderate);
  for (const char* const salt : excipients) {
    const Assessment after = answer(salt);
    EXPECT_GE(after.at_least(), before.at_least()) << salt;
    EXPECT_LE(after.at_most(), before.at_most()) << salt;
    EXPECT_EQ(after.intake().per_day, before.intake().per_day) << salt;
  }
}

TEST(Excipients, CountByWhatIsClaimedAndNotByTheirMass) {
  const auto counted = [](const Ingredient& one) { return of({Product{{one}, daily(12h)}}).intake().per_day; };
  for (const char* const salt : excipients) {
    EXPECT_EQ(counted(claim(salt, 400)), Interval<Exact>{Exact{400}}) << salt;
    EXPECT_EQ(counted(mass(salt, 4000)), Interval<Exact>{Exact{}}) << salt;
    EXPECT_EQ(counted(either(salt, 400)), (Interval<Exact>{Exact{}, Exact{400}})) << salt;
    EXPECT_EQ(counted({{salt, {}}, {}, {}, {}}), (Interval<Exact>{Exact{}, Exact::infinity()})) << salt;
    EXPECT_EQ(counted({{salt, {}}, ElementalMass::of_base(Exact{400}), SaltMass::of_base(Exact{9000}), {}}),
              Interval<Exact>{Exact{400}})
        << salt;
    EXPECT_EQ(counted({{salt, {}}, ElementalMass::of_base(Exact{200}), {}, Mass::of_base(Exact{400})}),
              (Interval<Exact>{Exact{200}, Exact{400}}))
        << salt;
  }
}

TEST(Excipients, OfWhichTooMuchIsClaimedAreAnImpossibleClaimThatCounts) {
  const Assessment answer =
      of({Product{{{{"talc", {}}, ElementalMass::of_base(Exact{400}), SaltMass::of_base(Exact{500}), {}}}, daily(12h)}});
  EXPECT_TRUE(finds(answer, "label.claim-impossible", Status::established));
  EXPECT_TRUE(finds(answer, "dose.over-limit", Status::established));
}

TEST(Excipients, ListedOnALabelAreNoDose) {
  const Assessment answer = of({{"Magnesium (as magnesium oxide) 200 mg, cellulose, magnesium stearate", daily(12h)}});
  EXPECT_EQ(answer.intake().per_day, Interval<Exact>{Exact{200}});
  EXPECT_TRUE(answer.clearance());
}

TEST(Excipients, BesideADoseLeaveItCounted) {
  const auto counts = [](std::vector<Ingredient> all) {
    return of({Product{std::move(all), daily(12h)}}).intake().by_product.at(0).counts;
  };
  EXPECT_TRUE(counts({claim("magnesium oxide", 200), mass("magnesium stearate", 20)}));
  EXPECT_TRUE(counts({claim("magnesium stearate", 20)}));
  EXPECT_FALSE(counts({mass("magnesium stearate", 20)}));
}

}  // namespace
}  // namespace magnesia
