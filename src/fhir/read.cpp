// From a record to a request: which resources there are, what each says, which lists are complete.
#include "fhir/read.hpp"

#include <algorithm>
#include <array>

#include "fhir/reading.hpp"

namespace magnesia::fhir {

namespace {

struct Reader {
  std::string_view type;
  void (*read)(Reading&, const Resource&);
  Unread::About about;
};
constexpr std::array<Reader, 9> readers{
    {{"Patient", read_patient, Unread::About::record},
     {"Condition", read_condition, Unread::About::condition},
     {"Observation", read_observation, Unread::About::measurement},
     {"AllergyIntolerance", read_allergy, Unread::About::allergy},
     {"Device", read_device, Unread::About::record},
     {"Procedure", read_procedure, Unread::About::condition},
     {"MedicationRequest", read_medication_request, Unread::About::medication},
     {"MedicationStatement", read_medication_statement, Unread::About::medication},
     {"MedicationAdministration", read_medication_administration, Unread::About::medication}}};
constexpr Reader nutrition{"NutritionOrder", read_nutrition_order, Unread::About::medication};

// Types that are read where another resource refers to them.
constexpr std::array<std::string_view, 2> referred_to{"Medication", "Substance"};

void read_resource(Reading& reading, const Resource& resource) {
  if (!resource.skip.empty()) return reading.skip(resource, resource.skip);
  const auto* const known =
      std::find_if(readers.begin(), readers.end(), [&](const Reader& one) { return one.type == resource.type; });
  const Reader* const reader = known != readers.end() ? known : resource.type == nutrition.type ? &nutrition : nullptr;
  if (reader == nullptr) {
    if (resource.type == "MedicationDispense")
      return reading.unread(Unread::About::medication, resource, *resource.node, "a dispense",
                            "the order or statement behind it");
    const bool referred = std::find(referred_to.begin(), referred_to.end(), resource.type) != referred_to.end();
    return reading.skip(resource, referred ? "read where it is referred to" : "a kind of resource that rules don't ask for");
  }
  if (resource.another) {
    if (!reading.options.patient.empty() || resource.type == "Patient") return reading.skip(resource, "of another patient");
    return reading.unread(reader->about, resource, *resource.node, "of another patient", "the patient of the record");
  }
  if (const Node* const modifier = resource.node->find("modifierExtension"); modifier != nullptr && !modifier->empty())
    return reading.unread(reader->about, resource, *modifier, "an extension that changes what the resource says",
                          "a resource without such an extension");
  reader->read(reading, resource);
}

// Which lists there are, and whether an empty answer says that there is nothing.
void complete_lists(Reading& reading) {
  constexpr std::array<List, 4> of_medications{List::medication_requests, List::medication_statements,
                                               List::medication_administrations, List::nutrition_orders};
  Lists found;
  for (const Resource& resource : reading.resources.all())
    if (const auto list = list_of(resource.type); list && !resource.another && !resource.draft) found |= *list;
  const Lists answered = reading.resources.answered();
  const Lists known_empty = reading.options.known_empty;
  Record& record = reading.record;
  record.lists = found | answered;

  Patient& patient = record.request.patient;
  const auto is_none = [&](List list) { return answered.has(list) && known_empty.has(list) && !found.has(list); };
  const auto complete = [](auto& listed, bool none) {
    if (none)
      listed.close();
    else
      listed.open();
  };
  if (record.lists.has(List::conditions) || !patient.conditions.items().empty())
    complete(patient.conditions, is_none(List::conditions));

  Lists medications;
  bool all_empty = false;
  bool all_are_none = true;
  for (const List list : of_medications) {
    if (record.lists.has(list)) medications |= list;
    if (known_empty.has(list)) all_empty = true;
    if (known_empty.has(list) || found.has(list)) all_are_none = all_are_none && is_none(list);
  }
  if (medications.empty() && patient.medications.items().empty() && reading.products.empty()) return;
  const bool none = all_empty && all_are_none;
  complete(patient.medications, none);
  record.request.regimen =
      Regimen{Listed<Product>{none ? Completeness::exactly : Completeness::at_least, std::move(reading.products)}};
}

void report_bundles(Reading& reading) {
  for (const OfBundle& one : reading.resources.of_bundles()) {
    reading.record.notes.push_back(one.note);
    if (!one.matters) continue;
    const std::string path = one.note.origin.pointer.empty() ? "/" : one.note.origin.pointer;
    for (const auto about : {Unread::About::condition, Unread::About::medication, Unread::About::label})
      reading.record.request.patient.unread.push_back({path, one.note.found, about});
  }
}

}  // namespace

// ---- What the readers share ----

std::chrono::days Reading::usable_for(std::string_view fact, std::chrono::days otherwise) const noexcept {
  for (const UsableFor& one : options.usable_for)
    if (one.fact == fact) return one.days;
  return otherwise;
}

Still Reading::still(const std::optional<Moment>& at, std::chrono::days usable_for) const noexcept {
  if (!today || !at) return Still::unknown;
  if (at->first_day() > *today) return Still::later;
  return at->first_day() + usable_for < *today ? Still::too_old : Still::usable;
}

void Reading::note(Note::Outcome outcome, const Resource& resource, std::string pointer, std::string found,
                   std::string_view expected) {
  record.notes.push_back({outcome, {resource.origin().reference, std::move(pointer)}, std::move(found), std::string{expected}});
}

void Reading::skip(const Resource& resource, std::string_view why) {
  note(Note::Outcome::skipped, resource, resource.pointer, {}, why);
}

void Reading::incomplete(const Resource& resource, const Node& at, std::string_view expected) {
  note(Note::Outcome::incomplete, resource, resource.at(at), json::found(at), expected);
}

void Reading::unread(Unread::About about, const Resource& resource, const Node& at, std::string text, std::string_view expected) {
  std::string place = resource.at(at);
  record.request.patient.unread.push_back({place.empty() ? "/" : place, text, about});
  note(Note::Outcome::unread, resource, std::move(place), std::move(text), expected);
}

void Reading::unread(Unread::About about, const Resource& resource, const Node& at, std::string_view expected) {
  unread(about, resource, at, json::found(at), expected);
}

void Reading::add_condition(Term term, const Resource& resource) {
  record.request.patient.conditions.add(Condition{std::move(term)});
  record.conditions.push_back(resource.origin());
}

void Reading::add_medication(Term term, Schedule schedule, const Leeway& leeway, const Resource& resource) {
  record.request.patient.medications.add({std::move(term), std::move(schedule)});
  record.request.medications.push_back(leeway);
  record.medications.push_back(resource.origin());
  taken.insert(resource.node);
}

void Reading::add_product(Product product, const Leeway& leeway, const Resource& resource) {
  products.push_back(std::move(product));
  record.request.magnesium.push_back(leeway);
  record.magnesium.push_back(resource.origin());
  taken.insert(resource.node);
}

std::string_view name(Note::Outcome outcome) noexcept {
  constexpr std::array<std::string_view, 4> names{"skipped", "incomplete", "stale", "unread"};
  return names[static_cast<std::size_t>(outcome)];
}

Result<Record, Errors> read(std::span<const Part> parts, const Knowledge& knowledge, const ReadOptions& options) {
  Resources resources;
  Errors errors = resources.collect(parts);
  if (errors.empty()) errors = resources.choose_patient(options.patient);
  if (!errors.empty()) return errors;
  Reading reading{knowledge, options, resources};
  // What may be told by an order comes after all orders.
  const auto may_be_told = [](const Resource& resource) {
    return resource.type == "MedicationStatement" || resource.type == "MedicationAdministration";
  };
  for (const bool later : {false, true})
    for (const Resource& resource : resources.all())
      if (may_be_told(resource) == later) read_resource(reading, resource);
  choose_measurements(reading);
  complete_lists(reading);
  report_bundles(reading);
  return std::move(reading.record);
}

Result<Record, Errors> read(std::string_view json, const Knowledge& knowledge, const ReadOptions& options) {
  json::Parser parser;
  Result<const Node*, Errors> root = parser.parse(json);
  if (!root) return std::move(root).error();
  const Part whole{*root, {}, false};
  return read({&whole, 1}, knowledge, options);
}

}  // namespace magnesia::fhir
