// The knowledge does what its sources say: every case, every rule at, before and beyond its edge, and no rule that nobody would miss.
#include "tests/knowledge/cases.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/base.hpp"

namespace magnesia::testing {
namespace {

const std::string folder = std::string{MAGNESIA_SOURCE_DIR} + "/knowledge";

struct All {
  std::vector<std::string> faults;
  std::vector<Case> cases = read_cases(folder, faults);
  Knowledge knowledge = Knowledge::embedded();
};

const All& all() {
  static const All loaded;
  return loaded;
}

std::string first_difference(const Checker& checker, const Case& one) {
  const Result<Assessment> answer = checker.assess(one.request.patient, one.request.regimen);
  if (!answer) return describe(answer.error());
  const std::vector<std::string> found = differences(one, *answer);
  return found.empty() ? std::string{} : found.front();
}

TEST(Cases, CanAllBeRead) {
  for (const std::string& fault : all().faults) ADD_FAILURE() << fault;
  EXPECT_GT(all().cases.size(), 500U);
}

TEST(Cases, ComeOutAsTheirSourcesSay) {
  const Checker checker{all().knowledge};
  for (const Case& one : all().cases) {
    const std::string difference = first_difference(checker, one);
    EXPECT_TRUE(difference.empty()) << one.file << ": " << one.name << ": " << difference;
  }
}

TEST(Cases, ReachEveryRuleBeforeAtAndBeyondItsEdge) {
  std::map<std::string, std::set<std::string>> kinds;
  for (const Case& one : all().cases) kinds[one.rule].insert(one.kind);
  for (const base::Rule& rule : all().knowledge.base()->rules)
    EXPECT_EQ(kinds[rule.id], (std::set<std::string>{"beyond", "boundary", "fires"})) << rule.id;
  for (const auto& [rule, reached] : kinds) EXPECT_GE(all().knowledge.base()->rule_named(rule), 0) << "a case of no rule: " << rule;
}

TEST(Cases, TestEveryWindowOnBothSidesAndAcrossMidnight) {
  std::map<std::string, std::set<std::string>> sides;
  for (const Case& one : all().cases) {
    const int index = all().knowledge.base()->rule_named(one.rule);
    if (index < 0 || !all().knowledge.base()->rules[static_cast<std::size_t>(index)].window) continue;
    for (const Taken& taken : one.request.patient.medications.items())
      for (const Product& product : one.request.regimen.products().items())
        for (const TimeOfDay drug : taken.schedule().times)
          for (const TimeOfDay magnesium : product.schedule.times) {
            const int gap = magnesium.minutes - drug.minutes;
            if (gap > 0) sides[one.rule].insert(gap > 720 ? "across midnight" : "before");
            if (gap < 0) sides[one.rule].insert(gap < -720 ? "across midnight" : "after");
          }
  }
  for (const base::Rule& rule : all().knowledge.base()->rules) {
    if (!rule.window) continue;
    EXPECT_TRUE(sides[rule.id].contains("across midnight")) << rule.id;
    EXPECT_TRUE(rule.window->before < 0 || sides[rule.id].contains("before")) << rule.id;
    EXPECT_TRUE(rule.window->after < 0 || sides[rule.id].contains("after")) << rule.id;
  }
}

// A rule is switched off by an overlay, which is also how an institution would.
TEST(Mutation, RemovingAnyRuleMakesACaseFail) {
  const Pack pack = Pack::embedded();
  std::map<std::string, std::vector<const Case*>> of_rule;
  for (const Case& one : all().cases) of_rule[one.rule].push_back(&one);
  for (const base::Rule& rule : all().knowledge.base()->rules) {
    const Pack without{"without",
                       {{"without.json", R"({"magnesia": "pack/1", "id": "without", "version": "1", "date": "2026-11-23", "documents": [
                          {"magnesia": "change/1", "id": "without", "rule": ")" +
                                             rule.id + R"(", "off": true, "because": "a test"}]})"}},
                       {}};
    const std::vector<Pack> packs{pack, without};
    const Result<Knowledge, Errors> mutated = Knowledge::load(packs);
    ASSERT_TRUE(mutated) << describe(mutated.error().front());
    const Checker checker{*mutated};
    bool noticed = false;
    for (const Case* one : of_rule[rule.id]) noticed = noticed || !first_difference(checker, *one).empty();
    EXPECT_TRUE(noticed) << rule.id << " can be removed and no case fails";
  }
}

}  // namespace
}  // namespace magnesia::testing
