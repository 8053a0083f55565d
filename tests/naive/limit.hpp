// The limit of an authority for a person, for the second evaluator.
#pragma once

#include <string>

#include "tests/naive/facts.hpp"

namespace magnesia::naive {

/// The limit over every way in which what is not known of age, sex, pregnancy and lactation may be. "strictest": the lowest of
/// all authorities' lowest and the lowest of their highest.
[[nodiscard]] Number limit_of(const Documents& documents, const Facts& facts, const std::string& authority);

}  // namespace magnesia::naive
