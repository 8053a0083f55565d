// The compiled evaluator against the second one, on every case of the knowledge.
#include <gtest/gtest.h>

#include <array>

#include "knowledge/cases.hpp"
#include "tests/naive/evaluator.hpp"

namespace magnesia::naive {
namespace {

const std::string folder = std::string{MAGNESIA_SOURCE_DIR} + "/knowledge";

TEST(Naive, AgreesOnEveryCaseOfTheKnowledge) {
  std::vector<std::string> faults;
  const auto cases = knowledge::read_cases(folder, faults);
  const std::array packs{Pack::embedded()};
  const Evaluator naive{packs};
  const Knowledge compiled = Knowledge::embedded();
  ASSERT_GT(cases.size(), 500U);
  std::size_t compared = 0;
  for (const knowledge::Case& one : cases) {
    const Policy policy{.authority = one.authority, .history_settles = one.history_settles};
    const Result<Assessment> assessment = Checker{compiled, policy}.assess(one.request.patient, one.request.regimen);
    if (!assessment) continue;  // reported by the test of the cases
    ++compared;
    EXPECT_EQ(difference(naive.evaluate(one.request.patient, one.request.regimen, policy), answer_of(*assessment)), "")
        << one.file << ": " << one.name;
  }
  EXPECT_GT(compared, 500U);
}

}  // namespace
}  // namespace magnesia::naive
