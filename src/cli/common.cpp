#include "cli/common.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "report/layout.hpp"

namespace magnesia::cli {

bool print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) complain({ErrorKind::unreadable, "standard output", std::strerror(errno), "that it can be written"});
  return written;
}

void complain(std::string_view text) {
  std::string line = report::printable("magnesia: " + std::string{text});
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void complain(const Error& error, std::string_view before) {
  complain(before.empty() ? describe(error) : std::string{before} + ": " + describe(error));
}

std::optional<Knowledge> load_knowledge(const std::vector<std::string>& paths) {
  if (paths.empty()) return Knowledge::embedded();
  std::vector<Pack> packs;
  bool failed = false;
  for (const std::string& path : paths) {
    if (path == "embedded") {
      packs.push_back(Pack::embedded());
    } else if (Result<Pack> pack = Pack::read(path)) {
      packs.push_back(*std::move(pack));
    } else {
      complain(pack.error());
      failed = true;
    }
  }
  if (failed) return std::nullopt;
  Result<Knowledge, Errors> loaded = Knowledge::load(packs);
  if (loaded) return *std::move(loaded);
  for (const Error& error : loaded.error()) complain(error, packs.size() == 1 ? packs.front().name : std::string_view{});
  return std::nullopt;
}

bool on_terminal() { return isatty(STDOUT_FILENO) == 1; }

TextOptions text_options() {
  TextOptions options;
  if (!on_terminal()) return options;
  const char* const no_colour = std::getenv("NO_COLOR");  // https://no-color.org: set and not empty
  const char* const terminal = std::getenv("TERM");
  options.colour = (no_colour == nullptr || *no_colour == '\0') && terminal != nullptr && std::string_view{terminal} != "dumb";
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) options.width = std::clamp<int>(size.ws_col, 40, 100);
  return options;
}

}  // namespace magnesia::cli
