// What holds of every page of HTML that we write.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace magnesia::markup {

inline void elements_are_closed_in_order(std::string_view page) {
  std::vector<std::string_view> open;
  for (std::size_t at = page.find("<html"); at != std::string_view::npos; at = page.find('<', at + 1)) {
    const std::size_t end = page.find_first_of(" >", at);
    const std::string_view tag = page.substr(at + 1, end - at - 1);
    if (tag == "meta" || tag == "br" || tag == "input") continue;
    if (tag.front() != '/') {
      open.push_back(tag);
      continue;
    }
    ASSERT_FALSE(open.empty()) << tag;
    ASSERT_EQ(tag.substr(1), open.back()) << page.substr(at < 200 ? 0 : at - 200, 260);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

inline void has_landmarks_and_needs_nothing_else(std::string_view page) {
  for (const char* const part : {"<!DOCTYPE html>", "lang=\"en\"", "<main", "<header>", "prefers-color-scheme", "@media print",
                                 "<h1", "<title>", "default-src 'none'"})
    EXPECT_NE(page.find(part), std::string_view::npos) << part;
  // An address may be shown, but nothing may be fetched from one: no attribute is one (a text's quotation marks are escaped).
  for (const char* const part :
       {"\"http://", "\"https://", "='http", "=http", "url(", "@import", " src=", "<link", "<script src"})
    EXPECT_EQ(page.find(part), std::string_view::npos) << part;
}

// One h1, first; no level is left out on the way down.
inline void headings_are_in_order(std::string_view page) {
  char level = '0';
  std::size_t first = 0;
  for (std::size_t at = 0; (at = page.find("<h", at)) != std::string_view::npos; ++at) {
    const char next = page[at + 2];
    if (next < '1' || next > '6') continue;
    EXPECT_LE(next, level + 1) << page.substr(at, 80);
    first += next == '1' ? 1U : 0U;
    level = next;
  }
  EXPECT_EQ(first, 1U);
}

// The values of an attribute, in the order of the page.
inline std::vector<std::string> values_of(std::string_view page, std::string_view attribute) {
  const std::string before = ' ' + std::string{attribute} + "=\"";
  std::vector<std::string> values;
  for (std::size_t at = 0; (at = page.find(before, at)) != std::string_view::npos;) {
    at += before.size();
    values.emplace_back(page.substr(at, page.find('"', at) - at));
  }
  return values;
}

inline std::set<std::string> ids_of(std::string_view page) {
  const std::vector<std::string> all = values_of(page, "id");
  std::set<std::string> ids{all.begin(), all.end()};
  EXPECT_EQ(ids.size(), all.size()) << "an id twice";
  return ids;
}

}  // namespace magnesia::markup
