// Clients' side of a token: keys as OpenSSL makes them, signatures as RFC 7518 has them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tests/serve/tokens.hpp"

struct evp_pkey_st;

namespace magnesia::test {

class Signer {
 public:
  /// "P-384", "P-256", or the bits of an RSA key.
  explicit Signer(const std::string& kind);

  /// The public key as a JSON object; `more` are further members, each with a comma before it.
  [[nodiscard]] std::string jwk(const std::string& id, const std::string& more = "") const;
  /// ECDSA (r and s) or RSASSA-PKCS1-v1_5.
  [[nodiscard]] std::string sign(std::string_view text, const char* digest = "SHA384") const;
  /// header.payload.signature of two JSON texts.
  [[nodiscard]] std::string token(const std::string& header, const std::string& payload) const;

 private:
  std::shared_ptr<evp_pkey_st> key_;
  std::string curve_;
};

}  // namespace magnesia::test
