// magnesia check
#include "cli/person.hpp"
#include "magnesia/cds_hooks.hpp"
#include "magnesia/fhir_write.hpp"

namespace magnesia::cli {
namespace {

std::string report_of(const Assessment& assessment, const fhir::Record& record, std::string_view format, Severity min_severity) {
  if (format == "html") return to_html(assessment, {min_severity});
  if (format == "fhir") return fhir::to_bundle(assessment, {min_severity, &record}) + '\n';
  if (format == "cds") return cds::to_cards(assessment, min_severity) + '\n';
  if (format == "json") return to_json(assessment, {min_severity}) + '\n';
  TextOptions options = text_options();
  options.min_severity = min_severity;
  return to_text(assessment, options);
}

}  // namespace

Exit check(const Given& given) {
  Exit exit = Exit::answered;
  const std::optional<Asked> asked = ask(given, "check", exit);
  if (!asked) return exit;
  const auto& [request, checker, shown, record] = *asked;
  const Severity min_severity = *severity_named(given.value_or("--min-severity", "none"));  // parse() refuses others
  const Result<Assessment> assessment = checker.assess(request.patient, request.regimen);
  if (!assessment) return refuse(assessment.error(), shown);

  if (!print(report_of(*assessment, record, given.value_or("--format", on_terminal() ? "text" : "json"), min_severity)))
    return Exit::bad_input;
  const bool reached = given.has("--fail-at") && assessment->at_most() >= *severity_named(given.value_or("--fail-at", {}));
  return reached ? Exit::reached : Exit::answered;
}

}  // namespace magnesia::cli
