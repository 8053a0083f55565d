#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "described_tree.hpp"
#include "json/diagnose.hpp"
#include "json/packed.hpp"
#include "json/parse.hpp"
#include "json/read_file.hpp"
#include "json/write.hpp"

namespace magnesia::json {
namespace {

using namespace std::string_literals;

struct Read {
  Parser parser;
  Errors errors;
  const Node* root;

  explicit Read(std::string_view text, const Bounds& bounds = {}) : root{parser.parse(text, bounds, errors)} {}
};

TEST(Json, ReadsATreeWithKeysTextAndPlaces) {
  const Read read{R"( {"a/b": [1.50, "x", {"~": null}], "t": true, "f": false, "": -0e-1} )"};
  ASSERT_NE(read.root, nullptr);
  EXPECT_TRUE(read.errors.empty());
  EXPECT_EQ(read.root->type(), Type::object);
  EXPECT_EQ(pointer(*read.root), "");
  const Node* const list = read.root->find("a/b");
  ASSERT_NE(list, nullptr);
  std::vector<std::string> texts;
  for (const Node& element : list->children()) texts.push_back(std::string{element.text()});
  EXPECT_EQ(texts, (std::vector<std::string>{"1.50", "x", ""}));
  const Node& last = *std::next(list->children().begin(), 2);
  EXPECT_EQ(pointer(*last.find("~")), "/a~1b/2/~0");
  EXPECT_EQ(last.find("~")->type(), Type::null);
  EXPECT_EQ(pointer(last, "x/y"), "/a~1b/2/x~1y");
  EXPECT_TRUE(read.root->find("t")->is_true());
  EXPECT_FALSE(read.root->find("f")->is_true());
  EXPECT_EQ(read.root->find("")->text(), "-0e-1");
  EXPECT_EQ(read.root->find("t")->offset(), 40U);
  EXPECT_EQ(read.root->find("no"), nullptr);
  EXPECT_EQ(list->find("x"), nullptr);
}

TEST(Json, UnpacksATreeAsItWasPacked) {
  for (const std::string_view text :
       {R"( {"a": [1.50, "x", {"~": null}], "t": true, "f": false, "": -0e-1, "again": {"a": 1}} )", R"("a")", " -1.5E+3 ", "[]",
        "{}", "[[],{},[[]],[{}]]", R"([{"a":[]},{"a":{}},[],7])", R"(["\\","\"","\\\"x","plain","\u00e9\ud83d\ude00","\/",""])",
        R"({"k\ney":"v\tw","k\ney2":"","\u0061":"a"})"}) {
    const Read read{text};
    ASSERT_NE(read.root, nullptr) << text;
    const Result<PackedTree> tree = pack(*read.root, text);
    ASSERT_TRUE(tree) << text;
    const std::vector<Node> unpacked = unpack({text, tree->unescaped, tree->keys, tree->nodes});
    EXPECT_EQ(tests::described(unpacked.front()), tests::described(*read.root)) << text;
  }
}

TEST(Json, PacksAtMost65536DifferentKeys) {
  std::string text = "{";
  for (int key = 1; key < 65'536; ++key) text += '"' + std::to_string(key) + "\":0,";
  const std::string fits = text.substr(0, text.size() - 1) + '}';
  const Read most{fits};
  EXPECT_TRUE(pack(*most.root, fits));
  const std::string one_more = text + "\"another\":0}";
  const Read more{one_more};
  const auto packed = pack(*more.root, one_more);
  ASSERT_FALSE(packed);
  EXPECT_EQ(packed.error().place, "/another");
}

TEST(Json, ReadsScalarsAndEmptyContainersAtTheRoot) {
  for (const std::string_view text : {"1", " \"a\" ", "null", "true", "[]", "{}", "[ ]\n", "-1.5E+3", "\t[[],{}]"}) {
    const Read read{text};
    EXPECT_NE(read.root, nullptr) << text;
    EXPECT_TRUE(read.errors.empty()) << text;
  }
  EXPECT_TRUE(Read{"{ }"}.root->empty());
}

TEST(Json, UnescapesStringsAndKeys) {
  const Read read{R"({"\u00e9\ud83d\ude00": "\"\\\/\b\f\n\r\t\u0041\u0000é"})"};
  ASSERT_NE(read.root, nullptr);
  const Node& member = *read.root->children().begin();
  EXPECT_EQ(member.key(), "é😀");
  EXPECT_EQ(member.text(), "\"\\/\b\f\n\r\tA\0é"s);
}

struct Fault {
  std::string text;
  ErrorKind kind;
  std::string place, found, expected;
};

TEST(Json, SaysWhereATextStopsBeingJson) {
  const std::string a_value = "a value: an object, an array, a string, a number, true, false or null";
  const std::vector<Fault> faults{
      {"", ErrorKind::syntax, "byte 0", "no text", "a JSON document"},
      {" \n", ErrorKind::syntax, "byte 2", "nothing but blanks", "a JSON document"},
      {"\xEF\xBB\xBF{}", ErrorKind::encoding, "byte 0", "a byte order mark", "JSON without one, in UTF-8"},
      {"[\"\xC3(\"]", ErrorKind::encoding, "byte 2", "the byte 0xC3", "well-formed UTF-8"},
      {"[\"\xED\xA0\x80\"]", ErrorKind::encoding, "byte 2", "the byte 0xED", "well-formed UTF-8"},
      {"[\"\xC0\x80\"]", ErrorKind::encoding, "byte 2", "the byte 0xC0", "well-formed UTF-8"},
      {"[\"\xF4\x90\x80\x80\"]", ErrorKind::encoding, "byte 2", "the byte 0xF4", "well-formed UTF-8"},
      {"{} {}", ErrorKind::syntax, "byte 3", "\"{\"", "the end of the document"},
      {"1 2", ErrorKind::syntax, "byte 2", "\"2\"", "the end of the document"},
      {"[1]]", ErrorKind::syntax, "byte 3", "\"]\"", "the end of the document"},
      {"[1", ErrorKind::syntax, "byte 2", "the end of the text", "',' or ']'"},
      {"[1 2]", ErrorKind::syntax, "byte 3", "\"2\"", "',' or ']'"},
      {"[1,]", ErrorKind::syntax, "byte 3", "\"]\"", a_value},
      {"[,1]", ErrorKind::syntax, "byte 1", "\",\"", a_value},
      {"[1}", ErrorKind::syntax, "byte 2", "\"}\"", "',' or ']'"},
      {"[[1]", ErrorKind::syntax, "byte 4", "the end of the text", "',' or ']'"},
      {R"([["a":1]]])", ErrorKind::syntax, "byte 5", "\":\"", "',' or ']'"},
      {R"({"a":1,})", ErrorKind::syntax, "byte 7", "\"}\"", "a key in double quotation marks"},
      {R"({"a" 1})", ErrorKind::syntax, "byte 5", "\"1\"", "':' after the key"},
      {R"({"a":})", ErrorKind::syntax, "byte 5", "\"}\"", a_value},
      {R"({a:1})", ErrorKind::syntax, "byte 1", "\"a\"", "a key in double quotation marks"},
      {"{'a':1}", ErrorKind::syntax, "byte 1", "\"'\"", "a key in double quotation marks"},
      {R"({"a":1 "b":2})", ErrorKind::syntax, "byte 7", "\"\"\"", "',' or '}'"},
      {R"({"a":NaN})", ErrorKind::syntax, "byte 5", "NaN", "a number; JSON has neither NaN nor Infinity"},
      {R"([-Infinity])", ErrorKind::syntax, "byte 1", "-Infinity", "a number; JSON has neither NaN nor Infinity"},
      {"[01]", ErrorKind::syntax, "byte 1", "a leading 0", "a number without leading zeros"},
      {"[1.]", ErrorKind::syntax, "byte 3", "\"]\"", "a digit after the decimal point"},
      {"[1e]", ErrorKind::syntax, "byte 3", "\"]\"", "a digit of the exponent"},
      {"[+1]", ErrorKind::syntax, "byte 1", "\"+\"", "a number, which begins with a digit or '-'"},
      {"[.5]", ErrorKind::syntax, "byte 1", "\".\"", "a number, which begins with a digit or '-'"},
      {"[1\"a\"]", ErrorKind::syntax, "byte 2", "\"\"\"", "',' or ']'"},
      {"[tru]", ErrorKind::syntax, "byte 1", "\"tru\"", a_value},
      {"[truefalse]", ErrorKind::syntax, "byte 1", "\"truefalse\"", a_value},
      {"[1] // no", ErrorKind::syntax, "byte 4", "\"/\"", "the end of the document"},
      {"[\"a]", ErrorKind::syntax, "byte 4", "the end of the text", "a closing quotation mark"},
      {"[\"a\nb\"]", ErrorKind::syntax, "byte 3", "\"\\x0A\"", "control characters escaped, such as \\n"},
      {R"(["\x41"])", ErrorKind::syntax, "byte 3", "\"x41\"", R"(one of \" \\ \/ \b \f \n \r \t \uXXXX)"},
      {R"(["\u12g4"])", ErrorKind::syntax, "byte 6", "\"g4\"", "four hexadecimal digits after \\u"},
      {"[1]\0"s, ErrorKind::syntax, "byte 3", "\"\\x00\"", "the end of the document"},
  };
  Parser parser;  // one for all: nothing may be left over from the text before
  for (const Fault& fault : faults) {
    Errors errors;
    EXPECT_EQ(parser.parse(fault.text, {}, errors), nullptr) << fault.text;
    EXPECT_EQ(errors, (Errors{{fault.kind, fault.place, fault.found, fault.expected}})) << fault.text;
    EXPECT_TRUE(diagnose(fault.text, {}).has_value()) << fault.text;
    EXPECT_TRUE(parser.parse(R"({"a":[1]})").has_value()) << fault.text;
  }
}

TEST(Json, EveryDuplicateKeyIsReportedAndTheRestIsRead) {
  const Read read{R"({"a":1,"b":{"c":1,"c":2},"a":2,"a":3,"n":9})"};
  ASSERT_NE(read.root, nullptr);
  ASSERT_EQ(read.errors.size(), 3U);
  EXPECT_EQ(read.errors[0], (Error{ErrorKind::duplicate_key, "/b/c", "the same key at byte 22 as at byte 16", "each key once"}));
  EXPECT_EQ(read.errors[1].place, "/a");
  EXPECT_EQ(read.errors[2].found, "the same key at byte 35 as at byte 5");
  EXPECT_EQ(read.root->find("n")->text(), "9");
  // The same key, written differently.
  EXPECT_EQ(Read{R"({"a":1,"\u0061":2})"}.errors.size(), 1U);
}

TEST(Json, DuplicatesAreFoundAmongManyKeysToo) {
  std::string text = "{";
  for (int i = 0; i < 300; ++i) text += "\"" + std::to_string(i % 298) + "\":" + std::to_string(i) + ",";
  text.back() = '}';
  const Read read{text};
  ASSERT_EQ(read.errors.size(), 2U);
  EXPECT_EQ(read.errors[0].place, "/0");
  EXPECT_EQ(read.errors[1].place, "/1");
}

TEST(Json, ErrorsOfOneDocumentAreBounded) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) text += "\"k\":1,";
  text.back() = '}';
  const Read read{text};
  ASSERT_EQ(read.errors.size(), 1001U);
  EXPECT_EQ(read.errors.back().kind, ErrorKind::too_large);
  EXPECT_EQ(read.errors.back().found, "4999 faults");
}

TEST(Json, HalfASurrogatePairIsAFaultOfItsPlace) {
  const Read read{R"({"a":["\ud800","\udc00x","\ud83d\ude00","\ud800\ud800"],"\udfff":1})"};
  ASSERT_NE(read.root, nullptr);
  ASSERT_EQ(read.errors.size(), 4U);
  EXPECT_EQ(read.errors[0].kind, ErrorKind::encoding);
  EXPECT_EQ(read.errors[0].place, "/a/0");
  EXPECT_EQ(read.errors[1].place, "/a/1");
  EXPECT_EQ(read.errors[2].place, "/a/3");
  EXPECT_EQ(read.errors[3].place, "/\xEF\xBF\xBD");
  EXPECT_EQ(std::next(read.root->find("a")->children().begin())->text(), "\xEF\xBF\xBDx");
  EXPECT_TRUE(read.root->find("a")->children().begin()->faulty());
}

TEST(Json, ALongNumberIsAFaultOfItsPlace) {
  const Read read{"[1," + std::string(65, '9') + ",2," + std::string(64, '9') + "]"};
  ASSERT_NE(read.root, nullptr);
  EXPECT_EQ(read.errors, (Errors{{ErrorKind::too_large, "/1", "a number of 65 characters", "at most 64"}}));
}

TEST(Json, SizeDepthAndCountAreBounded) {
  EXPECT_EQ(Read("[1,2]", {.max_bytes = 4}).errors, (Errors{{ErrorKind::too_large, "byte 4", "5 bytes", "at most 4 bytes"}}));
  EXPECT_NE(Read("[1,2]", {.max_bytes = 5}).root, nullptr);
  EXPECT_NE(Read(std::string(64, '[') + std::string(64, ']')).root, nullptr);
  EXPECT_EQ(Read(std::string(65, '[') + std::string(65, ']')).errors,
            (Errors{{ErrorKind::too_large, "byte 64", "one level more", "at most 64 levels of arrays and objects"}}));
  EXPECT_EQ(Read(std::string(1'000'000, '[')).errors[0].kind, ErrorKind::too_large);
  EXPECT_NE(Read("[1,2]", {.max_nodes = 3}).root, nullptr);
  EXPECT_EQ(Read("[1,2,3]", {.max_nodes = 3}).errors,
            (Errors{{ErrorKind::too_large, "byte 5", "one value more", "at most 3 values"}}));
}

TEST(Json, OneParserReadsDocumentsOfAnyLengthInTurn) {
  Parser parser;
  for (const std::size_t length : {1U, 5000U, 3U, 100'000U, 64U, 63U, 65U, 0U}) {
    const std::string text = "[\"" + std::string(length, 'x') + "\"]";
    const Result<const Node*, Errors> root = parser.parse(text);
    ASSERT_TRUE(root.has_value());
    EXPECT_EQ((*root)->children().begin()->text().size(), length);
  }
}

TEST(Json, MessagesNameWhatWasFound) {
  const Read read{R"(["a\u0007b", 12, true, null, [], {"x":1}])"};
  std::vector<std::string> texts;
  for (const Node& node : read.root->children()) texts.push_back(found(node));
  EXPECT_EQ(texts,
            (std::vector<std::string>{R"(the string "a\x07b")", "the number 12", "true", "null", "an empty array", "an object"}));
}

TEST(JsonWriter, WritesWhatTheParserReads) {
  std::string out;
  Writer writer{out};
  writer.begin_object();
  writer.member("a\"\\\n\x01", "é\x7F");
  writer.member("n", -7);
  writer.member("x", Exact::ratio(6031, 10), 1);
  writer.member("inf", Exact::infinity(), 3);
  writer.member("b", true);
  writer.key("list");
  writer.begin_array();
  writer.integer(std::numeric_limits<std::int64_t>::min());
  writer.null();
  writer.begin_object();
  writer.end_object();
  writer.string("\xFFz\xC3");
  writer.raw("[1]");
  writer.end_array();
  writer.end_object();
  EXPECT_EQ(
      out,
      "{\"a\\\"\\\\\\n\\u0001\":\"é\x7F\",\"n\":-7,\"x\":603.1,\"inf\":null,\"b\":true,\"list\":[-9223372036854775808,null,{},"
      "\"\xEF\xBF\xBDz\xEF\xBF\xBD\",[1]]}");
  EXPECT_TRUE(Read{out}.errors.empty());
}

TEST(JsonWriter, IndentsWhenAsked) {
  std::string out;
  Writer writer{out, 2};
  writer.begin_object();
  writer.key("a");
  writer.begin_array();
  writer.integer(1);
  writer.integer(2);
  writer.end_array();
  writer.key("e");
  writer.begin_array();
  writer.end_array();
  writer.end_object();
  EXPECT_EQ(out, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"e\": []\n}");
}

class ReadFile : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{folder / name, std::ios::binary} << text;
    return (folder / name).string();
  }
  // A folder a test: ctest runs each test as a process of its own, several at once.
  const std::filesystem::path folder =
      std::filesystem::path{::testing::TempDir()} /
      (std::string{"magnesia_read_file_"} + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ReadFile, ReadsUpToTheBound) {
  const std::string path = write("ten", "0123456789");
  EXPECT_EQ(*read_file(path, 10), "0123456789");
  EXPECT_EQ(read_file(path, 9).error(), (Error{ErrorKind::too_large, path, "10 bytes", "at most 9 bytes"}));
  EXPECT_EQ(*read_file(write("none", ""), 0), "");
  const std::string large(1'000'000, 'x');
  EXPECT_EQ(*read_file(write("large", large), 1'000'000), large);
}

TEST_F(ReadFile, AHugeFileIsRefusedByItsSize) {
  const std::string path = write("huge", "");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 30U);  // sparse
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(read_file(path, 1 << 20U).error().kind, ErrorKind::too_large);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds{100});
}

#ifdef __linux__
TEST_F(ReadFile, AnEndlessFileIsRefusedAfterTheBound) {
  EXPECT_EQ(read_file("/dev/zero", 1 << 20U).error(),
            (Error{ErrorKind::too_large, "/dev/zero", "more than 1048576 bytes", "at most 1048576 bytes"}));
}
#endif

TEST_F(ReadFile, DirectoriesAndMissingFilesAreRefused) {
  EXPECT_EQ(read_file(folder.string(), 10).error(),
            (Error{ErrorKind::unreadable, folder.string(), "a directory", "a file that can be read"}));
  EXPECT_EQ(read_file((folder / "missing").string(), 10).error().kind, ErrorKind::unreadable);
  EXPECT_EQ(read_file("a\0b"s, 10).error().kind, ErrorKind::unreadable);
}

}  // namespace
}  // namespace magnesia::json
