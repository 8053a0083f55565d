// docs/contract.md, "Out: a plan".
#include "json/write.hpp"
#include "magnesia/report.hpp"
#include "report/append.hpp"
#include "report/plan.hpp"
#include "words/words.hpp"

namespace magnesia {

using json::Writer;

namespace {

std::string at(PlanSubject subject, const TimeSpan& time) { return name(subject) + '@' + report::time_text(time); }

void write_times(Writer& writer, std::string_view key, const std::vector<TimeOfDay>& times, const std::vector<TimeSpan>& within) {
  writer.key(key);
  writer.begin_array();
  for (const TimeOfDay time : times) writer.string(name(time));
  for (const TimeSpan& span : within) {
    writer.begin_object();
    writer.member("from", name(span.from));
    writer.member("to", name(span.to));
    writer.end_object();
  }
  writer.end_array();
}

void write_hours(Writer& writer, std::string_view key, int minutes, Rounding way) {
  std::string number;
  report::append_number(number, Exact::ratio(minutes, 60), way);
  writer.key(key);
  writer.raw(number);
}

void write_doses(Writer& writer, const std::vector<PlannedDoses>& all) {
  writer.key("doses");
  writer.begin_array();
  for (const PlannedDoses& doses : all) {
    writer.begin_object();
    writer.member("subject", name(doses.subject));
    write_times(writer, "times", doses.times, doses.within);
    if (doses.days != Schedule::every_day) {
      writer.key("days");
      writer.begin_array();
      for (std::size_t day = 0; day < report::weekdays.size(); ++day)
        if (report::comes_on(doses.days, day)) writer.string(report::weekdays[day]);
      writer.end_array();
    }
    writer.member("moved", doses.moved);
    const bool narrowed = doses.within.empty() && !doses.was_within.empty();
    if (doses.moved || doses.is_new() || narrowed) write_times(writer, "was", doses.was, doses.was_within);
    if (const Exact* const amount = doses.amount.if_known()) {
      std::string number;
      report::append_number(number, *amount, Rounding::up);
      writer.key("amount");
      writer.begin_object();
      writer.key("value");
      writer.raw(number);
      writer.member("unit", "mg");
      writer.end_object();
      if (!doses.basis.empty()) writer.member("basis", doses.basis);
    }
    writer.end_object();
  }
  writer.end_array();
}

void write_because(Writer& writer, const Plan& plan) {
  writer.key("because");
  writer.begin_array();
  for (const KeptWindow& kept : plan.because) {
    writer.begin_object();
    writer.member("window", kept.rule);
    writer.key("subject");
    writer.begin_array();
    writer.string(at(kept.drug, kept.drug_time));
    writer.string(at(kept.magnesium, kept.magnesium_time));
    writer.end_array();
    write_hours(writer, "needs_h", kept.needs, Rounding::up);
    write_hours(writer, "has_h", kept.has, Rounding::down);
    writer.end_object();
  }
  writer.end_array();
}

void write_conflicts(Writer& writer, const Plan& plan) {
  writer.key("conflicts");
  writer.begin_array();
  for (const Conflict& conflict : plan.conflicts) {
    writer.begin_object();
    writer.member("constraint", conflict.constraint);
    writer.key("subject");
    writer.begin_array();
    for (const PlanSubject subject : conflict.subject) writer.string(name(subject));
    writer.end_array();
    writer.member("message", conflict.message);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void append_json(std::string& out, const Plan& plan) {
  Writer writer{out};
  writer.begin_object();
  writer.member("magnesia", "plan/1");
  writer.member("status", name(plan.status));
  if (plan.bound) {
    writer.key("bound");
    writer.begin_object();
    writer.member("changes", plan.bound->changes);
    writer.member("occasions", plan.bound->occasions);
    writer.end_object();
  }
  write_doses(writer, plan.doses);
  if (plan.status != PlanStatus::impossible) {
    writer.member("changes", plan.changes);
    writer.member("occasions", plan.occasions);
    writer.member("minutes_off", plan.minutes_off);
  }
  write_because(writer, plan);
  write_conflicts(writer, plan);
  if (plan.offer) {
    writer.key("offer");
    writer.begin_object();
    writer.member("kind", name(plan.offer->kind));
    writer.member("message", plan.offer->text);
    write_doses(writer, plan.offer->doses);
    writer.member("changes", plan.offer->changes);
    writer.member("occasions", plan.offer->occasions);
    writer.end_object();
  }
  writer.key("unplanned");
  writer.begin_array();
  for (const Unplanned& one : plan.unplanned) {
    writer.begin_object();
    writer.member("subject", name(one.subject));
    writer.member("message", one.message);
    writer.end_object();
  }
  writer.end_array();
  writer.key("verdict");
  writer.begin_object();
  writer.member("at_least", name(plan.assessment.at_least()));
  writer.member("at_most", name(plan.assessment.at_most()));
  writer.member("decided", plan.assessment.decided());
  writer.member("headline", plan.assessment.headline());
  writer.end_object();
  writer.end_object();
}

std::string to_json(const Plan& plan) {
  std::string out;
  append_json(out, plan);
  return out;
}

}  // namespace magnesia
