// Base64 with the alphabet for URLs (RFC 4648 section 5), without padding, as tokens and keys are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace magnesia::serve {

/// The bytes, or none where the text is not their one canonical form: another character, padding, a length that no bytes have,
/// or bits left over that are not zero.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace magnesia::serve
