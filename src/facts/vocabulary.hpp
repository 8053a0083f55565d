// The closed vocabulary of facts: what rules may speak of, in which dimension, and in which direction danger lies.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "magnesia/quantity.hpp"

namespace magnesia::facts {

/// Numeric facts. Those from `dose` on belong to a magnesium product, the others to the person.
enum class FactId : std::uint8_t {
  age,
  weight,
  height,
  trimester,
  egfr,
  creatinine_clearance,
  serum_magnesium,
  ferritin,
  transferrin_saturation,
  heart_rate,
  systolic_blood_pressure,
  pr_interval,
  intake,
  limit,
  dose,
  per_day,
  claim_ratio,
  unit_mass_needed,
  unit_fill
};
inline constexpr std::size_t fact_count = 19;
inline constexpr std::size_t person_fact_count = 14;
inline constexpr std::size_t measured_fact_count = 12;  ///< told or estimated, not computed from what is taken
inline constexpr std::size_t product_fact_count = fact_count - person_fact_count;

enum class Danger : std::uint8_t { none, rising, falling };

struct FactInfo {
  std::string_view id;
  Dimension dimension;    ///< values are kept in its base unit
  std::string_view unit;  ///< in which it is shown, as UCUM
  std::string_view read;  ///< the same unit, as people read it
  Exact unit_factor;      ///< of `unit` in base units
  int places;             ///< decimals that are shown at most
  Danger danger;
};

inline constexpr std::array<FactInfo, fact_count> vocabulary{{
    {"age", Dimension::time, "a", "years", 525'960, 2, Danger::none},
    {"weight", Dimension::mass, "kg", "kg", 1'000'000, 1, Danger::none},
    {"height", Dimension::length, "cm", "cm", 1, 1, Danger::none},
    {"trimester", Dimension::fraction, "1", "", 1, 0, Danger::none},
    {"egfr", Dimension::indexed_clearance, "mL/min/{1.73_m2}", "mL/min/1.73 m²", 1, 1, Danger::falling},
    {"creatinine-clearance", Dimension::clearance, "mL/min", "mL/min", 1, 1, Danger::falling},
    {"serum-magnesium", Dimension::substance_concentration, "mmol/L", "mmol/L", 1, 2, Danger::rising},
    {"ferritin", Dimension::mass_concentration, "ng/mL", "ng/mL", Exact::ratio(1, 10'000), 1, Danger::none},
    {"transferrin-saturation", Dimension::fraction, "%", "%", Exact::ratio(1, 100), 1, Danger::none},
    {"heart-rate", Dimension::rate, "/min", "/min", 1, 0, Danger::falling},
    {"systolic-blood-pressure", Dimension::pressure, "mm[Hg]", "mmHg", 1, 0, Danger::falling},
    {"pr-interval", Dimension::time, "ms", "ms", Exact::ratio(1, 60'000), 0, Danger::rising},
    {"intake", Dimension::mass, "mg", "mg", 1, 1, Danger::rising},
    {"limit", Dimension::mass, "mg", "mg", 1, 1, Danger::falling},
    {"dose", Dimension::mass, "mg", "mg", 1, 1, Danger::rising},
    {"per-day", Dimension::mass, "mg", "mg", 1, 1, Danger::rising},
    {"claim-ratio", Dimension::fraction, "1", "", 1, 2, Danger::rising},
    {"unit-mass-needed", Dimension::mass, "mg", "mg", 1, 0, Danger::rising},
    {"unit-fill", Dimension::fraction, "1", "", 1, 2, Danger::rising},
}};

[[nodiscard]] constexpr const FactInfo& info(FactId fact) noexcept { return vocabulary[static_cast<std::size_t>(fact)]; }
[[nodiscard]] constexpr bool of_product(FactId fact) noexcept { return fact >= FactId::dose; }
[[nodiscard]] constexpr std::optional<FactId> fact_named(std::string_view id) noexcept {
  for (std::size_t i = 0; i < fact_count; ++i)
    if (vocabulary[i].id == id) return static_cast<FactId>(i);
  return std::nullopt;
}

/// What is asked when something is not known: bit positions of an Asks mask.
enum class Ask : std::uint8_t {
  // Measured facts stand at the position of their FactId (0 to 11).
  age,
  weight,
  height,
  trimester,
  egfr,
  creatinine_clearance,
  serum_magnesium,
  ferritin,
  transferrin_saturation,
  heart_rate,
  systolic_blood_pressure,
  pr_interval,
  sex,
  pregnancy,
  lactation,
  dialysis,
  purpose,
  amount,
  times,
  condition_detail,   ///< a listed condition is wider than a rule needs
  medication_detail,  ///< a listed medication is a class, or carries magnesium of unknown amount
  salt_detail,        ///< the salt of a product is not said
  conditions,
  medications,
  magnesium  ///< the list itself is open
};
inline constexpr std::size_t ask_count = 25;
using Asks = std::uint32_t;

[[nodiscard]] constexpr Asks bit(Ask ask) noexcept { return Asks{1} << static_cast<unsigned>(ask); }
[[nodiscard]] constexpr Asks bit(FactId fact) noexcept { return Asks{1} << static_cast<unsigned>(fact); }

/// Asks that an open list alone brings: they stand in `missing` once, not as a finding for each rule.
inline constexpr Asks open_lists = bit(Ask::conditions) | bit(Ask::medications) | bit(Ask::magnesium);

/// The question document of each Ask.
inline constexpr std::array<std::string_view, ask_count> questions{"age",
                                                                   "weight",
                                                                   "height",
                                                                   "trimester",
                                                                   "egfr",
                                                                   "creatinine-clearance",
                                                                   "serum-magnesium",
                                                                   "ferritin",
                                                                   "transferrin-saturation",
                                                                   "heart-rate",
                                                                   "systolic-blood-pressure",
                                                                   "pr-interval",
                                                                   "sex",
                                                                   "pregnancy",
                                                                   "lactation",
                                                                   "dialysis",
                                                                   "purpose",
                                                                   "amount",
                                                                   "times",
                                                                   "conditions",
                                                                   "medications",
                                                                   "magnesium",
                                                                   "conditions",
                                                                   "medications",
                                                                   "magnesium"};

/// What a rule may ask of a person without a number.
enum class Is : std::uint8_t { pregnant, lactating, on_dialysis, female, male };
inline constexpr std::size_t is_count = 5;
inline constexpr std::array<std::string_view, is_count> is_names{"pregnant", "lactating", "on-dialysis", "female", "male"};
inline constexpr std::array<Ask, is_count> is_asks{Ask::pregnancy, Ask::lactation, Ask::dialysis, Ask::sex, Ask::sex};

/// Numbers of the input that have a range in the knowledge: the measured facts first, at the position of their FactId.
enum class Bounded : std::uint8_t {
  age,
  weight,
  height,
  trimester,
  egfr,
  creatinine_clearance,
  serum_magnesium,
  ferritin,
  transferrin_saturation,
  heart_rate,
  systolic_blood_pressure,
  pr_interval,
  creatinine,
  cystatin_c,
  amount,
  elemental_amount,
  unit_mass,
  units_per_dose,
  doses_per_day
};
inline constexpr std::size_t bounded_count = 19;
struct BoundedInfo {
  std::string_view id;
  Dimension dimension;
};
inline constexpr std::array<BoundedInfo, bounded_count - measured_fact_count> more_bounded{{
    {"creatinine", Dimension::mass_concentration},
    {"cystatin-c", Dimension::mass_concentration},
    {"amount", Dimension::mass},
    {"elemental-amount", Dimension::mass},
    {"unit-mass", Dimension::mass},
    {"units-per-dose", Dimension::fraction},
    {"doses-per-day", Dimension::fraction},
}};
[[nodiscard]] constexpr BoundedInfo bounded_info(std::size_t index) noexcept {
  return index < measured_fact_count ? BoundedInfo{vocabulary[index].id, vocabulary[index].dimension}
                                     : more_bounded[index - measured_fact_count];
}

}  // namespace magnesia::facts
