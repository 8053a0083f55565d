#include "serve/token.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "json/parse.hpp"
#include "serve/base64url.hpp"

namespace magnesia::serve {
namespace {

using std::chrono::sys_seconds;

constexpr json::Bounds bounds{.max_bytes = TokenVerifier::max_token_bytes, .max_depth = 8, .max_nodes = 512, .max_errors = 1};

bool is_bearer(std::string_view scheme) noexcept {
  constexpr std::string_view bearer = "bearer";
  return scheme.size() == bearer.size() && std::equal(scheme.begin(), scheme.end(), bearer.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

// What stands behind "Bearer"; the scheme is case-insensitive (RFC 9110 section 11.1).
std::optional<std::string_view> token_of(std::string_view authorization) noexcept {
  const std::size_t blank = authorization.find(' ');
  if (blank == std::string_view::npos || !is_bearer(authorization.substr(0, blank))) return std::nullopt;
  const std::size_t begin = authorization.find_first_not_of(' ', blank);
  if (begin == std::string_view::npos) return std::nullopt;
  return authorization.substr(begin);
}

// A member that must be a string, and not empty.
std::optional<std::string_view> text_of(const json::Node& object, std::string_view key) noexcept {
  const json::Node* const member = object.find(key);
  if (member == nullptr || member->type() != json::Type::string || member->text().empty()) return std::nullopt;
  return member->text();
}

// NumericDate: seconds since 1970, of which parts are cut off. Up to 12 digits, which is the year 33658.
std::optional<sys_seconds> time_of(const json::Node& object, std::string_view key) noexcept {
  const json::Node* const member = object.find(key);
  if (member == nullptr || member->type() != json::Type::number) return std::nullopt;
  const std::string_view whole = member->text().substr(0, member->text().find('.'));
  std::int64_t seconds = 0;
  if (whole.empty() || whole.size() > 12) return std::nullopt;
  for (const char c : member->text()) {
    if (c != '.' && (c < '0' || c > '9')) return std::nullopt;
  }
  for (const char c : whole) seconds = seconds * 10 + (c - '0');
  return sys_seconds{std::chrono::seconds{seconds}};
}

bool is_for(const json::Node& audience, std::string_view url) {
  if (audience.type() == json::Type::string) return audience.text() == url;
  if (audience.type() != json::Type::array) return false;
  const auto all = audience.children();
  return std::any_of(all.begin(), all.end(),
                     [url](const json::Node& one) { return one.type() == json::Type::string && one.text() == url; });
}

struct Parts {
  std::string_view signed_text;
  std::string header;
  std::string payload;
  std::string signature;
};

std::optional<Parts> parts_of(std::string_view token) {
  if (token.size() > TokenVerifier::max_token_bytes) return std::nullopt;
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  std::optional<std::string> header = from_base64url(token.substr(0, first));
  std::optional<std::string> payload = from_base64url(token.substr(first + 1, second - first - 1));
  std::optional<std::string> signature = from_base64url(token.substr(second + 1));  // a third dot is no base64url
  if (!header || !payload || !signature) return std::nullopt;
  return Parts{token.substr(0, second), *std::move(header), *std::move(payload), *std::move(signature)};
}

}  // namespace

std::string_view name(Refusal refusal) noexcept {
  constexpr std::array<std::string_view, 13> names{"no-token",       "malformed", "algorithm", "critical", "unknown-issuer",
                                                   "unknown-key",    "signature", "audience",  "expired",  "from-the-future",
                                                   "lives-too-long", "replayed",  "too-many"};
  return names[static_cast<std::size_t>(refusal)];
}

TokenVerifier::TokenVerifier(std::vector<Issuer> issuers, TokenPolicy policy)
    : issuers_{std::move(issuers)}, policy_{policy}, used_{policy.remembered} {}

Result<std::string_view, Refusal> TokenVerifier::verify(std::string_view authorization, std::string_view audience,
                                                        sys_seconds now) {
  const std::optional<std::string_view> token = token_of(authorization);
  if (!token) return Refusal::no_token;
  const std::optional<Parts> parts = parts_of(*token);
  if (!parts) return Refusal::malformed;

  json::Parser header_parser;
  json::Parser payload_parser;
  const Result<const json::Node*, Errors> header = header_parser.parse(parts->header, bounds);
  const Result<const json::Node*, Errors> payload = payload_parser.parse(parts->payload, bounds);
  if (!header || !payload || (*header)->type() != json::Type::object || (*payload)->type() != json::Type::object)
    return Refusal::malformed;

  const std::optional<std::string_view> algorithm = text_of(**header, "alg");
  if (!algorithm) return Refusal::malformed;
  if (*algorithm != name(Algorithm::es384) && *algorithm != name(Algorithm::rs384)) return Refusal::algorithm;
  if ((*header)->find("crit") != nullptr) return Refusal::critical;
  const std::optional<std::string_view> key_id = text_of(**header, "kid");
  const json::Node* const type = (*header)->find("typ");
  if (!key_id || (type != nullptr && type->text() != "JWT")) return Refusal::malformed;

  const std::optional<std::string_view> issued_by = text_of(**payload, "iss");
  const std::optional<std::string_view> id = text_of(**payload, "jti");
  const std::optional<sys_seconds> expires = time_of(**payload, "exp");
  const std::optional<sys_seconds> issued = time_of(**payload, "iat");
  const std::optional<sys_seconds> not_before = (*payload)->find("nbf") == nullptr ? issued : time_of(**payload, "nbf");
  const json::Node* const made_for = (*payload)->find("aud");
  if (!issued_by || !id || !expires || !issued || !not_before || made_for == nullptr) return Refusal::malformed;

  const auto issuer = std::find_if(issuers_.begin(), issuers_.end(), [&](const Issuer& one) { return one.uri == *issued_by; });
  if (issuer == issuers_.end()) return Refusal::unknown_issuer;
  const Key* const key = issuer->keys.find(*key_id);
  if (key == nullptr) return Refusal::unknown_key;
  if (*algorithm != name(key->algorithm)) return Refusal::algorithm;
  if (!verifies(*key, parts->signed_text, parts->signature)) return Refusal::signature;

  if (!is_for(*made_for, audience)) return Refusal::audience;
  if (*expires + policy_.leeway <= now) return Refusal::expired;
  if (*issued > now + policy_.leeway || *not_before > now + policy_.leeway) return Refusal::from_the_future;
  if (*expires > now + policy_.lifetime + policy_.leeway) return Refusal::lives_too_long;
  switch (used_.use(issuer->uri, *id, *expires + policy_.leeway, now)) {
    case ReplayCache::Answer::used: return Refusal::replayed;
    case ReplayCache::Answer::full: return Refusal::too_many;
    case ReplayCache::Answer::fresh: break;
  }
  return std::string_view{issuer->uri};
}

}  // namespace magnesia::serve
