// The people of the benchmarks: a small case and a large one, typed and as a document.
#pragma once

#include <string_view>

#include "magnesia/patient.hpp"
#include "magnesia/regimen.hpp"

namespace magnesia::bench {

struct Person {
  Patient patient;
  Regimen regimen;
};

/// One product and two drugs; everything awaited is known.
[[nodiscard]] Person small();
/// Three products, fifteen drugs, eight conditions.
[[nodiscard]] Person large();
/// `small()` as a request of the command line.
[[nodiscard]] std::string_view small_request();

}  // namespace magnesia::bench
