// The way from a person to a plan.
#include "magnesia/plan.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "plan/model.hpp"
#include "words/words.hpp"

namespace magnesia {

using plan::Constraint;
using plan::Entry;
using plan::Found;
using plan::Model;
using plan::Outcome;
using plan::Problem;
using plan::Separation;

namespace {

constexpr std::size_t most_movable = 200;

std::size_t movable_in(const Problem& problem) {
  std::size_t sum = 0;
  for (const Entry& entry : problem.entries) sum += entry.stays ? 0 : entry.was.size();
  return sum;
}

std::vector<TimeOfDay> clock(std::vector<int> times) {
  std::erase(times, -1);
  std::sort(times.begin(), times.end());
  std::vector<TimeOfDay> all;
  for (const int time : times) all.push_back({time});
  return all;
}

// Doses at times of which all is known, and the spans of the others.
void set_times(const Entry& entry, const std::vector<int>& times, bool spans, std::vector<TimeOfDay>& known,
               std::vector<TimeSpan>& within) {
  std::vector<int> exact;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (spans && entry.known_in_part(i))
      within.push_back(plan::span_of(entry.in_part[i].at, entry.in_part[i].width));
    else
      exact.push_back(times[i]);
  }
  known = clock(std::move(exact));
}

bool is_elsewhere(const Entry& entry, std::size_t dose, int time) {
  if (entry.known_in_part(dose)) return plan::distance(entry.in_part[dose], time) != 0;
  return entry.was[dose] != time;
}

Result<ReadLabel> read_ingredients(const magnesia::Product& product, const SaltNames& names) {
  if (product.ingredients.empty()) return read_label(product.label, names);
  return ReadLabel{product.ingredients, product.units_per_dose, product.unit_mass, false, {}};
}

// The amount of a dose, where it is one figure of one thing.
void set_amount(PlannedDoses& doses, const magnesia::Product& product, const SaltNames& names) {
  const Result<ReadLabel> read = read_ingredients(product, names);
  if (!read || read->ingredients.size() != 1) return;
  const Ingredient& only = read->ingredients.front();
  if (const ElementalMass* const elemental = only.elemental.if_known(); elemental != nullptr && !only.unsaid.known()) {
    doses.amount = elemental->base();
    doses.basis = "elemental";
  } else if (const SaltMass* const salt = only.compound.if_known(); salt != nullptr && !only.unsaid.known()) {
    doses.amount = salt->base();
    doses.basis = "salt";
  } else if (const Mass* const unsaid = only.unsaid.if_known();
             unsaid != nullptr && !only.elemental.known() && !only.compound.known()) {
    doses.amount = unsaid->base();
  }
}

std::vector<PlannedDoses> planned(const Model& model, const std::vector<std::vector<int>>& times, const Regimen& regimen,
                                  const SaltNames& names) {
  std::vector<PlannedDoses> all;
  for (std::size_t e = 0; e < times.size(); ++e) {
    const Entry& entry = model.problem.entries[e];
    PlannedDoses& doses = all.emplace_back();
    doses.subject = model.subjects[e];
    doses.called = model.called[e];
    set_times(entry, times[e], entry.stays, doses.times, doses.within);
    doses.days = entry.days;
    set_times(entry, entry.was, true, doses.was, doses.was_within);
    for (std::size_t i = 0; i < times[e].size() && !entry.stays && !doses.is_new(); ++i)
      doses.moved = doses.moved || is_elsewhere(entry, i, times[e][i]);
    if (doses.subject.magnesium)
      set_amount(doses, regimen.products().items()[static_cast<std::size_t>(doses.subject.index)], names);
  }
  return all;
}

// The same person with the times of a plan.
struct Planned {
  Patient patient;
  Regimen regimen;
};
Planned with_times(const Patient& patient, const Regimen& regimen, const std::vector<PlannedDoses>& plan) {
  std::vector<Taken> taken = patient.medications.items();
  std::vector<magnesia::Product> products = regimen.products().items();
  for (const PlannedDoses& doses : plan) {
    const auto index = static_cast<std::size_t>(doses.subject.index);
    Schedule schedule = doses.subject.magnesium ? products[index].schedule : taken[index].schedule();
    if (!doses.within.empty()) continue;  // it stays
    schedule.times = doses.times;
    schedule.within.clear();
    schedule.doses_per_day.forget();
    if (doses.subject.magnesium)
      products[index].schedule = std::move(schedule);
    else
      taken[index] = Taken{taken[index].term(), std::move(schedule)};
  }
  Planned after{patient, Regimen{Listed<magnesia::Product>{regimen.products().completeness(), std::move(products)}}};
  after.patient.medications = {patient.medications.completeness(), std::move(taken)};
  return after;
}

// ---- What could be done instead ----

struct Attempt {
  Model model;
  Found found;
};

bool succeeds(Attempt& attempt, std::uint64_t most_steps) {
  attempt.found = plan::solve(attempt.model.problem, most_steps);
  return attempt.found.outcome == Outcome::optimal || attempt.found.outcome == Outcome::feasible;
}

void keep_better(std::optional<Attempt>& best, Attempt attempt) {
  if (!best || attempt.found.solution.score < best->found.solution.score) best = std::move(attempt);
}

// Each product's doses that may move in two halves; none where a product's unit can't be halved.
std::optional<Regimen> halved(const Regimen& regimen, const Model& model, const SaltNames& names) {
  std::vector<magnesia::Product> products = regimen.products().items();
  for (std::size_t e = 0; e < model.problem.entries.size(); ++e) {
    if (!model.subjects[e].magnesium || model.problem.entries[e].stays) continue;
    magnesia::Product& product = products[static_cast<std::size_t>(model.subjects[e].index)];
    const Result<ReadLabel> read = read_ingredients(product, names);
    if (!read) return {};
    Fact<Exact> units = product.units_per_dose.known() ? product.units_per_dose : read->units_per_dose;
    if (!units.known() && read->solid_unit) units = Exact{1};
    const auto half = [](auto& amount) {
      using Amount = std::remove_cvref_t<decltype(*amount.if_known())>;
      if (const Amount* const whole = amount.if_known()) amount = Amount::of_base(Exact::divide(whole->base(), 2, Rounding::up));
    };
    if (const Exact* const count = units.if_known()) {
      if ((count->numerator() % 2) != 0 || count->denominator() != 1) return {};  // half a capsule
      product.units_per_dose = Exact::divide(*count, 2, Rounding::up);
    }
    if (!product.unit_mass.known()) product.unit_mass = read->unit_mass;
    product.ingredients = read->ingredients;
    for (Ingredient& ingredient : product.ingredients) {
      half(ingredient.elemental);
      half(ingredient.compound);
      half(ingredient.unsaid);
    }
    product.schedule.doses_per_day = Exact{static_cast<std::int64_t>(2 * model.problem.entries[e].was.size())};
    product.schedule.times.clear();
    product.schedule.within.clear();
  }
  return Regimen{Listed<magnesia::Product>{regimen.products().completeness(), std::move(products)}};
}

class Instead {
 public:
  Instead(const Checker& checker, const Patient& patient, const Regimen& regimen, const Wishes& wishes, const Model& model)
      : checker_{checker}, patient_{patient}, regimen_{regimen}, wishes_{wishes}, model_{model} {}

  [[nodiscard]] std::optional<Offer> find() {
    if (std::optional<Offer> offer = split()) return offer;
    if (std::optional<Attempt> found = fewer()) return offer_of(OfferKind::fewer_doses, *found);
    if (std::optional<Attempt> found = another_day()) return offer_of(OfferKind::another_day, *found);
    if (std::optional<Attempt> found = other_times()) return offer_of(OfferKind::other_times, *found);
    if (std::optional<Attempt> found = not_that_day()) return offer_of(OfferKind::not_that_day, *found);
    return {};
  }

 private:
  [[nodiscard]] Offer offer_of(OfferKind kind, const Attempt& attempt, const Regimen* regimen = nullptr) const {
    Offer offer;
    offer.kind = kind;
    words::append_text(offer.text, *checker_.knowledge().base(), std::string{"plan.offer."} + std::string{name(kind)});
    offer.doses =
        planned(attempt.model, attempt.found.solution.times, regimen != nullptr ? *regimen : regimen_, checker_.knowledge());
    offer.changes = attempt.found.solution.score.changes;
    offer.occasions = attempt.found.solution.score.occasions;
    return offer;
  }

  [[nodiscard]] bool is_magnesium(std::size_t entry) const { return model_.subjects[entry].magnesium; }

  std::optional<Offer> split() const {
    const std::optional<Regimen> halves = halved(regimen_, model_, checker_.knowledge());
    if (!halves) return {};
    Assessment assessment;
    if (checker_.assess_into(assessment, patient_, *halves)) return {};
    Attempt attempt{plan::model_of(assessment.workspace(), patient_, *halves, wishes_), {}};
    // As many doses as stand where they are today stay; the others are new.
    for (std::size_t e = 0; e < attempt.model.problem.entries.size(); ++e) {
      std::vector<int>& was = attempt.model.problem.entries[e].was;
      if (!attempt.model.subjects[e].magnesium || attempt.model.problem.entries[e].stays) continue;
      const auto& today = regimen_.products().items()[static_cast<std::size_t>(attempt.model.subjects[e].index)].schedule.times;
      for (std::size_t i = 0; i < today.size() && i < was.size(); ++i) was[i] = today[i].minutes;
    }
    if (movable_in(attempt.model.problem) > most_movable || !succeeds(attempt, wishes_.most_steps)) return {};
    return offer_of(OfferKind::split_doses, attempt, &*halves);
  }

  std::optional<Attempt> fewer() const {
    constexpr std::size_t most_doses = 12;  // of which every choice is tried
    struct Dose {
      std::size_t entry, index;
    };
    std::vector<Dose> doses;
    for (std::size_t e = 0; e < model_.problem.entries.size(); ++e)
      for (std::size_t i = 0; is_magnesium(e) && i < model_.problem.entries[e].was.size(); ++i) doses.push_back({e, i});
    if (doses.size() > most_doses) return {};
    for (int left = static_cast<int>(doses.size()) - 1; left > 0; --left) {
      std::optional<Attempt> best;
      for (std::uint32_t chosen = 0; chosen < (1U << doses.size()); ++chosen) {
        if (std::popcount(chosen) != left) continue;
        Attempt attempt{model_, {}};
        for (const Dose& dose : doses) {
          attempt.model.problem.entries[dose.entry].was.clear();
          attempt.model.problem.entries[dose.entry].in_part.clear();
        }
        for (std::size_t i = 0; i < doses.size(); ++i) {
          if ((chosen >> i & 1U) == 0) continue;
          const Entry& today = model_.problem.entries[doses[i].entry];
          Entry& entry = attempt.model.problem.entries[doses[i].entry];
          entry.was.push_back(today.was[doses[i].index]);
          if (!today.in_part.empty()) entry.in_part.push_back(today.in_part[doses[i].index]);
        }
        const bool each = std::all_of(doses.begin(), doses.end(),
                                      [&](const Dose& dose) { return !attempt.model.problem.entries[dose.entry].was.empty(); });
        if (each && succeeds(attempt, wishes_.most_steps)) keep_better(best, std::move(attempt));
      }
      if (best) return best;
    }
    return {};
  }

  // The days of drugs that come on some days only and have a window.
  [[nodiscard]] std::uint8_t drug_days() const {
    unsigned days = 0;
    for (const Separation& one : model_.problem.separations) {
      const std::uint8_t of_drug = model_.problem.entries[static_cast<std::size_t>(one.drug)].days;
      if (of_drug != Schedule::every_day) days |= of_drug;
    }
    return static_cast<std::uint8_t>(days);
  }

  std::optional<Attempt> another_day() const {
    std::optional<Attempt> best;
    for (std::size_t e = 0; e < model_.problem.entries.size(); ++e) {
      const Entry& entry = model_.problem.entries[e];
      if (is_magnesium(e) || entry.stays || entry.days == Schedule::every_day) continue;
      for (int later = 1; later < 7; ++later) {
        Attempt attempt{model_, {}};
        const unsigned turned = static_cast<unsigned>(entry.days) << static_cast<unsigned>(later);
        attempt.model.problem.entries[e].days = static_cast<std::uint8_t>((turned | turned >> 7U) & Schedule::every_day);
        if (succeeds(attempt, wishes_.most_steps)) keep_better(best, std::move(attempt));
      }
    }
    return best;
  }

  std::optional<Attempt> other_times() const {
    const std::uint8_t days = drug_days();
    if (days == 0) return {};
    Attempt attempt{model_, {}};
    Problem& problem = attempt.model.problem;
    const std::size_t entries = problem.entries.size();
    const std::size_t separations = problem.separations.size();
    bool any = false;
    for (std::size_t e = 0; e < entries; ++e) {
      const std::uint8_t all = problem.entries[e].days;
      const auto those = static_cast<std::uint8_t>(all & days);
      if (!is_magnesium(e) || problem.entries[e].stays || those == 0 || those == all) continue;
      any = true;
      const auto copy = static_cast<int>(problem.entries.size());
      problem.entries[e].days = static_cast<std::uint8_t>(all & ~days);
      problem.entries.push_back(problem.entries[e]);
      problem.entries.back().days = those;
      attempt.model.subjects.push_back(model_.subjects[e]);
      attempt.model.called.push_back(model_.called[e]);
      for (std::size_t s = 0; s < separations; ++s)
        if (problem.separations[s].magnesium == static_cast<int>(e)) {
          Separation of_copy = problem.separations[s];
          of_copy.magnesium = copy;
          problem.separations.push_back(of_copy);
        }
    }
    if (!any || movable_in(problem) > most_movable || !succeeds(attempt, wishes_.most_steps)) return {};
    return attempt;
  }

  std::optional<Attempt> not_that_day() const {
    const std::uint8_t days = drug_days();
    if (days == 0) return {};
    Attempt attempt{model_, {}};
    for (std::size_t e = 0; e < model_.problem.entries.size(); ++e) {
      if (!is_magnesium(e)) continue;
      std::uint8_t& left = attempt.model.problem.entries[e].days;
      left = static_cast<std::uint8_t>(left & ~days);
      if (left == 0) return {};
    }
    if (!succeeds(attempt, wishes_.most_steps)) return {};
    return attempt;
  }

  const Checker& checker_;
  const Patient& patient_;
  const Regimen& regimen_;
  const Wishes& wishes_;
  const Model& model_;
};

Error too_large(std::string found, std::string expected) {
  return {ErrorKind::too_large, "plan", std::move(found), std::move(expected)};
}

}  // namespace

std::string_view name(PlanStatus status) noexcept {
  static constexpr std::array<std::string_view, 3> names{"optimal", "feasible", "impossible"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view name(OfferKind kind) noexcept {
  static constexpr std::array<std::string_view, 5> names{"split-doses", "fewer-doses", "another-day", "other-times",
                                                         "not-that-day"};
  return names[static_cast<std::size_t>(kind)];
}

std::string name(PlanSubject subject) {
  return (subject.magnesium ? "magnesium[" : "medications[") + std::to_string(subject.index) + ']';
}

Result<Plan> plan_day(const Checker& checker, const Patient& patient, const Regimen& regimen, const Wishes& wishes) {
  Plan plan;
  if (std::optional<Error> error = checker.assess_into(plan.assessment, patient, regimen)) return std::move(*error);
  plan.day = wishes.day;
  const base::Base& base = *checker.knowledge().base();
  Model model = plan::model_of(plan.assessment.workspace(), patient, regimen, wishes);
  plan.unplanned = std::move(model.unplanned);
  if (const std::size_t movable = movable_in(model.problem); movable > most_movable)
    return too_large(std::to_string(movable) + " doses that may move", "at most " + std::to_string(most_movable));

  const Found found = plan::solve(model.problem, wishes.most_steps);
  if (found.outcome == Outcome::unknown)
    return too_large("no plan, and no proof that there is none, in " + std::to_string(wishes.most_steps) + " steps",
                     "fewer doses that may move, or more steps");
  if (found.outcome == Outcome::impossible) {
    for (const Constraint& constraint : plan::conflict_of(model.problem, wishes.most_steps))
      plan.conflicts.push_back(plan::words_of(model, constraint, base));
    plan.offer = Instead{checker, patient, regimen, wishes, model}.find();
    return plan;
  }
  plan.status = found.outcome == Outcome::optimal ? PlanStatus::optimal : PlanStatus::feasible;
  if (found.outcome == Outcome::feasible) plan.bound = Plan::Bound{found.bound.changes, found.bound.occasions};
  plan.changes = found.solution.score.changes;
  plan.occasions = found.solution.score.occasions;
  plan.minutes_off = static_cast<int>(found.solution.score.minutes);
  plan.doses = planned(model, found.solution.times, regimen, checker.knowledge());
  for (const Separation& separation : model.problem.separations)
    plan.because.push_back(plan::closest(model, separation, found.solution.times, base));
  const Planned after = with_times(patient, regimen, plan.doses);
  if (std::optional<Error> error = checker.assess_into(plan.assessment, after.patient, after.regimen)) return std::move(*error);
  return plan;
}

}  // namespace magnesia
