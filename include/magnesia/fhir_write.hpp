// FHIR R4 out: assessments, plans and errors as resources that an EHR can keep (docs/fhir-out.md). In target magnesia::fhir.
#pragma once

#include <span>
#include <string>

#include "magnesia/error.hpp"
#include "magnesia/fhir.hpp"
#include "magnesia/plan.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia::fhir {

// The same input gives the same bytes: ids follow from the content, the only date is the day of the assessment. Everything is on
// one line, without a line end. Valid FHIR R4 (4.0.1).

struct WriteOptions {
  Severity min_severity = Severity::none;  ///< findings below it are left out, and counted
  /// What the person was read from: resources then refer to the patient, orders and measurements in it, and what of it could not
  /// be used is said. Null: the person came from elsewhere, and is referred to in words. Not kept.
  const Record* record = nullptr;
};

/// A Bundle (collection): first a GuidanceResponse, whose status says whether the answer is complete (success), could change
/// within its range if more were known (data-requested), or is not decided (data-required), with a DataRequirement for each
/// missing fact and "no concern found" only where there is a Clearance; Parameters with the verdict and the intake; a
/// DetectedIssue for each finding, final where it is established and preliminary where it is only possible; and an
/// OperationOutcome for what was not recognised.
void append_bundle(std::string& out, const Assessment& assessment, const WriteOptions& options = {});
[[nodiscard]] std::string to_bundle(const Assessment& assessment, const WriteOptions& options = {});

/// The same of the day as planned, and its doses as Timing: a MedicationStatement for what stays as it is, a draft proposal of a
/// MedicationRequest for what moves. Where there is no plan, the OperationOutcome says what cannot hold together.
void append_bundle(std::string& out, const Plan& plan, const WriteOptions& options = {});
[[nodiscard]] std::string to_bundle(const Plan& plan, const WriteOptions& options = {});

/// How much of an error may be told.
enum class Tell : std::uint8_t {
  all,           ///< what was found too
  without_found  ///< place and what was expected: what a service may say without repeating what it was sent
};
/// An OperationOutcome with an issue for each error; `errors` must not be empty.
[[nodiscard]] std::string to_outcome(std::span<const Error> errors, Tell tell = Tell::all);

}  // namespace magnesia::fhir
