// Values of an assessment, appended as JSON.
#pragma once

#include <string>
#include <string_view>

#include "json/write.hpp"
#include "magnesia/known.hpp"

namespace magnesia::report {

/// Whether the text may stand between the quotation marks of a JSON string as it is.
[[nodiscard]] bool is_plain(std::string_view text) noexcept;

/// As json::append_string, and faster where nothing has to be escaped.
inline void append_string(std::string& out, std::string_view text) {
  if (!is_plain(text)) return json::append_string(out, text);
  out += '"';
  out += text;
  out += '"';
}

/// What `append(out)` appends, as a JSON string.
template <class Append>
void append_as_string(std::string& out, Append append) {
  out += '"';
  const std::size_t begin = out.size();
  append(out);
  if (!is_plain(std::string_view{out}.substr(begin))) {
    const std::string text = out.substr(begin);
    out.resize(begin - 1);
    json::append_string(out, text);
  } else {
    out += '"';
  }
}

/// A decimal of at most nine places exactly; any other rounded to six places, towards `way`; null for an infinity.
void append_number(std::string& out, Exact value, Rounding way);

/// `"low":…,"high":…`, bounds rounded outwards; of a certain amount both upwards, so that they stay equal.
void append_bounds(std::string& out, const Interval<Exact>& value);

/// `"value":…` for a point, rounded towards `danger`; bounds for anything else.
void append_value(std::string& out, const Interval<Exact>& value, Rounding danger);

}  // namespace magnesia::report
