// Dosage: FHIR's dosage instruction to a schedule and the amount of a dose.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "fhir/codes.hpp"
#include "fhir/date.hpp"

namespace magnesia::fhir {

/// The amount of a dose, in the way in which it is told; at most one of them.
struct DoseAmount {
  std::optional<Exact> units;  ///< tablets, capsules or sachets
  std::optional<Mass> mass;
  std::optional<ElementalMass> elemental;  ///< of mmol and meq, which count magnesium
  std::optional<Volume> volume;
};

/// How something is taken, as far as it is told with certainty.
struct Dosage {
  Schedule schedule;
  Fact<Duration> min_spacing;

  DoseAmount amount;
  std::optional<DoseAmount> most;  ///< of a range ("1 to 2 tablets"), of which `amount` is then the least

  const Node* route = nullptr;
  std::optional<Moment> begins;
  std::optional<Moment> ends;

  /// Something of it that stays unknown.
  struct Open {
    const Node* at = nullptr;
    std::string_view expected;
  };
  std::vector<Open> open;           ///< of when it is taken
  std::optional<Open> amount_open;  ///< why there is no amount
};

/// Reads one element of dosageInstruction or dosage. Times that go by an hour of the day are known where that hour is.
[[nodiscard]] Dosage read_dosage(const Node& dosage, const Day& day, const Codes& codes);

/// The same of a Timing alone.
void read_timing(const Node& timing, const Day& day, Dosage& into);

/// The amount in a Quantity: of a dose, or of what is in a tablet. What was expected instead, where there is none.
[[nodiscard]] std::optional<Dosage::Open> read_amount(const Node& quantity, const Codes& codes, DoseAmount& into);

}  // namespace magnesia::fhir
