// Parts that resources are made of. Nothing empty is written: FHIR knows no empty string, array or object.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "json/write.hpp"
#include "magnesia/known.hpp"

namespace magnesia::fhir {

/// Names of this project's own systems of codes and extensions. Stable.
namespace own {
inline constexpr std::string_view rule = "urn:magnesia:rule";
inline constexpr std::string_view topic = "urn:magnesia:topic";
inline constexpr std::string_view fact = "urn:magnesia:fact";
inline constexpr std::string_view source = "urn:magnesia:source";
inline constexpr std::string_view grade = "urn:magnesia:grade";
inline constexpr std::string_view knowledge = "urn:magnesia:knowledge";
inline constexpr std::string_view severity = "urn:magnesia:severity";        ///< extension: the severity, finer than FHIR has it
inline constexpr std::string_view question = "urn:magnesia:question";        ///< extension: what to ask
inline constexpr std::string_view could_reach = "urn:magnesia:could-reach";  ///< extension: a severity
}  // namespace own

inline constexpr std::string_view ucum = "http://unitsofmeasure.org";

class ResourceWriter : public json::Writer {
 public:
  explicit ResourceWriter(std::string& out) noexcept : Writer{out} {}

  void begin(std::string_view key) { this->key(key), begin_object(); }
  void begin_list(std::string_view key) { this->key(key), begin_array(); }

  /// Nothing where the text is empty.
  void member_if(std::string_view name, std::string_view text) {
    if (!text.empty()) member(name, text);
  }
  void coding(std::string_view system, std::string_view code, std::string_view display = {}, std::string_view version = {});
  /// A CodeableConcept of words alone.
  void concept_text(std::string_view key, std::string_view text);
  /// `key`: empty in a list. One of reference and display must be there.
  void reference(std::string_view key, std::string_view reference, std::string_view display = {});
  void string_extension(std::string_view url, std::string_view text);
  void code_extension(std::string_view url, std::string_view code);
  /// `body`: well-formed XHTML.
  void narrative(std::string_view body);
  /// Nothing where the day is none.
  void day(std::string_view key, std::chrono::year_month_day day);
  /// A Quantity in a unit of UCUM.
  void quantity(std::string_view key, Exact value, Rounding way, std::string_view unit);
  /// valueQuantity for a point, valueRange for an interval; an infinite bound is left out.
  void value_of(const Interval<Exact>& value, std::string_view unit, Rounding danger);
};

/// Appends "<p>…</p>", the text escaped and without control characters; nothing where it is empty.
void append_paragraph(std::string& out, std::string_view text);

/// "MedicationRequest/123"; empty where the resource has no id.
[[nodiscard]] std::string_view usable_reference(std::string_view reference) noexcept;

}  // namespace magnesia::fhir
