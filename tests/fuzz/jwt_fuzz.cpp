// Any bytes as a set of keys, as an Authorization header, and as the two JSON texts of a token: no crash, every fault says all,
// and nothing is accepted but the one token that was signed.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "serve/token.hpp"
#include "tests/serve/tokens.hpp"

namespace {

using magnesia::serve::Issuer;
using magnesia::serve::KeySet;
using magnesia::serve::Refusal;
using magnesia::serve::TokenVerifier;
using magnesia::test::base64url;
using magnesia::test::example::audience;
using magnesia::test::example::keys;
using magnesia::test::example::token;

constexpr std::chrono::sys_seconds now{std::chrono::seconds{1'422'568'800}};

void require(bool holds) {
  if (!holds) std::abort();
}

TokenVerifier verifier() {
  static const KeySet set = *KeySet::read(keys);
  std::vector<Issuer> issuers;
  issuers.push_back({"https://fhir-ehr.example.com/", set});
  return TokenVerifier{std::move(issuers), {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  if (data[0] % 3 == 0) {
    const magnesia::Result<KeySet, magnesia::Errors> read = KeySet::read(text);
    if (read) {
      require(read->size() > 0);
    } else {
      require(!read.error().empty());
      for (const magnesia::Error& error : read.error()) require(!error.found.empty() && !error.expected.empty());
    }
    return 0;
  }
  TokenVerifier one = verifier();
  std::string authorization{text};
  if (data[0] % 3 == 2) {
    const std::size_t end = text.find('\0');
    authorization = "Bearer " + base64url(text.substr(0, end)) + '.' +
                    base64url(end == std::string_view::npos ? "" : text.substr(end + 1)) +
                    std::string{token.substr(token.rfind('.'))};
  }
  const magnesia::Result<std::string_view, Refusal> result = one.verify(authorization, audience, now);
  require(!result || authorization.ends_with(token));
  require(result || authorization != "Bearer " + std::string{token});
  if (result) require(one.verify(authorization, audience, now).error() == Refusal::replayed);
  return 0;
}
