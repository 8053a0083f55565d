// What the services ask for beforehand: one query for each thing that rules use, and nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/base.hpp"
#include "magnesia/fhir.hpp"

namespace magnesia::cds {

struct Prefetch {
  std::string key;
  std::string query;                    ///< the template
  fhir::Lists answers;                  ///< lists that its answer holds in full
  std::vector<std::string_view> tells;  ///< facts, as Missing has them
};

/// In the order of the discovery.
[[nodiscard]] std::vector<Prefetch> prefetches(const base::Base& base);

/// Lists that the queries ask for.
[[nodiscard]] fhir::Lists asked_lists(const std::vector<Prefetch>& all) noexcept;

}  // namespace magnesia::cds
