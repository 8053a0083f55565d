#include "magnesia/error.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

namespace magnesia {
namespace {

TEST(Errors, EachKindHasANameOfItsOwnInLowerCaseAndHyphens) {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::unreadable); ++kind) {
    const std::string_view text = name(static_cast<ErrorKind>(kind));
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos) << text;
    EXPECT_TRUE(names.insert(text).second) << text << " stands for two kinds";
  }
}

TEST(Errors, TheNameIsTheKindsOwn) {
  EXPECT_EQ(name(ErrorKind::syntax), "syntax");
  EXPECT_EQ(name(ErrorKind::encoding), "encoding");
  EXPECT_EQ(name(ErrorKind::too_large), "too-large");
  EXPECT_EQ(name(ErrorKind::unknown_key), "unknown-key");
  EXPECT_EQ(name(ErrorKind::duplicate_key), "duplicate-key");
  EXPECT_EQ(name(ErrorKind::missing_key), "missing-key");
  EXPECT_EQ(name(ErrorKind::wrong_type), "wrong-type");
  EXPECT_EQ(name(ErrorKind::wrong_unit), "wrong-unit");
  EXPECT_EQ(name(ErrorKind::out_of_range), "out-of-range");
  EXPECT_EQ(name(ErrorKind::unknown_name), "unknown-name");
  EXPECT_EQ(name(ErrorKind::conflict), "conflict");
  EXPECT_EQ(name(ErrorKind::unsourced), "unsourced");
  EXPECT_EQ(name(ErrorKind::unsafe), "unsafe");
  EXPECT_EQ(name(ErrorKind::unreadable), "unreadable");
}

TEST(Errors, ADescriptionSaysWhereWhatWasFoundAndWhatWasExpected) {
  EXPECT_EQ(describe({ErrorKind::wrong_unit, "/patient/labs/egfr/unit", "\"mg\"", "mL/min/{1.73_m2}"}),
            "/patient/labs/egfr/unit: found \"mg\", expected mL/min/{1.73_m2}");
  EXPECT_EQ(describe({ErrorKind::wrong_type, "", "a list", "an object"}), "found a list, expected an object");
}

TEST(Errors, AnExcerptIsQuotedAndCutBetweenCharacters) {
  EXPECT_EQ(excerpt(""), "\"\"");
  EXPECT_EQ(excerpt("MgSO4·7H2O"), "\"MgSO4·7H2O\"");
  EXPECT_EQ(excerpt(std::string(60, 'x')), '"' + std::string(60, 'x') + '"');
  EXPECT_EQ(excerpt(std::string(61, 'x')), '"' + std::string(60, 'x') + "…\"");
  const std::string dots = [] {
    std::string text = "x";
    for (int i = 0; i < 100; ++i) text += "·";
    return text;
  }();
  EXPECT_EQ(excerpt(dots).substr(1, 61), dots.substr(0, 61)) << "the last character is whole";
}

TEST(Errors, AnExcerptIsOneLineOfUtf8WhateverTheBytes) {
  EXPECT_EQ(excerpt("a\nb\t\x7F"), "\"a\\x0Ab\\x09\\x7F\"");
  EXPECT_EQ(excerpt(std::string_view{"\0", 1}), "\"\\x00\"");
  for (const std::string_view broken :
       {"\xFF", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x9F\x98", "\xC2", "\x80"}) {
    const std::string text = excerpt(broken);
    EXPECT_TRUE(text.starts_with("\"\\x")) << text;
    for (const char c : text) EXPECT_TRUE(c >= ' ' && c <= '~') << text;
  }
  EXPECT_EQ(excerpt("\xF0\x9F\x98\x80 \xE2\x82\xAC"), "\"\xF0\x9F\x98\x80 \xE2\x82\xAC\"");
}

TEST(Result, HoldsAValueOrTheReasonWhyThereIsNone) {
  const Result<int> seven = 7;
  ASSERT_TRUE(seven);
  EXPECT_EQ(*seven, 7);
  const Result<int> none = Error{ErrorKind::syntax, "byte 0", "\"x\"", "a number"};
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().expected, "a number");
}

TEST(Result, GivesAValueThatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> owner = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = *std::move(owner);
  EXPECT_EQ(*taken, 7);
}

}  // namespace
}  // namespace magnesia
