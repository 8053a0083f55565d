#include "serve/server.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <csignal>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "serve/connection.hpp"

namespace magnesia::serve {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr std::size_t refusals = 64;     // connections too many that are told so at once
constexpr std::size_t other_files = 64;  // that the process may have open besides connections

// TLS 1.2 with forward secrecy and authenticated encryption; all of TLS 1.3 has both (RFC 9325).
constexpr const char* ciphers_of_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!PSK";

int choose_protocol(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* offered, unsigned offered_length,
                    void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, length, ours, sizeof ours - 1, offered, offered_length) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

Error unreadable(std::string place, std::string found, std::string expected) {
  ERR_clear_error();
  return {ErrorKind::unreadable, std::move(place), std::move(found), std::move(expected)};
}

Result<std::unique_ptr<asio::ssl::context>> make_tls(const TlsFiles& files) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);  // tickets need no memory of ours
  SSL_CTX_set_alpn_select_cb(native, &choose_protocol, nullptr);
  ErrorCode error;
  // A key with a passphrase would ask for it on the terminal.
  context->set_password_callback([](std::size_t, asio::ssl::context::password_purpose) { return std::string{}; }, error);
  if (SSL_CTX_set_cipher_list(native, ciphers_of_1_2) != 1)
    return unreadable("TLS", "an OpenSSL without its ciphers", ciphers_of_1_2);
  context->use_certificate_chain_file(files.certificates, error);
  if (error) return unreadable(files.certificates, error.message(), "certificates in PEM, the server's first");
  context->use_private_key_file(files.key, asio::ssl::context::pem, error);
  if (error && ERR_GET_REASON(static_cast<unsigned long>(error.value())) != X509_R_KEY_VALUES_MISMATCH)
    return unreadable(files.key, error.message(), "a private key in PEM, without a passphrase");
  if (error || SSL_CTX_check_private_key(native) != 1) {
    ERR_clear_error();
    return Error{ErrorKind::conflict, files.key, "a key of another certificate",
                 "the key of the first one in " + files.certificates};
  }
  return context;
}

// So many files as connections need, or what stands in the way.
std::optional<Error> make_room(std::size_t connections) {
  const rlim_t needed = connections + refusals + other_files;
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= needed) return std::nullopt;
  const rlimit raised{std::min(needed, files.rlim_max), files.rlim_max};
  if (raised.rlim_cur == needed && setrlimit(RLIMIT_NOFILE, &raised) == 0) return std::nullopt;
  return Error{ErrorKind::conflict, "connections",
               std::to_string(connections) + " of them, and at most " + std::to_string(files.rlim_max) + " open files",
               "a limit of at least " + std::to_string(needed) + " open files"};
}

}  // namespace

bool is_loopback(const std::string& address) noexcept {
  ErrorCode error;
  const auto ip = asio::ip::make_address(address, error);
  return !error && ip.is_loopback();
}

class Server::Core final : public Host {
 public:
  Core(const ServerSettings& settings, Handler& its_handler, Metrics& its_metrics, std::unique_ptr<asio::ssl::context> tls)
      : Host{its_handler, its_metrics, settings.limits},
        threads_{std::max(1U, settings.threads)},
        tls_{std::move(tls)},
        io_{static_cast<int>(threads_)},
        acceptor_{asio::make_strand(io_)},
        pause_{acceptor_.get_executor()},
        grace_{acceptor_.get_executor()},
        signals_{acceptor_.get_executor(), SIGTERM, SIGINT} {}

  [[nodiscard]] std::optional<Error> listen(const std::string& address, std::uint16_t port) {
    ErrorCode error;
    const auto ip = asio::ip::make_address(address, error);
    if (error) return unreadable("address", excerpt(address), "an IPv4 or IPv6 address of this machine");
    const tcp::endpoint where{ip, port};
    acceptor_.open(where.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor_.bind(where, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return unreadable("port " + std::to_string(port), error.message(), "a free port of " + address);
    return std::nullopt;
  }

  [[nodiscard]] std::uint16_t port() const noexcept {
    ErrorCode ignored;
    return acceptor_.local_endpoint(ignored).port();
  }

  void run() {
    asio::post(acceptor_.get_executor(), [this] {
      wait_for_signal();
      accept();
    });
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads_; ++i) others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others) other.join();
    aside.join();
  }

  void stop() {
    asio::post(acceptor_.get_executor(), [this] { begin_to_stop(); });
  }

  void ended(const Connection& connection) noexcept override {
    const std::lock_guard lock{mutex_};
    open_.erase(&connection);
    (connection.refused() ? refused_ : accepted_) -= 1;
    metrics.connections_open(accepted_);
    if (stopping && open_.empty()) asio::post(acceptor_.get_executor(), [this] { end_if_empty(); });
  }

 private:
  void work() noexcept {
    for (;;) {
      try {
        io_.run();
        return;
      } catch (const std::exception&) {  // no memory: the connection that needed it is gone, the others go on
        metrics.count(Event::connection_lost);
      }
    }
  }

  void wait_for_signal() {
    signals_.async_wait([this](ErrorCode error, int) {
      if (error) return;
      wait_for_signal();  // before what may cancel it
      if (stopping) {
        end_all();
      } else {
        begin_to_stop();
      }
    });
  }

  void accept() {
    acceptor_.async_accept(asio::make_strand(io_), [this](ErrorCode error, Socket socket) {
      if (stopping || error == asio::error::operation_aborted) return;
      if (!error) {
        try {
          take(std::move(socket));
        } catch (const std::exception&) {  // no memory for one more
          metrics.count(Event::connection_refused);
        }
        return accept();
      }
      // No files or memory for now: others will end.
      pause_.expires_after(50ms);
      pause_.async_wait([this](ErrorCode) {
        if (!stopping) accept();
      });
    });
  }

  void take(Socket socket) {
    bool refused = false;
    {
      const std::lock_guard lock{mutex_};
      refused = accepted_ >= limits.connections;
      metrics.count(refused ? Event::connection_refused : Event::connection);
      if (refused && refused_ >= refusals) return;  // closed without a word
    }
    const auto connection = std::make_shared<Connection>(make_wire(std::move(socket), tls_.get()), *this, refused);
    {
      const std::lock_guard lock{mutex_};
      (refused ? refused_ : accepted_) += 1;
      metrics.connections_open(accepted_);
      open_.emplace(connection.get(), connection);
    }
    connection->start();
  }

  void begin_to_stop() {
    if (stopping.exchange(true)) return;
    // Who is connected already, and waits for us to notice, is answered.
    ErrorCode error;
    acceptor_.non_blocking(true, error);
    while (!error) {
      Socket socket = acceptor_.accept(asio::make_strand(io_), error);
      if (!error) take(std::move(socket));
    }
    acceptor_.close(error);
    pause_.cancel();
    for (const auto& connection : all_open()) connection->stop();
    grace_.expires_after(limits.grace);
    grace_.async_wait([this](ErrorCode cancelled) {
      if (!cancelled) end_all();
    });
    end_if_empty();
  }

  void end_all() {
    for (const auto& connection : all_open()) connection->abort();
  }

  void end_if_empty() {
    {
      const std::lock_guard lock{mutex_};
      if (!open_.empty()) return;
    }
    ErrorCode ignored;
    grace_.cancel();
    signals_.cancel(ignored);
  }

  [[nodiscard]] std::vector<std::shared_ptr<Connection>> all_open() {
    std::vector<std::shared_ptr<Connection>> all;
    const std::lock_guard lock{mutex_};
    for (const auto& [_, connection] : open_) {
      if (std::shared_ptr<Connection> held = connection.lock()) all.push_back(std::move(held));
    }
    return all;
  }

  unsigned threads_;
  std::mutex mutex_;
  std::unordered_map<const Connection*, std::weak_ptr<Connection>> open_;
  std::size_t accepted_ = 0;
  std::size_t refused_ = 0;
  std::unique_ptr<asio::ssl::context> tls_;
  asio::io_context io_;  // after what its handlers refer to when it is destroyed
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  asio::steady_timer grace_;
  asio::signal_set signals_;
};

Server::Server(std::shared_ptr<Core> core) : core_{std::move(core)} {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(const ServerSettings& settings, Handler& handler, Metrics& metrics) {
  if (std::optional<Error> error = make_room(settings.limits.connections)) return *std::move(error);
  std::unique_ptr<asio::ssl::context> tls;
  if (settings.tls) {
    Result<std::unique_ptr<asio::ssl::context>> made = make_tls(*settings.tls);
    if (!made) return std::move(made).error();
    tls = *std::move(made);
  }
  auto core = std::make_shared<Core>(settings, handler, metrics, std::move(tls));
  if (std::optional<Error> error = core->listen(settings.address, settings.port)) return *std::move(error);
  return std::unique_ptr<Server>{new Server{std::move(core)}};
}

std::uint16_t Server::port() const noexcept { return core_->port(); }
void Server::run() { core_->run(); }
void Server::stop() { core_->stop(); }
bool Server::stopping() const noexcept { return core_->stopping; }

}  // namespace magnesia::serve
