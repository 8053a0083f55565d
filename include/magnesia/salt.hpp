// Salts: from a chemical formula to the molar mass and to the share of magnesium.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <string_view>

#include "magnesia/atomic_weights.hpp"
#include "magnesia/error.hpp"
#include "magnesia/exact.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia {

namespace detail {
class FormulaReader;
}

/// Which atoms a compound is made of, and its charge. Structure is not kept: MgSO4·7H2O equals MgSO4(H2O)7. Made by
/// `"MgO"_formula` or parse_formula(); one made by default is empty.
class Formula {
 public:
  static constexpr std::size_t most_elements = 16;
  static constexpr std::int64_t most_atoms = 1'000'000;

  /// So many atoms of one element.
  struct Atoms {
    std::uint8_t atomic_number = 0;
    std::uint32_t count = 0;

    friend constexpr bool operator==(const Atoms&, const Atoms&) = default;
  };

  constexpr Formula() noexcept = default;

  /// Each element once, by rising atomic number.
  [[nodiscard]] constexpr std::span<const Atoms> atoms() const noexcept { return {atoms_.data(), size_}; }
  /// How many atoms of the element with this atomic number it has.
  [[nodiscard]] constexpr std::int64_t count(int atomic_number) const noexcept {
    for (const Atoms& a : atoms())
      if (a.atomic_number == atomic_number) return a.count;
    return 0;
  }
  /// In elementary charges; 0 for a salt.
  [[nodiscard]] constexpr int charge() const noexcept { return charge_; }

  friend constexpr bool operator==(const Formula&, const Formula&) = default;

 private:
  friend class detail::FormulaReader;

  std::array<Atoms, most_elements> atoms_{};
  std::uint8_t size_ = 0;
  std::int8_t charge_ = 0;
};

/// Reads a formula: element symbols, counts, brackets ( ) and [ ], parts joined by · (also ⋅ • . or *) with a coefficient before
/// a part, a charge at the end. Counts may be subscripts and charges superscripts.
///     MgO   MgSO4·7H2O   Mg3(C6H5O7)2   4MgCO3·Mg(OH)2·5H2O   Mg2+   [Mg(H2O)6]2+   SO4^2-   SO₄²⁻
/// Without ^ or superscript, digits before a sign are a charge only after a lone element or a square bracket around everything;
/// elsewhere they could be a count as well and are refused. So is a full stop between digits, which could be a decimal point,
/// except before water.
///
/// Limits: 256 bytes, brackets 8 deep, 10^6 atoms, 16 elements, charge 99. Errors: syntax; too_large; unknown_name for a symbol
/// of no element, or of one without a standard atomic weight. The place is a byte offset.
[[nodiscard]] Result<Formula> parse_formula(std::string_view text);

/// The formula in Hill's order: carbon, hydrogen, then by the alphabet; alphabetical throughout without carbon. "H14MgO11S".
[[nodiscard]] std::string hill_notation(const Formula& formula);

/// Molar mass in g/mol, exact in the standard atomic weights (atomic_weights.hpp). Missing or extra electrons are not weighed.
[[nodiscard]] constexpr Exact molar_mass(const Formula& formula) noexcept;

/// Atoms of magnesium in one formula unit.
[[nodiscard]] constexpr std::int64_t magnesium_atoms(const Formula& formula) noexcept { return formula.count(12); }

/// The share of the compound's mass that is magnesium, 0 to 1: magnesium_atoms * 24.305 g/mol / molar_mass. Exact; 0 for an empty
/// formula.
[[nodiscard]] constexpr Exact elemental_share(const Formula& formula) noexcept;

/// The magnesium in so much of a compound.
[[nodiscard]] constexpr ElementalMass elemental_mass_of(SaltMass mass, const Formula& salt) noexcept {
  return ElementalMass::of_base(Exact::multiply(mass.base(), elemental_share(salt), Rounding::up));
}
/// How much of a compound carries so much magnesium. The compound must hold magnesium.
[[nodiscard]] constexpr SaltMass salt_mass_of(ElementalMass mass, const Formula& salt) noexcept {
  return SaltMass::of_base(Exact::divide(mass.base(), elemental_share(salt), Rounding::up));
}

}  // namespace magnesia

#include "magnesia/detail/formula_reader.hpp"

namespace magnesia {

namespace detail {

inline constexpr std::int64_t nanograms_in_a_gram = 1'000'000'000;

// In ng/mol; at most most_atoms times the heaviest atom, 2.4e17.
[[nodiscard]] constexpr std::int64_t molar_nanograms(const Formula& formula) noexcept {
  std::int64_t sum = 0;
  for (const Formula::Atoms& a : formula.atoms()) sum += a.count * atomic_weights_in_nanograms[a.atomic_number - 1U];
  return sum;
}

[[nodiscard]] constexpr Exact lowest_terms(std::int64_t numerator, std::int64_t denominator) noexcept {
  const std::int64_t common = std::gcd(numerator, denominator);
  return Exact::ratio(numerator / common, denominator / common);
}

}  // namespace detail

constexpr Exact molar_mass(const Formula& formula) noexcept {
  return detail::lowest_terms(detail::molar_nanograms(formula), detail::nanograms_in_a_gram);
}

constexpr Exact elemental_share(const Formula& formula) noexcept {
  const std::int64_t whole = detail::molar_nanograms(formula);
  if (whole == 0) return {};
  return detail::lowest_terms(magnesium_atoms(formula) * detail::atomic_weights_in_nanograms[12 - 1], whole);
}

static_assert(Exact::ratio(detail::atomic_weights_in_nanograms[12 - 1], detail::nanograms_in_a_gram) == magnesium_molar_mass);

inline namespace literals {
/// A formula checked when the program is compiled: `"MgSO4·7H2O"_formula`. A faulty one does not compile.
consteval Formula operator""_formula(const char* text, std::size_t size) {
  const detail::ReadFormula read = detail::FormulaReader{std::string_view{text, size}}.read();
  if (read.fault != detail::FormulaFault::none) detail::this_is_not_a_chemical_formula();
  return read.formula;
}
}  // namespace literals

}  // namespace magnesia
