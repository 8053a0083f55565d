// A request as JSON in, an assessment as JSON out, in memory that is reused.
#include <benchmark/benchmark.h>

#include "bench/allocations.hpp"
#include "bench/people.hpp"
#include "magnesia/checker.hpp"
#include "magnesia/report.hpp"
#include "magnesia/request.hpp"

namespace magnesia::bench {
namespace {

void read_request(benchmark::State& state) {
  RequestReader reader;
  Request request;
  for (auto _ : state) {
    const Errors errors = reader.read_into(request, small_request());
    if (!errors.empty()) return state.SkipWithError("the request is refused");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(small_request().size()));
}
BENCHMARK(read_request);

void json_to_json(benchmark::State& state) {
  const Checker checker{Knowledge::embedded()};
  RequestReader reader;
  Request request;
  Assessment assessment;
  std::string out;
  const std::uint64_t before = allocations();
  for (auto _ : state) {
    out.clear();
    if (!reader.read_into(request, small_request()).empty()) return state.SkipWithError("the request is refused");
    if (checker.assess_into(assessment, request.patient, request.regimen)) return state.SkipWithError("the person is refused");
    append_json(out, assessment);
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["allocations"] =
      benchmark::Counter(static_cast<double>(allocations() - before), benchmark::Counter::kAvgIterations);
  state.counters["bytes_out"] = static_cast<double>(out.size());
}
BENCHMARK(json_to_json);

}  // namespace
}  // namespace magnesia::bench
