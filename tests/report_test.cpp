#include "magnesia/report.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "json/output.hpp"
#include "json/parse.hpp"
#include "json/read_file.hpp"
#include "json/utf8.hpp"
#include "json/write.hpp"
#include "magnesia/magnesia.hpp"
#include "report/append.hpp"
#include "report/layout.hpp"
#include "tests/embedded.hpp"
#include "tests/markup.hpp"

namespace magnesia {
namespace {

using tests::checker;

std::string number(Exact value, Rounding way) {
  std::string out;
  report::append_number(out, value, way);
  return out;
}

Assessment assess(std::string_view person) {
  const std::string path = std::string{MAGNESIA_SOURCE_DIR} + "/examples/people/" + std::string{person} + ".json";
  const Result<std::string> text = json::read_file(path, std::size_t{1} << 20U);
  const Result<Request, Errors> request = read_request(*text);
  Result<Assessment> assessment = checker().assess(request->patient, request->regimen);
  return *std::move(assessment);
}

// What somebody may write into a request that is then printed.
Assessment assess_label(const std::string& label) {
  Product product;
  product.label = label;
  Result<Assessment> assessment = checker().assess({}, {product});
  return *std::move(assessment);
}

bool is_json(std::string_view text) {
  json::Parser parser;
  Errors errors;
  return parser.parse(text, {}, errors) != nullptr && errors.empty();
}

TEST(Number, OfNinePlacesIsExact) {
  EXPECT_EQ(number(Exact::ratio(603, 2), Rounding::up), "301.5");
  EXPECT_EQ(number(Exact::ratio(1206, 4), Rounding::down), "301.5");  // not in lowest terms
  EXPECT_EQ(number(Exact::ratio(1, 1'000'000'000), Rounding::down), "0.000000001");
  EXPECT_EQ(number(Exact::ratio(-5, 4), Rounding::up), "-1.25");
  EXPECT_EQ(number(Exact{}, Rounding::up), "0");
  EXPECT_EQ(number(Exact::ratio(9, 3), Rounding::up), "3");
}

TEST(Number, BeyondIsRoundedTheWayThatIsAsked) {
  EXPECT_EQ(number(Exact::ratio(1, 3), Rounding::down), "0.333333");
  EXPECT_EQ(number(Exact::ratio(1, 3), Rounding::up), "0.333334");
  EXPECT_EQ(number(Exact::ratio(-1, 3), Rounding::down), "-0.333334");
  EXPECT_EQ(number(Exact::ratio(-1, 3), Rounding::up), "-0.333333");
  EXPECT_EQ(number(Exact::ratio(2'999'999'999'999, 3'000'000'000'000), Rounding::up), "1");
  EXPECT_EQ(number(Exact::ratio(1, 3'000'000'000), Rounding::up), "0.000001");
  EXPECT_EQ(number(Exact::ratio(1, 3'000'000'000), Rounding::down), "0");
  EXPECT_EQ(number(Exact::infinity(), Rounding::up), "null");
  EXPECT_EQ(number(Exact::minus_infinity(), Rounding::up), "null");
}

RC_GTEST_PROP(Number, BoundsTheValueWithinAMillionth, (std::int64_t numerator)) {
  const auto denominator = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000);
  const Exact value = Exact::ratio(numerator / 1'000'000, denominator);
  const Result<Exact> down = Exact::parse(number(value, Rounding::down));
  const Result<Exact> up = Exact::parse(number(value, Rounding::up));
  RC_ASSERT(down && up);
  RC_ASSERT(*down <= value);
  RC_ASSERT(value <= *up);
  RC_ASSERT(Exact::add(*up, -*down, Rounding::up) <= Exact::ratio(1, 1'000'000));
}

// A JSON string (RFC 8259, section 7), a character at a time.
std::string as_json(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(json::character_length(text, 0), 1);
    const auto byte = static_cast<unsigned char>(text.front());
    const std::size_t at = std::string_view{"\b\f\n\r\t\"\\"}.find(text.front());
    if (at != std::string_view::npos)
      (out += '\\') += "bfnrt\"\\"[at];
    else if (byte < 0x20)
      ((out += "\\u00") += byte < 0x10 ? '0' : '1') += "0123456789abcdef"[byte % 16];
    else
      out += length == 1 && byte >= 0x80 ? "\xEF\xBF\xBD" : text.substr(0, length);
    text.remove_prefix(length);
  }
  return out += '"';
}

std::string written(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

RC_GTEST_PROP(Quoted, IsWhatACharacterAtATimeWrites, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
      rc::gen::arbitrary<std::string>(),
      rc::gen::elementOf(std::vector<std::string>{"µ", "–", "🧪", "\"", "\\", "\n", "\x01", "\xC3", "\xA9", "\xF0\x9F",
                                                  "magnesium oxide", std::string(70, 'x'), std::string(300, ' ')})));
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  RC_ASSERT(written(text) == as_json(text));
}

TEST(Quoted, LooksAtEachByteWhereverItStands) {
  for (std::size_t size : {1U, 3U, 4U, 7U, 8U, 15U, 16U, 17U, 64U, 83U})
    for (std::size_t at = 0; at < size; ++at)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        EXPECT_EQ(written(text), as_json(text)) << size << ' ' << at << ' ' << byte;
      }
}

TEST(Output, PutsPiecesOfAnyLengthOneBehindAnother) {
  std::string found = "before";
  std::string expected = found;
  json::Output out{found};
  for (std::size_t size = 0; size < 20'000; size = size * 5 / 4 + 1) {
    std::string text(size, 'x');
    if (size > 2) text[size / 2] = '"';
    out.string(text);
    out += ':';
    out.integer(-static_cast<std::int64_t>(size));
    out += text;
    out.characters(text);
    expected += as_json(text) + (size == 0 ? ":" : ":-") + std::to_string(size) + text + as_json(text).substr(1);
    expected.pop_back();
  }
  out.integer(std::numeric_limits<std::int64_t>::min());
  out.finish();
  EXPECT_EQ(found, expected + "-9223372036854775808");
}

TEST(Output, OfControlCharactersAloneIsSixTimesAsLong) {
  const std::string text(10'000, '\x1f');
  EXPECT_EQ(written(text), as_json(text));
  EXPECT_EQ(written(text).size(), 60'002U);
}

TEST(Layout, WrapsByCharacters) {
  EXPECT_EQ(report::wrap("äöü äöü äöü", 7), (std::vector<std::string>{"äöü äöü", "äöü"}));
  EXPECT_EQ(report::wrap("", 10), std::vector<std::string>{""});
  EXPECT_EQ(report::wrap("  a   b  ", 10), std::vector<std::string>{"a b"});
  EXPECT_EQ(report::wrap("中文中文中文中", 3), (std::vector<std::string>{"中文中", "文中文", "中"}));
  EXPECT_EQ(report::wrap("abcdef", 3), (std::vector<std::string>{"abc", "def"}));
}

TEST(Layout, AnEntryIsAHeadAndAColumn) {
  const auto entry = [](std::string_view head, std::string_view text) {
    std::string out;
    report::append_entry(out, 2, head, 8, text, 30);
    return out;
  };
  EXPECT_EQ(entry("id:", "iron"), "  id:   iron\n");
  EXPECT_EQ(entry("classes:", "iron"), "  classes:\n        iron\n");
  EXPECT_EQ(entry("classes:", ""), "  classes:\n");
  EXPECT_EQ(entry("", "one two three four five six"), "        one two three four\n        five six\n");
}

RC_GTEST_PROP(Layout, KeepsEveryCharacterAndTheWidth, (const std::string& bytes)) {
  const std::string text = report::printable(bytes);
  const auto width = *rc::gen::inRange<std::size_t>(1, 30);
  std::string kept;
  for (const std::string& line : report::wrap(text, width)) {
    RC_ASSERT(report::characters(line) <= width);
    kept += line;
  }
  const auto without_blanks = [](std::string s) {
    std::erase(s, ' ');
    return s;
  };
  RC_ASSERT(without_blanks(kept) == without_blanks(text));
}

TEST(Layout, WhatSteersATerminalIsReplaced) {
  EXPECT_EQ(report::printable("a\x1b[31mb"), "a\uFFFD[31mb");
  EXPECT_EQ(report::printable("a\nb\tc"), "a b c");
  EXPECT_EQ(report::printable("\u202Eabc\u2066"), "\uFFFDabc\uFFFD");
  EXPECT_EQ(report::printable("\xC2\x9B"
                              "31m"),
            "\uFFFD"
            "31m");
  EXPECT_EQ(report::printable("\xFF\xC3"), "\uFFFD\uFFFD");
  EXPECT_EQ(report::printable("Größe 中 🧪"), "Größe 中 🧪");
}

void expect_text(const json::Node& object, std::string_view key, std::string_view expected) {
  const json::Node* const member = object.find(key);
  ASSERT_NE(member, nullptr) << key;
  EXPECT_EQ(member->text(), expected) << key;
}

void expect_finding(const json::Node& written, const Finding& expected) {
  expect_text(written, "rule", expected.rule);
  expect_text(written, "topic", name(expected.topic));
  expect_text(written, "severity", name(expected.severity));
  expect_text(written, "status", name(expected.status));
  expect_text(written, "grade", name(expected.grade));
  expect_text(written, "message", expected.message);
  expect_text(written, "action", expected.action);
  for (const auto& [key, text] : {std::pair{"mechanism", expected.mechanism}, {"monitoring", expected.monitoring}}) {
    EXPECT_EQ(written.find(key) == nullptr, text.empty()) << expected.rule << ' ' << key;
    if (!text.empty()) expect_text(written, key, text);
  }
  expect_text(*written.find("smallest_change"), "text", expected.smallest_change.text);
  std::size_t subject = 0;
  for (const json::Node& one : written.find("subject")->children()) EXPECT_EQ(one.text(), expected.subject.at(subject++));
  EXPECT_EQ(subject, expected.subject.size());
  std::size_t source = 0;
  for (const json::Node& one : written.find("sources")->children()) {
    const Source& of = expected.sources.at(source++);
    expect_text(one, "id", of.id);
    expect_text(one, "grade", name(of.grade));
    expect_text(one, "title", of.title);
    expect_text(one, "publisher", of.publisher);
    expect_text(one, "locator", of.locator);
    EXPECT_EQ(one.find("confirmed")->is_true(), of.confirmed);
  }
  EXPECT_EQ(source, expected.sources.size());
}

void expect_said(const std::string& text, const Assessment& assessment) {
  EXPECT_TRUE(is_json(text));
  EXPECT_EQ(text.find('\n'), std::string::npos);
  json::Parser parser;
  Errors errors;
  const json::Node* const root = parser.parse(text, {}, errors);
  ASSERT_NE(root, nullptr);
  const json::Node& verdict = *root->find("verdict");
  expect_text(verdict, "at_least", name(assessment.at_least()));
  expect_text(verdict, "at_most", name(assessment.at_most()));
  expect_text(verdict, "headline", assessment.headline());
  std::size_t index = 0;
  for (const json::Node& finding : root->find("findings")->children()) expect_finding(finding, assessment.findings()[index++]);
  EXPECT_EQ(index, assessment.findings().size());
  EXPECT_GT(index, 2U);
  std::size_t asked = 0;
  for (const json::Node& one : root->find("missing")->children())
    expect_text(one, "question", assessment.missing().at(asked++).question);
  EXPECT_EQ(asked, assessment.missing().size());
  std::size_t without = 0;
  for (const json::Node& one : root->find("did_without")->children()) {
    expect_text(one, "fact", assessment.did_without().at(without).fact);
    expect_text(one, "reason", assessment.did_without().at(without++).reason);
  }
  EXPECT_EQ(without, assessment.did_without().size());
}

TEST(Json, OfAnAssessmentSaysWhatItSays) {
  const Assessment ann = assess("ann");
  expect_said(to_json(ann), ann);
  const Assessment unsure = assess("ann-without-egfr");
  expect_said(to_json(unsure), unsure);
}

// Several findings may be about one dose, and others between them about another.
TEST(Json, EachDoseHasItsOwnChange) {
  using namespace std::chrono_literals;
  Patient patient;
  patient.medications = exactly({{"levothyroxine", daily(6h + 30min)},
                                 {"ciprofloxacin", daily(8h, 20h)},
                                 {"doxycycline", daily(12h)},
                                 {"alendronate", weekly(std::chrono::Sunday, 7h)}});
  const Regimen regimen{{"Magnesium oxide 500 mg", daily(7h, 19h)},
                        {"Magnesium citrate 200 mg", daily(12h + 30min)},
                        {"Magnesium glycinate 100 mg", daily(7h)}};
  const Result<Assessment> assessment = checker().assess(patient, regimen);
  ASSERT_TRUE(assessment);
  expect_said(to_json(*assessment), *assessment);
}

TEST(Json, ACertainAmountHasEqualBounds) {
  // 500 mg of magnesium oxide hold 500 * 24.305 / 40.304 mg, which has no end as a decimal.
  const std::string text = to_json(assess("ann"));
  EXPECT_NE(text.find(R"("product":"magnesium oxide","dose":{"low":301.520941,"high":301.520941,"unit":"mg"})"),
            std::string::npos)
      << text;
}

TEST(Json, OfNoAssessmentIsReadable) {
  const Assessment empty;
  EXPECT_TRUE(is_json(to_json(empty)));
  EXPECT_EQ(to_text(empty), "");
  EXPECT_EQ(to_html(empty), "");
}

TEST(Json, AppendsToWhatIsThere) {
  std::string out = "line 1\n";
  append_json(out, assess("ann"));
  EXPECT_EQ(out, "line 1\n" + to_json(assess("ann")));
}

TEST(Json, ErrorsAreTheLinesOfTheContract) {
  std::ifstream file{std::string{MAGNESIA_SOURCE_DIR} + "/tests/conformance/error-1.jsonl"};
  std::string expected;
  const auto next = [&] { return static_cast<bool>(std::getline(file, expected)); };
  std::string out;
  const Errors one{{ErrorKind::wrong_unit, "/patient/labs/egfr/unit", "\"mg\"", "mL/min/{1.73_m2}"}};
  append_json(out, one, 17);
  ASSERT_TRUE(next());
  EXPECT_EQ(out, expected);
  out.clear();
  const Errors two{{ErrorKind::syntax, "byte 3", "\"\\x01\"", "a value"}, {ErrorKind::unknown_key, "/patient/\"x\"", "a", "b"}};
  append_json(out, two, 1);
  ASSERT_TRUE(next());
  EXPECT_EQ(out, expected);
}

RC_GTEST_PROP(Reports, WhateverALabelSays, (const std::string& label)) {
  const Assessment assessment = assess_label(label);
  RC_ASSERT(is_json(to_json(assessment)));
  const std::string text = to_text(assessment);
  RC_ASSERT(text.find('\x1b') == std::string::npos);
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    RC_ASSERT(report::characters(std::string_view{text}.substr(begin, end - begin)) <= 80U);
  RC_ASSERT(begin == text.size());
}

TEST(Text, KeepsTheWidthAsked) {
  for (const int width : {40, 57, 80, 100}) {
    const std::string text = to_text(assess("ann-without-egfr"), {.width = width});
    std::size_t longest = 0;
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
      longest = std::max(longest, report::characters(std::string_view{text}.substr(begin, end - begin)));
    EXPECT_LE(longest, static_cast<std::size_t>(width));
  }
}

TEST(Text, ColourAddsNothingButColour) {
  std::string coloured = to_text(assess("ann"), {.colour = true});
  EXPECT_NE(coloured.find("\x1b["), std::string::npos);
  for (std::size_t at = 0; (at = coloured.find("\x1b[")) != std::string::npos;)
    coloured.erase(at, coloured.find('m', at) - at + 1);
  EXPECT_EQ(coloured, to_text(assess("ann")));
}

TEST(Reports, CountWhatIsLeftOut) {
  const Assessment ann = assess("ann");
  std::size_t milder = 0;
  for (const Finding& finding : ann.findings()) milder += finding.severity < Severity::major ? 1U : 0U;
  ASSERT_GT(milder, 0U);
  EXPECT_NE(to_json(ann, {Severity::major}).find("\"left_out\":" + std::to_string(milder) + ','), std::string::npos);
  const std::string text = to_text(ann, {.min_severity = Severity::major});
  EXPECT_NE(text.find(std::to_string(milder) + ".\n"), std::string::npos);
  EXPECT_EQ(text.find("MODERATE"), std::string::npos);
  EXPECT_NE(to_text(ann).find("MODERATE"), std::string::npos);
}

TEST(Html, EscapesWhatUsersWrite) {
  const std::string page = to_html(assess_label("<script>alert(1)</script> <img src=x onerror=\"y\"> & '\"\x1b"));
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=&quot;y&quot;&gt; &amp; &#39;&quot;\uFFFD"),
            std::string::npos);
}

TEST(Html, ElementsAreClosedInOrder) {
  for (const std::string& page :
       {to_html(assess("ann")), to_html(assess("ann-without-egfr")), to_html(assess_label("</main><b>"))}) {
    markup::elements_are_closed_in_order(page);
    markup::has_landmarks_and_needs_nothing_else(page);
    markup::headings_are_in_order(page);
    for (const char* const part : {"<footer", "scope=\"col\"", "scope=\"row\""})
      EXPECT_NE(page.find(part), std::string::npos) << part;
    EXPECT_EQ(page.find("<script"), std::string::npos);
  }
}

TEST(Html, EachReferenceHasItsSource) {
  const std::string page = to_html(assess("ann"));
  const std::set<std::string> ids = markup::ids_of(page);
  std::size_t references = 0;
  for (const std::string& target : markup::values_of(page, "href")) {
    EXPECT_TRUE(ids.contains(target.substr(1))) << target;
    ++references;
  }
  EXPECT_GT(references, 5U);
}

}  // namespace
}  // namespace magnesia
