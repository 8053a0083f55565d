#include "magnesia/exact.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace magnesia {
namespace {

__extension__ using Wide = unsigned __int128;
__extension__ using SignedWide = __int128;
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

Exact read(std::string_view decimal) {
  const Result<Exact> value = Exact::parse(decimal);
  EXPECT_TRUE(value) << decimal << ": " << (value ? "" : describe(value.error()));
  return value ? *value : Exact{};
}

ErrorKind refusal(std::string_view decimal) {
  const Result<Exact> value = Exact::parse(decimal);
  EXPECT_FALSE(value) << decimal << " was accepted";
  if (value) return ErrorKind::unreadable;
  EXPECT_FALSE(value.error().place.empty() || value.error().found.empty() || value.error().expected.empty()) << decimal;
  return value.error().kind;
}

// The oracle: a/b against c/d by their continued fractions, where no product can overflow.
std::strong_ordering compare(Wide a, Wide b, Wide c, Wide d) {
  if (a / b != c / d) return a / b < c / d ? std::strong_ordering::less : std::strong_ordering::greater;
  const Wide left = a % b;
  const Wide right = c % d;
  if (left == 0 || right == 0)
    return left == right ? std::strong_ordering::equal : left == 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  return compare(d, right, b, left);
}

// Against the exact ratio numerator/denominator, of either sign.
std::strong_ordering compare(Exact x, SignedWide numerator, Wide denominator) {
  if (!x.finite()) return x.numerator() < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  const bool x_negative = x.numerator() < 0;
  const bool y_negative = numerator < 0;
  if (x_negative != y_negative) return x_negative ? std::strong_ordering::less : std::strong_ordering::greater;
  const auto size = [](SignedWide n) { return n < 0 ? Wide{0} - static_cast<Wide>(n) : static_cast<Wide>(n); };
  const Wide x_size = size(x.numerator());
  const Wide x_denominator = static_cast<Wide>(x.denominator());
  return y_negative ? compare(size(numerator), denominator, x_size, x_denominator)
                    : compare(x_size, x_denominator, size(numerator), denominator);
}

// Numbers of all sizes, the ends of the range among them.
class Numbers {
 public:
  std::int64_t whole() {
    switch (random_() % 8) {
      case 0: return static_cast<std::int64_t>(random_() % 7) - 3;
      case 1: return largest - static_cast<std::int64_t>(random_() % 3);
      case 2: return -largest + static_cast<std::int64_t>(random_() % 3);
      default: {
        const auto size = static_cast<std::int64_t>(random_() >> (1 + random_() % 63));
        return random_() % 2 == 0 ? size : -size;
      }
    }
  }
  std::int64_t positive() {
    const std::int64_t n = whole();
    return n == 0 ? 1 : n < 0 ? -n : n;
  }
  Exact exact() { return Exact::ratio(whole(), positive()); }

 private:
  std::mt19937_64 random_{20'261'123};
};

Wide common_divisor(Wide a, Wide b) { return b == 0 ? a : common_divisor(b, a % b); }

// `down` and `up` enclose the exact ratio, are the same where it fits in lowest terms, and neighbours where it does not.
void expect_enclosed(Exact down, Exact up, SignedWide numerator, Wide denominator, const std::string& what) {
  ASSERT_TRUE(compare(down, numerator, denominator) <= 0) << what << ": the lower bound lies above";
  ASSERT_TRUE(compare(up, numerator, denominator) >= 0) << what << ": the upper bound lies below";
  const Wide size = numerator < 0 ? Wide{0} - static_cast<Wide>(numerator) : static_cast<Wide>(numerator);
  const Wide common = common_divisor(size, denominator);
  if (size / common <= Wide{largest} && denominator / common <= Wide{largest}) {
    ASSERT_EQ(down, up) << what << ": fits and was rounded";
    return;
  }
  if (!down.finite() || !up.finite()) return;
  ASSERT_EQ(down.denominator(), up.denominator()) << what;
  ASSERT_EQ(up.numerator() - down.numerator(), 1) << what;
  ASSERT_TRUE(up.denominator() == 1'000'000'000'000'000'000 || up.numerator() > largest / 100 ||
              down.numerator() < -largest / 100)
      << what << ": more digits would have fitted";
}

std::string text(Exact x) { return std::to_string(x.numerator()) + "/" + std::to_string(x.denominator()); }

TEST(Exact, ThreeTenthsAreOneTenthAndTwoTenths) { EXPECT_EQ(Exact::add(read("0.1"), read("0.2"), Rounding::down), read("0.3")); }

TEST(Exact, ALimitOf350IsNotExceededByPartsThatSumToIt) {
  Exact sum;
  for (int i = 0; i < 3500; ++i) sum = Exact::add(sum, read("0.1"), Rounding::up);
  EXPECT_EQ(sum, Exact{350});
  Exact thirds;
  for (int i = 0; i < 1050; ++i) thirds = Exact::add(thirds, Exact::ratio(1, 3), Rounding::up);
  EXPECT_EQ(thirds, Exact{350});
}

TEST(Exact, ProductsAndQuotientsAreEnclosedAndExactWhereTheyFit) {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) {
    const Exact a = numbers.exact();
    const Exact b = numbers.exact();
    const SignedWide numerator = SignedWide{a.numerator()} * b.numerator();
    const Wide denominator = static_cast<Wide>(a.denominator()) * static_cast<Wide>(b.denominator());
    expect_enclosed(Exact::multiply(a, b, Rounding::down), Exact::multiply(a, b, Rounding::up), numerator, denominator,
                    text(a) + " * " + text(b));
    if (b.numerator() == 0) continue;
    const Exact inverse =
        b.numerator() < 0 ? Exact::ratio(-b.denominator(), -b.numerator()) : Exact::ratio(b.denominator(), b.numerator());
    expect_enclosed(Exact::divide(a, b, Rounding::down), Exact::divide(a, b, Rounding::up),
                    SignedWide{a.numerator()} * inverse.numerator(),
                    static_cast<Wide>(a.denominator()) * static_cast<Wide>(inverse.denominator()), text(a) + " / " + text(b));
    if (HasFatalFailure()) return;
  }
}

TEST(Exact, SumsAreEnclosedAndExactWhereTheyFit) {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) {
    const Exact a = numbers.exact();
    const Exact b = numbers.exact();
    const SignedWide numerator = SignedWide{a.numerator()} * b.denominator() + SignedWide{b.numerator()} * a.denominator();
    const Wide denominator = static_cast<Wide>(a.denominator()) * static_cast<Wide>(b.denominator());
    expect_enclosed(Exact::add(a, b, Rounding::down), Exact::add(a, b, Rounding::up), numerator, denominator,
                    text(a) + " + " + text(b));
    if (HasFatalFailure()) return;
  }
}

TEST(Exact, BeyondTheRangeABoundBecomesInfiniteOrStaysAtTheEnd) {
  const Exact end{largest};
  EXPECT_EQ(Exact::add(end, 1, Rounding::up), Exact::infinity());
  EXPECT_EQ(Exact::add(end, 1, Rounding::down), end);
  EXPECT_EQ(Exact::add(-end, -1, Rounding::down), Exact::minus_infinity());
  EXPECT_EQ(Exact::add(-end, -1, Rounding::up), -end);
  EXPECT_EQ(Exact::multiply(end, end, Rounding::down), end);
  EXPECT_GT(Exact::divide(1, end, Rounding::down), Exact{});
  EXPECT_EQ(Exact::multiply(Exact::ratio(1, largest), Exact::ratio(1, largest), Rounding::down), Exact{});
  EXPECT_GT(Exact::multiply(Exact::ratio(1, largest), Exact::ratio(1, largest), Rounding::up), Exact{});
}

TEST(Exact, InfinityCountsAsInIntervals) {
  const Exact infinity = Exact::infinity();
  const Exact minus_infinity = Exact::minus_infinity();
  EXPECT_GT(infinity, Exact{largest});
  EXPECT_LT(minus_infinity, Exact{-largest});
  EXPECT_EQ(-infinity, minus_infinity);
  EXPECT_EQ(Exact::multiply(infinity, 5, Rounding::up), infinity);
  EXPECT_EQ(Exact::multiply(infinity, -5, Rounding::up), minus_infinity);
  EXPECT_EQ(Exact::multiply(infinity, Exact{}, Rounding::up), Exact{});
  EXPECT_EQ(Exact::multiply(minus_infinity, minus_infinity, Rounding::up), infinity);
  EXPECT_EQ(Exact::add(infinity, -5, Rounding::down), infinity);
  EXPECT_EQ(Exact::add(-5, minus_infinity, Rounding::up), minus_infinity);
  EXPECT_EQ(Exact::add(infinity, infinity, Rounding::down), infinity);
  EXPECT_EQ(Exact::add(infinity, minus_infinity, Rounding::down), minus_infinity);
  EXPECT_EQ(Exact::add(minus_infinity, infinity, Rounding::up), infinity);
  EXPECT_EQ(Exact::divide(5, infinity, Rounding::up), Exact{});
  EXPECT_EQ(Exact::divide(infinity, 5, Rounding::up), infinity);
  EXPECT_EQ(Exact::divide(infinity, infinity, Rounding::down), Exact{});
  EXPECT_EQ(Exact::divide(infinity, infinity, Rounding::up), infinity);
  EXPECT_EQ(Exact::divide(minus_infinity, infinity, Rounding::down), minus_infinity);
  EXPECT_EQ(Exact::divide(minus_infinity, infinity, Rounding::up), Exact{});
}

TEST(Exact, ComparesExactlyAtTheEndsOfTheRange) {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) {
    const Exact a = numbers.exact();
    const Exact b = numbers.exact();
    ASSERT_EQ(a <=> b, compare(a, b.numerator(), static_cast<Wide>(b.denominator()))) << text(a) << " and " << text(b);
  }
  EXPECT_LT(Exact::ratio(largest - 1, largest), Exact::ratio(largest, largest));
  EXPECT_EQ(Exact::ratio(2, 4), Exact::ratio(-1, -2));
}

TEST(Exact, ReadsEachFormOfADecimalThatJsonHas) {
  EXPECT_EQ(read("0"), Exact{});
  EXPECT_EQ(read("-0"), Exact{});
  EXPECT_EQ(read("-12"), Exact{-12});
  EXPECT_EQ(read("0.70"), Exact::ratio(7, 10));
  EXPECT_EQ(read("2.5e1"), Exact{25});
  EXPECT_EQ(read("2.5E+1"), Exact{25});
  EXPECT_EQ(read("25e-1"), Exact::ratio(5, 2));
  EXPECT_EQ(read("1e-06"), Exact::ratio(1, 1'000'000));
  EXPECT_EQ(read("0.000"), Exact{});
  EXPECT_EQ(read("0e99999999999999999999"), Exact{});
  EXPECT_EQ(read("100.250"), Exact::ratio(401, 4));
  EXPECT_EQ(read("1005"), Exact{1005});
}

TEST(Exact, WhatWasReadIsInLowestTerms) {
  EXPECT_EQ(read("0.50").numerator(), 1);
  EXPECT_EQ(read("0.50").denominator(), 2);
  EXPECT_EQ(read("-41.0").denominator(), 1);
}

TEST(Exact, RefusesWhatIsNoDecimal) {
  for (const std::string_view text :
       {"",   "-",  "+1",    ".5",  "5.",  "01",  "-01",  "00",       "1e",  "1e+",   "1e-",   "e5", "1.e5", "0x10", "1,5",
        "1 ", " 1", "1_000", "NaN", "nan", "inf", "-inf", "Infinity", "--1", "1.5.2", "1e5.0", "١",  "1\n",  "½"})
    EXPECT_EQ(refusal(text), ErrorKind::syntax) << text;
  EXPECT_EQ(refusal(std::string_view{"1\0", 2}), ErrorKind::syntax);
}

TEST(Exact, SaysAtWhichByteADecimalEnds) {
  EXPECT_EQ(Exact::parse("12x").error().place, "byte 2");
  EXPECT_EQ(Exact::parse("1.").error().place, "byte 2");
}

TEST(Exact, EighteenDigitsAreReadAndNineteenRefused) {
  EXPECT_EQ(read("123456789012345678"), Exact{123'456'789'012'345'678});
  EXPECT_EQ(refusal("1234567890123456789"), ErrorKind::too_large);
  EXPECT_EQ(read("0.123456789012345678"), Exact::ratio(123'456'789'012'345'678, 1'000'000'000'000'000'000));
  EXPECT_EQ(refusal("0.1234567890123456789"), ErrorKind::too_large);
  EXPECT_EQ(read("1.0000000000000000000000000"), Exact{1}) << "zeros at the end are not significant";
  EXPECT_EQ(read("0.000000000000000001"), Exact::ratio(1, 1'000'000'000'000'000'000));
  EXPECT_EQ(refusal("0.0000000000000000001"), ErrorKind::too_large);
  EXPECT_EQ(refusal("1.0000000000000000001"), ErrorKind::too_large);
}

TEST(Exact, ReadsMagnitudesUpTo1e18AndNoMore) {
  EXPECT_EQ(read("1e18"), Exact{1'000'000'000'000'000'000});
  EXPECT_EQ(read("-1000000000000000000"), Exact{-1'000'000'000'000'000'000});
  EXPECT_EQ(read("0.1e19"), Exact{1'000'000'000'000'000'000});
  EXPECT_EQ(read("999999999999999999"), Exact{999'999'999'999'999'999});
  for (const std::string_view text :
       {"1.1e18", "2e18", "1e19", "1e400", "1e99999999999999999999", "1e-19", "1e-99999999999999999999"})
    EXPECT_EQ(refusal(text), ErrorKind::too_large) << text;
  EXPECT_EQ(refusal('1' + std::string(5000, '0')), ErrorKind::too_large);
  EXPECT_EQ(read("0." + std::string(17, '0') + "1e17"), Exact::ratio(1, 10));
}

TEST(Exact, DoesNotTakeAFloatingPointNumber) {
  static_assert(!std::is_constructible_v<Exact, double>);
  static_assert(!std::is_constructible_v<Exact, float>);
  static_assert(std::is_convertible_v<int, Exact>);
}

TEST(Exact, WritesDecimalsRoundedHalfAwayFromZero) {
  EXPECT_EQ(Exact{}.decimal(3), "0");
  EXPECT_EQ(read("301.5").decimal(3), "301.5");
  EXPECT_EQ(read("0.0005").decimal(3), "0.001");
  EXPECT_EQ(read("0.00049").decimal(3), "0");
  EXPECT_EQ(read("-0.0005").decimal(3), "-0.001");
  EXPECT_EQ(read("-0.0004").decimal(3), "0") << "no minus before a zero";
  EXPECT_EQ(read("2.5").decimal(0), "3");
  EXPECT_EQ(read("-2.5").decimal(0), "-3");
  EXPECT_EQ(read("9.9996").decimal(3), "10");
  EXPECT_EQ(read("1.05").decimal(9), "1.05");
  EXPECT_EQ(Exact::ratio(2, 3).decimal(9), "0.666666667");
  EXPECT_EQ(Exact::ratio(1, largest).decimal(9), "0");
  EXPECT_EQ(Exact{largest}.decimal(9), "9223372036854775807");
  EXPECT_EQ(Exact{-largest}.decimal(9), "-9223372036854775807");
  EXPECT_EQ(Exact::ratio(largest, largest - 1).decimal(9), "1");
  EXPECT_EQ(Exact::infinity().decimal(2), "inf");
  EXPECT_EQ(Exact::minus_infinity().decimal(2), "-inf");
}

TEST(Exact, AWrittenDecimalIsTheNearestAndReadsBack) {
  Numbers numbers;
  for (int i = 0; i < 50'000; ++i) {
    const Exact x = numbers.exact();
    const int places = i % 10;
    const std::string decimal = x.decimal(places);
    const Result<Exact> back = Exact::parse(decimal);
    if (!back) continue;  // more digits than parse() takes
    Exact half_step = Exact::ratio(1, 2);
    for (int p = 0; p < places; ++p) half_step = Exact::divide(half_step, 10, Rounding::down);
    const Exact off = Exact::add(*back, -x, Rounding::down);
    ASSERT_LE(off < Exact{} ? -off : off, half_step) << text(x) << " as " << decimal;
    ASSERT_EQ(back->decimal(places), decimal);
  }
}

TEST(Exact, AppendsADecimalToWhatIsThere) {
  std::string text = "low: ";
  append_decimal(text, read("301.50"), 2);
  append_decimal(text, -1, 0);
  EXPECT_EQ(text, "low: 301.5-1");
}

TEST(Exact, ReportedFiguresAreRoundedToAStepHalfAwayFromZero) {
  EXPECT_EQ(read("0.25").rounded_to(read("0.1")), read("0.3"));
  EXPECT_EQ(read("-0.25").rounded_to(read("0.1")), read("-0.3"));
  EXPECT_EQ(read("29.94").rounded_to(read("0.1")), read("29.9"));
  EXPECT_EQ(read("29.95").rounded_to(read("0.1")), Exact{30});
  EXPECT_EQ(Exact{37}.rounded_to(5), Exact{35});
  EXPECT_EQ(Exact{}.rounded_to(5), Exact{});
  EXPECT_EQ(Exact::infinity().rounded_to(1), Exact::infinity());
}

TEST(Exact, RoundingToAStepNeverOverflows) {
  EXPECT_EQ(Exact{largest}.rounded_to(read("0.001")), Exact{largest}) << "a multiple of the step already";
  EXPECT_EQ(Exact{-largest}.rounded_to(read("0.001")), Exact{-largest});
  const Exact awkward = Exact::ratio(largest, 3);
  EXPECT_EQ(awkward.rounded_to(read("0.001")), awkward) << "too many steps to count: as it was";
  EXPECT_EQ(Exact::ratio(1, largest).rounded_to(Exact{largest}), Exact{});
  EXPECT_EQ(Exact{largest}.rounded_to(Exact{largest}), Exact{largest});

  Numbers numbers;
  for (int i = 0; i < 50'000; ++i) {
    const Exact x = numbers.exact();
    const Exact step = Exact::ratio(1, std::array<std::int64_t, 4>{1, 10, 100, 1000}[static_cast<std::size_t>(i) % 4]);
    const Exact rounded = x.rounded_to(step);
    const Exact off = Exact::add(rounded, -x, Rounding::down);
    ASSERT_LE(off < Exact{} ? -off : off, Exact::divide(step, 2, Rounding::down)) << text(x);
  }
}

}  // namespace
}  // namespace magnesia
