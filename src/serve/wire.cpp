#include "serve/wire.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace magnesia::serve {
namespace {

std::array<asio::const_buffer, 2> buffers(std::string_view first, std::string_view second) {
  return {asio::const_buffer{first.data(), first.size()}, asio::const_buffer{second.data(), second.size()}};
}

class Plain final : public Wire {
 public:
  explicit Plain(Socket socket) : socket_{std::move(socket)} {}

  Socket& socket() noexcept override { return socket_; }
  void handshake(Done done) override {
    asio::post(socket_.get_executor(), [done = std::move(done)] { done({}); });
  }
  void read_some(asio::mutable_buffer into, Moved moved) override { socket_.async_read_some(into, std::move(moved)); }
  void write(std::string_view first, std::string_view second, Moved moved) override {
    asio::async_write(socket_, buffers(first, second), std::move(moved));
  }
  void shut_down(Done done) override { handshake(std::move(done)); }

 private:
  Socket socket_;
};

class Tls final : public Wire {
 public:
  Tls(Socket socket, asio::ssl::context& context) : stream_{std::move(socket), context} {}

  Socket& socket() noexcept override { return stream_.next_layer(); }
  void handshake(Done done) override { stream_.async_handshake(asio::ssl::stream_base::server, std::move(done)); }
  void read_some(asio::mutable_buffer into, Moved moved) override { stream_.async_read_some(into, std::move(moved)); }
  void write(std::string_view first, std::string_view second, Moved moved) override {
    asio::async_write(stream_, buffers(first, second), std::move(moved));
  }
  void shut_down(Done done) override { stream_.async_shutdown(std::move(done)); }

 private:
  asio::ssl::stream<Socket> stream_;
};

}  // namespace

std::unique_ptr<Wire> make_wire(Socket socket, asio::ssl::context* tls) {
  if (tls == nullptr) return std::make_unique<Plain>(std::move(socket));
  return std::make_unique<Tls>(std::move(socket), *tls);
}

}  // namespace magnesia::serve
