#include "tests/serve/signer.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <stdexcept>

namespace magnesia::test {
namespace {

void require(bool holds) {
  if (!holds) throw std::runtime_error{"OpenSSL did not do what a test asked of it"};
}

std::string number(const evp_pkey_st* key, const char* name, int width) {
  BIGNUM* value = nullptr;
  require(EVP_PKEY_get_bn_param(key, name, &value) == 1);
  std::string bytes(static_cast<std::size_t>(width == 0 ? BN_num_bytes(value) : width), '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  BN_free(value);
  return bytes;
}

}  // namespace

Signer::Signer(const std::string& kind) {
  evp_pkey_st* made = nullptr;
  if (kind.starts_with("P-")) {
    curve_ = kind;
    made = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", kind.c_str());
  } else {
    made = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(std::stoul(kind)));
  }
  require(made != nullptr);
  key_ = {made, &EVP_PKEY_free};
}

std::string Signer::jwk(const std::string& id, const std::string& more) const {
  const std::string begin = R"({"kid":")" + id + '"' + more;
  if (curve_.empty())
    return begin + R"(,"kty":"RSA","n":")" + base64url(number(key_.get(), OSSL_PKEY_PARAM_RSA_N, 0)) + R"(","e":")" +
           base64url(number(key_.get(), OSSL_PKEY_PARAM_RSA_E, 0)) + "\"}";
  const int width = curve_ == "P-384" ? 48 : 32;
  return begin + R"(,"kty":"EC","crv":")" + curve_ + R"(","x":")" +
         base64url(number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, width)) + R"(","y":")" +
         base64url(number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, width)) + "\"}";
}

std::string Signer::sign(std::string_view text, const char* digest) const {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  std::size_t length = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  require(EVP_DigestSignInit_ex(context, nullptr, digest, nullptr, nullptr, key_.get(), nullptr) == 1);
  require(EVP_DigestSign(context, nullptr, &length, bytes, text.size()) == 1);
  std::string signature(length, '\0');
  require(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length, bytes, text.size()) == 1);
  signature.resize(length);
  EVP_MD_CTX_free(context);
  if (curve_.empty()) return signature;
  const auto* der = reinterpret_cast<const unsigned char*>(signature.data());
  ECDSA_SIG* const pair = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(signature.size()));
  const int width = curve_ == "P-384" ? 48 : 32;
  std::string raw(static_cast<std::size_t>(2 * width), '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), reinterpret_cast<unsigned char*>(raw.data()), width);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), reinterpret_cast<unsigned char*>(raw.data()) + width, width);
  ECDSA_SIG_free(pair);
  return raw;
}

std::string Signer::token(const std::string& header, const std::string& payload) const {
  const std::string text = base64url(header) + '.' + base64url(payload);
  return text + '.' + base64url(sign(text));
}

}  // namespace magnesia::test
