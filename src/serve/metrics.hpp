// Counters for operators, as Prometheus reads them. Nothing about a patient, and no label that a client can choose.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "serve/exchange.hpp"

namespace magnesia::serve {

/// What a counter may count beside exchanges.
enum class Event : std::uint8_t {
  connection,          ///< accepted
  connection_refused,  ///< over the limit: 503, or closed without a word where even those are too many
  connection_lost,     ///< closed by the client in the middle of a request or answer
  handshake_failed,
  request_too_slow,
  feedback_kept,
  feedback_repeated,
  feedback_failed,   ///< a request whose feedback could not be kept, and was answered with 503
  log_line_dropped,  ///< of the access log, whose reader is too slow
  card_info,
  card_warning,
  card_critical,
};
inline constexpr std::size_t events = 12;

/// Shared by any number of threads. Counting costs an atomic addition or two.
class Metrics {
 public:
  void count(Event event, std::uint64_t times = 1) noexcept {
    events_[static_cast<std::size_t>(event)].fetch_add(times, std::memory_order_relaxed);
  }
  void count(const Finished& exchange) noexcept;
  void connections_open(std::size_t number) noexcept { open_.store(number, std::memory_order_relaxed); }

  /// The exposition format, version 0.0.4, whose content type is `content_type`.
  [[nodiscard]] std::string exposition() const;
  static constexpr const char* content_type = "text/plain; version=0.0.4; charset=utf-8";

 private:
  using Counter = std::atomic<std::uint64_t>;

  static constexpr std::array<int, 19> statuses{200, 204, 304, 400, 401, 404, 405, 408, 412, 413,
                                                414, 415, 417, 422, 431, 500, 501, 503, 505};
  static constexpr std::array<std::uint32_t, 12> bounds_us{250,    500,    1000,    2000,    5000,      10'000,
                                                           20'000, 50'000, 100'000, 500'000, 1'000'000, 5'000'000};

  std::array<Counter, events> events_{};
  std::array<std::array<Counter, statuses.size() + 1>, routes> by_status_{};  // the last: any other
  std::array<std::array<Counter, bounds_us.size() + 1>, routes> by_time_{};
  std::array<Counter, routes> time_us_{};
  Counter open_{};
};

}  // namespace magnesia::serve
