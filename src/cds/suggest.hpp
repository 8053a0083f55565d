// What could be done about a card: other times, a lower dose, or no such order. Each change of an order was checked as if it had
// been ordered so.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "cds/call.hpp"
#include "cds/cards.hpp"
#include "magnesia/checker.hpp"

namespace magnesia::cds {

/// Orders and what stands for them instead.
struct Changed {
  const Draft* draft = nullptr;
  std::string resource;
};

struct Situation {
  const Call& call;
  const fhir::Record& record;
  const Ordered& ordered;
  const Checker& checker;
  const Assessment& assessment;
  TimeSpan within;  ///< where times may be, if the hours of the day are not known
  /// The assessment with changed orders; none where they can't be read.
  std::function<std::optional<Assessment>(const std::vector<Changed>&)> with;
};

void suggest(const Situation& situation, std::vector<Card>& cards);

}  // namespace magnesia::cds
