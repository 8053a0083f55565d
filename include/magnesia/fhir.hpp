// FHIR R4 in: what a record says of a person, where each thing stood, and what of it could not be used (docs/fhir.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/error.hpp"
#include "magnesia/knowledge.hpp"
#include "magnesia/patient.hpp"
#include "magnesia/request.hpp"

namespace magnesia::fhir {

/// What a record is asked for, each by a query of its own.
enum class List : std::uint8_t {
  conditions,                  ///< Condition
  medication_requests,         ///< MedicationRequest
  medication_statements,       ///< MedicationStatement
  medication_administrations,  ///< MedicationAdministration
  nutrition_orders,            ///< NutritionOrder
  observations,                ///< Observation
  allergies,                   ///< AllergyIntolerance
  devices,                     ///< Device
};

/// A set of them.
class Lists {
 public:
  constexpr Lists() noexcept = default;
  constexpr Lists(List one) noexcept : bits_{bit(one)} {}  // NOLINT(google-explicit-constructor): one is a set

  [[nodiscard]] constexpr bool has(List one) const noexcept { return (bits_ & bit(one)) != 0; }
  [[nodiscard]] constexpr bool has_all(Lists those) const noexcept { return (bits_ & those.bits_) == those.bits_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  friend constexpr Lists operator|(Lists a, Lists b) noexcept { return of(static_cast<std::uint8_t>(a.bits_ | b.bits_)); }
  friend constexpr Lists operator&(Lists a, Lists b) noexcept { return of(static_cast<std::uint8_t>(a.bits_ & b.bits_)); }
  constexpr Lists& operator|=(Lists more) noexcept { return *this = *this | more; }
  friend constexpr bool operator==(Lists, Lists) = default;

 private:
  static constexpr std::uint8_t bit(List one) noexcept { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(one)); }
  static constexpr Lists of(std::uint8_t bits) noexcept {
    Lists lists;
    lists.bits_ = bits;
    return lists;
  }
  std::uint8_t bits_ = 0;
};
[[nodiscard]] constexpr Lists operator|(List a, List b) noexcept { return Lists{a} | Lists{b}; }

/// What the caller says a code stands for, in names or codes that the knowledge has: the ingredients of a brand or of a clinical
/// drug, the route that a code means ("oral"), the condition behind a local code. Nothing: it has no answer either. `system` is
/// the URI as the record has it.
using CodeMap = std::function<std::vector<Term>(std::string_view system, std::string_view code)>;

/// For how long a measurement speaks for the person, where that is not as the knowledge has it.
struct UsableFor {
  std::string fact;  ///< "egfr", "serum-magnesium", "heart-rate", …
  std::chrono::days days{};
};

/// How to read. The same options, knowledge and text give the same record.
struct ReadOptions {
  /// The day of the assessment. Without one nothing that depends on it is known: the age, and every measurement.
  std::chrono::year_month_day as_of{};
  /// Which patient, where a Bundle holds several: "Patient/123" or "123". Empty: there must be only one.
  std::string patient{};
  /// Lists of which an empty answer says that there are none. Of medications there are none only where every such list of theirs
  /// was asked for and is empty. Without: an empty answer says nothing.
  Lists known_empty{};
  std::vector<UsableFor> usable_for{};
  CodeMap meaning_of{};
  /// The hours of the person's day, by which doses go that are told as "with dinner"; a record has none.
  Day day{};
};

/// Where something stood.
struct Origin {
  std::string reference;  ///< "MedicationRequest/123"; only the type where the resource has no id
  std::string pointer;    ///< JSON Pointer into what was read

  friend bool operator==(const Origin&, const Origin&) = default;
};

/// A measurement that was used. A figure of the patient's that is in no Measurement is not known.
struct Measurement {
  std::string_view fact;  ///< "age", "egfr", "creatinine", … as in a request; of the knowledge or of static storage
  Origin origin;
  std::optional<std::chrono::year_month_day> on;  ///< the day; none for the age

  friend bool operator==(const Measurement&, const Measurement&) = default;
};

/// Something that the record has and that the request does not hold, or not all of it.
struct Note {
  enum class Outcome : std::uint8_t {
    skipped,     ///< does not bear on the question, or says itself that it does not hold
    incomplete,  ///< used, but a part of it is unknown: when a drug is taken, or how much
    stale,       ///< a measurement that is too old, or whose day is not known: unknown
    unread,      ///< could not be understood, and may matter: the assessment is then not decided (Patient::unread)
  };
  Outcome outcome = Outcome::skipped;
  Origin origin;
  std::string found;     ///< what stood there, shortened; empty for what is only skipped
  std::string expected;  ///< what could be used; or why it was skipped

  friend bool operator==(const Note&, const Note&) = default;
};

/// "skipped", "incomplete", "stale", "unread".
[[nodiscard]] std::string_view name(Note::Outcome outcome) noexcept;

/// What was read. Nothing of the document is in none of: the request, `deceased`, the notes.
struct Record {
  Request request;
  Origin patient;
  std::vector<Origin> conditions;   ///< one for each of request.patient.conditions.items()
  std::vector<Origin> medications;  ///< one for each of request.patient.medications.items()
  std::vector<Origin> magnesium;    ///< one for each of request.regimen.products().items()
  std::vector<Measurement> measurements;
  std::vector<Note> notes;  ///< in the order in which they were met
  Lists lists;              ///< which lists were there, empty or not
  bool deceased = false;
};

/// Reads a resource or a Bundle (searchset, collection, transaction, batch and their responses, document, history of one state;
/// one inside another too). What is not said stays unknown, what can't be used is a note: neither is an error.
///     const auto record = fhir::read(text, knowledge, {.as_of = 2026y / 11 / 25});
///     const auto answer = checker.assess(record->request.patient, record->request.regimen);
/// Lists come as "at least these" (Policy::record_is_complete closes them); one of which the record has nothing is unknown.
/// Errors: those of the JSON (syntax, encoding, too_large, duplicate_key); missing_key and unknown_name where it is no resource
/// (its "resourceType"); conflict where there are several patients and the options name none; unknown_name where the one that
/// they name is not there. Time: proportional to the text.
[[nodiscard]] Result<Record, Errors> read(std::string_view json, const Knowledge& knowledge, const ReadOptions& options = {});

/// Reads a request (docs/contract.md) or a FHIR record, whichever the document says it is: a record has a "resourceType". What a
/// request says comes as a record without origins and notes. Errors: those of read_request and of read.
[[nodiscard]] Result<Record, Errors> read_document(std::string_view json, const Knowledge& knowledge,
                                                   const ReadOptions& options = {});

}  // namespace magnesia::fhir
