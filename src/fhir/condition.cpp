// What a person has: conditions, the devices and procedures that tell of one, allergies.
#include <algorithm>

#include "fhir/reading.hpp"

namespace magnesia::fhir {

using base::ConceptId;
using base::no_concept;

namespace {

enum class Clinical : std::uint8_t { active, dormant, resolved };

Clinical clinical_status(const Node& condition) {
  const std::string_view code = code_in(condition.find("clinicalStatus"), [](std::string_view one) {
    return one == "active" || one == "recurrence" || one == "relapse" || one == "inactive" || one == "remission" ||
           one == "resolved";
  });
  if (code == "resolved") return Clinical::resolved;
  if (code == "inactive" || code == "remission") return Clinical::dormant;
  if (!code.empty()) return Clinical::active;
  for (const std::string_view key : {"abatementDateTime", "abatementAge", "abatementPeriod", "abatementRange", "abatementString"})
    if (condition.find(key) != nullptr) return Clinical::resolved;
  return Clinical::active;
}

enum class Verified : std::uint8_t { yes, perhaps, no };

Verified verification_status(const Node& condition) {
  const std::string_view code = code_in(condition.find("verificationStatus"), [](std::string_view one) { return !one.empty(); });
  if (code == "refuted" || code == "entered-in-error") return Verified::no;
  return code.empty() || code == "confirmed" ? Verified::yes : Verified::perhaps;
}

std::optional<Moment> last_told(const Node& condition) {
  for (const std::string_view key : {"onsetDateTime", "recordedDate"})
    if (const std::optional<Moment> moment = read_moment(text_of(condition, key))) return moment;
  if (const Node* const onset = object_of(condition, "onsetPeriod")) return read_moment(text_of(*onset, "start"));
  return {};
}

bool is_harmful(const Reading& reading, ConceptId condition) { return reading.base().roles[condition] == base::Role::harmful; }

bool is_lasting(const Reading& reading, ConceptId condition) {
  const auto& lasting = reading.base().record_terms.lasting;
  return std::any_of(lasting.begin(), lasting.end(), [&](ConceptId of) { return reading.base().conditions.is_a(condition, of); });
}

// Pregnancy and dialysis are facts of their own, and conditions tell of them.
void tell_status(Reading& reading, ConceptId condition, const Resource& resource) {
  for (const base::RecordTerms::Status& status : reading.base().record_terms.statuses) {
    if (!reading.base().conditions.is_a(condition, status.condition)) continue;
    const std::optional<Moment> told = last_told(*resource.node);
    if (const Still still = reading.still(told, status.usable_for); told && still != Still::usable) {
      reading.note(Note::Outcome::stale, resource, resource.pointer, facts::is_names[static_cast<std::size_t>(status.is)].data(),
                   "an entry that still holds on the day of the assessment");
      continue;
    }
    Patient& patient = reading.record.request.patient;
    if (status.is == facts::Is::pregnant) patient.pregnant = true;
    if (status.is == facts::Is::lactating) patient.lactating = true;
    if (status.is == facts::Is::on_dialysis) patient.dialysis = true;
  }
}

const Node& code_or(const Resource& resource, const Node*& code) {
  code = object_of(*resource.node, "code");
  return code == nullptr ? *resource.node : *code;
}

}  // namespace

void read_condition(Reading& reading, const Resource& condition) {
  constexpr auto about = Unread::About::condition;
  const Verified verified = verification_status(*condition.node);
  if (verified == Verified::no) return reading.skip(condition, "refuted, or entered in error");
  const Node* code = nullptr;
  const Node& at = code_or(condition, code);
  if (code == nullptr) return reading.unread(about, condition, at, "no code", "a code or a text");
  const Meaning meaning = reading.codes.condition(*code);
  const Clinical clinical = clinical_status(*condition.node);
  if (!meaning.known()) {
    if (clinical == Clinical::resolved) return reading.skip(condition, "resolved");
    return reading.unread(about, condition, at, shown(*code), "a condition of the knowledge, by code or name");
  }
  if (verified == Verified::perhaps) {
    if (!is_harmful(reading, meaning.id)) return reading.skip(condition, "not confirmed, and no danger if it is so");
    return reading.unread(about, condition, at, shown(*code), "confirmed or refuted");
  }
  if (clinical == Clinical::resolved) {
    if (!is_lasting(reading, meaning.id)) return reading.skip(condition, "resolved");
    return reading.unread(about, condition, at, shown(*code), "somebody's word that this is gone for good, or an active entry");
  }
  if (clinical == Clinical::dormant && !is_harmful(reading, meaning.id))
    return reading.skip(condition, "inactive or in remission, and no danger");
  reading.add_condition(meaning.term, condition);
  tell_status(reading, meaning.id, condition);
}

void read_allergy(Reading& reading, const Resource& allergy) {
  const Verified verified = verification_status(*allergy.node);
  if (verified == Verified::no) return reading.skip(allergy, "refuted, or entered in error");
  const auto see = [&](const Node& substance) {
    const Substances found = reading.codes.substances(substance);
    const bool by_name = any_name(substance, [&](std::string_view name) { return reading.codes.speaks_of_magnesium(name); });
    const bool magnesium = by_name || !found.magnesium.empty() ||
                           std::any_of(found.drugs.begin(), found.drugs.end(),
                                       [&](const Meaning& drug) { return reading.codes.contains_magnesium(drug.id); });
    if (magnesium) reading.unread(Unread::About::allergy, allergy, substance, shown(substance), "no allergy to magnesium");
    return magnesium;
  };
  bool any = false;
  if (const Node* const code = object_of(*allergy.node, "code")) any = see(*code);
  each_of(*allergy.node, "reaction", [&](const Node& reaction) {
    if (const Node* const substance = object_of(reaction, "substance")) any = see(*substance) || any;
  });
  if (!any) reading.skip(allergy, "an allergy that names no magnesium");
}

void read_device(Reading& reading, const Resource& device) {
  const std::string_view status = text_of(*device.node, "status");
  const Node* const type = object_of(*device.node, "type");
  const ConceptId condition = type == nullptr ? no_concept : reading.codes.device(*type);
  if (status == "entered-in-error" || status == "inactive") return reading.skip(device, "not in use, or entered in error");
  if (condition == no_concept) return reading.skip(device, "a device that rules don't ask for");
  if (status != "active") return reading.incomplete(device, *type, "the status \"active\": until then it protects from nothing");
  reading.add_condition({reading.base().conditions[condition].name, {}}, device);
}

// A procedure is not a condition, but one that goes with a harmful one is asked about.
void read_procedure(Reading& reading, const Resource& procedure) {
  const std::string_view status = text_of(*procedure.node, "status");
  const Node* const code = object_of(*procedure.node, "code");
  if (status == "entered-in-error" || status == "not-done") return reading.skip(procedure, "not done, or entered in error");
  const Meaning meaning = code == nullptr ? Meaning{} : reading.codes.condition(*code);
  if (!meaning.known() || !is_harmful(reading, meaning.id))
    return reading.skip(procedure, "a procedure that tells of no condition that rules ask for");
  reading.unread(Unread::About::condition, procedure, *code, shown(*code), "the condition for which it is done");
}

}  // namespace magnesia::fhir
