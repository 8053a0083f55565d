// Tokens of callers: what is accepted, and everything that must not be.
#include "serve/token.hpp"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include "serve/base64url.hpp"
#include "tests/serve/signer.hpp"

namespace magnesia::serve {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using test::base64url;
using test::Signer;

constexpr std::int64_t now_number = 1'790'000'000;
constexpr sys_seconds now{seconds{now_number}};
const std::string ehr = "https://ehr.example.org";
const std::string other_ehr = "https://other.example.org";
const std::string url = "https://cds.example.org/cds-services/magnesia-orders";

const Signer& elliptic() {
  static const Signer signer{"P-384"};
  return signer;
}
const Signer& rsa() {
  static const Signer signer{"2048"};
  return signer;
}
const Signer& another_elliptic() {
  static const Signer signer{"P-384"};
  return signer;
}

KeySet keys(const std::string& list) {
  Result<KeySet, Errors> read = KeySet::read(R"({"keys":[)" + list + "]}");
  EXPECT_TRUE(read.has_value()) << describe(read.error().front());
  return *std::move(read);
}

TokenVerifier verifier(TokenPolicy policy = {}) {
  std::vector<Issuer> issuers;
  issuers.push_back({ehr, keys(elliptic().jwk("ec") + ',' + rsa().jwk("rsa", R"(,"alg":"RS384")"))});
  issuers.push_back({other_ehr, keys(another_elliptic().jwk("ec"))});
  return TokenVerifier{std::move(issuers), policy};
}

std::string header(const std::string& algorithm = "ES384", const std::string& key = "ec", const std::string& more = "") {
  return R"({"alg":")" + algorithm + R"(","typ":"JWT","kid":")" + key + '"' + more + '}';
}

// The claims of a good token, with a nonce of its own, some of them replaced: payload({{"exp", "1"}}) and, by "", left out.
std::string payload(const std::vector<std::pair<std::string, std::string>>& changes = {}) {
  static int nonce = 0;
  std::vector<std::pair<std::string, std::string>> claims{{"iss", '"' + ehr + '"'},
                                                          {"aud", '"' + url + '"'},
                                                          {"exp", std::to_string(now_number + 300)},
                                                          {"iat", std::to_string(now_number)},
                                                          {"jti", "\"nonce-" + std::to_string(++nonce) + '"'}};
  for (const auto& [name, value] : changes) {
    bool there = false;
    for (auto& claim : claims) {
      if (claim.first != name) continue;
      claim.second = value;
      there = true;
    }
    if (!there) claims.emplace_back(name, value);
  }
  std::string text = "{";
  for (const auto& [name, value] : claims) {
    if (value.empty()) continue;
    text += (text.size() == 1 ? "\"" : ",\"") + name + "\":" + value;
  }
  return text + '}';
}

std::string outcome(TokenVerifier& of, const std::string& authorization, sys_seconds at = now,
                    const std::string& audience = url) {
  const Result<std::string_view, Refusal> result = of.verify(authorization, audience, at);
  return std::string{result ? *result : name(result.error())};
}

// A new verifier, so that nothing was used before.
std::string outcome(const std::string& token) {
  TokenVerifier one = verifier();
  return outcome(one, "Bearer " + token);
}

std::string with_claims(const std::vector<std::pair<std::string, std::string>>& changes) {
  return outcome(elliptic().token(header(), payload(changes)));
}

TEST(Token, OfAnIssuerOnTheListIsAccepted) {
  EXPECT_EQ(outcome(elliptic().token(header(), payload())), ehr);
  EXPECT_EQ(outcome(rsa().token(header("RS384", "rsa"), payload())), ehr);
  EXPECT_EQ(outcome(another_elliptic().token(header(), payload({{"iss", '"' + other_ehr + '"'}}))), other_ehr);
  EXPECT_EQ(outcome(elliptic().token(R"({"alg":"ES384","kid":"ec"})", payload())), ehr) << "typ may be absent";
}

TEST(Token, OfTheSpecificationOfCdsHooksIsRead) {
  const std::string token{test::example::token};
  const std::string audience{test::example::audience};
  Result<KeySet, Errors> set = KeySet::read(test::example::keys);
  ASSERT_TRUE(set);
  std::vector<Issuer> issuers;
  issuers.push_back({"https://fhir-ehr.example.com/", *std::move(set)});
  TokenVerifier one{std::move(issuers), {.lifetime = seconds{300}}};
  const sys_seconds exp{seconds{1'422'568'860}};
  EXPECT_EQ(outcome(one, "Bearer " + token, exp, "https://cds.example.org/cds-services/another"), "audience")
      << "the signature is good";
  EXPECT_EQ(outcome(one, "Bearer " + token, exp - seconds{1000}, audience), "lives-too-long");
  EXPECT_EQ(outcome(one, "Bearer " + token, exp + seconds{30}, audience), "expired");
  EXPECT_EQ(outcome(one, "Bearer " + token, exp + seconds{29}, audience), "https://fhir-ehr.example.com/");
}

TEST(Token, WithoutASignatureOrWithASharedSecretIsRefused) {
  const auto unsigned_token = [](const std::string& algorithm) {
    return base64url(header(algorithm)) + '.' + base64url(payload()) + '.';
  };
  for (const char* none : {"none", "None", "NONE", "nOnE", ""}) EXPECT_NE(outcome(unsigned_token(none)), ehr) << none;
  EXPECT_EQ(outcome(unsigned_token("none")), "algorithm");
  EXPECT_EQ(outcome(unsigned_token("ES384")), "signature");
  // The old confusion: HMAC with the text of the public key as the secret.
  const std::string secret = elliptic().jwk("ec");
  for (const char* algorithm : {"HS256", "HS384", "HS512"}) {
    const std::string text = base64url(header(algorithm)) + '.' + base64url(payload());
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    HMAC(EVP_sha384(), secret.data(), static_cast<int>(secret.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), digest, &length);
    EXPECT_EQ(outcome(text + '.' + base64url({reinterpret_cast<const char*>(digest), length})), "algorithm") << algorithm;
  }
}

TEST(Token, OfAnotherAlgorithmThanItsKeysIsRefused) {
  for (const char* algorithm : {"ES256", "ES512", "RS256", "RS512", "PS384", "EdDSA", "es384", "ES384 "})
    EXPECT_EQ(outcome(elliptic().token(header(algorithm), payload())), "algorithm") << algorithm;
  EXPECT_EQ(outcome(elliptic().token(header("RS384"), payload())), "algorithm");
  EXPECT_EQ(outcome(rsa().token(header("ES384", "rsa"), payload())), "algorithm");
  // SHA-256 under the name of SHA-384
  const std::string text = base64url(header("RS384", "rsa")) + '.' + base64url(payload());
  EXPECT_EQ(outcome(text + '.' + base64url(rsa().sign(text, "SHA256"))), "signature");
}

TEST(Token, SignedByAnotherKeyIsRefused) {
  EXPECT_EQ(outcome(another_elliptic().token(header(), payload())), "signature") << "a key of another issuer";
  EXPECT_EQ(outcome(elliptic().token(header("ES384", "absent"), payload())), "unknown-key");
  EXPECT_EQ(outcome(elliptic().token(header(), payload({{"iss", "\"https://ehr.example.org/\""}}))), "unknown-issuer")
      << "a slash more";
  EXPECT_EQ(outcome(elliptic().token(header(), payload({{"iss", "\"https://evil.example.org\""}}))), "unknown-issuer");
  // What the header offers as a key is not looked at.
  const Signer evil{"P-384"};
  EXPECT_EQ(outcome(evil.token(header("ES384", "ec", R"(,"jku":"https://evil.example.org/keys.json")"), payload())), "signature");
  EXPECT_EQ(outcome(evil.token(header("ES384", "ec", R"(,"jwk":)" + evil.jwk("ec")), payload())), "signature");
  EXPECT_EQ(outcome(elliptic().token(header("ES384", "ec", R"(,"jku":"https://anything.example.org/keys.json")"), payload())),
            ehr);
}

TEST(Token, ThatWasChangedIsRefused) {
  const std::string good = elliptic().token(header(), payload());
  const std::size_t last = good.rfind('.');
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = bad[at] == 'A' ? 'B' : 'A';
    accepted += outcome(bad) == ehr ? 1 : 0;
  }
  EXPECT_EQ(accepted, 0U);
  const std::string zeros(96, '\0');
  EXPECT_EQ(outcome(good.substr(0, last + 1) + base64url(zeros)), "signature") << "r and s zero (CVE-2022-21449)";
  EXPECT_EQ(outcome(good.substr(0, last + 1) + base64url(zeros.substr(1))), "signature");
  EXPECT_EQ(outcome(good.substr(0, last + 1)), "signature");
  for (const std::string& token : {good.substr(0, last), good + '.', good + "=", good + "==", '.' + good, std::string{".."},
                                   std::string{}, std::string(9000, 'A'), std::string{"a.b.c"}, good + '.' + good})
    EXPECT_EQ(outcome(token), token.empty() ? "no-token" : "malformed") << token.substr(0, 40);
}

TEST(Token, IsForTheUrlThatIsCalled) {
  EXPECT_EQ(with_claims({{"aud", R"(["https://elsewhere.example.org",")" + url + "\"]"}}), ehr);
  for (const std::string& wrong :
       {'"' + url + "/feedback\"", '"' + url + "/\"", std::string{"\"https://cds.example.org\""}, std::string{"[]"},
        std::string{"[1]"}, std::string{"{}"}, std::string{"null"}, std::string{"\"\""}})
    EXPECT_EQ(with_claims({{"aud", wrong}}), "audience") << wrong;
}

TEST(Token, IsGoodForItsTimeAndALittleMore) {
  const auto at = [](std::int64_t offset) { return std::to_string(now_number + offset); };
  EXPECT_EQ(with_claims({{"exp", at(-29)}}), ehr);
  EXPECT_EQ(with_claims({{"exp", at(-30)}}), "expired");
  EXPECT_EQ(with_claims({{"exp", at(330)}}), ehr);
  EXPECT_EQ(with_claims({{"exp", at(331)}}), "lives-too-long");
  EXPECT_EQ(with_claims({{"iat", at(30)}}), ehr);
  EXPECT_EQ(with_claims({{"iat", at(31)}}), "from-the-future");
  EXPECT_EQ(with_claims({{"nbf", at(30)}}), ehr);
  EXPECT_EQ(with_claims({{"nbf", at(31)}}), "from-the-future");
  EXPECT_EQ(with_claims({{"iat", at(0) + ".75"}}), ehr) << "NumericDate may have a fraction";
  for (const char* wrong : {"-1", "\"1790000100\"", "1e10", "1790000100000000", "null", "true", "1790000100.5e3"})
    EXPECT_EQ(with_claims({{"exp", wrong}}), "malformed") << wrong;
}

TEST(Token, HasEveryMemberThatItMustHave) {
  for (const char* claim : {"iss", "aud", "exp", "iat", "jti"}) EXPECT_EQ(with_claims({{claim, ""}}), "malformed") << claim;
  EXPECT_EQ(with_claims({{"jti", "\"\""}}), "malformed");
  EXPECT_EQ(with_claims({{"jti", "7"}}), "malformed");
  EXPECT_EQ(with_claims({{"nbf", "\"soon\""}}), "malformed");
  for (const char* wrong :
       {R"({"typ":"JWT","kid":"ec"})", R"({"alg":"ES384","typ":"JWT"})", R"({"alg":"ES384","typ":"at+jwt","kid":"ec"})", "[]",
        "{", "", R"({"alg":"ES384","alg":"none","kid":"ec"})"})
    EXPECT_EQ(outcome(elliptic().token(wrong, payload())), "malformed") << wrong;
  EXPECT_EQ(outcome(elliptic().token(header("ES384", "ec", R"(,"crit":["b64"],"b64":false)"), payload())), "critical");
  EXPECT_EQ(outcome(elliptic().token(header(), R"({"iss":"a","iss":"b"})")), "malformed");
}

TEST(Token, IsGoodOnce) {
  TokenVerifier one = verifier();
  const std::string token = "Bearer " + elliptic().token(header(), payload());
  EXPECT_EQ(outcome(one, token), ehr);
  EXPECT_EQ(outcome(one, token), "replayed");
  EXPECT_EQ(outcome(one, "Bearer " + elliptic().token(header(), payload({{"jti", "\"same\""}}))), ehr);
  EXPECT_EQ(outcome(one, "Bearer " + rsa().token(header("RS384", "rsa"), payload({{"jti", "\"same\""}}))), "replayed")
      << "a new signature over it";
  EXPECT_EQ(outcome(one, "Bearer " +
                             another_elliptic().token(header(), payload({{"jti", "\"same\""}, {"iss", '"' + other_ehr + '"'}}))),
            other_ehr)
      << "another issuer has nonces of its own";
  EXPECT_EQ(outcome(one, token, now + seconds{329}), "replayed") << "while it would still be good";
  EXPECT_EQ(outcome(one, token, now + seconds{330}), "expired");
}

TEST(Token, ThatWasRefusedIsNotUsedUp) {
  TokenVerifier one = verifier();
  const std::string token = "Bearer " + elliptic().token(header(), payload());
  EXPECT_EQ(outcome(one, token, now, "https://cds.example.org/cds-services"), "audience");
  EXPECT_EQ(outcome(one, token), ehr);
}

TEST(Token, IsRefusedWhereItsUseCannotBeRemembered) {
  TokenVerifier one = verifier({.remembered = 2});
  const auto use = [&](sys_seconds at) {
    return outcome(one, "Bearer " + elliptic().token(header(), payload({{"exp", std::to_string(now_number + 100)}})), at);
  };
  EXPECT_EQ(use(now), ehr);
  EXPECT_EQ(use(now), ehr);
  EXPECT_EQ(use(now), "too-many");
  const std::string later = "Bearer " + elliptic().token(header(), payload());
  EXPECT_EQ(outcome(one, later, now + seconds{131}), ehr) << "those that have expired make room";
}

TEST(Token, StandsBehindTheSchemeBearer) {
  const std::string token = elliptic().token(header(), payload());
  TokenVerifier one = verifier();
  for (const std::string& wrong : {token, "Basic " + token, "Bearer" + token, std::string{"Bearer"}, std::string{"Bearer "},
                                   std::string{}, " Bearer " + token})
    EXPECT_EQ(outcome(one, wrong), "no-token") << wrong.substr(0, 20);
  EXPECT_EQ(outcome(one, "bearer  " + token), ehr);
}

TEST(Keys, AreReadWithTheirFaults) {
  const auto first_fault = [](const std::string& list) {
    const Result<KeySet, Errors> read = KeySet::read(R"({"keys":[)" + list + "]}");
    return read ? std::string{"read"} : std::string{name(read.error().front().kind)} + ' ' + read.error().front().place;
  };
  const Signer small{"1024"};
  const Signer p256{"P-256"};
  EXPECT_EQ(first_fault(elliptic().jwk("a") + ',' + elliptic().jwk("a")), "duplicate-key /keys/1/kid");
  EXPECT_EQ(first_fault(small.jwk("a")), "out-of-range /keys/0/n");
  EXPECT_EQ(first_fault(elliptic().jwk("a", R"(,"d":"AAAA")")), "conflict /keys/0/d") << "a private key";
  EXPECT_EQ(first_fault(R"({"kty":"oct","kid":"a","k":"AAAA"})"), "conflict /keys/0/k");
  EXPECT_EQ(first_fault(elliptic().jwk("a", R"(,"alg":"ES256")")), "conflict /keys/0/alg");
  EXPECT_EQ(first_fault(R"({"kty":"EC","crv":"P-384","kid":"a","x":"AAAA","y":"AAAA"})"), "syntax /keys/0");
  EXPECT_EQ(first_fault(R"({"kty":"EC","crv":"P-384","kid":"a","x":"AA=A","y":"AAAA"})"), "syntax /keys/0/x");
  EXPECT_EQ(first_fault(R"({"kty":"EC","crv":"P-384","kid":"a","x":")" + std::string(64, 'A') + R"(","y":")" +
                        std::string(64, 'A') + "\"}"),
            "syntax /keys/0")
      << "no point of the curve";
  EXPECT_EQ(first_fault(R"({"crv":"P-384"})"), "missing-key /keys/0/kty");
  EXPECT_EQ(first_fault(R"({"kty":7})"), "wrong-type /keys/0/kty");
  EXPECT_EQ(first_fault("7"), "wrong-type /keys/0");
  EXPECT_EQ(first_fault(""), "unknown-name /keys");
  EXPECT_EQ(first_fault(p256.jwk("a")), "unknown-name /keys");
  EXPECT_EQ(first_fault(elliptic().jwk("a", R"(,"use":"enc")")), "unknown-name /keys");
  for (const char* text : {"[]", "{}", R"({"keys":{}})", R"({"keys":null})"}) {
    const Result<KeySet, Errors> read = KeySet::read(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().front().place, "/keys") << text;
  }
  const KeySet mixed =
      keys(p256.jwk("old") + ',' + rsa().jwk("mail", R"(,"alg":"RS256")") + ',' + elliptic().jwk("new", R"(,"use":"sig")"));
  EXPECT_EQ(mixed.size(), 1U);
  EXPECT_EQ(mixed.left_aside(), 2U);
  EXPECT_NE(mixed.find("new"), nullptr);
  EXPECT_EQ(mixed.find("old"), nullptr);
}

TEST(Base64url, HasOneFormForEachRowOfBytes) {
  for (const std::string& bytes : {std::string{}, std::string{"\0", 1}, std::string{"a"}, std::string{"ab"}, std::string{"abc"},
                                   std::string{"\xff\xfe\xfd"}})
    EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
  for (const char* wrong : {"A", "AB==", "AB", "AAB", "A+BC", "A/BC", "AB C", "AAAAA", "AA\n"})
    EXPECT_EQ(from_base64url(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace magnesia::serve
