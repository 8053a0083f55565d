#include "facts/kidney.hpp"

#include "magnesia/renal.hpp"

namespace magnesia::facts {

namespace {

// As rules compare it, or nothing is known. Without the sex an estimate spans both, and an age within bounds widens it too; to
// learn either narrows it.
void note(detail::Workspace& workspace, FactId fact, const std::optional<renal::Estimate>& estimate, const Patient& patient) {
  Numeric& number = workspace.person.number(fact);
  if (!estimate) {
    number = {{Exact{}, Exact::infinity()}, bit(fact), false};
    return;
  }
  number = {estimate->value, 0, false};
  if (!estimate->value.is_point()) {
    const bool given = estimate->equation == renal::Equation::as_given;
    if (!given && !patient.sex.known()) number.ask |= bit(Ask::sex);
    if (given || !patient.age.known()) number.ask |= bit(given ? fact : FactId::age);
  }
  std::string_view stage;
  if (fact == FactId::egfr) {
    const renal::Stage worst = renal::stage_of(Egfr::of_base(estimate->value.low));
    if (estimate->value.is_point() || worst == renal::stage_of(Egfr::of_base(estimate->value.high))) stage = renal::name(worst);
  }
  workspace.derived.push_back({fact, estimate->value, renal::name(estimate->equation), stage, estimate->because});
}

}  // namespace

void collect_kidney(detail::Workspace& workspace, const Patient& patient) {
  note(workspace, FactId::egfr, renal::choose(patient), patient);
  note(workspace, FactId::creatinine_clearance, renal::choose_clearance(patient), patient);
}

}  // namespace magnesia::facts
