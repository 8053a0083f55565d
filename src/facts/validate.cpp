#include "facts/collect.hpp"

namespace magnesia::facts {

namespace {

struct Bounds {
  const base::Base& base;
  Errors& errors;

  [[nodiscard]] const base::Range& range_of(Bounded which) const noexcept { return base.ranges[static_cast<std::size_t>(which)]; }
  void check(Bounded which, Exact value, std::string_view place) const {
    const base::Range& range = range_of(which);
    if (value < range.low || value > range.high) refuse(which, value, place);
  }
  [[gnu::cold]] void refuse(Bounded which, Exact value, std::string_view place) const {
    const base::Range& range = range_of(which);
    std::string found = Exact::divide(value, range.unit_factor, Rounding::down).decimal(6);
    if (!range.unit.empty()) found += ' ' + range.unit;
    if (which == Bounded::elemental_amount)
      found += " of magnesium (" + substance_of(ElementalMass::of_base(value)).base().decimal(1) + " mmol)";
    errors.push_back({ErrorKind::out_of_range, std::string{place}, std::move(found), range.expected});
  }
  template <class Kind>
  void check(Bounded which, const Fact<Quantity<Kind>>& fact, std::string_view place) const {
    if (const auto* known = fact.if_known()) check(which, known->base(), place);
  }
  template <class Kind>
  void check(Bounded which, const Figure<Quantity<Kind>>& figure, std::string_view place) const {
    if (const auto* known = figure.if_known()) return check(which, known->base(), place);
    const auto* const bounds = figure.if_bounded();
    if (bounds == nullptr) return;
    if (bounds->low.base() > range_of(which).high) refuse(which, bounds->low.base(), place);
    if (bounds->high.base() < range_of(which).low) refuse(which, bounds->high.base(), place);
  }
  void check(Bounded which, const Fact<Exact>& fact, std::string_view place) const {
    if (const auto* known = fact.if_known()) check(which, *known, place);
  }
};

constexpr int minutes_a_day = 1440;

std::string entry(std::string_view list, std::size_t index, std::string_view key) {
  return std::string{list} + '/' + std::to_string(index) + std::string{key};
}

// What an assessment can number: entries of a list, of which some are medications and products at once, and doses of an entry.
constexpr std::size_t most = 16'000;

void refuse_count(std::size_t count, std::string_view of, std::string place, Errors& errors) {
  errors.push_back(
      {ErrorKind::too_large, std::move(place), std::to_string(count) + std::string{of}, "at most " + std::to_string(most)});
}

constexpr bool in_day(int minutes) noexcept { return minutes >= 0 && minutes < minutes_a_day; }

// Whether it is days of the week and minutes of the day and nothing else, as nearly all are.
bool is_plain(const Schedule& schedule) noexcept {
  for (const TimeOfDay time : schedule.times)
    if (!in_day(time.minutes)) return false;
  return schedule.within.empty() && schedule.times.size() <= most && !schedule.doses_per_day.known() &&
         (schedule.days & Schedule::every_day) != 0;
}

[[gnu::noinline]] void check_all(const Schedule& schedule, std::string_view list, std::size_t index, const Bounds& bounds) {
  if (schedule.timed_doses() > most) refuse_count(schedule.timed_doses(), " doses", entry(list, index, "/times"), bounds.errors);
  const auto check = [&](std::size_t at, int minutes, bool in_range, std::string_view of, std::string_view expected) {
    if (in_range) return;
    bounds.errors.push_back({ErrorKind::out_of_range, entry(list, index, "/times/" + std::to_string(at)),
                             std::to_string(minutes) + std::string{of}, std::string{expected}});
  };
  const auto check_time = [&](std::size_t at, TimeOfDay time) {
    check(at, time.minutes, in_day(time.minutes), " minutes after midnight", "00:00 to 23:59");
  };
  for (std::size_t i = 0; i < schedule.times.size(); ++i) check_time(i, schedule.times[i]);
  for (std::size_t i = 0; i < schedule.within.size(); ++i) {
    const std::size_t at = schedule.times.size() + i;
    check_time(at, schedule.within[i].span.from);
    check_time(at, schedule.within[i].span.to);
    if (!schedule.within[i].by) continue;
    const auto& [anchor, offset, width, with_meal] = *schedule.within[i].by;
    check(at, offset, offset >= -minutes_a_day && offset <= minutes_a_day, " minutes after its hour", "a day at most");
    check(at, width, width >= 0 && width <= minutes_a_day, " minutes that it may be later", "0 to a day");
  }
  if ((schedule.days & Schedule::every_day) == 0)
    bounds.errors.push_back({ErrorKind::out_of_range, entry(list, index, "/days"), "no day of the week", "at least one day"});
  if (const Exact* count = schedule.doses_per_day.if_known()) {
    const base::Range& range = bounds.range_of(Bounded::doses_per_day);
    if (*count < range.low || *count > range.high)
      bounds.check(Bounded::doses_per_day, *count, entry(list, index, "/doses_per_day"));
  }
}

void check_schedule(const Schedule& schedule, std::string_view list, std::size_t index, const Bounds& bounds) {
  if (!is_plain(schedule)) check_all(schedule, list, index, bounds);
}

void check_amounts(const std::vector<Ingredient>& ingredients, const Fact<Mass>& unit_mass, const Fact<Exact>& units,
                   const Bounds& bounds) {
  for (const Ingredient& ingredient : ingredients) {
    bounds.check(Bounded::elemental_amount, ingredient.elemental, "amount");
    bounds.check(Bounded::amount, ingredient.compound, "amount");
    bounds.check(Bounded::amount, ingredient.unsaid, "amount");
  }
  bounds.check(Bounded::unit_mass, unit_mass, "unit_mass");
  bounds.check(Bounded::units_per_dose, units, "units_per_dose");
}

// Only a fault is worth a string.
template <class Check>
void at_product(std::size_t index, std::string_view label, Errors& errors, Check check) {
  const std::size_t before = errors.size();
  check();
  for (std::size_t i = before; i < errors.size(); ++i)
    errors[i].place = entry("/magnesium", index, label.empty() ? "/" + errors[i].place : std::string{label});
}

}  // namespace

void validate_label(const base::Base& base, const ReadLabel& label, std::size_t index, Errors& errors) {
  at_product(index, "/label", errors, [&] {
    check_amounts(label.ingredients, label.unit_mass, label.units_per_dose, Bounds{base, errors});
  });
}

void validate(const base::Base& base, const Patient& patient, const Regimen& regimen, Errors& errors) {
  const Bounds bounds{base, errors};
  bounds.check(Bounded::age, patient.age, "/patient/age");
  bounds.check(Bounded::weight, patient.weight, "/patient/weight");
  bounds.check(Bounded::height, patient.height, "/patient/height");
  if (const int* trimester = patient.trimester.if_known())
    bounds.check(Bounded::trimester, Exact{*trimester}, "/patient/pregnancy/trimester");
  bounds.check(Bounded::egfr, patient.labs.egfr, "/patient/labs/egfr");
  bounds.check(Bounded::creatinine, patient.labs.creatinine, "/patient/labs/creatinine");
  bounds.check(Bounded::cystatin_c, patient.labs.cystatin_c, "/patient/labs/cystatin-c");
  bounds.check(Bounded::serum_magnesium, patient.labs.serum_magnesium, "/patient/labs/serum-magnesium");
  bounds.check(Bounded::ferritin, patient.labs.ferritin, "/patient/labs/ferritin");
  bounds.check(Bounded::transferrin_saturation, patient.labs.transferrin_saturation, "/patient/labs/transferrin-saturation");
  bounds.check(Bounded::heart_rate, patient.signs.heart_rate, "/patient/labs/heart-rate");
  bounds.check(Bounded::systolic_blood_pressure, patient.signs.systolic_blood_pressure, "/patient/labs/systolic-blood-pressure");
  bounds.check(Bounded::pr_interval, patient.signs.pr_interval, "/patient/labs/pr-interval");

  const auto& taken = patient.medications.items();
  if (taken.size() > most) refuse_count(taken.size(), " entries", "/medications", errors);
  for (std::size_t i = 0; i < taken.size(); ++i) check_schedule(taken[i].schedule(), "/medications", i, bounds);
  const auto& products = regimen.products().items();
  if (products.size() > most) refuse_count(products.size(), " entries", "/magnesium", errors);
  for (std::size_t i = 0; i < products.size(); ++i) {
    check_schedule(products[i].schedule, "/magnesium", i, bounds);
    at_product(i, {}, errors,
               [&] { check_amounts(products[i].ingredients, products[i].unit_mass, products[i].units_per_dose, bounds); });
  }
}

}  // namespace magnesia::facts
