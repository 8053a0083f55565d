// Any bytes: a formula is refused with a place inside the text, or it keeps to its limits, weighs what its atoms weigh, and comes
// back unchanged from Hill notation.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "magnesia/salt.hpp"

namespace {

using magnesia::Exact;
using magnesia::Formula;
using magnesia::Rounding;

void require(bool holds) {
  if (!holds) std::abort();
}

// A second way to the molar mass: decimal weights, added up in ratios.
Exact weigh(const Formula& formula) {
  Exact sum;
  for (const Formula::Atoms& a : formula.atoms()) {
    const magnesia::Result<Exact> weight = Exact::parse(magnesia::elements[a.atomic_number - 1U].standard_atomic_weight);
    require(weight.has_value());
    sum = Exact::add(sum, Exact::multiply(*weight, a.count, Rounding::down), Rounding::down);
  }
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const magnesia::Result<Formula> formula = magnesia::parse_formula(text);
  if (!formula) {
    const magnesia::Error& error = formula.error();
    require(error.place.starts_with("byte ") && std::stoul(error.place.substr(5)) <= size);
    require(!error.found.empty() && !error.expected.empty());
    return 0;
  }
  require(size <= 256 && !formula->atoms().empty() && formula->atoms().size() <= Formula::most_elements);
  std::int64_t total = 0;
  int before = 0;
  for (const Formula::Atoms& a : formula->atoms()) {
    require(a.count > 0 && a.atomic_number > before);
    before = a.atomic_number;
    total += a.count;
  }
  require(total <= Formula::most_atoms);
  require(molar_mass(*formula) == weigh(*formula));
  const Exact share = elemental_share(*formula);
  require(share >= Exact{} && share <= Exact{1} && (share == Exact{}) == (magnesium_atoms(*formula) == 0));

  const magnesia::Result<Formula> again = magnesia::parse_formula(hill_notation(*formula));
  require(again && *again == *formula);
  return 0;
}
