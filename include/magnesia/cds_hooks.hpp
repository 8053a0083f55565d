// CDS Hooks 2.0.1, the service without a network: what it offers, and what it answers to a request (docs/cds-hooks.md). A host
// mounts it in its own server. In target magnesia::cds_hooks.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/checker.hpp"
#include "magnesia/day.hpp"
#include "magnesia/error.hpp"
#include "magnesia/fhir.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia::cds {

/// An answer as HTTP has it. Where `status` is 400 or more, `body` is a FHIR OperationOutcome; it holds places (JSON Pointers)
/// and what was expected there, and nothing of what the request said.
struct Response {
  int status = 200;
  std::string_view content_type = "application/json";  ///< of static storage
  std::string body;
};

/// The version of the specification that answers keep to. Version 3.0.0 adds the versions of specification and hooks to the
/// discovery, and nothing else that an older client would meet.
enum class Version : std::uint8_t { v2_0_1, v3_0_0 };

struct Options {
  Policy policy;                        ///< of the check; its day is replaced by that of each call
  fhir::ReadOptions reading;            ///< its day, patient and known_empty are replaced by those of each call
  Severity least = Severity::moderate;  ///< findings below it raise no card: minor ones ask for no change
  /// What null says as the value of a prefetch key: by the specification that there are none; clients are known to send it where
  /// their search failed. False: nothing, as if the key were absent.
  bool null_is_none = false;
  /// Times that may be suggested where the hours of the patient's day are not known. No verdict rests on it.
  TimeSpan suggest_within{TimeOfDay{7 * 60}, TimeOfDay{22 * 60}};
  Version version = Version::v2_0_1;
};

/// What a clinician did with a card.
struct Feedback {
  enum class Outcome : std::uint8_t { accepted, overridden };
  struct Reason {
    std::string system;
    std::string code;
    std::string display;  ///< empty: not said

    friend bool operator==(const Reason&, const Reason&) = default;
  };

  std::string card;  ///< its uuid
  Outcome outcome = Outcome::overridden;
  std::vector<std::string> accepted_suggestions;  ///< their uuids; none where it was overridden
  std::optional<Reason> reason;
  std::string comment;    ///< in the words of the clinician, and may be about a patient; empty: none
  std::string timestamp;  ///< RFC 3339, as it was written

  friend bool operator==(const Feedback&, const Feedback&) = default;
};
/// "accepted", "overridden".
[[nodiscard]] std::string_view name(Feedback::Outcome outcome) noexcept;

struct Prefetch;  // a query of ours, of which callers see the text in the discovery

/// Immutable; shared by any number of threads.
class Service {
 public:
  explicit Service(Knowledge knowledge, Options options = {});

  /// Ids of the services, the part of the path behind "/cds-services/": "magnesia-patient" (patient-view) and "magnesia-orders"
  /// (order-select, order-sign). An id stands for several hooks where the cards of a later one replace those of an earlier one.
  [[nodiscard]] static std::vector<std::string_view> ids();
  [[nodiscard]] static bool has(std::string_view id) noexcept;

  /// The body of GET /cds-services. The same service gives the same bytes.
  [[nodiscard]] const std::string& discovery() const noexcept { return discovery_; }

  /// What POST /cds-services/{id} answers. `today` is the day on which ages and the age of measurements are reckoned.
  ///     const cds::Response response = service.answer("magnesia-orders", body, today);
  /// 200: cards, perhaps none. 400: the body is no request of CDS Hooks, or its hook does not fit the service. 404: no such
  /// service. 412: nothing can be said without data that the request does not hold; the outcome names its prefetch keys. 413: too
  /// large. 422: something in it is no person's (an age of 900 years). The same
  /// request on the same day gives the same bytes. Time: proportional to the body; about a millisecond for a usual one.
  [[nodiscard]] Response answer(std::string_view id, std::string_view body, std::chrono::year_month_day today) const;

  /// Reads the body of POST /cds-services/{id}/feedback, or says why not (400, 404). Nothing is stored, and whether a card of
  /// that uuid was ever given is not looked at.
  [[nodiscard]] static Result<std::vector<Feedback>, Response> read_feedback(std::string_view id, std::string_view body);

  /// The same outcome for what a host refuses itself: too large, not JSON by its content type, and so on. `errors` must not be
  /// empty.
  [[nodiscard]] static Response refuse(int status, const Errors& errors);

  /// How large a request may be. More is answered with 413.
  static constexpr std::size_t max_bytes = std::size_t{16} << 20U;

  [[nodiscard]] const Knowledge& knowledge() const noexcept { return knowledge_; }
  [[nodiscard]] const Options& options() const noexcept { return options_; }

 private:
  Knowledge knowledge_;
  Options options_;
  std::shared_ptr<const std::vector<Prefetch>> asked_;
  std::string discovery_;
};

/// The cards of an assessment that no request of CDS Hooks led to: what `magnesia check --format cds` prints. One for each
/// finding from `least` on, and one for what is not known.
[[nodiscard]] std::string to_cards(const Assessment& assessment, Severity least = Severity::moderate);

}  // namespace magnesia::cds
