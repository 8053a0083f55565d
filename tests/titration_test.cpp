// Doses raised over days: only where a source says how, never above the limit, never past what is not known.
#include "magnesia/titration.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "facts/workspace.hpp"
#include "magnesia/report.hpp"
#include "tests/laws/generate.hpp"

namespace magnesia {
namespace {

using laws::below;
using laws::chance;

Checker checker_of(std::string authority) { return Checker{Knowledge::embedded(), {.authority = std::move(authority)}}; }
const Checker& us_checker() {
  static const Checker shared = checker_of("us-nasem");
  return shared;
}

Patient healthy(std::string_view purpose) {
  Patient patient;
  patient.age = Age{Exact{45}, units::a};
  patient.sex = Sex::male;
  patient.dialysis = false;
  patient.labs.egfr = Egfr{Exact{90}, units::mL_min_1_73m2};
  patient.conditions = known_none;
  patient.medications = known_none;
  patient.purpose = Term{std::string{purpose}, {}};
  return patient;
}

Product of(std::string_view salt, Schedule when = times_a_day(1)) {
  Ingredient ingredient;
  ingredient.salt = {std::string{salt}, {}};
  return {std::vector{ingredient}, std::move(when)};
}

Titration titration_of(const Patient& patient, const Regimen& regimen, const Checker& by = us_checker()) {
  Result<Titration> titration = plan_titration(by, patient, regimen);
  EXPECT_TRUE(titration) << (titration ? "" : describe(titration.error()));
  return titration ? *std::move(titration) : Titration{};
}

TEST(Titration, BeginsBelowTheLimitAndSaysWhoMayGoFurther) {
  const Titration titration = titration_of(healthy("constipation"), {of("magnesium oxide", times_a_day(2))});
  EXPECT_EQ(titration.refusal, TitrationRefusal::none) << titration.why;
  EXPECT_EQ(titration.evidence, Status::established);
  ASSERT_EQ(titration.steps.size(), 1U);
  EXPECT_EQ(titration.steps[0].day, 1);
  EXPECT_EQ(titration.steps[0].per_day.base().decimal(1), "301.5");
  EXPECT_EQ(titration.steps[0].per_dose.base().decimal(1), "150.8");
  EXPECT_EQ(titration.ceiling.base(), Exact{350});
  EXPECT_EQ(titration.authority, "us-nasem");
  EXPECT_TRUE(titration.cut_short);
  EXPECT_FALSE(titration.stop.empty());
  EXPECT_FALSE(titration.ask.empty());
  EXPECT_FALSE(titration.sources.empty());
  EXPECT_NE(to_text(titration).find("only with whoever"), std::string::npos);
}

TEST(Titration, OfEachAuthorityStaysWithinItsLimit) {
  for (const auto& limit : us_checker().knowledge().base()->limits) {
    const Checker by = checker_of(limit.id);
    for (const std::string_view purpose : {"constipation", "hypomagnesaemia"}) {
      const Titration titration =
          titration_of(healthy(purpose), {of(purpose == "constipation" ? "magnesium oxide" : "magnesium aspartate")}, by);
      const facts::Numeric& of_person = titration.assessment.workspace().person.number(facts::FactId::limit);
      for (const TitrationStep& step : titration.steps) {
        EXPECT_LE(step.per_day, titration.ceiling) << limit.id;
        EXPECT_TRUE(of_person.absent || step.per_day.base() <= of_person.value.low) << limit.id;
        EXPECT_LE(step.per_day, titration.most) << limit.id;
      }
      EXPECT_EQ(titration.steps.empty(), titration.refusal != TitrationRefusal::none);
    }
  }
}

TEST(Titration, WithoutASourceThereIsNone) {
  for (const std::string_view purpose : {"migraine", "restless legs syndrome", "insomnia", "leg cramps", "general health"}) {
    const Titration titration = titration_of(healthy(purpose), {of("magnesium oxide")});
    EXPECT_EQ(titration.refusal, TitrationRefusal::unsourced) << purpose;
    EXPECT_TRUE(titration.steps.empty());
    EXPECT_NE(titration.why.find("none is made up"), std::string::npos);
  }
  EXPECT_EQ(titration_of(healthy("constipation"), {of("magnesium glycinate")}).refusal, TitrationRefusal::unsourced);
  Patient no_purpose = healthy("constipation");
  no_purpose.purpose.forget();
  EXPECT_EQ(titration_of(no_purpose, {of("magnesium oxide")}).refusal, TitrationRefusal::purpose);
  EXPECT_EQ(titration_of(healthy("no such purpose"), {of("magnesium oxide")}).refusal, TitrationRefusal::purpose);
}

TEST(Titration, WaitsForWhatCouldForbidIt) {
  const Regimen oxide{of("magnesium oxide")};
  const auto refusal_without = [&](auto forget) {
    Patient patient = healthy("constipation");
    forget(patient);
    return titration_of(patient, oxide);
  };
  const Titration no_kidney = refusal_without([](Patient& p) { p.labs.egfr.forget(); });
  EXPECT_EQ(no_kidney.refusal, TitrationRefusal::missing);
  ASSERT_FALSE(no_kidney.missing.empty());
  EXPECT_EQ(no_kidney.missing[0].fact, "egfr");
  EXPECT_EQ(refusal_without([](Patient& p) { p.age.forget(); }).refusal, TitrationRefusal::missing);
  EXPECT_EQ(refusal_without([](Patient& p) { p.conditions = {}; }).refusal, TitrationRefusal::missing);
  EXPECT_EQ(refusal_without([](Patient& p) { p.medications = {}; }).refusal, TitrationRefusal::missing);
  EXPECT_EQ(refusal_without([](Patient& p) {
              p.medications = exactly({Taken{{"no such drug", {}}, {}}});
            }).refusal,
            TitrationRefusal::unrecognised);
  EXPECT_EQ(titration_of(healthy("constipation"), Regimen{}).refusal, TitrationRefusal::product);
  EXPECT_EQ(titration_of(healthy("constipation"), {of("magnesium oxide"), of("magnesium oxide")}).refusal,
            TitrationRefusal::product);
  EXPECT_EQ(
      titration_of(healthy("constipation"), Regimen{Listed<Product>{Completeness::at_least, {of("magnesium oxide")}}}).refusal,
      TitrationRefusal::missing);
}

TEST(Titration, TimesAreForAPlanNotAReasonToRefuse) {
  Patient patient = healthy("constipation");
  patient.medications = exactly({Taken{{"levothyroxine", {}}, daily(std::chrono::hours{7})}});
  const Titration titration = titration_of(patient, {of("magnesium oxide", daily(std::chrono::hours{8}))});
  EXPECT_EQ(titration.refusal, TitrationRefusal::none) << titration.why;
  EXPECT_EQ(titration.steps[0].at_least, Severity::major);  // and the step says that the times are too close
}

TEST(Titration, FaultsOfTheInputAreErrors) {
  Patient patient = healthy("constipation");
  patient.age = Age{Exact{200}, units::a};
  EXPECT_FALSE(plan_titration(us_checker(), patient, {of("magnesium oxide")}));
  EXPECT_FALSE(plan_titration(checker_of("no-such-authority"), healthy("constipation"), {of("magnesium oxide")}));
}

// Over people of whom this and that is known: whatever is planned keeps its promises.
RC_GTEST_PROP(TitrationLaw, WhatIsPlannedIsSafeAsFarAsIsKnown, ()) {
  static const laws::WorldPtr world = laws::embedded_world();
  laws::Person person = *laws::person(world, chance(70) ? laws::Told::everything : laws::Told::anything);
  if (chance(60)) {  // otherwise next to nobody is left to plan for
    person.patient.conditions = known_none;
    if (chance(70)) person.patient.medications = known_none;
    person.patient.dialysis = false;
    person.patient.age = Age{Exact{18 + below(60)}, units::a};
    person.patient.labs.egfr = Egfr{Exact{20 + below(100)}, units::mL_min_1_73m2};
    person.patient.labs.serum_magnesium = serum_magnesium(Exact::ratio(50 + below(60), 100), units::mmol_L);
  }
  person.patient.purpose = Term{chance(50) ? "constipation" : "hypomagnesaemia", {}};
  if (chance(70)) {
    const Schedule when =
        person.regimen.products().items().empty() ? times_a_day(1) : person.regimen.products().items()[0].schedule;
    person.regimen = Regimen{of(chance(50) ? "magnesium oxide" : "magnesium aspartate", when)};
  }
  const std::vector<std::string> authorities{"us-nasem", "uk-evm", "cn-cns", "strictest"};
  const Checker by{world->knowledge, {.authority = authorities[static_cast<std::size_t>(below(4))]}};
  const Result<Titration> titration = plan_titration(by, person.patient, person.regimen);
  if (!titration) return;
  RC_TAG(std::string{name(titration->refusal)});
  RC_ASSERT((titration->refusal == TitrationRefusal::none) == !titration->steps.empty());
  RC_ASSERT(titration->why.empty() == (titration->refusal == TitrationRefusal::none));
  if (titration->steps.empty()) return;
  RC_ASSERT(titration->assessment.unrecognised().empty());
  for (const Missing& missing : titration->assessment.missing())
    RC_ASSERT(missing.could_reach < forbids_titration || missing.fact == "times");
  for (const Finding& finding : titration->assessment.findings())
    RC_ASSERT(finding.severity < forbids_titration ||
              titration->assessment.workspace()
                  .base->rules[static_cast<std::size_t>(titration->assessment.workspace().base->rule_named(finding.rule))]
                  .window);
  for (std::size_t i = 0; i < titration->steps.size(); ++i) {
    RC_ASSERT(titration->steps[i].per_day <= titration->ceiling);
    if (i == 0) continue;
    RC_ASSERT(titration->steps[i].per_day > titration->steps[i - 1].per_day);
    RC_ASSERT(titration->steps[i].day - titration->steps[i - 1].day >= titration->interval_days);
  }
  const facts::Numeric& limit = titration->assessment.workspace().person.number(facts::FactId::limit);
  RC_ASSERT(limit.absent || titration->ceiling.base() <= limit.value.low);
}

// Less kidney function never gives more.
TEST(TitrationLaw, LessKidneyFunctionNeverGivesMore) {
  for (const std::string_view authority : {"us-nasem", "cn-cns"}) {
    const Checker by = checker_of(std::string{authority});
    for (const std::string_view purpose : {"constipation", "hypomagnesaemia"}) {
      std::size_t before = 100;
      for (int egfr = 120; egfr > 0; --egfr) {
        Patient patient = healthy(purpose);
        patient.labs.egfr = Egfr{Exact{egfr}, units::mL_min_1_73m2};
        patient.labs.serum_magnesium = serum_magnesium(Exact::ratio(6, 10), units::mmol_L);
        const std::size_t steps =
            titration_of(patient, {of(purpose == "constipation" ? "magnesium oxide" : "magnesium aspartate")}, by).steps.size();
        EXPECT_LE(steps, before) << egfr;
        before = steps;
      }
      EXPECT_EQ(before, 0U);
    }
  }
}

}  // namespace
}  // namespace magnesia
