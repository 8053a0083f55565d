// The reference: everything is there, every link leads somewhere, and what a pack says is text and never markup.
#include "report/reference.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/base.hpp"
#include "knowledge/documents.hpp"
#include "tests/embedded.hpp"
#include "tests/laws/packs.hpp"
#include "tests/markup.hpp"

namespace magnesia {
namespace {

using tests::embedded;

const std::map<std::string, std::string>& pages() {
  static const std::map<std::string, std::string> all = [] {
    std::map<std::string, std::string> by_path;
    std::vector<std::string> faults;
    const std::vector<knowledge::Case> cases = knowledge::read_cases(std::string{MAGNESIA_SOURCE_DIR} + "/knowledge", faults);
    for (report::ReferencePage& page : report::reference_of(embedded(), cases)) by_path[page.path] = std::move(page.html);
    return by_path;
  }();
  return all;
}

// The section of an entry.
std::string section(const std::string& path, const std::string& id) {
  const std::string& page = pages().at(path);
  const std::size_t begin = page.find("<article id=\"" + id + "\">");
  if (begin == std::string::npos) return {};
  return page.substr(begin, page.find("</article>", begin) - begin);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Reference, PagesAreWellFormedAndNeedNothingElse) {
  EXPECT_GE(pages().size(), 9U);
  for (const auto& [path, page] : pages()) {
    SCOPED_TRACE(path);
    markup::elements_are_closed_in_order(page);
    markup::has_landmarks_and_needs_nothing_else(page);
    markup::headings_are_in_order(page);
    EXPECT_TRUE(has(page, "class=\"skip\" href=\"#main_\""));
    EXPECT_TRUE(has(page, "<nav aria-label="));
    EXPECT_EQ(has(page, "<script"), path == "index.html");
  }
}

TEST(Reference, EveryEntryIsThereOnceAndInTheIndex) {
  const std::vector<std::string> links = markup::values_of(pages().at("index.html"), "href");
  const std::set<std::string> indexed{links.begin(), links.end()};
  std::map<std::string, std::set<std::string>> ids;
  for (const auto& [path, page] : pages()) ids[path] = markup::ids_of(page);
  std::size_t entries = 0;
  std::map<std::string, std::string> page_of_kind;
  for (const auto& [kind, page] : std::initializer_list<std::pair<std::string, std::string>>{{"drug", "drugs.html"},
                                                                                             {"drug-class", "drug-classes.html"},
                                                                                             {"condition", "conditions.html"},
                                                                                             {"salt", "salts.html"},
                                                                                             {"limit", "limits.html"},
                                                                                             {"rule", "rules.html"},
                                                                                             {"fact", "facts.html"},
                                                                                             {"source", "sources.html"},
                                                                                             {"ranges", "ranges.html"}})
    page_of_kind[kind] = page;
  for (const Knowledge::Entry& entry : embedded().list()) {
    const std::string page = page_of_kind.contains(entry.kind) ? page_of_kind[entry.kind] : entry.kind + "s.html";
    ASSERT_TRUE(ids.contains(page)) << page;
    EXPECT_TRUE(ids[page].contains(entry.id)) << page << ' ' << entry.id;
    EXPECT_TRUE(indexed.contains(page + '#' + entry.id)) << page << ' ' << entry.id;
    ++entries;
  }
  EXPECT_GT(entries, 1'000U);
  const base::Base& base = *embedded().base();
  for (base::ConceptId id = 0; id < base.salts.size(); ++id)  // forms and groups too
    EXPECT_TRUE(ids["salts.html"].contains(base.salts[id].id)) << base.salts[id].id;
}

TEST(Reference, EveryLinkLeadsSomewhere) {
  std::map<std::string, std::set<std::string>> ids;
  for (const auto& [path, page] : pages()) ids[path] = markup::ids_of(page);
  std::size_t links = 0;
  for (const auto& [path, page] : pages())
    for (const std::string& target : markup::values_of(page, "href")) {
      const std::size_t hash = target.find('#');
      const std::string to = hash == 0 ? path : target.substr(0, hash);
      ASSERT_TRUE(ids.contains(to)) << path << ": " << target;
      EXPECT_TRUE(hash == std::string::npos || ids[to].contains(target.substr(hash + 1))) << path << ": " << target;
      ++links;
    }
  EXPECT_GT(links, 5'000U);
}

TEST(Reference, TheSameBytesAgain) {
  const std::vector<report::ReferencePage> once = report::reference_of(embedded());
  const std::vector<report::ReferencePage> again = report::reference_of(Knowledge::embedded());
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].html, again[i].html) << once[i].path;
}

TEST(Reference, ASaltShowsTheExactShareOfEachForm) {
  const std::string oxide = section("salts.html", "magnesium-oxide");
  EXPECT_TRUE(has(oxide, "40.304")) << oxide;
  EXPECT_TRUE(has(oxide, "60.3042 % = 24305/40304")) << oxide;
  EXPECT_TRUE(has(oxide, "MgO"));
}

TEST(Reference, ALimitIsATableByAge) {
  const std::string limit = section("limits.html", "us-nasem");
  EXPECT_TRUE(has(limit, "<th scope=\"row\">from 9 years</th><td>350 mg</td>")) << limit;
  EXPECT_TRUE(has(limit, "<th scope=\"row\">from 4 years to below 9 years</th><td>110 mg</td>"));
  EXPECT_TRUE(has(limit, "<th scope=\"col\">pregnant</th>"));
  EXPECT_TRUE(has(limit, "none set"));
}

TEST(Reference, ARuleShowsWhatItSaysAndWhenAndOnWhatGrounds) {
  const std::string rule = section("rules.html", "interaction.levothyroxine");
  for (const char* const part :
       {"major", "4 h before or 4 h after magnesium", "rules.html#interaction.thyroid-hormone", "<var>product</var>", "confirmed",
        "sources.html#label.levothyroxine", "TSH", "Cases that are tested", "boundary", "2026-11-23"})
    EXPECT_TRUE(has(rule, part)) << part;
  EXPECT_TRUE(has(section("rules.html", "interaction.thyroid-hormone"), "rules.html#interaction.levothyroxine"));
  EXPECT_TRUE(has(section("rules.html", "renal.severe-impairment"), "eGFR</a> below 30 mL/min/1.73 m²") ||
              has(section("rules.html", "renal.severe-impairment"), "eGFR below 30 mL/min/1.73 m²</a>"));
}

TEST(Reference, ADrugShowsTheRulesOfItsClasses) {
  EXPECT_TRUE(has(section("drugs.html", "levothyroxine"), "rules.html#interaction.levothyroxine"));
  EXPECT_TRUE(has(section("drugs.html", "levothyroxine"), "Synthroid"));
  EXPECT_TRUE(has(section("drugs.html", "liothyronine"), "rules.html#interaction.thyroid-hormone"));
}

TEST(Reference, ASourceShowsWhatCitesIt) {
  EXPECT_TRUE(has(section("sources.html", "label.levothyroxine"), "rules.html#interaction.levothyroxine"));
}

// What a pack says is text; and what nobody confirmed is marked by a sign and in words, not by colour alone.
TEST(Reference, ShowsWhatAnOverlaySaysAndEscapesIt) {
  const std::string evil = R"(<script>alert(1)</script> \"quoted\" & 'so' \u202e)";
  const Pack overlay = laws::overlay(
      "st-elsewhere",
      {R"({"magnesia": "drug/1", "id": "evil", "name": ")" + evil + R"(", "names": ["<b>"], "remarks": [")" + evil +
           R"("], "rules": [
        {"id": "interaction.evil", "topic": "interaction", "severity": "minor", "scope": "pair", "message": ")" +
           evil + R"( {product}",
         "action": "<i>", "sources": [{"source": "label.levothyroxine", "locator": "<u>", "confirmed": false}], "reviewed": "2026-11-23"}]})",
       R"({"magnesia": "change/1", "id": "c1", "rule": "interaction.gabapentin", "severity": "major", "because": "<em>"})",
       R"({"magnesia": "change/1", "id": "c2", "rule": "interaction.iron", "off": true, "because": "not here"})"},
      false);
  const std::array<Pack, 2> packs{Pack::embedded(), overlay};
  const Result<Knowledge, Errors> loaded = Knowledge::load(packs);
  ASSERT_TRUE(loaded) << describe(loaded.error().front());
  std::string all;
  std::size_t scripts = 0;
  for (const report::ReferencePage& page : report::reference_of(*loaded)) {
    markup::elements_are_closed_in_order(page.html);
    for (const char* const tag : {"<b>", "<i>", "<u>", "<em>", "\u202e"}) EXPECT_FALSE(has(page.html, tag)) << page.path << tag;
    for (std::size_t at = 0; (at = page.html.find("<script", at)) != std::string::npos; ++at) ++scripts;
    all += page.html;
  }
  EXPECT_EQ(scripts, 1U);
  EXPECT_TRUE(has(all, "&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; &#39;so&#39; \uFFFD <var>product</var>"));
  EXPECT_TRUE(has(all, "\u2717 not confirmed in this source"));
  EXPECT_TRUE(has(all, "\u2717 not confirmed in its source</p>"));
  EXPECT_TRUE(has(all, "so it gives possible findings only"));
  EXPECT_TRUE(has(all, "Switched off: not here"));
  EXPECT_TRUE(has(all, "st-elsewhere"));
}

}  // namespace
}  // namespace magnesia
