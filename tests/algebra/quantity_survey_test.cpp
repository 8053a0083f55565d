// The whole algebra of amounts: what each operator makes of each pair of types, and where it must not compile.
#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "magnesia/quantity.hpp"

namespace magnesia {
namespace {

using Types = std::tuple<ElementalMass, SaltMass, Mass, Substance, Charge, Volume, Duration, Length, Age, ElementalConcentration,
                         SaltConcentration, Egfr, CreatinineClearance, SerumMagnesium, Creatinine, CystatinC, Ferritin,
                         TransferrinSaturation, HeartRate, BloodPressure, Exact>;
constexpr std::size_t count = std::tuple_size_v<Types>;

// A letter for each of the types, in their order; '=' for what an order or equality gives.
constexpr std::string_view letters = "esmnqvtlaESgcMCYFThbx";
static_assert(letters.size() == count);

// Left operands down, right operands across: the letter of the result's type, '.' where the expression must not compile.
using Table = std::array<std::string_view, count>;

// Amounts add up with their own kind, levels don't.
constexpr Table sums{
    // esmnqvtlaESgcMCYFThbx
    "e....................",  // e ElementalMass
    ".s...................",  // s SaltMass
    "..m..................",  // m Mass
    "...n.................",  // n Substance
    "....q................",  // q Charge
    ".....v...............",  // v Volume
    "......t..............",  // t Duration
    ".......l.............",  // l Length
    ".....................",  // a Age
    ".....................",  // E ElementalConcentration
    ".....................",  // S SaltConcentration
    ".....................",  // g Egfr
    ".....................",  // c CreatinineClearance
    ".....................",  // M SerumMagnesium
    ".....................",  // C Creatinine
    ".....................",  // Y CystatinC
    ".....................",  // F Ferritin
    ".....................",  // T TransferrinSaturation
    ".....................",  // h HeartRate
    ".....................",  // b BloodPressure
    ".....................",  // x Exact
};

// A number scales everything; a concentration times its volume is a mass.
constexpr Table products{
    // esmnqvtlaESgcMCYFThbx
    "....................e",  // e ElementalMass
    "....................s",  // s SaltMass
    "....................m",  // m Mass
    "....................n",  // n Substance
    "....................q",  // q Charge
    ".........es.........v",  // v Volume
    "....................t",  // t Duration
    "....................l",  // l Length
    "....................a",  // a Age
    ".....e..............E",  // E ElementalConcentration
    ".....s..............S",  // S SaltConcentration
    "....................g",  // g Egfr
    "....................c",  // c CreatinineClearance
    "....................M",  // M SerumMagnesium
    "....................C",  // C Creatinine
    "....................Y",  // Y CystatinC
    "....................F",  // F Ferritin
    "....................T",  // T TransferrinSaturation
    "....................h",  // h HeartRate
    "....................b",  // b BloodPressure
    "esmnqvtlaESgcMCYFThb.",  // x Exact
};

// A kind divided by itself is a number; a mass divided by a volume is a concentration.
constexpr Table quotients{
    // esmnqvtlaESgcMCYFThbx
    "x....E..............e",  // e ElementalMass
    ".x...S..............s",  // s SaltMass
    "..x.................m",  // m Mass
    "...x................n",  // n Substance
    "....x...............q",  // q Charge
    ".....x..............v",  // v Volume
    "......x.............t",  // t Duration
    ".......x............l",  // l Length
    "........x...........a",  // a Age
    ".........x..........E",  // E ElementalConcentration
    "..........x.........S",  // S SaltConcentration
    "...........x........g",  // g Egfr
    "............x.......c",  // c CreatinineClearance
    ".............x......M",  // M SerumMagnesium
    "..............x.....C",  // C Creatinine
    "...............x....Y",  // Y CystatinC
    "................x...F",  // F Ferritin
    ".................x..T",  // T TransferrinSaturation
    "..................x.h",  // h HeartRate
    "...................xb",  // b BloodPressure
    ".....................",  // x Exact
};

// Each kind compares with itself alone.
constexpr Table comparisons{
    // esmnqvtlaESgcMCYFThbx
    "=....................",  // e ElementalMass
    ".=...................",  // s SaltMass
    "..=..................",  // m Mass
    "...=.................",  // n Substance
    "....=................",  // q Charge
    ".....=...............",  // v Volume
    "......=..............",  // t Duration
    ".......=.............",  // l Length
    "........=............",  // a Age
    ".........=...........",  // E ElementalConcentration
    "..........=..........",  // S SaltConcentration
    "...........=.........",  // g Egfr
    "............=........",  // c CreatinineClearance
    ".............=.......",  // M SerumMagnesium
    "..............=......",  // C Creatinine
    "...............=.....",  // Y CystatinC
    "................=....",  // F Ferritin
    ".................=...",  // T TransferrinSaturation
    "..................=..",  // h HeartRate
    "...................=.",  // b BloodPressure
    "....................=",  // x Exact
};

struct Minus {
  template <class A, class B>
  auto operator()(A a, B b) const -> decltype(a - b);
};
struct Plus {
  template <class A, class B>
  auto operator()(A a, B b) const -> decltype(a + b);
};
struct Times {
  template <class A, class B>
  auto operator()(A a, B b) const -> decltype(a * b);
};
struct DividedBy {
  template <class A, class B>
  auto operator()(A a, B b) const -> decltype(a / b);
};
struct Equals {
  template <class A, class B>
  auto operator()(A a, B b) const -> decltype(a == b);
};
struct IsBelow {
  template <class A, class B>
  auto operator()(A a, B b) const -> decltype(a < b);
};

template <class T, std::size_t... I>
constexpr char letter_of(std::index_sequence<I...>) {
  char letter = '?';  // a type that is none of ours
  ((std::same_as<T, std::tuple_element_t<I, Types>> ? void(letter = letters[I]) : void()), ...);
  return std::same_as<T, bool> ? '=' : letter;
}

template <class Operation, class A, class B>
constexpr char result() {
  if constexpr (std::invocable<Operation, A, B>)
    return letter_of<std::invoke_result_t<Operation, A, B>>(std::make_index_sequence<count>{});
  else
    return '.';
}

template <class Operation, std::size_t A, std::size_t... B>
void expect_row(std::string_view expected, std::index_sequence<B...>) {
  const std::string row{result<Operation, std::tuple_element_t<A, Types>, std::tuple_element_t<B, Types>>()...};
  EXPECT_EQ(row, expected) << "right operands are " << letters << ", on the left stands " << letters[A];
}

template <class Operation, std::size_t... A>
void expect_rows(const Table& table, std::index_sequence<A...> all) {
  (expect_row<Operation, A>(table[A], all), ...);
}

template <class Operation>
void expect_algebra(const Table& table) {
  expect_rows<Operation>(table, std::make_index_sequence<count>{});
}

TEST(Algebra, OnlyAmountsOfOneKindAddUp) {
  expect_algebra<Plus>(sums);
  expect_algebra<Minus>(sums);
}

TEST(Algebra, OnlyANumberOrAVolumeMultiplies) { expect_algebra<Times>(products); }

TEST(Algebra, OnlyANumberTheSameKindOrAVolumeDivides) { expect_algebra<DividedBy>(quotients); }

TEST(Algebra, OnlyTheSameKindCompares) {
  expect_algebra<Equals>(comparisons);
  expect_algebra<IsBelow>(comparisons);
}

// A whole number is a number; a floating-point number is none.
static_assert(result<Times, ElementalMass, int>() == 'e' && result<DividedBy, ElementalMass, int>() == 'e');
static_assert(result<Times, ElementalMass, double>() == '.' && result<DividedBy, ElementalMass, double>() == '.');
static_assert(result<Plus, ElementalMass, int>() == '.' && result<Equals, ElementalMass, int>() == '.');

}  // namespace
}  // namespace magnesia
