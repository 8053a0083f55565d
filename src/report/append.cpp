#include "report/append.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <numeric>

namespace magnesia::report {

namespace {

__extension__ using Wide = __int128;

}  // namespace

void append_number(std::string& out, Exact value, Rounding way) {
  if (!value.finite()) {
    out += "null";
    return;
  }
  constexpr std::int64_t nine_places = 1'000'000'000;
  std::int64_t denominator = value.denominator();
  if (denominator > 1 && nine_places % denominator != 0) denominator /= std::gcd(value.numerator(), denominator);
  if (nine_places % denominator == 0) return append_decimal(out, value, 9);

  constexpr int places = 6;
  constexpr std::int64_t scale = 1'000'000;
  const std::int64_t numerator = value.numerator();
  const auto in_steps = [&](auto scaled) {  // towards zero, then `way`
    auto steps = scaled / value.denominator();
    if (scaled % value.denominator() != 0) {
      if (way == Rounding::up && scaled > 0) ++steps;
      if (way == Rounding::down && scaled < 0) --steps;
    }
    return Wide{steps};
  };
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max() / scale;  // whose steps fit into 64 bits
  const bool small = numerator >= -largest && numerator <= largest;
  const Wide steps = small ? in_steps(numerator * scale) : in_steps(Wide{numerator} * scale);
  const Wide magnitude = steps < 0 ? -steps : steps;

  std::array<char, 32> text;  // '-', 19 digits, '.', 6 digits
  char* end = text.data();
  if (steps < 0) *end++ = '-';
  end = std::to_chars(end, text.data() + text.size(), static_cast<std::int64_t>(magnitude / scale)).ptr;
  if (auto rest = static_cast<std::int64_t>(magnitude % scale); rest != 0) {
    *end = '.';
    char* const first = end + 1;
    end = first + places;
    for (char* digit = end; digit != first; rest /= 10) *--digit = static_cast<char>('0' + rest % 10);
    while (end[-1] == '0') --end;
  }
  out.append(text.data(), end);
}

void append_number(json::Output& out, Exact value, Rounding way) {
  if (value.denominator() == 1) return out.integer(value.numerator());
  std::string number;
  append_number(number, value, way);
  out += number;
}

void append_bounds(json::Output& out, const Interval<Exact>& value) {
  std::string high;
  append_number(high, value.high, Rounding::up);
  out += "\"low\":";
  if (value.is_point())
    out += high;
  else
    append_number(out, value.low, Rounding::down);
  out += ",\"high\":";
  out += high;
}

void append_value(json::Output& out, const Interval<Exact>& value, Rounding danger) {
  if (!value.is_point()) return append_bounds(out, value);
  out += "\"value\":";
  append_number(out, value.low, danger);
}

}  // namespace magnesia::report
