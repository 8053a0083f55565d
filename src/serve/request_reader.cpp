#include "serve/request_reader.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <exception>
#include <optional>

#include "base/characters.hpp"

namespace magnesia::serve {
namespace {

namespace http = boost::beast::http;
using boost::beast::iequals;

std::string_view view(boost::beast::string_view text) noexcept { return {text.data(), text.size()}; }

// Of the request target (RFC 9112 section 3.2): origin form, absolute form; "*" and what CONNECT has stay as they are.
std::string_view path_of(std::string_view target) noexcept {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() || !iequals(boost::beast::string_view{target.data(), scheme.size()},
                                                  boost::beast::string_view{scheme.data(), scheme.size()}))
      continue;
    const std::size_t slash = target.find_first_of("/?", scheme.size());
    target = slash == std::string_view::npos || target[slash] == '?' ? std::string_view{"/"} : target.substr(slash);
    break;
  }
  return target.substr(0, target.find('?'));
}

int status_of(const boost::beast::error_code& error, bool in_request_line) noexcept {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) return in_request_line ? 414 : 431;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::bad_version) return 505;
  return 400;
}

}  // namespace

struct RequestReader::State {
  http::request_parser<http::string_body> parser;
  std::size_t header_bytes = 0;
  std::size_t body_bytes = 0;
  Call call;           // as the header has it: what a trailer adds counts for nothing
  bool began = false;  // something other than an empty line has come
  bool line_done = false;
  int fault = 0;

  [[nodiscard]] const auto& fields() const noexcept { return parser.get().base(); }

  // What two readers could understand differently, and what we do not do (RFC 9112 sections 3.2, 6.1 to 6.3; RFC 9110 10.1.1).
  [[nodiscard]] int fault_of_header() const {
    const auto& all = fields();
    const bool is_1_1 = all.version() == 11;
    const std::size_t hosts = all.count(http::field::host);
    if (hosts > 1 || (is_1_1 && hosts == 0)) return 400;
    const std::size_t codings = all.count(http::field::transfer_encoding);
    const std::size_t lengths = all.count(http::field::content_length);
    if (lengths > 1 || (lengths == 1 && codings != 0)) return 400;
    if (lengths == 1) {
      const std::string_view length = view(all[http::field::content_length]);
      if (length.empty() || !std::all_of(length.begin(), length.end(), base::is_digit)) return 400;
    }
    if (codings != 0 && !is_1_1) return 400;
    if (codings > 1 || (codings == 1 && !iequals(all[http::field::transfer_encoding], "chunked"))) return 501;
    for (const auto once : {http::field::authorization, http::field::content_type, http::field::origin}) {
      if (all.count(once) > 1) return 400;
    }
    if (all.count(http::field::expect) != 0 && !(is_1_1 && iequals(all[http::field::expect], "100-continue"))) return 417;
    return 0;
  }

  void read_header() {
    const auto& all = fields();
    call.method = view(all.method_string());
    call.path = path_of(view(all.target()));
    call.authorization = view(all[http::field::authorization]);
    call.content_type = view(all[http::field::content_type]);
    call.content_encoding = view(all[http::field::content_encoding]);
    call.origin = view(all[http::field::origin]);
    call.requested_method = view(all[http::field::access_control_request_method]);
    call.if_none_match = view(all[http::field::if_none_match]);
  }
};

RequestReader::RequestReader(const Limits& limits) : state_{std::make_unique<State>()} {
  state_->header_bytes = limits.header_bytes;
  state_->body_bytes = limits.body_bytes;
  state_->parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  state_->parser.body_limit(limits.body_bytes);
}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

std::size_t RequestReader::take(std::string_view bytes) try {
  State& state = *state_;
  std::size_t taken = 0;
  if (!state.began) {
    while (bytes.substr(taken).starts_with("\r\n")) taken += 2;
    if (taken == bytes.size() || bytes.substr(taken) == "\r") return taken;
    state.began = true;
  }
  while (state.fault == 0 && !state.parser.is_done()) {
    const bool had_header = state.parser.is_header_done();
    const std::string_view rest = bytes.substr(taken);
    if (!state.line_done && !had_header) {
      const std::size_t end = rest.find('\n');
      state.line_done = end != std::string_view::npos;
      if (state.line_done && (end == 0 || rest[end - 1] != '\r')) {  // the parser would wait for a line that ends rightly
        state.fault = 400;
        break;
      }
      // A request line of a size that no header can have: refused at once, whatever else the parser would like to see of it.
      if (std::min(end, rest.size()) > state.header_bytes) {
        state.fault = 414;
        break;
      }
    }
    boost::beast::error_code error;
    const std::size_t used = state.parser.put(boost::asio::const_buffer{rest.data(), rest.size()}, error);
    taken += used;
    if (error == http::error::need_more) {
      if (!state.parser.is_header_done() && rest.size() - used > state.header_bytes) state.fault = 431;
      break;
    }
    if (error) {
      state.fault = status_of(error, !state.line_done);
      break;
    }
    if (!had_header && state.parser.is_header_done()) {
      state.fault = state.fault_of_header();
      state.read_header();
      break;
    }
    if (used == 0 && taken == bytes.size()) break;
  }
  return taken;
} catch (const std::exception&) {
  state_->fault = 503;
  return 0;
}

bool RequestReader::has_header() const noexcept { return state_->parser.is_header_done(); }
bool RequestReader::complete() const noexcept { return state_->fault == 0 && state_->parser.is_done(); }
int RequestReader::fault() const noexcept { return state_->fault; }

Call RequestReader::call() const {
  Call call = state_->call;
  if (complete()) call.body = state_->parser.get().body();
  return call;
}

bool RequestReader::is_head() const noexcept { return has_header() && state_->fields().method() == http::verb::head; }

std::string_view RequestReader::known_method() const noexcept {
  if (!has_header()) return "other";
  const http::verb verb = state_->fields().method();
  return verb == http::verb::unknown ? "other" : view(http::to_string(verb));
}

bool RequestReader::keeps_alive() const noexcept { return state_->fault == 0 && state_->parser.keep_alive(); }

bool RequestReader::waits() const noexcept {
  return state_->fields().count(http::field::expect) != 0 && !state_->parser.is_done();
}

std::size_t RequestReader::body_bound() const noexcept {
  if (state_->parser.is_done()) return 0;
  const auto length = state_->parser.content_length();
  return length ? static_cast<std::size_t>(std::min<std::uint64_t>(*length, state_->body_bytes)) : state_->body_bytes;
}

void RequestReader::lower_body_bound(std::size_t bytes) noexcept {
  state_->body_bytes = std::min(state_->body_bytes, bytes);
  state_->parser.body_limit(state_->body_bytes);
}

}  // namespace magnesia::serve
