// magnesia plan
#include "cli/person.hpp"
#include "magnesia/fhir_write.hpp"

namespace magnesia::cli {
namespace {

std::string report_of(const Plan& plan, const fhir::Record& record, std::string_view format,
                      std::chrono::year_month_day first_day) {
  if (format == "html") return to_html(plan);
  if (format == "svg") return to_svg(plan);
  if (format == "ics") return to_ics(plan, first_day);
  if (format == "fhir") return fhir::to_bundle(plan, {Severity::none, &record}) + '\n';
  if (format == "json") return to_json(plan) + '\n';
  return to_text(plan, text_options());
}

}  // namespace

Exit plan(const Given& given) {
  const std::string_view format = given.value_or("--format", on_terminal() ? "text" : "json");
  const bool titrate = given.has("--titrate");
  if (titrate && format != "text" && format != "json")
    return refuse({ErrorKind::conflict, "--format", std::string{format} + " with --titrate", "text or json"});
  if (format == "ics" && !given.has("--as-of"))
    return refuse(
        {ErrorKind::missing_key, "--as-of", "no day with --format ics", "the day on which the calendar begins, as YYYY-MM-DD"});
  Exit exit = Exit::answered;
  const std::optional<Asked> asked = ask(given, "plan", exit);
  if (!asked) return exit;
  const auto& [request, checker, shown, record] = *asked;
  if (titrate) {
    const Result<Titration> titration = plan_titration(checker, request.patient, request.regimen);
    if (!titration) return refuse(titration.error(), shown);
    return print(format == "json" ? to_json(*titration) + '\n' : to_text(*titration, text_options())) ? Exit::answered
                                                                                                      : Exit::bad_input;
  }
  const Result<Plan> plan =
      plan_day(checker, request.patient, request.regimen, {request.day, request.medications, request.magnesium});
  if (!plan) return refuse(plan.error(), shown);
  return print(report_of(*plan, record, format, checker.policy().as_of)) ? Exit::answered : Exit::bad_input;
}

}  // namespace magnesia::cli
