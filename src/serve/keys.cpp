#include "serve/keys.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <optional>

#include "json/parse.hpp"
#include "serve/base64url.hpp"

namespace magnesia::serve {
namespace {

constexpr std::size_t coordinate_bytes = 48;  // of P-384

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* owned) const noexcept { release(owned); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using Number = Owned<BIGNUM, BN_free>;
using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using EcdsaSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

const unsigned char* bytes_of(std::string_view text) noexcept { return reinterpret_cast<const unsigned char*>(text.data()); }

Number number_of(std::string_view bytes) noexcept {
  return Number{BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr)};
}

// A public key of these parameters, checked to be one (for P-384: a point of the curve); null otherwise.
std::shared_ptr<evp_pkey_st> made_of(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters{OSSL_PARAM_BLD_to_param(builder)};
  const KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  std::shared_ptr<evp_pkey_st> key{made, &EVP_PKEY_free};
  const KeyContext check{EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr)};
  return check && EVP_PKEY_public_check(check.get()) == 1 ? key : nullptr;
}

std::shared_ptr<evp_pkey_st> elliptic_key(std::string_view x, std::string_view y) {
  if (x.size() != coordinate_bytes || y.size() != coordinate_bytes) return nullptr;
  const std::string point = '\x04' + std::string{x} + std::string{y};  // SEC 1: uncompressed
  const Builder builder{OSSL_PARAM_BLD_new()};
  if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "secp384r1", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
    return nullptr;
  return made_of("EC", builder.get());
}

std::shared_ptr<evp_pkey_st> rsa_key(const BIGNUM* modulus, const BIGNUM* exponent) {
  const Builder builder{OSSL_PARAM_BLD_new()};
  if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent) != 1)
    return nullptr;
  return made_of("RSA", builder.get());
}

// The member as a string, or none; a fault where it is another type, or where it must be there and is not.
std::optional<std::string_view> text_of(const json::Node& object, std::string_view key, bool required, Errors& errors) {
  const json::Node* const member = object.find(key);
  if (member == nullptr) {
    if (required) errors.push_back({ErrorKind::missing_key, json::pointer(object, key), "nothing", "a string"});
    return std::nullopt;
  }
  if (member->type() != json::Type::string) {
    errors.push_back({ErrorKind::wrong_type, json::pointer(*member), std::string{json::name(member->type())}, "a string"});
    return std::nullopt;
  }
  return member->text();
}

std::optional<std::string> bytes_of(const json::Node& object, std::string_view key, Errors& errors) {
  const std::optional<std::string_view> text = text_of(object, key, true, errors);
  if (!text) return std::nullopt;
  std::optional<std::string> bytes = from_base64url(*text);
  if (bytes && !bytes->empty()) return bytes;
  errors.push_back({ErrorKind::syntax, json::pointer(object, key), "another text", "bytes in base64url without padding"});
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(Errors& errors) noexcept : errors_{errors} {}

  // None where the key is of no use here, and where it is faulty.
  std::optional<Key> read(const json::Node& node) {
    if (node.type() != json::Type::object) {
      errors_.push_back({ErrorKind::wrong_type, json::pointer(node), std::string{json::name(node.type())}, "an object"});
      return std::nullopt;
    }
    const std::optional<std::string_view> type = text_of(node, "kty", true, errors_);
    if (!type) return std::nullopt;
    for (const std::string_view secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
      if (node.find(secret) == nullptr) continue;
      // Found in a file that is handed around: whoever made it should know, and replace the key.
      errors_.push_back({ErrorKind::conflict, json::pointer(node, secret), "a secret", "public keys only"});
      return std::nullopt;
    }
    const std::size_t before = errors_.size();
    const std::optional<std::string_view> use = text_of(node, "use", false, errors_);
    const std::optional<std::string_view> stated = text_of(node, "alg", false, errors_);
    const std::optional<std::string_view> curve = text_of(node, "crv", false, errors_);
    if (errors_.size() != before || use.value_or("sig") != "sig") return std::nullopt;
    if (*type == "EC" && curve == "P-384") return finish(node, Algorithm::es384, stated);
    // An RSA key that does not say its algorithm verifies RS384 and nothing else; one that says RS256 or PS384 verifies nothing.
    if (*type == "RSA" && stated.value_or("RS384") == "RS384") return finish(node, Algorithm::rs384, stated);
    return std::nullopt;
  }

 private:
  std::optional<Key> finish(const json::Node& node, Algorithm algorithm, std::optional<std::string_view> stated) {
    if (stated && *stated != name(algorithm)) {
      errors_.push_back({ErrorKind::conflict, json::pointer(node, "alg"), excerpt(*stated), std::string{name(algorithm)}});
      return std::nullopt;
    }
    const std::optional<std::string_view> id = text_of(node, "kid", true, errors_);
    std::shared_ptr<evp_pkey_st> key = algorithm == Algorithm::es384 ? read_elliptic(node) : read_rsa(node);
    if (!id || !key) return std::nullopt;
    return Key{std::string{*id}, algorithm, std::move(key)};
  }

  std::shared_ptr<evp_pkey_st> read_elliptic(const json::Node& node) {
    const std::optional<std::string> x = bytes_of(node, "x", errors_);
    const std::optional<std::string> y = bytes_of(node, "y", errors_);
    if (!x || !y) return nullptr;
    std::shared_ptr<evp_pkey_st> key = elliptic_key(*x, *y);
    if (!key) errors_.push_back({ErrorKind::syntax, json::pointer(node), "coordinates of no such point", "a point of P-384"});
    return key;
  }

  std::shared_ptr<evp_pkey_st> read_rsa(const json::Node& node) {
    const std::optional<std::string> n = bytes_of(node, "n", errors_);
    const std::optional<std::string> e = bytes_of(node, "e", errors_);
    if (!n || !e) return nullptr;
    constexpr int least_bits = 2048, most_bits = 8192;  // NIST SP 800-131A; beyond it, verifying takes too long
    const int bits = n->size() > most_bits / 8 + 1 ? most_bits + 1 : BN_num_bits(number_of(*n).get());
    if (bits < least_bits || bits > most_bits) {
      errors_.push_back({ErrorKind::out_of_range, json::pointer(node, "n"),
                         bits > most_bits ? "more than 8192 bits" : std::to_string(bits) + " bits", "2048 to 8192 bits"});
      return nullptr;
    }
    if (e->size() > 8) {  // OpenSSL would accept them, and take its time
      errors_.push_back({ErrorKind::out_of_range, json::pointer(node, "e"), std::to_string(e->size()) + " bytes", "at most 8"});
      return nullptr;
    }
    std::shared_ptr<evp_pkey_st> key = rsa_key(number_of(*n).get(), number_of(*e).get());
    if (!key) errors_.push_back({ErrorKind::syntax, json::pointer(node), "numbers of no RSA key", "modulus and exponent of one"});
    return key;
  }

  Errors& errors_;
};

}  // namespace

std::string_view name(Algorithm algorithm) noexcept { return algorithm == Algorithm::es384 ? "ES384" : "RS384"; }

Result<KeySet, Errors> KeySet::read(std::string_view json) {
  json::Parser parser;
  const Result<const json::Node*, Errors> root =
      parser.parse(json, {.max_bytes = max_bytes, .max_depth = 16, .max_nodes = 100'000});
  if (!root) return root.error();
  Errors errors;
  const json::Node* const keys = (*root)->type() == json::Type::object ? (*root)->find("keys") : nullptr;
  if (keys == nullptr || keys->type() != json::Type::array)
    return Errors{{ErrorKind::missing_key, "/keys", keys == nullptr ? "nothing" : std::string{json::name(keys->type())},
                   "an array of public keys (a JWK Set, RFC 7517)"}};
  KeySet set;
  for (const json::Node& node : keys->children()) {
    const std::size_t before = errors.size();
    std::optional<Key> key = Reader{errors}.read(node);
    if (!key) {
      set.left_aside_ += errors.size() == before ? 1 : 0;
    } else if (set.find(key->id) != nullptr) {
      errors.push_back({ErrorKind::duplicate_key, json::pointer(node, "kid"), "an id that another key has", "an id of its own"});
    } else {
      set.keys_.push_back(*std::move(key));
    }
  }
  ERR_clear_error();
  if (errors.empty() && set.keys_.empty())
    errors.push_back({ErrorKind::unknown_name, "/keys", std::to_string(set.left_aside_) + " keys of other kinds",
                      "a key for ES384 (EC, P-384) or RS384 (RSA)"});
  if (!errors.empty()) return errors;
  return set;
}

const Key* KeySet::find(std::string_view id) const noexcept {
  const auto found = std::find_if(keys_.begin(), keys_.end(), [id](const Key& key) { return key.id == id; });
  return found == keys_.end() ? nullptr : &*found;
}

bool verifies(const Key& key, std::string_view text, std::string_view signature) {
  std::string der;
  if (key.algorithm == Algorithm::es384) {  // RFC 7518 section 3.4: r and s, 48 bytes each; OpenSSL wants them in DER
    if (signature.size() != 2 * coordinate_bytes) return false;
    const EcdsaSignature pair{ECDSA_SIG_new()};
    Number r = number_of(signature.substr(0, coordinate_bytes));
    Number s = number_of(signature.substr(coordinate_bytes));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return false;
    (void)r.release();  // the pair owns them now
    (void)s.release();
    const int length = i2d_ECDSA_SIG(pair.get(), nullptr);
    if (length <= 0) return false;
    der.resize(static_cast<std::size_t>(length));
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    if (i2d_ECDSA_SIG(pair.get(), &out) != length) return false;
    signature = der;
  }
  const DigestContext context{EVP_MD_CTX_new()};
  const bool good = context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha384(), nullptr, key.key.get()) == 1 &&
                    EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
  ERR_clear_error();  // a thread that leaves errors behind confuses the next TLS operation on it
  return good;
}

}  // namespace magnesia::serve
