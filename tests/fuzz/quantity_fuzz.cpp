// Any bytes, a number and a unit with a space between: what is read keeps its promises, and what is refused says why.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "magnesia/quantity.hpp"

namespace {

using magnesia::Error;
using magnesia::Exact;
using magnesia::Rounding;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_complete(const Error& error, magnesia::ErrorKind kind) {
  require(error.kind == kind && !error.place.empty() && !error.found.empty() && !error.expected.empty());
}

void check_number(std::string_view text) {
  const magnesia::Result<Exact> number = Exact::parse(text);
  if (!number) {
    const bool too_large = number.error().kind == magnesia::ErrorKind::too_large;
    require_complete(number.error(), too_large ? magnesia::ErrorKind::too_large : magnesia::ErrorKind::syntax);
    return;
  }
  const Exact largest{1'000'000'000'000'000'000};
  require(number->finite() && *number <= largest && -largest <= *number);
  require(*Exact::parse(number->decimal(0)) == number->rounded_to(1));
  const Exact off = Exact::add(*Exact::parse(std::to_string(number->numerator())),
                               -Exact::multiply(*number, number->denominator(), Rounding::down), Rounding::down);
  require(off == Exact{});
  for (const Rounding way : {Rounding::down, Rounding::up}) {
    const Exact third = Exact::divide(*number, 3, way);
    const Exact back = Exact::multiply(third, 3, way);
    require(way == Rounding::down ? back <= *number : back >= *number);
  }
}

void check_unit(std::string_view text) {
  const magnesia::Result<magnesia::FoundUnit> unit = magnesia::find_unit(text);
  if (!unit) return require_complete(unit.error(), magnesia::ErrorKind::wrong_unit);
  require(unit->factor > Exact{});
  const magnesia::Result<magnesia::FoundUnit> again = magnesia::find_unit(unit->ucum, unit->dimension);
  require(again && again->ucum == unit->ucum && again->factor == unit->factor);
  // An annotation says nothing, unless it is that of the indexed clearance.
  if (text.find("1.73") == std::string_view::npos && text.find("1,73") == std::string_view::npos) {
    const magnesia::Result<magnesia::FoundUnit> annotated = magnesia::find_unit(std::string{text} + "{note}");
    require(annotated && annotated->ucum == unit->ucum);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const std::size_t space = text.find(' ');
  check_number(text.substr(0, space));
  if (space != std::string_view::npos) check_unit(text.substr(space + 1));
  return 0;
}
