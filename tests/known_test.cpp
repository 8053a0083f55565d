#include "magnesia/known.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace magnesia {
namespace {

TEST(Fact, BeginsUnknown) {
  const Fact<int> trimester;
  EXPECT_FALSE(trimester.known());
  EXPECT_EQ(trimester.if_known(), nullptr);
  EXPECT_EQ(trimester.value_or(7), 7);
}

TEST(Fact, IsKnownOnceAssignedUntilForgotten) {
  Fact<std::string> name;
  name = std::string{"oxide"};
  ASSERT_TRUE(name.known());
  EXPECT_EQ(*name.if_known(), "oxide");
  EXPECT_EQ(name.value_or("?"), "oxide");
  name.forget();
  EXPECT_FALSE(name.known());
}

TEST(Fact, KnownFalseIsNotUnknown) {
  const Fact<bool> unknown;
  const Fact<bool> no = false;
  EXPECT_NE(unknown, no);
  EXPECT_TRUE(no.known());
  EXPECT_FALSE(no.value_or(true));
}

// A value is never read without saying what to do when there is none.
template <class F>
concept ReadWithoutAsking = requires(F fact) {
  *fact;
}
|| requires(F fact) { fact.value(); }
|| requires(F fact) { static_cast<bool>(fact); }
|| requires(F fact) { fact.operator->(); };
static_assert(ReadWithoutAsking<std::optional<bool>>);
static_assert(!ReadWithoutAsking<Fact<bool>>);

TEST(Listed, BeginsUnknownAndUnknownIsNotNone) {
  const Listed<int> unknown;
  EXPECT_EQ(unknown.completeness(), Completeness::unknown);
  EXPECT_TRUE(unknown.items().empty());
  EXPECT_NE(unknown, Listed<int>{known_none});
  EXPECT_EQ((Listed<int>{known_none}), (Listed<int>{Completeness::exactly, {}}));
}

TEST(Listed, AnItemAddedToAnUnknownListDoesNotMakeItComplete) {
  Listed<int> list;
  list.add(1);
  EXPECT_EQ(list.completeness(), Completeness::at_least);
  list.close();
  EXPECT_EQ(list.completeness(), Completeness::exactly);
  list.add(2);
  EXPECT_EQ(list, (Listed<int>{Completeness::exactly, {1, 2}}));
  list.open();
  EXPECT_EQ(list.completeness(), Completeness::at_least);
}

TEST(Interval, AValueIsAnIntervalOfOnePoint) {
  const Interval<Exact> point = Exact{5};
  EXPECT_TRUE(point.is_point());
  EXPECT_TRUE(point.contains(5));
  EXPECT_FALSE(point.contains(Exact::ratio(51, 10)));
  EXPECT_FALSE((Interval<Exact>{52, 81}.is_point()));
}

TEST(Interval, HullHoldsBothAndNothingBeyondTheirEnds) {
  const Interval<Exact> a{1, 3};
  const Interval<Exact> b{2, 7};
  const auto both = Interval<Exact>::hull(a, b);
  EXPECT_EQ(both, (Interval<Exact>{1, 7}));
  EXPECT_TRUE(a.inside(both) && b.inside(both));
  EXPECT_FALSE(both.inside(a));
  EXPECT_EQ(Interval<Exact>::hull(b, a), both);
}

TEST(Interval, SumsProductsAndQuotientsHoldThoseOfEveryMember) {
  const std::vector<Exact> points{0, Exact::ratio(1, 7), Exact::ratio(1, 3), 1, Exact::ratio(350, 3), 5000};
  for (const Exact& a : points)
    for (const Exact& b : points)
      for (const Exact& c : points)
        for (const Exact& d : points) {
          if (b < a || d < c) continue;
          const Interval<Exact> x{a, b};
          const Interval<Exact> y{c, d};
          for (const Exact& p : points)
            for (const Exact& q : points) {
              if (!x.contains(p) || !y.contains(q)) continue;
              ASSERT_TRUE(add(x, y).contains(Exact::add(p, q, Rounding::down)));
              ASSERT_TRUE(multiply(x, y).contains(Exact::multiply(p, q, Rounding::down)));
              if (q != Exact{}) {
                ASSERT_TRUE(divide(x, y).contains(Exact::divide(p, q, Rounding::down)));
              }
            }
        }
}

TEST(Interval, BoundsThatDoNotFitAreRoundedOutwards) {
  const Exact large = std::numeric_limits<std::int64_t>::max();
  const Interval<Exact> awkward{Exact::ratio(1, 3), Exact::ratio(2, 3)};
  const Interval<Exact> tiny = divide(awkward, Interval<Exact>{large});
  EXPECT_LT(tiny.low, tiny.high);
  EXPECT_EQ(multiply(Interval<Exact>{large}, Interval<Exact>{2}), (Interval<Exact>{large, Exact::infinity()}));
  const Interval<Exact> sum = add(Interval<Exact>{Exact::ratio(1, 3)}, Interval<Exact>{Exact::ratio(1, large.numerator())});
  EXPECT_LT(sum.low, sum.high) << "a denominator of 3 * (2^63 - 1) does not fit";
  EXPECT_LE(sum.low, Exact::ratio(333'333'333'333'333'334, 1'000'000'000'000'000'000));
  EXPECT_GT(sum.high, Exact::ratio(1, 3));
}

TEST(Interval, AQuotientByWhatMayBeNothingHasNoUpperBound) {
  EXPECT_EQ(divide(Interval<Exact>{6}, Interval<Exact>{0, 2}), (Interval<Exact>{3, Exact::infinity()}));
  EXPECT_EQ(divide(Interval<Exact>{6}, Interval<Exact>{Exact{}}), (Interval<Exact>{0, Exact::infinity()}));
  EXPECT_EQ(divide(Interval<Exact>{Exact{}}, Interval<Exact>{0, 2}), (Interval<Exact>{0, Exact::infinity()}));
}

TEST(Interval, AnAmountWithoutUpperBoundStaysSo) {
  const Interval<Exact> open{0, Exact::infinity()};
  EXPECT_EQ(add(open, Interval<Exact>{100}), (Interval<Exact>{100, Exact::infinity()}));
  EXPECT_EQ(multiply(open, Interval<Exact>{2}), open);
  EXPECT_EQ(multiply(open, Interval<Exact>{0, 2}), open);
  EXPECT_EQ(multiply(open, Interval<Exact>{Exact{}}), Interval<Exact>{Exact{}});
}

}  // namespace
}  // namespace magnesia
