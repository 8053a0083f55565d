#include "magnesia/boost_units.hpp"

#if __has_include(<boost/units/quantity.hpp>)

#include <gtest/gtest.h>

#include <boost/units/base_units/metric/liter.hpp>
#include <boost/units/base_units/us/pound.hpp>
#include <boost/units/systems/cgs/mass.hpp>
#include <boost/units/systems/si.hpp>
#include <boost/units/systems/si/prefixes.hpp>
#include <limits>

namespace magnesia {
namespace {

namespace bu = boost::units;
using Milligram = bu::make_scaled_unit<bu::cgs::mass, bu::scale<10, bu::static_rational<-3>>>::type;
using Kilogram = bu::si::mass;
using Pound = bu::us::pound_base_unit::unit_type;
using Millilitre = bu::make_scaled_unit<bu::metric::liter_base_unit::unit_type, bu::scale<10, bu::static_rational<-3>>>::type;
using Millimole = bu::make_scaled_unit<bu::si::amount, bu::scale<10, bu::static_rational<-3>>>::type;

template <class Unit>
bu::quantity<Unit> of(double value) {
  return bu::quantity<Unit>::from_value(value);
}

TEST(BoostUnits, AMilligramIsAMilligram) {
  EXPECT_EQ(*from_boost<ElementalMass>(of<Milligram>(301.5)), (ElementalMass{Exact::ratio(3015, 10), units::mg}));
  EXPECT_EQ(*from_boost<SaltMass>(of<Kilogram>(0.0005)), (SaltMass{500, units::mg}));
  EXPECT_EQ(*from_boost<Mass>(of<Pound>(150)), (Mass{150, units::lb}));
}

TEST(BoostUnits, ANumberIsReadAsItIsWrittenAndNotAsItsBinaryNeighbour) {
  EXPECT_EQ(*from_boost<ElementalMass>(of<Milligram>(0.1)), (ElementalMass{Exact::ratio(1, 10), units::mg}));
  EXPECT_EQ(*from_boost<ElementalMass>(of<Milligram>(0.1 + 0.2)),
            (ElementalMass{Exact::ratio(30'000'000'000'000'004, 100'000'000'000'000'000), units::mg}));
}

TEST(BoostUnits, SeventeenDigitsOfAKilogramAreKeptInMilligrams) {
  EXPECT_EQ(*from_boost<ElementalMass>(of<Kilogram>(0.00030149999999999996)),
            (ElementalMass{Exact::ratio(30'149'999'999'999'996, 100'000'000'000'000), units::mg}));
}

TEST(BoostUnits, VolumesAmountsAndTimesComeOver) {
  EXPECT_EQ(*from_boost<Volume>(of<Millilitre>(15)), (Volume{15, units::mL}));
  EXPECT_EQ(*from_boost<Volume>(of<bu::si::volume>(0.005)), (Volume{5, units::L}));
  EXPECT_EQ(*from_boost<Substance>(of<Millimole>(12.4)), (Substance{Exact::ratio(124, 10), units::mmol}));
  EXPECT_EQ(*from_boost<Duration>(of<bu::si::time>(14'400)), (Duration{4, units::h}));
  EXPECT_EQ(*from_boost<Duration>(of<bu::si::time>(0.2)), (Duration{200, units::ms}));
}

TEST(BoostUnits, EveryTenthOfAMilligramUpToAGramComesBackUnchanged) {
  for (std::int64_t tenths = 0; tenths <= 10'000; ++tenths) {
    const ElementalMass mass{Exact::ratio(tenths, 10), units::mg};
    ASSERT_EQ(*from_boost<ElementalMass>(to_boost(mass)), mass) << tenths << " tenths of a milligram, by way of kilograms";
    ASSERT_EQ(*from_boost<ElementalMass>(to_boost<Milligram>(mass)), mass) << tenths << " tenths of a milligram";
  }
}

TEST(BoostUnits, EveryMinuteOfADayComesBackUnchanged) {
  for (std::int64_t minutes = 0; minutes <= 1440; ++minutes) {
    const Duration time{minutes, units::min};
    ASSERT_EQ(*from_boost<Duration>(to_boost(time)), time) << minutes;
  }
}

TEST(BoostUnits, GoesOutInSiUnits) {
  EXPECT_DOUBLE_EQ(to_boost(Volume{5, units::mL}).value(), 5e-6);
  EXPECT_DOUBLE_EQ(to_boost(Substance{12, units::mmol}).value(), 0.012);
  EXPECT_DOUBLE_EQ(to_boost(Mass{70, units::kg}).value(), 70);
  EXPECT_DOUBLE_EQ(to_boost(Duration{4, units::h}).value(), 14'400);
}

TEST(BoostUnits, WhatIsNoNumberIsRefused) {
  for (const double value : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()}) {
    const Result<ElementalMass> mass = from_boost<ElementalMass>(of<Milligram>(value));
    ASSERT_FALSE(mass);
    EXPECT_EQ(mass.error().kind, ErrorKind::syntax);
    EXPECT_FALSE(mass.error().place.empty() || mass.error().found.empty() || mass.error().expected.empty());
  }
}

TEST(BoostUnits, WhatIsTooMuchIsRefusedAndTheVerySmallIsRoundedUp) {
  for (const double value : {1e13, -1e13, 1e300, -1e300}) {
    const Result<ElementalMass> mass = from_boost<ElementalMass>(of<Kilogram>(value));
    ASSERT_FALSE(mass) << value;
    EXPECT_EQ(mass.error().kind, ErrorKind::too_large);
  }
  const Result<ElementalMass> speck = from_boost<ElementalMass>(of<Milligram>(5e-324));
  ASSERT_TRUE(speck);
  EXPECT_GT(speck->base(), Exact{});
  EXPECT_EQ(from_boost<ElementalMass>(of<Milligram>(0.0))->base(), Exact{});
}

template <class Q, class Unit>
concept ComesFromBoost = requires(bu::quantity<Unit> quantity) {
  from_boost<Q>(quantity);
};
static_assert(ComesFromBoost<ElementalMass, Kilogram>);
static_assert(!ComesFromBoost<Egfr, Kilogram>);

}  // namespace
}  // namespace magnesia

#endif
