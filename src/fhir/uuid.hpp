// Ids that follow from what they stand for.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace magnesia::fhir {

/// A UUID of version 5 (RFC 4122, section 4.3) in this project's own name space, of the parts in a row with a zero byte behind
/// each. The same parts always give the same UUID; others practically never do. Lower-case, 36 characters.
[[nodiscard]] std::string uuid_of(std::initializer_list<std::string_view> parts);

}  // namespace magnesia::fhir
