// A day without conflicts: levothyroxine, alendronate on Sundays, and magnesium that was taken in between.
#include <chrono>
#include <iostream>

#include "magnesia/magnesia.hpp"

namespace mg = magnesia;
using namespace std::chrono_literals;

int main() {
  const mg::Checker checker{mg::Knowledge::embedded()};

  mg::Patient ann;
  ann.medications = mg::exactly({{"alendronate", mg::weekly(std::chrono::Sunday, 7h)}, {"levothyroxine", mg::daily(6h + 30min)}});
  ann.purpose = mg::Term{"restless legs syndrome", {}};
  const mg::Regimen regimen{{"Magnesium (as magnesium bisglycinate) 200 mg", mg::daily(7h)}};

  mg::Wishes wishes;
  wishes.day = {mg::TimeOfDay{390}, mg::TimeOfDay{450}, mg::TimeOfDay{750}, mg::TimeOfDay{1110}, mg::TimeOfDay{1350}};

  const mg::Result<mg::Plan> plan = mg::plan_day(checker, ann, regimen, wishes);
  if (!plan) {
    std::cerr << mg::describe(plan.error()) << '\n';
    return 2;
  }
  std::cout << mg::name(plan->status) << ": " << plan->changes << " changes, " << plan->occasions << " occasions\n";
  for (const mg::PlannedDoses& doses : plan->doses)
    for (const mg::TimeOfDay time : doses.times)
      std::cout << mg::name(time) << ' ' << doses.called << (doses.moved ? " (moved)\n" : "\n");
  for (const mg::Conflict& conflict : plan->conflicts) std::cout << conflict.message << '\n';
  std::cout << '\n' << mg::to_text(*plan);
}
