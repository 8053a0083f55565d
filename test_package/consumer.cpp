// A program of somebody who uses Magnesia: prints the severity that a severely reduced kidney function forces.
#include <chrono>
#include <iostream>

#include <magnesia/magnesia.hpp>

namespace mg = magnesia;
using namespace mg::literals;
using namespace std::chrono_literals;

int main() {
  const mg::Checker checker{mg::Knowledge::embedded()};
  mg::Patient patient;
  patient.age = 67_years;
  patient.labs.egfr = 12_mL_min_1_73m2;
  const mg::Result<mg::Assessment> answer = checker.assess(patient, {{"Magnesium (as magnesium oxide) 500 mg", mg::daily(7h)}});
  if (!answer) {
    std::cerr << mg::describe(answer.error()) << '\n';
    return 2;
  }
  std::cout << answer->at_least() << '\n';
  return answer->at_least() >= mg::Severity::major ? 0 : 1;
}
