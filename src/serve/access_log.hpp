// A line of JSON for each exchange: when, where, how it ended, how long it took. Nothing of what was said in it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "magnesia/error.hpp"
#include "serve/exchange.hpp"
#include "serve/metrics.hpp"

namespace magnesia::serve {

/// Writes from a thread of its own, so that a slow disk or a blocked pipe holds up no answer. Lines that find no room are counted
/// and dropped. Shared by any number of threads.
class AccessLog {
 public:
  /// "-" is standard error; another path is appended to. Errors: unreadable.
  [[nodiscard]] static Result<int> open(const std::string& path);

  /// `file`: as open() gave it; -1 writes nothing. It is closed at the end.
  AccessLog(int file, Metrics& metrics);
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;
  /// Writes what is left.
  ~AccessLog();

  void write(const Finished& exchange) noexcept;
  /// Something that an operator should know, in our own words: {"time", "event", "what"}.
  void event(std::string_view event, std::string_view what) noexcept;

 private:
  void take(std::string_view line) noexcept;
  void run() noexcept;

  int file_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::string waiting_;
  bool ending_ = false;
  std::thread writer_;
};

/// The time as RFC 3339 has it, in UTC with milliseconds.
[[nodiscard]] std::string timestamp(std::chrono::system_clock::time_point time);

}  // namespace magnesia::serve
