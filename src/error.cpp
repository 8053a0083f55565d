#include "magnesia/error.hpp"

#include <array>
#include <cstddef>

namespace magnesia {
namespace {

// In the order of ErrorKind.
constexpr std::array<std::string_view, 14> kind_names{"syntax",      "encoding",   "too-large",  "unknown-key",  "duplicate-key",
                                                      "missing-key", "wrong-type", "wrong-unit", "out-of-range", "unknown-name",
                                                      "conflict",    "unsourced",  "unsafe",     "unreadable"};
static_assert(kind_names.size() == static_cast<std::size_t>(ErrorKind::unreadable) + 1);

constexpr std::size_t longest_excerpt = 60;

constexpr bool between(unsigned char byte, unsigned low, unsigned high) noexcept { return byte >= low && byte <= high; }

// Bytes of the character at the beginning of `text`, or 0 where it is not UTF-8 (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  const auto tail = [&](std::size_t i) { return between(at(i), 0x80, 0xBF); };
  const unsigned char first = at(0);
  if (first < 0x80) return 1;
  if (between(first, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  if (between(first, 0xE0, 0xEF)) {
    const bool second = first == 0xE0 ? between(at(1), 0xA0, 0xBF) : first == 0xED ? between(at(1), 0x80, 0x9F) : tail(1);
    return second && tail(2) ? 3 : 0;
  }
  if (between(first, 0xF0, 0xF4)) {
    const bool second = first == 0xF0 ? between(at(1), 0x90, 0xBF) : first == 0xF4 ? between(at(1), 0x80, 0x8F) : tail(1);
    return second && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string_view name(ErrorKind kind) noexcept { return kind_names[static_cast<std::size_t>(kind)]; }

std::string describe(const Error& error) {
  return (error.place.empty() ? std::string{} : error.place + ": ") + "found " + error.found + ", expected " + error.expected;
}

std::string excerpt(std::string_view text) {
  constexpr std::string_view hexadecimal = "0123456789ABCDEF";
  std::string quoted = "\"";
  while (!text.empty()) {
    if (quoted.size() > longest_excerpt) {
      quoted += "…";
      break;
    }
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = character_length(text);
    if (length == 0 || first < 0x20 || first == 0x7F) {
      quoted += "\\x";
      quoted += hexadecimal[first >> 4U];
      quoted += hexadecimal[first & 0xFU];
      text.remove_prefix(1);
    } else {
      quoted += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return quoted += '"';
}

}  // namespace magnesia
