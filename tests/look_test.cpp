// Looking into the knowledge by any name or code.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/base.hpp"
#include "knowledge/documents.hpp"
#include "magnesia/knowledge.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using How = Knowledge::Match::How;
using tests::embedded;

// "drug levothyroxine by Synthroid": the best match.
std::string best(std::string_view text) {
  const std::vector<Knowledge::Match> matches = embedded().find(text);
  if (matches.empty()) return "nothing";
  return matches.front().entry.kind + ' ' + matches.front().entry.id + " by " + matches.front().by;
}

TEST(Find, ABrandASynonymAndAnIdHoweverTheyAreWritten) {
  EXPECT_EQ(best("Synthroid"), "drug levothyroxine by Synthroid");
  EXPECT_EQ(best("SYNTHROID"), "drug levothyroxine by Synthroid");
  EXPECT_EQ(best("levo thyroxine"), "drug levothyroxine by levothyroxine");
  EXPECT_EQ(best("levothyroxine"), "drug levothyroxine by levothyroxine");
  EXPECT_EQ(best("lévothyroxine"), "drug levothyroxine by levothyroxine");
  EXPECT_EQ(best("complete heart block"), "condition av-block-third-degree by complete heart block");
  EXPECT_EQ(best("Magnesiumcitrat"), "salt magnesium-citrate by Magnesiumcitrat");
  EXPECT_EQ(best("trimagnesium dicitrate nonahydrate"), "salt magnesium-citrate by trimagnesium dicitrate nonahydrate");
  EXPECT_EQ(best("dose.over-limit"), "rule dose.over-limit by dose.over-limit");
  EXPECT_EQ(best("us-nasem"), "limit us-nasem by us-nasem");
}

TEST(Find, ACodeWithItsSystemOrWithout) {
  EXPECT_EQ(best("H03AA01"), "drug levothyroxine by atc H03AA01");
  EXPECT_EQ(best("ATC H03AA01"), "drug levothyroxine by atc H03AA01");
  EXPECT_EQ(best("10582"), "drug levothyroxine by rxnorm 10582");
  EXPECT_EQ(best("rxnorm:10582"), "drug levothyroxine by rxnorm 10582");
  EXPECT_EQ(best("RHO26O1T9V"), "salt magnesium-citrate by unii RHO26O1T9V");
  EXPECT_EQ(best("I44.2"), "condition av-block-third-degree by icd10cm I44.2");
  EXPECT_EQ(best("ICD-10-CM I44.2"), "condition av-block-third-degree by icd10cm I44.2");
  EXPECT_EQ(best("i442"), "condition av-block-third-degree by icd10cm I44.2");
}

TEST(Find, ACodeBelowOneThatIsListed) {
  for (const char* const code : {"E03.9", "icd10cm E03.9", "E039"}) {
    const std::vector<Knowledge::Match> matches = embedded().find(code);
    ASSERT_FALSE(matches.empty()) << code;
    EXPECT_EQ(matches.front().entry.id, "hypothyroidism");
  }
  // Of whatever is listed, a code one longer is either listed itself or below it, and the engine says so too.
  const base::Base& base = *embedded().base();
  std::size_t tried = 0;
  const knowledge::Documents documents{base};
  for (const knowledge::Item& item : documents.items()) {
    if (item.kind != "condition") continue;
    auto see = [&](std::string_view system, std::string_view code) {
      if (system != "icd10cm" || code.size() > 6) return;
      const std::string longer = std::string{code} + "9";
      const std::vector<Knowledge::Match> matches = embedded().find(longer);
      const bool found = std::any_of(matches.begin(), matches.end(), [&](const Knowledge::Match& match) {
        return match.entry.kind == "condition" && match.how <= How::below_code &&
               match.entry.id == base.conditions[base.conditions.by_code("icd10cm", longer)].id;
      });
      EXPECT_TRUE(found) << longer;
      ++tried;
    };
    knowledge::for_each_code(*item.node, see);
  }
  EXPECT_GT(tried, 100U);
}

TEST(Find, ExactBeforeBeginningBeforeWithin) {
  const std::vector<Knowledge::Match> matches = embedded().find("iron");
  ASSERT_GT(matches.size(), 2U);
  EXPECT_EQ(matches.front().entry.kind, "drug");
  EXPECT_EQ(matches.front().entry.id, "iron");
  EXPECT_TRUE(std::is_sorted(matches.begin(), matches.end(), [](const auto& a, const auto& b) { return a.how < b.how; }));
  EXPECT_EQ(matches.front().how, How::exact);
  EXPECT_EQ(matches.back().how, How::within);  // spironolactone, for one
  std::vector<std::string> seen;
  for (const Knowledge::Match& match : matches) seen.push_back(match.entry.kind + ' ' + match.entry.id);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end()) << "an entry twice";
}

TEST(Find, NothingWhereNothingIsKnown) {
  for (const char* const text : {"no such thing", "", " ", "\u2014", "Z99.99999", "\xFF\xFE"})
    EXPECT_EQ(best(text), "nothing") << text;
  EXPECT_TRUE(embedded().find(std::string(100'000, 'x')).empty());
  EXPECT_TRUE(embedded().find("iron" + std::string(200, 'x')).empty());  // not cut to what fits
}

// Every name of every concept leads to what the engine takes it for.
TEST(Find, EveryNameOfEveryConcept) {
  const base::Base& base = *embedded().base();
  std::size_t names = 0;
  const knowledge::Documents documents{base};
  for (const knowledge::Item& item : documents.items()) {
    if (item.kind != "drug" && item.kind != "condition") continue;
    auto see = [&](std::string_view name) {
      if (names++ % 20 != 0) return;  // each takes milliseconds
      const std::vector<Knowledge::Match> matches = embedded().find(name);
      EXPECT_TRUE(std::any_of(matches.begin(), matches.end(), [&](const Knowledge::Match& match) {
        return match.how == How::exact && match.entry.kind == item.kind && match.entry.id == item.id;
      })) << name;
    };
    knowledge::for_each_name(*item.node, see);
  }
  EXPECT_GT(names, 1'000U);
}

RC_GTEST_PROP(Find, WhateverIsAsked, (const std::string& text)) {
  for (const Knowledge::Match& match : embedded().find(text)) RC_ASSERT(!match.by.empty());
}

TEST(DocumentOf, IsWhatIsWritten) {
  EXPECT_EQ(embedded().document_of("drug", "no-such"), std::nullopt);
  EXPECT_EQ(embedded().document_of("drug", "pregnancy"), std::nullopt);
  const std::optional<std::string> condition = embedded().document_of("condition", "pregnancy");
  const std::optional<std::string> fact = embedded().document_of("fact", "pregnancy");
  ASSERT_TRUE(condition && fact);
  EXPECT_NE(condition->find("\"condition/1\""), std::string::npos);
  EXPECT_NE(fact->find("\"fact/1\""), std::string::npos);
}

TEST(Statements, AreGradedByTheStrongestConfirmedSource) {
  const base::Base& base = *embedded().base();
  const knowledge::Documents documents{base};
  std::size_t rules = 0;
  for (const knowledge::Statement& statement : documents.statements()) {
    EXPECT_FALSE(statement.citations.empty()) << statement.item->id;
    if (statement.item->kind != "rule") continue;
    EXPECT_EQ(statement.grade, base.rules[static_cast<std::size_t>(base.rule_named(statement.item->id))].grade)
        << statement.item->id;
    ++rules;
  }
  EXPECT_EQ(rules, base.rules.size());
}

}  // namespace
}  // namespace magnesia
