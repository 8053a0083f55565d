// One assessment of typed input, into an assessment that is reused.
#include <benchmark/benchmark.h>

#include "bench/allocations.hpp"
#include "bench/people.hpp"
#include "magnesia/checker.hpp"

namespace magnesia::bench {
namespace {

const Checker& checker() {
  static const Checker shared{Knowledge::embedded()};
  return shared;
}

void assess(benchmark::State& state, const Person& person) {
  Assessment assessment;
  if (checker().assess_into(assessment, person.patient, person.regimen)) return state.SkipWithError("the person is refused");
  const std::uint64_t before = allocations();
  for (auto _ : state) {
    benchmark::DoNotOptimize(checker().assess_into(assessment, person.patient, person.regimen));
    benchmark::DoNotOptimize(assessment.at_most());
  }
  state.counters["allocations"] = benchmark::Counter(static_cast<double>(allocations() - before), benchmark::Counter::kAvgIterations);
  state.counters["findings"] = static_cast<double>(assessment.findings().size());
}
BENCHMARK_CAPTURE(assess, small, small());
BENCHMARK_CAPTURE(assess, large, large());

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
