// Kidney function: what laboratories report, and what can be estimated from creatinine and cystatin C.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "magnesia/error.hpp"
#include "magnesia/known.hpp"
#include "magnesia/patient.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia::renal {

/// How a figure was come by.
enum class Equation : std::uint8_t {
  as_given,
  ckd_epi_2021_creatinine,
  ckd_epi_2021_creatinine_cystatin_c,
  ckd_epi_2012_cystatin_c,
  ckd_epi_2009_creatinine,
  bedside_schwartz,
  ckid_u25_creatinine,
  cockcroft_gault,
};

/// As written in output: "ckd-epi-2021-creatinine".
[[nodiscard]] std::string_view name(Equation equation) noexcept;

// The equations. Age counts with its fraction of a year. Powers are computed in fixed point, the same on every machine, to a
// relative error below 1e-12; figures are rounded down to 1e-6, since the lower figure is the more dangerous one. Ratios alone
// (Schwartz, U25 from 18 years on, Cockcroft-Gault) are exact. Errors, of all: out_of_range, where the age is outside the
// equation's range or a measured value is not above 0; the place names the argument. The equations presume a steady state, and
// hold neither in pregnancy nor on dialysis: that is for rules to know.

/// CKD-EPI 2021, creatinine, without race. From 18 years. doi:10.1056/NEJMoa2102953
///     142 min(Scr/k, 1)^a max(Scr/k, 1)^-1.200 0.9938^age [1.012 if female];   k, a = 0.7, -0.241 (female); 0.9, -0.302 (male)
[[nodiscard]] Result<Egfr> ckd_epi_2021(Age age, Sex sex, Creatinine creatinine);

/// CKD-EPI 2021, creatinine and cystatin C, without race. From 18 years. doi:10.1056/NEJMoa2102953
///     135 min(Scr/k, 1)^a max(Scr/k, 1)^-0.544 min(Scys/0.8, 1)^-0.323 max(Scys/0.8, 1)^-0.778 0.9961^age [0.963 if female];
///     k, a = 0.7, -0.219 (female); 0.9, -0.144 (male)
[[nodiscard]] Result<Egfr> ckd_epi_2021(Age age, Sex sex, Creatinine creatinine, CystatinC cystatin_c);

/// CKD-EPI 2012, cystatin C. From 18 years. doi:10.1056/NEJMoa1114248
///     133 min(Scys/0.8, 1)^-0.499 max(Scys/0.8, 1)^-1.328 0.996^age [0.932 if female]
[[nodiscard]] Result<Egfr> ckd_epi_2012(Age age, Sex sex, CystatinC cystatin_c);

/// CKD-EPI 2009, creatinine, without its race term. From 18 years. doi:10.7326/0003-4819-150-9-200905050-00006
///     141 min(Scr/k, 1)^a max(Scr/k, 1)^-1.209 0.993^age [1.018 if female];   k, a = 0.7, -0.329 (female); 0.9, -0.411 (male)
[[nodiscard]] Result<Egfr> ckd_epi_2009(Age age, Sex sex, Creatinine creatinine);

/// The bedside equation of Schwartz and others, 2009. From 1 to below 18 years. doi:10.1681/ASN.2008030287
///     0.413 height / Scr;   height in cm
[[nodiscard]] Result<Egfr> bedside_schwartz(Age age, Creatinine creatinine, Length height);

/// CKiD U25 of Pierce and others, 2021, creatinine. From 1 to 25 years, both included. doi:10.1016/j.kint.2020.10.047
///     k height / Scr;   height in m;   k by age: below 12, below 18, from 18 on
///     male: 39.0 * 1.008^(age - 12), 39.0 * 1.045^(age - 12), 50.8;   female: 36.1 * 1.008^(age - 12), 36.1 * 1.023^(age -
///     12), 41.4
[[nodiscard]] Result<Egfr> ckid_u25(Age age, Sex sex, Creatinine creatinine, Length height);

/// Creatinine clearance of Cockcroft and Gault, 1976, which the labels of medicines refer to. From 18 to below 140 years (where
/// the equation reaches 0). doi:10.1159/000180580
///     (140 - age) weight / (72 Scr) [0.85 if female];   weight in kg
[[nodiscard]] Result<CreatinineClearance> cockcroft_gault(Age age, Sex sex, Creatinine creatinine, Mass weight);

/// GFR categories of KDIGO 2024 (doi:10.1016/j.kint.2023.10.018), from the best to the worst.
enum class Stage : std::uint8_t { G1, G2, G3a, G3b, G4, G5 };

/// "G3b".
[[nodiscard]] std::string_view name(Stage stage) noexcept;

/// The category of a GFR: G1 from 90, G2 from 60, G3a from 45, G3b from 30, G4 from 15, G5 below. The guideline prints whole
/// numbers ("45-59", "60-89"); the exact figure is compared with the lower end of each, so that 59.6 is G3a: there is no gap, and
/// no rounding into a milder category.
[[nodiscard]] Stage stage_of(Egfr egfr) noexcept;

/// A measure of kidney function, how it was come by, and why so.
struct Estimate {
  Equation equation = Equation::as_given;
  Interval<Exact> value;     ///< eGFR in mL/min/{1.73_m2}, or clearance in mL/min; over all that is open: both sexes, an age or a
                             ///< GFR within bounds
  std::string_view because;  ///< a key of the knowledge's texts
};

/// The best figure that the facts allow, or none. A GFR that is given is taken as it is (because.as-given). Otherwise, as KDIGO
/// 2024 has it, from 18 years on CKD-EPI: 2021 with creatinine and cystatin C (because.creatinine-and-cystatin), 2021 with
/// creatinine (because.creatinine-adult), 2012 with cystatin C (because.cystatin); from 1 to below 18 years CKiD U25 with
/// creatinine and height (because.child-u25). Between 18 and 25 years both CKD-EPI and U25 are valid: CKD-EPI is taken, which
/// needs no height. Without the sex, the estimates for both are the ends of the interval (because.sex-unknown), so that to learn
/// the sex only narrows it; so are those for the ends of an age that is known within bounds. None: no age, or one that may be on
/// either side of 18 years, an infant, nothing measured, or a child without height or creatinine.
[[nodiscard]] std::optional<Estimate> choose(const Patient& patient);

/// Creatinine clearance by Cockcroft-Gault from age, weight and creatinine (because.clearance, because.sex-unknown), or none.
[[nodiscard]] std::optional<Estimate> choose_clearance(const Patient& patient);

}  // namespace magnesia::renal
