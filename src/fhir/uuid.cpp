#include "fhir/uuid.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace magnesia::fhir {
namespace {

// SHA-1 (FIPS 180-4), which version 5 prescribes. Nothing here rests on its strength.
class Sha1 {
 public:
  void add(std::string_view text) noexcept {
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
  }

  [[nodiscard]] std::array<std::uint32_t, 5> finish() noexcept {
    const std::uint64_t bits = bytes_ * 8;
    add_byte(0x80);
    while (bytes_ % block_.size() != 56) add_byte(0);
    for (unsigned shift = 64; shift != 0; shift -= 8) add_byte(static_cast<unsigned char>(bits >> (shift - 8) & 0xFFU));
    return state_;
  }

 private:
  void add_byte(unsigned char byte) noexcept {
    block_[bytes_ % block_.size()] = byte;
    if (++bytes_ % block_.size() == 0) compress();
  }

  void compress() noexcept {
    std::array<std::uint32_t, 80> words{};
    for (std::size_t i = 0; i < block_.size(); ++i) words[i / 4] = words[i / 4] << 8U | block_[i];
    for (std::size_t i = 16; i < words.size(); ++i)
      words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    auto [a, b, c, d, e] = state_;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::uint32_t mixed = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999U
                                  : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1U
                                  : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCU
                                           : (b ^ c ^ d) + 0xCA62C1D6U;
      const std::uint32_t next = std::rotl(a, 5) + mixed + e + words[i];
      e = d;
      d = c;
      c = std::rotl(b, 30);
      b = a;
      a = next;
    }
    const std::array<std::uint32_t, 5> mixed{a, b, c, d, e};
    for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += mixed[i];
  }

  std::array<std::uint32_t, 5> state_{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  std::array<unsigned char, 64> block_{};
  std::uint64_t bytes_ = 0;
};

// 1166866c-d10b-5a38-8e6f-2c045b0e217b: itself of version 5, of "urn:magnesia" in the name space of URLs.
constexpr std::string_view own_space{"\x11\x66\x86\x6c\xd1\x0b\x5a\x38\x8e\x6f\x2c\x04\x5b\x0e\x21\x7b", 16};

}  // namespace

std::string uuid_of(std::initializer_list<std::string_view> parts) {
  Sha1 hash;
  hash.add(own_space);
  for (const std::string_view part : parts) {
    hash.add(part);
    hash.add(std::string_view{"\0", 1});
  }
  std::array<std::uint32_t, 5> digest = hash.finish();
  digest[1] = (digest[1] & 0xFFFF0FFFU) | 0x5000U;      // version
  digest[2] = (digest[2] & 0x3FFFFFFFU) | 0x80000000U;  // variant
  std::string out;
  for (std::size_t digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) out += '-';
    out += "0123456789abcdef"[digest[digit / 8] >> (28 - digit % 8 * 4) & 0xFU];
  }
  return out;
}

}  // namespace magnesia::fhir
