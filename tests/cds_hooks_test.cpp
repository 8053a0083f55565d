// CDS Hooks: what the specification demands of a service (2.0.1; the words are its own), and what this service promises.
#include "magnesia/cds_hooks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cds/markdown.hpp"
#include "cds/rewrite.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using namespace std::chrono_literals;
using json::Node;
using json::Type;
using tests::embedded;

constexpr std::chrono::year_month_day today = 2026y / 11 / 25;
constexpr std::string_view instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";

const cds::Service& service() {
  static const cds::Service made{embedded()};
  return made;
}

// ---- Requests ----

std::string as_json(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

struct Order {
  std::string id = "mg";
  std::string drug = "magnesium oxide 400 MG Oral Tablet";
  std::string dosage =
      R"({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]})";
  std::string status = "draft";
  std::string type = "MedicationRequest";
  std::string patient = "Patient/p";

  [[nodiscard]] std::string json() const {
    const bool request = type == "MedicationRequest";
    return R"({"resourceType": ")" + type + R"(", "id": ")" + id + R"(", "status": ")" + status + R"(",)" +
           (request ? R"("intent": "order",)" : "") + R"("subject": {"reference": ")" + patient +
           R"("}, "medicationCodeableConcept": {"text": )" + as_json(drug) + "}, " +
           (request ? R"("dosageInstruction": [)" : R"("dosage": [)") + dosage + "]}";
  }
};

// A dose of so much at these times of each day.
std::string dosage(const std::vector<std::string>& times, const std::string& amount = R"("value": 1, "unit": "tablet")") {
  std::string out = R"({"timing": {"repeat": {"frequency": )" + std::to_string(times.size()) +
                    R"(, "period": 1, "periodUnit": "d", "timeOfDay": [)";
  for (const std::string& time : times) out += (out.back() == '[' ? "\"" : ", \"") + time + ":00\"";
  return out + R"(]}}, "doseAndRate": [{"doseQuantity": {)" + amount + "}}]}";
}

std::string bundle(const std::vector<std::string>& resources, std::string_view type = "searchset") {
  std::string out = R"({"resourceType": "Bundle", "type": ")" + std::string{type} + R"(", "entry": [)";
  for (const std::string& one : resources) out += (out.back() == '[' ? "{\"resource\": " : ", {\"resource\": ") + one + '}';
  return out + "]}";
}

std::string observation(std::string_view code, std::string_view value, std::string_view unit) {
  return R"({"resourceType": "Observation", "id": "o)" + std::string{code} +
         R"(", "status": "final", "subject": {"reference": "Patient/p"},
    "code": {"coding": [{"system": "http://loinc.org", "code": ")" +
         std::string{code} + R"("}]}, "effectiveDateTime": "2026-11-20",
    "valueQuantity": {"value": )" +
         std::string{value} + R"(, "unit": ")" + std::string{unit} + R"(", "system": "http://unitsofmeasure.org", "code": ")" +
         std::string{unit} + "\"}}";
}
std::string egfr(std::string_view value) { return bundle({observation("98979-8", value, "mL/min/{1.73_m2}")}); }

struct Request {
  std::string hook = "order-sign";
  std::vector<std::string> drafts{};
  std::vector<std::string> selections{};
  std::map<std::string, std::string> prefetch{};
  std::string hook_instance{instance};

  [[nodiscard]] std::string json() const {
    std::string out = R"({"hook": ")" + hook + R"(", "hookInstance": ")" + hook_instance +
                      R"(", "context": {"userId": "Practitioner/example", "patientId": "p")";
    if (hook != "patient-view") out += R"(, "draftOrders": )" + bundle(drafts, "collection");
    if (hook == "order-select") {
      out += R"(, "selections": [)";
      for (const std::string& one : selections) out += (out.back() == '[' ? "\"" : ", \"") + one + '"';
      out += ']';
    }
    out += '}';
    if (!prefetch.empty()) {
      out += R"(, "prefetch": {)";
      for (const auto& [key, value] : prefetch) out += (out.back() == '{' ? "\"" : ", \"") + key + "\": " + value;
      out += '}';
    }
    return out + '}';
  }
};

// A woman of 76 of whom everything that is awaited was sent: nothing on any list, healthy kidneys.
Request known_patient(std::string hook = "order-sign") {
  const std::string none = bundle({});
  Request request{std::move(hook)};
  request.prefetch = {
      {"patient", R"({"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1950-01-01"})"},
      {"conditions", none},
      {"medication-requests", none},
      {"medication-statements", none},
      {"nutrition-orders", none},
      {"allergies", none},
      {"devices", none},
      {"egfr", egfr("95")},
      {"serum-magnesium", bundle({observation("19123-9", "2.0", "mg/dL")})},
  };
  return request;
}

// The person of the demonstration: eGFR 24, and doxycycline.
Request ill_patient() {
  Request request = known_patient();
  request.prefetch["egfr"] = egfr("24");
  request.prefetch["medication-requests"] =
      bundle({Order{.id = "doxy", .drug = "doxycycline hyclate 100 MG Oral Tablet", .status = "active"}.json()});
  request.drafts = {Order{}.json()};
  return request;
}

// ---- Answers ----

std::string_view service_of(std::string_view hook) { return hook == "patient-view" ? "magnesia-patient" : "magnesia-orders"; }

struct Answer {
  cds::Response response;
  json::Parser parser{};
  const Node* root = nullptr;

  explicit Answer(cds::Response answered) : response{std::move(answered)} {
    if (Result<const Node*, Errors> read = parser.parse(response.body))
      root = *read;
    else
      ADD_FAILURE() << "no JSON: " << response.body;
  }
  [[nodiscard]] std::vector<const Node*> cards() const {
    std::vector<const Node*> all;
    const Node* const list = root == nullptr ? nullptr : root->find("cards");
    if (list != nullptr)
      for (const Node& card : list->children()) all.push_back(&card);
    return all;
  }
  // The card about a rule; null where there is none.
  [[nodiscard]] const Node* about(std::string_view rule) const {
    for (const Node* const card : cards()) {
      const Node* const named = card->find("extension")->find("magnesia.finding")->find("rule");
      if (named != nullptr && named->text() == rule) return card;
    }
    return nullptr;
  }
  [[nodiscard]] const Node* about_unknown() const {
    for (const Node* const card : cards())
      if (card->find("extension")->find("magnesia.finding")->find("rule") == nullptr) return card;
    return nullptr;
  }
};

Answer answer(const Request& request, const cds::Service& by = service()) {
  return Answer{by.answer(service_of(request.hook), request.json(), today)};
}
Answer answer_to(std::string_view body, std::string_view id = "magnesia-orders") {
  return Answer{service().answer(id, body, today)};
}

std::string text(const Node* node, std::string_view key) {
  const Node* const member = node == nullptr ? nullptr : node->find(key);
  return member == nullptr ? std::string{} : std::string{member->text()};
}

std::vector<std::string> orders_of(const Node& card) {
  std::vector<std::string> all;
  if (const Node* const list = card.find("extension")->find("davinci-crd.associated-resource"))
    for (const Node& one : list->children()) all.push_back(text(&one, "reference"));
  return all;
}

const Node* suggestion(const Node& card, std::string_view type) {
  const Node* const all = card.find("suggestions");
  if (all == nullptr) return nullptr;
  for (const Node& one : all->children())
    if (text(&*one.find("actions")->children().begin(), "type") == type) return &one;
  return nullptr;
}

// "JSON elements SHALL NOT be null", "SHALL NOT be empty": but for the array of cards.
void expect_nothing_empty(const Node& node, std::string_view whole) {  // NOLINT(misc-no-recursion)
  EXPECT_NE(node.type(), Type::null) << json::pointer(node) << " in " << whole;
  const bool text = node.type() == Type::string;
  const bool list = (node.type() == Type::array || node.type() == Type::object) && json::pointer(node) != "/cards";
  EXPECT_FALSE((text && node.text().empty()) || (list && node.empty())) << json::pointer(node) << " in " << whole;
  for (const Node& child : node.children()) expect_nothing_empty(child, whole);
}

bool is_uuid_5(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::string_view{"0123456789abcdef"}.find(text[i]) == std::string_view::npos) return false;
  }
  return text[14] == '5' && std::string_view{"89ab"}.find(text[19]) != std::string_view::npos;
}

std::size_t units(std::string_view text) {
  std::size_t so_far = 0;
  for (const char c : text)
    so_far += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : static_cast<unsigned char>(c) >= 0xF0U ? 2U : 1U;
  return so_far;
}

// Every SHALL of a card.
void expect_conforms(const Answer& answer) {
  ASSERT_EQ(answer.response.status, 200) << answer.response.body;
  EXPECT_EQ(answer.response.content_type, "application/json");
  ASSERT_NE(answer.root->find("cards"), nullptr) << "an object containing a cards array";
  EXPECT_EQ(answer.root->find("cards")->type(), Type::array);
  EXPECT_EQ(answer.root->find("systemActions"), nullptr) << "nothing is applied without the clinician";
  expect_nothing_empty(*answer.root, answer.response.body);
  std::set<std::string> ids;
  for (const Node* const card : answer.cards()) {
    EXPECT_TRUE(is_uuid_5(text(card, "uuid"))) << text(card, "uuid");
    EXPECT_TRUE(ids.insert(text(card, "uuid")).second) << "a uuid twice";
    EXPECT_FALSE(text(card, "summary").empty()) << "summary is REQUIRED";
    EXPECT_LT(units(text(card, "summary")), 140U) << "<140-character: " << text(card, "summary");
    EXPECT_EQ(text(card, "summary").find('\n'), std::string::npos);
    EXPECT_FALSE(text(card, "detail").empty());
    const std::string indicator = text(card, "indicator");
    EXPECT_TRUE(indicator == "info" || indicator == "warning" || indicator == "critical") << indicator;
    ASSERT_NE(card->find("source"), nullptr) << "source is REQUIRED";
    EXPECT_FALSE(text(card->find("source"), "label").empty()) << "label is REQUIRED";
    if (const Node* const topic = card->find("source")->find("topic")) {
      EXPECT_TRUE(!text(topic, "code").empty() && !text(topic, "system").empty());
    }
    const Node* const suggestions = card->find("suggestions");
    EXPECT_EQ(card->find("selectionBehavior") != nullptr, suggestions != nullptr) << "with suggestions, and only then";
    int recommended = 0;
    if (suggestions != nullptr) {
      EXPECT_EQ(text(card, "selectionBehavior"), "at-most-one");
      for (const Node& one : suggestions->children()) {
        EXPECT_FALSE(text(&one, "label").empty());
        EXPECT_TRUE(is_uuid_5(text(&one, "uuid")));
        EXPECT_TRUE(ids.insert(text(&one, "uuid")).second) << "a uuid twice";
        if (const Node* const is = one.find("isRecommended"); is != nullptr && is->is_true()) ++recommended;
        for (const Node& action : one.find("actions")->children()) {
          EXPECT_FALSE(text(&action, "description").empty()) << "description is REQUIRED";
          const std::string type = text(&action, "type");
          if (type == "delete") {
            EXPECT_FALSE(text(&action, "resourceId").empty());
            EXPECT_EQ(action.find("resource"), nullptr) << "a string in resource is deprecated";
          } else {
            EXPECT_EQ(type, "update");
            ASSERT_NE(action.find("resource"), nullptr);
            EXPECT_FALSE(text(action.find("resource"), "id").empty()) << "the updated resource in its entirety";
          }
        }
      }
    }
    EXPECT_LE(recommended, 1) << "at-most-one: only one is recommended";
    if (const Node* const reasons = card->find("overrideReasons")) {
      for (const Node& reason : reasons->children())
        EXPECT_TRUE(!text(&reason, "code").empty() && !text(&reason, "system").empty() && !text(&reason, "display").empty());
    }
    if (const Node* const links = card->find("links"))
      for (const Node& link : links->children()) {
        EXPECT_TRUE(!text(&link, "label").empty() && text(&link, "url").starts_with("https://"));
        EXPECT_EQ(text(&link, "type"), "absolute");
        EXPECT_EQ(link.find("appContext"), nullptr) << "not valid for absolute links";
      }
  }
}

void expect_outcome(const Answer& answer, int status) {
  EXPECT_EQ(answer.response.status, status) << answer.response.body;
  EXPECT_EQ(answer.response.content_type, "application/fhir+json");
  ASSERT_NE(answer.root, nullptr);
  EXPECT_EQ(text(answer.root, "resourceType"), "OperationOutcome");
  expect_nothing_empty(*answer.root, answer.response.body);
}
void expect_refused(std::string_view body, std::string_view place, int status = 400, std::string_view id = "magnesia-orders") {
  const Answer refused = answer_to(body, id);
  expect_outcome(refused, status);
  EXPECT_NE(refused.response.body.find(place), std::string::npos) << place << " in " << refused.response.body;
}

std::string replaced(std::string in, std::string_view what, std::string_view by) {
  const std::size_t at = in.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return in.replace(at, what.size(), by);
}

// ---- Discovery ----

TEST(CdsDiscovery, DescribesEachServiceByItsRequiredAttributes) {
  const Answer discovery{{200, "application/json", service().discovery()}};
  expect_nothing_empty(*discovery.root, service().discovery());
  const Node* const services = discovery.root->find("services");
  ASSERT_NE(services, nullptr);
  std::map<std::string, std::string> found;
  for (const Node& one : services->children()) {
    EXPECT_FALSE(text(&one, "description").empty());
    EXPECT_FALSE(text(&one, "title").empty());
    EXPECT_TRUE(cds::Service::has(text(&one, "id")));
    EXPECT_EQ(one.find("version"), nullptr) << "2.0.1 does not have it";
    found[text(&one, "hook")] = text(&one, "id");
  }
  EXPECT_EQ(found,
            (std::map<std::string, std::string>{
                {"order-select", "magnesia-orders"}, {"order-sign", "magnesia-orders"}, {"patient-view", "magnesia-patient"}}));
}

TEST(CdsDiscovery, TellsVersionsFrom3_0On) {
  cds::Options options;
  options.version = cds::Version::v3_0_0;
  const Answer discovery{{200, "application/json", cds::Service{embedded(), options}.discovery()}};
  for (const Node& one : discovery.root->find("services")->children()) {
    EXPECT_EQ(text(&one, "version"), "3.0.0");
    EXPECT_FALSE(text(&one, "hookVersion").empty());
  }
}

// "Prefetch query restrictions": read and search, references, tokens by equality, _count, _sort; tokens of the context that all
// hooks have.
TEST(CdsDiscovery, AsksInTheRecommendedSubset) {
  const Answer discovery{{200, "application/json", service().discovery()}};
  const std::set<std::string> types{
      "Condition", "MedicationRequest", "MedicationStatement", "NutritionOrder", "AllergyIntolerance", "Device", "Observation"};
  for (const Node& one : discovery.root->find("services")->children()) {
    std::set<std::string> keys;
    for (const Node& query : one.find("prefetch")->children()) {
      EXPECT_TRUE(keys.insert(std::string{query.key()}).second);
      std::string rest{query.text()};
      if (rest == "Patient/{{context.patientId}}") continue;
      rest = replaced(rest, "{{context.patientId}}", "PATIENT");
      EXPECT_EQ(rest.find("{{"), std::string::npos) << "only root-level fields of the context are tokens";
      EXPECT_TRUE(types.contains(rest.substr(0, rest.find('?')))) << rest;
      rest = rest.substr(rest.find('?') + 1) + '&';
      while (!rest.empty()) {
        const std::string parameter = rest.substr(0, rest.find('&'));
        const std::string name = parameter.substr(0, parameter.find('='));
        EXPECT_TRUE(name == "patient" || name == "code" || name == "status" || name == "_sort" || name == "_count") << parameter;
        rest.erase(0, parameter.size() + 1);
      }
    }
    for (const std::string needed :
         {"patient", "conditions", "medication-requests", "medication-statements", "egfr", "creatinine", "serum-magnesium"})
      EXPECT_TRUE(keys.contains(needed)) << needed;
  }
}

// ---- What is refused ----

TEST(CdsCall, RefusesWhatIsNoCallByPlace) {
  const std::string good = ill_patient().json();
  EXPECT_EQ(answer_to(good).response.status, 200);
  expect_refused(good, "service", 404, "magnesia");
  expect_refused(good, "/hook", 400, "magnesia-patient");
  expect_refused("", "byte");
  expect_refused("{", "byte");
  expect_refused("[]", "expected an object");
  expect_refused(R"({"hook": "order-sign"})", "/hookInstance");
  expect_refused(R"({"hook": "order-sign", "hookInstance": "x"})", "/context");
  expect_refused(replaced(good, R"("hook": "order-sign")", R"("hook": "patient-view")"), "/hook");
  expect_refused(replaced(good, R"("hook": "order-sign")", R"("hook": 1)"), "/hook");
  expect_refused(replaced(good, R"("hook": "order-sign", )", ""), "/hook");
  expect_refused(replaced(good, R"("patientId": "p")", R"("patientId": "")"), "/context/patientId");
  expect_refused(replaced(good, R"("patientId": "p", )", ""), "/context/patientId");
  expect_refused(replaced(good, R"("draftOrders")", R"("draftOrder")"), "/context/draftOrders");
  expect_refused(
      replaced(good, R"({"resourceType": "Bundle", "type": "collection")", R"({"resourceType": "Basic", "type": "collection")"),
      "/context/draftOrders/resourceType");
  expect_refused(replaced(good, R"("Patient/p"}, "medication)", R"("Patient/q"}, "medication)"),
                 "/context/draftOrders/entry/0/resource/subject/reference");
  expect_refused(replaced(good, R"("hookInstance")", R"("fhirAuthorization": {"access_token": "t"}, "hookInstance")"),
                 "/fhirServer");
  expect_refused(replaced(good, R"("id": "p", "gender")", R"("id": "q", "gender")"), "/prefetch/patient/id");
  expect_refused(replaced(good, R"("allergies": {)", R"("allergies": [1], "more": {)"), "/prefetch/allergies");
  expect_refused(replaced(good, R"("hookInstance")", R"("hook": "order-sign", "hookInstance")"), "/hook");
}

TEST(CdsCall, RefusesSelectionsThatAreNoDraft) {
  Request request = ill_patient();
  request.hook = "order-select";
  request.selections = {"MedicationRequest/other"};
  expect_refused(request.json(), "/context/selections");
  expect_refused(replaced(request.json(), R"(, "selections": ["MedicationRequest/other"])", ""), "/context/selections");
  request.selections = {"MedicationRequest/mg", "ServiceRequest/not-sent"};
  EXPECT_EQ(answer(request).response.status, 200);
}

TEST(CdsCall, TellsNothingOfThePatientInARefusal) {
  std::string body = replaced(ill_patient().json(), R"("hook": "order-sign")", R"("hook": "Secretpatient")");
  body = replaced(body, R"("patientId": "p")", R"("patientId": ["Secretpatient"])");
  const Answer refused = answer_to(body);
  expect_outcome(refused, 400);
  EXPECT_EQ(refused.response.body.find("Secret"), std::string::npos) << refused.response.body;
}

TEST(CdsCall, RefusesWhatIsTooLarge) {
  const std::string large(cds::Service::max_bytes + 1, ' ');
  expect_outcome(answer_to(large), 413);
}

// ---- What is known ----

// "If the CDS Service is unable to obtain required data […], the service SHALL respond with an HTTP 412."
TEST(CdsCall, NamesTheKeysWithoutWhichNothingCanBeSaid) {
  Request request{.hook = "order-sign", .drafts = {Order{}.json()}};
  const Answer refused = answer(request);
  expect_outcome(refused, 412);
  for (const std::string_view key : {"egfr", "conditions", "medication-requests"})
    EXPECT_NE(refused.response.body.find(key), std::string::npos) << key;
  expect_outcome(answer(Request{.hook = "patient-view"}), 412);
  const Order doxycycline{.id = "doxy", .drug = "doxycycline hyclate 100 MG Oral Tablet"};
  expect_outcome(answer(Request{.hook = "order-sign", .drafts = {doxycycline.json()}}), 412);
}

TEST(CdsCall, SaysWhatIsEstablishedWithoutTheRest) {
  Request request{.hook = "order-sign", .drafts = {Order{}.json()}};
  request.prefetch["egfr"] = egfr("24");
  const Answer answered = answer(request);
  expect_conforms(answered);
  EXPECT_NE(answered.about("renal.severe-impairment"), nullptr) << answered.response.body;
  const Node* const unknown = answered.about_unknown();
  ASSERT_NE(unknown, nullptr) << "partly decidable is cards plus one of information";
  EXPECT_EQ(text(unknown, "indicator"), "info");
  EXPECT_NE(text(unknown, "detail").find("conditions"), std::string::npos) << text(unknown, "detail");
  EXPECT_EQ(unknown->find("suggestions"), nullptr);
}

TEST(CdsCall, HasNothingToSayOfAnOrderThatMeetsNoMagnesium) {
  Request request = known_patient();
  request.drafts = {Order{.id = "a", .drug = "amoxicillin 500 MG Oral Capsule"}.json()};
  EXPECT_EQ(answer(request).response.body, R"({"cards":[]})");
  request.drafts = {Order{.id = "doxy", .drug = "doxycycline hyclate 100 MG Oral Tablet"}.json()};
  EXPECT_EQ(answer(request).response.body, R"({"cards":[]})");
  EXPECT_EQ(answer(Request{.hook = "order-sign"}).response.body, R"({"cards":[]})") << "nothing is ordered";
  EXPECT_EQ(answer(known_patient("patient-view")).response.body, R"({"cards":[]})");
}

TEST(CdsCall, TellsAnAbsentKeyFromAnEmptyAnswer) {
  Request request = known_patient();
  request.drafts = {Order{.drug = "magnesium oxide 250 MG Oral Tablet", .dosage = dosage({"12:00"})}.json()};
  EXPECT_EQ(answer(request).about_unknown(), nullptr) << answer(request).response.body;
  for (const std::string key : {"conditions", "egfr", "patient"}) {
    Request without = request;
    without.prefetch.erase(key);
    EXPECT_NE(answer(without).about_unknown(), nullptr) << key;
    without.prefetch[key] = R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]})";
    EXPECT_NE(answer(without).about_unknown(), nullptr) << key << ": the client says that its search failed";
    without.prefetch[key] = "null";
    EXPECT_NE(answer(without).about_unknown(), nullptr) << key << ": null is not believed to mean none";
  }
  Request no_kidneys = request;
  no_kidneys.prefetch["egfr"] = bundle({});
  EXPECT_NE(answer(no_kidneys).about_unknown(), nullptr) << "that nobody measured it is known; what it is, is not";

  cds::Options believing;
  believing.null_is_none = true;
  request.prefetch["conditions"] = "null";
  EXPECT_EQ(answer(request, cds::Service{embedded(), believing}).about_unknown(), nullptr);
}

// ---- Cards ----

TEST(CdsCards, OfTheDemonstration) {
  const Answer answered = answer(ill_patient());
  expect_conforms(answered);
  const Node* const kidney = answered.about("renal.severe-impairment");
  ASSERT_NE(kidney, nullptr) << answered.response.body;
  EXPECT_EQ(text(kidney, "indicator"), "critical");
  EXPECT_EQ(kidney, answered.cards().front()) << "the most urgent first";
  for (const std::string_view part : {"24 mL/min/1.73 m²", "below 30 mL/min/1.73 m²", "measured on 2026-11-20", "section 4.3",
                                      "renal.severe-impairment", "as of 2026-11-25", "does not replace it"})
    EXPECT_NE(text(kidney, "detail").find(part), std::string::npos) << part << " in\n" << text(kidney, "detail");
  EXPECT_NE(text(kidney, "detail").find(embedded().identity().sha256.substr(0, 12)), std::string::npos);
  EXPECT_NE(kidney->find("overrideReasons"), nullptr);

  const Node* const remove = suggestion(*kidney, "delete");
  ASSERT_NE(remove, nullptr);
  EXPECT_EQ(text(&*remove->find("actions")->children().begin(), "resourceId"), "MedicationRequest/mg");
  EXPECT_TRUE(remove->find("isRecommended")->is_true());

  bool doxycycline = false;
  for (const Node* const card : answered.cards())
    doxycycline = doxycycline || text(card, "summary").find("oxycycline") != std::string::npos;
  EXPECT_TRUE(doxycycline) << answered.response.body;
}

TEST(CdsCards, AreTiedToTheirOrder) {
  Request request = ill_patient();
  request.drafts.push_back(Order{.id = "other", .drug = "amoxicillin 500 MG Oral Capsule"}.json());
  const Answer answered = answer(request);
  for (const Node* const card : answered.cards()) EXPECT_EQ(orders_of(*card), std::vector<std::string>{"MedicationRequest/mg"});
}

TEST(CdsCards, AreOnlyAboutWhatIsBeingOrdered) {
  // She takes magnesium and doxycycline already, and has bad kidneys: an order of amoxicillin is not the place to say so.
  Request request = ill_patient();
  request.prefetch["medication-statements"] =
      bundle({Order{.id = "taken", .status = "active", .type = "MedicationStatement"}.json()});
  request.drafts = {Order{.id = "a", .drug = "amoxicillin 500 MG Oral Capsule"}.json()};
  EXPECT_EQ(answer(request).response.body, R"({"cards":[]})");
  // That chart being opened is.
  request.hook = "patient-view";
  EXPECT_NE(answer(request).about("renal.severe-impairment"), nullptr);
}

TEST(CdsCards, AreOnlyAboutWhatIsSelected) {
  Request request = ill_patient();
  request.hook = "order-select";
  request.drafts.push_back(Order{.id = "other", .drug = "amoxicillin 500 MG Oral Capsule"}.json());
  request.selections = {"MedicationRequest/other"};
  EXPECT_EQ(answer(request).response.body, R"({"cards":[]})");
  request.selections = {"MedicationRequest/mg"};
  EXPECT_NE(answer(request).about("renal.severe-impairment"), nullptr);
  request.selections = {"mg"};
  EXPECT_NE(answer(request).about("renal.severe-impairment"), nullptr) << "an id without its type";
}

TEST(CdsCards, TellOfANewDrugThatMeetsMagnesiumTakenAlready) {
  Request request = known_patient();
  request.prefetch["medication-statements"] =
      bundle({Order{.id = "taken", .dosage = dosage({"08:00"}), .status = "active", .type = "MedicationStatement"}.json()});
  request.drafts = {Order{.id = "doxy", .drug = "doxycycline hyclate 100 MG Oral Tablet", .dosage = dosage({"08:00"})}.json()};
  const Answer answered = answer(request);
  expect_conforms(answered);
  ASSERT_FALSE(answered.cards().empty()) << answered.response.body;
  for (const Node* const card : answered.cards()) EXPECT_EQ(orders_of(*card), std::vector<std::string>{"MedicationRequest/doxy"});
  EXPECT_NE(text(answered.cards().front(), "summary").find("oxycycline"), std::string::npos);
}

TEST(CdsCards, LinkToSourcesThatHaveAnAddress) {
  Request request = known_patient();
  request.prefetch["medication-requests"] = bundle(
      {Order{.id = "cipro", .drug = "ciprofloxacin 500 MG Oral Tablet", .dosage = dosage({"08:00"}), .status = "active"}.json()});
  request.drafts = {Order{.dosage = dosage({"09:00"})}.json()};
  const Answer answered = answer(request);
  expect_conforms(answered);
  const Node* const card = answered.about("interaction.ciprofloxacin");
  ASSERT_NE(card, nullptr) << answered.response.body;
  const Node* const links = card->find("links");
  ASSERT_NE(links, nullptr);
  const std::string url = text(&*links->children().begin(), "url");
  EXPECT_TRUE(url.starts_with("https://pubmed.ncbi.nlm.nih.gov/")) << url;
  EXPECT_NE(text(card, "detail").find("](<" + url + ">)"), std::string::npos) << text(card, "detail");
}

TEST(CdsCards, AreTheSameBytesForTheSameCallAndOthersForAnother) {
  Request request = ill_patient();
  const std::string first = answer(request).response.body;
  EXPECT_EQ(first, answer(request).response.body);
  EXPECT_EQ(first, answer(request, cds::Service{embedded()}).response.body);
  request.hook_instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2eb";
  const Answer other = answer(request);
  EXPECT_EQ(first.find(text(other.cards().front(), "uuid")), std::string::npos);
}

TEST(CdsCards, LetNoNameBecomeMarkup) {
  Request request = ill_patient();
  request.drafts = {
      Order{.drug = "magnesium oxide <img src=x onerror=alert(1)> [x](javascript:alert) **400** www.evil.example @x"}.json()};
  const Answer answered = answer(request);
  expect_conforms(answered);
  for (const Node* const card : answered.cards()) {
    EXPECT_EQ(text(card, "detail").find("<img"), std::string::npos) << text(card, "detail");
    EXPECT_EQ(text(card, "detail").find("](javascript"), std::string::npos);
    EXPECT_EQ(text(card, "detail").find("www."), std::string::npos);
  }
  std::string out;
  cds::append_markdown(out, "a*b_c[d](e) <f> & `g` http://h www.i @j #k\nl");
  EXPECT_EQ(out, "a\\*b\\_c\\[d\\](e) &lt;f&gt; &amp; \\`g\\` http&#58;//h www&#46;i &#64;j \\#k l");
}

// ---- Suggestions ----

std::string json_of(const Node& node) {
  std::string out;
  json::Writer writer{out};
  cds::write_node(writer, node);
  return out;
}

// The same call with a suggestion taken.
Request accepting(Request request, const Node& taken, const std::string& id) {
  for (const Node& action : taken.find("actions")->children())
    for (std::string& draft : request.drafts)
      if (draft.find("\"id\": \"" + id + '"') != std::string::npos) draft = json_of(*action.find("resource"));
  return request;
}

Request too_close() {
  Request request = known_patient();
  request.prefetch["medication-requests"] = bundle(
      {Order{.id = "thyroid", .drug = "levothyroxine sodium 0.05 MG Oral Tablet", .dosage = dosage({"07:00"}), .status = "active"}
           .json()});
  request.drafts = {Order{.drug = "magnesium oxide 250 MG Oral Tablet", .dosage = dosage({"08:00"})}.json()};
  return request;
}
Request too_much() {
  Request request = known_patient();
  request.drafts = {
      Order{.drug = "magnesium citrate",
            .dosage = dosage({"12:00"}, R"("value": 6000, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg")")}
          .json()};
  return request;
}

TEST(CdsSuggestions, MoveTheOrderOutOfTheWay) {
  const Request request = too_close();
  const Answer answered = answer(request);
  expect_conforms(answered);
  const Node* const card = answered.about("interaction.levothyroxine");
  ASSERT_NE(card, nullptr) << answered.response.body;
  EXPECT_EQ(text(card, "indicator"), "warning");
  const Node* const times = suggestion(*card, "update");
  ASSERT_NE(times, nullptr) << answered.response.body;
  EXPECT_TRUE(times->find("isRecommended")->is_true());
  EXPECT_NE(suggestion(*card, "delete"), nullptr);
  const Answer after = answer(accepting(request, *times, "mg"));
  expect_conforms(after);
  EXPECT_EQ(after.about("interaction.levothyroxine"), nullptr) << after.response.body;
}

TEST(CdsSuggestions, AreNotForTheNight) {
  // 4 h before 07:00 would be as near as 4 h after it.
  Request request = too_close();
  request.drafts = {Order{.drug = "magnesium oxide 250 MG Oral Tablet", .dosage = dosage({"07:00"})}.json()};
  const Answer answered = answer(request);
  const Node* const card = answered.about("interaction.levothyroxine");
  ASSERT_NE(card, nullptr);
  const Node* const times = suggestion(*card, "update");
  ASSERT_NE(times, nullptr) << answered.response.body;
  EXPECT_NE(text(times, "label").find("11:00"), std::string::npos) << text(times, "label");

  cds::Options early;
  early.suggest_within = {TimeOfDay{60}, TimeOfDay{360}};
  const Answer at_night = answer(request, cds::Service{embedded(), early});
  EXPECT_NE(text(suggestion(*at_night.about("interaction.levothyroxine"), "update"), "label").find("03:00"), std::string::npos);
}

TEST(CdsSuggestions, DontMoveWhatTheOrderSaysInWords) {
  Request request = too_close();
  request.drafts = {Order{.drug = "magnesium oxide 250 MG Oral Tablet", .dosage = R"({"text": "1 tablet at 08:00"})"}.json()};
  const Answer answered = answer(request);
  expect_conforms(answered);
  for (const Node* const card : answered.cards()) EXPECT_EQ(suggestion(*card, "update"), nullptr) << answered.response.body;
}

TEST(CdsSuggestions, LowerADoseThatIsTooLarge) {
  const Request request = too_much();
  const Answer answered = answer(request);
  expect_conforms(answered);
  const Node* const card = answered.about("dose.over-limit");
  ASSERT_NE(card, nullptr) << answered.response.body;
  const Node* const lower = suggestion(*card, "update");
  ASSERT_NE(lower, nullptr) << answered.response.body;
  const Answer after = answer(accepting(request, *lower, "mg"));
  expect_conforms(after);
  EXPECT_EQ(after.about("dose.over-limit"), nullptr) << after.response.body;
}

// Every resource in an answer, for the validators of tests/fhir_validate: run by ctest, which names the file.
TEST(CdsResources, AreWrittenForTheValidators) {
  const char* const path = std::getenv("MAGNESIA_CDS_OUT");
  if (path == nullptr) GTEST_SKIP() << "MAGNESIA_CDS_OUT names no file";
  std::ofstream out{path};
  std::size_t updates = 0;
  for (const Request& request : {too_close(), too_much(), ill_patient()})
    for (const Node* const card : answer(request).cards())
      if (const Node* const update = suggestion(*card, "update"))
        for (const Node& action : update->find("actions")->children()) {
          out << json_of(*action.find("resource")) << '\n';
          ++updates;
        }
  EXPECT_GE(updates, 2U);
  out << answer(Request{.hook = "order-sign", .drafts = {Order{}.json()}}).response.body << '\n';
  for (const std::string_view body : {"", "{", "[]", R"({"hook": 1, "context": {}, "fhirAuthorization": {}})"})
    out << answer_to(body).response.body << '\n';
  out << answer_to("{}", "nobody").response.body << '\n';
  EXPECT_TRUE(out.good());
}

// ---- Feedback ----

constexpr std::string_view accepted =
    R"({"feedback": [{"card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "accepted",
        "acceptedSuggestions": [{"id": "e56e1945-20b3-4393-8503-a1a20fd73152"}], "outcomeTimestamp": "2021-12-11T10:05:31Z"}]})";
constexpr std::string_view overridden =
    R"({"feedback":[{"card":"9368d37b-283f-44a0-93ea-547cebab93ed","outcome":"overridden","overrideReason":{"reason":{"code":"d7ecf885",
        "system":"https://example.com/cds-hooks/override-reason-system"},"userComment":"A comment entered by the clinician."},
        "outcomeTimestamp":"2020-12-11T00:00:00.25+01:00"}]})";

TEST(CdsFeedback, IsReadAsTheSpecificationShowsIt) {
  const auto taken = cds::Service::read_feedback("magnesia-orders", accepted);
  ASSERT_TRUE(taken);
  ASSERT_EQ(taken->size(), 1U);
  EXPECT_EQ(taken->front().outcome, cds::Feedback::Outcome::accepted);
  EXPECT_EQ(taken->front().accepted_suggestions, std::vector<std::string>{"e56e1945-20b3-4393-8503-a1a20fd73152"});
  EXPECT_FALSE(taken->front().reason);

  const auto refused = cds::Service::read_feedback("magnesia-patient", overridden);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->front().outcome, cds::Feedback::Outcome::overridden);
  EXPECT_EQ(refused->front().reason,
            (cds::Feedback::Reason{"https://example.com/cds-hooks/override-reason-system", "d7ecf885", ""}));
  EXPECT_EQ(refused->front().comment, "A comment entered by the clinician.");
  EXPECT_EQ(refused->front().timestamp, "2020-12-11T00:00:00.25+01:00");
}

TEST(CdsFeedback, IsRefusedByPlace) {
  const auto expect_fault = [](const std::string& body, std::string_view place, int status = 400,
                               std::string_view id = "magnesia-orders") {
    const auto read = cds::Service::read_feedback(id, body);
    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().status, status);
    EXPECT_NE(read.error().body.find(place), std::string::npos) << place << " in " << read.error().body;
    EXPECT_EQ(read.error().body.find("clinician"), std::string::npos) << "a comment may be about a patient";
  };
  const std::string good{accepted};
  const std::string other{overridden};
  expect_fault(good, "service", 404, "nobody");
  expect_fault("{}", "feedback");
  expect_fault(R"({"feedback": []})", "/feedback");
  expect_fault(R"({"feedback": [1]})", "/feedback/0");
  expect_fault(replaced(good, R"("outcome": "accepted")", R"("outcome": "ignored")"), "/feedback/0/outcome");
  expect_fault(replaced(good, R"("outcome": "accepted",)", ""), "/feedback/0/outcome");
  expect_fault(replaced(good, R"("card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", )", ""), "/feedback/0/card");
  expect_fault(replaced(good, R"([{"id": "e56e1945-20b3-4393-8503-a1a20fd73152"}])", "[]"), "/feedback/0/acceptedSuggestions");
  expect_fault(replaced(good, R"("id": "e56e1945-20b3-4393-8503-a1a20fd73152")", R"("uuid": "x")"),
               "/feedback/0/acceptedSuggestions/0/id");
  for (const std::string_view wrong : {"2021-12-11", "2021-13-11T10:05:31Z", "2021-12-11T24:05:31Z", "2021-12-11T10:05:31",
                                       "yesterday", "2021-12-11T10:05:31.Z"})
    expect_fault(replaced(good, "2021-12-11T10:05:31Z", wrong), "/feedback/0/outcomeTimestamp");
  expect_fault(replaced(other, R"("code":"d7ecf885",)", ""), "/feedback/0/overrideReason/reason/code");
  expect_fault(replaced(other, R"("outcome":"overridden",)", R"("outcome":"overridden","acceptedSuggestions":[{"id":"x"}],)"),
               "/feedback/0/acceptedSuggestions");
  expect_fault(
      R"({"feedback":[{"card":"x","outcome":"overridden","overrideReason":{},"outcomeTimestamp":"2020-12-11T00:00:00Z"}]})",
      "/feedback/0/overrideReason");
}

}  // namespace
}  // namespace magnesia
