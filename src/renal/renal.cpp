#include "magnesia/renal.hpp"

#include <array>
#include <string>

#include "renal/logarithm.hpp"

namespace magnesia::renal {
namespace {

constexpr Age adult{18, units::a};
constexpr Age no_upper_end = Age::of_base(Exact::infinity());

// ---- What is refused ----

std::optional<Error> age_outside(Age age, Age from, Age below) {
  if (age >= from && age < below) return {};
  std::string expected = from.in(units::a).decimal(0) + " a or more";
  if (below.base().finite()) expected += ", below " + below.in(units::a).decimal(0) + " a";
  return Error{ErrorKind::out_of_range, "age", age.in(units::a).decimal(3) + " a", std::move(expected)};
}

template <class Kind>
std::optional<Error> not_positive(std::string_view what, Quantity<Kind> value) {
  if (value.base() > Exact{} && value.base().finite()) return {};
  return Error{ErrorKind::out_of_range, std::string{what},
               value.base().decimal(6) + ' ' + std::string{base_unit(Kind::dimension)}, "above 0"};
}

// ---- The form of all CKD-EPI equations ----

constexpr Exact thousandths(std::int64_t n) { return Exact::ratio(n, 1000); }
constexpr Exact ten_thousandths(std::int64_t n) { return Exact::ratio(n, 10'000); }

// min(value/knee, 1)^below * max(value/knee, 1)^above
struct Spline {
  Exact knee, below, above;

  Logarithm operator()(Exact value) const noexcept {
    const Logarithm ratio = Logarithm::of(value) - Logarithm::of(knee);
    return ratio * (ratio.negative() ? below : above);
  }
};

Exact years(Age age) { return age.in(units::a); }
Exact mg_per_dL(Creatinine creatinine) { return creatinine.in(units::mg_dL); }
Exact mg_per_L(CystatinC cystatin_c) { return cystatin_c.in(units::mg_L); }

Egfr egfr(Exact value) { return {value, units::mL_min_1_73m2}; }

// factor * splines * yearly^age * female_factor
Egfr ckd_epi(Exact factor, Logarithm splines, Exact yearly, Age age, Exact female_factor, Sex sex) {
  Logarithm sum = Logarithm::of(factor) + splines + Logarithm::of(yearly) * years(age);
  if (sex == Sex::female) sum = sum + Logarithm::of(female_factor);
  return egfr(sum.power());
}

// a / b * c, downwards; of numbers above 0.
Exact ratio_times(Exact a, Exact b, Exact c) { return Exact::divide(Exact::multiply(a, c, Rounding::down), b, Rounding::down); }

}  // namespace

std::string_view name(Equation equation) noexcept {
  static constexpr std::array<std::string_view, 8> names{"as-given",
                                                         "ckd-epi-2021-creatinine",
                                                         "ckd-epi-2021-creatinine-cystatin-c",
                                                         "ckd-epi-2012-cystatin-c",
                                                         "ckd-epi-2009-creatinine",
                                                         "bedside-schwartz",
                                                         "ckid-u25-creatinine",
                                                         "cockcroft-gault"};
  return names[static_cast<std::size_t>(equation)];
}

std::string_view name(Stage stage) noexcept {
  static constexpr std::array<std::string_view, 6> names{"G1", "G2", "G3a", "G3b", "G4", "G5"};
  return names[static_cast<std::size_t>(stage)];
}

Stage stage_of(Egfr egfr) noexcept {
  constexpr std::array<std::int64_t, 5> lower_ends{90, 60, 45, 30, 15};  // of G1 to G4
  const Exact figure = egfr.in(units::mL_min_1_73m2);
  std::uint8_t stage = 0;
  for (const std::int64_t end : lower_ends)
    if (figure < Exact{end}) ++stage;
  return static_cast<Stage>(stage);
}

Result<Egfr> ckd_epi_2021(Age age, Sex sex, Creatinine creatinine) {
  if (auto error = age_outside(age, adult, no_upper_end)) return *error;
  if (auto error = not_positive("creatinine", creatinine)) return *error;
  const Spline spline = sex == Sex::female ? Spline{thousandths(700), thousandths(-241), thousandths(-1200)}
                                           : Spline{thousandths(900), thousandths(-302), thousandths(-1200)};
  return ckd_epi(142, spline(mg_per_dL(creatinine)), ten_thousandths(9938), age, thousandths(1012), sex);
}

Result<Egfr> ckd_epi_2021(Age age, Sex sex, Creatinine creatinine, CystatinC cystatin_c) {
  if (auto error = age_outside(age, adult, no_upper_end)) return *error;
  if (auto error = not_positive("creatinine", creatinine)) return *error;
  if (auto error = not_positive("cystatin C", cystatin_c)) return *error;
  const Spline first = sex == Sex::female ? Spline{thousandths(700), thousandths(-219), thousandths(-544)}
                                          : Spline{thousandths(900), thousandths(-144), thousandths(-544)};
  constexpr Spline second{thousandths(800), thousandths(-323), thousandths(-778)};
  return ckd_epi(135, first(mg_per_dL(creatinine)) + second(mg_per_L(cystatin_c)), ten_thousandths(9961), age, thousandths(963),
                 sex);
}

Result<Egfr> ckd_epi_2012(Age age, Sex sex, CystatinC cystatin_c) {
  if (auto error = age_outside(age, adult, no_upper_end)) return *error;
  if (auto error = not_positive("cystatin C", cystatin_c)) return *error;
  constexpr Spline spline{thousandths(800), thousandths(-499), thousandths(-1328)};
  return ckd_epi(133, spline(mg_per_L(cystatin_c)), thousandths(996), age, thousandths(932), sex);
}

Result<Egfr> ckd_epi_2009(Age age, Sex sex, Creatinine creatinine) {
  if (auto error = age_outside(age, adult, no_upper_end)) return *error;
  if (auto error = not_positive("creatinine", creatinine)) return *error;
  const Spline spline = sex == Sex::female ? Spline{thousandths(700), thousandths(-329), thousandths(-1209)}
                                           : Spline{thousandths(900), thousandths(-411), thousandths(-1209)};
  return ckd_epi(141, spline(mg_per_dL(creatinine)), thousandths(993), age, thousandths(1018), sex);
}

Result<Egfr> bedside_schwartz(Age age, Creatinine creatinine, Length height) {
  if (auto error = age_outside(age, {1, units::a}, adult)) return *error;
  if (auto error = not_positive("creatinine", creatinine)) return *error;
  if (auto error = not_positive("height", height)) return *error;
  return egfr(ratio_times(height.in(units::cm), mg_per_dL(creatinine), thousandths(413)));
}

Result<Egfr> ckid_u25(Age age, Sex sex, Creatinine creatinine, Length height) {
  constexpr Age twelve{12, units::a};
  constexpr Age twenty_five{25, units::a};
  if (age != twenty_five)
    if (auto error = age_outside(age, {1, units::a}, twenty_five)) return *error;
  if (auto error = not_positive("creatinine", creatinine)) return *error;
  if (auto error = not_positive("height", height)) return *error;
  const bool female = sex == Sex::female;
  const Exact metres = height.in(units::m);
  if (age >= adult) return egfr(ratio_times(metres, mg_per_dL(creatinine), female ? thousandths(41'400) : thousandths(50'800)));
  const Exact yearly = age < twelve ? thousandths(1008) : female ? thousandths(1023) : thousandths(1045);
  const Exact from_twelve = Exact::add(years(age), -12, Rounding::down);
  const Logarithm k = Logarithm::of(female ? thousandths(36'100) : thousandths(39'000)) + Logarithm::of(yearly) * from_twelve;
  return egfr((k + Logarithm::of(metres) - Logarithm::of(mg_per_dL(creatinine))).power());
}

Result<CreatinineClearance> cockcroft_gault(Age age, Sex sex, Creatinine creatinine, Mass weight) {
  if (auto error = age_outside(age, adult, {140, units::a})) return *error;
  if (auto error = not_positive("creatinine", creatinine)) return *error;
  if (auto error = not_positive("weight", weight)) return *error;
  const Exact years_left = Exact::add(140, -years(age), Rounding::down);
  const Exact numerator = Exact::multiply(years_left, weight.in(units::kg), Rounding::down);
  const Exact share = sex == Sex::female ? Exact::ratio(85, 7200) : Exact::ratio(1, 72);
  return CreatinineClearance{ratio_times(numerator, mg_per_dL(creatinine), share), units::mL_min};
}

}  // namespace magnesia::renal
