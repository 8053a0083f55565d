// The public keys of those who may call: a JSON Web Key Set (RFC 7517) from a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/error.hpp"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace magnesia::serve {

/// The signatures that are accepted (RFC 7518): ECDSA with P-384 and SHA-384, RSASSA-PKCS1-v1_5 with SHA-384.
enum class Algorithm : std::uint8_t { es384, rs384 };
/// "ES384", "RS384".
[[nodiscard]] std::string_view name(Algorithm algorithm) noexcept;

/// A public key with the one algorithm that it may verify. Immutable, shared by any number of threads.
struct Key {
  std::string id;
  Algorithm algorithm = Algorithm::es384;
  std::shared_ptr<evp_pkey_st> key;
};

class KeySet {
 public:
  static constexpr std::size_t max_bytes = std::size_t{1} << 20U;

  /// Keys for ES384 and RS384 with their ids; keys of another use or algorithm are counted and left aside. Errors, each with its
  /// JSON Pointer: what the JSON parser finds; missing_key, wrong_type; out_of_range for an RSA modulus below 2048 or above 8192
  /// bits; duplicate_key for an id given twice; syntax for numbers that are no key; conflict for a key that is private or
  /// symmetric, which has no place in this file, and for a key whose algorithm is not its kind's; unknown_name where no key is
  /// of use.
  [[nodiscard]] static Result<KeySet, Errors> read(std::string_view json);

  /// Null where there is none. O(keys).
  [[nodiscard]] const Key* find(std::string_view id) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return keys_.size(); }
  [[nodiscard]] std::size_t left_aside() const noexcept { return left_aside_; }

 private:
  std::vector<Key> keys_;
  std::size_t left_aside_ = 0;
};

/// Whether `signature` is the key's over `text`.
[[nodiscard]] bool verifies(const Key& key, std::string_view text, std::string_view signature);

}  // namespace magnesia::serve
