#include "json/write.hpp"

#include <array>
#include <charconv>

#include "json/utf8.hpp"

namespace magnesia::json {
namespace {

// What may stand in a JSON string as it is (RFC 8259, section 7), of ASCII.
constexpr auto plain = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0x20; c < 0x80; ++c) table[c] = c != '"' && c != '\\';
  return table;
}();

void append_escape(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4U];
      out += digits[static_cast<unsigned char>(c) & 15U];
  }
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (plain[byte]) {
      ++at;
      continue;
    }
    if (const std::size_t length = byte < 0x80 ? 0 : character_length(text, at); length != 0) {
      at += length;
      continue;
    }
    out += text.substr(copied, at - copied);
    if (byte < 0x80)
      append_escape(out, text[at]);
    else
      out += replacement_character;
    copied = ++at;
  }
  out += text.substr(copied);
  out += '"';
}

void Writer::new_line() {
  if (indent_ == 0) return;
  out_ += '\n';
  out_.append(static_cast<std::size_t>(depth_) * static_cast<std::size_t>(indent_), ' ');
}

void Writer::begin_value() {
  if (after_key_) {
    after_key_ = false;
  } else {
    if (comma_) out_ += ',';
    if (depth_ > 0) new_line();
  }
  comma_ = true;
}

void Writer::open(char bracket) {
  begin_value();
  out_ += bracket;
  ++depth_;
  comma_ = false;
}

void Writer::close(char bracket) {
  --depth_;
  if (comma_) new_line();
  out_ += bracket;
  comma_ = true;
}

void Writer::key(std::string_view name) {
  if (comma_) out_ += ',';
  new_line();
  append_string(out_, name);
  out_ += indent_ == 0 ? ":" : ": ";
  after_key_ = true;
}

void Writer::string(std::string_view text) {
  begin_value();
  append_string(out_, text);
}

void Writer::boolean(bool value) { raw(value ? "true" : "false"); }
void Writer::null() { raw("null"); }

void Writer::integer(std::int64_t value) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Writer::number(Exact value, int places) {
  if (!value.finite()) return null();
  begin_value();
  append_decimal(out_, value, places);
}

void Writer::raw(std::string_view json) {
  begin_value();
  out_ += json;
}

}  // namespace magnesia::json
