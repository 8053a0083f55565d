// One client's connection: requests one after another, each read, answered and written within its time.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "serve/exchange.hpp"
#include "serve/metrics.hpp"
#include "serve/request_reader.hpp"
#include "serve/wire.hpp"

namespace magnesia::serve {

class Connection;

/// What the connections of a server share.
struct Host {
  Handler& handler;
  Metrics& metrics;
  Limits limits;
  std::atomic<bool> stopping{false};
  boost::asio::thread_pool aside{1};         ///< for answers that may have to wait
  std::atomic<std::size_t> bodies_bytes{0};  ///< promised to bodies; at most limits.bodies_bytes

  Host(Handler& its_handler, Metrics& its_metrics, const Limits& its_limits)
      : handler{its_handler}, metrics{its_metrics}, limits{its_limits} {}
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;
  virtual void ended(const Connection& connection) noexcept = 0;
};

/// Kept alive by the operation that it waits for. Everything happens on its socket's strand.
class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  /// `refused`: it is one too many, and is told so.
  Connection(std::unique_ptr<Wire> wire, Host& host, bool refused);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  [[nodiscard]] bool refused() const noexcept { return refused_; }

  // From any thread:
  void start();
  /// Ends it where it waits for a next request; otherwise it ends when the one in hand is answered.
  void stop();
  /// Ends it.
  void abort();

 private:
  using Clock = std::chrono::steady_clock;
  enum class Stage : std::uint8_t { shaking_hands, idle, reading, waiting, writing, closing, closed };

  void shake_hands();
  void next();
  void read();
  void on_read(ErrorCode error, std::size_t bytes);
  void parse();
  [[nodiscard]] bool admit();
  void answer();
  void answer_aside();
  [[nodiscard]] Reply handled() noexcept;
  void respond(const Reply& reply, bool close);
  void on_written(ErrorCode error);
  void give_up(int status);
  void lost();
  void finish();
  void half_close();
  void drain();
  void close() noexcept;
  [[nodiscard]] bool nothing_came() noexcept;

  void enter(Stage stage, std::chrono::milliseconds within);
  void wait_for(std::chrono::milliseconds time, std::uint64_t of);
  void on_time_out();
  [[nodiscard]] bool promise_body(std::size_t bytes) noexcept;
  void release_body() noexcept;
  [[nodiscard]] std::string_view unread() const noexcept { return std::string_view{buffer_}.substr(begin_, end_ - begin_); }

  std::unique_ptr<Wire> wire_;
  Host& host_;
  bool refused_;
  boost::asio::steady_timer timer_;
  std::uint64_t waits_ = 0;  // a timer that fires for an earlier one is late
  Stage stage_ = Stage::shaking_hands;
  bool timed_out_ = false;
  bool leaving_ = false;
  std::atomic<bool> aborted_{false};

  std::string buffer_;  // of fixed size; what was read and not yet taken is from begin_ to end_
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t drained_ = 0;

  // Of the request in hand:
  std::optional<RequestReader> reader_;
  bool admitted_ = false;
  std::optional<Reply> refusal_;
  Note note_;
  std::size_t promised_ = 0;
  std::size_t bytes_in_ = 0;
  Clock::time_point began_;
  Clock::time_point read_at_;

  // Of its answer:
  std::string head_;
  std::string body_;
  int status_ = 0;
  bool keep_ = false;
};

}  // namespace magnesia::serve
