// Index: which rules are to be evaluated when. Made once, when the knowledge has been loaded.
#pragma once

#include "base/base.hpp"

namespace magnesia::rules {

/// Fills the part of the base that is made from its rules. O(drugs × rules).
void index(base::Base& base);

}  // namespace magnesia::rules
