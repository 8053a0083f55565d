// A person in a few lines, for a counterexample.
#include "tests/laws/generate.hpp"

namespace magnesia::laws {

namespace {

template <class T>
void show(std::ostream& out, std::string_view what, const Fact<T>& fact) {
  if (const T* const known = fact.if_known()) {
    out << ' ' << what << '=';
    if constexpr (requires { known->base(); })
      out << known->base().decimal(9) << ' ' << base_unit(T::dimension);
    else if constexpr (std::is_same_v<T, Exact>)
      out << known->decimal(9);
    else
      out << static_cast<int>(*known);
  }
}

template <class T>
void show(std::ostream& out, std::string_view what, const Figure<T>& figure) {
  const auto within = figure.within();
  if (!within) return;
  out << ' ' << what << '=' << within->low.base().decimal(9);
  if (!within->is_point()) out << ".." << within->high.base().decimal(9);
  out << ' ' << base_unit(T::dimension);
}

void show(std::ostream& out, const Term& term) {
  out << '"' << (term.system.empty() ? "" : term.system + ' ') << term.text << '"';
}

void show(std::ostream& out, const Schedule& schedule) {
  out << " at";
  for (const TimeOfDay time : schedule.times) out << ' ' << name(time);
  for (const TimeWithin& one : schedule.within) {
    out << ' ' << name(one.span.from) << '-' << name(one.span.to);
    if (one.by) out << " (" << name(one.by->anchor) << ' ' << one.by->offset << '+' << one.by->width << ')';
  }
  if (schedule.timed_doses() == 0) out << " unknown times";
  if (schedule.days != Schedule::every_day) out << " days " << static_cast<int>(schedule.days);
  show(out, "doses_per_day", schedule.doses_per_day);
  if (schedule.as_needed) out << " as needed";
}

template <class T, class Show>
void show(std::ostream& out, std::string_view what, const Listed<T>& list, Show show_one) {
  static constexpr std::string_view names[]{"unknown", "at least", "exactly"};
  out << '\n' << what << ": " << names[static_cast<std::size_t>(list.completeness())];
  for (const T& one : list.items()) {
    out << "\n  ";
    show_one(one);
  }
}

}  // namespace

void showValue(const Person& person, std::ostream& out) {
  const Patient& patient = person.patient;
  show(out, "age", patient.age);
  show(out, "male", patient.sex);
  show(out, "pregnant", patient.pregnant);
  show(out, "trimester", patient.trimester);
  show(out, "lactating", patient.lactating);
  show(out, "dialysis", patient.dialysis);
  show(out, "weight", patient.weight);
  show(out, "height", patient.height);
  show(out, "egfr", patient.labs.egfr);
  show(out, "creatinine", patient.labs.creatinine);
  show(out, "cystatin-c", patient.labs.cystatin_c);
  show(out, "serum-magnesium", patient.labs.serum_magnesium);
  show(out, "ferritin", patient.labs.ferritin);
  show(out, "transferrin-saturation", patient.labs.transferrin_saturation);
  show(out, "heart-rate", patient.signs.heart_rate);
  show(out, "systolic-blood-pressure", patient.signs.systolic_blood_pressure);
  show(out, "pr-interval", patient.signs.pr_interval);
  if (const Term* const purpose = patient.purpose.if_known()) show(out << " purpose=", *purpose);
  show(out, "conditions", patient.conditions, [&](const Condition& one) { show(out, one.term()); });
  show(out, "medications", patient.medications, [&](const Taken& one) { show(out, one.term()), show(out, one.schedule()); });
  show(out, "magnesium", person.regimen.products(), [&](const Product& one) {
    if (one.ingredients.empty()) out << '"' << one.label << '"';
    for (const Ingredient& ingredient : one.ingredients) {
      show(out, ingredient.salt);
      show(out, "elemental", ingredient.elemental);
      show(out, "compound", ingredient.compound);
      show(out, "unsaid", ingredient.unsaid);
      out << ';';
    }
    show(out, "unit_mass", one.unit_mass);
    show(out, "units_per_dose", one.units_per_dose);
    show(out, one.schedule);
  });
  out << '\n';
}

}  // namespace magnesia::laws
