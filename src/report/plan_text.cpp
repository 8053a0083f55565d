// A plan for a terminal.
#include <algorithm>

#include "magnesia/report.hpp"
#include "report/plan.hpp"
#include "report/text_page.hpp"
#include "words/words.hpp"

namespace magnesia {

using base::Base;
using report::bold;
using report::faint;
using report::Page;

namespace {

// What happens at one time: hours of the day and doses, each on a line of its own.
void write_day(Page& page, const Base& base, const Day& day, const std::vector<PlannedDoses>& doses) {
  const bool spans = std::any_of(doses.begin(), doses.end(), [](const PlannedDoses& one) { return !one.within.empty(); });
  const std::size_t column = spans ? 15 : 9;
  page.section(base.text("plan.section.day"));
  const std::vector<report::Hour> hours = report::hours_of(base, day);
  auto hour = hours.begin();
  const auto hours_until = [&](int minutes) {
    for (; hour != hours.end() && hour->time.minutes <= minutes; ++hour)
      page.entry(2, name(hour->time), column, hour->called, faint, faint);
  };
  for (const report::Occasion& occasion : report::occasions_of(doses)) {
    hours_until(occasion.time.from.minutes);
    std::string time = report::time_text(occasion.time);
    for (const PlannedDoses* const one : occasion.doses) {
      std::string line = one->called;
      if (const std::string amount = report::amount_text(*one); !amount.empty()) line += ", " + amount;
      if (const std::string days = report::days_text(base, one->days); !days.empty()) line += " (" + days + ')';
      line += ": " + report::move_text(base, *one);
      page.entry(2, time, column, line, one->moved || one->is_new() ? bold : std::string_view{});
      time.clear();
    }
  }
  hours_until(24 * 60);
}

}  // namespace

std::string to_text(const Plan& plan, TextOptions options) {
  if (!plan.assessment.workspace().base) return {};
  const Base& base = *plan.assessment.workspace().base;
  Page page{options};
  page.text(0, report::status_text(plan), bold);
  if (plan.status != PlanStatus::impossible) page.text(0, report::counts_text(base, plan.changes, plan.occasions));
  std::string verdict;
  words::append_text(verdict, base, "plan.verdict", {{"headline", plan.assessment.headline()}});
  page.text(0, verdict);
  page.text(0, base.text("notice"), faint);

  if (plan.status != PlanStatus::impossible) write_day(page, base, plan.day, plan.doses);
  if (!plan.conflicts.empty()) {
    page.section(base.text("plan.section.conflicts"));
    for (const Conflict& conflict : plan.conflicts) {
      page.entry(2, "-", 4, conflict.message);
      page.text(4, conflict.constraint, faint);
    }
  }
  if (plan.offer) {
    page.section(base.text("plan.section.offer"));
    page.text(2, plan.offer->text);
    page.text(2, report::counts_text(base, plan.offer->changes, plan.offer->occasions));
    write_day(page, base, plan.day, plan.offer->doses);
  }
  if (!plan.because.empty()) {
    page.section(base.text("plan.section.because"));
    for (const KeptWindow& kept : plan.because) {
      page.entry(2, "-", 4, report::kept_text(plan, kept));
      page.text(4, kept.rule, faint);
    }
  }
  if (!plan.unplanned.empty()) {
    page.section(base.text("plan.section.unplanned"));
    for (const Unplanned& one : plan.unplanned) page.entry(2, "-", 4, one.message);
  }
  page.blank();
  page.text(0, base.text("plan.clock"), faint);
  return page.take();
}

}  // namespace magnesia
