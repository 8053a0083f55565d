#include "cli/person.hpp"

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

// What a record has and the answer does without: said beside the answer, since it may be asked for.
void remark(const fhir::Record& record, std::string_view shown) {
  for (const fhir::Note& note : record.notes)
    if (note.outcome == fhir::Note::Outcome::incomplete || note.outcome == fhir::Note::Outcome::stale)
      complain(std::string{shown} + ": " + note.origin.pointer + ": " + std::string{name(note.outcome)} + ": found " +
               note.found + ", expected " + note.expected);
}

}  // namespace

Exit refuse(const Error& error, std::string_view before) {
  complain(error, before);
  return Exit::bad_input;
}

Result<Policy> policy_of(const Given& given) {
  Policy policy;
  policy.authority = given.value_or("--authority", policy.authority);
  policy.history_settles = given.has("--history-settles");
  policy.record_is_complete = given.has("--record-is-complete");
  if (given.has("--as-of")) {
    const auto day = day_of(given.value_or("--as-of", {}));
    if (!day) return day.error();
    policy.as_of = *day;
  }
  return policy;
}

std::optional<Asked> ask(const Given& given, std::string_view verb, Exit& exit) {
  exit = Exit::bad_input;
  const auto refused = [](const Error& error) -> std::optional<Asked> {
    complain(error);
    return {};
  };
  if (given.operands().size() != 1)
    return refused({ErrorKind::missing_key, std::string{verb}, std::to_string(given.operands().size()) + " files",
                    "one file, or - for standard input"});
  const std::string& path = given.operands().front();
  const std::string_view shown = path == "-" ? std::string_view{"standard input"} : std::string_view{path};

  const Result<Policy> policy = policy_of(given);
  if (!policy) return refused(policy.error());
  const Result<std::string> text = json::read_file(path, RequestReader::default_max_bytes);
  if (!text) return refused(text.error());
  std::optional<Knowledge> knowledge = load_knowledge(given.values("--knowledge"));
  if (!knowledge) {
    exit = Exit::bad_knowledge;
    return {};
  }
  fhir::ReadOptions options;
  options.as_of = policy->as_of;
  options.patient = given.value_or("--patient", {});
  Result<fhir::Record, Errors> read = fhir::read_document(*text, *knowledge, options);
  if (!read) {
    for (const Error& error : read.error()) complain(error, shown);
    return {};
  }
  fhir::Record record = *std::move(read);
  remark(record, shown);
  Checker checker{*std::move(knowledge), *policy};
  if (Errors errors = checker.validate(record.request.patient, record.request.regimen); !errors.empty()) {
    for (Error& error : errors) {
      const bool of_policy = error.place == "policy/authority";
      if (of_policy) error.place = "--authority";
      complain(error, of_policy ? std::string_view{} : shown);
    }
    return {};
  }
  Request request = std::move(record.request);
  record.request = {};
  return Asked{std::move(request), std::move(checker), std::string{shown}, std::move(record)};
}

}  // namespace magnesia::cli
