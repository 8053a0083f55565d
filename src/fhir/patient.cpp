// Patient: age and sex.
#include "fhir/reading.hpp"

namespace magnesia::fhir {

namespace {

constexpr std::string_view birth_sex = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";

void read_birth_date(Reading& reading, const Resource& patient) {
  const Node* const date = patient.node->find("birthDate");
  if (date == nullptr) return;
  const std::optional<Moment> born = date->type() == Type::string ? read_moment(date->text()) : std::nullopt;
  if (!born) return reading.unread(Unread::About::record, patient, *date, "a date such as 1958, 1958-07 or 1958-07-21");
  if (!reading.today) return reading.incomplete(patient, *date, "the day of the assessment, to reckon the age");
  const std::optional<Interval<Age>> age = age_on(*reading.today, *born);
  const base::Range& range = reading.base().ranges[static_cast<std::size_t>(facts::Bounded::age)];
  if (!age || age->low.base() > range.high)
    return reading.unread(Unread::About::record, patient, *date,
                          "a day of birth of somebody who is alive on the day of the assessment");
  reading.record.request.patient.age = *age;
  reading.record.measurements.push_back({"age", patient.origin(), {}});
}

// What is recorded for administration is taken as the sex that equations ask for, unless a sex at birth is recorded that differs.
void read_gender(Reading& reading, const Resource& patient) {
  const std::string_view gender = text_of(*patient.node, "gender");
  if (gender.empty()) return;
  const Node& at = *patient.node->find("gender");
  if (gender != "female" && gender != "male")
    return reading.incomplete(patient, at, "female or male, which equations and limits need");
  bool differs = false;
  each_of(*patient.node, "extension", [&](const Node& extension) {
    if (text_of(extension, "url") != birth_sex) return;
    const std::string_view code = text_of(extension, "valueCode");
    differs = differs || (code != (gender == "female" ? "F" : "M"));
  });
  if (differs)
    return reading.incomplete(patient, at, "a gender and a sex at birth that agree, for what equations and limits need");
  reading.record.request.patient.sex = gender == "female" ? Sex::female : Sex::male;
}

}  // namespace

void read_patient(Reading& reading, const Resource& patient) {
  reading.record.patient = patient.origin();
  read_birth_date(reading, patient);
  read_gender(reading, patient);

  const Node* const deceased = patient.node->find("deceasedBoolean");
  const Node* const died = patient.node->find("deceasedDateTime");
  reading.record.deceased = died != nullptr || (deceased != nullptr && deceased->is_true());
  if (reading.record.deceased)
    reading.unread(Unread::About::record, patient, died != nullptr ? *died : *deceased, "deceased", "somebody who is alive");
  each_of(*patient.node, "link", [&](const Node& link) {
    if (text_of(link, "type") == "replaced-by")
      reading.unread(Unread::About::record, patient, link, "replaced by another record", "the record that is in use");
  });
}

}  // namespace magnesia::fhir
