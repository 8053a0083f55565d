// From facts to findings and a range, for the second evaluator.
#pragma once

#include "tests/naive/evaluator.hpp"

namespace magnesia::naive {

/// What every rule says of everything that was told.
[[nodiscard]] Answer findings_of(const Documents& documents, const Facts& facts);
/// The worst that open lists could bring: every rule about every drug and a product of which nothing is known.
[[nodiscard]] Severity worst_of_what_nobody_listed(const Documents& documents, const Facts& facts);

/// The name of a finding's subject (Said::subject); -1: none.
[[nodiscard]] std::string subject_of(int medication, int product, bool from_medication);

}  // namespace magnesia::naive
