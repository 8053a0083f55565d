#include "facts/collect.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "facts/kidney.hpp"
#include "rules/evaluate.hpp"

namespace magnesia::facts {

using base::ConceptId;
using detail::Workspace;

namespace {

ConceptId look_up(const base::Taxonomy& taxonomy, const Term& term) noexcept {
  return term.system.empty() ? taxonomy.names.find(term.text) : taxonomy.by_code(term.system, term.text);
}

void note_unrecognised(Workspace& workspace, std::string_view list, std::size_t index, const Term& term, std::string_view kind) {
  std::string path{list};
  if (kind != "purpose") path += '/' + std::to_string(index);
  std::string text = term.system.empty() ? term.text : term.system + ' ' + term.text;
  workspace.unrecognised.push_back({std::move(path), std::move(text), kind});
}

// Something of a list could not be understood: it may hold more than it says.
bool any_unread(const Patient& patient, Unread::About about) noexcept {
  return std::any_of(patient.unread.begin(), patient.unread.end(), [&](const Unread& one) { return one.about == about; });
}

// Whether others may be there than those listed.
bool is_open(Workspace& workspace, Completeness completeness, const Policy& policy) noexcept {
  if (completeness == Completeness::exactly) return false;
  if (completeness == Completeness::at_least && policy.record_is_complete) {
    workspace.closed_by_caller = true;
    return false;
  }
  return true;
}

constexpr std::array<std::string_view, 6> unread_kinds{"condition", "medication", "label", "measurement", "allergy", "record"};

constexpr Asks all_measured = (Asks{1} << measured_fact_count) - 1;

template <class Do>
void each_bit(Asks bits, Do with) {
  for (; bits != 0; bits &= bits - 1) with(static_cast<std::size_t>(std::countr_zero(bits)));
}

template <class Kind>
void tell(Numeric& number, const Fact<Quantity<Kind>>& fact, FactId id) noexcept {
  if (const auto* known = fact.if_known())
    number.set(known->base(), known->base(), 0);
  else
    number.set_unknown(bit(id));
}

template <class Kind>
void tell(Numeric& number, const Figure<Quantity<Kind>>& figure, FactId id) noexcept {
  if (const auto* bounds = figure.if_bounded())
    number.set(bounds->low.base(), bounds->high.base(), bit(id));
  else
    tell(number, static_cast<const Fact<Quantity<Kind>>&>(figure), id);
}

void tell(Tri& truth, const Fact<bool>& fact) {
  truth = !fact.known() ? Tri::unknown : fact.value_or(false) ? Tri::yes : Tri::no;
}

void collect_measurements(Workspace& workspace, const Patient& patient) {
  Person& person = workspace.person;
  tell(person.number(FactId::age), patient.age, FactId::age);
  tell(person.number(FactId::weight), patient.weight, FactId::weight);
  tell(person.number(FactId::height), patient.height, FactId::height);
  tell(person.number(FactId::serum_magnesium), patient.labs.serum_magnesium, FactId::serum_magnesium);
  tell(person.number(FactId::ferritin), patient.labs.ferritin, FactId::ferritin);
  tell(person.number(FactId::transferrin_saturation), patient.labs.transferrin_saturation, FactId::transferrin_saturation);
  tell(person.number(FactId::heart_rate), patient.signs.heart_rate, FactId::heart_rate);
  tell(person.number(FactId::systolic_blood_pressure), patient.signs.systolic_blood_pressure, FactId::systolic_blood_pressure);
  tell(person.number(FactId::pr_interval), patient.signs.pr_interval, FactId::pr_interval);

  Tri* const is = person.is.data();
  tell(is[static_cast<std::size_t>(Is::pregnant)], patient.pregnant);
  tell(is[static_cast<std::size_t>(Is::lactating)], patient.lactating);
  tell(is[static_cast<std::size_t>(Is::on_dialysis)], patient.dialysis);
  const Sex* const sex = patient.sex.if_known();
  is[static_cast<std::size_t>(Is::female)] = sex == nullptr ? Tri::unknown : *sex == Sex::female ? Tri::yes : Tri::no;
  is[static_cast<std::size_t>(Is::male)] = sex == nullptr ? Tri::unknown : *sex == Sex::male ? Tri::yes : Tri::no;
  if (sex != nullptr && *sex == Sex::male && !patient.pregnant.known()) is[static_cast<std::size_t>(Is::pregnant)] = Tri::no;

  Numeric& trimester = person.number(FactId::trimester);
  const Tri pregnant = is[static_cast<std::size_t>(Is::pregnant)];
  if (const int* known = patient.trimester.if_known()) {
    trimester.set(*known, *known, 0);
  } else {
    if (pregnant == Tri::yes)
      trimester.set(1, 3, bit(FactId::trimester));
    else
      trimester.set_unknown(bit(FactId::trimester));
    trimester.absent = pregnant == Tri::no;
  }
  collect_kidney(workspace, patient);
}

void collect_conditions(Workspace& workspace, const Policy& policy, const Patient& patient) {
  const base::Base& base = *workspace.base;
  Membership& conditions = workspace.person.conditions;
  conditions.clear(base.conditions.words(), bit(Ask::conditions), bit(Ask::condition_detail));
  conditions.open =
      is_open(workspace, patient.conditions.completeness(), policy) || any_unread(patient, Unread::About::condition);
  workspace.conditions.clear();
  const auto& items = patient.conditions.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ConceptId id = look_up(base.conditions, items[i].term());
    workspace.conditions.push_back(id);
    if (id != base::no_concept) {
      conditions.add(base.conditions.closure(id));
      continue;
    }
    note_unrecognised(workspace, "/patient/conditions", i, items[i].term(), "condition");
    conditions.open = true;
  }
  for (const ConceptId id : workspace.conditions) {
    if (id == base::no_concept || !base.conditions.is_class(id) || base::test_any(conditions.has, base.conditions.below(id)))
      continue;
    const Asks settled_by = base.settled_by[id];
    const bool settled = settled_by == bit(FactId::egfr) && workspace.person.number(FactId::egfr).ask == 0;
    if (!settled) conditions.add_maybe(base.conditions.may_be(id));
  }

  workspace.person.purpose_absent = true;
  if (const Term* term = patient.purpose.if_known(); term != nullptr) {
    Membership& purpose = workspace.person.purpose;
    purpose.clear(base.conditions.words(), bit(Ask::purpose), bit(Ask::purpose));
    const ConceptId id = look_up(base.conditions, *term);
    if (id == base::no_concept) {
      note_unrecognised(workspace, "/purpose", 0, *term, "purpose");
    } else {
      workspace.person.purpose_absent = false;
      purpose.add(base.conditions.closure(id));
      purpose.add_maybe(base.conditions.may_be(id));
    }
  }
}

void collect_medications(Workspace& workspace, const Policy& policy, const Patient& patient) {
  const base::Base& base = *workspace.base;
  Membership& medications = workspace.person.medications;
  medications.clear(base.drugs.words(), bit(Ask::medications), bit(Ask::medication_detail));
  medications.open =
      is_open(workspace, patient.medications.completeness(), policy) || any_unread(patient, Unread::About::medication);
  workspace.medications.clear();
  const auto& items = patient.medications.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ConceptId id = look_up(base.drugs, items[i].term());
    if (id == base::no_concept) {
      note_unrecognised(workspace, "/medications", i, items[i].term(), "medication");
      medications.open = true;
      continue;
    }
    medications.add(base.drugs_in_conditions[id]);
    Medication& medication = workspace.medications.emplace_back();
    medication.drug = id;
    medication.entry = static_cast<int>(i);
    collect_doses(workspace, items[i].schedule(), medication.doses);
  }
  const auto is_told_more_closely = [&](ConceptId drug) {
    return std::any_of(workspace.medications.begin(), workspace.medications.end(),
                       [&](const Medication& other) { return other.drug != drug && base.drugs.is_a(other.drug, drug); });
  };
  for (const Medication& medication : workspace.medications)
    if (base.drugs.is_class(medication.drug) && !is_told_more_closely(medication.drug))
      medications.add_maybe(base.drugs.may_be(medication.drug));
  workspace.medications_open = medications.open;
}

// The figure that thresholds compare, where the knowledge says that it is the one that reports show.
void round_reported(const base::Base& base, Person& person) {
  each_bit(base.reported_figures, [&](std::size_t fact) {
    Exact step = vocabulary[fact].unit_factor;
    for (int place = 0; place < vocabulary[fact].places; ++place) step = Exact::divide(step, 10, Rounding::down);
    Interval<Exact>& value = person.numbers[fact].value;
    value = {value.low.rounded_to(step), value.high.rounded_to(step)};
  });
}

// Whether anything is known of a number.
bool is_told(const Numeric& number) noexcept { return number.value.high.finite() || number.value.low.numerator() > 0; }

// What is not known and not awaited counts as absent; the assessment names it (DESIGN.md, "What is awaited").
void settle_awaited(Workspace& workspace, const Policy& policy) {
  const base::Base& base = *workspace.base;
  Person& person = workspace.person;
  Asks unknown = 0;
  for (std::size_t i = 0; i < is_count; ++i)
    if (person.is[i] == Tri::unknown) unknown |= bit(is_asks[i]);
  Asks told = 0;  // in part
  for (std::size_t fact = 0; fact < measured_fact_count; ++fact) {
    const Numeric& number = person.numbers[fact];
    if (number.ask == 0) continue;
    unknown |= bit(static_cast<FactId>(fact));
    if (is_told(number) && static_cast<FactId>(fact) != FactId::trimester) told |= bit(static_cast<FactId>(fact));
  }
  Asks absent = 0;
  const auto set_absent = [&](Asks asks) {
    asks &= unknown;
    if ((asks & ~all_measured) != 0)
      for (std::size_t i = 0; i < is_count; ++i)
        if ((asks & bit(is_asks[i])) != 0 && person.is[i] == Tri::unknown) person.is_absent[i] = true;
    const Asks numbers = asks & all_measured & ~told;
    each_bit(numbers, [&](std::size_t fact) { person.numbers[fact].absent = true; });
    absent |= numbers;
  };
  person.is_absent.fill(false);
  set_absent(base.never_awaited);
  // What waits for a fact that is absent is absent too, so until nothing more is.
  Asks awaited = unknown;
  for (bool more = true; more;) {
    more = false;
    for (const auto& [ask, first_node] : base.awaited_when) {
      if ((awaited & bit(ask)) == 0 || rules::evaluate(base.nodes.data() + first_node, {person, nullptr}) != Tri::no) continue;
      set_absent(bit(ask));
      awaited &= ~bit(ask);
      more = true;
    }
  }
  Asks not_awaited = 0;
  if (policy.history_settles)
    for (const auto& [ask, first_node] : base.settled_with)
      if (rules::evaluate(base.nodes.data() + first_node, {person, nullptr}) == Tri::yes) not_awaited |= bit(ask);
  set_absent(not_awaited);

  // Without a pregnancy there is no trimester to do without.
  workspace.did_without = base.facts_in_rules & absent & ~bit(FactId::trimester);

  workspace.settled = 0;
  if (!policy.history_settles) return;
  for (std::size_t fact = 0; fact < measured_fact_count; ++fact) {
    const auto& question = base.questions[fact];
    Numeric& number = person.numbers[fact];
    if (!question || !question->settles || number.ask == 0 || number.absent) continue;
    if (number.value.high.finite()) continue;  // measured, be it only between two bounds: no history settles that
    if (rules::evaluate(base.nodes.data() + question->settles->first_node, {person, nullptr}) != Tri::yes) continue;
    number.value.low = std::max(number.value.low, question->settles->at_least);
    workspace.settled |= bit(static_cast<FactId>(fact));
  }
}

}  // namespace

DoseTime dose_time(const TimeWithin& within) noexcept {
  constexpr int minutes_a_day = 1440;
  const auto narrow = [](int minutes) { return static_cast<std::int16_t>(minutes); };
  const int width = within.span.to.minutes - within.span.from.minutes;
  DoseTime time{narrow(within.span.from.minutes), narrow(width < 0 ? width + minutes_a_day : width)};
  if (within.by) {
    time.offset = narrow(within.by->offset);
    time.offset_width = narrow(within.by->width);
    time.anchor = static_cast<std::int8_t>(within.by->anchor);
  }
  return time;
}

void tell_doses_a_day(const Schedule& schedule, Numeric& per_day) noexcept {
  if (const std::size_t timed = schedule.timed_doses(); timed != 0)
    per_day.set(static_cast<std::int64_t>(timed), static_cast<std::int64_t>(timed), 0);
  else if (const Exact* const count = schedule.doses_per_day.if_known())
    per_day.set(*count, *count, 0);
  else
    per_day.set_unknown(bit(Ask::times));
  if (schedule.as_needed) per_day.value.low = Exact{};
}

void collect_doses(Workspace& workspace, const Schedule& schedule, Doses& doses) {
  doses.days = schedule.days;
  doses.first_time = static_cast<std::uint32_t>(workspace.times.size());
  const bool at_minutes = schedule.within.empty();
  const std::size_t timed = at_minutes ? schedule.times.size() : schedule.timed_doses();
  const Exact* const count = schedule.doses_per_day.if_known();
  doses.never = timed == 0 && count != nullptr && *count == Exact{};
  doses.at_minutes = at_minutes && timed != 0 && !schedule.as_needed;
  doses.count = schedule.as_needed ? std::uint16_t{0} : static_cast<std::uint16_t>(timed);
  if (schedule.as_needed) return;  // its times say nothing about any particular day
  for (const TimeOfDay time : schedule.times) workspace.times.push_back({static_cast<std::int16_t>(time.minutes)});
  if (at_minutes) return;
  for (const TimeWithin& one : schedule.within) workspace.times.push_back(dose_time(one));
}

void collect(Workspace& workspace, const Policy& policy, const SaltNames& names, const Patient& patient, const Regimen& regimen,
             Errors& errors) {
  workspace.as_of = policy.as_of;
  workspace.closed_by_caller = false;
  workspace.times.clear();
  workspace.unrecognised.clear();
  workspace.derived.clear();
  collect_measurements(workspace, patient);
  round_reported(*workspace.base, workspace.person);
  collect_conditions(workspace, policy, patient);
  collect_medications(workspace, policy, patient);
  workspace.magnesium_open =
      is_open(workspace, regimen.products().completeness(), policy) || any_unread(patient, Unread::About::label);
  collect_products(workspace, names, regimen, errors);
  for (const Unread& unread : patient.unread)
    workspace.unrecognised.push_back({unread.path, unread.text, unread_kinds[static_cast<std::size_t>(unread.about)]});
  settle_awaited(workspace, policy);

  workspace.authority = collect_limit(*workspace.base, workspace.authority, workspace.person);
}

}  // namespace magnesia::facts
