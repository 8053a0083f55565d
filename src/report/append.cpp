#include "report/append.hpp"

#include <cstdint>

#include "base/decimal.hpp"

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
  const bool negative = value.numerator() < 0;
  const std::int64_t denominator = value.denominator();
  const std::int64_t magnitude = negative ? -value.numerator() : value.numerator();
  const std::int64_t rest = magnitude % denominator;
  if (Wide{rest} * nine_places % denominator == 0) return append_decimal(out, value, 9);

  constexpr int places = 6;
  constexpr std::int64_t scale = 1'000'000;
  const bool away_from_zero = way == (negative ? Rounding::down : Rounding::up);
  std::int64_t whole = magnitude / denominator;
  auto fraction = static_cast<std::int64_t>(Wide{rest} * scale / denominator) + (away_from_zero ? 1 : 0);
  if (fraction == scale) {
    ++whole;
    fraction = 0;
  }

  base::append_digits(out, negative, static_cast<std::uint64_t>(whole), static_cast<std::uint64_t>(fraction), places);
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
