// JSON text, gathered in memory of its own and appended to a string in few and large pieces.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace magnesia::json {

/// What is written many small pieces at a time, faster than a string takes them. Nothing is complete before `finish`.
///     Output out{to};  out += R"({"id":)";  out.string(id);  out += '}';  out.finish();
class Output {
 public:
  explicit Output(std::string& to) noexcept : to_{to} {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() = default;

  /// Appends what is JSON already.
  Output& operator+=(std::string_view json) {
    if (json.size() > room()) return append_large(json);
    std::memcpy(at_, json.data(), json.size());
    at_ += json.size();
    return *this;
  }
  Output& operator+=(char json) {
    if (room() == 0) flush();
    *at_++ = json;
    return *this;
  }
  /// The text as a JSON string, in quotation marks. Bytes that are not UTF-8 become U+FFFD, so what is written can always be
  /// read.
  void string(std::string_view text) {
    *this += '"';
    characters(text);
    *this += '"';
  }
  /// The same without quotation marks: a part of a string. Well-formed characters must not be split between parts.
  void characters(std::string_view text);
  void integer(std::int64_t value);

  void finish() { flush(); }

 private:
  [[nodiscard]] std::size_t room() const noexcept { return static_cast<std::size_t>(buffer_.data() + buffer_.size() - at_); }
  void flush();
  void any_characters(std::string_view text);
  Output& append_large(std::string_view json);

  std::string& to_;
  std::array<char, 8192> buffer_;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
  char* at_ = buffer_.data();
};

}  // namespace magnesia::json
