// Files and standard input, never more of them than asked for.
#pragma once

#include <cstddef>
#include <string>

#include "magnesia/error.hpp"

namespace magnesia::json {

/// All bytes of a file, or of standard input where the path is "-". At most `max_bytes` are ever held, whatever the file's size
/// and however it grows. Errors: too_large; unreadable (missing, no permission, a directory). The place is the path.
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

}  // namespace magnesia::json
