// What tests and fuzzers of tokens share: the encoding of their parts, and the example of the specification.
#pragma once

#include <string>
#include <string_view>

namespace magnesia::test {

inline std::string base64url(std::string_view bytes) {
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

// The example of the specification of CDS Hooks 2.0.1, "JWT Signing Algorithm", with its keys. It expires at 1'422'568'860.
namespace example {

inline constexpr std::string_view keys = R"({"keys":[{"kty":"EC","use":"sig","crv":"P-384","kid":"example-kid",
  "x":"46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk",
  "y":"XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI","alg":"ES384"}]})";
inline constexpr std::string_view token =
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2tfdXJpIn0."
    "eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb21lLXNlcnZp"
    "Y2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50Ijoi"
    "MmRkZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0."
    "d1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2L8-i4awdoU"
    "wiEb";
inline constexpr std::string_view audience = "https://cds.example.org/cds-services/some-service";

}  // namespace example
}  // namespace magnesia::test
