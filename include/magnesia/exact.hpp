// Exact: the numbers that decide a verdict. Ratios of 64-bit integers; no floating point.
#pragma once

#include <compare>
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
/// for, so a bound stays a bound (law 2). Comparison is always exact.
class Exact {
 public:
  constexpr Exact() noexcept = default;
  constexpr Exact(std::int64_t whole) noexcept : numerator_{whole} {}  // NOLINT(google-explicit-constructor): a whole number is exact

  /// numerator / denominator; the denominator must not be 0.
  [[nodiscard]] static constexpr Exact ratio(std::int64_t numerator, std::int64_t denominator) noexcept {
    return denominator < 0 ? Exact{-numerator, -denominator} : Exact{numerator, denominator};
  }
  [[nodiscard]] static constexpr Exact infinity() noexcept { return Exact{1, 0}; }
  [[nodiscard]] static constexpr Exact minus_infinity() noexcept { return Exact{-1, 0}; }

  /// A decimal as JSON writes it ("-12", "0.70", "2.5e1"), every digit kept. Errors: syntax; too_large beyond 18 significant
  /// digits or a magnitude outside 1e-18 to 1e18.
  [[nodiscard]] static Result<Exact> parse(std::string_view decimal);

  [[nodiscard]] constexpr std::int64_t numerator() const noexcept { return numerator_; }
  [[nodiscard]] constexpr std::int64_t denominator() const noexcept { return denominator_; }
  [[nodiscard]] constexpr bool finite() const noexcept { return denominator_ != 0; }

  [[nodiscard]] static constexpr Exact add(Exact a, Exact b, Rounding way) noexcept {
    if (!a.finite()) return a;
    if (!b.finite()) return b;
    if (a.denominator_ == b.denominator_)
      return fit(Wide{a.numerator_} + b.numerator_, Wide{a.denominator_}, way);
    return fit(Wide{a.numerator_} * b.denominator_ + Wide{b.numerator_} * a.denominator_, Wide{a.denominator_} * b.denominator_, way);
  }
  [[nodiscard]] static constexpr Exact multiply(Exact a, Exact b, Rounding way) noexcept {
    if (a.numerator_ == 0 || b.numerator_ == 0) return {};
    return fit(Wide{a.numerator_} * b.numerator_, Wide{a.denominator_} * b.denominator_, way);
  }
  /// a / b; b must not be 0.
  [[nodiscard]] static constexpr Exact divide(Exact a, Exact b, Rounding way) noexcept {
    if (!b.finite()) return {};
    return multiply(a, b.numerator_ < 0 ? Exact{-b.denominator_, -b.numerator_} : Exact{b.denominator_, b.numerator_}, way);
  }
  [[nodiscard]] constexpr Exact operator-() const noexcept { return Exact{-numerator_, denominator_}; }

  friend constexpr std::strong_ordering operator<=>(Exact a, Exact b) noexcept {
    if (a.denominator_ == 0 && b.denominator_ == 0) return a.numerator_ <=> b.numerator_;
    const Wide left = Wide{a.numerator_} * b.denominator_;
    const Wide right = Wide{b.numerator_} * a.denominator_;
    return left < right ? std::strong_ordering::less : left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
  }
  friend constexpr bool operator==(Exact a, Exact b) noexcept { return (a <=> b) == 0; }

  /// The nearest multiple of `step` (half away from zero): the figure that is reported. `step` must be above 0.
  [[nodiscard]] constexpr Exact rounded_to(Exact step) const noexcept {
    if (!finite()) return *this;
    const Exact steps = divide(*this, step, Rounding::down);
    const Wide twice = Wide{steps.numerator_} * 2;
    const Wide half_up = (twice >= 0 ? twice + steps.denominator_ : twice - steps.denominator_) / (Wide{steps.denominator_} * 2);
    return multiply(Exact{static_cast<std::int64_t>(half_up)}, step, Rounding::down);
  }

  /// Decimal text with at most `places` digits after the point, rounded half away from zero, trailing zeros dropped; "inf" and
  /// "-inf" for the infinities. `places` at most 9.
  [[nodiscard]] std::string decimal(int places) const;

 private:
  __extension__ using Wide = __int128;

  constexpr Exact(std::int64_t numerator, std::int64_t denominator) noexcept : numerator_{numerator}, denominator_{denominator} {}

  [[nodiscard]] static constexpr Wide magnitude(Wide x) noexcept { return x < 0 ? -x : x; }

  [[nodiscard]] static constexpr Exact fit(Wide numerator, Wide denominator, Rounding way) noexcept {
    constexpr Wide largest = std::numeric_limits<std::int64_t>::max();
    if (magnitude(numerator) <= largest && denominator <= largest)
      return Exact{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
    Wide a = magnitude(numerator);
    Wide b = denominator;
    while (b != 0) {
      const Wide rest = a % b;
      a = b;
      b = rest;
    }
    numerator /= a;
    denominator /= a;
    if (magnitude(numerator) <= largest && denominator <= largest)
      return Exact{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
    return approximate(numerator, denominator, way);
  }

  // The multiple of the finest power of ten that fits, next to the true value on the side asked for.
  [[nodiscard]] static constexpr Exact approximate(Wide numerator, Wide denominator, Rounding way) noexcept {
    constexpr Wide largest = std::numeric_limits<std::int64_t>::max();
    const bool negative = numerator < 0;
    Wide rest = magnitude(numerator);
    Wide quotient = rest / denominator;
    if (quotient >= largest) {
      if (negative) return way == Rounding::up ? Exact{-std::numeric_limits<std::int64_t>::max()} : minus_infinity();
      return way == Rounding::up ? infinity() : Exact{std::numeric_limits<std::int64_t>::max()};
    }
    rest %= denominator;
    std::int64_t scale = 1;
    // Long division digit by digit; a denominator above 2^123 would overflow `rest * 10`, so halve both until it can't.
    while (denominator > (Wide{1} << 122)) {
      denominator >>= 1;
      rest >>= 1;
    }
    while (scale < 1'000'000'000'000'000'000 && quotient < largest / 10 - 1) {
      rest *= 10;
      quotient = quotient * 10 + rest / denominator;
      rest %= denominator;
      scale *= 10;
    }
    const bool away = negative ? way == Rounding::down : way == Rounding::up;
    if (away) ++quotient;
    return Exact{static_cast<std::int64_t>(negative ? -quotient : quotient), scale};
  }

  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace magnesia
