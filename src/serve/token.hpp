// Who calls: a bearer token as CDS Hooks has them, a signed JSON Web Token (RFC 7515, 7519; advice of RFC 8725).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/error.hpp"
#include "serve/keys.hpp"
#include "serve/replay.hpp"

namespace magnesia::serve {

/// Someone whose tokens are accepted, with the keys that are theirs: a key of one issuer proves nothing for another.
struct Issuer {
  std::string uri;  ///< as it stands in `iss`, compared byte by byte
  KeySet keys;
};

/// Why a token was refused: for our own log, never for the caller.
enum class Refusal : std::uint8_t {
  no_token,         ///< no Authorization header of the scheme Bearer
  malformed,        ///< not three parts of base64url, or not two JSON objects of the members that a token must have
  algorithm,        ///< none, HMAC, or another than that of the key
  critical,         ///< an extension that must be understood and is not (crit)
  unknown_issuer,   ///< not on the list
  unknown_key,      ///< no key of that issuer has this id
  signature,        ///< not signed by that key
  audience,         ///< made for another URL
  expired,          ///< exp has passed
  from_the_future,  ///< iat or nbf is still to come
  lives_too_long,   ///< exp is further away than a token may live
  replayed,         ///< used before
  too_many,         ///< no room to remember that it was used
};
[[nodiscard]] std::string_view name(Refusal refusal) noexcept;

struct TokenPolicy {
  std::chrono::seconds leeway{30};     ///< by which clocks may differ
  std::chrono::seconds lifetime{300};  ///< from now to exp, at most
  std::size_t remembered = 200'000;    ///< tokens whose use is remembered: lifetime times the requests a second
};

/// Shared by any number of threads.
class TokenVerifier {
 public:
  static constexpr std::size_t max_token_bytes = 8192;

  TokenVerifier(std::vector<Issuer> issuers, TokenPolicy policy);

  /// The issuer of the token in this Authorization header, which is then used up; or why it is refused. `audience`: the URL that
  /// was called. Only what the header names is looked up, in our own list: `jku`, `jwk`, `x5u` and `x5c` are never followed.
  [[nodiscard]] Result<std::string_view, Refusal> verify(std::string_view authorization, std::string_view audience,
                                                         std::chrono::sys_seconds now);

 private:
  std::vector<Issuer> issuers_;
  TokenPolicy policy_;
  ReplayCache used_;
};

}  // namespace magnesia::serve
