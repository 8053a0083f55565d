#include "serve/endpoints.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "json/write.hpp"
#include "serve/digest.hpp"

namespace magnesia::serve {
namespace {

constexpr std::string_view discovery_path = "/cds-services";
constexpr std::string_view feedback_end = "/feedback";
constexpr std::string_view get_methods = "GET, HEAD, OPTIONS";
constexpr std::string_view post_methods = "POST, OPTIONS";

bool is_post(Route route) noexcept { return route == Route::service || route == Route::feedback; }

Reply reply_of(cds::Response response) {
  Reply reply{response.status, std::string{response.content_type}, std::move(response.body), {}};
  reply.fields.emplace_back("Cache-Control", "no-store");
  return reply;
}

Reply refusal(int status, Error error) { return reply_of(cds::Service::refuse(status, {std::move(error)})); }

Reply plain(std::string text, std::string content_type) {
  Reply reply{200, std::move(content_type), std::move(text), {}};
  reply.fields.emplace_back("Cache-Control", "no-store");
  return reply;
}

bool is_json(std::string_view content_type) noexcept {
  constexpr std::string_view json = "application/json";
  content_type = content_type.substr(0, content_type.find(';'));
  while (!content_type.empty() && (content_type.back() == ' ' || content_type.back() == '\t')) content_type.remove_suffix(1);
  return content_type.size() == json.size() && std::equal(json.begin(), json.end(), content_type.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

std::size_t count_of(std::string_view piece, std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + piece.size())) ++count;
  return count;
}

std::string tag_of(const std::string& text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string tag = "\"";
  for (const char byte : sha256(text).substr(0, 16)) {
    tag += digits[static_cast<unsigned char>(byte) >> 4U];
    tag += digits[static_cast<unsigned char>(byte) & 0xFU];
  }
  return tag + '"';
}

FeedbackEntry entry_of(const cds::Feedback& feedback, std::string_view service, const std::string& issuer) {
  FeedbackEntry entry;
  entry.service = service;
  entry.issuer = issuer;
  entry.card = feedback.card;
  entry.outcome = name(feedback.outcome);
  entry.outcome_timestamp = feedback.timestamp;
  if (!feedback.accepted_suggestions.empty()) {
    json::Writer writer{entry.accepted};
    writer.begin_array();
    for (const std::string& id : feedback.accepted_suggestions) writer.string(id);
    writer.end_array();
  }
  if (feedback.reason) {
    json::Writer writer{entry.override_reason};
    writer.begin_object();
    writer.member("code", feedback.reason->code);
    writer.member("system", feedback.reason->system);
    if (!feedback.reason->display.empty()) writer.member("display", feedback.reason->display);
    writer.end_object();
  }
  entry.comment = feedback.comment;
  return entry;
}

}  // namespace

Endpoints::Endpoints(const cds::Service& service, EndpointSettings settings, TokenVerifier* tokens, FeedbackLog* feedback,
                     Metrics& metrics, AccessLog& log)
    : service_{service},
      settings_{std::move(settings)},
      tokens_{tokens},
      feedback_{feedback},
      metrics_{metrics},
      log_{log},
      discovery_tag_{tag_of(service.discovery())} {}

std::optional<Reply> Endpoints::admit(const Call& call, Note& note) {
  const Place place = place_of(call.path);
  note.route = place.route;
  std::optional<Reply> refused = refuse(call, place, note);
  if (refused) refused = for_origin(*std::move(refused), call.origin);
  return refused;
}

std::optional<Reply> Endpoints::refuse(const Call& call, const Place& place, Note& note) {
  if (place.route == Route::none) {
    note.refusal = "no-such-place";
    return refusal(404, {ErrorKind::unknown_name, "path", "another path", "one of the services that GET /cds-services names"});
  }
  const std::string_view methods = is_post(place.route) ? post_methods : get_methods;
  if (call.method == "OPTIONS") {
    Reply reply{204, {}, {}, {{"Allow", std::string{methods}}}};
    if (!call.requested_method.empty() && allows(call.origin)) {
      reply.fields.emplace_back("Access-Control-Allow-Methods", methods);
      reply.fields.emplace_back("Access-Control-Allow-Headers", "Authorization, Content-Type");
      reply.fields.emplace_back("Access-Control-Max-Age", "600");
    }
    return reply;
  }
  const bool expected = is_post(place.route) ? call.method == "POST" : call.method == "GET" || call.method == "HEAD";
  if (!expected) {
    note.refusal = "method";
    Reply reply = refusal(405, {ErrorKind::conflict, "method", "another method", std::string{methods}});
    reply.fields.emplace_back("Allow", methods);
    return reply;
  }
  const bool needs_token = is_post(place.route) || (place.route == Route::discovery && settings_.protects_discovery);
  if (needs_token && tokens_ != nullptr) {
    if (std::optional<Reply> refused = refuse_caller(call, note)) return refused;
  }
  if (!is_post(place.route)) return std::nullopt;
  if (!call.content_encoding.empty() || !is_json(call.content_type)) {
    note.refusal = "content-type";
    return refusal(415,
                   {ErrorKind::wrong_type, "Content-Type", "another type, or an encoding", "application/json, not compressed"});
  }
  return std::nullopt;
}

// The caller learns nothing of the reason; our log has it.
std::optional<Reply> Endpoints::refuse_caller(const Call& call, Note& note) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const Result<std::string_view, Refusal> caller =
      tokens_->verify(call.authorization, settings_.public_url + std::string{call.path}, now);
  if (caller) {
    note.issuer = *caller;
    return std::nullopt;
  }
  note.refusal = name(caller.error());
  if (caller.error() == Refusal::too_many) return fault(503);
  return Reply{401, {}, {}, {{"WWW-Authenticate", "Bearer"}}};
}

Reply Endpoints::answer(const Call& call, Note& note) {
  const Place place = place_of(call.path);
  const auto reply = [&]() -> Reply {
    switch (place.route) {
      case Route::discovery: return discover(call);
      case Route::service: return give_cards(place.service, call.body);
      case Route::feedback: return keep_feedback(place.service, call.body, note);
      case Route::metrics: return plain(metrics_.exposition(), Metrics::content_type);
      case Route::healthy:
      case Route::ready: return plain("ok\n", "text/plain; charset=utf-8");
      case Route::none: break;
    }
    return fault(500);
  };
  return for_origin(reply(), call.origin);
}

Reply Endpoints::discover(const Call& call) const {
  Reply reply{200, "application/json", {}, {{"ETag", discovery_tag_}, {"Cache-Control", "no-cache"}}};
  const bool known = call.if_none_match == "*" || call.if_none_match.find(discovery_tag_) != std::string_view::npos;
  if (known) {
    reply.status = 304;
    reply.content_type.clear();
  } else {
    reply.body = service_.discovery();
  }
  return reply;
}

Reply Endpoints::give_cards(std::string_view service, std::string_view body) {
  cds::Response response = service_.answer(service, body, today());
  if (response.status == 200) {
    // Quotation marks inside a JSON string are escaped, so these words stand nowhere else.
    metrics_.count(Event::card_info, count_of(R"("indicator":"info")", response.body));
    metrics_.count(Event::card_warning, count_of(R"("indicator":"warning")", response.body));
    metrics_.count(Event::card_critical, count_of(R"("indicator":"critical")", response.body));
  }
  return reply_of(std::move(response));
}

Reply Endpoints::keep_feedback(std::string_view service, std::string_view body, const Note& note) {
  Result<std::vector<cds::Feedback>, cds::Response> read = cds::Service::read_feedback(service, body);
  if (!read) return reply_of(std::move(read).error());
  std::vector<FeedbackEntry> entries;
  for (const cds::Feedback& feedback : *read) entries.push_back(entry_of(feedback, service, note.issuer));
  const Result<FeedbackLog::Kept> kept = feedback_->append(entries, timestamp(std::chrono::system_clock::now()));
  if (!kept) {
    metrics_.count(Event::feedback_failed);
    log_.event("feedback-not-kept", describe(kept.error()));
    Reply reply = fault(503);
    reply.fields.emplace_back("Retry-After", "30");
    return reply;
  }
  metrics_.count(Event::feedback_kept, kept->fresh);
  metrics_.count(Event::feedback_repeated, kept->repeated);
  return Reply{200, {}, {}, {{"Cache-Control", "no-store"}}};
}

Reply Endpoints::fault(int status) const {
  const auto of = [status](ErrorKind kind, const char* place, const char* found, const char* expected) {
    return refusal(status, {kind, place, found, expected});
  };
  switch (status) {
    case 408: return of(ErrorKind::unreadable, "request", "no end within the time for one", "a request in one go");
    case 413: return of(ErrorKind::too_large, "body", "more than is accepted", "a smaller body");
    case 414: return of(ErrorKind::too_large, "request line", "more than is accepted", "a shorter path");
    case 417: return of(ErrorKind::conflict, "Expect", "another expectation", "100-continue");
    case 431: return of(ErrorKind::too_large, "header", "more than is accepted", "fewer or shorter header fields");
    case 500: return of(ErrorKind::unreadable, "service", "a fault of its own", "that it works");
    case 501: return of(ErrorKind::unknown_name, "Transfer-Encoding", "another coding", "chunked, or a Content-Length");
    case 503: return of(ErrorKind::unreadable, "service", "more to do than it can now", "the same request a little later");
    case 505: return of(ErrorKind::unknown_name, "version", "another version", "HTTP/1.1 or HTTP/1.0");
    default: return of(ErrorKind::syntax, "request", "something else", "a request of HTTP/1.1 (RFC 9112)");
  }
}

void Endpoints::finished(const Finished& exchange) noexcept {
  metrics_.count(exchange);
  log_.write(exchange);
}

Endpoints::Place Endpoints::place_of(std::string_view path) const {
  if (path == discovery_path) return {Route::discovery, {}};
  if (path == "/healthy") return {Route::healthy, {}};
  if (path == "/ready") return {Route::ready, {}};
  if (path == "/metrics") return {Route::metrics, {}};
  if (!path.starts_with(discovery_path) || path.size() < discovery_path.size() + 2 || path[discovery_path.size()] != '/')
    return {};
  std::string_view id = path.substr(discovery_path.size() + 1);
  const bool feedback = id.ends_with(feedback_end);
  if (feedback) id.remove_suffix(feedback_end.size());
  if (!cds::Service::has(id) || (feedback && feedback_ == nullptr)) return {};
  return {feedback ? Route::feedback : Route::service, id};
}

bool Endpoints::allows(std::string_view origin) const noexcept {
  return !origin.empty() && std::any_of(settings_.origins.begin(), settings_.origins.end(),
                                        [origin](const std::string& one) { return one == "*" || one == origin; });
}

// No credentials of a browser are involved: callers show a token, or nothing.
Reply Endpoints::for_origin(Reply reply, std::string_view origin) const {
  if (settings_.origins.empty()) return reply;
  reply.fields.emplace_back("Vary", "Origin");
  if (allows(origin)) reply.fields.emplace_back("Access-Control-Allow-Origin", origin);
  return reply;
}

std::chrono::year_month_day Endpoints::today() const {
  if (settings_.as_of) return *settings_.as_of;
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  return std::chrono::year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday;
}

}  // namespace magnesia::serve
