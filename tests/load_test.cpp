// What is refused when knowledge is loaded, so that nothing of it is lost in silence.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "magnesia/knowledge.hpp"

namespace magnesia {
namespace {

std::string condition(const std::string& id, const std::string& name) {
  return R"({"magnesia": "condition/1", "id": ")" + id + R"(", "name": ")" + name + R"(", "role": "neutral"})";
}

Errors errors_over_embedded(const std::string& documents) {
  const std::string text =
      R"({"magnesia": "pack/1", "id": "ward", "version": "1", "date": "2026-11-25", "documents": [)" + documents + "]}";
  const std::array packs{Pack::embedded(), Pack{"ward", {{"ward.json", text}}, {}}};
  const Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
  return knowledge ? Errors{} : knowledge.error();
}

TEST(Load, TakesAnIdOfAtMost160Characters) {
  EXPECT_TRUE(errors_over_embedded(condition(std::string(160, 'a'), "long")).empty());
  const Errors errors = errors_over_embedded(condition(std::string(161, 'a'), "longer"));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].place, "ward.json:/id");
}

// A request that names one of the two would get the other.
TEST(Load, RefusesIdsThatNamesDoNotTellApart) {
  EXPECT_TRUE(errors_over_embedded(condition("a-bc", "one") + ',' + condition("ab-d", "other")).empty());
  const Errors errors = errors_over_embedded(condition("a-bc", "one") + ',' + condition("ab-c", "other"));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].kind, ErrorKind::conflict);
  EXPECT_EQ(errors[0].place, "ward.json:/id");
  EXPECT_EQ(errors[0].found, "the name \"ab-c\", which is a-bc's too");
}

}  // namespace
}  // namespace magnesia
