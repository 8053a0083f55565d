// Which equation the facts allow.
#include "magnesia/renal.hpp"

namespace magnesia::renal {
namespace {

constexpr Age one_year{1, units::a};
constexpr Age eighteen_years{18, units::a};

Exact figure(Egfr egfr) { return egfr.in(units::mL_min_1_73m2); }
Exact figure(CreatinineClearance clearance) { return clearance.in(units::mL_min); }

// An equation of the sex at the sex, or over both where it is unknown; none where the equation does not hold.
template <class OfSex>
std::optional<Interval<Exact>> over_sex(const Fact<Sex>& sex, OfSex of_sex) {
  const auto of_one = [&](Sex one) -> std::optional<Interval<Exact>> {
    const auto result = of_sex(one);
    if (!result) return {};
    return Interval<Exact>{figure(*result)};
  };
  if (const Sex* const known = sex.if_known()) return of_one(*known);
  const auto female = of_one(Sex::female);
  const auto male = of_one(Sex::male);
  if (!female || !male) return {};
  return Interval<Exact>::hull(*female, *male);
}

template <class OfSex>
std::optional<Estimate> estimate(const Patient& patient, Equation equation, std::string_view because, OfSex of_sex) {
  const std::optional<Interval<Exact>> value = over_sex(patient.sex, of_sex);
  if (!value) return {};
  return Estimate{equation, *value, patient.sex.known() ? because : "because.sex-unknown"};
}

}  // namespace

std::optional<Estimate> choose(const Patient& patient) {
  if (const Egfr* const given = patient.labs.egfr.if_known())
    return Estimate{Equation::as_given, figure(*given), "because.as-given"};
  const Age* const age = patient.age.if_known();
  if (age == nullptr || *age < one_year) return {};
  const Creatinine* const creatinine = patient.labs.creatinine.if_known();
  const CystatinC* const cystatin_c = patient.labs.cystatin_c.if_known();

  if (*age < eighteen_years) {
    const Length* const height = patient.height.if_known();
    if (creatinine == nullptr || height == nullptr) return {};
    return estimate(patient, Equation::ckid_u25_creatinine, "because.child-u25",
                    [&](Sex sex) { return ckid_u25(*age, sex, *creatinine, *height); });
  }
  if (creatinine != nullptr && cystatin_c != nullptr)
    return estimate(patient, Equation::ckd_epi_2021_creatinine_cystatin_c, "because.creatinine-and-cystatin",
                    [&](Sex sex) { return ckd_epi_2021(*age, sex, *creatinine, *cystatin_c); });
  if (creatinine != nullptr)
    return estimate(patient, Equation::ckd_epi_2021_creatinine, "because.creatinine-adult",
                    [&](Sex sex) { return ckd_epi_2021(*age, sex, *creatinine); });
  if (cystatin_c != nullptr)
    return estimate(patient, Equation::ckd_epi_2012_cystatin_c, "because.cystatin",
                    [&](Sex sex) { return ckd_epi_2012(*age, sex, *cystatin_c); });
  return {};
}

std::optional<Estimate> choose_clearance(const Patient& patient) {
  const Age* const age = patient.age.if_known();
  const Creatinine* const creatinine = patient.labs.creatinine.if_known();
  const Mass* const weight = patient.weight.if_known();
  if (age == nullptr || creatinine == nullptr || weight == nullptr) return {};
  return estimate(patient, Equation::cockcroft_gault, "because.clearance",
                  [&](Sex sex) { return cockcroft_gault(*age, sex, *creatinine, *weight); });
}

}  // namespace magnesia::renal
