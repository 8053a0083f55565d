// Where a record would hold a fact that is missing.
#pragma once

#include <array>
#include <string_view>

namespace magnesia::fhir {

struct NeededData {
  std::string_view fact;                      ///< as in Missing::fact
  std::string_view type;                      ///< of the resource
  std::array<std::string_view, 2> must_have;  ///< elements without which it does not tell
};

/// For every fact that can be missing. Observations are told by their codes.
inline constexpr std::array<NeededData, 22> needed_data{{
    {"age", "Patient", {"birthDate"}},
    {"sex", "Patient", {"gender"}},
    {"weight", "Observation", {"value", "effective"}},
    {"height", "Observation", {"value", "effective"}},
    {"egfr", "Observation", {"value", "effective"}},
    {"creatinine-clearance", "Observation", {"value", "effective"}},
    {"serum-magnesium", "Observation", {"value", "effective"}},
    {"ferritin", "Observation", {"value", "effective"}},
    {"transferrin-saturation", "Observation", {"value", "effective"}},
    {"heart-rate", "Observation", {"value", "effective"}},
    {"systolic-blood-pressure", "Observation", {"value", "effective"}},
    {"pr-interval", "Observation", {"value", "effective"}},
    {"pregnancy", "Condition", {"code", "clinicalStatus"}},
    {"trimester", "Condition", {"code", "clinicalStatus"}},
    {"lactation", "Condition", {"code", "clinicalStatus"}},
    {"dialysis", "Condition", {"code", "clinicalStatus"}},
    {"purpose", "MedicationRequest", {"reasonCode"}},
    {"conditions", "Condition", {"code", "clinicalStatus"}},
    {"medications", "MedicationStatement", {"medication", "status"}},
    {"magnesium", "MedicationStatement", {"medication", "dosage"}},
    {"amount", "MedicationRequest", {"medication", "dosageInstruction.doseAndRate"}},
    {"times", "MedicationRequest", {"medication", "dosageInstruction.timing"}},
}};

[[nodiscard]] constexpr const NeededData* needed_data_of(std::string_view fact) noexcept {
  for (const NeededData& one : needed_data)
    if (one.fact == fact) return &one;
  return nullptr;
}

/// Whether a measurement tells a fact: it is that fact, or the fact is estimated from it.
[[nodiscard]] constexpr bool tells(std::string_view measurement, std::string_view fact) noexcept {
  if (measurement == fact) return true;
  if (measurement == "creatinine") return fact == "egfr" || fact == "creatinine-clearance";
  return measurement == "cystatin-c" && fact == "egfr";
}

}  // namespace magnesia::fhir
