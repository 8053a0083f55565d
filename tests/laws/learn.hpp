// Telling more about a person, and making a person's situation worse.
#pragma once

#include <string>

#include "tests/laws/generate.hpp"

namespace magnesia::laws {

/// Tells one more thing: a fact that was not known, one more entry of an open
/// list, that a list is complete, a time, a member instead of a class, a
/// reading of an amount. Returns what. Leaves the person as it was (and returns
/// "") where that would
/// - make an opportunistic fact known: laws 2 and 3 speak of awaited facts, or
/// - replace one estimate of kidney function by another that does not lie
/// inside it (a better equation may contradict a worse one), or
/// - contradict what was said (where a class and a member of it are both
/// listed, the class was that member).
std::string learn(const WorldPtr& world, Person& person);

/// "minor to major".
[[nodiscard]] std::string describe_range(const Assessment& assessment);

}  // namespace magnesia::laws
