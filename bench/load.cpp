// Loading the embedded knowledge: reading, checking and compiling all its documents. To let go of it again is not counted.
#include <benchmark/benchmark.h>

#include <optional>

#include "bench/allocations.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia::bench {
namespace {

void load_embedded(benchmark::State& state) {
  const std::uint64_t before = allocations();
  for (auto _ : state) {
    std::optional<Knowledge> knowledge{Knowledge::embedded()};
    benchmark::DoNotOptimize(*knowledge);
    state.PauseTiming();
    knowledge.reset();
    state.ResumeTiming();
  }
  state.counters["allocations"] =
      benchmark::Counter(static_cast<double>(allocations() - before), benchmark::Counter::kAvgIterations);
}
BENCHMARK(load_embedded)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace magnesia::bench
