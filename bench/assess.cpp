// One assessment of typed input, into an assessment that is reused.
#include <benchmark/benchmark.h>

#include <chrono>

#include "bench/allocations.hpp"
#include "bench/people.hpp"
#include "magnesia/checker.hpp"
#include "tests/embedded.hpp"
#include "tests/naive/evaluator.hpp"

namespace magnesia::bench {
namespace {

using tests::checker;

void assess(benchmark::State& state, const Person& person) {
  Assessment assessment;
  if (checker().assess_into(assessment, person.patient, person.regimen)) return state.SkipWithError("the person is refused");
  const std::uint64_t before = allocations();
  for (auto _ : state) {
    benchmark::DoNotOptimize(checker().assess_into(assessment, person.patient, person.regimen));
    benchmark::DoNotOptimize(assessment.at_most());
  }
  state.counters["allocations"] =
      benchmark::Counter(static_cast<double>(allocations() - before), benchmark::Counter::kAvgIterations);
  state.counters["findings"] = static_cast<double>(assessment.findings().size());
}
BENCHMARK_CAPTURE(assess, small, small());
BENCHMARK_CAPTURE(assess, large, large());

// The second evaluator, straight from the documents. It is timed only where it gives the same answer; `times_compiled` is its
// time over the compiled one's, the two taken in turn.
void assess_naive(benchmark::State& state, const Person& person) {
  static const std::vector<Pack> packs{Pack::embedded()};
  static const naive::Evaluator evaluator{packs};
  Assessment assessment;
  if (checker().assess_into(assessment, person.patient, person.regimen)) return state.SkipWithError("the person is refused");
  const std::string difference =
      naive::difference(evaluator.evaluate(person.patient, person.regimen), naive::answer_of(assessment));
  if (!difference.empty()) return state.SkipWithError(difference.c_str());
  using Clock = std::chrono::steady_clock;
  constexpr int compiled_runs = 100;
  Clock::duration naive{};
  Clock::duration compiled{};
  for (auto _ : state) {
    const Clock::time_point begin = Clock::now();
    benchmark::DoNotOptimize(evaluator.evaluate(person.patient, person.regimen));
    const Clock::time_point between = Clock::now();
    for (int i = 0; i < compiled_runs; ++i)
      benchmark::DoNotOptimize(checker().assess_into(assessment, person.patient, person.regimen));
    naive += between - begin;
    compiled += Clock::now() - between;
    state.SetIterationTime(std::chrono::duration<double>(between - begin).count());
  }
  state.counters["times_compiled"] =
      compiled_runs * std::chrono::duration<double>(naive) / std::chrono::duration<double>(compiled);
}
BENCHMARK_CAPTURE(assess_naive, small, small())->UseManualTime();
BENCHMARK_CAPTURE(assess_naive, large, large())->UseManualTime();

void read_findings(benchmark::State& state, const Person& person) {
  Assessment assessment;
  if (checker().assess_into(assessment, person.patient, person.regimen)) return state.SkipWithError("the person is refused");
  for (auto _ : state)
    for (const Finding& finding : assessment.findings()) benchmark::DoNotOptimize(finding.message.data());
}
BENCHMARK_CAPTURE(read_findings, small, small());
BENCHMARK_CAPTURE(read_findings, large, large());

}  // namespace
}  // namespace magnesia::bench
