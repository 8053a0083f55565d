#include "magnesia/exact.hpp"

#include <array>
#include <cstddef>

#include "base/characters.hpp"
#include "base/decimal.hpp"

namespace magnesia {
namespace {

constexpr int most_digits = 18;  // 10^18 is the largest power of ten in 64 bits

constexpr auto powers_of_ten = [] {
  std::array<std::int64_t, most_digits + 1> powers{};
  std::int64_t power = 1;
  for (std::int64_t& p : powers) {
    p = power;
    if (power <= std::numeric_limits<std::int64_t>::max() / 10) power *= 10;
  }
  return powers;
}();

using base::is_digit;

// The digits of a decimal without its sign, point, leading and trailing zeros: value = significand * 10^exponent.
struct Decimal {
  std::int64_t significand = 0;
  std::int64_t exponent = 0;
  int digits = 0;          // of the significand; counted on beyond what it can hold
  std::int64_t zeros = 0;  // read since the last digit that was not 0

  void take(char digit) noexcept {
    if (digit == '0') {
      if (digits > 0) ++zeros;
      return;
    }
    const std::int64_t more = digits > 0 ? zeros + 1 : 1;
    if (more > most_digits - digits) {
      digits = most_digits + 1;
      return;
    }
    digits += static_cast<int>(more);
    significand = significand * powers_of_ten[static_cast<std::size_t>(more)] + (digit - '0');
    zeros = 0;
  }
};

}  // namespace

Result<Exact> Exact::parse(std::string_view decimal) {
  std::size_t at = 0;
  const auto next_is_digit = [&] { return at < decimal.size() && is_digit(decimal[at]); };
  const auto skip = [&](char c) { return at < decimal.size() && decimal[at] == c && (++at, true); };
  const auto syntax_error = [&](std::string_view expected) {
    return Error{ErrorKind::syntax, "byte " + std::to_string(at), excerpt(decimal), std::string{expected}};
  };

  Decimal number;
  std::int64_t places = 0;
  const bool negative = skip('-');
  if (!next_is_digit()) return syntax_error("a decimal number such as 12, 0.70 or 2.5e1");
  if (skip('0')) {
    if (next_is_digit()) return syntax_error("no digit after a leading 0");
  } else {
    while (next_is_digit()) number.take(decimal[at++]);
  }
  if (skip('.')) {
    if (!next_is_digit()) return syntax_error("a digit after the decimal point");
    for (; next_is_digit(); ++places) number.take(decimal[at++]);
  }
  if (skip('e') || skip('E')) {
    const bool down = skip('-');
    if (!down) skip('+');
    if (!next_is_digit()) return syntax_error("a digit in the exponent");
    for (; next_is_digit(); ++at)
      if (number.exponent < powers_of_ten[17]) number.exponent = number.exponent * 10 + (decimal[at] - '0');
    if (down) number.exponent = -number.exponent;
  }
  if (at != decimal.size()) return syntax_error("nothing after the number");

  if (number.digits == 0) return Exact{};
  const auto too_large = [&](std::string_view expected) {
    return Error{ErrorKind::too_large, "byte 0", excerpt(decimal), std::string{expected}};
  };
  if (number.digits > most_digits) return too_large("at most 18 significant digits");
  const std::int64_t exponent = number.exponent + number.zeros - places;
  if (exponent < -most_digits) return too_large("at most 18 decimal places");
  if (exponent + number.digits > most_digits + 1 || (exponent + number.digits == most_digits + 1 && number.significand != 1))
    return too_large("a magnitude of at most 1e18");

  const std::int64_t significand = negative ? -number.significand : number.significand;
  if (exponent >= 0) return Exact{significand * powers_of_ten[static_cast<std::size_t>(exponent)]};
  const std::int64_t denominator = powers_of_ten[static_cast<std::size_t>(-exponent)];
  const std::int64_t common = std::gcd(significand, denominator);
  return Exact{significand / common, denominator / common};
}

void append_decimal(std::string& text, Exact value, int places) {
  if (!value.finite()) {
    text += value.numerator() < 0 ? "-inf" : "inf";
    return;
  }
  __extension__ using Wide = unsigned __int128;
  const auto numerator = static_cast<std::uint64_t>(value.numerator());
  const std::uint64_t magnitude = value.numerator() < 0 ? 0 - numerator : numerator;
  const auto denominator = static_cast<std::uint64_t>(value.denominator());
  const auto scale = static_cast<std::uint64_t>(powers_of_ten[static_cast<std::size_t>(places)]);

  std::uint64_t whole = magnitude / denominator;
  const std::uint64_t rest = magnitude % denominator;
  std::uint64_t fraction = 0;
  if (rest != 0) {
    const Wide scaled = Wide{rest} * scale;
    fraction = static_cast<std::uint64_t>(scaled / denominator);
    const auto left = static_cast<std::uint64_t>(scaled % denominator);
    if (left >= denominator - left) ++fraction;  // half away from zero
    if (fraction == scale) {
      ++whole;
      fraction = 0;
    }
  }

  base::append_digits(text, value.numerator() < 0, whole, fraction, places);
}

std::string Exact::decimal(int places) const {
  std::string text;
  append_decimal(text, *this, places);
  return text;
}

}  // namespace magnesia
