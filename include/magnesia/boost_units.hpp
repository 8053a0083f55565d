// Conversions from and to Boost.Units. Nothing here unless Boost.Units can be included.
#pragma once

#if __has_include(<boost/units/quantity.hpp>)

#include <array>
#include <boost/units/conversion.hpp>
#include <boost/units/quantity.hpp>
#include <boost/units/systems/si/amount.hpp>
#include <boost/units/systems/si/mass.hpp>
#include <boost/units/systems/si/time.hpp>
#include <boost/units/systems/si/volume.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "magnesia/error.hpp"
#include "magnesia/exact.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia {

namespace detail {

// The coherent SI unit of a dimension, in the dimension's base unit: size * 10^power.
template <Dimension D>
struct SiUnit;
template <>
struct SiUnit<Dimension::mass> {
  using Type = boost::units::si::mass;
  static constexpr Exact size = 1;
  static constexpr int power = 6;
};
template <>
struct SiUnit<Dimension::substance> {
  using Type = boost::units::si::amount;
  static constexpr Exact size = 1;
  static constexpr int power = 3;
};
template <>
struct SiUnit<Dimension::volume> {
  using Type = boost::units::si::volume;
  static constexpr Exact size = 1;
  static constexpr int power = 6;
};
template <>
struct SiUnit<Dimension::time> {
  using Type = boost::units::si::time;
  static constexpr Exact size = Exact::ratio(1, 60);
  static constexpr int power = 0;
};

// significand * 10^exponent
struct Scientific {
  std::int64_t significand = 0;
  int exponent = 0;
};

// Text such as "-3.015e-04"; at most 17 digits.
[[nodiscard]] inline Scientific read_scientific(std::string_view text) noexcept {
  Scientific number;
  const std::size_t e = text.find('e');
  bool after_point = false;
  for (const char c : text.substr(0, e)) {
    if (c == '.') {
      after_point = true;
    } else if (c != '-') {
      number.significand = number.significand * 10 + (c - '0');
      if (after_point) --number.exponent;
    }
  }
  for (; number.significand != 0 && number.significand % 10 == 0; number.significand /= 10) ++number.exponent;
  if (text.starts_with('-')) number.significand = -number.significand;
  int written = 0;
  const std::string_view exponent = text.substr(e + 1);
  std::from_chars(exponent.data() + (exponent.starts_with('+') ? 1 : 0), exponent.data() + exponent.size(), written);
  number.exponent += written;
  return number;
}

// The shortest decimal that reads back as this value. It must be finite.
[[nodiscard]] inline Scientific shortest_decimal(double value) noexcept {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific).ptr;
  return read_scientific({text.data(), static_cast<std::size_t>(end - text.data())});
}

// A unit's factor to 15 digits: Boost multiplies factors in binary, and no unit is defined by more digits.
[[nodiscard]] inline Scientific unit_factor(double value) noexcept {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 14).ptr;
  return read_scientific({text.data(), static_cast<std::size_t>(end - text.data())});
}

[[nodiscard]] inline Exact times_power_of_ten(Exact value, int power, Rounding way) noexcept {
  for (; power > 0; --power) value = Exact::multiply(value, 10, way);
  for (; power < 0; ++power) value = Exact::divide(value, 10, way);
  return value;
}

}  // namespace detail

/// A kind of amount that Boost.Units has a dimension for: of mass, substance, volume or time.
template <class Q>
concept HasBoostUnit = requires {
  typename detail::SiUnit<Q::dimension>::Type;
};

/// What a Boost quantity says, as an amount of the kind that is named, since Boost knows no difference between a salt's mass and
/// magnesium's:
///     from_boost<ElementalMass>(350.0 * milligram)
/// Reads the number as the shortest decimal that is this double in the Boost quantity's own unit, so 0.1 is exactly 1/10; a value
/// beyond a ratio of 64-bit integers is rounded up. Errors: syntax (infinite or not a number), too_large (beyond 9.2e18 base
/// units).
template <HasBoostUnit Q, class BoostUnit>
[[nodiscard]] Result<Q> from_boost(const boost::units::quantity<BoostUnit, double>& quantity) {
  using Si = detail::SiUnit<Q::dimension>;
  const double number = quantity.value();
  const auto refuse = [&](ErrorKind kind, std::string_view expected) {
    std::array<char, 32> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return Error{kind, "a Boost.Units quantity", std::string{text.data(), end}, std::string{expected}};
  };
  if (!std::isfinite(number)) return refuse(ErrorKind::syntax, "a finite number");

  const detail::Scientific value = detail::shortest_decimal(number);
  const detail::Scientific factor = detail::unit_factor(boost::units::conversion_factor(BoostUnit{}, typename Si::Type{}));
  const Exact digits =
      Exact::multiply(Exact::multiply(value.significand, factor.significand, Rounding::up), Si::size, Rounding::up);
  const Exact base = detail::times_power_of_ten(digits, value.exponent + factor.exponent + Si::power, Rounding::up);
  if (!base.finite() || base == -Exact{std::numeric_limits<std::int64_t>::max()})
    return refuse(ErrorKind::too_large, "an amount of at most 9.2e18 " + std::string{base_unit(Q::dimension)});
  return Q::of_base(base);
}

/// The amount as a Boost quantity in SI units (kg, mol, m³, s), or in the Boost unit that is named: `to_boost<Unit>(amount)`.
/// Rounded to the nearest double where the ratio in that unit has at most 53 bits above and below, and within 2 units in the last
/// place where it has more; one that does not fit into 64 bits is first rounded up to 18 decimals. What has at most 15
/// significant digits in that unit comes back from from_boost() unchanged.
template <class BoostUnit, HasBoostUnit Q>
[[nodiscard]] boost::units::quantity<BoostUnit, double> to_boost(Q amount) {
  using Si = detail::SiUnit<Q::dimension>;
  const detail::Scientific factor = detail::unit_factor(boost::units::conversion_factor(BoostUnit{}, typename Si::Type{}));
  const Exact in_units = Exact::divide(Exact::divide(amount.base(), Si::size, Rounding::up), factor.significand, Rounding::up);
  const Exact value = detail::times_power_of_ten(in_units, -factor.exponent - Si::power, Rounding::up);
  return boost::units::quantity<BoostUnit, double>::from_value(static_cast<double>(value.numerator()) /
                                                               static_cast<double>(value.denominator()));
}
template <HasBoostUnit Q>
[[nodiscard]] boost::units::quantity<typename detail::SiUnit<Q::dimension>::Type, double> to_boost(Q amount) {
  return to_boost<typename detail::SiUnit<Q::dimension>::Type>(amount);
}

}  // namespace magnesia

#endif
