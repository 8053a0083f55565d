// Error and Result: how Magnesia says that input could not be read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace magnesia {

/// What went wrong. Closed list; each kind has a page in docs/errors.md.
enum class ErrorKind : std::uint8_t {
  syntax,         ///< the text is not what it should be made of (JSON, a formula, a number)
  encoding,       ///< not valid UTF-8
  too_large,      ///< longer, deeper or with more digits than accepted
  unknown_key,    ///< a key that the document does not have
  duplicate_key,  ///< a key given twice
  missing_key,    ///< a key that must be there
  wrong_type,     ///< a string where a number should be, and the like
  wrong_unit,     ///< no unit, an unknown unit, or a unit of another kind of quantity
  out_of_range,   ///< a number that no person, product or clock can have
  unknown_name,   ///< a name that must be known and is not
  conflict,       ///< two statements that can't both hold
  unsourced,      ///< a clinical statement without source or review date
  unsafe,         ///< knowledge that would break a law (DESIGN.md, "Eight laws")
  unreadable,     ///< the file could not be opened or read
};

/// The kind's name as written in output, for example "wrong-unit".
[[nodiscard]] std::string_view name(ErrorKind kind) noexcept;

/// One fault of the input: where, what was found, what was expected.
struct Error {
  ErrorKind kind = ErrorKind::syntax;
  std::string place;     ///< JSON Pointer, or "byte 12" for plain text; a file's name before it where there is one
  std::string found;     ///< what stood there, shortened
  std::string expected;  ///< what should have stood there

  friend bool operator==(const Error&, const Error&) = default;
};

/// "place: found X, expected Y", on one line.
[[nodiscard]] std::string describe(const Error& error);

/// Text as Error::found shows it: in double quotes, cut after about 60 bytes, on one line. Bytes that are not UTF-8 and control
/// characters read "\x1F", so what comes out is always UTF-8.
[[nodiscard]] std::string excerpt(std::string_view text);

using Errors = std::vector<Error>;

/// A value, or why there is none. Reading the value of a failed result is a contract violation.
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): `return value;` and `return error;` are the way to make one
  Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(E error) : state_{std::in_place_index<1>, std::move(error)} {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] const T& operator*() const& { return *std::get_if<0>(&state_); }
  [[nodiscard]] T& operator*() & { return *std::get_if<0>(&state_); }
  [[nodiscard]] T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  [[nodiscard]] const T* operator->() const { return std::get_if<0>(&state_); }
  [[nodiscard]] T* operator->() { return std::get_if<0>(&state_); }

  [[nodiscard]] const E& error() const& { return *std::get_if<1>(&state_); }
  [[nodiscard]] E&& error() && { return std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, E> state_;
};

}  // namespace magnesia
