// The knowledge does what its sources say: every case, every rule at, before and beyond its edge. That nothing of it could be
// missed is tests/mutation's to show.
#include "knowledge/cases.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/base.hpp"

namespace magnesia::knowledge {
namespace {

const std::string knowledge_folder = std::string{MAGNESIA_SOURCE_DIR} + "/knowledge";

struct All {
  std::vector<std::string> faults;
  std::vector<Case> cases = read_cases(knowledge_folder, faults);
  Knowledge knowledge = Knowledge::embedded();
};

const All& all() {
  static const All loaded;
  return loaded;
}

TEST(Cases, CanAllBeRead) {
  for (const std::string& fault : all().faults) ADD_FAILURE() << fault;
  EXPECT_GT(all().cases.size(), 500U);
}

TEST(Cases, ComeOutAsTheirSourcesSay) {
  for (const Case& one : all().cases)
    for (const std::string& difference : differences(one, all().knowledge))
      ADD_FAILURE() << one.file << ": " << one.name << ": " << difference;
}

TEST(Cases, ReachEveryRuleBeforeAtAndBeyondItsEdge) {
  std::map<std::string_view, std::set<std::string>> kinds;
  for (const Case& one : all().cases)
    if (one.titration.empty()) kinds[one.rule].insert(one.kind);
  for (const base::Rule& rule : all().knowledge.base()->rules)
    EXPECT_EQ(kinds[rule.id], (std::set<std::string>{"beyond", "boundary", "fires"})) << rule.id;
  for (const auto& [rule, reached] : kinds)
    EXPECT_GE(all().knowledge.base()->rule_named(rule), 0) << "a case of no rule: " << rule;
}

TEST(Cases, ReachEveryTitrationBeforeAtAndBeyondItsEdge) {
  std::map<std::string_view, std::set<std::string>> kinds;
  for (const Case& one : all().cases)
    if (!one.titration.empty()) kinds[one.titration].insert(one.kind);
  EXPECT_EQ(kinds.size(), all().knowledge.base()->titrations.size());
  for (const base::Titration& titration : all().knowledge.base()->titrations)
    EXPECT_EQ(kinds[titration.id], (std::set<std::string>{"beyond", "boundary", "fires"})) << titration.id;
}

// A medication that is itself magnesium, such as an antacid.
bool is_magnesium(const Taken& taken) {
  const base::Base& base = *all().knowledge.base();
  const base::ConceptId drug = base.drugs.names.find(taken.term().text);
  return drug != base::no_concept && base.contains[drug] != base::no_concept;
}

TEST(Cases, TestEveryWindowOnBothSidesAndAcrossMidnight) {
  std::map<std::string_view, std::set<std::string>> sides;
  for (const Case& one : all().cases) {
    const int index = all().knowledge.base()->rule_named(one.rule);
    if (index < 0 || !all().knowledge.base()->rules[static_cast<std::size_t>(index)].window) continue;
    std::vector<TimeOfDay> drugs;
    std::vector<TimeOfDay> magnesium;
    const auto put = [](std::vector<TimeOfDay>& into, const Schedule& schedule) {
      into.insert(into.end(), schedule.times.begin(), schedule.times.end());
    };
    for (const Taken& taken : one.request.patient.medications.items())
      put(is_magnesium(taken) ? magnesium : drugs, taken.schedule());
    for (const Product& product : one.request.regimen.products().items()) put(magnesium, product.schedule);
    for (const TimeOfDay drug : drugs)
      for (const TimeOfDay dose : magnesium) {
        const int gap = dose.minutes - drug.minutes;
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

}  // namespace
}  // namespace magnesia::knowledge
