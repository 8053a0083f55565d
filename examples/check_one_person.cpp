// One person, one product, one answer: the program of README.md, which tests/project_check.py keeps the same as this.
#include <chrono>
#include <iostream>

#include "magnesia/magnesia.hpp"

namespace mg = magnesia;
using namespace mg::literals;
using namespace std::chrono_literals;

int main() {
  const mg::Checker checker{mg::Knowledge::embedded(), {.authority = "us-nasem", .as_of = 2026y / 11 / 23}};

  mg::Patient ann;  // every fact begins unknown; nothing is defaulted
  ann.age = 67_years;
  ann.sex = mg::Sex::female;
  ann.labs.egfr = 41_mL_min_1_73m2;                 // no constructor from a bare number
  ann.conditions = mg::at_least({"osteoporosis"});  // a record: there may be more
  ann.medications = mg::exactly({{"alendronate", mg::weekly(std::chrono::Sunday, 7h)},
                                 {"levothyroxine", mg::daily(6h + 30min)}});  // asked, and that is all
  const mg::Regimen regimen{{"Magnesium (as magnesium oxide) 500 mg", mg::daily(7h)}};

  const mg::Result<mg::Assessment> answer = checker.assess(ann, regimen);
  if (!answer) {
    std::cerr << mg::describe(answer.error()) << '\n';  // the place, what was found, what was expected
    return 2;
  }

  std::cout << answer->at_least() << " to " << answer->at_most() << ": " << answer->headline() << '\n';
  for (const mg::Finding& finding : answer->findings()) {
    std::cout << finding.rule << ": " << finding.message << ' ' << finding.action << '\n';
    for (const mg::Source& source : finding.sources)
      std::cout << "    [" << source.grade << "] " << source.title << ", " << source.locator << '\n';
  }
  for (const mg::Missing& missing : answer->missing())
    std::cout << "ask: " << missing.question << " (could reach " << missing.could_reach << ")\n";
  if (const auto clear = answer->clearance()) std::cout << clear->statement() << '\n';  // the only way to say so
}
