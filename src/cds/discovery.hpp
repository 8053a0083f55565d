// What the services say of themselves.
#pragma once

#include <string>
#include <vector>

#include "cds/prefetch.hpp"
#include "magnesia/cds_hooks.hpp"

namespace magnesia::cds {

[[nodiscard]] std::string discovery_of(const base::Base& base, const std::vector<Prefetch>& all, Version version);

}  // namespace magnesia::cds
