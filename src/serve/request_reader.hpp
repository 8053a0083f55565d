// HTTP/1.1 requests (RFC 9112) from the bytes of a connection, read by Boost.Beast within bounds, and more strictly than it does
// where two readers of the same bytes could see different requests.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "serve/exchange.hpp"

namespace magnesia::serve {

/// Reads one request.
class RequestReader {
 public:
  /// `header_bytes` and `body_bytes` of the limits count.
  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  /// Takes what it can use from the beginning of `bytes`, and says how much that was. It stops behind the header, behind the
  /// request, and where it needs more; what it did not take must come again, with more behind it. An empty line before a request
  /// is passed over.
  std::size_t take(std::string_view bytes);

  [[nodiscard]] bool has_header() const noexcept;
  [[nodiscard]] bool complete() const noexcept;
  /// The status that says what is wrong: 400; 413 body too large; 414 request line too long; 417 an expectation that is not
  /// 100-continue; 431 header too large; 501 a transfer coding other than chunked; 505 another version than 1.0 and 1.1; 503 no
  /// memory. 0 while nothing is. Nothing is taken afterwards, and where the next request would begin is not known.
  [[nodiscard]] int fault() const noexcept;

  // What follows needs the header.

  /// With the body once it is complete. Views into the reader.
  [[nodiscard]] Call call() const;
  [[nodiscard]] bool is_head() const noexcept;
  /// The method, or "other" where HTTP defines none of that name.
  [[nodiscard]] std::string_view known_method() const noexcept;
  /// Whether the client keeps the connection.
  [[nodiscard]] bool keeps_alive() const noexcept;
  /// Whether it waits for "100 Continue" before it sends a body.
  [[nodiscard]] bool waits() const noexcept;
  /// The most that the body can come to: what was announced, or else the bound.
  [[nodiscard]] std::size_t body_bound() const noexcept;
  /// Lowers the bound of the body, for one that will be thrown away.
  void lower_body_bound(std::size_t bytes) noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace magnesia::serve
