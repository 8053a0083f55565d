// Where a text stops being JSON.
#pragma once

#include <optional>
#include <string_view>

#include "json/parse.hpp"
#include "magnesia/error.hpp"

namespace magnesia::json {

/// The first fault that keeps the text from being a JSON document (RFC 8259) within the bounds, or none. Written for its
/// messages: one character at a time, no recursion. The parser asks it only about a text that it refused; the fuzzer compares the
/// two verdicts.
[[nodiscard]] std::optional<Error> diagnose(std::string_view text, const Bounds& bounds);

}  // namespace magnesia::json
