// Answers the jobs of conformance_check.py through C++: what all others have to answer too.
#include <charconv>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

#include "magnesia/magnesia.hpp"

namespace {

using namespace magnesia;

struct Answer {
  std::string status = "ok";
  std::string verdict = "- - - -";
  std::string text;
};

Answer refused(const Errors& errors) {
  Answer answer{"bad-input", "- - - -", {}};
  append_json(answer.text, errors, 1);
  return answer;
}

Answer without_form() { return {"bad-argument", "- - - -", {}}; }

std::string verdict_of(const Assessment& assessment) {
  std::ostringstream out;
  out << assessment.at_least() << ' ' << assessment.at_most() << ' ' << assessment.decided() << ' '
      << assessment.clearance().has_value();
  return out.str();
}

Answer assess(const Checker& checker, const fhir::Record& record, const std::string& format) {
  const Request& request = record.request;
  const Result<Assessment> assessment = checker.assess(request.patient, request.regimen);
  if (!assessment) return refused({assessment.error()});
  Answer answer{"ok", verdict_of(*assessment), {}};
  if (format == "json")
    answer.text = to_json(*assessment);
  else if (format == "text")
    answer.text = to_text(*assessment);
  else if (format == "html")
    answer.text = to_html(*assessment);
  else if (format == "fhir")
    answer.text = fhir::to_bundle(*assessment, {Severity::none, &record});
  else
    answer.status = "bad-argument";
  return answer;
}

Answer plan(const Checker& checker, const fhir::Record& record, const std::string& format) {
  const Request& request = record.request;
  const Result<Plan> plan =
      plan_day(checker, request.patient, request.regimen, {request.day, request.medications, request.magnesium});
  if (!plan) return refused({plan.error()});
  if (format == "json") return {"ok", "- - - -", to_json(*plan)};
  if (format == "text") return {"ok", "- - - -", to_text(*plan)};
  if (format == "html") return {"ok", "- - - -", to_html(*plan)};
  if (format == "fhir") return {"ok", "- - - -", fhir::to_bundle(*plan, {Severity::none, &record})};
  if (format == "svg") return {"ok", "- - - -", to_svg(*plan)};
  if (format == "ics" && checker.policy().as_of.ok()) return {"ok", "- - - -", to_ics(*plan, checker.policy().as_of)};
  return without_form();
}

Answer elemental(const Checker& checker, const std::string& label, const std::string& format) {
  const Result<Elemental> elemental = elemental_of(checker, label);
  if (!elemental) return refused({elemental.error()});
  const std::span<const Elemental> one{&*elemental, 1};
  if (format == "json") return {"ok", "- - - -", to_json(one)};
  if (format == "text") return {"ok", "- - - -", to_text(one, checker.knowledge())};
  return without_form();
}

Answer answer_to(const Checker& checker, const std::string& call, const std::string& format, const std::string& text) {
  if (const Errors errors = checker.validate({}, {}); !errors.empty()) return refused(errors);
  if (call == "elemental") return elemental(checker, text, format);
  const Result<fhir::Record, Errors> record = fhir::read_document(text, checker.knowledge(), {.as_of = checker.policy().as_of});
  if (!record) return refused(record.error());
  const Request& request = record->request;
  if (const Errors errors = checker.validate(request.patient, request.regimen); !errors.empty()) return refused(errors);
  return call == "plan" ? plan(checker, *record, format) : assess(checker, *record, format);
}

std::chrono::year_month_day day_of(const std::string& text) {
  if (text == "-") return {};
  return {std::chrono::year{std::stoi(text)}, std::chrono::month{static_cast<unsigned>(std::stoi(text.substr(5)))},
          std::chrono::day{static_cast<unsigned>(std::stoi(text.substr(8)))}};
}

}  // namespace

int main() {
  const Knowledge knowledge = Knowledge::embedded();
  std::string call, format, authority, as_of;
  bool settles = false, complete = false;
  std::size_t size = 0;
  while (std::cin >> call >> format >> authority >> as_of >> settles >> complete >> size) {
    std::string text(size, '\0');
    std::cin.get();
    std::cin.read(text.data(), static_cast<std::streamsize>(size));
    const Checker checker{knowledge, {authority, day_of(as_of), settles, complete}};
    const Answer answer = answer_to(checker, call, format, text);
    const bool with_verdict = answer.status == "ok" || answer.status == "bad-argument";
    std::cout << answer.status << ' ' << (with_verdict ? answer.verdict : "- - - -") << ' ' << answer.text.size() << '\n'
              << answer.text << '\n';
  }
}
