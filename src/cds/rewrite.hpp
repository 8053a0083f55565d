// Orders with a part of them changed, written anew in their entirety, as an update of CDS Hooks wants them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "json/parse.hpp"
#include "json/write.hpp"
#include "magnesia/day.hpp"

namespace magnesia::cds {

using Replacements = std::vector<std::pair<const json::Node*, std::string>>;

/// The node as JSON, on one line, with other text in place of some nodes below it or of itself.
void write_node(json::Writer& writer, const json::Node& node, const Replacements& instead = {});

/// The order taken at these times of each day of its own. None where it does not tell one instruction that every day is like the
/// other, or where its words would go on saying something else.
[[nodiscard]] std::optional<std::string> with_times(const json::Node& order, const std::vector<TimeOfDay>& times);

/// A dose that an order tells as a mass: its figure and its unit.
struct MassDose {
  Exact value;
  std::string_view unit;  ///< "mg", "g", "ug"
};
[[nodiscard]] std::optional<MassDose> mass_dose(const json::Node& order);
/// The order with another figure for that dose.
[[nodiscard]] std::optional<std::string> with_dose(const json::Node& order, Exact value);

}  // namespace magnesia::cds
