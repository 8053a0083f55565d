#include "json/diagnose.hpp"

#include <string>
#include <utility>
#include <vector>

#include "base/characters.hpp"
#include "json/utf8.hpp"

namespace magnesia::json {
namespace {

constexpr std::string_view a_value = "a value: an object, an array, a string, a number, true, false or null";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

using base::is_blank;
using base::is_digit;
using base::is_letter;

bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

class Scanner {
 public:
  Scanner(std::string_view text, const Bounds& bounds) : text_{text}, bounds_{bounds} {}

  std::optional<Error> run() {
    document();
    return std::move(fault_);
  }

 private:
  // Every step below returns false once a fault is found.
  bool document() {
    skip_blanks();
    if (at_end()) return fail(ErrorKind::syntax, text_.empty() ? "no text" : "nothing but blanks", "a JSON document");
    std::vector<char> open;
    for (;;) {
      if (++nodes_ > bounds_.max_nodes)
        return fail(ErrorKind::too_large, "one value more", "at most " + std::to_string(bounds_.max_nodes) + " values");
      const char first = peek();
      if (first == '[' || first == '{') {
        if (open.size() == bounds_.max_depth)
          return fail(ErrorKind::too_large, "one level more",
                      "at most " + std::to_string(bounds_.max_depth) + " levels of arrays and objects");
        open.push_back(first);
        ++at_;
        skip_blanks();
        if (peek() != closing(first)) {
          if (first == '{' && !key()) return false;
          continue;
        }
      } else if (!scalar()) {
        return false;
      }
      // A value has ended; what it stands in may end with it.
      for (skip_blanks(); !open.empty() && peek() == closing(open.back()); skip_blanks()) {
        open.pop_back();
        ++at_;
      }
      if (open.empty()) return at_end() || fail(ErrorKind::syntax, what_stands_here(), "the end of the document");
      if (peek() != ',') return fail(ErrorKind::syntax, what_stands_here(), open.back() == '[' ? "',' or ']'" : "',' or '}'");
      ++at_;
      skip_blanks();
      if (open.back() == '{' && !key()) return false;
    }
  }

  bool key() {
    if (peek() != '"') return fail(ErrorKind::syntax, what_stands_here(), "a key in double quotation marks");
    if (!string()) return false;
    skip_blanks();
    if (peek() != ':') return fail(ErrorKind::syntax, what_stands_here(), "':' after the key");
    ++at_;
    skip_blanks();
    return true;
  }

  bool scalar() {
    const char first = peek();
    if (first == '"') return string();
    if (is_digit(first) || (first == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
    const std::string_view word = word_here();
    if (word == "true" || word == "false" || word == "null") {
      at_ += word.size();
      return true;
    }
    if (word == "NaN" || word == "nan" || word == "Infinity" || word == "-Infinity" || word == "inf" || word == "-inf")
      return fail(ErrorKind::syntax, std::string{word}, "a number; JSON has neither NaN nor Infinity");
    if (first == '+' || first == '.')
      return fail(ErrorKind::syntax, what_stands_here(), "a number, which begins with a digit or '-'");
    return fail(ErrorKind::syntax, what_stands_here(), a_value);
  }

  bool number() {
    if (peek() == '-') ++at_;
    if (peek() == '0' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))
      return fail(ErrorKind::syntax, "a leading 0", "a number without leading zeros");
    skip_digits();
    if (peek() == '.') {
      ++at_;
      if (!is_digit(peek())) return fail(ErrorKind::syntax, what_stands_here(), "a digit after the decimal point");
      skip_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!is_digit(peek())) return fail(ErrorKind::syntax, what_stands_here(), "a digit of the exponent");
      skip_digits();
    }
    return true;
  }

  bool string() {
    for (++at_; !at_end(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20)
        return fail(ErrorKind::syntax, what_stands_here(), "control characters escaped, such as \\n");
      if (c == '\\' && !escape()) return false;
    }
    return fail(ErrorKind::syntax, what_stands_here(), "a closing quotation mark");
  }

  // Leaves the position on the escape's last character.
  bool escape() {
    ++at_;
    if (peek() == 'u' && !at_end()) {
      for (int i = 0; i < 4; ++i)
        if (++at_; !is_hex_digit(peek())) return fail(ErrorKind::syntax, what_stands_here(), "four hexadecimal digits after \\u");
      return true;
    }
    if (!at_end() && std::string_view{"\"\\/bfnrt"}.find(peek()) != std::string_view::npos) return true;
    return fail(ErrorKind::syntax, what_stands_here(), R"(one of \" \\ \/ \b \f \n \r \t \uXXXX)");
  }

  static char closing(char opening) { return opening == '[' ? ']' : '}'; }
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }  // a NUL in the text fits nowhere either
  void skip_blanks() {
    while (is_blank(peek())) ++at_;
  }
  void skip_digits() {
    while (is_digit(peek())) ++at_;
  }
  std::string_view word_here() const {
    std::size_t end = at_ + (peek() == '-' ? 1 : 0);
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '_')) ++end;
    return text_.substr(at_, end - at_);
  }
  std::string what_stands_here() const {
    if (at_end()) return "the end of the text";
    if (const std::string_view word = word_here(); word.size() > 1) return excerpt(word);
    return excerpt(text_.substr(at_, character_length(text_, at_)));
  }

  bool fail(ErrorKind kind, std::string found, std::string_view expected) {
    fault_ = Error{kind, "byte " + std::to_string(at_), std::move(found), std::string{expected}};
    return false;
  }

  std::string_view text_;
  const Bounds& bounds_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
  std::optional<Error> fault_;
};

}  // namespace

std::optional<Error> diagnose(std::string_view text, const Bounds& bounds) {
  if (text.size() > bounds.max_bytes)
    return Error{ErrorKind::too_large, "byte " + std::to_string(bounds.max_bytes), std::to_string(text.size()) + " bytes",
                 "at most " + std::to_string(bounds.max_bytes) + " bytes"};
  if (text.starts_with(byte_order_mark))
    return Error{ErrorKind::encoding, "byte 0", "a byte order mark", "JSON without one, in UTF-8"};
  if (const std::size_t at = find_malformed(text); at != std::string_view::npos) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(text[at]);
    return Error{ErrorKind::encoding, "byte " + std::to_string(at),
                 std::string{"the byte 0x"} + digits[byte >> 4U] + digits[byte & 15U], "well-formed UTF-8"};
  }
  return Scanner{text, bounds}.run();
}

}  // namespace magnesia::json
