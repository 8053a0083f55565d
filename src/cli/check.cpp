// magnesia check
#include <charconv>

#include "cli/common.hpp"
#include "json/read_file.hpp"
#include "magnesia/request.hpp"

namespace magnesia::cli {
namespace {

Result<std::chrono::year_month_day> day_of(std::string_view text) {
  const Error error{ErrorKind::syntax, "--as-of", excerpt(text), "a day of the calendar as YYYY-MM-DD"};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return error;
  int parts[3] = {};
  const std::string_view digits[3] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  for (int i = 0; i < 3; ++i) {
    for (const char c : digits[i]) {
      if (c < '0' || c > '9') return error;
      parts[i] = parts[i] * 10 + (c - '0');
    }
  }
  const std::chrono::year_month_day day{std::chrono::year{parts[0]}, std::chrono::month{static_cast<unsigned>(parts[1])},
                                        std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (!day.ok()) return error;
  return day;
}

Exit refuse(const Error& error, std::string_view before = {}) {
  complain(error, before);
  return Exit::bad_input;
}

std::string report_of(const Assessment& assessment, std::string_view format, Severity min_severity) {
  if (format == "html") return to_html(assessment, {min_severity});
  if (format == "json") return to_json(assessment, {min_severity}) + '\n';
  TextOptions options = text_options();
  options.min_severity = min_severity;
  return to_text(assessment, options);
}

}  // namespace

Exit check(const Given& given) {
  if (given.operands().size() != 1)
    return refuse({ErrorKind::missing_key, "check", std::to_string(given.operands().size()) + " files",
                   "one file, or - for standard input"});
  const std::string& path = given.operands().front();
  const std::string_view shown = path == "-" ? std::string_view{"standard input"} : std::string_view{path};

  Policy policy;
  policy.authority = given.value_or("--authority", policy.authority);
  policy.history_settles = given.has("--history-settles");
  policy.record_is_complete = given.has("--record-is-complete");
  if (given.has("--as-of")) {
    const auto day = day_of(given.value_or("--as-of", {}));
    if (!day) return refuse(day.error());
    policy.as_of = *day;
  }
  const Severity min_severity = *severity_named(given.value_or("--min-severity", "none"));  // parse() refuses other names

  const Result<std::string> text = json::read_file(path, RequestReader::default_max_bytes);
  if (!text) return refuse(text.error());
  const Result<Request, Errors> request = read_request(*text);
  if (!request) {
    for (const Error& error : request.error()) complain(error, shown);
    return Exit::bad_input;
  }
  std::optional<Knowledge> knowledge = load_knowledge(given.values("--knowledge"));
  if (!knowledge) return Exit::bad_knowledge;
  const Checker checker{*std::move(knowledge), policy};
  if (Errors errors = checker.validate(request->patient, request->regimen); !errors.empty()) {
    for (Error& error : errors) {
      const bool of_policy = error.place == "policy/authority";
      if (of_policy) error.place = "--authority";
      complain(error, of_policy ? std::string_view{} : shown);
    }
    return Exit::bad_input;
  }
  const Result<Assessment> assessment = checker.assess(request->patient, request->regimen);
  if (!assessment) return refuse(assessment.error(), shown);

  if (!print(report_of(*assessment, given.value_or("--format", on_terminal() ? "text" : "json"), min_severity)))
    return Exit::bad_input;
  const bool reached = given.has("--fail-at") && assessment->at_most() >= *severity_named(given.value_or("--fail-at", {}));
  return reached ? Exit::reached : Exit::answered;
}

}  // namespace magnesia::cli
