#include "knowledge/sha256.hpp"

#include <gtest/gtest.h>

#include <array>

namespace magnesia::knowledge {
namespace {

std::string digest(std::string_view text) {
  Sha256 sha;
  sha.add(text);
  return sha.finish();
}

// NIST, "Descriptions of SHA-256" (example values for FIPS 180-4) and the long message of FIPS 180-2, B.3.
TEST(Sha256, AgreesWithTheExamplesOfNist) {
  EXPECT_EQ(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
      digest("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(digest(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, IsTheSameInWhateverPiecesTheTextComes) {
  const std::string text(200, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 sha;
    sha.add(std::string_view{text}.substr(0, cut));
    sha.add(std::string_view{text}.substr(cut));
    EXPECT_EQ(sha.finish(), digest(text)) << "cut at " << cut;
  }
}

TEST(Sha256OfPack, SeparatesPathsFromTexts) {
  const std::array<EmbeddedFile, 1> one{{{"a.json", "{}"}}};
  EXPECT_EQ(sha256_of_pack(one), digest(std::string_view{"a.json\0002\0{}", 11}));

  const std::array<EmbeddedFile, 2> moved_boundary{{{"a.json", "{"}, {"b.json", "}"}}};
  const std::array<EmbeddedFile, 2> other_boundary{{{"a.json", ""}, {"b.json", "{}"}}};
  EXPECT_NE(sha256_of_pack(moved_boundary), sha256_of_pack(other_boundary));
}

}  // namespace
}  // namespace magnesia::knowledge
