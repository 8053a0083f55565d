// Text in columns: wrapped by characters, safe to print.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace magnesia::report {

/// The text with everything that could steer a terminal, or turn the direction of reading, replaced by U+FFFD, and so with bytes
/// that are not UTF-8. Line ends and tabs become blanks.
[[nodiscard]] std::string printable(std::string_view text);

/// Characters (code points) of valid UTF-8.
[[nodiscard]] std::size_t characters(std::string_view text) noexcept;

/// Lines of at most `width` characters, broken at blanks; a word that is longer is broken where it must be. At least one line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// Appends `head` after `indent` blanks and the text, wrapped, in a column from `column` on; a head that is too long for that
/// takes a line of its own. Both are made printable.
void append_entry(std::string& out, std::size_t indent, std::string_view head, std::size_t column, std::string_view text,
                  std::size_t width);

}  // namespace magnesia::report
