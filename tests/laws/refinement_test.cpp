// Laws 2 and 3: whatever more is told, the range lies inside the one before; so
// does that of every completion.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/laws/generate.hpp"
#include "tests/laws/learn.hpp"

namespace magnesia::laws {
namespace {

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

RC_GTEST_PROP(Law3, TellingMoreNeverWidensTheRange, ()) { told_more_and_more(embedded_world()); }
RC_GTEST_PROP(Law3, TellingMoreNeverWidensTheRangeOfASmallPack, ()) { told_more_and_more(*small_world()); }

}  // namespace
}  // namespace magnesia::laws
