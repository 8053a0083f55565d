// Any request that can be read: a plan keeps every window that it names, or names a conflict, and all its reports can be written.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "magnesia/report.hpp"
#include "magnesia/request.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace magnesia;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static const Checker checker{Knowledge::embedded()};
  static RequestReader reader{std::size_t{1} << 16U};
  Request request;
  if (!reader.read_into(request, {reinterpret_cast<const char*>(data), size}).empty()) return 0;
  if (request.patient.medications.items().size() > 20 || request.regimen.products().items().size() > 10) return 0;

  if (const Result<Titration> titration = plan_titration(checker, request.patient, request.regimen)) {
    require((titration->refusal == TitrationRefusal::none) == !titration->steps.empty());
    for (const TitrationStep& step : titration->steps) require(step.per_day <= titration->ceiling);
    require(!to_text(*titration).empty() && !to_json(*titration).empty());
  }
  const Result<Plan> plan =
      plan_day(checker, request.patient, request.regimen, {request.day, request.medications, request.magnesium, 500});
  if (!plan) {
    require(plan.error().kind == ErrorKind::too_large || !checker.validate(request.patient, request.regimen).empty());
    return 0;
  }
  for (const KeptWindow& kept : plan->because) require(kept.has >= kept.needs);
  require(plan->status == PlanStatus::impossible || plan->conflicts.empty());
  require(plan->status != PlanStatus::impossible || plan->doses.empty());
  require(!to_text(*plan).empty() && !to_svg(*plan).empty() && !to_html(*plan).empty());
  require(!to_json(*plan).empty() && !to_ics(*plan, std::chrono::year{2026} / 1 / 1).empty());
  return 0;
}
