// Any bytes: a record is read, or refused with errors that say everything. What is read can be assessed, both evaluators say the
// same of it, and what could not be understood is never cleared.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "magnesia/checker.hpp"
#include "magnesia/fhir.hpp"
#include "tests/naive/evaluator.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace magnesia;
  using namespace std::chrono_literals;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static const std::array packs{Pack::embedded()};
  static const naive::Evaluator naive{packs};
  static const Checker checker{Knowledge::embedded()};
  fhir::ReadOptions options;
  options.as_of = 2026y / 11 / 25;
  options.known_empty = fhir::List::conditions | fhir::List::medication_requests;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Result<fhir::Record, Errors> record = fhir::read(text, checker.knowledge(), options);
  if (!record) {
    for (const Error& error : record.error()) require(!error.found.empty() && !error.expected.empty());
    return 0;
  }
  const Request& request = record->request;
  require(record->conditions.size() == request.patient.conditions.items().size());
  require(record->medications.size() == request.patient.medications.items().size());
  require(record->magnesium.size() == request.regimen.products().items().size());
  require(request.medications.size() == record->medications.size() && request.magnesium.size() == record->magnesium.size());
  std::size_t unread = 0;
  for (const fhir::Note& note : record->notes) {
    require(!note.expected.empty());
    unread += note.outcome == fhir::Note::Outcome::unread ? 1U : 0U;
  }
  require(unread <= request.patient.unread.size());

  require(checker.validate(request.patient, request.regimen).empty());
  const Result<Assessment> answer = checker.assess(request.patient, request.regimen);
  require(answer.has_value());
  require(unread == 0 || (!answer->decided() && !answer->clearance()));
  if (request.patient.medications.items().size() > 20 || request.regimen.products().items().size() > 20) return 0;
  require(naive::difference(naive.evaluate(request.patient, request.regimen), naive::answer_of(*answer)).empty());
  return 0;
}
