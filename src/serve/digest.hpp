#pragma once

#include <string>
#include <string_view>

namespace magnesia::serve {

/// SHA-256, as 32 bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace magnesia::serve
