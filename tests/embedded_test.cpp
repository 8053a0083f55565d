#include "knowledge/embedded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "described_tree.hpp"
#include "knowledge/sha256.hpp"

namespace magnesia::knowledge {
namespace {

namespace fs = std::filesystem;
const fs::path folder = fs::path{MAGNESIA_SOURCE_DIR} / "knowledge";

TEST(Embedded, HoldsEveryDocumentAsItStandsInTheFolder) {
  for (const EmbeddedFile& file : embedded_files()) {
    std::ifstream in{folder / file.path, std::ios::binary};
    EXPECT_EQ(file.text, (std::string{std::istreambuf_iterator<char>{in}, {}})) << file.path;
  }
  std::ptrdiff_t documents = 0;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    const std::string path = entry.path().lexically_relative(folder).generic_string();
    documents += path.ends_with(".json") && !path.ends_with(".cases.json") && !path.starts_with("schema/");
  }
  EXPECT_EQ(std::ssize(embedded_files()), documents);
}

TEST(Embedded, IsSortedByPathWithoutRepetition) {
  const auto not_ascending = [](const EmbeddedFile& a, const EmbeddedFile& b) { return a.path >= b.path; };
  EXPECT_EQ(std::ranges::adjacent_find(embedded_files(), not_ascending), embedded_files().end());
}

TEST(Embedded, IsOneArrayOfAllDocuments) {
  std::string joined;
  for (const EmbeddedFile& file : embedded_files()) (joined += joined.empty() ? '[' : ',') += file.text;
  EXPECT_EQ(embedded_documents(), joined + ']');
}

TEST(Embedded, HasTheTreeThatItsTextIsParsedTo) {
  json::Parser parser;
  const auto parsed = parser.parse(embedded_documents());
  ASSERT_TRUE(parsed);
  const std::vector<json::Node> unpacked = unpack(embedded_tree());
  EXPECT_EQ(tests::described(unpacked.front()), tests::described(**parsed));
}

TEST(Embedded, IsNamedByTheDigestOfWhatItHolds) { EXPECT_EQ(embedded_sha256(), sha256_of_pack(embedded_files())); }

}  // namespace
}  // namespace magnesia::knowledge
