// What was measured: a value counts by its code and its unit together, and the newest usable one of each.
#include <algorithm>
#include <array>
#include <limits>

#include "fhir/reading.hpp"

namespace magnesia::fhir {

using base::RecordTerms;
using facts::Bounded;

namespace {

constexpr auto of_measurement = Unread::About::measurement;

std::optional<Moment> moment_of(const Node& observation) {
  for (const std::string_view key : {"effectiveDateTime", "effectiveInstant"})
    if (const std::string_view text = text_of(observation, key); !text.empty()) return read_moment(text);
  if (const Node* const period = object_of(observation, "effectivePeriod")) {
    const std::optional<Moment> end = read_moment(text_of(*period, "end"));
    return end ? end : read_moment(text_of(*period, "start"));
  }
  return read_moment(text_of(observation, "issued"));
}

// The value in base units of what is measured, and infinite where a comparator leaves a side open.
struct Value {
  std::optional<Interval<Exact>> within;
  std::string_view expected;  ///< where there is none
};

std::optional<Exact> in_base_units(Bounded of, Exact value, const FoundUnit& unit) {
  const auto as = [&]<Dimension D>(std::integral_constant<Dimension, D>) { return Unit<D>{unit.ucum, unit.factor}; };
  using enum Dimension;
  if (of == Bounded::serum_magnesium) {
    if (unit.dimension == mass_concentration)
      return serum_magnesium(value, as(std::integral_constant<Dimension, mass_concentration>{})).base();
    if (unit.dimension == charge_concentration)
      return serum_magnesium(value, as(std::integral_constant<Dimension, charge_concentration>{})).base();
  }
  if (of == Bounded::creatinine && unit.dimension == substance_concentration)
    return creatinine(value, as(std::integral_constant<Dimension, substance_concentration>{})).base();
  if (unit.dimension != facts::bounded_info(static_cast<std::size_t>(of)).dimension) return {};
  return Exact::multiply(value, unit.factor, Rounding::up);
}

Value read_value(const Node& quantity, const RecordTerms::Code& code) {
  const Node* const number = quantity.find("value");
  const Result<Exact> value = number != nullptr && number->type() == Type::number && !number->faulty()
                                  ? Exact::parse(number->text())
                                  : Result<Exact>{Error{}};
  if (!value || *value < Exact{}) return {{}, "a number of 0 or above"};
  std::string_view unit = text_of(quantity, "code");
  if (unit.empty()) unit = text_of(quantity, "unit");
  const Result<FoundUnit> found = find_unit(unit);
  if (!found || (code.dimensions >> static_cast<unsigned>(found->dimension) & 1U) == 0) return {{}, code.expected};
  const std::optional<Exact> base = in_base_units(code.of, *value, *found);
  if (!base) return {{}, code.expected};
  const std::string_view comparator = text_of(quantity, "comparator");
  if (comparator.empty()) return {Interval<Exact>{*base}, {}};
  if (comparator == "<" || comparator == "<=") return {Interval<Exact>{Exact{}, *base}, {}};
  if (comparator == ">" || comparator == ">=") return {Interval<Exact>{*base, Exact::infinity()}, {}};
  return {{}, "one of the comparators <, <=, >= and >"};
}

bool in_range(const Reading& reading, Bounded of, const Interval<Exact>& value) {
  const base::Range& range = reading.base().ranges[static_cast<std::size_t>(of)];
  return value.low <= range.high && value.high >= range.low &&
         (value.is_point() || value.high.finite() || value.low >= range.low);
}

std::chrono::days days_usable(const Reading& reading, Bounded of) {
  const auto which = static_cast<std::size_t>(of);
  const std::optional<std::chrono::days> days = reading.base().record_terms.measurements[which].usable_for;
  return reading.usable_for(facts::bounded_info(which).id, days.value_or(std::chrono::days{}));
}

struct Found {
  std::optional<Interval<Exact>> value;
  const Node* at = nullptr;
  std::string found;  ///< where there is no value
  std::string expected;
};

// What an Observation or a component says of the measurement that its code means; none: that it has no value.
std::optional<Found> value_of(const Reading& reading, const Node& node, const Node& name, const RecordTerms::Code& code) {
  const std::string what = shown(name);
  if (!reading.codes.may_be_called(name, code.of))
    return Found{{},
                 &name,
                 what,
                 "a name that fits the code, which is that of the " +
                     std::string{facts::bounded_info(static_cast<std::size_t>(code.of)).id}};
  const Node* const quantity = object_of(node, "valueQuantity");
  if (quantity == nullptr) {
    constexpr std::array<std::string_view, 7> others{"valueString", "valueCodeableConcept", "valueInteger", "valueRange",
                                                     "valueRatio",  "valueSampledData",     "valueBoolean"};
    for (const std::string_view other : others)
      if (const Node* const value = node.find(other))
        return Found{{}, value, what + " as " + json::found(*value), "a valueQuantity in " + code.expected};
    return {};
  }
  const Value value = read_value(*quantity, code);
  if (value.within && in_range(reading, code.of, *value.within)) return Found{value.within, quantity, {}, {}};
  const Node* const number = quantity->find("value");
  const std::string_view unit = text_of(*quantity, "code").empty() ? text_of(*quantity, "unit") : text_of(*quantity, "code");
  std::string found = what + ": ";
  found += number == nullptr ? std::string_view{"no value"} : number->text().substr(0, 40);
  found += unit.empty() ? " without a unit" : ' ' + excerpt(unit);
  return Found{{},
               quantity,
               std::move(found),
               value.within ? reading.base().ranges[static_cast<std::size_t>(code.of)].expected : std::string{value.expected}};
}

// A measurement, in an Observation or in a component of one. False: it is none that rules use.
bool read_measured(Reading& reading, const Resource& resource, const Node& node, const std::optional<Moment>& at) {
  const Node* const name = object_of(node, "code");
  const RecordTerms::Code* const code = name == nullptr ? nullptr : reading.codes.measurement(*name);
  if (code == nullptr) return false;
  const auto note = [&](Note::Outcome outcome, std::string_view expected) {
    reading.note(outcome, resource, resource.at(node), outcome == Note::Outcome::stale ? shown(*name) : std::string{}, expected);
    return true;
  };
  if (!code->not_used.empty()) return note(Note::Outcome::skipped, code->not_used);
  std::optional<Found> found = value_of(reading, node, *name, *code);
  if (!found)
    return note(Note::Outcome::skipped, object_of(node, "dataAbsentReason") == nullptr
                                            ? "without a value"
                                            : "without a value, for a reason that is told");
  const Still still = reading.still(at, days_usable(reading, code->of));
  if (still == Still::later) return note(Note::Outcome::skipped, "after the day of the assessment");
  Candidate candidate{code->of, found->value.value_or(Interval<Exact>{}), at.value_or(Moment{}), &resource, &node};
  if (!found->value) {
    if (still == Still::too_old) return note(Note::Outcome::skipped, "too old, and could not be read either");
    if (!at) candidate.at.last = std::numeric_limits<std::int64_t>::max();  // it may be the newest
    reading.unusable.push_back({candidate, found->at, std::move(found->found), std::move(found->expected)});
    return true;
  }
  if (still == Still::unknown)
    return note(Note::Outcome::stale, at ? "the day of the assessment" : "the day on which it was measured");
  (still == Still::usable ? reading.candidates : reading.stale).push_back(candidate);
  return true;
}

// An answer to whether somebody is pregnant and the like.
bool read_answer(Reading& reading, const Resource& resource, const std::optional<Moment>& at) {
  const Node* const name = object_of(*resource.node, "code");
  const RecordTerms::Status* const status = name == nullptr ? nullptr : reading.codes.status(*name);
  if (status == nullptr) return false;
  const Node* const value = object_of(*resource.node, "valueCodeableConcept");
  const RecordTerms::Answer* const answer = value == nullptr ? nullptr : reading.codes.answer(*value);
  if (answer == nullptr || &reading.base().record_terms.statuses[answer->status] != status) {
    reading.incomplete(resource, value == nullptr ? *resource.node : *value, "one of the answers yes and no");
    return true;
  }
  if (reading.still(at, status->usable_for) != Still::usable) {
    reading.note(Note::Outcome::stale, resource, resource.pointer, shown(*name),
                 "an answer that still holds on the day of the assessment");
    return true;
  }
  Patient& patient = reading.record.request.patient;
  Fact<bool>& fact = status->is == facts::Is::pregnant    ? patient.pregnant
                     : status->is == facts::Is::lactating ? patient.lactating
                                                          : patient.dialysis;
  if (fact.known() && fact.value_or(false) != answer->yes) {
    reading.incomplete(resource, *value, "one answer: the record says both, and yes is taken");
    fact = true;
  } else {
    fact = answer->yes;
  }
  return true;
}

// A figure where the core asks for one: of several the one that is more dangerous.
enum class End : std::uint8_t { both, lower, upper };
End end_of(Bounded of) {
  if (of == Bounded::creatinine || of == Bounded::cystatin_c) return End::upper;
  return of == Bounded::weight || of == Bounded::height ? End::lower : End::both;
}

template <class Kind>
void set(Figure<Quantity<Kind>>& figure, const Interval<Exact>& value) {
  figure = Interval<Quantity<Kind>>{Quantity<Kind>::of_base(value.low), Quantity<Kind>::of_base(value.high)};
}

bool set_measurement(Patient& patient, Bounded of, const Interval<Exact>& value) {
  const Exact figure = end_of(of) == End::upper ? value.high : value.low;
  if (end_of(of) != End::both && !(value.low > Exact{} && value.high.finite())) return false;
  switch (of) {
    case Bounded::egfr: set(patient.labs.egfr, value); break;
    case Bounded::creatinine: patient.labs.creatinine = Creatinine::of_base(figure); break;
    case Bounded::cystatin_c: patient.labs.cystatin_c = CystatinC::of_base(figure); break;
    case Bounded::serum_magnesium: set(patient.labs.serum_magnesium, value); break;
    case Bounded::ferritin: set(patient.labs.ferritin, value); break;
    case Bounded::transferrin_saturation: set(patient.labs.transferrin_saturation, value); break;
    case Bounded::heart_rate: set(patient.signs.heart_rate, value); break;
    case Bounded::systolic_blood_pressure: set(patient.signs.systolic_blood_pressure, value); break;
    case Bounded::pr_interval: set(patient.signs.pr_interval, value); break;
    case Bounded::weight: patient.weight = Mass::of_base(figure); break;
    case Bounded::height: patient.height = Length::of_base(figure); break;
    default: return false;
  }
  return true;
}

// One that could not be read counts for nothing where a newer one could be.
void report_unusable(Reading& reading, Bounded of, const std::vector<const Candidate*>& kept) {
  for (const Unusable& one : reading.unusable) {
    if (one.candidate.of != of) continue;
    const bool newer =
        std::any_of(kept.begin(), kept.end(), [&](const Candidate* used) { return one.candidate.at.is_before(used->at); });
    if (newer)
      reading.note(Note::Outcome::skipped, *one.candidate.resource, one.candidate.resource->at(*one.candidate.node), {},
                   "an older value");
    else
      reading.unread(of_measurement, *one.candidate.resource, *one.at, one.found, one.expected);
  }
}

std::chrono::year_month_day day_of(const Candidate& candidate) { return candidate.at.last_day(); }

// Those that none is certainly newer than.
std::vector<const Candidate*> newest(const std::vector<Candidate>& all, Bounded of) {
  std::int64_t latest_first = std::numeric_limits<std::int64_t>::min();
  for (const Candidate& one : all)
    if (one.of == of) latest_first = std::max(latest_first, one.at.first);
  std::vector<const Candidate*> kept;
  for (const Candidate& one : all)
    if (one.of == of && one.at.last >= latest_first) kept.push_back(&one);
  return kept;
}

// An eGFR that is older than the creatinine or cystatin C of the record would hide what happened since: it is estimated from them
// instead, or not known.
void prefer_newer_creatinine(Reading& reading, const std::array<const Candidate*, facts::bounded_count>& chosen) {
  const Candidate* const egfr = chosen[static_cast<std::size_t>(Bounded::egfr)];
  if (egfr == nullptr) return;
  for (const Bounded of : {Bounded::creatinine, Bounded::cystatin_c}) {
    const Candidate* const other = chosen[static_cast<std::size_t>(of)];
    if (other == nullptr || !(egfr->at.last_day() < other->at.first_day())) continue;
    reading.record.request.patient.labs.egfr = {};
    std::erase_if(reading.record.measurements, [](const Measurement& one) { return one.fact == "egfr"; });
    return reading.note(Note::Outcome::skipped, *egfr->resource, egfr->resource->at(*egfr->node), {},
                        "older than the creatinine or cystatin C, from which it is estimated anew");
  }
}

}  // namespace

void read_observation(Reading& reading, const Resource& observation) {
  const Node& node = *observation.node;
  const std::string_view status = text_of(node, "status");
  const std::optional<Moment> at = moment_of(node);
  if (status == "entered-in-error" || status == "cancelled") return reading.skip(observation, "cancelled, or entered in error");
  if (status == "registered") return reading.skip(observation, "not measured yet");
  const bool usable = status == "final" || status == "amended" || status == "corrected" || status == "preliminary";
  if (!usable) {
    const Node* const name = object_of(node, "code");
    if (name == nullptr || reading.codes.measurement(*name) == nullptr) return reading.skip(observation, "of unknown status");
    return reading.unread(of_measurement, observation, node, shown(*name) + " of unknown status",
                          "final, amended, corrected or preliminary");
  }
  bool read = read_measured(reading, observation, node, at) || read_answer(reading, observation, at);
  each_of(node, "component", [&](const Node& component) { read = read_measured(reading, observation, component, at) || read; });
  if (!read) reading.skip(observation, "no measurement that rules use, as far as its codes tell");
}

namespace {

// Of a measurement without a usable value the newest is named: it is what would be used if it were not too old.
void note_stale(Reading& reading, Bounded of, bool known) {
  const std::vector<const Candidate*> kept = newest(reading.stale, of);
  for (const Candidate& one : reading.stale) {
    if (one.of != of) continue;
    const bool named = !known && std::find(kept.begin(), kept.end(), &one) != kept.end();
    if (named)
      reading.note(Note::Outcome::stale, *one.resource, one.resource->at(*one.node), shown(*object_of(*one.node, "code")),
                   "one of the last " + std::to_string(days_usable(reading, of).count()) + " days");
    else
      reading.note(Note::Outcome::skipped, *one.resource, one.resource->at(*one.node), {}, "an older value");
  }
}

}  // namespace

void choose_measurements(Reading& reading) {
  std::array<const Candidate*, facts::bounded_count> chosen{};
  for (std::size_t i = 0; i < facts::bounded_count; ++i) {
    const auto of = static_cast<Bounded>(i);
    const std::vector<const Candidate*> kept = newest(reading.candidates, of);
    note_stale(reading, of, !kept.empty());
    report_unusable(reading, of, kept);
    if (kept.empty()) continue;
    Interval<Exact> value = kept.front()->value;
    for (const Candidate* one : kept) value = Interval<Exact>::hull(value, one->value);
    for (const Candidate& one : reading.candidates)
      if (one.of == of && std::find(kept.begin(), kept.end(), &one) == kept.end())
        reading.note(Note::Outcome::skipped, *one.resource, one.resource->at(*one.node), {}, "an older value");
    if (!set_measurement(reading.record.request.patient, of, value)) {
      for (const Candidate* one : kept)
        reading.unread(of_measurement, *one->resource, *one->node, "a value that is only bounded", "a figure, to estimate from");
      continue;
    }
    chosen[i] = kept.front();
    for (const Candidate* one : kept)
      reading.record.measurements.push_back(
          {facts::bounded_info(i).id, {one->resource->origin().reference, one->resource->at(*one->node)}, day_of(*one)});
  }
  prefer_newer_creatinine(reading, chosen);
}

}  // namespace magnesia::fhir
