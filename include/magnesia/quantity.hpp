// Quantities: exact amounts that name their unit on the way in and on the way out. Mass of magnesium and mass of a salt are
// different types; nothing converts between them but chemistry (salt.hpp).
#pragma once

#include <string_view>

#include "magnesia/exact.hpp"
#include "magnesia/known.hpp"

namespace magnesia {

/// What kind of thing a unit measures. Two units can be converted only within one dimension.
enum class Dimension : std::uint8_t {
  mass,                     ///< in mg
  substance,                ///< in mmol
  charge,                   ///< in meq
  volume,                   ///< in mL
  mass_concentration,       ///< in mg/dL
  substance_concentration,  ///< in mmol/L
  charge_concentration,     ///< in meq/L
  time,                     ///< in minutes
  length,                   ///< in cm
  clearance,                ///< in mL/min
  indexed_clearance,        ///< in mL/min/{1.73_m2}
  rate,                     ///< in /min
  pressure,                 ///< in mm[Hg]
  fraction,                 ///< in 1
};

/// A unit of one dimension: its UCUM code and how many of the dimension's base unit it holds.
template <Dimension D>
struct Unit {
  std::string_view ucum;
  Exact factor;
};

namespace units {
inline constexpr Unit<Dimension::mass> ug{"ug", Exact::ratio(1, 1000)}, mg{"mg", 1}, g{"g", 1000}, kg{"kg", 1'000'000},
    lb{"[lb_av]", Exact::ratio(45'359'237, 100)};
inline constexpr Unit<Dimension::substance> umol{"umol", Exact::ratio(1, 1000)}, mmol{"mmol", 1}, mol{"mol", 1000};
inline constexpr Unit<Dimension::charge> meq{"meq", 1}, eq{"eq", 1000};
inline constexpr Unit<Dimension::volume> mL{"mL", 1}, dL{"dL", 100}, L{"L", 1000};
inline constexpr Unit<Dimension::mass_concentration> mg_dL{"mg/dL", 1}, mg_L{"mg/L", Exact::ratio(1, 10)},
    ng_mL{"ng/mL", Exact::ratio(1, 10'000)}, mg_mL{"mg/mL", 100}, ug_L{"ug/L", Exact::ratio(1, 10'000)},
    ug_dL{"ug/dL", Exact::ratio(1, 1000)}, ug_mL{"ug/mL", Exact::ratio(1, 10)}, g_L{"g/L", 100}, g_mL{"g/mL", 100'000};
inline constexpr Unit<Dimension::substance_concentration> mmol_L{"mmol/L", 1}, umol_L{"umol/L", Exact::ratio(1, 1000)},
    mmol_mL{"mmol/mL", 1000};
inline constexpr Unit<Dimension::charge_concentration> meq_L{"meq/L", 1}, meq_mL{"meq/mL", 1000};
// The Unified Code for Units of Measure, version 2.1: a = 365.25 d, mo = a/12.
inline constexpr Unit<Dimension::time> ms{"ms", Exact::ratio(1, 60'000)}, s{"s", Exact::ratio(1, 60)}, min{"min", 1}, h{"h", 60},
    d{"d", 1440}, wk{"wk", 10'080}, mo{"mo", 43'830}, a{"a", 525'960};
inline constexpr Unit<Dimension::length> mm{"mm", Exact::ratio(1, 10)}, cm{"cm", 1}, m{"m", 100},
    in{"[in_i]", Exact::ratio(254, 100)};
inline constexpr Unit<Dimension::clearance> mL_min{"mL/min", 1}, mL_s{"mL/s", 60};
inline constexpr Unit<Dimension::indexed_clearance> mL_min_1_73m2{"mL/min/{1.73_m2}", 1};
inline constexpr Unit<Dimension::rate> per_min{"/min", 1};
inline constexpr Unit<Dimension::pressure> mm_Hg{"mm[Hg]", 1};
inline constexpr Unit<Dimension::fraction> one{"1", 1}, percent{"%", Exact::ratio(1, 100)};
}  // namespace units

/// An exact amount of one kind. No constructor from a bare number: the unit is named on the way in and on the way out.
///     ElementalMass dose{350, units::mg};   dose.in(units::g)
/// Amounts of one kind compare, scale and divide; they add only where a sum means something (two masses, not two eGFRs). Kinds
/// don't mix, whatever their dimension. A result beyond a ratio of 64-bit integers is rounded up; divisors must not be 0.
template <class Kind>
class Quantity {
 public:
  static constexpr Dimension dimension = Kind::dimension;
  using UnitOf = Unit<Kind::dimension>;

  constexpr Quantity() noexcept = default;
  constexpr Quantity(Exact value, UnitOf unit) noexcept : base_{Exact::multiply(value, unit.factor, Rounding::up)} {}

  [[nodiscard]] constexpr Exact in(UnitOf unit) const noexcept { return Exact::divide(base_, unit.factor, Rounding::up); }
  /// The value in the dimension's base unit (see Dimension).
  [[nodiscard]] constexpr Exact base() const noexcept { return base_; }

  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) noexcept requires Kind::additive {
    return of_base(Exact::add(a.base_, b.base_, Rounding::up));
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) noexcept requires Kind::additive {
    return of_base(Exact::add(a.base_, -b.base_, Rounding::up));
  }
  friend constexpr Quantity operator*(Quantity a, Exact times) noexcept {
    return of_base(Exact::multiply(a.base_, times, Rounding::up));
  }
  friend constexpr Quantity operator*(Exact times, Quantity a) noexcept { return a * times; }
  friend constexpr Quantity operator/(Quantity a, Exact parts) noexcept {
    return of_base(Exact::divide(a.base_, parts, Rounding::up));
  }
  /// How many times b goes into a.
  friend constexpr Exact operator/(Quantity a, Quantity b) noexcept { return Exact::divide(a.base_, b.base_, Rounding::up); }

  [[nodiscard]] static constexpr Quantity of_base(Exact base) noexcept {
    Quantity q;
    q.base_ = base;
    return q;
  }

 private:
  Exact base_{};
};

namespace kind {
/// A level: two of them don't add up.
template <Dimension D>
struct Of {
  static constexpr Dimension dimension = D;
  static constexpr bool additive = false;
};
/// So much of something: two of them together are so much more.
template <Dimension D>
struct AmountOf {
  static constexpr Dimension dimension = D;
  static constexpr bool additive = true;
};
struct ElementalMass : AmountOf<Dimension::mass> {};
struct SaltMass : AmountOf<Dimension::mass> {};
struct Mass : AmountOf<Dimension::mass> {};
struct Substance : AmountOf<Dimension::substance> {};
struct Charge : AmountOf<Dimension::charge> {};
struct Volume : AmountOf<Dimension::volume> {};
struct Duration : AmountOf<Dimension::time> {};
struct Length : AmountOf<Dimension::length> {};
struct Age : Of<Dimension::time> {};
struct ElementalConcentration : Of<Dimension::mass_concentration> {};
struct SaltConcentration : Of<Dimension::mass_concentration> {};
struct Egfr : Of<Dimension::indexed_clearance> {};
struct CreatinineClearance : Of<Dimension::clearance> {};
struct SerumMagnesium : Of<Dimension::substance_concentration> {};
struct Creatinine : Of<Dimension::mass_concentration> {};
struct CystatinC : Of<Dimension::mass_concentration> {};
struct Ferritin : Of<Dimension::mass_concentration> {};
struct TransferrinSaturation : Of<Dimension::fraction> {};
struct HeartRate : Of<Dimension::rate> {};
struct BloodPressure : Of<Dimension::pressure> {};
}  // namespace kind

using ElementalMass = Quantity<kind::ElementalMass>;  ///< magnesium itself
using SaltMass = Quantity<kind::SaltMass>;            ///< a whole magnesium compound
using Mass = Quantity<kind::Mass>;                    ///< of a body or of a tablet
using Substance = Quantity<kind::Substance>;          ///< mmol of magnesium
using Charge = Quantity<kind::Charge>;                ///< mEq of magnesium
using Volume = Quantity<kind::Volume>;
using Duration = Quantity<kind::Duration>;
using Age = Quantity<kind::Age>;
using Length = Quantity<kind::Length>;
using ElementalConcentration = Quantity<kind::ElementalConcentration>;  ///< magnesium itself in a liquid
using SaltConcentration = Quantity<kind::SaltConcentration>;            ///< a whole magnesium compound in a liquid
using Egfr = Quantity<kind::Egfr>;
using CreatinineClearance = Quantity<kind::CreatinineClearance>;
using SerumMagnesium = Quantity<kind::SerumMagnesium>;
using Creatinine = Quantity<kind::Creatinine>;
using CystatinC = Quantity<kind::CystatinC>;
using Ferritin = Quantity<kind::Ferritin>;
using TransferrinSaturation = Quantity<kind::TransferrinSaturation>;
using HeartRate = Quantity<kind::HeartRate>;
using BloodPressure = Quantity<kind::BloodPressure>;

/// How much a liquid holds, and how much of it so many millilitres hold: "400 mg per 5 mL" is SaltMass{400, mg} / Volume{5, mL}.
/// The volume must not be 0.
[[nodiscard]] constexpr ElementalConcentration operator/(ElementalMass mass, Volume volume) noexcept {
  return {Exact::divide(mass.base(), volume.base(), Rounding::up), units::mg_mL};
}
[[nodiscard]] constexpr SaltConcentration operator/(SaltMass mass, Volume volume) noexcept {
  return {Exact::divide(mass.base(), volume.base(), Rounding::up), units::mg_mL};
}
[[nodiscard]] constexpr ElementalMass operator*(ElementalConcentration concentration, Volume volume) noexcept {
  return ElementalMass::of_base(Exact::multiply(concentration.in(units::mg_mL), volume.base(), Rounding::up));
}
[[nodiscard]] constexpr SaltMass operator*(SaltConcentration concentration, Volume volume) noexcept {
  return SaltMass::of_base(Exact::multiply(concentration.in(units::mg_mL), volume.base(), Rounding::up));
}
[[nodiscard]] constexpr ElementalMass operator*(Volume volume, ElementalConcentration concentration) noexcept {
  return concentration * volume;
}
[[nodiscard]] constexpr SaltMass operator*(Volume volume, SaltConcentration concentration) noexcept {
  return concentration * volume;
}

/// Standard atomic weight of magnesium, IUPAC 2021 (conventional value of the interval [24.304, 24.307]), in mg/mmol.
inline constexpr Exact magnesium_molar_mass = Exact::ratio(24'305, 1000);

/// Magnesium's mass, amount and charge (Mg2+: two equivalents a mole) are one thing said three ways.
[[nodiscard]] constexpr Substance substance_of(ElementalMass mass) noexcept {
  return Substance::of_base(Exact::divide(mass.base(), magnesium_molar_mass, Rounding::up));
}
[[nodiscard]] constexpr ElementalMass elemental_mass_of(Substance amount) noexcept {
  return ElementalMass::of_base(Exact::multiply(amount.base(), magnesium_molar_mass, Rounding::up));
}
[[nodiscard]] constexpr Charge charge_of(Substance amount) noexcept {
  return Charge::of_base(Exact::multiply(amount.base(), 2, Rounding::up));
}
[[nodiscard]] constexpr Substance substance_of(Charge charge) noexcept {
  return Substance::of_base(Exact::divide(charge.base(), 2, Rounding::up));
}

/// Serum magnesium as laboratories report it; 1 mmol/L = 2.4305 mg/dL = 2 meq/L.
[[nodiscard]] constexpr SerumMagnesium serum_magnesium(Exact value, Unit<Dimension::substance_concentration> unit) noexcept {
  return {value, unit};
}
[[nodiscard]] constexpr SerumMagnesium serum_magnesium(Exact value, Unit<Dimension::mass_concentration> unit) noexcept {
  // mg/dL -> mg/L is ten times; divided by mg/mmol gives mmol/L.
  const Exact mg_per_litre = Exact::multiply(Exact::multiply(value, unit.factor, Rounding::up), 10, Rounding::up);
  return SerumMagnesium::of_base(Exact::divide(mg_per_litre, magnesium_molar_mass, Rounding::up));
}
[[nodiscard]] constexpr SerumMagnesium serum_magnesium(Exact value, Unit<Dimension::charge_concentration> unit) noexcept {
  return SerumMagnesium::of_base(Exact::divide(Exact::multiply(value, unit.factor, Rounding::up), 2, Rounding::up));
}

/// Serum creatinine; 1 mg/dL = 88.4 umol/L, the factor of the laboratories and of KDIGO (2024 guideline, conversion table).
[[nodiscard]] constexpr Creatinine creatinine(Exact value, Unit<Dimension::mass_concentration> unit) noexcept {
  return {value, unit};
}
[[nodiscard]] constexpr Creatinine creatinine(Exact value, Unit<Dimension::substance_concentration> unit) noexcept {
  const Exact umol = Exact::divide(Exact::multiply(value, unit.factor, Rounding::up), Exact::ratio(1, 1000), Rounding::up);
  return Creatinine::of_base(Exact::divide(umol, Exact::ratio(884, 10), Rounding::up));
}

/// A unit found by its code: which dimension it measures, and its size in that dimension's base unit.
struct FoundUnit {
  Dimension dimension;
  Exact factor;
  std::string_view ucum;  ///< the canonical UCUM code
};

/// Looks a unit up by UCUM code (case-sensitive, as UCUM's c/s codes are) or by a spelling that labels and records use: "mcg",
/// both micro signs, "ml", "mEq/L", "mmHg", "mL/min/1.73 m²". Annotations in braces are ignored ("mg{elemental}", "{beats}/min"),
/// except that of the indexed clearance. Errors: wrong_unit. O(log n), no allocation on success.
[[nodiscard]] Result<FoundUnit> find_unit(std::string_view code);

/// The same, and the unit must measure `expected`.
[[nodiscard]] Result<FoundUnit> find_unit(std::string_view code, Dimension expected);

/// The UCUM code of a dimension's base unit.
[[nodiscard]] std::string_view base_unit(Dimension dimension) noexcept;

/// What a dimension is called in an error message, for example "a mass (such as mg)".
[[nodiscard]] std::string_view describe(Dimension dimension) noexcept;

inline namespace literals {
constexpr Age operator""_years(unsigned long long n) noexcept { return {static_cast<std::int64_t>(n), units::a}; }
constexpr Age operator""_months(unsigned long long n) noexcept { return {static_cast<std::int64_t>(n), units::mo}; }
constexpr Age operator""_days(unsigned long long n) noexcept { return {static_cast<std::int64_t>(n), units::d}; }
constexpr Egfr operator""_mL_min_1_73m2(unsigned long long n) noexcept {
  return {static_cast<std::int64_t>(n), units::mL_min_1_73m2};
}
constexpr ElementalMass operator""_mg_elemental(unsigned long long n) noexcept {
  return {static_cast<std::int64_t>(n), units::mg};
}
constexpr SaltMass operator""_mg_salt(unsigned long long n) noexcept { return {static_cast<std::int64_t>(n), units::mg}; }
}  // namespace literals

}  // namespace magnesia
