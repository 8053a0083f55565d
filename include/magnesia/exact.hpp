// Exact: the numbers that decide a verdict. Ratios of 64-bit integers; no floating point.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>

#include "magnesia/error.hpp"

namespace magnesia {

/// Which way a result goes when it does not fit into a ratio of 64-bit integers.
enum class Rounding : std::uint8_t { down, up };

/// A ratio of two 64-bit integers, or plus or minus infinity. Sums, products and quotients of label amounts and molar masses are
/// exact. Where the exact ratio no longer fits, the result is the neighbouring multiple of a power of ten in the direction asked
/// for, so a bound stays a bound (law 2). Comparison is always exact. Whole numbers, numerators and denominators have a magnitude
/// of at most 2^63 - 1.
class Exact {
 public:
  constexpr Exact() noexcept = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a whole number is exact
  constexpr Exact(std::int64_t whole) noexcept : numerator_{whole} {}
  /// Binary floating point is not what anybody wrote; see parse() and ratio().
  template <std::floating_point F>
  Exact(F) = delete;

  /// numerator / denominator; the denominator must not be 0.
  [[nodiscard]] static constexpr Exact ratio(std::int64_t numerator, std::int64_t denominator) noexcept {
    return denominator < 0 ? Exact{-numerator, -denominator} : Exact{numerator, denominator};
  }
  [[nodiscard]] static constexpr Exact infinity() noexcept { return Exact{1, 0}; }
  [[nodiscard]] static constexpr Exact minus_infinity() noexcept { return Exact{-1, 0}; }

  /// A decimal as JSON writes it ("-12", "0.70", "2.5e1"), every digit kept, in lowest terms. Errors: syntax; too_large beyond 18
  /// significant digits, 18 decimal places or a magnitude of 1e18 (zeros at either end are not counted).
  [[nodiscard]] static Result<Exact> parse(std::string_view decimal);

  [[nodiscard]] constexpr std::int64_t numerator() const noexcept { return numerator_; }
  [[nodiscard]] constexpr std::int64_t denominator() const noexcept { return denominator_; }
  [[nodiscard]] constexpr bool finite() const noexcept { return denominator_ != 0; }

  /// a + b. Of two opposite infinities the sum is the one that `way` points to.
  [[nodiscard]] static constexpr Exact add(Exact a, Exact b, Rounding way) noexcept {
    if (!a.finite() && !b.finite() && a != b) return way == Rounding::up ? infinity() : minus_infinity();
    if (!a.finite()) return a;
    if (!b.finite()) return b;
    if (a.numerator_ == 0) return b;
    if (b.numerator_ == 0) return a;
    if (a.denominator_ == b.denominator_) {
      if (std::int64_t sum = 0; !__builtin_add_overflow(a.numerator_, b.numerator_, &sum) && sum != least)
        return {sum, a.denominator_};
      return fit(Wide{a.numerator_} + b.numerator_, Wide{a.denominator_}, way);
    }
    return fit(Wide{a.numerator_} * b.denominator_ + Wide{b.numerator_} * a.denominator_, Wide{a.denominator_} * b.denominator_,
               way);
  }
  /// a * b; 0 times infinity is 0, as in interval arithmetic.
  [[nodiscard]] static constexpr Exact multiply(Exact a, Exact b, Rounding way) noexcept {
    if (a.numerator_ == 0 || b.numerator_ == 0) return {};
    if (!a.finite() || !b.finite()) return (a.numerator_ < 0) == (b.numerator_ < 0) ? infinity() : minus_infinity();
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    if (!__builtin_mul_overflow(a.numerator_, b.numerator_, &numerator) && numerator != least &&
        !__builtin_mul_overflow(a.denominator_, b.denominator_, &denominator))
      return {numerator, denominator};
    return fit(Wide{a.numerator_} * b.numerator_, Wide{a.denominator_} * b.denominator_, way);
  }
  /// a / b; b must not be 0. Of two infinities the quotient may be anything of its sign: 0 or infinity, by `way`.
  [[nodiscard]] static constexpr Exact divide(Exact a, Exact b, Rounding way) noexcept {
    if (!b.finite()) {
      if (a.finite()) return {};
      const bool negative = (a.numerator_ < 0) != (b.numerator_ < 0);
      if (negative) return way == Rounding::down ? minus_infinity() : Exact{};
      return way == Rounding::up ? infinity() : Exact{};
    }
    return multiply(a, b.numerator_ < 0 ? Exact{-b.denominator_, -b.numerator_} : Exact{b.denominator_, b.numerator_}, way);
  }
  [[nodiscard]] constexpr Exact operator-() const noexcept { return Exact{-numerator_, denominator_}; }

  friend constexpr std::strong_ordering operator<=>(Exact a, Exact b) noexcept {
    if (a.denominator_ == b.denominator_) return a.numerator_ <=> b.numerator_;  // the most frequent case by far, and infinities
    const Wide left = Wide{a.numerator_} * b.denominator_;
    const Wide right = Wide{b.numerator_} * a.denominator_;
    return left < right ? std::strong_ordering::less : left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
  }
  friend constexpr bool operator==(Exact a, Exact b) noexcept { return (a <=> b) == 0; }

  /// The nearest multiple of `step` (half away from zero): the figure that is reported. `step` must be above 0 and finite. A
  /// value of 2^63 steps or more, and an infinite one, is returned as it is.
  [[nodiscard]] constexpr Exact rounded_to(Exact step) const noexcept {
    if (!finite()) return *this;
    if (step.numerator_ == 1 && step.denominator_ % denominator_ == 0) return *this;  // a multiple already
    const Wide size = magnitude(Wide{numerator_} * step.denominator_);
    const Wide unit = Wide{denominator_} * step.numerator_;
    Wide steps = size / unit;  // NOLINT(clang-analyzer-core.DivideZero): above 0 by contract
    const Wide rest = size % unit;
    if (rest >= unit - rest) ++steps;
    if (steps > std::numeric_limits<std::int64_t>::max()) return *this;
    return multiply(Exact{static_cast<std::int64_t>(numerator_ < 0 ? -steps : steps)}, step, Rounding::down);
  }

  /// Decimal text with at most `places` digits after the point, rounded half away from zero, trailing zeros dropped; "inf" and
  /// "-inf" for the infinities. `places` at most 9.
  [[nodiscard]] std::string decimal(int places) const;

 private:
  __extension__ using Wide = __int128;
  static constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

  constexpr Exact(std::int64_t numerator, std::int64_t denominator) noexcept : numerator_{numerator}, denominator_{denominator} {}

  [[nodiscard]] static constexpr Wide magnitude(Wide x) noexcept { return x < 0 ? -x : x; }

  // Euclid's algorithm, in 64 bits as soon as the numbers are small enough: division of 128 bits is several times slower.
  [[nodiscard]] static constexpr Wide greatest_common_divisor(Wide a, Wide b) noexcept {
    constexpr Wide largest = std::numeric_limits<std::uint64_t>::max();
    while (b != 0 && (a > largest || b > largest)) {
      const Wide rest = a % b;
      a = b;
      b = rest;
    }
    return b == 0 ? a : Wide{std::gcd(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b))};
  }

  [[nodiscard]] static constexpr Exact fit(Wide numerator, Wide denominator, Rounding way) noexcept {
    constexpr Wide largest = std::numeric_limits<std::int64_t>::max();
    if (magnitude(numerator) <= largest && denominator <= largest)
      return Exact{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
    const Wide common = greatest_common_divisor(magnitude(numerator), denominator);
    numerator /= common;
    denominator /= common;
    if (magnitude(numerator) <= largest && denominator <= largest)
      return Exact{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
    return approximate(numerator, denominator, way);
  }

  // One step of long division, 10 * rest / denominator, by doubling: a denominator may have 126 bits, ten times it has no room.
  [[nodiscard]] static constexpr int next_digit(Wide& rest, Wide denominator) noexcept {
    const Wide once = rest;
    int digit = 0;
    const auto add_and_carry = [&](Wide more) {
      rest += more;
      if (rest >= denominator) {
        rest -= denominator;
        ++digit;
      }
    };
    for (const bool plus_one : {false, true, false}) {
      digit *= 2;
      add_and_carry(rest);
      if (plus_one) add_and_carry(once);
    }
    return digit;
  }

  // The multiple of the finest power of ten that fits, next to the true value on the side asked for.
  [[nodiscard]] static constexpr Exact approximate(Wide numerator, Wide denominator, Rounding way) noexcept {
    constexpr Wide largest = std::numeric_limits<std::int64_t>::max();
    const bool negative = numerator < 0;
    Wide rest = magnitude(numerator);
    Wide quotient = rest / denominator;  // NOLINT(clang-analyzer-core.DivideZero): above 0 by contract
    if (quotient >= largest) {
      if (negative) return way == Rounding::up ? Exact{-std::numeric_limits<std::int64_t>::max()} : minus_infinity();
      return way == Rounding::up ? infinity() : Exact{std::numeric_limits<std::int64_t>::max()};
    }
    rest %= denominator;
    std::int64_t scale = 1;
    while (scale < 1'000'000'000'000'000'000 && quotient < largest / 10 - 1) {
      quotient = quotient * 10 + next_digit(rest, denominator);
      scale *= 10;
    }
    const bool away = negative ? way == Rounding::down : way == Rounding::up;
    if (away) ++quotient;
    return Exact{static_cast<std::int64_t>(negative ? -quotient : quotient), scale};
  }

  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

/// Appends value.decimal(places) to `text`, for writers that make no string of their own.
void append_decimal(std::string& text, Exact value, int places);

}  // namespace magnesia
