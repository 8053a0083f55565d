// OperationOutcome.
#include <algorithm>

#include "fhir/write_bundle.hpp"
#include "magnesia/fhir_write.hpp"

namespace magnesia::fhir {
namespace {

std::string_view issue_type(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::syntax:
    case ErrorKind::encoding:
    case ErrorKind::duplicate_key:
    case ErrorKind::unknown_key:
    case ErrorKind::wrong_type: return "structure";
    case ErrorKind::too_large: return "too-long";
    case ErrorKind::missing_key: return "required";
    case ErrorKind::wrong_unit:
    case ErrorKind::out_of_range: return "value";
    case ErrorKind::unknown_name: return "not-found";
    case ErrorKind::conflict: return "invariant";
    case ErrorKind::unsourced:
    case ErrorKind::unsafe: return "business-rule";
    case ErrorKind::unreadable: return "exception";
  }
  return "processing";
}

}  // namespace

void write_issues(ResourceWriter& writer, const std::vector<Issue>& issues) {
  writer.begin_list("issue");
  for (const Issue& issue : issues) {
    writer.begin_object();
    writer.member("severity", issue.severity);
    writer.member("code", issue.code);
    if (!issue.details.empty()) writer.concept_text("details", issue.details);
    writer.member_if("diagnostics", issue.diagnostics);
    if (!issue.expression.empty()) {
      writer.begin_list("expression");
      writer.string(issue.expression);
      writer.end_array();
    }
    writer.end_object();
  }
  writer.end_array();
}

std::string to_outcome(std::span<const Error> errors, Tell tell) {
  std::vector<Issue> issues;
  for (const Error& error : errors) {
    std::string text = error.place;
    if (tell == Tell::all)
      text = describe(error);
    else
      text += (text.empty() ? "expected " : ": expected ") + error.expected;
    issues.push_back({"error", issue_type(error.kind), std::string{name(error.kind)}, std::move(text), {}});
  }
  std::string out;
  ResourceWriter writer{out};
  writer.begin_object();
  writer.member("resourceType", "OperationOutcome");
  write_issues(writer, issues);
  writer.end_object();
  return out;
}

}  // namespace magnesia::fhir
