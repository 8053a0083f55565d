#include "magnesia/fhir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "magnesia/checker.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using namespace std::chrono_literals;
using fhir::List;
using fhir::Note;
using fhir::Record;
using enum Note::Outcome;
using tests::embedded;

constexpr std::chrono::year_month_day today = 2026y / 11 / 25;

Record record_of(const std::string& json, fhir::ReadOptions options = {}) {
  if (!options.as_of.ok()) options.as_of = today;
  Result<Record, Errors> read = fhir::read(json, embedded(), options);
  if (!read) {
    for (const Error& error : read.error()) ADD_FAILURE() << describe(error);
    return {};
  }
  return *std::move(read);
}

Errors errors_of(const std::string& json, const fhir::ReadOptions& options = {}) {
  Result<Record, Errors> read = fhir::read(json, embedded(), options);
  return read ? Errors{} : std::move(read).error();
}

std::string bundle(const std::vector<std::string>& resources, const std::string& type = "collection") {
  std::string out = R"({"resourceType": "Bundle", "type": ")" + type + R"(", "entry": [)";
  for (const std::string& resource : resources) {
    if (out.back() != '[') out += ", ";
    out += R"({"resource": )" + resource + '}';
  }
  return out + "]}";
}

bool has_note(const Record& record, Note::Outcome outcome, const std::string& pointer) {
  return std::any_of(record.notes.begin(), record.notes.end(),
                     [&](const Note& note) { return note.outcome == outcome && note.origin.pointer == pointer; });
}

std::string notes_of(const Record& record) {
  std::string out;
  for (const Note& note : record.notes)
    out += std::string{name(note.outcome)} + ' ' + note.origin.reference + ' ' + note.origin.pointer + ": " + note.found +
           ", expected " + note.expected + '\n';
  return out;
}

Assessment assess(const Record& record, Policy policy = {}) {
  const Checker checker{embedded(), std::move(policy)};
  Result<Assessment> answer = checker.assess(record.request.patient, record.request.regimen);
  if (!answer) {
    ADD_FAILURE() << describe(answer.error());
    return {};
  }
  return *std::move(answer);
}

// ---- Patient ----

std::string patient(const std::string& more) { return R"({"resourceType": "Patient", "id": "p")" + more + '}'; }

Interval<Exact> years_of(const Record& record) {
  const auto within = record.request.patient.age.within();
  if (!within) return {Exact{-1}, Exact{-1}};
  return {within->low.in(units::a), within->high.in(units::a)};
}

TEST(FhirPatient, SomebodyIs18OnTheBirthdayAndNotTheDayBefore) {
  EXPECT_EQ(years_of(record_of(patient(R"(, "birthDate": "2008-11-25")"))), Interval<Exact>{18});
  EXPECT_LT(years_of(record_of(patient(R"(, "birthDate": "2008-11-26")"))).high, Exact{18});
  EXPECT_GE(years_of(record_of(patient(R"(, "birthDate": "2008-02-29")"))).low, Exact{18});
}

TEST(FhirPatient, BirthdayOfWhichOnlyTheYearIsToldGivesAnAgeWithinAYear) {
  const Interval<Exact> years = years_of(record_of(patient(R"(, "birthDate": "1958")")));
  EXPECT_GT(years.low, Exact{67});
  EXPECT_LT(years.low, Exact{68});
  EXPECT_GT(years.high, Exact{68});
  EXPECT_LT(years.high, Exact{69});
  EXPECT_FALSE(record_of(patient(R"(, "birthDate": "1958")")).request.patient.age.known());
}

TEST(FhirPatient, WithoutADayOfTheAssessmentTheAgeIsUnknownAndTheBirthdayIsNamed) {
  const Result<Record, Errors> read = fhir::read(patient(R"(, "birthDate": "1958-03-01")"), embedded());
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->request.patient.age.within());
  EXPECT_TRUE(has_note(*read, incomplete, "/birthDate")) << notes_of(*read);
}

TEST(FhirPatient, BirthdayThatIsNoneOrInTheFutureIsReportedAndTheVerdictIsNotDecided) {
  for (const std::string birthday : {"1958-13-01", "58-03-01", "2027-01-01", "1800-01-01"}) {
    const Record record = record_of(patient(R"(, "birthDate": ")" + birthday + '"'));
    EXPECT_FALSE(record.request.patient.age.within()) << birthday;
    EXPECT_TRUE(has_note(record, unread, "/birthDate")) << birthday;
    EXPECT_FALSE(assess(record).unrecognised().empty());
  }
}

TEST(FhirPatient, GenderCountsAsSexOnlyWhereItIsUsable) {
  EXPECT_EQ(record_of(patient(R"(, "gender": "male")")).request.patient.sex, Fact<Sex>{Sex::male});
  for (const std::string gender : {"other", "unknown"})
    EXPECT_FALSE(record_of(patient(R"(, "gender": ")" + gender + '"')).request.patient.sex.known()) << gender;
  const std::string birth_sex =
      R"(, "extension": [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "F"}])";
  EXPECT_FALSE(record_of(patient(R"(, "gender": "male")" + birth_sex)).request.patient.sex.known());
  EXPECT_TRUE(record_of(patient(R"(, "gender": "female")" + birth_sex)).request.patient.sex.known());
}

TEST(FhirPatient, OneWhoDiedIsReportedAndNeverCleared) {
  for (const std::string died : {R"("deceasedBoolean": true)", R"("deceasedDateTime": "2025-01-01")"}) {
    const Record record = record_of(patient(", " + died));
    EXPECT_TRUE(record.deceased);
    EXPECT_FALSE(assess(record).decided());
  }
  EXPECT_FALSE(record_of(patient(R"(, "deceasedBoolean": false)")).deceased);
}

// ---- Condition ----

std::string condition(const std::string& coding, const std::string& clinical = "active",
                      const std::string& verified = "confirmed") {
  return R"({"resourceType": "Condition", "id": "c", "clinicalStatus": {"coding": [{"code": ")" + clinical +
         R"("}]}, "verificationStatus": {"coding": [{"code": ")" + verified + R"("}]}, "code": {"coding": [)" + coding + "]}}";
}
const std::string heart_block = R"({"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I44.2"})";
const std::string hypertension = R"({"system": "http://snomed.info/sct", "code": "38341003", "display": "Hypertension"})";

std::vector<std::string> conditions_of(const Record& record) {
  std::vector<std::string> all;
  for (const Condition& one : record.request.patient.conditions.items()) all.push_back(one.term().text);
  return all;
}

TEST(FhirCondition, IsFoundByItsCodeAndByItsName) {
  EXPECT_EQ(conditions_of(record_of(condition(heart_block))), std::vector<std::string>{"I44.2"});
  const std::string tagged = R"x({"system": "http://snomed.info/sct", "code": "1", "display": "Osteoporosis (disorder)"})x";
  EXPECT_EQ(conditions_of(record_of(condition(tagged))), std::vector<std::string>{"Osteoporosis"});
}

TEST(FhirCondition, ListFromARecordMayLackSome) {
  EXPECT_EQ(record_of(condition(heart_block)).request.patient.conditions.completeness(), Completeness::at_least);
  EXPECT_EQ(record_of(patient("")).request.patient.conditions.completeness(), Completeness::unknown);
}

TEST(FhirCondition, RefutedOrEnteredInErrorIsSkipped) {
  for (const std::string verified : {"refuted", "entered-in-error"}) {
    const Record record = record_of(condition(heart_block, "active", verified));
    EXPECT_TRUE(conditions_of(record).empty());
    EXPECT_TRUE(has_note(record, skipped, "")) << notes_of(record);
  }
}

TEST(FhirCondition, HarmfulOneThatIsNotConfirmedIsAskedAbout) {
  const Record record = record_of(condition(heart_block, "active", "provisional"));
  EXPECT_TRUE(conditions_of(record).empty());
  EXPECT_TRUE(has_note(record, unread, "/code")) << notes_of(record);
  EXPECT_FALSE(assess(record, {.record_is_complete = true}).decided());
}

TEST(FhirCondition, ResolvedHeartBlockIsNotBelieved) {
  const Record record = record_of(condition(heart_block, "resolved"));
  EXPECT_TRUE(conditions_of(record).empty());
  EXPECT_TRUE(has_note(record, unread, "/code")) << notes_of(record);
}

TEST(FhirCondition, ResolvedOneThatPassesIsSkipped) {
  const Record record = record_of(condition(R"({"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E86.0"})", "resolved"));
  EXPECT_TRUE(has_note(record, skipped, "")) << notes_of(record);
  EXPECT_TRUE(record.request.patient.unread.empty());
}

TEST(FhirCondition, HarmfulOneInRemissionIsStillThere) {
  const std::string myasthenia = R"({"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G70.00"})";
  EXPECT_EQ(conditions_of(record_of(condition(myasthenia, "remission"))).size(), 1U);
  EXPECT_TRUE(conditions_of(record_of(condition(hypertension, "inactive"))).empty());
}

TEST(FhirCondition, PacemakerThatIsNoLongerThereProtectsNobody) {
  const std::string pacemaker = R"({"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z95.0"})";
  EXPECT_EQ(conditions_of(record_of(condition(pacemaker))).size(), 1U);
  for (const std::string status : {"inactive", "resolved", "remission"})
    EXPECT_TRUE(conditions_of(record_of(condition(pacemaker, status))).empty()) << status;
}

TEST(FhirCondition, OneThatNobodyKnowsIsReportedWithItsPlaceAndOpensTheList) {
  const Record record =
      record_of(bundle({patient(""), condition(R"({"system": "http://example.org", "code": "x", "display": "Moon fever"})")}));
  ASSERT_EQ(record.request.patient.unread.size(), 1U);
  EXPECT_EQ(record.request.patient.unread.front().path, "/entry/1/resource/code");
  const Assessment answer = assess(record, {.record_is_complete = true});
  ASSERT_EQ(answer.unrecognised().size(), 1U);
  EXPECT_EQ(answer.unrecognised().front().path, "/entry/1/resource/code");
  EXPECT_EQ(answer.unrecognised().front().kind, "condition");
  EXPECT_FALSE(answer.decided() && answer.at_most() == Severity::none);
}

TEST(FhirCondition, LocalCodeMeansWhatTheCallerSaysOfIt) {
  fhir::ReadOptions options;
  options.meaning_of = [](std::string_view system, std::string_view code) -> std::vector<Term> {
    if (system == "http://example.org" && code == "HB3") return {{"I44.2", "icd10cm"}};
    return {};
  };
  const Record record = record_of(condition(R"({"system": "http://example.org", "code": "HB3"})"), options);
  EXPECT_EQ(conditions_of(record), std::vector<std::string>{"I44.2"});
}

TEST(FhirCondition, PregnancyIsAFactOfItsOwnWhileItCanLast) {
  const auto pregnancy = [](const std::string& since) {
    return R"({"resourceType": "Condition", "code": {"coding": [{"system": "http://snomed.info/sct", "code": "72892002"}]}, "onsetDateTime": ")" +
           since + R"("})";
  };
  EXPECT_EQ(record_of(pregnancy("2026-08-01")).request.patient.pregnant, Fact<bool>{true});
  EXPECT_FALSE(record_of(pregnancy("2021-08-01")).request.patient.pregnant.known());
}

// ---- Device, procedure, allergy ----

TEST(FhirDevice, ActivePacemakerIsAConditionAndOneOfUnknownStatusIsNot) {
  const auto device = [](const std::string& status) {
    return R"({"resourceType": "Device", "id": "d")" + (status.empty() ? "" : R"(, "status": ")" + status + '"') +
           R"(, "type": {"coding": [{"system": "http://snomed.info/sct", "code": "14106009"}]}})";
  };
  EXPECT_EQ(conditions_of(record_of(device("active"))), std::vector<std::string>{"working cardiac pacemaker"});
  EXPECT_TRUE(conditions_of(record_of(device("inactive"))).empty());
  const Record unsaid = record_of(device(""));
  EXPECT_TRUE(conditions_of(unsaid).empty());
  EXPECT_TRUE(has_note(unsaid, incomplete, "/type")) << notes_of(unsaid);
}

TEST(FhirAllergy, AllergyToMagnesiumIsReportedAndNeverCleared) {
  const std::string allergy = R"({"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": "Magnesium citrate"}})";
  const Record record = record_of(allergy);
  EXPECT_TRUE(has_note(record, unread, "/code")) << notes_of(record);
  EXPECT_EQ(assess(record).unrecognised().front().kind, "allergy");
  const Record other = record_of(R"({"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": "Penicillin"}})");
  EXPECT_TRUE(has_note(other, skipped, "")) << notes_of(other);
  EXPECT_TRUE(assess(other).unrecognised().empty());
}

TEST(FhirAllergy, RefutedAllergyIsSkipped) {
  const Record record = record_of(
      R"({"resourceType": "AllergyIntolerance", "verificationStatus": {"coding": [{"code": "refuted"}]}, "code": {"text": "magnesium"}})");
  EXPECT_TRUE(record.request.patient.unread.empty());
}

// ---- Observation ----

struct Lab {
  std::string code = "98979-8";
  std::string value = "41";
  std::string unit = "mL/min/{1.73_m2}";
  std::string on = "2026-10-01";
  std::string status = "final";
  std::string display{};
  std::string comparator{};
  std::string id = "o";
};
std::string observation(const Lab& lab) {
  return R"({"resourceType": "Observation", "id": ")" + lab.id + R"(", "status": ")" + lab.status +
         R"(", "code": {"coding": [{"system": "http://loinc.org", "code": ")" + lab.code + '"' +
         (lab.display.empty() ? "" : R"(, "display": ")" + lab.display + '"') + R"(}]}, "effectiveDateTime": ")" + lab.on +
         R"(", "valueQuantity": {"value": )" + lab.value + R"(, "system": "http://unitsofmeasure.org", "code": ")" + lab.unit +
         '"' + (lab.comparator.empty() ? "" : R"(, "comparator": ")" + lab.comparator + '"') + "}}";
}

Interval<Exact> egfr_of(const Record& record) {
  const auto within = record.request.patient.labs.egfr.within();
  if (!within) return {Exact{-1}, Exact{-1}};
  return {within->low.base(), within->high.base()};
}
const Interval<Exact> no_value{Exact{-1}, Exact{-1}};

TEST(FhirObservation, EgfrIsReadAndSaysWhereItStood) {
  const Record record = record_of(bundle({patient(""), observation({})}));
  EXPECT_EQ(egfr_of(record), Interval<Exact>{41});
  ASSERT_EQ(record.measurements.size(), 1U);
  EXPECT_EQ(record.measurements.front().fact, "egfr");
  EXPECT_EQ(record.measurements.front().origin, (fhir::Origin{"Observation/o", "/entry/1/resource"}));
  EXPECT_EQ(record.measurements.front().on, 2026y / 10 / 1);
}

TEST(FhirObservation, CodeAndUnitMustAgree) {
  struct Clash {
    std::string code, unit;
  };
  for (const auto& [code, unit] : std::vector<Clash>{{"33914-3", "mL/min"},
                                                     {"2601-3", "mg/dL"},
                                                     {"19123-9", "mmol/L"},
                                                     {"2160-0", "umol/L"},
                                                     {"14682-9", "mg/dL"},
                                                     {"98979-8", "mg/dL"},
                                                     {"98979-8", "ML/MIN"},
                                                     {"98979-8", ""}}) {
    const Record record = record_of(observation({.code = code, .value = "2", .unit = unit}));
    EXPECT_EQ(egfr_of(record), no_value) << code;
    EXPECT_FALSE(record.request.patient.labs.serum_magnesium.within()) << code;
    EXPECT_FALSE(record.request.patient.labs.creatinine.known()) << code;
    EXPECT_TRUE(has_note(record, unread, "/valueQuantity")) << code << ' ' << unit << '\n' << notes_of(record);
    EXPECT_FALSE(assess(record).decided());
  }
}

TEST(FhirObservation, SerumMagnesiumInEachOfItsUnits) {
  const auto mmol = [](const Lab& lab) {
    const auto within = record_of(observation(lab)).request.patient.labs.serum_magnesium.within();
    return within ? within->low.base().decimal(3) : "none";
  };
  EXPECT_EQ(mmol({.code = "19123-9", .value = "2.4305", .unit = "mg/dL"}), "1");
  EXPECT_EQ(mmol({.code = "2601-3", .value = "0.85", .unit = "mmol/L"}), "0.85");
  EXPECT_EQ(mmol({.code = "2601-3", .value = "1.7", .unit = "meq/L"}), "0.85");
}

TEST(FhirObservation, NameThatContradictsTheCodeMakesTheValueUnknown) {
  const Record record = record_of(observation({.code = "19123-9", .value = "2.1", .unit = "mg/dL", .display = "CA 125"}));
  EXPECT_FALSE(record.request.patient.labs.serum_magnesium.within());
  EXPECT_TRUE(has_note(record, unread, "/code")) << notes_of(record);
  const Record german = record_of(observation({.code = "19123-9", .value = "2.1", .unit = "mg/dL", .display = "Magnesium i.S."}));
  EXPECT_TRUE(german.request.patient.labs.serum_magnesium.known());
  const Record greek =
      record_of(observation({.code = "19123-9", .value = "2.1", .unit = "mg/dL", .display = "\u039C\u03B1\u03B3\u03BD"}));
  EXPECT_TRUE(greek.request.patient.labs.serum_magnesium.known());
}

TEST(FhirObservation, ComparatorsBoundAValue) {
  EXPECT_EQ(egfr_of(record_of(observation({.value = "60", .comparator = ">"}))), (Interval<Exact>{60, Exact::infinity()}));
  EXPECT_EQ(egfr_of(record_of(observation({.value = "15", .comparator = "<"}))), (Interval<Exact>{0, 15}));
  EXPECT_EQ(assess(record_of(bundle({observation({.value = "15", .comparator = "<"}),
                                     R"({"resourceType": "MedicationStatement", "status": "active",
                                         "medicationCodeableConcept": {"text": "magnesium oxide"}})"})))
                .at_least(),
            Severity::contraindicated);
}

TEST(FhirObservation, NewestUsableOneCounts) {
  const Record record = record_of(bundle(
      {observation({.value = "55", .on = "2026-01-10", .id = "a"}), observation({.value = "28", .on = "2026-09-10", .id = "b"}),
       observation({.value = "70", .on = "2026-11-01", .status = "entered-in-error", .id = "c"}),
       observation({.value = "71", .on = "2026-11-26", .id = "d"})}));
  EXPECT_EQ(egfr_of(record), Interval<Exact>{28});
  EXPECT_TRUE(has_note(record, skipped, "/entry/0/resource"));
  EXPECT_TRUE(has_note(record, skipped, "/entry/2/resource"));
  EXPECT_TRUE(has_note(record, skipped, "/entry/3/resource"));
}

TEST(FhirObservation, TwoOfOneTimeThatDifferAreAnInterval) {
  const Record record = record_of(bundle(
      {observation({.code = "33914-3", .value = "29", .id = "a"}), observation({.code = "62238-1", .value = "33", .id = "b"})}));
  EXPECT_EQ(egfr_of(record), (Interval<Exact>{29, 33}));
}

TEST(FhirObservation, NewerOneThatCannotBeReadIsReportedBesideTheOlder) {
  const Record record = record_of(bundle({observation({.value = "55", .on = "2026-09-10", .id = "a"}),
                                          observation({.value = "28", .unit = "mL/min", .on = "2026-11-10", .id = "b"})}));
  EXPECT_EQ(egfr_of(record), Interval<Exact>{55});
  EXPECT_FALSE(assess(record).unrecognised().empty());
}

TEST(FhirObservation, OlderOneThatCannotBeReadMattersNoMore) {
  const Record record = record_of(bundle({observation({.value = "28", .unit = "mL/min", .on = "2026-09-10", .id = "a"}),
                                          observation({.value = "55", .on = "2026-11-10", .id = "b"})}));
  EXPECT_TRUE(record.request.patient.unread.empty());
  EXPECT_TRUE(has_note(record, skipped, "/entry/0/resource")) << notes_of(record);
}

TEST(FhirObservation, StaleOneIsUnknownAndNamedAndTheCallerMayKeepItLonger) {
  const std::string old = observation({.on = "2025-06-01"});
  const Record record = record_of(old);
  EXPECT_EQ(egfr_of(record), no_value);
  EXPECT_TRUE(has_note(record, stale, "")) << notes_of(record);
  EXPECT_EQ(egfr_of(record_of(old, {.usable_for = {{"egfr", std::chrono::days{1000}}}})), Interval<Exact>{41});
}

TEST(FhirObservation, EdgeOfItsTime) {
  const auto read_on = [](const std::string& day) {
    return egfr_of(record_of(observation({.on = day}), {.usable_for = {{"egfr", std::chrono::days{10}}}}));
  };
  EXPECT_EQ(read_on("2026-11-15"), Interval<Exact>{41});
  EXPECT_EQ(read_on("2026-11-14"), no_value);
  EXPECT_EQ(read_on("2026-11-25"), Interval<Exact>{41});
  EXPECT_EQ(read_on("2026-11-26"), no_value);
  EXPECT_EQ(read_on("2026-11"), no_value);  // it may be of the first
}

TEST(FhirObservation, EgfrOlderThanTheCreatinineIsNotUsed) {
  const Record record = record_of(bundle(
      {patient(R"(, "gender": "male", "birthDate": "1950-01-01")"), observation({.value = "80", .on = "2026-02-01", .id = "a"}),
       observation({.code = "2160-0", .value = "4.1", .unit = "mg/dL", .on = "2026-11-20", .id = "b"})}));
  EXPECT_EQ(egfr_of(record), no_value);
  EXPECT_TRUE(record.request.patient.labs.creatinine.known());
  const Assessment answer = assess(record);
  ASSERT_FALSE(answer.derived().empty());
  EXPECT_LT(answer.derived().front().value.high, Exact{20});
}

TEST(FhirObservation, RaceFactorIsNotUsed) {
  const Record record = record_of(bundle(
      {observation({.code = "48642-3", .value = "28", .id = "a"}), observation({.code = "48643-1", .value = "34", .id = "b"})}));
  EXPECT_EQ(egfr_of(record), Interval<Exact>{28});
}

TEST(FhirObservation, WithoutAValueItIsUnknownAndTheReasonIsNoFault) {
  const Record record = record_of(
      R"({"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]},
          "effectiveDateTime": "2026-11-01", "dataAbsentReason": {"coding": [{"code": "error"}]}})");
  EXPECT_FALSE(record.request.patient.labs.creatinine.known());
  EXPECT_TRUE(has_note(record, skipped, "")) << notes_of(record);
}

TEST(FhirObservation, TextInsteadOfAFigureIsReported) {
  const Record record = record_of(
      R"({"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "98979-8"}]},
          "effectiveDateTime": "2026-11-01", "valueString": ">60"})");
  EXPECT_TRUE(has_note(record, unread, "/valueString")) << notes_of(record);
}

TEST(FhirObservation, SystolicPressureIsFoundInAPanel) {
  const Record record = record_of(
      R"({"resourceType": "Observation", "id": "bp", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
          "effectiveDateTime": "2026-11-20T08:00:00Z", "component": [
            {"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]}, "valueQuantity": {"value": 84, "unit": "mmHg"}},
            {"code": {"coding": [{"system": "http://loinc.org", "code": "8462-4"}]}, "valueQuantity": {"value": 50, "unit": "mmHg"}}]})");
  const auto pressure = record.request.patient.signs.systolic_blood_pressure.within();
  ASSERT_TRUE(pressure) << notes_of(record);
  EXPECT_EQ(pressure->low.base(), Exact{84});
  EXPECT_EQ(record.measurements.front().origin.pointer, "/component/0");
}

TEST(FhirObservation, NumberThatNobodyCanHaveIsReportedAndTheOthersStillCount) {
  const Record record = record_of(bundle(
      {observation({.value = "9999", .id = "a"}), observation({.code = "19123-9", .value = "2", .unit = "mg/dL", .id = "b"})}));
  EXPECT_TRUE(has_note(record, unread, "/entry/0/resource/valueQuantity")) << notes_of(record);
  EXPECT_TRUE(record.request.patient.labs.serum_magnesium.known());
  (void)assess(record);
}

// ---- Medications ----

const std::string rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
std::string request(const std::string& text, const std::string& dosage = "",
                    const std::string& more = R"("status": "active", "intent": "order")") {
  return R"({"resourceType": "MedicationRequest", "id": "m", )" + more + R"(, "medicationCodeableConcept": {"text": ")" + text +
         R"("})" + (dosage.empty() ? "" : R"(, "dosageInstruction": [{)" + dosage + "}]") + '}';
}
std::vector<std::string> drugs_of(const Record& record) {
  std::vector<std::string> all;
  for (const Taken& one : record.request.patient.medications.items()) all.push_back(one.term().text);
  return all;
}
const std::vector<Product>& products_of(const Record& record) { return record.request.regimen.products().items(); }
using Names = std::vector<std::string>;

TEST(FhirMedication, IngredientIsFoundInANameOfRxNorm) {
  EXPECT_EQ(drugs_of(record_of(request("Simvastatin 20 MG Oral Tablet"))), Names{"Simvastatin"});
  EXPECT_EQ(drugs_of(record_of(request("24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet [Glucophage]"))),
            Names{"metformin"});
  EXPECT_EQ(drugs_of(record_of(request("levothyroxine sodium 0.05 MG Oral Tablet"))).size(), 1U);
  EXPECT_EQ(drugs_of(record_of(request("Alendronic acid 10 MG Oral Tablet"))).size(), 1U);
  EXPECT_EQ(drugs_of(record_of(request("Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet"))),
            (Names{"Acetaminophen", "Oxycodone"}));
}

TEST(FhirMedication, IngredientThatIsNotKnownIsReportedBesideTheKnownOne) {
  const Record record = record_of(request("Acetaminophen 325 MG / Moonstone 5 MG Oral Tablet"));
  EXPECT_EQ(drugs_of(record), Names{"Acetaminophen"});
  EXPECT_TRUE(has_note(record, unread, "/medicationCodeableConcept")) << notes_of(record);
}

TEST(FhirMedication, OneThatNobodyKnowsIsReportedAndOpensTheList) {
  const Record record = record_of(request("Moonstone 5 MG Oral Tablet"));
  ASSERT_EQ(record.request.patient.unread.size(), 1U);
  EXPECT_EQ(record.request.patient.unread.front().about, Unread::About::medication);
  const Assessment answer = assess(record, {.record_is_complete = true});
  EXPECT_FALSE(answer.decided());
  EXPECT_GT(answer.at_most(), Severity::none);
}

TEST(FhirMedication, CodesAreTriedInOrderThenTheCallersMap) {
  const std::string coded =
      R"({"resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": {"coding": [
      {"system": "http://hl7.org/fhir/sid/ndc", "code": "0000-0000-00"}, {"system": ")" +
      rxnorm + R"(", "code": "10582"}]}})";
  EXPECT_EQ(drugs_of(record_of(coded)), Names{"10582"});
  const std::string clinical =
      R"({"resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationCodeableConcept": {"coding": [
      {"system": ")" +
      rxnorm + R"(", "code": "999999999"}]}})";
  EXPECT_TRUE(drugs_of(record_of(clinical)).empty());
  fhir::ReadOptions options;
  options.meaning_of = [](std::string_view, std::string_view code) {
    return code == "999999999" ? std::vector<Term>{{"levothyroxine", {}}, {"6135", "rxnorm"}} : std::vector<Term>{};
  };
  EXPECT_EQ(drugs_of(record_of(clinical, options)).front(), "levothyroxine");
}

TEST(FhirMedication, StatusSaysWhetherItIsTaken) {
  const auto with = [](const std::string& status, const std::string& intent = "order") {
    return record_of(request("simvastatin", "", R"("status": ")" + status + R"(", "intent": ")" + intent + '"'));
  };
  EXPECT_EQ(drugs_of(with("active")).size(), 1U);
  EXPECT_EQ(drugs_of(with("active", "plan")).size(), 1U);
  EXPECT_EQ(drugs_of(with("on-hold")).size(), 1U);
  for (const std::string over : {"stopped", "completed", "cancelled", "entered-in-error", "draft"}) {
    EXPECT_TRUE(drugs_of(with(over)).empty()) << over;
    EXPECT_TRUE(has_note(with(over), skipped, "")) << over;
  }
  EXPECT_TRUE(has_note(with("unknown"), unread, "")) << notes_of(with("unknown"));
  EXPECT_TRUE(drugs_of(with("active", "proposal")).empty());
  EXPECT_TRUE(
      drugs_of(record_of(request("simvastatin", "", R"("status": "active", "intent": "order", "doNotPerform": true)"))).empty());
}

TEST(FhirMedication, StatementIsToldByItsOrderOnlyWhereTheOrderIsTaken) {
  const auto order = [](const std::string& status) {
    return request("Magnesium oxide 400 MG Oral Tablet", "", R"("status": ")" + status + R"(", "intent": "order")");
  };
  const std::string statement = R"({"resourceType": "MedicationStatement", "id": "s", "status": "active",
      "basedOn": [{"reference": "MedicationRequest/m"}], "medicationCodeableConcept": {"text": "Magnesium oxide 400 MG Oral Tablet"}})";
  EXPECT_EQ(products_of(record_of(bundle({statement, order("active")}))).size(), 1U);
  EXPECT_EQ(products_of(record_of(bundle({statement, order("completed")}))).size(), 1U);
  EXPECT_EQ(products_of(record_of(bundle({statement}))).size(), 1U);
}

TEST(FhirMedication, RouteIsWhatTheCallerSaysOfItsCode) {
  fhir::ReadOptions options;
  options.meaning_of = [](std::string_view, std::string_view code) {
    return code == "47625008" ? std::vector<Term>{{"injection", {}}} : std::vector<Term>{};
  };
  const std::string coded =
      request("magnesium sulfate", R"("route": {"coding": [{"system": "http://snomed.info/sct", "code": "47625008"}]})");
  EXPECT_EQ(drugs_of(record_of(coded, options)), Names{"magnesium sulfate injection"});
  const Record unknown = record_of(coded);
  EXPECT_EQ(products_of(unknown).size(), 1U);
  EXPECT_TRUE(has_note(unknown, incomplete, "/dosageInstruction/0/route")) << notes_of(unknown);
}

TEST(FhirMedication, ContainedAndReferencedMedicationsAreFollowed) {
  const std::string contained = R"({"resourceType": "MedicationRequest", "status": "active", "intent": "order",
      "contained": [{"resourceType": "Medication", "id": "a", "code": {"text": "Doxycycline"}}], "medicationReference": {"reference": "#a"}})";
  EXPECT_EQ(drugs_of(record_of(contained)), Names{"Doxycycline"});
  const std::string referring =
      R"({"resourceType": "MedicationRequest", "status": "active", "intent": "order", "medicationReference": {"reference": "Medication/x"}})";
  const std::string medication = R"({"resourceType": "Medication", "id": "x", "code": {"text": "Doxycycline"}})";
  EXPECT_EQ(drugs_of(record_of(bundle({referring, medication}))), Names{"Doxycycline"});
  const Record lost = record_of(referring);
  EXPECT_TRUE(has_note(lost, unread, "/medicationReference")) << notes_of(lost);
}

TEST(FhirMagnesium, TabletOfRxNormWithADoseIsAProductWithItsAmount) {
  const Record record = record_of(request("Magnesium oxide 400 MG Oral Tablet",
                                          R"("timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
                                             "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}])"));
  ASSERT_EQ(products_of(record).size(), 1U) << notes_of(record);
  EXPECT_TRUE(drugs_of(record).empty());
  EXPECT_EQ(record.magnesium.front().reference, "MedicationRequest/m");
  // 800 mg, of the oxide or of magnesium.
  const Interval<Exact> per_day = assess(record).intake().per_day;
  EXPECT_GT(per_day.low, Exact{480});
  EXPECT_LT(per_day.low, Exact{484});
  EXPECT_LE(per_day.high, Exact{800});
}

TEST(FhirMagnesium, WithoutADoseTheAmountIsUnknownAndSaid) {
  const Record record = record_of(request("Magnesium oxide 400 MG Oral Tablet"));
  ASSERT_EQ(products_of(record).size(), 1U);
  EXPECT_TRUE(has_note(record, incomplete, "")) << notes_of(record);
  EXPECT_FALSE(assess(record).intake().per_day.high.finite());
}

TEST(FhirMagnesium, DoseInMilligramsOrMillimoles) {
  const auto intake = [](const std::string& drug, const std::string& quantity) {
    return assess(
               record_of(request(drug, R"("timing": {"code": {"coding": [{"code": "QD"}]}}, "doseAndRate": [{"doseQuantity": )" +
                                           quantity + "}]")))
        .intake()
        .per_day;
  };
  const Interval<Exact> mass = intake("magnesium oxide", R"({"value": 400, "code": "mg"})");
  EXPECT_LT(mass.low, Exact{242});
  EXPECT_LE(mass.high, Exact{400});
  EXPECT_EQ(intake("magnesium citrate", R"({"value": 10, "code": "mmol"})").high.decimal(2), "243.05");
}

TEST(FhirMagnesium, RangeOfDosesIsAnAmountBetweenItsEnds) {
  const auto record = [](const std::string& drug, const std::string& range) {
    return record_of(
        request(drug, R"("timing": {"code": {"coding": [{"code": "QD"}]}}, "doseAndRate": [{"doseRange": )" + range + "}]"));
  };
  const auto intake = [&](const std::string& drug, const std::string& range) {
    return assess(record(drug, range)).intake().per_day;
  };
  const std::string tablet = "Magnesium oxide 400 MG Oral Tablet";

  const Interval<Exact> tablets =
      intake(tablet, R"({"low": {"value": 1, "unit": "tablet"}, "high": {"value": 2, "unit": "tablet"}})");
  EXPECT_GT(tablets.low, Exact{240});
  EXPECT_LT(tablets.low, Exact{242});
  EXPECT_EQ(tablets.high, Exact{800});
  EXPECT_EQ(intake("magnesium citrate", R"({"low": {"value": 5, "code": "mmol"}, "high": {"value": 10, "code": "mmol"}})")
                .high.decimal(2),
            "243.05");

  EXPECT_EQ(intake(tablet, R"({"low": {"value": 2, "unit": "tablet"}, "high": {"value": 1, "unit": "tablet"}})"), tablets);

  const Interval<Exact> up_to_two = intake(tablet, R"({"high": {"value": 2, "unit": "tablet"}})");
  EXPECT_EQ(up_to_two.low, Exact{});
  EXPECT_EQ(up_to_two.high, Exact{800});

  for (const std::string range : {R"({"low": {"value": 1, "unit": "tablet"}})",
                                  R"({"low": {"value": 100, "code": "mg"}, "high": {"value": 2, "unit": "tablet"}})"}) {
    EXPECT_FALSE(intake(tablet, range).high.finite()) << range;
    EXPECT_TRUE(has_note(record(tablet, range), incomplete, "/dosageInstruction/0/doseAndRate/0/doseRange"))
        << notes_of(record(tablet, range));
  }
}

TEST(FhirMagnesium, StrengthOfAnIngredientTimesTheTablets) {
  const std::string with_strength = R"({"resourceType": "MedicationRequest", "status": "active", "intent": "order",
    "contained": [{"resourceType": "Medication", "id": "a", "ingredient": [{"itemCodeableConcept": {"coding": [
        {"system": "http://fdasis.nlm.nih.gov", "code": "3A3U0GI71G"}]},
        "strength": {"numerator": {"value": 400, "code": "mg"}, "denominator": {"value": 1, "unit": "tablet"}}}]}],
    "medicationReference": {"reference": "#a"},
    "dosageInstruction": [{"timing": {"code": {"text": "BID"}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}]})";
  const Record record = record_of(with_strength);
  ASSERT_EQ(products_of(record).size(), 1U) << notes_of(record);
  const Interval<Exact> per_day = assess(record).intake().per_day;
  EXPECT_GT(per_day.low, Exact{480});
  EXPECT_LE(per_day.high, Exact{800});
}

TEST(FhirMagnesium, InjectedItStaysOutOfTheSumAndIsNotIgnored) {
  for (
      const std::string& injected :
      {request("Magnesium sulfate 500 MG/ML Injectable Solution"),
       request(
           "magnesium sulfate",
           R"("route": {"coding": [{"system": "http://snomed.info/sct", "code": "47625008", "display": "Intravenous route"}]})")}) {
    const Record record = record_of(injected);
    EXPECT_TRUE(products_of(record).empty());
    EXPECT_EQ(drugs_of(record), Names{"magnesium sulfate injection"}) << notes_of(record);
    const Assessment answer = assess(record, {.record_is_complete = true});
    EXPECT_EQ(answer.intake().per_day, Interval<Exact>{Exact{}});
  }
  const Record renal =
      record_of(bundle({request("Magnesium sulfate 500 MG/ML Injectable Solution"), observation({.value = "12"})}));
  EXPECT_EQ(assess(renal).at_least(), Severity::contraindicated);
}

TEST(FhirMagnesium, OnTheSkinItIsNotTakenIn) {
  const Record record = record_of(request("Epsom salt", R"("route": {"text": "Bath"})"));
  EXPECT_TRUE(products_of(record).empty());
  EXPECT_TRUE(drugs_of(record).empty());
  EXPECT_TRUE(has_note(record, skipped, "")) << notes_of(record);
}

TEST(FhirMagnesium, SupplementOfANutritionOrder) {
  const Record record =
      record_of(R"({"resourceType": "NutritionOrder", "id": "n", "status": "active", "intent": "order", "supplement": [
      {"productName": "Magnesium oxide 400 MG Oral Tablet", "schedule": [{"repeat": {"timeOfDay": ["21:00:00"]}}], "quantity": {"value": 1, "unit": "tablet"}}]})");
  ASSERT_EQ(products_of(record).size(), 1U) << notes_of(record);
  EXPECT_EQ(products_of(record).front().schedule.times, std::vector<TimeOfDay>{{21 * 60}});
}

// ---- Lists and Bundles ----

TEST(FhirBundle, EmptyAnswerIsKnownToBeEmptyOnlyWhereTheCallerSaysSo) {
  const std::string empty =
      R"({"resourceType": "Bundle", "type": "searchset", "total": 0, "link": [{"relation": "self", "url": "https://example.org/r4/Condition?patient=p"}]})";
  EXPECT_EQ(record_of(empty).request.patient.conditions.completeness(), Completeness::at_least);
  const Record known = record_of(empty, {.known_empty = List::conditions});
  EXPECT_EQ(known.request.patient.conditions.completeness(), Completeness::exactly);
  EXPECT_TRUE(known.lists.has(List::conditions));
  EXPECT_EQ(record_of(patient(""), {.known_empty = List::conditions}).request.patient.conditions.completeness(),
            Completeness::unknown);
}

TEST(FhirBundle, OfMedicationsThereAreNoneOnlyWhereEveryListOfThemIsEmpty) {
  const auto answer = [](const std::string& type) {
    return R"({"resourceType": "Bundle", "type": "searchset", "link": [{"relation": "self", "url": "/)" + type +
           R"(?patient=p"}]})";
  };
  const fhir::Lists both = List::medication_requests | List::medication_statements;
  const Record half = record_of(bundle({answer("MedicationRequest")}, "batch-response"), {.known_empty = both});
  EXPECT_EQ(half.request.patient.medications.completeness(), Completeness::at_least);
  const Record whole =
      record_of(bundle({answer("MedicationRequest"), answer("MedicationStatement")}, "batch-response"), {.known_empty = both});
  EXPECT_EQ(whole.request.patient.medications.completeness(), Completeness::exactly);
  EXPECT_EQ(whole.request.regimen.products().completeness(), Completeness::exactly);
}

TEST(FhirBundle, OnePageOfSeveralIsNotTheWholeAnswer) {
  const std::string page =
      R"({"resourceType": "Bundle", "type": "searchset", "link": [{"relation": "next", "url": "x"}], "entry": [{"resource": )" +
      condition(hypertension) + "}]}";
  const Record record = record_of(page);
  EXPECT_FALSE(assess(record, {.record_is_complete = true}).decided());
  const std::string counted =
      R"({"resourceType": "Bundle", "type": "searchset", "total": 7, "entry": [{"resource": )" + condition(hypertension) + "}]}";
  EXPECT_FALSE(assess(record_of(counted), {.record_is_complete = true}).decided());
}

TEST(FhirBundle, OutcomesAreNoClinicalData) {
  const std::string outcome = R"({"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "processing"}]})";
  const Record record = record_of(bundle({outcome}, "searchset"));
  EXPECT_TRUE(has_note(record, skipped, "/entry/0/resource"));
  const std::string failed = R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]})";
  const Record broken = record_of(bundle({failed}, "searchset"));
  EXPECT_TRUE(has_note(broken, unread, "/entry/0/resource")) << notes_of(broken);
}

TEST(FhirBundle, SeveralPatientsAreAnErrorUnlessOneIsNamed) {
  const std::string two = bundle({R"({"resourceType": "Patient", "id": "a", "gender": "male"})",
                                  R"({"resourceType": "Patient", "id": "b", "gender": "female"})"});
  const Errors errors = errors_of(two);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().kind, ErrorKind::conflict);
  EXPECT_EQ(errors.front().place, "/entry/1/resource");
  for (const std::string named : {"b", "Patient/b"})
    EXPECT_EQ(record_of(two, {.patient = named}).request.patient.sex, Fact<Sex>{Sex::female});
  EXPECT_EQ(errors_of(two, {.patient = "c"}).front().kind, ErrorKind::unknown_name);
}

TEST(FhirBundle, WhatIsOfSomebodyElseIsNotMixedIn) {
  const auto of = [](const std::string& whom) {
    return R"({"resourceType": "Condition", "code": {"coding": [)" + heart_block + R"(]}, "subject": {"reference": "Patient/)" +
           whom + R"("}})";
  };
  const Record mixed = record_of(bundle({patient(""), of("p"), of("q")}));
  EXPECT_EQ(conditions_of(mixed).size(), 1U);
  EXPECT_TRUE(has_note(mixed, unread, "/entry/2/resource")) << notes_of(mixed);
  EXPECT_EQ(errors_of(bundle({of("p"), of("q")})).front().kind, ErrorKind::conflict);
  EXPECT_EQ(conditions_of(record_of(bundle({of("p"), of("q")}), {.patient = "p"})).size(), 1U);
}

TEST(FhirBundle, NoResourceIsAnError) {
  EXPECT_EQ(errors_of("{}").front().kind, ErrorKind::missing_key);
  EXPECT_EQ(errors_of("[]").front().kind, ErrorKind::missing_key);
  EXPECT_EQ(errors_of("{").front().kind, ErrorKind::syntax);
}

TEST(FhirBundle, ExtensionThatChangesTheMeaningIsNotOverlooked) {
  const std::string changed =
      R"({"resourceType": "Condition", "modifierExtension": [{"url": "x", "valueBoolean": true}], "code": {"coding": [)" +
      hypertension + "]}}";
  const Record record = record_of(changed);
  EXPECT_TRUE(conditions_of(record).empty());
  EXPECT_TRUE(has_note(record, unread, "/modifierExtension"));
}

}  // namespace
}  // namespace magnesia
