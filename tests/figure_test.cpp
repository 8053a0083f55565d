// Figures that are known within bounds, and what could not be understood, on the way to a verdict.
#include <gtest/gtest.h>

#include "magnesia/checker.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using tests::embedded;

Assessment assess(const Patient& patient, const Regimen& regimen = {}, Policy policy = {}) {
  Result<Assessment> answer = Checker{embedded(), std::move(policy)}.assess(patient, regimen);
  if (!answer) {
    ADD_FAILURE() << describe(answer.error());
    return {};
  }
  return *std::move(answer);
}

Status status_of(const Assessment& answer, std::string_view rule, bool& found) {
  found = false;
  for (const Finding& finding : answer.findings())
    if (finding.rule == rule) {
      found = true;
      return finding.status;
    }
  return Status::possible;
}

Egfr egfr(Exact value) { return {value, units::mL_min_1_73m2}; }
const Egfr endless = Egfr::of_base(Exact::infinity());

Patient healthy() {
  Patient patient;
  patient.age = 45_years;
  patient.sex = Sex::male;
  patient.dialysis = false;
  patient.conditions = known_none;
  patient.medications = known_none;
  return patient;
}

TEST(Figure, IsAFactOnlyWhereItIsOneFigure) {
  Figure<Egfr> figure;
  EXPECT_FALSE(figure.known());
  EXPECT_FALSE(figure.within());
  figure = Interval<Egfr>{egfr(60), endless};
  EXPECT_FALSE(figure.known());
  EXPECT_EQ(figure.within()->low, egfr(60));
  figure = egfr(41);
  EXPECT_TRUE(figure.known());
  EXPECT_EQ(figure.within(), Interval<Egfr>{egfr(41)});
  figure = Interval<Egfr>{egfr(50), egfr(50)};
  EXPECT_TRUE(figure.known());
}

TEST(Figure, EgfrAboveSixtyRulesSevereImpairmentOut) {
  Patient patient = healthy();
  patient.labs.egfr = Interval<Egfr>{egfr(60), endless};
  bool found = true;
  status_of(assess(patient, known_none), "renal.severe-impairment", found);
  EXPECT_FALSE(found);
}

TEST(Figure, EgfrBelowFifteenEstablishesItAndOneThatMayBeBelowThirtyLeavesItPossible) {
  Patient patient = healthy();
  patient.labs.egfr = Interval<Egfr>{egfr(0), egfr(15)};
  bool found = false;
  EXPECT_EQ(status_of(assess(patient), "renal.severe-impairment", found), Status::established);
  EXPECT_TRUE(found);
  patient.labs.egfr = Interval<Egfr>{egfr(20), egfr(40)};
  EXPECT_EQ(status_of(assess(patient), "renal.severe-impairment", found), Status::possible);
  EXPECT_TRUE(found);
}

TEST(Figure, HistoryDoesNotSettleWhatWasMeasured) {
  Patient patient = healthy();
  patient.labs.egfr = Interval<Egfr>{egfr(10), egfr(40)};
  bool found = false;
  status_of(assess(patient, {}, {.history_settles = true}), "renal.severe-impairment", found);
  EXPECT_TRUE(found);
}

TEST(Figure, BoundOnAFactThatIsNotAwaitedStillCounts) {
  Patient patient = healthy();
  patient.labs.egfr = egfr(90);
  const Severity without = assess(patient, known_none).at_most();
  patient.signs.pr_interval = Interval<Duration>{Duration{320, units::ms}, Duration::of_base(Exact::infinity())};
  patient.conditions = exactly({"av-block-first-degree"});
  EXPECT_GT(assess(patient, known_none).at_least(), without);
}

TEST(Figure, AgeOfWhichOnlyTheYearIsKnownWidensTheEstimate) {
  Patient patient = healthy();
  patient.age = Interval<Age>{67_years, 68_years};
  patient.labs.creatinine = creatinine(2, units::mg_dL);
  const std::vector<Derived> derived = assess(patient).derived();
  ASSERT_FALSE(derived.empty());
  EXPECT_LT(derived.front().value.low, derived.front().value.high);
  patient.age = Interval<Age>{17_years, 18_years};  // an equation for children or one for adults
  EXPECT_TRUE(assess(patient).derived().empty());
}

TEST(Figure, OutsideWhatAnybodyCanHaveIsRefused) {
  Patient patient = healthy();
  patient.labs.egfr = Interval<Egfr>{egfr(900), endless};
  EXPECT_FALSE((Checker{embedded()}.assess(patient, {})));
  patient.labs.egfr = Interval<Egfr>{egfr(200), endless};
  EXPECT_TRUE((Checker{embedded()}.assess(patient, {})));
}

TEST(Unread, IsNamedAndNothingIsDecidedNorCleared) {
  Patient patient = healthy();
  patient.labs.egfr = egfr(90);
  EXPECT_TRUE(assess(patient, known_none).clearance());
  for (const auto about : {Unread::About::condition, Unread::About::medication, Unread::About::label, Unread::About::measurement,
                           Unread::About::allergy, Unread::About::record}) {
    Patient unclear = patient;
    unclear.unread.push_back({"/entry/3/resource", "Moonstone", about});
    const Assessment answer = assess(unclear, known_none, {.record_is_complete = true});
    EXPECT_FALSE(answer.decided());
    EXPECT_FALSE(answer.clearance());
    ASSERT_EQ(answer.unrecognised().size(), 1U);
    EXPECT_EQ(answer.unrecognised().front().path, "/entry/3/resource");
  }
}

TEST(Unread, OpensTheListThatItIsOf) {
  Patient patient = healthy();
  patient.labs.egfr = egfr(90);
  patient.unread.push_back({"/entry/3/resource", "Moonstone", Unread::About::medication});
  EXPECT_GT(assess(patient, Regimen{Product{"Magnesium (as magnesium oxide) 100 mg", daily(std::chrono::hours{8})}}).at_most(),
            Severity::none);
}

}  // namespace
}  // namespace magnesia
