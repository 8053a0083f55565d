#include "report/plan.hpp"

#include <algorithm>

#include "words/words.hpp"

namespace magnesia::report {

std::string days_text(const base::Base& base, std::uint8_t days) {
  std::string out;
  if (days == Schedule::every_day) return out;
  for (std::size_t day = 0; day < weekdays.size(); ++day) {
    if (!comes_on(days, day)) continue;
    if (!out.empty()) out += ", ";
    out += base.text("plan.day." + std::string{weekdays[day]});
  }
  return out;
}

std::string time_text(const TimeSpan& span) {
  return span.from == span.to ? name(span.from) : name(span.from) + '-' + name(span.to);
}

std::string times_text(const std::vector<TimeOfDay>& times, const std::vector<TimeSpan>& within) {
  std::string out;
  const auto put = [&out](const TimeSpan& span) {
    if (!out.empty()) out += ", ";
    out += time_text(span);
  };
  for (const TimeOfDay time : times) put({time, time});
  for (const TimeSpan& span : within) put(span);
  return out;
}

std::string amount_text(const PlannedDoses& doses) {
  const Exact* const amount = doses.amount.if_known();
  return amount == nullptr ? std::string{} : amount->decimal(1) + " mg";
}

std::string move_text(const base::Base& base, const PlannedDoses& doses) {
  std::string out;
  words::append_text(out, base,
                     doses.moved      ? "plan.moved"
                     : doses.is_new() ? "plan.new"
                                      : "plan.stays",
                     {{"was", times_text(doses.was, doses.was_within)}});
  return out;
}

std::string counts_text(const base::Base& base, int changes, int occasions) {
  std::string out;
  words::append_text(out, base, "plan.counts", {{"changes", std::to_string(changes)}, {"occasions", std::to_string(occasions)}});
  return out;
}

std::string status_text(const Plan& plan) {
  std::string out;
  std::string key = "plan.status." + std::string{name(plan.status)};
  if (plan.status == PlanStatus::impossible && plan.conflicts.empty()) key = "plan.status.unexplained";
  const Plan::Bound bound = plan.bound.value_or(Plan::Bound{plan.changes, plan.occasions});
  words::append_text(out, *plan.assessment.workspace().base, key,
                     {{"changes", std::to_string(bound.changes)}, {"occasions", std::to_string(bound.occasions)}});
  return out;
}

std::string kept_text(const Plan& plan, const KeptWindow& kept) {
  const auto called = [&](PlanSubject subject) -> std::string_view {
    const auto found =
        std::find_if(plan.doses.begin(), plan.doses.end(), [&](const PlannedDoses& doses) { return doses.subject == subject; });
    return found == plan.doses.end() ? std::string_view{} : std::string_view{found->called};
  };
  const std::string drug_time = time_text(kept.drug_time);
  const std::string product_time = time_text(kept.magnesium_time);
  std::string has;
  std::string needed;
  words::append_minutes(has, kept.has);
  words::append_minutes(needed, kept.needs);
  std::string out;
  words::append_text(out, *plan.assessment.workspace().base, "plan.because",
                     {{"drug", called(kept.drug)},
                      {"drug-time", drug_time},
                      {"product", called(kept.magnesium)},
                      {"product-time", product_time},
                      {"has", has},
                      {"needs", needed}});
  return out;
}

std::vector<Occasion> occasions_of(const std::vector<PlannedDoses>& doses) {
  std::vector<Occasion> all;
  for (const PlannedDoses& one : doses) {
    const auto put = [&](const TimeSpan& time) {
      const auto same = std::find_if(all.begin(), all.end(),
                                     [&](const Occasion& other) { return other.time == time && other.days == one.days; });
      if (same == all.end())
        all.push_back({time, one.days, {&one}});
      else
        same->doses.push_back(&one);
    };
    for (const TimeOfDay time : one.times) put({time, time});
    for (const TimeSpan& span : one.within) put(span);
  }
  std::stable_sort(all.begin(), all.end(), [](const Occasion& a, const Occasion& b) {
    return a.time.from != b.time.from ? a.time.from < b.time.from : a.days > b.days;
  });
  return all;
}

std::vector<Hour> hours_of(const base::Base& base, const Day& day) {
  std::vector<Hour> all;
  for (const Anchor anchor : {Anchor::wake, Anchor::breakfast, Anchor::lunch, Anchor::dinner, Anchor::bed})
    if (const TimeOfDay* const hour = hour_of(day, anchor).if_known())
      all.push_back({*hour, base.text("plan.anchor." + std::string{name(anchor)})});
  std::stable_sort(all.begin(), all.end(), [](const Hour& a, const Hour& b) { return a.time < b.time; });
  return all;
}

}  // namespace magnesia::report
