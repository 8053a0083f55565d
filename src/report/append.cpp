#include "report/append.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <numeric>

#include "json/utf8.hpp"

namespace magnesia::report {
namespace {

__extension__ using Wide = __int128;

constexpr std::uint64_t ones = 0x0101010101010101;

std::uint64_t load(const char* bytes) noexcept {
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  return eight;
}

// Not 0 if one of eight bytes is no ASCII, a control character, " or \ (bit tricks: Hacker's Delight, 6-1).
std::uint64_t unusual(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t tops = 0x8080808080808080;
  const std::uint64_t quote = bytes ^ (ones * '"');
  const std::uint64_t backslash = bytes ^ (ones * '\\');
  return ((bytes - ones * 0x20) | (quote - ones) | (backslash - ones) | bytes) & tops;
}

bool is_plain_byte(unsigned char byte) noexcept { return byte >= 0x20 && byte != '"' && byte != '\\'; }

}  // namespace

bool is_plain(std::string_view text) noexcept {
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    while (size - at >= 32 && (unusual(load(bytes + at)) | unusual(load(bytes + at + 8)) | unusual(load(bytes + at + 16)) |
                               unusual(load(bytes + at + 24))) == 0)
      at += 32;
    while (size - at >= 8 && unusual(load(bytes + at)) == 0) at += 8;
    if (at == size) return true;
    // The last few bytes: together with those before them, or with blanks.
    if (size - at < 8) {
      std::uint64_t last = ones * ' ';
      if (size < 8)
        std::memcpy(&last, bytes, size);
      else
        last = load(bytes + size - 8);
      if (unusual(last) == 0) return true;
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
