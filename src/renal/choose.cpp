// Which equation the facts allow.
#include "magnesia/renal.hpp"

namespace magnesia::renal {
namespace {

constexpr Age one_year{1, units::a};
constexpr Age eighteen_years{18, units::a};

Exact figure(Egfr egfr) { return egfr.in(units::mL_min_1_73m2); }
Exact figure(CreatinineClearance clearance) { return clearance.in(units::mL_min); }

// An equation at the sex, or over both where it is unknown, and over the age as far as that is known: every equation falls or
// rises steadily with age within its range, so that its ends are enough. None where the equation does not hold throughout.
template <class Of>
std::optional<Interval<Exact>> over_sex_and_age(const Fact<Sex>& sex, const Interval<Age>& age, Of of) {
  const auto of_one = [&](Sex one) -> std::optional<Interval<Exact>> {
    const auto young = of(one, age.low);
    const auto old = of(one, age.high);
    if (!young || !old) return {};
    return Interval<Exact>::hull(figure(*young), figure(*old));
  };
  if (const Sex* const known = sex.if_known()) return of_one(*known);
  const auto female = of_one(Sex::female);
  const auto male = of_one(Sex::male);
  if (!female || !male) return {};
  return Interval<Exact>::hull(*female, *male);
}

template <class Of>
std::optional<Estimate> estimate(const Patient& patient, const Interval<Age>& age, Equation equation, std::string_view because,
                                 Of of) {
  const std::optional<Interval<Exact>> value = over_sex_and_age(patient.sex, age, of);
  if (!value) return {};
  return Estimate{equation, *value, patient.sex.known() ? because : "because.sex-unknown"};
}

std::optional<Estimate> given(const Egfr& low, const Egfr& high) {
  std::optional<Estimate> as_given{std::in_place};  // the equation that it begins with
  as_given->value.low = figure(low);
  as_given->value.high = figure(high);
  as_given->because = "because.as-given";
  return as_given;
}

}  // namespace

std::optional<Estimate> choose(const Patient& patient) {
  if (const Interval<Egfr>* const bounds = patient.labs.egfr.if_bounded()) return given(bounds->low, bounds->high);
  if (const Egfr* const known = patient.labs.egfr.if_known()) return given(*known, *known);
  const std::optional<Interval<Age>> age = patient.age.within();
  if (!age || age->low < one_year) return {};
  const Creatinine* const creatinine = patient.labs.creatinine.if_known();
  const CystatinC* const cystatin_c = patient.labs.cystatin_c.if_known();

  if (age->high < eighteen_years) {
    const Length* const height = patient.height.if_known();
    if (creatinine == nullptr || height == nullptr) return {};
    return estimate(patient, *age, Equation::ckid_u25_creatinine, "because.child-u25",
                    [&](Sex sex, Age at) { return ckid_u25(at, sex, *creatinine, *height); });
  }
  if (age->low < eighteen_years) return {};  // one equation or another
  if (creatinine != nullptr && cystatin_c != nullptr)
    return estimate(patient, *age, Equation::ckd_epi_2021_creatinine_cystatin_c, "because.creatinine-and-cystatin",
                    [&](Sex sex, Age at) { return ckd_epi_2021(at, sex, *creatinine, *cystatin_c); });
  if (creatinine != nullptr)
    return estimate(patient, *age, Equation::ckd_epi_2021_creatinine, "because.creatinine-adult",
                    [&](Sex sex, Age at) { return ckd_epi_2021(at, sex, *creatinine); });
  if (cystatin_c != nullptr)
    return estimate(patient, *age, Equation::ckd_epi_2012_cystatin_c, "because.cystatin",
                    [&](Sex sex, Age at) { return ckd_epi_2012(at, sex, *cystatin_c); });
  return {};
}

std::optional<Estimate> choose_clearance(const Patient& patient) {
  const Creatinine* const creatinine = patient.labs.creatinine.if_known();
  const Mass* const weight = patient.weight.if_known();
  if (creatinine == nullptr || weight == nullptr) return {};
  const std::optional<Interval<Age>> age = patient.age.within();
  if (!age) return {};
  return estimate(patient, *age, Equation::cockcroft_gault, "because.clearance",
                  [&](Sex sex, Age at) { return cockcroft_gault(at, sex, *creatinine, *weight); });
}

}  // namespace magnesia::renal
