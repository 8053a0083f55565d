// A person, in the user's own terms. Every fact begins unknown; nothing is defaulted (law 1).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "magnesia/day.hpp"
#include "magnesia/known.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia {

/// What equations and limits need.
enum class Sex : std::uint8_t { female, male };

/// A concept as somebody named it: by words, or by a code of a terminology ("icd10cm", "snomed", "rxnorm", "atc", …).
struct Term {
  std::string text;    ///< a name; or a code, when `system` is given
  std::string system;  ///< empty: `text` is a name

  friend bool operator==(const Term&, const Term&) = default;
};

/// A condition that a person has. One way in from a literal, so that `exactly({{"x", "y"}})` does not compile.
class Condition {
 public:
  Condition(const char* name) : term_{name, {}} {}  // NOLINT(google-explicit-constructor): the list reads as a list of names
  explicit Condition(Term term) : term_{std::move(term)} {}

  [[nodiscard]] const Term& term() const noexcept { return term_; }
  friend bool operator==(const Condition&, const Condition&) = default;

 private:
  Term term_;
};

/// A medication that a person takes, and when.
class Taken {
 public:
  Taken(const char* drug, Schedule schedule) : term_{drug, {}}, schedule_{std::move(schedule)} {}
  Taken(Term drug, Schedule schedule) : term_{std::move(drug)}, schedule_{std::move(schedule)} {}

  [[nodiscard]] const Term& term() const noexcept { return term_; }
  [[nodiscard]] const Schedule& schedule() const noexcept { return schedule_; }
  friend bool operator==(const Taken&, const Taken&) = default;

 private:
  Term term_;
  Schedule schedule_;
};

/// These, and there may be more: a record.
[[nodiscard]] inline Listed<Condition> at_least(std::initializer_list<Condition> items) {
  return {Completeness::at_least, items};
}
[[nodiscard]] inline Listed<Taken> at_least(std::initializer_list<Taken> items) { return {Completeness::at_least, items}; }
/// Asked and answered: these and no others. For "none", see `known_none`.
[[nodiscard]] inline Listed<Condition> exactly(std::initializer_list<Condition> items) { return {Completeness::exactly, items}; }
[[nodiscard]] inline Listed<Taken> exactly(std::initializer_list<Taken> items) { return {Completeness::exactly, items}; }

/// Measured values. An eGFR that is given is used as it is; otherwise it is estimated (renal.hpp).
struct Labs {
  Figure<Egfr> egfr;
  Fact<Creatinine> creatinine;
  Fact<CystatinC> cystatin_c;
  Figure<SerumMagnesium> serum_magnesium;
  Figure<Ferritin> ferritin;
  Figure<TransferrinSaturation> transferrin_saturation;

  friend bool operator==(const Labs&, const Labs&) = default;
};

/// Signs taken at the bedside or from an electrocardiogram.
struct Signs {
  Figure<HeartRate> heart_rate;
  Figure<BloodPressure> systolic_blood_pressure;
  Figure<Duration> pr_interval;

  friend bool operator==(const Signs&, const Signs&) = default;
};

/// Something that was said of a person or of what they take, and could not be understood. It is reported as unrecognised, the
/// verdict is not decided, and the list that it belongs to may hold more than it says.
struct Unread {
  enum class About : std::uint8_t { condition, medication, label, measurement, allergy, record };
  std::string path;  ///< where it stands in the document that was read, a JSON Pointer
  std::string text;  ///< what stands there, shortened
  About about = About::record;

  friend bool operator==(const Unread&, const Unread&) = default;
};

/// A person. Ranges that no person can leave are in the knowledge (questions/) and are checked when the person is assessed.
struct Patient {
  Figure<Age> age;
  Fact<Sex> sex;
  Fact<bool> pregnant;
  Fact<int> trimester;  ///< 1 to 3
  Fact<bool> lactating;
  Fact<bool> dialysis;
  Fact<Mass> weight;
  Fact<Length> height;
  Labs labs;
  Signs signs;
  Listed<Condition> conditions;
  Listed<Taken> medications;
  Fact<Term> purpose;  ///< what the magnesium is for: a condition
  std::vector<Unread> unread;

  friend bool operator==(const Patient&, const Patient&) = default;
};

}  // namespace magnesia
