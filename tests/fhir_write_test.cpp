#include "magnesia/fhir_write.hpp"

#include <gtest/gtest.h>

#include <string>

#include "facts/vocabulary.hpp"
#include "fhir/links.hpp"
#include "fhir/needed_data.hpp"
#include "fhir/uuid.hpp"
#include "magnesia/checker.hpp"
#include "magnesia/knowledge.hpp"
#include "magnesia/request.hpp"

namespace magnesia {
namespace {

using namespace std::chrono_literals;

// From Python's uuid.uuid5, an implementation of others.
TEST(Uuid, IsVersion5) {
  EXPECT_EQ(fhir::uuid_of({}), "ac4345eb-cde2-54ce-bec5-9ba343196590");
  EXPECT_EQ(fhir::uuid_of({"bundle", "x"}), "3f967b1c-534b-5b74-b98c-eb51ab37bc22");
  EXPECT_EQ(fhir::uuid_of({"card", "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", ""}), "8ff21ff0-c919-59f7-ba40-d50cfffa8a14");
  EXPECT_EQ(fhir::uuid_of({std::string(200, 'a')}), "49820e77-48b3-5b1f-9cc0-e307391ac88e");
  EXPECT_NE(fhir::uuid_of({"ab", "c"}), fhir::uuid_of({"a", "bc"}));
}

TEST(Links, LeadToDoiPubMedAndPubMedCentral) {
  EXPECT_EQ(fhir::link_of("doi:10.1186/s12882-020-1713-3"), "https://doi.org/10.1186/s12882-020-1713-3");
  EXPECT_EQ(fhir::link_of("21 CFR 201.71; pmid:15040351"), "https://pubmed.ncbi.nlm.nih.gov/15040351");
  EXPECT_EQ(fhir::link_of("PMC7551164"), "https://pmc.ncbi.nlm.nih.gov/articles/PMC7551164");
  EXPECT_EQ(fhir::link_of("isbn:1-904026-11-7"), "");
  EXPECT_EQ(fhir::link_of("doi:10.1/a b"), "") << "what is no part of an address leads nowhere";
  EXPECT_EQ(fhir::link_of(""), "");
}

TEST(NeededData, HasAPlaceForEachQuestion) {
  for (const std::string_view question : facts::questions) EXPECT_NE(fhir::needed_data_of(question), nullptr) << question;
}

TEST(Outcome, TellsWhatWasFoundOnlyWhenAsked) {
  const std::vector<Error> errors{{ErrorKind::wrong_unit, "/patient/weight/unit", "\"stone\"", "kg or g"}};
  EXPECT_EQ(fhir::to_outcome(errors),
            R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value","details":{"text":"wrong-unit"},)"
            R"("diagnostics":"/patient/weight/unit: found \"stone\", expected kg or g"}]})");
  EXPECT_EQ(fhir::to_outcome(errors, fhir::Tell::without_found).find("stone"), std::string::npos);
  EXPECT_NE(fhir::to_outcome(errors, fhir::Tell::without_found).find("/patient/weight/unit: expected kg or g"),
            std::string::npos);
}

std::string bundle_of(std::string_view request, Policy policy = {}) {
  const Checker checker{Knowledge::embedded(), std::move(policy)};
  const Result<Request, Errors> read = read_request(request);
  if (!read) return describe(read.error().front());
  const Result<Assessment> assessment = checker.assess(read->patient, read->regimen);
  return assessment ? fhir::to_bundle(*assessment) : describe(assessment.error());
}

constexpr std::string_view all_known =
    R"({"magnesia": "request/1", "patient": {"age": {"value": 30, "unit": "a"}, "sex": "male", "dialysis": false, "conditions": [],
        "labs": {"egfr": {"value": 100, "unit": "mL/min/{1.73_m2}"}}}, "medications": [], "magnesium": []})";

TEST(FhirBundle, SaysNoConcernOnlyWithAClearance) {
  const std::string clear = bundle_of(all_known);
  EXPECT_NE(clear.find(R"("status":"success")"), std::string::npos) << clear;
  EXPECT_NE(clear.find("No concern was found."), std::string::npos);
  EXPECT_EQ(clear.find("DetectedIssue"), std::string::npos);

  std::string open{all_known};
  open.replace(open.find(R"("conditions": [])"), 16, R"("conditions": {"at_least": []})");
  const std::string undecided = bundle_of(open);
  EXPECT_NE(undecided.find(R"("status":"data-required")"), std::string::npos) << undecided;
  EXPECT_EQ(undecided.find("No concern was found."), std::string::npos);
}

TEST(FhirBundle, OfNoAssessmentIsAFailure) {
  const std::string bundle = fhir::to_bundle(Assessment{});
  EXPECT_NE(bundle.find(R"("status":"failure")"), std::string::npos) << bundle;
}

TEST(FhirBundle, RefersToTheRecordThatItIsAbout) {
  const Knowledge knowledge = Knowledge::embedded();
  const std::string json =
      R"({"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01", "gender": "female"}},
        {"resource": {"resourceType": "Observation", "id": "gfr", "status": "final", "subject": {"reference": "Patient/p"},
          "code": {"coding": [{"system": "http://loinc.org", "code": "98979-8"}]}, "effectiveDateTime": "2026-11-20",
          "valueQuantity": {"value": 24, "unit": "mL/min/{1.73_m2}", "system": "http://unitsofmeasure.org", "code": "mL/min/{1.73_m2}"}}},
        {"resource": {"resourceType": "Observation", "id": "old", "status": "final", "subject": {"reference": "Patient/p"},
          "code": {"coding": [{"system": "http://loinc.org", "code": "19123-9"}]}, "effectiveDateTime": "2016-11-20",
          "valueQuantity": {"value": 2, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL"}}},
        {"resource": {"resourceType": "MedicationStatement", "id": "mg", "status": "active", "subject": {"reference": "Patient/p"},
          "medicationCodeableConcept": {"text": "magnesium oxide 400 MG Oral Tablet"}}}]})";
  const Result<fhir::Record, Errors> record = fhir::read(json, knowledge, {.as_of = 2026y / 11 / 25});
  ASSERT_TRUE(record);
  const Checker checker{knowledge, {.as_of = 2026y / 11 / 25}};
  const Result<Assessment> assessment = checker.assess(record->request.patient, record->request.regimen);
  ASSERT_TRUE(assessment);
  fhir::WriteOptions options;
  options.record = &*record;
  const std::string bundle = fhir::to_bundle(*assessment, options);
  EXPECT_NE(bundle.find(R"("patient":{"reference":"Patient/p"})"), std::string::npos) << bundle;
  EXPECT_NE(bundle.find(R"("implicated":[{"reference":"MedicationStatement/mg")"), std::string::npos);
  EXPECT_NE(bundle.find(R"("detail":[{"reference":"Observation/gfr"})"), std::string::npos);
  EXPECT_NE(bundle.find("Bundle.entry[2].resource"), std::string::npos) << "the stale measurement is named by its path";
  EXPECT_EQ(bundle, fhir::to_bundle(*assessment, options));
  EXPECT_NE(bundle, fhir::to_bundle(*assessment)) << "ids follow from the content";
}

}  // namespace
}  // namespace magnesia
