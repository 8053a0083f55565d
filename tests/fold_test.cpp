// Folding a name, eight letters at a time, is folding its characters one after another.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/taxonomy.hpp"

namespace magnesia::base {
namespace {

std::string folded(std::string_view name) {
  char buffer[longest_name];
  return {buffer, fold(name, buffer)};
}

RC_GTEST_PROP(Fold, OfANameIsThatOfItsCharacters, ()) {
  static const std::vector<std::string> characters{"a", "b", "m", "z", "A", "Q", "Z", "0",    "9",    "@",
                                                   "[", "`", "{", "/", ":", " ", "-", "\x7F", "\t",   "é",
                                                   "ß", "Å", "ő", "µ", "µ", "–", "®", "中",   "\xFF", "\x80"};
  const std::size_t length = *rc::gen::inRange<std::size_t>(0, 170);
  const int plain = *rc::gen::element(50, 90, 100);
  std::string name;
  std::string expected;
  for (std::size_t i = 0; i < length; ++i) {
    const bool letter = *rc::gen::inRange(0, 100) < plain;
    const std::string character =
        letter ? std::string(1, static_cast<char>(*rc::gen::inRange<int>('a', 'z' + 1))) : *rc::gen::elementOf(characters);
    if (character == "\xFF" || character == "\x80") continue;  // bytes that are no character on their own
    name += character;
    expected += folded(character);
  }
  if (expected.size() > longest_name) expected.clear();
  RC_ASSERT(folded(name) == expected);
}

TEST(Fold, KeepsToItsMemoryAtEveryLength) {
  for (std::size_t length = 0; length <= 2 * longest_name; ++length)
    for (const char c : {'a', 'A', ' ', '\x80', '\xC3'}) {
      const std::string name = std::string(length, 'x') + c;
      const std::string text = folded(name);
      EXPECT_LE(text.size(), longest_name);
      if (c != 'A') continue;
      EXPECT_EQ(text, length < longest_name ? std::string(length, 'x') + 'a' : std::string{}) << length;
    }
}

TEST(Names, OfEachLengthAreFoundAsTheyWereAdded) {
  NameIndex index;
  std::vector<std::string> names;
  for (std::size_t length = 1; length <= longest_name; ++length) {
    names.push_back(std::string(length, 'a'));
    names.push_back(std::string(length - 1, 'a') + 'b');
    names.push_back('b' + std::string(length - 1, 'a'));
  }
  std::vector<ConceptId> ids;
  for (std::size_t i = 0; i < names.size(); ++i) ids.push_back(index.add(names[i], static_cast<ConceptId>(i)));
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(index.find(names[i]), ids[i]) << names[i];
  EXPECT_EQ(index.find("aaac"), no_concept);
  EXPECT_EQ(index.find(""), no_concept);
}

}  // namespace
}  // namespace magnesia::base
