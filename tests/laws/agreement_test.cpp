// Two evaluators that share no code for rules say the same of everybody.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/laws/generate.hpp"

namespace magnesia::laws {
namespace {

Policy some_policy() {
  Policy policy;
  policy.authority = *rc::gen::elementOf(std::vector<std::string>{"us-nasem", "efsa", "uk-evm", "strictest"});
  policy.history_settles = below(2) == 1;
  policy.record_is_complete = *rc::gen::weightedElement<bool>({{1, true}, {3, false}});
  return policy;
}

void agree(const World& world, const Person& person, const Policy& policy) {
  const Assessment assessment = world.assess(person, policy);
  const std::string difference =
      naive::difference(world.naive.evaluate(person.patient, person.regimen, policy), naive::answer_of(assessment));
  if (!difference.empty())
    RC_FAIL(policy.authority + (policy.history_settles ? ", history settles" : "") +
            (policy.record_is_complete ? ", record is complete" : "") + '\n' + difference);
}

// A pack is dear, people are cheap.
void agree_on_many(const WorldPtr& world) {
  for (int left = 10; left > 0; --left) agree(*world, *person(world), some_policy());
}

RC_GTEST_PROP(Agreement, OverTheEmbeddedKnowledge, ()) { agree_on_many(embedded_world()); }
RC_GTEST_PROP(Agreement, OverSmallPacks, ()) { agree_on_many(*small_world()); }

}  // namespace
}  // namespace magnesia::laws
