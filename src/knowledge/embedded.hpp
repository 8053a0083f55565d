// The knowledge that is built into the library. The definitions are written by embed_tool.cpp when the library is built.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "json/packed.hpp"

namespace magnesia::knowledge {

/// One document of the pack.
struct EmbeddedFile {
  std::string_view path;  ///< below knowledge/, with forward slashes: "drugs/levothyroxine.json"
  std::string_view text;  ///< as it stands in the file
};

/// All documents as the elements of one JSON array, in the order of `embedded_files()`, whose texts lie in it.
[[nodiscard]] std::string_view embedded_documents() noexcept;

/// The tree of `embedded_documents()`.
[[nodiscard]] json::Packed embedded_tree() noexcept;

/// Every document except cases and schemas, sorted by path, bytewise.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files() noexcept;

/// SHA-256 of the pack in hexadecimal, as `sha256_of_pack` (sha256.hpp) makes it of `embedded_files()`.
[[nodiscard]] std::string_view embedded_sha256() noexcept;

}  // namespace magnesia::knowledge
