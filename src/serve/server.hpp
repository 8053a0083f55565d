// The transport: HTTP/1.1 over TCP or TLS, by Boost.Asio and Boost.Beast, with OpenSSL.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "magnesia/error.hpp"
#include "serve/exchange.hpp"
#include "serve/metrics.hpp"

namespace magnesia::serve {

/// A certificate with all that stand between it and a root, and its key; PEM files.
struct TlsFiles {
  std::string certificates;
  std::string key;
};

/// Whether only this machine reaches the address.
[[nodiscard]] bool is_loopback(const std::string& address) noexcept;

struct ServerSettings {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6
  std::uint16_t port = 0;             ///< 0: any that is free
  std::optional<TlsFiles> tls{};      ///< none: plain HTTP
  unsigned threads = 2;               ///< which read, answer and write
  Limits limits{};
};

/// A server that listens. It answers with a fixed number of threads; each connection has at most one request in hand, so what
/// waits is bounded by the number of connections.
class Server {
 public:
  /// Takes the port. Errors: unreadable for a certificate or key, and for an address or port that can't be had; conflict for a
  /// key of another certificate, and for more connections than the process may have files.
  [[nodiscard]] static Result<std::unique_ptr<Server>> open(const ServerSettings& settings, Handler& handler, Metrics& metrics);

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  [[nodiscard]] std::uint16_t port() const noexcept;

  /// Answers until SIGTERM or SIGINT comes, or stop() is called. Then no connection is accepted any more, what waits for a next
  /// request is closed, requests in flight are finished (within limits.grace; a second signal cuts that short), and it returns.
  void run();
  /// As SIGTERM does. From any thread.
  void stop();
  [[nodiscard]] bool stopping() const noexcept;

 private:
  class Core;
  explicit Server(std::shared_ptr<Core> core);
  std::shared_ptr<Core> core_;
};

}  // namespace magnesia::serve
