// Request: a person and what they take, as the command line, the services and the cases write it: JSON, docs/contract.md, "In"
// (docs/schema/request-1.schema.json).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "magnesia/day.hpp"
#include "magnesia/error.hpp"
#include "magnesia/known.hpp"
#include "magnesia/patient.hpp"
#include "magnesia/quantity.hpp"
#include "magnesia/regimen.hpp"

namespace magnesia {

/// The hours by which a person's day goes.
struct Day {
  Fact<TimeOfDay> wake;
  Fact<TimeOfDay> breakfast;
  Fact<TimeOfDay> lunch;
  Fact<TimeOfDay> dinner;
  Fact<TimeOfDay> bed;

  friend bool operator==(const Day&, const Day&) = default;
};

/// From one time of day to another, both included; over midnight where `to` is before `from`.
struct TimeSpan {
  TimeOfDay from;
  TimeOfDay to;

  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// What a plan of the day may do with the doses of one entry.
struct Leeway {
  Fact<bool> may_move;             ///< unknown: not said; a plan then moves magnesium and leaves medications where they are
  std::optional<TimeSpan> within;  ///< where it may be moved to; none: anywhere
  Fact<Duration> min_spacing;      ///< between two doses of the entry

  friend bool operator==(const Leeway&, const Leeway&) = default;
};

struct Request {
  Patient patient;
  Regimen regimen;
  Day day;
  std::vector<Leeway> medications;  ///< one for each of patient.medications.items()
  std::vector<Leeway> magnesium;    ///< one for each of regimen.products().items()

  friend bool operator==(const Request&, const Request&) = default;
};

/// Reads a request, or reports every fault of it with its JSON Pointer. What is not said stays unknown; what is said twice, in
/// a key that there is not, or in a unit of another kind of quantity is a fault. Whether a number can be a person's is not judged
/// here but when the person is assessed (the bounds are knowledge).
///     const auto request = read_request(R"({"magnesia": "request/1", "patient": {"age": {"value": 67, "unit": "a"}}})");
/// Errors: those of the JSON (syntax, encoding, too_large, duplicate_key), then in the order of the document unknown_key,
/// missing_key, wrong_type, wrong_unit, out_of_range, unknown_name, conflict, too_large (a number's digits, a list's entries),
/// syntax (a time of day).
[[nodiscard]] Result<Request, Errors> read_request(std::string_view json);

/// Reads one request after another in memory that it keeps. Not for two threads at once.
class RequestReader {
 public:
  static constexpr std::size_t default_max_bytes = std::size_t{16} << 20U;

  explicit RequestReader(std::size_t max_bytes = default_max_bytes);
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  /// Replaces `into` by what the document says. Empty: it was read; otherwise every fault, and `into` says nothing.
  [[nodiscard]] Errors read_into(Request& into, std::string_view json);
  [[nodiscard]] Result<Request, Errors> read(std::string_view json);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace magnesia
