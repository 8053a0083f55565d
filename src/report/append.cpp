#include "report/append.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <numeric>

#include "base/bytes.hpp"
#include "json/utf8.hpp"

namespace magnesia::report {

using base::any;
using base::Sixteen;

namespace {

__extension__ using Wide = __int128;

// Bytes that are no ASCII, control characters, " and \.
Sixteen unusual(Sixteen bytes) noexcept { return (bytes < 0x20) | (bytes == '"') | (bytes == '\\'); }
Sixteen load(const char* bytes) noexcept { return base::load<Sixteen>(bytes); }

bool is_plain_byte(unsigned char byte) noexcept { return byte >= 0x20 && byte != '"' && byte != '\\'; }

}  // namespace

bool is_plain(std::string_view text) noexcept {
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    while (size - at >= 64 && !any(unusual(load(bytes + at)) | unusual(load(bytes + at + 16)) | unusual(load(bytes + at + 32)) |
                                   unusual(load(bytes + at + 48))))
      at += 64;
    while (size - at >= 16 && !any(unusual(load(bytes + at)))) at += 16;
    if (at == size) return true;
    // The last few bytes: together with those before them, or with blanks.
    if (size - at < 16) {
      std::array<char, 16> last;
      last.fill(' ');
      if (size < 16) std::memcpy(last.data(), bytes, size);
      if (!any(unusual(load(size < 16 ? last.data() : bytes + size - 16)))) return true;
    }
    if (!is_plain_byte(static_cast<unsigned char>(text[at]))) return false;
    const std::size_t length = json::character_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

void append_number(std::string& out, Exact value, Rounding way) {
  if (!value.finite()) {
    out += "null";
    return;
  }
  constexpr std::int64_t nine_places = 1'000'000'000;
  std::int64_t denominator = value.denominator();
  if (denominator > 1 && nine_places % denominator != 0) denominator /= std::gcd(value.numerator(), denominator);
  if (nine_places % denominator == 0) return append_decimal(out, value, 9);

  constexpr std::int64_t scale = 1'000'000;
  const Wide scaled = Wide{value.numerator()} * scale;
  Wide steps = scaled / value.denominator();  // towards zero
  if (scaled % value.denominator() != 0) {
    if (way == Rounding::up && scaled > 0) ++steps;
    if (way == Rounding::down && scaled < 0) --steps;
  }
  if (steps < 0) {
    out += '-';
    steps = -steps;
  }
  std::array<char, 20> digits{};
  const auto put = [&](std::int64_t n) {
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr);
  };
  put(static_cast<std::int64_t>(steps / scale));
  auto rest = static_cast<std::int64_t>(steps % scale);
  if (rest == 0) return;
  out += '.';
  int places = 6;
  for (; rest % 10 == 0; rest /= 10) --places;
  for (std::int64_t digit = 10; --places > 0; digit *= 10)
    if (rest < digit) out += '0';
  put(rest);
}

void append_bounds(std::string& out, const Interval<Exact>& value) {
  out += "\"low\":";
  append_number(out, value.low, value.is_point() ? Rounding::up : Rounding::down);
  out += ",\"high\":";
  append_number(out, value.high, Rounding::up);
}

void append_value(std::string& out, const Interval<Exact>& value, Rounding danger) {
  if (!value.is_point()) return append_bounds(out, value);
  out += "\"value\":";
  append_number(out, value.low, danger);
}

}  // namespace magnesia::report
