#include "facts/kidney.hpp"

#include "magnesia/renal.hpp"

namespace magnesia::facts {

namespace {

// As rules compare it, or nothing is known. Without the sex an estimate spans both, and an age within bounds widens it too; to
// learn either narrows it.
void note(detail::Workspace& workspace, FactId fact, const std::optional<renal::Estimate>& estimate, const Patient& patient) {
  Numeric& number = workspace.person.number(fact);
  if (!estimate) return number.set_unknown(bit(fact));
  const Interval<Exact>& value = estimate->value;
  number.set(value.low, value.high, 0);
  const bool one_figure = value.is_point();
  if (!one_figure) {
    const bool given = estimate->equation == renal::Equation::as_given;
    if (!given && !patient.sex.known()) number.ask |= bit(Ask::sex);
    if (given || !patient.age.known()) number.ask |= bit(given ? fact : FactId::age);
  }
  std::string_view stage;
  if (fact == FactId::egfr) {
    const renal::Stage worst = renal::stage_of(Egfr::of_base(value.low));
    if (one_figure || worst == renal::stage_of(Egfr::of_base(value.high))) stage = renal::name(worst);
  }
  detail::DerivedValue& derived = workspace.derived.emplace_back();
  derived.fact = fact;
  derived.value.low = value.low;
  derived.value.high = value.high;
  derived.equation = renal::name(estimate->equation);
  derived.stage = stage;
  derived.because = estimate->because;
}

}  // namespace

void collect_kidney(detail::Workspace& workspace, const Patient& patient) {
  note(workspace, FactId::egfr, renal::choose(patient), patient);
  note(workspace, FactId::creatinine_clearance, renal::choose_clearance(patient), patient);
}

}  // namespace magnesia::facts
