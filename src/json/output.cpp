#include "json/output.hpp"

#include <algorithm>
#include <charconv>

#include "base/bytes.hpp"
#include "json/utf8.hpp"

namespace magnesia::json {

using base::any;
using base::Sixteen;

namespace {

constexpr std::ptrdiff_t block = 64;
constexpr std::ptrdiff_t step = sizeof(Sixteen);
constexpr std::size_t longest_character = 6;  // \u001f

// Bytes that may not stand in a JSON string as they are (RFC 8259, section 7): control characters, " and \; and those that
// are no ASCII, which have to be looked at.
Sixteen special(Sixteen bytes) noexcept { return (bytes < 0x20) | (bytes == '"') | (bytes == '\\'); }
Sixteen load(const char* from) noexcept { return base::load<Sixteen>(from); }

// Less than sixteen bytes, and blanks.
Sixteen load_few(const char* from, std::size_t size) noexcept {
  std::array<char, sizeof(Sixteen)> bytes;
  bytes.fill(' ');
  if (size >= 8) {
    std::memcpy(bytes.data(), from, 8);
    std::memcpy(bytes.data() + size - 8, from + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(bytes.data(), from, 4);
    std::memcpy(bytes.data() + size - 4, from + size - 4, 4);
  } else {
    for (std::size_t i = 0; i < size; ++i) bytes[i] = from[i];
  }
  return load(bytes.data());
}

char* write_escape(char* out, char c) noexcept {
  constexpr std::string_view digits = "0123456789abcdef";
  *out++ = '\\';
  switch (c) {
    case '"':
    case '\\': *out++ = c; break;
    case '\b': *out++ = 'b'; break;
    case '\f': *out++ = 'f'; break;
    case '\n': *out++ = 'n'; break;
    case '\r': *out++ = 'r'; break;
    case '\t': *out++ = 't'; break;
    default:
      out = std::copy_n("u00", 3, out);
      *out++ = digits[static_cast<unsigned char>(c) >> 4U];
      *out++ = digits[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

}  // namespace

void Output::characters(std::string_view text) {
  const char* from = text.data();
  const char* const end = from + text.size();
  char* at = at_;
  const auto make_room = [&](std::size_t size) {
    if (static_cast<std::size_t>(buffer_.data() + buffer_.size() - at) >= size) return;
    at_ = at;
    flush();
    at = at_;
  };
  while (from != end) {
    for (; end - from >= block; from += block, at += block) {
      const std::array<Sixteen, 4> bytes{load(from), load(from + step), load(from + 2 * step), load(from + 3 * step)};
      if (any(special(bytes[0]) | special(bytes[1]) | special(bytes[2]) | special(bytes[3]))) break;
      make_room(sizeof bytes);
      std::memcpy(at, bytes.data(), sizeof bytes);
    }
    // Of the last bytes no more count than there are; what is written behind them is written over.
    const auto left = static_cast<std::size_t>(std::min(end - from, step));
    make_room(step + longest_character);
    const Sixteen bytes = left == step ? load(from) : load_few(from, left);
    std::memcpy(at, &bytes, sizeof bytes);
    const Sixteen found = special(bytes);
    const std::size_t plain = any(found) ? base::first_of(found) : left;
    from += plain;
    at += plain;
    if (plain == left) continue;
    std::size_t length = 1;
    if (static_cast<unsigned char>(*from) < 0x80) {
      at = write_escape(at, *from);
    } else if (const std::size_t found_length = character_length({from, static_cast<std::size_t>(end - from)}, 0)) {
      at = std::copy_n(from, found_length, at);
      length = found_length;
    } else {
      at = std::copy(replacement_character.begin(), replacement_character.end(), at);
    }
    from += length;
  }
  at_ = at;
}

void Output::integer(std::int64_t value) {
  constexpr std::size_t longest = 20;
  if (room() < longest) flush();
  at_ = std::to_chars(at_, at_ + longest, value).ptr;
}

void Output::flush() {
  to_.append(buffer_.data(), at_);
  at_ = buffer_.data();
}

Output& Output::append_large(std::string_view json) {
  flush();
  if (json.size() > room())
    to_ += json;
  else
    *this += json;
  return *this;
}

}  // namespace magnesia::json
