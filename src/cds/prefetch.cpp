#include "cds/prefetch.hpp"

#include "fhir/needed_data.hpp"

namespace magnesia::cds {

using fhir::List;

namespace {

constexpr std::string_view of_patient = "?patient={{context.patientId}}";

// Some of the newest may be unusable: cancelled, without a value, or in a unit that clashes with the code.
constexpr std::string_view newest = "&_sort=-date&_count=10";

std::string codes_query(const std::vector<std::string>& codes) {
  std::string query{"Observation"};
  query += of_patient;
  query += "&code=";
  for (const std::string& code : codes) {
    if (&code != &codes.front()) query += ',';
    query += code;
  }
  return query += newest;
}

// Facts that a measurement tells: itself, or what is estimated from it.
std::vector<std::string_view> told_by(std::string_view measured) {
  std::vector<std::string_view> facts;
  for (const fhir::NeededData& one : fhir::needed_data)
    if (fhir::tells(measured, one.fact)) facts.push_back(one.fact);
  return facts;
}

}  // namespace

std::vector<Prefetch> prefetches(const base::Base& base) {
  const auto search = [](std::string_view type, std::string_view more = {}) {
    return std::string{type} + std::string{of_patient} + std::string{more};
  };
  std::vector<Prefetch> all{
      {"patient", "Patient/{{context.patientId}}", {}, {"age", "sex"}},
      {"conditions",
       search("Condition"),
       List::conditions,
       {"conditions", "pregnancy", "trimester", "lactation", "dialysis", "purpose"}},
      {"medication-requests",
       search("MedicationRequest", "&status=active,on-hold"),
       List::medication_requests,
       {"medications", "magnesium"}},
      {"medication-statements",
       search("MedicationStatement", "&status=active,intended,on-hold"),
       List::medication_statements,
       {"medications", "magnesium"}},
      {"nutrition-orders", search("NutritionOrder", "&status=active,on-hold"), List::nutrition_orders, {}},
      {"allergies", search("AllergyIntolerance"), List::allergies, {}},
      {"devices", search("Device"), List::devices, {}},
  };
  for (std::size_t i = 0; i < facts::bounded_count; ++i) {
    const std::vector<std::string>& codes = base.record_terms.measurements[i].codes;
    if (codes.empty()) continue;
    const std::string_view id = facts::bounded_info(i).id;
    all.push_back({std::string{id}, codes_query(codes), {}, told_by(id)});
  }
  for (const base::RecordTerms::Status& status : base.record_terms.statuses) {
    if (status.codes.empty()) continue;
    const std::string_view asked =
        facts::questions[static_cast<std::size_t>(facts::is_asks[static_cast<std::size_t>(status.is)])];
    all.push_back({std::string{asked}, codes_query(status.codes), {}, {asked}});
  }
  return all;
}

fhir::Lists asked_lists(const std::vector<Prefetch>& all) noexcept {
  fhir::Lists lists;
  for (const Prefetch& one : all) lists |= one.answers;
  return lists;
}

}  // namespace magnesia::cds
