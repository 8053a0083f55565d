// A program that needs amounts and no knowledge: the core alone, with nothing but the standard library.
#include <iostream>

#include <magnesia/quantity.hpp>

namespace mg = magnesia;
using namespace mg::literals;

int main() {
  const mg::Result<mg::FoundUnit> unit = mg::find_unit("mcg");
  const mg::ElementalMass dose = 350_mg_elemental;
  const mg::Exact micrograms = unit ? dose.in({unit->ucum, unit->factor}) : mg::Exact{};
  std::cout << micrograms.decimal(0) << '\n';
  return micrograms == mg::Exact{350'000} ? 0 : 1;
}
