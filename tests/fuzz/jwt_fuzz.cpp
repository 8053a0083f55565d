// Any bytes as a set of keys, as an Authorization header, and as the two JSON texts of a token: no crash, every fault says all,
// and nothing is accepted but the one token that was signed.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "serve/token.hpp"

namespace {

using magnesia::serve::Issuer;
using magnesia::serve::KeySet;
using magnesia::serve::Refusal;
using magnesia::serve::TokenVerifier;

// The example of the specification of CDS Hooks 2.0.1.
constexpr std::string_view keys = R"({"keys":[{"kty":"EC","use":"sig","crv":"P-384","kid":"example-kid",
  "x":"46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk",
  "y":"XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI","alg":"ES384"}]})";
constexpr std::string_view token =
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2tfdXJpIn0."
    "eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb21lLXNlcnZp"
    "Y2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50Ijoi"
    "MmRkZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0."
    "d1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2L8-i4awdoU"
    "wiEb";
constexpr std::string_view audience = "https://cds.example.org/cds-services/some-service";
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

std::string base64url(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(byte);
    bits += 8;
    for (; bits >= 6; bits -= 6) text += alphabet[(held >> (bits - 6U)) & 63U];
    held &= (1U << bits) - 1U;
  }
  if (bits != 0) text += alphabet[(held << (6U - bits)) & 63U];
  return text;
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
