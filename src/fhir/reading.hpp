// Reading: what the readers of the several kinds of resources share, and the record that they fill.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "fhir/bundle.hpp"
#include "fhir/codes.hpp"
#include "fhir/date.hpp"
#include "fhir/node.hpp"
#include "fhir/read.hpp"

namespace magnesia::fhir {

/// A value that was measured, and that may be used.
struct Candidate {
  facts::Bounded of{};
  Interval<Exact> value;  ///< in base units
  Moment at;
  const Resource* resource = nullptr;
  const Node* node = nullptr;  ///< the Observation, or a component of it
};

/// One whose value could not be understood.
struct Unusable {
  Candidate candidate;
  const Node* at = nullptr;
  std::string found;
  std::string expected;
};

/// Whether what was so on a day still counts.
enum class Still : std::uint8_t { usable, too_old, later, unknown };

struct Reading {
  const Codes codes;
  const ReadOptions& options;
  const Resources& resources;
  std::optional<std::chrono::sys_days> today;
  Record record;
  std::vector<Product> products;
  std::unordered_set<const Node*> taken;  ///< resources that gave a medication or a product
  std::vector<Candidate> candidates;      ///< usable
  std::vector<Candidate> stale;
  std::vector<Unusable> unusable;

  Reading(const Knowledge& knowledge, const ReadOptions& how, const Resources& all)
      : codes{knowledge, how.meaning_of}, options{how}, resources{all} {
    if (how.as_of.ok()) today = how.as_of;
    record.request.day = how.day;
  }

  [[nodiscard]] const base::Base& base() const noexcept { return codes.base(); }
  /// For how long a fact counts, by the options or else as the knowledge has it.
  [[nodiscard]] std::chrono::days usable_for(std::string_view fact, std::chrono::days otherwise) const noexcept;
  [[nodiscard]] Still still(const std::optional<Moment>& at, std::chrono::days usable_for) const noexcept;

  void note(Note::Outcome outcome, const Resource& resource, std::string pointer, std::string found, std::string_view expected);
  /// It does not bear on the question, or says itself that it does not hold.
  void skip(const Resource& resource, std::string_view why);
  /// It was used, but a part of it is unknown.
  void incomplete(const Resource& resource, const Node& at, std::string_view expected);
  /// It could not be understood and may matter: a note, and an Unread of the patient's. `text` is what stands there.
  void unread(Unread::About about, const Resource& resource, const Node& at, std::string text, std::string_view expected);
  void unread(Unread::About about, const Resource& resource, const Node& at, std::string_view expected);

  void add_condition(Term term, const Resource& resource);
  void add_medication(Term term, Schedule schedule, const Leeway& leeway, const Resource& resource);
  void add_product(Product product, const Leeway& leeway, const Resource& resource);
};

// The readers, a file each.
void read_patient(Reading& reading, const Resource& patient);
void read_condition(Reading& reading, const Resource& condition);
void read_allergy(Reading& reading, const Resource& allergy);
void read_device(Reading& reading, const Resource& device);
void read_procedure(Reading& reading, const Resource& procedure);
void read_observation(Reading& reading, const Resource& observation);
/// When all observations were read: the newest usable of each counts.
void choose_measurements(Reading& reading);
void read_medication_request(Reading& reading, const Resource& request);
void read_medication_statement(Reading& reading, const Resource& statement);
void read_medication_administration(Reading& reading, const Resource& administration);
void read_nutrition_order(Reading& reading, const Resource& order);

}  // namespace magnesia::fhir
