// Values of an assessment, appended as JSON.
#pragma once

#include <string>
#include <string_view>

#include "json/output.hpp"
#include "magnesia/known.hpp"

namespace magnesia::report {

/// A decimal of at most nine places exactly; any other rounded to six places, towards `way`; null for an infinity.
void append_number(std::string& out, Exact value, Rounding way);
void append_number(json::Output& out, Exact value, Rounding way);

/// `"low":…,"high":…`, bounds rounded outwards; of a certain amount both upwards, so that they stay equal.
void append_bounds(json::Output& out, const Interval<Exact>& value);

/// `"value":…` for a point, rounded towards `danger`; bounds for anything else.
void append_value(json::Output& out, const Interval<Exact>& value, Rounding danger);

}  // namespace magnesia::report
