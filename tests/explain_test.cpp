// Why a rule fired or did not, what would clear a finding, and what a rule says.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "magnesia/magnesia.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using namespace literals;
using namespace std::chrono_literals;
using tests::checker;

struct Person {
  Patient patient;
  Regimen regimen;
};

// Somebody of whom everything awaited is known, and who is well.
Person well() {
  Person person;
  person.patient.age = 50_years;
  person.patient.sex = Sex::male;
  person.patient.dialysis = false;
  person.patient.labs.egfr = 90_mL_min_1_73m2;
  person.patient.conditions = known_none;
  person.patient.medications = known_none;
  person.regimen = {{"Magnesium (as magnesium oxide) 200 mg", daily(12h)}};
  return person;
}

Assessment assess(const Person& person) {
  Result<Assessment> answer = checker().assess(person.patient, person.regimen);
  if (!answer) ADD_FAILURE() << describe(answer.error());
  return answer ? *std::move(answer) : Assessment{};
}

std::string why_not(const Person& person, std::string_view rule) {
  const Result<std::vector<std::string>> sentences = checker().why_not(assess(person), rule);
  if (!sentences) return describe(sentences.error());
  std::string text;
  for (const std::string& sentence : *sentences) text += (text.empty() ? "" : " | ") + sentence;
  return text;
}

Change change_of(const Person& person, std::string_view rule) {
  const Assessment answer = assess(person);
  for (const Finding& finding : answer.findings())
    if (finding.rule == rule) return finding.smallest_change;
  ADD_FAILURE() << rule << " is not found";
  return {};
}
bool finds(const Person& person, std::string_view rule) {
  const Assessment answer = assess(person);
  bool found = false;
  for (const Finding& finding : answer.findings()) found = found || finding.rule == rule;
  return found;
}

TEST(WhyNot, NamesTheFactAndWhatTheRuleNeeds) {
  const std::string text = why_not(well(), "renal.severe-impairment");
  EXPECT_NE(text.find("eGFR is 90 mL/min/1.73 m²; the rule needs below 30 mL/min/1.73 m²."), std::string::npos) << text;
  EXPECT_NE(text.find("chronic kidney disease, stage 4 is absent."), std::string::npos) << text;
}

TEST(WhyNot, NamesWhatIsNotKnown) {
  Person person = well();
  person.patient.labs.egfr.forget();
  person.patient.conditions.open();
  const std::string text = why_not(person, "renal.severe-impairment");
  EXPECT_NE(text.find("eGFR is not known."), std::string::npos) << text;
  EXPECT_NE(text.find("chronic kidney disease, stage 4 is not known."), std::string::npos) << text;
}

TEST(WhyNot, TellsTheDrugTheDistanceAndThatARuleFired) {
  Person person = well();
  EXPECT_EQ(why_not(person, "interaction.levothyroxine"), "levothyroxine is not taken.");
  person.patient.medications = exactly({{"levothyroxine", daily(8h)}});
  EXPECT_NE(why_not(person, "interaction.levothyroxine").find("4 h apart; needs 4 h."), std::string::npos);
  person.patient.medications = exactly({{"levothyroxine", daily(8h + 1min)}});
  EXPECT_NE(why_not(person, "interaction.levothyroxine").find("It did fire."), std::string::npos);
  person.patient.medications = Listed<Taken>{Completeness::at_least, {}};
  EXPECT_EQ(why_not(person, "interaction.levothyroxine"), "Whether levothyroxine is taken is not known.");
}

TEST(WhyNot, RefusesARuleThatThereIsNot) {
  EXPECT_EQ(why_not(well(), "renal.nonsense"), "rule: found renal.nonsense, expected the id of a rule (magnesia knowledge list)");
}

TEST(Explain, SaysWhatARuleSaysAndWhenAndBySources) {
  const Result<std::string> text = checker().explain("interaction.levothyroxine");
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->starts_with("interaction.levothyroxine: major, timing\n")) << *text;
  EXPECT_NE(text->find("keep apart: 4 h before or 4 h after magnesium"), std::string::npos) << *text;
  EXPECT_NE(text->find("[label] Synthroid"), std::string::npos) << *text;
  EXPECT_NE(checker().explain("renal.severe-impairment")->find("when: any of (eGFR below 30 mL/min/1.73 m²"), std::string::npos);
  EXPECT_FALSE(checker().explain("renal.nonsense"));
}

TEST(SmallestChange, AnotherTimeClearsWhatIsTooClose) {
  Person person = well();
  person.patient.medications = exactly({{"levothyroxine", daily(10h)}});
  const Change change = change_of(person, "interaction.levothyroxine");
  EXPECT_EQ(change.kind, ChangeKind::time);
  EXPECT_EQ(change.product, 0);
  ASSERT_EQ(change.time, 14 * 60) << "the nearer side of the window";
  person.regimen = {{"Magnesium (as magnesium oxide) 200 mg", daily(14h)}};
  EXPECT_FALSE(finds(person, "interaction.levothyroxine"));
  person.regimen = {{"Magnesium (as magnesium oxide) 200 mg", daily(13h + 59min)}};
  EXPECT_TRUE(finds(person, "interaction.levothyroxine")) << "a minute less is not enough";
}

TEST(SmallestChange, TheMostThatIsClearIsClearAndAMilligramMoreIsNot) {
  const auto taking = [](int mg) {
    Person person = well();
    Ingredient oxide;
    oxide.salt = {"magnesium oxide", {}};
    oxide.elemental = ElementalMass{mg, units::mg};
    person.regimen = {{std::vector{oxide}, daily(12h)}};
    return person;
  };
  const Change change = change_of(taking(400), "dose.over-limit");
  EXPECT_EQ(change.kind, ChangeKind::total);
  ASSERT_TRUE(change.amount);
  const Exact most = change.amount->base();
  ASSERT_EQ(most.denominator(), 1);
  const int mg = static_cast<int>(most.numerator());
  EXPECT_FALSE(finds(taking(mg), "dose.over-limit")) << mg;
  EXPECT_TRUE(finds(taking(mg + 1), "dose.over-limit")) << mg;
}

TEST(SmallestChange, AnotherSaltOrAnAnswerOrNothing) {
  Person person = well();
  person.patient.labs.egfr = 45_mL_min_1_73m2;
  person.regimen = {{"Magnesium hydroxide 400 mg", daily(12h)}};
  EXPECT_EQ(change_of(person, "renal.magnesium-hydroxide").kind, ChangeKind::salt);
  EXPECT_EQ(change_of(person, "renal.reduced-function").kind, ChangeKind::none);
  person.patient.labs.egfr.forget();
  const Change know = change_of(person, "renal.severe-impairment");
  EXPECT_EQ(know.kind, ChangeKind::know);
  EXPECT_EQ(know.text, "Cleared if eGFR turns out to be at least 30 mL/min/1.73 m².");
}

}  // namespace
}  // namespace magnesia
