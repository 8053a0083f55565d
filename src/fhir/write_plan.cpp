// A plan of the day as a Bundle.
#include "fhir/write_bundle.hpp"
#include "magnesia/report.hpp"
#include "report/plan.hpp"
#include "words/words.hpp"

namespace magnesia::fhir {
namespace {

// "06:30, 21:30 (Sun); 500 mg of the salt".
std::string dosage_text(const base::Base& base, const PlannedDoses& doses) {
  std::string text = report::times_text(doses.times, doses.within);
  if (const std::string days = report::days_text(base, doses.days); !days.empty()) text += " (" + days + ')';
  if (const std::string amount = report::amount_text(doses); !amount.empty()) {
    text += "; " + amount;
    if (!doses.basis.empty()) text += ' ' + std::string{base.text("fhir.basis." + std::string{doses.basis})};
  }
  return text;
}

void write_timing(ResourceWriter& writer, const PlannedDoses& doses) {
  static constexpr std::array<std::size_t, 7> from_monday{1, 2, 3, 4, 5, 6, 0};
  writer.begin("timing");
  writer.begin("repeat");
  const bool weekly = doses.days != Schedule::every_day;
  writer.member("frequency", static_cast<int>(doses.times.size() + doses.within.size()));
  writer.member("period", 1);
  writer.member("periodUnit", "d");
  if (weekly) {
    writer.begin_list("dayOfWeek");
    for (const std::size_t day : from_monday)
      if (report::comes_on(doses.days, day)) writer.string(report::weekdays[day]);
    writer.end_array();
  }
  if (doses.within.empty()) {  // else some times are known in part, and the text alone tells them all
    writer.begin_list("timeOfDay");
    for (const TimeOfDay time : doses.times) writer.string(name(time) + ":00");
    writer.end_array();
  }
  writer.end_object();
  writer.end_object();
}

void write_dosage(BundleWriter& bundle, std::string_view key, const PlannedDoses& doses) {
  ResourceWriter& writer = bundle.writer();
  writer.begin_list(key);
  writer.begin_object();
  writer.member_if("text", dosage_text(bundle.base(), doses));
  if (!doses.times.empty() || !doses.within.empty()) write_timing(writer, doses);
  if (const Exact* const amount = doses.amount.if_known()) {
    writer.begin_list("doseAndRate");
    writer.begin_object();
    writer.quantity("doseQuantity", *amount, Rounding::up, "mg");
    writer.end_object();
    writer.end_array();
  }
  writer.end_object();
  writer.end_array();
}

void write_doses(BundleWriter& bundle, const PlannedDoses& doses, std::size_t number) {
  ResourceWriter& writer = bundle.writer();
  const std::string_view type = doses.moved ? "MedicationRequest" : "MedicationStatement";
  const std::string_view origin = bundle.order(doses.subject.magnesium, doses.subject.index);
  bundle.begin_resource(type, bundle.id_of("doses", number));
  writer.member("status", doses.moved ? "draft" : "active");
  if (doses.moved) writer.member("intent", "proposal");
  writer.concept_text("medicationCodeableConcept", doses.called.empty() ? name(doses.subject) : doses.called);
  bundle.write_patient("subject", true);
  if (!origin.empty()) {
    if (doses.moved && origin.starts_with("MedicationRequest/")) {
      writer.reference("priorPrescription", origin);
    } else if (!doses.moved) {
      writer.begin_list("derivedFrom");
      writer.reference({}, origin);
      writer.end_array();
    }
  }
  if (doses.moved) {
    writer.begin_list("note");
    writer.begin_object();
    writer.member("text", report::move_text(bundle.base(), doses));
    writer.end_object();
    writer.end_array();
  }
  write_dosage(bundle, doses.moved ? "dosageInstruction" : "dosage", doses);
  bundle.end_resource();
}

}  // namespace

void append_bundle(std::string& out, const Plan& plan, const WriteOptions& options) {
  BundleWriter bundle{out, plan.assessment, options, to_json(plan) + content_of(plan.assessment, options)};
  std::vector<std::string> said{report::status_text(plan)};
  if (plan.offer) said.push_back(plan.offer->text);
  for (const Conflict& conflict : plan.conflicts)
    bundle.report({"warning", "business-rule", conflict.message, conflict.constraint, {}});
  for (const Unplanned& one : plan.unplanned) bundle.report({"information", "incomplete", one.message, name(one.subject), {}});
  bundle.write_assessment(said);
  std::size_t number = 0;
  for (const PlannedDoses& doses : plan.doses) write_doses(bundle, doses, number++);
  bundle.finish();
}

std::string to_bundle(const Plan& plan, const WriteOptions& options) {
  std::string out;
  append_bundle(out, plan, options);
  return out;
}

}  // namespace magnesia::fhir
