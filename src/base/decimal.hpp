// Decimals, digit by digit.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string>

namespace magnesia::base {

/// Appends `whole` and `fraction` of 10^places, which is below 10^places, without the zeros at its end. Places: at most 9.
inline void append_digits(std::string& text, bool negative, std::uint64_t whole, std::uint64_t fraction, int places) {
  std::array<char, 32> buffer;  // '-', 20 digits, '.', 9 digits
  char* end = buffer.data();
  if (negative && (whole != 0 || fraction != 0)) *end++ = '-';
  end = std::to_chars(end, buffer.data() + buffer.size(), whole).ptr;
  if (fraction != 0) {
    *end = '.';
    char* const first = end + 1;
    end = first + places;
    for (char* digit = end; digit != first; fraction /= 10) *--digit = static_cast<char>('0' + fraction % 10);
    while (end[-1] == '0') --end;
  }
  text.append(buffer.data(), end);
}

}  // namespace magnesia::base
