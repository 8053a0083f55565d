// Laws 2 and 3: whatever more is told, the range lies inside the one before; so
// does that of every completion.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/laws/generate.hpp"
#include "tests/laws/learn.hpp"

namespace magnesia::laws {
namespace {

using namespace literals;

void told_more_and_more(const WorldPtr& world) {
  Person told = *person(world);
  Assessment before = world->assess(told);
  int learned = 0;
  for (int step = 0; step < 25; ++step) {
    const std::string what = learn(world, told);
    if (what.empty()) continue;
    ++learned;
    Assessment after = world->assess(told);
    if (after.at_least() < before.at_least() || after.at_most() > before.at_most()) {
      showValue(told, RC_LOG());
      RC_FAIL("told " + what + ": " + describe_range(before) + " became " + describe_range(after));
    }
    before = std::move(after);
  }
  RC_TAG(std::to_string(learned / 4 * 4) + " or more things learned, in the end " + describe_range(before));
}

// Found by generated packs: what a unit must hold of a salt that is not known may be any amount, not none.
TEST(Law3, ATabletTooLightForSomeSaltMayBeSoBeforeTheSaltIsTold) {
  const Checker checker{Knowledge::embedded()};
  Patient told;
  told.age = 40_years;
  told.sex = Sex::male;
  told.conditions = known_none;
  told.medications = known_none;
  told.labs.egfr = 90_mL_min_1_73m2;
  const auto answer = [&](const Ingredient& ingredient) {
    Product tablet{{ingredient}, daily(std::chrono::hours{12})};
    tablet.unit_mass = Mass::of_base(Exact{300});
    return *checker.assess(told, {tablet});
  };
  const Fact<ElementalMass> claim = ElementalMass::of_base(Exact{100});
  const Assessment nothing = answer({});
  const Assessment amount = answer({{}, claim, {}, {}});
  const Assessment both = answer({{"magnesium gluconate", {}}, claim, {}, {}});  // 1,700 mg and more of it
  EXPECT_EQ(both.at_least(), Severity::minor);
  EXPECT_LE(both.at_most(), amount.at_most());
  EXPECT_LE(amount.at_most(), nothing.at_most());
}

RC_GTEST_PROP(Law3, TellingMoreNeverWidensTheRange, ()) { told_more_and_more(embedded_world()); }
RC_GTEST_PROP(Law3, TellingMoreNeverWidensTheRangeOfASmallPack, ()) { told_more_and_more(*small_world()); }

}  // namespace
}  // namespace magnesia::laws
