#include "plan/model.hpp"

#include <algorithm>
#include <array>

#include "facts/collect.hpp"
#include "rules/evaluate.hpp"
#include "words/words.hpp"

namespace magnesia::plan {

using base::Base;
using base::ConceptId;
using detail::Workspace;

namespace {

constexpr int not_planned = -1;
constexpr std::uint64_t many_minutes = 100'000;

int whole_above(Exact value) {
  if (!value.finite() || value > Exact{static_cast<std::int64_t>(many_minutes)}) return static_cast<int>(many_minutes);
  return static_cast<int>((value.numerator() + value.denominator() - 1) / value.denominator());
}

const Leeway& leeway_at(const std::vector<Leeway>& all, std::size_t index) {
  static const Leeway nothing_said;
  return index < all.size() ? all[index] : nothing_said;
}

// The doses of an entry; false: nobody knows when they are, and they are not to be placed.
bool doses_of(const Schedule& schedule, bool magnesium, Entry& entry) {
  if (schedule.as_needed) return false;
  for (const TimeOfDay time : schedule.times) entry.was.push_back(time.minutes);
  for (const TimeWithin& one : schedule.within) {
    const facts::DoseTime time = facts::dose_time(one);
    const bool any_time = time.width >= minutes_a_day - 1;  // no more than that there is a dose
    if (any_time && entry.stays) return false;
    entry.in_part.resize(entry.was.size());
    entry.in_part.push_back(any_time ? facts::DoseTime{} : time);
    entry.was.push_back(any_time ? -1 : one.span.from.minutes);
  }
  if (!entry.was.empty()) return true;
  const Exact* const count = schedule.doses_per_day.if_known();
  if (entry.stays || (count == nullptr && !magnesium)) return false;
  entry.was.assign(count == nullptr ? 1 : static_cast<std::size_t>(whole_above(*count)),
                   -1);  // of magnesium whose count is not told: one
  return true;
}

bool is_never(const Schedule& schedule) { return schedule.timed_doses() == 0 && schedule.doses_per_day.value_or(1) == Exact{}; }

class Builder {
 public:
  Builder(const Workspace& workspace, const Wishes& wishes) : workspace_{workspace}, base_{*workspace.base}, wishes_{wishes} {}

  void add(PlanSubject subject, std::string called, const Schedule& schedule, const Leeway& leeway) {
    Entry entry;
    entry.days = schedule.days;
    entry.stays = !leeway.may_move.value_or(subject.magnesium);
    entry.within = leeway.within;
    if (const bool* const food = schedule.with_food.if_known()) entry.food = *food ? Tri::yes : Tri::no;
    if (const Duration* const spacing = leeway.min_spacing.if_known()) entry.spacing = whole_above(spacing->base());
    std::vector<int>& place = subject.magnesium ? products_ : medications_;
    place.push_back(not_planned);
    if (is_never(schedule)) return;
    if (!doses_of(schedule, subject.magnesium, entry)) {
      left_out_.push_back({subject, schedule.as_needed, std::move(called)});
      return;
    }
    place.back() = static_cast<int>(model_.problem.entries.size());
    model_.problem.entries.push_back(std::move(entry));
    model_.subjects.push_back(subject);
    model_.called.push_back(std::move(called));
  }

  void add_day() {
    const TimeOfDay* const wake = wishes_.day.wake.if_known();
    const TimeOfDay* const bed = wishes_.day.bed.if_known();
    if (wake != nullptr && bed != nullptr) model_.problem.awake = TimeSpan{*wake, *bed};
    for (const Anchor meal : {Anchor::breakfast, Anchor::lunch, Anchor::dinner})
      if (const TimeOfDay* const hour = hour_of(wishes_.day, meal).if_known()) model_.problem.meals.push_back(hour->minutes);
  }

  // The knowledge's preferences, of those hours that are known.
  void prefer() {
    for (std::size_t p = 0; p < workspace_.product_count; ++p) {
      const facts::Product& product = workspace_.products[p];
      const int entry = entry_of(product);
      if (entry == not_planned || product.from_medication) continue;
      for (const base::Preference& preference : base_.preferences) {
        const bool wanted =
            preference.purpose != base::no_concept
                ? !workspace_.person.purpose_absent && workspace_.person.purpose.holds(preference.purpose) == Tri::yes
                : product.salts.holds(preference.salt) == Tri::yes;
        if (!wanted) continue;
        std::vector<int> targets;
        for (const Anchor anchor : preference.near)
          if (const TimeOfDay* const hour = hour_of(wishes_.day, anchor).if_known()) targets.push_back(hour->minutes);
        if (!targets.empty()) model_.problem.entries[static_cast<std::size_t>(entry)].prefer.push_back(std::move(targets));
      }
    }
  }

  void separate() {
    for (const facts::Medication& medication : workspace_.medications)
      for (std::size_t p = 0; p < workspace_.product_count; ++p) {
        const facts::Product& product = workspace_.products[p];
        if (rules::is_itself(product, medication)) continue;
        separate(medication.drug, medication, product);
        // Named by its class, it may be any of them.
        if (base_.drugs.is_class(medication.drug))
          for (const ConceptId member : base_.drugs.below(medication.drug)) separate(member, medication, product);
      }
    const auto severity = [&](const Separation& one) { return base_.rules[static_cast<std::size_t>(one.tag)].severity; };
    std::stable_sort(model_.problem.separations.begin(), model_.problem.separations.end(),
                     [&](const Separation& a, const Separation& b) { return severity(a) > severity(b); });
  }

  [[nodiscard]] Model take() {
    for (Left& left : left_out_) {
      if (!left.wanted) continue;
      Unplanned& unplanned = model_.unplanned.emplace_back();
      unplanned.subject = left.subject;
      words::append_text(unplanned.message, base_, left.as_needed ? "plan.unplanned.as-needed" : "plan.unplanned.times",
                         {{"subject", left.called}});
    }
    return std::move(model_);
  }

 private:
  struct Left {
    PlanSubject subject;
    bool as_needed = false;
    std::string called;
    bool wanted = false;  ///< a window speaks of it
  };

  [[nodiscard]] int entry_of(const facts::Product& product) const {
    return (product.from_medication ? medications_ : products_)[static_cast<std::size_t>(product.entry)];
  }
  void want(PlanSubject subject) {
    for (Left& left : left_out_) left.wanted = left.wanted || left.subject == subject;
  }

  void separate(ConceptId drug, const facts::Medication& medication, const facts::Product& product) {
    const int of_drug = medications_[static_cast<std::size_t>(medication.entry)];
    const int of_magnesium = entry_of(product);
    if (medication.doses.never || product.doses.never) return;
    for (const std::uint16_t at : base_.rules_for_drug[drug]) {
      const base::Rule& rule = base_.rules[at];
      if (rule.scope != base::Scope::pair || !rule.window || rule.severity == Severity::none) continue;
      if (rules::holds_apart_from_window(workspace_, rule, product) == Tri::no) continue;
      if (of_drug == not_planned || of_magnesium == not_planned) {
        want({false, medication.entry});
        want({!product.from_medication, product.entry});
        continue;
      }
      const Separation one{of_drug, of_magnesium, *rule.window, at};
      const auto same = [&](const Separation& other) {
        return other.drug == one.drug && other.magnesium == one.magnesium && other.tag == one.tag;
      };
      auto& all = model_.problem.separations;
      if (std::none_of(all.begin(), all.end(), same)) all.push_back(one);
    }
  }

  const Workspace& workspace_;
  const Base& base_;
  const Wishes& wishes_;
  Model model_;
  std::vector<int> medications_;  // by index in the input: its entry
  std::vector<int> products_;
  std::vector<Left> left_out_;
};

std::string called(const Workspace& workspace, const Taken& taken, std::size_t index) {
  for (const facts::Medication& medication : workspace.medications)
    if (medication.entry == static_cast<int>(index)) return workspace.base->drugs[medication.drug].name;
  return taken.term().text;
}

std::string called(const Workspace& workspace, std::size_t index) {
  for (std::size_t p = 0; p < workspace.product_count; ++p) {
    const facts::Product& product = workspace.products[p];
    if (!product.from_medication && product.entry == static_cast<int>(index) && !product.name.empty()) return product.name;
  }
  return std::string{workspace.base->text("product.any")};
}

std::string clock_times(const Entry& entry) {
  std::string out;
  for (std::size_t i = 0; i < entry.was.size(); ++i) {
    if (!out.empty()) out += ", ";
    words::append_time(out, entry.was[i], entry.known_in_part(i) ? entry.in_part[i].width : 0);
  }
  return out;
}

std::string clock_times(const std::vector<int>& times) {
  Entry entry;
  entry.was = times;
  return clock_times(entry);
}

}  // namespace

TimeSpan span_of(int from, int width) noexcept { return {{from}, {(from + width) % minutes_a_day}}; }

Model model_of(const Workspace& workspace, const Patient& patient, const Regimen& regimen, const Wishes& wishes) {
  Builder builder{workspace, wishes};
  const auto& taken = patient.medications.items();
  for (std::size_t i = 0; i < taken.size(); ++i)
    builder.add({false, static_cast<int>(i)}, called(workspace, taken[i], i), taken[i].schedule(),
                leeway_at(wishes.medications, i));
  const auto& products = regimen.products().items();
  for (std::size_t i = 0; i < products.size(); ++i)
    builder.add({true, static_cast<int>(i)}, called(workspace, i), products[i].schedule, leeway_at(wishes.magnesium, i));
  builder.add_day();
  builder.prefer();
  builder.separate();
  return builder.take();
}

KeptWindow closest(const Model& model, const Separation& separation, const std::vector<std::vector<int>>& times,
                   const Base& base) {
  constexpr int longer_than_a_week = 2 * 7 * minutes_a_day;
  const auto drug = static_cast<std::size_t>(separation.drug);
  const auto magnesium = static_cast<std::size_t>(separation.magnesium);
  const base::Rule& rule = base.rules[static_cast<std::size_t>(separation.tag)];
  std::vector<facts::DoseTime> all;
  for (const std::size_t entry : {drug, magnesium})
    for (std::size_t i = 0; i < times[entry].size(); ++i) {
      const Entry& of = model.problem.entries[entry];
      all.push_back(of.stays ? of.today(i) : facts::DoseTime{static_cast<std::int16_t>(times[entry][i])});
    }
  const facts::Doses of_drug{0, static_cast<std::uint16_t>(times[drug].size()), model.problem.entries[drug].days, false};
  const facts::Doses of_magnesium{static_cast<std::uint32_t>(times[drug].size()),
                                  static_cast<std::uint16_t>(times[magnesium].size()), model.problem.entries[magnesium].days,
                                  false};
  KeptWindow kept{rule.id,
                  rule.severity,
                  model.subjects[drug],
                  model.subjects[magnesium],
                  {},
                  {},
                  0,
                  0,
                  std::max(separation.window.before, 0),
                  std::max(separation.window.after, 0)};
  int least = longer_than_a_week;
  // The pair that would fall shortest of a window longer than any distance is the closest.
  for (const auto& [side, needs] :
       {std::pair{base::Window{longer_than_a_week, -1}, kept.before}, {base::Window{-1, longer_than_a_week}, kept.after}}) {
    detail::Gap gap;
    if (needs == 0 || rules::too_close(side, of_drug, of_magnesium, all, gap) != Tri::yes || gap.minutes - needs >= least)
      continue;
    least = gap.minutes - needs;
    kept.needs = needs;
    kept.has = gap.minutes;
    kept.drug_time = span_of(gap.drug_time, gap.drug_width);
    kept.magnesium_time = span_of(gap.magnesium_time, gap.magnesium_width);
  }
  return kept;
}

Conflict words_of(const Model& model, const Constraint& constraint, const Base& base) {
  Conflict conflict;
  if (constraint.kind == ConstraintKind::window) {
    const Separation& one = model.problem.separations[static_cast<std::size_t>(constraint.of)];
    const auto drug = static_cast<std::size_t>(one.drug);
    const auto magnesium = static_cast<std::size_t>(one.magnesium);
    std::string before;
    std::string after;
    words::append_minutes(before, std::max(one.window.before, 0));
    words::append_minutes(after, std::max(one.window.after, 0));
    conflict.constraint = base.rules[static_cast<std::size_t>(one.tag)].id;
    conflict.subject = {model.subjects[drug], model.subjects[magnesium]};
    words::append_text(
        conflict.message, base, "plan.conflict.window",
        {{"drug", model.called[drug]}, {"product", model.called[magnesium]}, {"before", before}, {"after", after}});
    return conflict;
  }
  const auto of = static_cast<std::size_t>(constraint.of);
  const Entry& entry = model.problem.entries[of];
  conflict.subject = {model.subjects[of]};
  std::string from;
  std::string to;
  const auto span = [&](const TimeSpan& hours) {
    words::append_time(from, hours.from.minutes);
    words::append_time(to, hours.to.minutes);
  };
  std::string_view key;
  switch (constraint.kind) {
    case ConstraintKind::stays:
      conflict.constraint = "may_move";
      key = "plan.conflict.stays";
      to = clock_times(entry);
      break;
    case ConstraintKind::within:
      conflict.constraint = "may_move";
      key = "plan.conflict.within";
      span(*entry.within);
      break;
    case ConstraintKind::food:
      conflict.constraint = "with_food";
      key = entry.food == Tri::no         ? "plan.conflict.without-food"
            : model.problem.meals.empty() ? "plan.conflict.no-meals"
                                          : "plan.conflict.with-food";
      to = clock_times(model.problem.meals);
      break;
    case ConstraintKind::spacing:
      conflict.constraint = "min_spacing";
      key = "plan.conflict.spacing";
      words::append_minutes(to, entry.spacing);
      break;
    default:
      conflict.constraint = "day";
      key = "plan.conflict.day";
      span(*model.problem.awake);
  }
  words::append_text(conflict.message, base, key, {{"subject", model.called[of]}, {"from", from}, {"to", to}});
  return conflict;
}

}  // namespace magnesia::plan
