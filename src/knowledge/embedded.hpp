// The knowledge that is built into the library. The definitions are written by embed_tool.cpp when the library is built.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace magnesia::knowledge {

/// One document of the pack.
struct EmbeddedFile {
  std::string_view path;  ///< below knowledge/, with forward slashes: "drugs/levothyroxine.json"
  std::string_view text;  ///< as it stands in the file; at least `padding` zero bytes can be read behind it
};

/// What a vectorised parser may read past the end of a text.
inline constexpr std::size_t padding = 64;

/// Every document except cases and schemas, sorted by path, bytewise.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files() noexcept;

/// SHA-256 of the pack in hexadecimal, as `sha256_of_pack` (sha256.hpp) makes it of `embedded_files()`.
[[nodiscard]] std::string_view embedded_sha256() noexcept;

}  // namespace magnesia::knowledge
