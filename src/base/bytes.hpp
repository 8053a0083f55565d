// Bytes, several at once: for texts that are looked through again and again.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace magnesia::base {

template <class Word>
[[nodiscard]] Word load(const char* from) noexcept {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// Whether two texts are the same. For short ones, of which the call of memcmp takes longer than the comparison.
[[nodiscard]] inline bool same(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  const char* one = a.data();
  const char* other = b.data();
  if (a.size() >= 8) {
    const char* const last = one + a.size() - 8;
    for (; one < last; one += 8, other += 8)
      if (load<std::uint64_t>(one) != load<std::uint64_t>(other)) return false;
    return load<std::uint64_t>(last) == load<std::uint64_t>(b.data() + b.size() - 8);
  }
  if (a.size() >= 4)
    return load<std::uint32_t>(one) == load<std::uint32_t>(other) &&
           load<std::uint32_t>(one + a.size() - 4) == load<std::uint32_t>(other + a.size() - 4);
  for (std::size_t i = 0; i < a.size(); ++i)
    if (one[i] != other[i]) return false;
  return true;
}

/// Position of the first of eight bytes, as they lie in memory, that is not 0; 8: none is.
[[nodiscard]] inline std::size_t first_of(std::uint64_t bytes) noexcept {
  return static_cast<std::size_t>(std::endian::native == std::endian::little ? std::countr_zero(bytes)
                                                                             : std::countl_zero(bytes)) /
         8;
}

/// Sixteen bytes, on every machine for which GCC and clang translate. Comparisons give -1 or 0 for each.
using Sixteen = signed char __attribute__((vector_size(16)));

/// Position of the first of sixteen bytes that is not 0; 16: none is.
[[nodiscard]] inline std::size_t first_of(Sixteen bytes) noexcept {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &bytes, sizeof halves);
  return halves[0] != 0 ? first_of(halves[0]) : 8 + first_of(halves[1]);
}
[[nodiscard]] inline bool any(Sixteen bytes) noexcept {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &bytes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

}  // namespace magnesia::base
