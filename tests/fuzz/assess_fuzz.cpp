// Any request that can be read: both evaluators say the same of it, the range holds, and all reports can be written.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "magnesia/report.hpp"
#include "magnesia/request.hpp"
#include "tests/naive/evaluator.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace magnesia;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static const std::array packs{Pack::embedded()};
  static const naive::Evaluator naive{packs};
  static const Checker checker{Knowledge::embedded()};
  static Assessment reused;
  static RequestReader reader{std::size_t{1} << 16U};
  Request request;
  if (!reader.read_into(request, {reinterpret_cast<const char*>(data), size}).empty()) return 0;
  if (request.patient.medications.items().size() > 40 || request.regimen.products().items().size() > 40)
    return 0;  // the naive one is slow

  const bool faulty = checker.assess_into(reused, request.patient, request.regimen).has_value();
  require(faulty == !checker.validate(request.patient, request.regimen).empty());
  require(reused.at_least() <= reused.at_most());
  if (faulty) return 0;
  const Result<Assessment> fresh = checker.assess(request.patient, request.regimen);
  require(fresh.has_value());
  require(naive::difference(naive.evaluate(request.patient, request.regimen), naive::answer_of(*fresh)).empty());
  require(fresh->clearance().has_value() == (fresh->at_most() == Severity::none && fresh->unrecognised().empty()));
  const std::string json = to_json(*fresh);
  require(json == to_json(reused));
  require(!to_text(*fresh).empty() && !to_html(*fresh).empty());
  return 0;
}
