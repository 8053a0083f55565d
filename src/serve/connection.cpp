#include "serve/connection.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/status.hpp>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <exception>
#include <utility>

namespace magnesia::serve {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t beside_header = std::size_t{16} << 10U;    // of the buffer: room for pieces of a body
constexpr std::size_t worth_reading = std::size_t{64} << 10U;    // of a refused request's body, so that the connection can stay
constexpr std::size_t worth_draining = std::size_t{256} << 10U;  // of what still comes after the last answer, so that it is read
constexpr std::chrono::milliseconds farewell = 1000ms;
constexpr std::chrono::milliseconds second_try = 250ms;

// IMF-fixdate (RFC 9110 section 5.6.7).
void append_date(std::string& out) {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n",
                    days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)],
                    parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
  out.append(text.data(), static_cast<std::size_t>(length));
}

std::string head_of(const Reply& reply, bool keep) {
  std::string head = "HTTP/1.1 " + std::to_string(reply.status) + ' ';
  const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(reply.status));
  head.append(reason.data(), reason.size());
  head += "\r\n";
  append_date(head);
  if (!reply.content_type.empty()) head += "Content-Type: " + reply.content_type + "\r\n";
  if (reply.status != 204 && reply.status != 304) head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
  head += "X-Content-Type-Options: nosniff\r\n";
  for (const auto& [name, value] : reply.fields) {
    head += name;
    ((head += ": ") += value) += "\r\n";
  }
  head += keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

}  // namespace

Connection::Connection(std::unique_ptr<Wire> wire, Host& host, bool refused)
    : wire_{std::move(wire)},
      host_{host},
      refused_{refused},
      timer_{wire_->socket().get_executor()},
      buffer_(host.limits.header_bytes + beside_header, '\0') {}

Connection::~Connection() {
  release_body();
  host_.ended(*this);
}

void Connection::start() {
  asio::dispatch(wire_->socket().get_executor(), [self = shared_from_this()] { self->shake_hands(); });
}

void Connection::stop() {
  asio::dispatch(wire_->socket().get_executor(), [self = shared_from_this()] {
    if (self->stage_ != Stage::idle) return;
    self->leaving_ = true;
    ErrorCode ignored;
    self->wire_->socket().cancel(ignored);
  });
}

void Connection::abort() {
  aborted_ = true;
  asio::dispatch(wire_->socket().get_executor(), [self = shared_from_this()] {
    if (self->stage_ == Stage::reading || self->stage_ == Stage::writing) return self->lost();
    self->close();
  });
}

void Connection::shake_hands() {
  ErrorCode ignored;
  wire_->socket().set_option(asio::ip::tcp::no_delay{true}, ignored);
  enter(Stage::shaking_hands, refused_ ? farewell : host_.limits.request_time);
  wire_->handshake([self = shared_from_this()](ErrorCode error) {
    if (error) {
      self->host_.metrics.count(Event::handshake_failed);
      return self->close();
    }
    if (!self->refused_) return self->next();
    self->began_ = self->read_at_ = Clock::now();
    self->respond(self->host_.handler.fault(503), true);
  });
}

void Connection::next() {
  reader_.emplace(host_.limits);
  admitted_ = false;
  refusal_.reset();
  note_ = {};
  bytes_in_ = 0;
  if (begin_ != end_) {  // pipelined: it came with the one before
    began_ = Clock::now();
    enter(Stage::reading, host_.limits.request_time);
    return parse();
  }
  if (host_.stopping && nothing_came()) return finish();
  enter(Stage::idle, host_.limits.idle_time);
  read();
}

void Connection::read() {
  if (begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) return give_up(400);  // a chunk's size of many digits, or a trailer that does not end
  wire_->read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_),
                   [self = shared_from_this()](ErrorCode error, std::size_t bytes) { self->on_read(error, bytes); });
}

void Connection::on_read(ErrorCode error, std::size_t bytes) {
  if (stage_ == Stage::closed) return;
  end_ += bytes;
  if (bytes == 0 || error) {
    if (stage_ == Stage::idle) {
      if (leaving_ && !timed_out_ && !nothing_came()) return next();
      return error == asio::error::operation_aborted || error == asio::error::eof ? finish() : close();
    }
    if (!timed_out_) return lost();
    host_.metrics.count(Event::request_too_slow);
    return give_up(408);
  }
  if (stage_ == Stage::idle) {
    began_ = Clock::now();
    enter(Stage::reading, host_.limits.request_time);
  } else if (timed_out_) {
    host_.metrics.count(Event::request_too_slow);
    return give_up(408);
  }
  parse();
}

void Connection::parse() {
  for (;;) {
    const std::size_t taken = reader_->take(unread());
    begin_ += taken;
    bytes_in_ += taken;
    if (reader_->fault() != 0) return give_up(reader_->fault());
    if (reader_->has_header() && !admitted_) {
      if (!admit()) return;
      continue;
    }
    if (reader_->complete()) return answer();
    return read();
  }
}

// False where the answer, or "100 Continue", is being written.
bool Connection::admit() {
  admitted_ = true;
  try {
    refusal_ = host_.handler.admit(reader_->call(), note_);
  } catch (const std::exception&) {
    refusal_ = host_.handler.fault(500);
  }
  if (refusal_) {
    if (reader_->waits() || reader_->body_bound() > worth_reading) return give_up(0), false;
    reader_->lower_body_bound(worth_reading);
    return true;
  }
  if (!promise_body(reader_->body_bound())) return give_up(503), false;
  if (!reader_->waits()) return true;
  wire_->write("HTTP/1.1 100 Continue\r\n\r\n", {}, [self = shared_from_this()](ErrorCode error, std::size_t) {
    if (error) return self->lost();
    self->parse();
  });
  return false;
}

void Connection::answer() {
  read_at_ = Clock::now();
  if (refusal_) return respond(*refusal_, false);
  if (host_.handler.may_wait(note_)) return answer_aside();
  respond(handled(), false);
}

// Meanwhile nothing else happens here, so that the other thread has the request for itself; there is no time limit, and the guard
// keeps our own threads from ending.
void Connection::answer_aside() {
  stage_ = Stage::waiting;
  ++waits_;
  timer_.cancel();
  const auto ours = wire_->socket().get_executor();
  asio::post(host_.aside, [self = shared_from_this(), ours, guard = asio::make_work_guard(ours)] {
    if (self->aborted_) return;
    asio::post(ours, [self, reply = self->handled()] {
      if (self->stage_ == Stage::waiting) self->respond(reply, false);
    });
  });
}

Reply Connection::handled() noexcept {
  try {
    return host_.handler.answer(reader_->call(), note_);
  } catch (const std::exception&) {  // no memory, as far as we know
    return host_.handler.fault(500);
  }
}

// The last answer on this connection: `status`, or what refused the request before its body came.
void Connection::give_up(int status) {
  read_at_ = Clock::now();
  respond(refusal_ ? *refusal_ : host_.handler.fault(status), true);
}

void Connection::respond(const Reply& reply, bool close) {
  keep_ = !close && reader_ && reader_->keeps_alive() && !(host_.stopping && begin_ == end_);
  status_ = reply.status;
  head_ = head_of(reply, keep_);
  body_ = reader_ && reader_->is_head() ? std::string{} : reply.body;
  enter(Stage::writing, refused_ ? farewell : host_.limits.request_time);
  wire_->write(head_, body_, [self = shared_from_this()](ErrorCode error, std::size_t) { self->on_written(error); });
}

void Connection::on_written(ErrorCode error) {
  if (error) return lost();
  const auto now = Clock::now();
  host_.handler.finished({note_, reader_ ? reader_->known_method() : "other", status_, bytes_in_, head_.size() + body_.size(),
                          now - began_, now - read_at_});
  reader_.reset();
  release_body();
  body_ = {};
  if (keep_) return next();
  finish();
}

void Connection::lost() {
  if (stage_ == Stage::closed) return;
  const auto now = Clock::now();
  host_.handler.finished({note_, reader_ ? reader_->known_method() : "other", 0, bytes_in_, 0, now - began_, {}});
  close();
}

// Closing at once while bytes still come would make the client's system throw our answer away before it is read (RFC 9112
// section 9.6): first we say that nothing more will come, then we wait a little for the other side to be done.
void Connection::finish() {
  reader_.reset();
  release_body();
  enter(Stage::closing, farewell);
  wire_->shut_down([self = shared_from_this()](ErrorCode) { self->half_close(); });
}

void Connection::half_close() {
  if (stage_ == Stage::closed) return;
  ErrorCode ignored;
  wire_->socket().shutdown(Socket::shutdown_send, ignored);
  drain();
}

void Connection::drain() {
  wire_->socket().async_read_some(asio::buffer(buffer_), [self = shared_from_this()](ErrorCode error, std::size_t bytes) {
    self->drained_ += bytes;
    if (error || self->drained_ > worth_draining || self->stage_ == Stage::closed) return self->close();
    self->drain();
  });
}

// Whether a request that stopping would overlook is on its way from the system to us.
bool Connection::nothing_came() noexcept {
  ErrorCode error;
  return wire_->socket().available(error) == 0 || error;
}

void Connection::close() noexcept {
  stage_ = Stage::closed;
  ErrorCode ignored;
  wire_->socket().close(ignored);
  ++waits_;
  timer_.cancel();
}

void Connection::enter(Stage stage, std::chrono::milliseconds within) {
  stage_ = stage;
  timed_out_ = false;
  wait_for(within, ++waits_);
}

void Connection::wait_for(std::chrono::milliseconds time, std::uint64_t of) {
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), of](ErrorCode error) {
    if (!error && of == self->waits_) self->on_time_out();
  });
}

void Connection::on_time_out() {
  if (stage_ == Stage::writing || (stage_ == Stage::reading && timed_out_)) return lost();
  if (stage_ != Stage::reading && (stage_ != Stage::idle || timed_out_)) return close();
  timed_out_ = true;
  ErrorCode ignored;
  wire_->socket().cancel(ignored);
  // What completes in this very moment is not cancelled, and would wait on.
  wait_for(second_try, waits_);
}

bool Connection::promise_body(std::size_t bytes) noexcept {
  std::size_t held = host_.bodies_bytes.load();
  do {
    if (held + bytes > host_.limits.bodies_bytes) return false;
  } while (!host_.bodies_bytes.compare_exchange_weak(held, held + bytes));
  promised_ = bytes;
  return true;
}

void Connection::release_body() noexcept { host_.bodies_bytes.fetch_sub(std::exchange(promised_, 0)); }

}  // namespace magnesia::serve
