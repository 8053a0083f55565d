// Laws of reading records: nothing of a Bundle is lost, and to add an entry never makes an answer milder in silence.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "magnesia/checker.hpp"
#include "magnesia/fhir.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using namespace std::chrono_literals;
using fhir::Note;
using fhir::Record;
using Texts = std::vector<std::string>;
using tests::checker;

std::string one_of(const Texts& texts) { return *rc::gen::elementOf(texts); }
bool chance(int percent) { return *rc::gen::inRange(0, 100) < percent; }
std::string string_member(const std::string& key, const std::string& value) { return ", \"" + key + "\": \"" + value + '"'; }

std::string coding(const std::string& system, const std::string& code, const std::string& display = {}) {
  return R"({"coding": [{"system": ")" + system + R"(", "code": ")" + code + '"' +
         (display.empty() ? "" : string_member("display", display)) + "}]}";
}

std::string any_condition() {
  const std::string icd = "http://hl7.org/fhir/sid/icd-10-cm";
  const std::string code =
      one_of({coding(icd, "I44.2"), coding(icd, "N18.4"), coding(icd, "G70.00"), coding(icd, "E86.0"), coding(icd, "I10"),
              coding("http://snomed.info/sct", "38341003"), coding("http://example.org", "x", "Moon fever"),
              R"({"text": "osteoporosis"})", "7", R"({"coding": "no list"})"});
  const auto status = [](const Texts& codes) { return R"({"coding": [{"code": ")" + one_of(codes) + R"("}]})"; };
  std::string out = R"("resourceType": "Condition", "code": )" + code;
  if (chance(80))
    out += R"(, "clinicalStatus": )" + status({"active", "recurrence", "remission", "inactive", "resolved", "nonsense"});
  if (chance(80))
    out += R"(, "verificationStatus": )" + status({"confirmed", "confirmed", "provisional", "refuted", "entered-in-error"});
  if (chance(10)) out += R"(, "abatementDateTime": "2020-01-01")";
  return out;
}

std::string any_observation() {
  const std::string code = one_of(
      {"98979-8", "33914-3", "48643-1", "2160-0", "14682-9", "19123-9", "2601-3", "8867-4", "8625-6", "29463-7", "4548-4"});
  const std::string unit = one_of({"mL/min/{1.73_m2}", "mL/min", "mg/dL", "umol/L", "mmol/L", "/min", "ms", "kg", "", "bananas"});
  const std::string value = one_of({"5", "0.9", "28", "41", "88", "220", "-1", "1e30", "null", "\"12\""});
  std::string out = R"("resourceType": "Observation", "code": )" + coding("http://loinc.org", code) +
                    string_member("status", one_of({"final", "final", "final", "amended", "preliminary", "registered",
                                                    "cancelled", "entered-in-error", "unknown"}));
  if (chance(90))
    out +=
        string_member("effectiveDateTime",
                      one_of({"2026-11-01", "2026-10-03T08:00:00Z", "2026-11", "2026", "2019-01-01", "2027-01-01", "yesterday"}));
  if (chance(90))
    out += R"(, "valueQuantity": {"value": )" + value + string_member("code", unit) +
           (chance(10) ? R"(, "comparator": ">")" : "") + '}';
  return out;
}

std::string any_dosage() {
  const std::string timing =
      one_of({R"({"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}})", R"({"repeat": {"timeOfDay": ["08:00:00"]}})",
              R"({"repeat": {"when": ["CM", "CV"]}})",
              R"({"repeat": {"when": ["MORN"], "frequency": 3, "period": 1, "periodUnit": "d"}})",
              R"({"repeat": {"frequency": 2, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "moonday"]}})",
              R"({"code": {"text": "BID"}})", R"({"repeat": {"frequency": 500, "period": 1, "periodUnit": "d"}})",
              R"({"repeat": []})", "3"});
  const std::string dose =
      one_of({R"({"value": 2, "unit": "tablet"})", R"({"value": 400, "code": "mg"})", R"({"value": 10, "code": "mmol"})",
              R"({"value": 900, "code": "g"})", R"({"value": 15, "code": "mL"})", R"({"value": 0})", "{}"});
  std::string out = R"({"timing": )" + timing + R"(, "doseAndRate": [{"doseQuantity": )" + dose + "}]";
  if (chance(20)) out += R"(, "route": {"text": ")" + one_of({"Oral", "Intravenous", "Topical", "by owl"}) + R"("})";
  if (chance(20)) out += R"(, "asNeededBoolean": true)";
  return out + '}';
}

std::string any_medication() {
  const std::string drug =
      one_of({R"({"text": "Magnesium oxide 400 MG Oral Tablet"})", R"({"text": "magnesium citrate"})",
              R"({"text": "Magnesium sulfate 500 MG/ML Injection"})", R"({"text": "levothyroxine sodium 0.05 MG Oral Tablet"})",
              R"({"text": "Moonstone 5 MG"})", R"({"text": "Magnesium of the moon"})",
              R"({"text": "Milk of Magnesia 400 mg/5 mL"})", coding("http://www.nlm.nih.gov/research/umls/rxnorm", "10582"),
              R"({"text": "Acetaminophen 325 MG / Moonstone 5 MG Oral Tablet"})", "{}"});
  const std::string medication =
      chance(90) ? R"("medicationCodeableConcept": )" + drug : std::string{R"("medicationReference": {"reference": "#nowhere"})"};
  std::string out = one_of({"Request", "Statement", "Administration"});
  const bool request = out == "Request";
  out =
      R"("resourceType": "Medication)" + out + R"(", )" + medication +
      string_member("status",
                    one_of({"active", "active", "active", "in-progress", "on-hold", "completed", "stopped", "draft", "unknown"}));
  if (request) out += string_member("intent", one_of({"order", "plan", "proposal"}));
  if (chance(80))
    out += (request ? R"(, "dosageInstruction": [)" : R"(, "dosage": [)") + any_dosage() +
           (chance(20) ? ", " + any_dosage() : "") + ']';
  if (chance(5)) out += R"(, "doNotPerform": true)";
  return out;
}

std::string any_other() {
  return one_of(
      {R"("resourceType": "AllergyIntolerance", "code": {"text": "Magnesium"})",
       R"("resourceType": "AllergyIntolerance", "code": {"text": "Penicillin"})",
       R"("resourceType": "Device", "status": "inactive", "type": {"coding": [{"system": "http://snomed.info/sct", "code": "14106009"}]})",
       R"("resourceType": "Procedure", "status": "completed", "code": {"text": "hemodialysis"})",
       R"("resourceType": "Encounter")", R"("resourceType": "MedicationDispense")",
       R"("resourceType": "OperationOutcome", "issue": [])", R"("resourceType": "Bundle", "type": "searchset", "entry": [])",
       R"("resourceType": "Nonsense")", R"("id2": 1)",
       R"("resourceType": "NutritionOrder", "status": "active", "supplement": [{"productName": "Magnesium citrate 200 mg"}])",
       R"("resourceType": "Condition", "modifierExtension": [{"url": "x"}])"});
}

struct Entry {
  std::string json;
  bool measured = false;
};

Entry any_entry(int number) {
  const int sort = *rc::gen::inRange(0, 10);
  const std::string resource = sort < 3   ? any_condition()
                               : sort < 5 ? any_observation()
                               : sort < 8 ? any_medication()
                                          : any_other();
  if (sort == 9 && chance(10)) return {"null"};
  return {R"({"resource": {"id": "e)" + std::to_string(number) + R"(", )" + resource + "}}", sort >= 3 && sort < 5};
}

std::string bundle_of(const std::vector<Entry>& entries) {
  std::string out = R"({"resourceType": "Bundle", "type": "collection", "entry": [)";
  for (const Entry& entry : entries) {
    if (out.back() != '[') out += ", ";
    out += entry.json;
  }
  return out + "]}";
}

Record record_of(const std::vector<Entry>& entries) {
  fhir::ReadOptions options;
  options.as_of = 2026y / 11 / 25;
  const std::string text = bundle_of(entries);
  Result<Record, Errors> record = fhir::read(text, checker().knowledge(), options);
  if (!record) RC_FAIL(describe(record.error().front()) + '\n' + text);
  return *std::move(record);
}

Assessment assess(const Record& record) {
  Result<Assessment> answer = checker().assess(record.request.patient, record.request.regimen);
  if (!answer) RC_FAIL(describe(answer.error()));
  return *std::move(answer);
}

std::vector<Entry> some_entries() {
  std::vector<Entry> entries{
      {R"({"resource": {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1960"}})"}};
  for (int left = *rc::gen::inRange(0, 8); left > 0; --left) entries.push_back(any_entry(static_cast<int>(entries.size())));
  return entries;
}

RC_GTEST_PROP(FhirLaws, EveryEntryIsUsedOrReportedOrSkippedForAReason, ()) {
  const std::vector<Entry> entries = some_entries();
  const Record record = record_of(entries);
  std::set<std::string> told;
  const auto tell = [&](const std::string& pointer) {
    const std::string of_entry = "/entry/";
    if (pointer.starts_with(of_entry))
      told.insert(pointer.substr(of_entry.size(), pointer.find('/', of_entry.size()) - of_entry.size()));
  };
  for (const auto* origins : {&record.conditions, &record.medications, &record.magnesium})
    for (const fhir::Origin& origin : *origins) tell(origin.pointer);
  for (const fhir::Measurement& one : record.measurements) tell(one.origin.pointer);
  for (const Note& note : record.notes) {
    RC_ASSERT(!note.expected.empty());
    tell(note.origin.pointer);
  }
  tell(record.patient.pointer);
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (!told.contains(std::to_string(i)) && entries[i].json.find(R"("Bundle")") == std::string::npos)
      RC_FAIL("lost: " + entries[i].json);
}

RC_GTEST_PROP(FhirLaws, WhatIsNotUnderstoodIsNeverCleared, ()) {
  const Record record = record_of(some_entries());
  const bool unread = std::any_of(record.notes.begin(), record.notes.end(),
                                  [](const Note& note) { return note.outcome == Note::Outcome::unread; });
  const Assessment answer = assess(record);
  if (unread) RC_ASSERT(!answer.decided() && !answer.clearance());
}

RC_GTEST_PROP(FhirLaws, OneMoreEntryNeverMakesAnAnswerMilderInSilence, ()) {
  std::vector<Entry> entries = some_entries();
  const Record before = record_of(entries);
  entries.push_back(any_entry(100));
  const Record after = record_of(entries);
  const Severity was = assess(before).at_least();
  const Severity is = assess(after).at_least();
  if (is >= was) return;
  // Only a newer measurement may take the place of an older one, and then it says so.
  RC_ASSERT(entries.back().measured);
  RC_ASSERT(after.notes.size() > before.notes.size() || after.measurements != before.measurements);
}

}  // namespace
}  // namespace magnesia
