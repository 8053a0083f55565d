// Tokens that were used already: each is good for one request.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace magnesia::serve {

/// Remembers tokens until they expire, and never more of them than it may: when it is full of tokens that are still good, it
/// says so, since forgetting one would let it be used again. Shared by any number of threads.
class ReplayCache {
 public:
  enum class Answer : std::uint8_t { fresh, used, full };

  explicit ReplayCache(std::size_t capacity) : capacity_{capacity} {}

  /// Notes that `issuer` used `id`, to be remembered until `until`. O(log tokens).
  [[nodiscard]] Answer use(std::string_view issuer, std::string_view id, std::chrono::sys_seconds until,
                           std::chrono::sys_seconds now);
  [[nodiscard]] std::size_t size() const;

 private:
  std::size_t capacity_;
  mutable std::mutex mutex_;
  std::set<std::string> used_;  // digests, so that what is held does not grow with what is sent
  std::set<std::pair<std::chrono::sys_seconds, std::string>> by_end_;
};

}  // namespace magnesia::serve
