#include "json/read_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace magnesia::json {
namespace {

Error too_large(const std::string& path, std::string found, std::size_t max_bytes) {
  return {ErrorKind::too_large, path, std::move(found), "at most " + std::to_string(max_bytes) + " bytes"};
}

Error unreadable(const std::string& path, std::string found) {
  return {ErrorKind::unreadable, path, std::move(found), "a file that can be read"};
}

Result<std::string> read_all(std::FILE* file, const std::string& path, std::size_t max_bytes) {
  constexpr std::size_t step = std::size_t{64} << 10U;
  std::string text;
  for (;;) {
    // One byte beyond the bound tells a file that is too large from one that just fits.
    const std::size_t wanted = std::min(std::max(step, text.size()), max_bytes + 1 - text.size());
    const std::size_t held = text.size();
    text.resize(held + wanted);
    const std::size_t got = std::fread(text.data() + held, 1, wanted, file);
    text.resize(held + got);
    if (text.size() > max_bytes) return too_large(path, "more than " + std::to_string(max_bytes) + " bytes", max_bytes);
    if (got == wanted) continue;
    if (std::ferror(file) != 0) return unreadable(path, std::generic_category().message(errno));
    return text;
  }
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  if (path == "-") return read_all(stdin, "standard input", max_bytes);
  if (path.find('\0') != std::string::npos) return unreadable(path, "a path with a NUL in it");
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (failure) return unreadable(path, failure.message());
  if (std::filesystem::is_directory(status)) return unreadable(path, "a directory");
  if (std::filesystem::is_regular_file(status)) {
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    if (!failure && size > max_bytes) return too_large(path, std::to_string(size) + " bytes", max_bytes);
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen(path.c_str(), "rb"), &std::fclose};
  if (!file) return unreadable(path, std::generic_category().message(errno));
  return read_all(file.get(), path, max_bytes);
}

}  // namespace magnesia::json
