// JSON out: appended to a string, in the order in which it is said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "magnesia/exact.hpp"

namespace magnesia::json {

/// Appends one document. Commas, colons, escapes and indentation are its business; that every begin has its end, and every member
/// a key, is the caller's.
///     Writer w{out};  w.begin_object();  w.member("decided", true);  w.key("findings");  w.begin_array();  …
class Writer {
 public:
  /// `indent`: blanks a level; 0 writes everything on one line, without blanks.
  explicit Writer(std::string& out, int indent = 0) noexcept : out_{out}, indent_{indent} {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  /// The name of the member whose value comes next.
  void key(std::string_view name);

  /// Bytes that are not UTF-8 become U+FFFD, so what is written can always be read.
  void string(std::string_view text);
  void boolean(bool value);
  void null();
  void integer(std::int64_t value);
  /// A decimal with at most `places` digits behind the point (0 to 9), rounded half away from zero; an infinity becomes null, as
  /// JSON has none.
  void number(Exact value, int places);
  /// A value that is JSON already.
  void raw(std::string_view json);

  void member(std::string_view name, std::string_view text) { key(name), string(text); }
  void member(std::string_view name, const char* text) { key(name), string(text); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }
  void member(std::string_view name, std::int64_t value) { key(name), integer(value); }
  void member(std::string_view name, int value) { key(name), integer(value); }
  void member(std::string_view name, Exact value, int places) { key(name), number(value, places); }

 private:
  void open(char bracket);
  void close(char bracket);
  void begin_value();
  void new_line();

  std::string& out_;
  int indent_;
  int depth_ = 0;
  bool comma_ = false;      // a value stands before, in the same array or object
  bool after_key_ = false;  // the value's place was prepared by its key
};

/// Appends the text as a JSON string, in quotation marks.
void append_string(std::string& out, std::string_view text);

}  // namespace magnesia::json
