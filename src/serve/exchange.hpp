// What the transport tells whoever answers, and what it is told: HTTP without sockets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace magnesia::serve {

/// A request. Views are valid during the call that they are given to.
struct Call {
  std::string_view method;  ///< as it was sent; methods are case-sensitive
  std::string_view path;    ///< without scheme, authority and query; not percent-decoded
  std::string_view authorization;
  std::string_view content_type;
  std::string_view content_encoding;
  std::string_view origin;
  std::string_view requested_method;  ///< Access-Control-Request-Method
  std::string_view if_none_match;
  std::string_view body;  ///< empty until all of it was read
};

struct Reply {
  int status = 200;
  std::string content_type;  ///< empty: there is no body
  std::string body;
  std::vector<std::pair<std::string_view, std::string>> fields;  ///< further header fields
};

/// Where a request belongs. `none`: it could not be read so far, or there is no such place.
enum class Route : std::uint8_t { none, discovery, service, feedback, healthy, ready, metrics };
inline constexpr std::size_t routes = 7;
[[nodiscard]] std::string_view name(Route route) noexcept;

/// What is remembered of a request for metrics and the access log: nothing that a client can choose but its issuer, and that only
/// once its token was verified.
struct Note {
  Route route = Route::none;
  std::string issuer;
  std::string_view refusal;  ///< why it was refused, in one of our own words
};

/// A request that was answered, or given up.
struct Finished {
  const Note& note;
  std::string_view method;  ///< one of the methods of HTTP, or "other"
  int status = 0;           ///< 0: the connection was lost before an answer was written
  std::size_t bytes_in = 0;
  std::size_t bytes_out = 0;
  std::chrono::nanoseconds taken{};    ///< from the first byte read to the last byte written
  std::chrono::nanoseconds handled{};  ///< of that, from the last byte read to the last byte written
};

/// Who answers. Called from several threads at once.
class Handler {
 public:
  Handler() = default;
  Handler(const Handler&) = delete;
  Handler& operator=(const Handler&) = delete;
  virtual ~Handler() = default;

  /// When the header was read: a reply refuses the request, whose body then need not come.
  [[nodiscard]] virtual std::optional<Reply> admit(const Call& call, Note& note) = 0;
  /// Whether answer() may have to wait (for a disk): it is then called on a thread beside those that answer everything else.
  [[nodiscard]] virtual bool may_wait(const Note& note) const noexcept = 0;
  /// When the body was read.
  [[nodiscard]] virtual Reply answer(const Call& call, Note& note) = 0;
  /// The answer that the transport gives by itself: to what is no request, comes too slowly, or is too much.
  [[nodiscard]] virtual Reply fault(int status) const = 0;
  virtual void finished(const Finished& exchange) noexcept = 0;
};

/// How much is accepted, and for how long.
struct Limits {
  std::size_t header_bytes = std::size_t{16} << 10U;  ///< of the request line and all header fields
  std::size_t body_bytes = std::size_t{4} << 20U;
  std::size_t bodies_bytes = std::size_t{256} << 20U;  ///< of all bodies that are being read or answered
  std::size_t connections = 256;
  std::chrono::milliseconds request_time{10'000};  ///< for a TLS handshake, to read one request, and to write its answer: each
  std::chrono::milliseconds idle_time{60'000};     ///< between requests
  std::chrono::milliseconds grace{10'000};         ///< after a signal to stop, for requests in flight
};

}  // namespace magnesia::serve
