#include "json/output.hpp"

#include <algorithm>
#include <charconv>

#include "base/bytes.hpp"
#include "json/utf8.hpp"

namespace magnesia::json {

using base::any;
using base::Sixteen;

namespace {

constexpr std::size_t sixteen = sizeof(Sixteen);
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
  const std::size_t size = text.size();
  if (size > buffer_.size()) return any_characters(text);
  if (room() < std::max(size, sixteen)) flush();
  // As they are, if all may stand so; what is written is of no account otherwise.
  const char* const from = text.data();
  Sixteen found{};
  const auto copy = [&](const Sixteen& bytes, std::size_t at) {
    std::memcpy(at_ + at, &bytes, sixteen);
    found |= special(bytes);
  };
  if (size < sixteen) {
    copy(load_few(from, size), 0);  // with blanks, which the next piece is written over
  } else {
    for (std::size_t at = 0; at < size - sixteen; at += sixteen) copy(load(from + at), at);
    copy(load(from + size - sixteen), size - sixteen);
  }
  if (any(found)) return any_characters(text);
  at_ += size;
}

void Output::any_characters(std::string_view text) {
  while (!text.empty()) {
    if (room() < longest_character) flush();
    std::size_t length = 1;
    if (const auto byte = static_cast<unsigned char>(text.front()); byte >= 0x80) {
      length = character_length(text, 0);
      const std::string_view character = length == 0 ? replacement_character : text.substr(0, length);
      at_ = std::copy(character.begin(), character.end(), at_);
      length = std::max<std::size_t>(length, 1);
    } else if (byte < 0x20 || byte == '"' || byte == '\\') {
      at_ = write_escape(at_, text.front());
    } else {
      *at_++ = text.front();
    }
    text.remove_prefix(length);
  }
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
