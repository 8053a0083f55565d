#include "report/layout.hpp"

#include <algorithm>
#include <cstdint>

#include "json/utf8.hpp"

namespace magnesia::report {
namespace {

// Of well-formed UTF-8.
std::uint32_t code_point(std::string_view character) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i])); };
  switch (character.size()) {
    case 1: return byte(0);
    case 2: return (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU);
    case 3: return (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    default: return (byte(0) & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU);
  }
}

// Control characters, those that turn the direction of reading, and line and paragraph separators (Unicode 15, chapter 23).
bool steers(std::uint32_t code) noexcept {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

// The end of the first `count` characters, or of the text.
std::size_t end_of(std::string_view text, std::size_t count) noexcept {
  std::size_t at = 0;
  while (at < text.size() && count-- > 0) at += std::max<std::size_t>(1, json::character_length(text, at));
  return at;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\n' || c == '\t' || c == '\r') {
      out += ' ';
      ++at;
      continue;
    }
    const std::size_t length = json::character_length(text, at);
    const std::string_view character = text.substr(at, std::max<std::size_t>(1, length));
    out += length == 0 || steers(code_point(character)) ? json::replacement_character : character;
    at += character.size();
  }
  return out;
}

std::size_t characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  width = std::max<std::size_t>(width, 1);
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    std::string_view word = text.substr(0, blank);
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    if (word.empty()) continue;
    std::size_t length = characters(word);
    if (used != 0 && used + 1 + length > width) {
      lines.emplace_back();
      used = 0;
    }
    for (; used == 0 && length > width; length -= width) {
      const std::size_t end = end_of(word, width);
      lines.back() += word.substr(0, end);
      word.remove_prefix(end);
      lines.emplace_back();
    }
    if (used != 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += length;
  }
  return lines;
}

void append_entry(std::string& out, std::size_t indent, std::string_view head, std::size_t column, std::string_view text,
                  std::size_t width) {
  std::string line(indent, ' ');
  line += printable(head);
  if (!head.empty() && characters(line) >= column) {
    for (const std::string& part : wrap(printable(head), width - indent)) out.append(indent, ' ') += part + '\n';
    line.clear();
    if (text.empty()) return;
  }
  for (const std::string& part : wrap(printable(text), width > column + 20 ? width - column : 20)) {
    if (!part.empty()) line.append(column - characters(line), ' ');
    out += line += part;
    out += '\n';
    line.clear();
  }
}

}  // namespace magnesia::report
