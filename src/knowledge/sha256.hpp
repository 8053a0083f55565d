// SHA-256 (FIPS 180-4), by which an assessment names the knowledge that it rests on. Our own, because the library links no
// cryptography.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "knowledge/embedded.hpp"

namespace magnesia::knowledge {

/// Takes text piece by piece; the digest is that of all pieces in a row.
class Sha256 {
 public:
  void add(std::string_view piece) noexcept;

  /// The digest as 64 lower-case hexadecimal digits. Nothing can be added afterwards.
  [[nodiscard]] std::string finish();

 private:
  void compress(const unsigned char* block) noexcept;

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_{};
  std::uint64_t bytes_ = 0;
};

/// The digest of a pack. For each file in the order given: its path, a zero byte, the length of its text in decimal, a zero byte,
/// its text; so no two different packs are the same row of bytes.
[[nodiscard]] std::string sha256_of_pack(std::span<const EmbeddedFile> files);

}  // namespace magnesia::knowledge
