// Reads a FHIR R4 Bundle, checks the person, and says what of the record could not be used and where it stands.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "magnesia/magnesia.hpp"

namespace mg = magnesia;
using namespace std::chrono_literals;

int main(int argc, char** argv) {
  std::ifstream file{argc > 1 ? argv[1] : "examples/people/tomas.fhir.json"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};

  const mg::Checker checker{mg::Knowledge::embedded(), {.as_of = 2026y / 11 / 25}};
  mg::fhir::ReadOptions options;
  options.as_of = checker.policy().as_of;
  options.meaning_of = [](std::string_view system, std::string_view code) -> std::vector<mg::Term> {
    if (system == "http://st-elsewhere.example/drugs" && code == "MGOX") return {{"magnesium oxide", {}}};  // our own codes
    return {};
  };
  const mg::Result<mg::fhir::Record, mg::Errors> record = mg::fhir::read(text, checker.knowledge(), options);
  if (!record) {
    for (const mg::Error& error : record.error()) std::cerr << describe(error) << '\n';
    return 2;
  }
  for (const mg::fhir::Note& note : record->notes)
    if (note.outcome != mg::fhir::Note::Outcome::skipped)
      std::cout << name(note.outcome) << ' ' << note.origin.reference << " at " << note.origin.pointer << ": found " << note.found
                << ", expected " << note.expected << '\n';

  const mg::Result<mg::Assessment> answer = checker.assess(record->request.patient, record->request.regimen);
  if (!answer) {
    std::cerr << describe(answer.error()) << '\n';
    return 2;
  }
  std::cout << answer->headline() << '\n';
  for (std::size_t i = 0; i < record->magnesium.size(); ++i)
    std::cout << "magnesium[" << i << "] is " << record->magnesium[i].reference << '\n';
  return 0;
}
