#include "json/write.hpp"

#include <array>
#include <charconv>

#include "json/output.hpp"

namespace magnesia::json {

void append_string(std::string& out, std::string_view text) {
  Output output{out};
  output.string(text);
  output.finish();
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
