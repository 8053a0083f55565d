// Checks of a loaded base, one a file. Each appends the faults that it finds, with the place of the rule at fault.
#pragma once

#include <functional>
#include <string>

#include "base/base.hpp"
#include "magnesia/error.hpp"

namespace magnesia::rules::checks {

/// What a check may look at.
struct Loaded {
  const base::Base& base;
  std::function<std::string(std::size_t)> place_of_rule;  ///< only a fault is worth a string
};

/// Law 4: more danger is never milder. In a rule above severity none, a fact with a dangerous direction is compared in that
/// direction only; a harmful condition and any drug do not stand under "not", and a protective condition stands only there.
void monotone(const Loaded& loaded, Errors& errors);
/// A rule whose comparisons of one fact can't hold together never fires.
void contradiction(const Loaded& loaded, Errors& errors);
/// Rules that replace or cover each other in a circle would all fall away; a rule that replaces nothing that it meets is a slip.
void replacement(const Loaded& loaded, Errors& errors);

}  // namespace magnesia::rules::checks
