// A connection's bytes, with TLS or without.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace magnesia::serve {

namespace asio = boost::asio;
using Socket = asio::ip::tcp::socket;
using ErrorCode = boost::system::error_code;

/// One operation at a time, all on the socket's strand.
class Wire {
 public:
  using Done = std::function<void(ErrorCode)>;
  using Moved = std::function<void(ErrorCode, std::size_t)>;

  Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  virtual ~Wire() = default;

  [[nodiscard]] virtual Socket& socket() noexcept = 0;
  /// Of TLS; nothing to do without.
  virtual void handshake(Done done) = 0;
  virtual void read_some(asio::mutable_buffer into, Moved moved) = 0;
  /// Both pieces, in full.
  virtual void write(std::string_view first, std::string_view second, Moved moved) = 0;
  /// Says goodbye, as TLS has it; nothing to do without.
  virtual void shut_down(Done done) = 0;
};

/// `tls` null: plain.
[[nodiscard]] std::unique_ptr<Wire> make_wire(Socket socket, asio::ssl::context* tls);

}  // namespace magnesia::serve
