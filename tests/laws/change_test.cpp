// The time that a finding proposes keeps every window of the drugs taken.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "facts/workspace.hpp"
#include "tests/laws/generate.hpp"

namespace magnesia::laws {
namespace {

// Whether the dose of the product at this time comes too close to anything.
bool too_close(const Assessment& assessment, int product, int time) {
  const detail::Workspace& workspace = assessment.workspace();
  return std::any_of(workspace.records.begin(), workspace.records.end(), [&](const detail::Record& record) {
    if (record.product < 0 || record.medication < 0 || record.status != Status::established) return false;
    const facts::Product& of = workspace.products[static_cast<std::size_t>(record.product)];
    const base::Rule& rule = workspace.base->rules[record.rule];
    return !of.from_medication && of.entry == product && rule.window && rule.severity != Severity::none &&
           record.gap.magnesium_time == time;
  });
}

RC_GTEST_PROP(SmallestChange, AProposedTimeKeepsEveryWindow, ()) {
  const WorldPtr world = *any_world();
  const Person before = *person(world);
  const Assessment assessment = world->assess(before);
  const std::vector<detail::Record> records = assessment.workspace().records;
  std::size_t index = 0;
  for (const Finding& finding : assessment.findings()) {
    const detail::Record& record = records[index++];
    const Change& change = finding.smallest_change;
    if (change.kind != ChangeKind::time || !change.time || !change.product) continue;
    std::vector<Product> products = before.regimen.products().items();
    Schedule& schedule = products[static_cast<std::size_t>(*change.product)].schedule;
    std::vector<TimeOfDay>& times = schedule.times;
    const auto moved =
        std::find_if(times.begin(), times.end(), [&](TimeOfDay time) { return time.minutes == record.gap.magnesium_time; });
    const auto narrowed = std::find_if(schedule.within.begin(), schedule.within.end(), [&](const TimeWithin& one) {
      const int width = (one.span.to.minutes - one.span.from.minutes + 1440) % 1440;
      return one.span.from.minutes == record.gap.magnesium_time && width == record.gap.magnesium_width;
    });
    if (moved != times.end() && record.gap.magnesium_width == 0) {
      moved->minutes = *change.time;
    } else {
      RC_ASSERT(narrowed != schedule.within.end());
      schedule.within.erase(narrowed);
      times.push_back({*change.time});
    }
    const Person after{before.patient, Regimen{Listed<Product>{before.regimen.products().completeness(), products}}};
    RC_ASSERT(!too_close(world->assess(after), *change.product, *change.time));
  }
}

}  // namespace
}  // namespace magnesia::laws
