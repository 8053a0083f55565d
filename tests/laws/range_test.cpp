// Laws 1 and 2: unknown is a value, and a verdict is a range. (That every
// completion stays in it: refinement_test.cpp.)
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/laws/generate.hpp"

namespace magnesia::laws {
namespace {

Severity worst(const Assessment& assessment, std::optional<Status> status) {
  Severity worst = Severity::none;
  for (const Finding& finding : assessment.findings())
    if (!status || finding.status == *status) worst = std::max(worst, finding.severity);
  return worst;
}

RC_GTEST_PROP(Law1, NobodyOfWhomNothingIsKnownIsWorseOffThanAnybody, ()) {
  const WorldPtr world = *any_world();
  const Assessment nothing = world->assess({});
  RC_ASSERT(nothing.at_least() == Severity::none);
  RC_ASSERT(nothing.at_most() >= world->assess(*laws::person(world, Told::everything)).at_most());
}

// A list that is not given is not an empty one, and an empty one is not a list
// that may lack some.
RC_GTEST_PROP(Law1, AnEmptyListSaysMoreThanNone, ()) {
  const WorldPtr world = *any_world();
  Person told = *person(world);
  told.patient.medications = {};
  const Assessment unknown = world->assess(told);
  told.patient.medications = Listed<Taken>{Completeness::at_least, {}};
  const Assessment open = world->assess(told);
  told.patient.medications = known_none;
  const Assessment none = world->assess(told);
  RC_ASSERT(unknown.at_least() == open.at_least());
  RC_ASSERT(unknown.at_most() == open.at_most());
  RC_ASSERT(none.at_least() == unknown.at_least());
  RC_ASSERT(none.at_most() <= unknown.at_most());
}

RC_GTEST_PROP(Law2, TheRangeIsThatOfItsFindingsAndOfWhatIsMissing, ()) {
  const WorldPtr world = *any_world();
  const Assessment assessment = world->assess(*person(world));
  RC_TAG(std::string{name(assessment.at_least())} + " to " + std::string{name(assessment.at_most())});
  RC_ASSERT(assessment.at_least() <= assessment.at_most());
  RC_ASSERT(worst(assessment, Status::established) <= assessment.at_least());
  RC_ASSERT(worst(assessment, {}) <= assessment.at_most());
  Severity reached = worst(assessment, {});
  for (const Missing& missing : assessment.missing()) {
    RC_ASSERT(missing.could_reach <= assessment.at_most());
    reached = std::max(reached, missing.could_reach);
  }
  RC_ASSERT(reached == assessment.at_most());  // what raises it is said
  RC_ASSERT(assessment.decided() == (assessment.at_least() == assessment.at_most() && assessment.unrecognised().empty()));
}

RC_GTEST_PROP(Law2, ThereIsAClearanceOnlyWhereTheWorstIsNoneAndAllIsRecognised, ()) {
  const WorldPtr world = *any_world();
  const Assessment assessment = world->assess(*person(world));
  RC_ASSERT(assessment.clearance().has_value() == (assessment.at_most() == Severity::none && assessment.unrecognised().empty()));
}

}  // namespace
}  // namespace magnesia::laws
