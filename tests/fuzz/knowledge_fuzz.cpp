// Any bytes as an overlay, over a part of the embedded pack or alone: it is refused with errors that say everything, or it is
// knowledge from which both evaluators say the same.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/naive/evaluator.hpp"

namespace {

// The embedded pack with few drugs, so that it loads quickly.
magnesia::Pack few_drugs() {
  static const std::set<std::string_view> kept{"drugs/ciprofloxacin.json", "drugs/milk-of-magnesia.json",
                                               "drugs/co-magaldrox.json", "drugs/iron.json", "drugs/zinc.json"};
  magnesia::Pack pack = magnesia::Pack::embedded();
  pack.sha256.clear();
  std::erase_if(pack.documents, [](const magnesia::Pack::Document& document) {
    const std::string_view path = document.path;
    return path.starts_with("drugs/") && !path.starts_with("drugs/classes/") && !kept.contains(path);
  });
  return pack;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace magnesia;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static const Pack embedded = few_drugs();
  const Pack overlay{"input", {{"input.json", {reinterpret_cast<const char*>(data), size}}}, {}};
  const bool alone = size % 8 == 0;
  std::vector<Pack> packs;
  if (!alone) packs.push_back(embedded);
  packs.push_back(overlay);
  const Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
  if (!knowledge) {
    require(!knowledge.error().empty());
    for (const Error& error : knowledge.error()) require(!error.place.empty() && !error.found.empty() && !error.expected.empty());
    return 0;
  }
  const Checker checker{*knowledge};
  const naive::Evaluator naive{packs};
  for (const char* const drug : {"ciprofloxacin", "fluoroquinolone", "milk-of-magnesia"}) {
    Patient patient;
    patient.medications = at_least({{drug, times_unknown()}});
    const Regimen regimen{{"Magnesium (as magnesium oxide) 250 mg", times_a_day(2)}};
    const Result<Assessment> assessment = checker.assess(patient, regimen);
    if (!assessment) continue;  // an overlay may set ranges that this is outside of
    require(naive::difference(naive.evaluate(patient, regimen), naive::answer_of(*assessment)).empty());
  }
  return 0;
}
