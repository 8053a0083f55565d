// The C interface as its user meets it: linked to the shared library and to nothing else of Magnesia. That its answers are those
// of C++ is shown by tests/conformance.
#include <gtest/gtest.h>

#include <cstring>
#include <thread>
#include <vector>

#include "c/handles.hpp"

namespace magnesia::c_test {
namespace {

const std::string ann = file("examples/people/ann.json");
const std::string oxide = "500 mg magnesium oxide";

magnesia_status assess(const Checker& checker, std::string_view document, Answer& answer) {
  return magnesia_assess(checker.get(), document.data(), document.size(), out(answer));
}

TEST(C, APersonIsAssessedAsJsonTextAndHtml) {
  const Checker checker = c_test::checker();
  Answer answer;
  ASSERT_EQ(assess(checker, ann, answer), MAGNESIA_OK);
  EXPECT_TRUE(written(answer).starts_with(R"({"magnesia":"assessment/1")"));
  EXPECT_TRUE(written(answer, MAGNESIA_HTML).starts_with("<!"));
  EXPECT_TRUE(written(answer, MAGNESIA_TEXT).ends_with("\n"));
  EXPECT_EQ(written(answer, MAGNESIA_SVG), "bad-argument");
  EXPECT_EQ(written(answer, 99), "bad-argument");
  EXPECT_EQ(written(answer, -1), "bad-argument");
  magnesia_severity at_least = -1, at_most = -1;
  std::int32_t decided = -1;
  ASSERT_EQ(magnesia_answer_verdict(answer.get(), &at_least, &at_most, &decided), MAGNESIA_OK);
  EXPECT_EQ(at_least, MAGNESIA_MAJOR);
  EXPECT_EQ(at_most, MAGNESIA_CONTRAINDICATED);
  EXPECT_EQ(decided, 0);
}

TEST(C, AnAnswerOutlivesItsCheckerAndKnowledge) {
  Knowledge knowledge;
  ASSERT_EQ(magnesia_knowledge_new(nullptr, out(knowledge), nullptr), MAGNESIA_OK);
  Checker checker;
  ASSERT_EQ(magnesia_checker_new(knowledge.get(), nullptr, out(checker), nullptr), MAGNESIA_OK);
  knowledge.reset();
  Answer answer, plan, elemental;
  ASSERT_EQ(assess(checker, ann, answer), MAGNESIA_OK);
  ASSERT_EQ(magnesia_plan(checker.get(), ann.data(), ann.size(), out(plan)), MAGNESIA_OK);
  ASSERT_EQ(magnesia_elemental(checker.get(), oxide.data(), oxide.size(), out(elemental)), MAGNESIA_OK);
  const std::string before[] = {written(answer, MAGNESIA_TEXT), written(plan, MAGNESIA_TEXT), written(elemental, MAGNESIA_TEXT)};
  checker.reset();
  EXPECT_EQ(written(answer, MAGNESIA_TEXT), before[0]);
  EXPECT_EQ(written(plan, MAGNESIA_TEXT), before[1]);
  EXPECT_EQ(written(elemental, MAGNESIA_TEXT), before[2]);
}

TEST(C, TheCallersBufferHasToHoldTheTextAndANul) {
  const Checker checker = c_test::checker();
  Answer answer;
  ASSERT_EQ(assess(checker, ann, answer), MAGNESIA_OK);
  const std::string whole = written(answer);
  std::size_t size = 0;
  EXPECT_EQ(magnesia_answer_write(answer.get(), MAGNESIA_JSON, nullptr, 0, &size), MAGNESIA_BUFFER_TOO_SMALL);
  EXPECT_EQ(size, whole.size());
  std::vector<char> buffer(size + 2, '#');
  size = 0;
  EXPECT_EQ(magnesia_answer_write(answer.get(), MAGNESIA_JSON, buffer.data(), whole.size(), &size), MAGNESIA_BUFFER_TOO_SMALL);
  EXPECT_EQ(size, whole.size());
  EXPECT_EQ(std::count(buffer.begin(), buffer.end(), '#'), static_cast<std::ptrdiff_t>(buffer.size())) << "nothing is written";
  EXPECT_EQ(magnesia_answer_write(answer.get(), MAGNESIA_JSON, buffer.data(), whole.size() + 1, &size), MAGNESIA_OK);
  EXPECT_EQ(std::string(buffer.data()), whole);
  EXPECT_EQ(buffer.back(), '#') << "nothing is written behind the NUL";
  EXPECT_EQ(magnesia_answer_write(answer.get(), MAGNESIA_JSON, buffer.data(), buffer.size(), nullptr), MAGNESIA_OK);
}

TEST(C, WhatIsWrongWithARequestIsADocument) {
  const Checker checker = c_test::checker();
  Answer answer;
  ASSERT_EQ(assess(checker, R"({"magnesia": "request/1", "patient": {"condtions": [], "sexx": 1}})", answer), MAGNESIA_BAD_INPUT);
  EXPECT_TRUE(written(answer).starts_with(R"({"magnesia":"error/1","line":1,"kind":"unknown-key","path":"/patient/condtions")"))
      << written(answer);
  EXPECT_NE(written(answer).find(R"("path":"/patient/sexx")"), std::string::npos);
  const std::string text = written(answer, MAGNESIA_TEXT);
  EXPECT_TRUE(text.starts_with("/patient/condtions: found ")) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_EQ(written(answer, MAGNESIA_HTML), "bad-argument");
  magnesia_severity at_least = -1, at_most = -1;
  std::int32_t decided = -1;
  EXPECT_EQ(magnesia_answer_verdict(answer.get(), &at_least, &at_most, &decided), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(at_least, MAGNESIA_NONE);
  EXPECT_EQ(at_most, MAGNESIA_CONTRAINDICATED) << "whoever does not look at the status is not told that all is well";
  EXPECT_EQ(decided, 0);
}

TEST(C, ANumberThatNobodyCanHaveIsBadInput) {
  const Checker checker = c_test::checker();
  Answer answer;
  ASSERT_EQ(assess(checker, R"({"magnesia": "request/1", "patient": {"age": {"value": 300, "unit": "a"}}})", answer),
            MAGNESIA_BAD_INPUT);
  EXPECT_NE(written(answer).find("out-of-range"), std::string::npos);
}

TEST(C, TextMayHoldANulAndNeedsNoneAtItsEnd) {
  const Checker checker = c_test::checker();
  Answer answer;
  const std::string document = R"({"magnesia": "request/1", "patient": {}})";
  EXPECT_EQ(assess(checker, document + "rest", answer), MAGNESIA_BAD_INPUT);
  EXPECT_EQ(magnesia_assess(checker.get(), (document + "rest").data(), document.size(), out(answer)), MAGNESIA_OK);
  std::string with_nul = document;
  with_nul.insert(with_nul.size() - 1, 1, '\0');
  EXPECT_EQ(assess(checker, with_nul, answer), MAGNESIA_BAD_INPUT) << "it does not end at the NUL";
  EXPECT_EQ(assess(checker, document + std::string(1, '\0'), answer), MAGNESIA_BAD_INPUT);
  EXPECT_EQ(assess(checker, R"({"magnesia": "request/1", "patient": {}, "medications": [{"drug": "a\u0000b"}]})", answer),
            MAGNESIA_OK);
  EXPECT_NE(written(answer).find(R"(a\u0000b)"), std::string::npos);
}

TEST(C, OnlyAClearanceSaysThatNothingIsOfConcern) {
  const Checker checker = c_test::checker();
  Answer answer;
  Text text;
  std::size_t size = 1;
  ASSERT_EQ(assess(checker, R"({"magnesia": "request/1", "patient": {"age": {"value": 30, "unit": "a"}, "sex": "male",
    "dialysis": false, "conditions": [], "labs": {"egfr": {"value": 100, "unit": "mL/min/{1.73_m2}"}}}, "medications": [],
    "magnesium": []})",
                   answer),
            MAGNESIA_OK);
  ASSERT_EQ(magnesia_answer_clearance(answer.get(), out(text), &size), MAGNESIA_OK);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(size, std::strlen(text.get()));
  ASSERT_EQ(assess(checker, ann, answer), MAGNESIA_OK);
  EXPECT_EQ(magnesia_answer_clearance(answer.get(), out(text), &size), MAGNESIA_OK);
  EXPECT_EQ(text, nullptr);
  EXPECT_EQ(size, 0U);
  ASSERT_EQ(magnesia_elemental(checker.get(), oxide.data(), oxide.size(), out(answer)), MAGNESIA_OK);
  EXPECT_EQ(magnesia_answer_clearance(answer.get(), out(text), &size), MAGNESIA_BAD_ARGUMENT);
}

TEST(C, APolicyIsTheOneThatWasSet) {
  Policy policy;
  ASSERT_EQ(magnesia_policy_new(out(policy)), MAGNESIA_OK);
  EXPECT_EQ(magnesia_policy_set_authority(policy.get(), "uk-evm and more", 6), MAGNESIA_OK);
  EXPECT_EQ(magnesia_policy_set_as_of(policy.get(), 2024, 2, 29), MAGNESIA_OK);
  for (const auto& [year, month, day] : {std::tuple{2026, 2, 29},
                                         {2026, 13, 1},
                                         {2026, 0, 1},
                                         {2026, 1, 0},
                                         {2026, 4, 31},
                                         {-1, 1, 1},
                                         {10000, 1, 1},
                                         {2026, -2147483647, 1},
                                         {2026, 1, 257},
                                         {2026, 257, 1}})
    EXPECT_EQ(magnesia_policy_set_as_of(policy.get(), year, month, day), MAGNESIA_BAD_ARGUMENT)
        << year << ' ' << month << ' ' << day;
  const Checker checker = c_test::checker(policy);
  policy.reset();
  Answer answer;
  ASSERT_EQ(assess(checker, ann, answer), MAGNESIA_OK);
  EXPECT_NE(written(answer).find(R"("as_of":"2024-02-29")"), std::string::npos);
  EXPECT_NE(written(answer).find(R"("id":"uk-evm")"), std::string::npos);
}

TEST(C, AnUnknownAuthorityMakesNoChecker) {
  Policy policy;
  ASSERT_EQ(magnesia_policy_new(out(policy)), MAGNESIA_OK);
  ASSERT_EQ(magnesia_policy_set_authority(policy.get(), "who", 3), MAGNESIA_OK);
  Checker checker;
  Answer error;
  EXPECT_EQ(magnesia_checker_new(nullptr, policy.get(), out(checker), out(error)), MAGNESIA_BAD_INPUT);
  EXPECT_EQ(checker, nullptr);
  EXPECT_NE(written(error).find(R"("path":"policy/authority")"), std::string::npos) << written(error);
}

TEST(C, KnowledgeIsLoadedFromAFolderWithAnOverlayOverIt) {
  Packs packs;
  ASSERT_EQ(magnesia_packs_new(out(packs)), MAGNESIA_OK);
  Answer error;
  const std::string folder = MAGNESIA_SOURCE_DIR "/knowledge";
  ASSERT_EQ(magnesia_packs_add_path(packs.get(), folder.data(), folder.size(), out(error)), MAGNESIA_OK) << written(error);
  EXPECT_EQ(error, nullptr);
  const std::string overlay =
      R"({"magnesia": "pack/1", "id": "our-hospital", "version": "1.0.0", "date": "2026-11-25", "documents": []})";
  ASSERT_EQ(magnesia_packs_add_text(packs.get(), "hospital", 8, overlay.data(), overlay.size()), MAGNESIA_OK);
  Knowledge knowledge;
  ASSERT_EQ(magnesia_knowledge_new(packs.get(), out(knowledge), out(error)), MAGNESIA_OK) << written(error);
  Checker checker;
  ASSERT_EQ(magnesia_checker_new(knowledge.get(), nullptr, out(checker), nullptr), MAGNESIA_OK);
  Answer answer;
  ASSERT_EQ(assess(checker, ann, answer), MAGNESIA_OK);
  EXPECT_NE(written(answer).find("our-hospital 1.0.0"), std::string::npos);
}

TEST(C, AFaultyPackIsRefusedWithItsPlace) {
  Packs packs;
  ASSERT_EQ(magnesia_packs_new(out(packs)), MAGNESIA_OK);
  ASSERT_EQ(magnesia_packs_add_embedded(packs.get()), MAGNESIA_OK);
  ASSERT_EQ(magnesia_packs_add_text(packs.get(), "hospital", 8, "{", 1), MAGNESIA_OK);
  Knowledge knowledge;
  Answer error;
  EXPECT_EQ(magnesia_knowledge_new(packs.get(), out(knowledge), out(error)), MAGNESIA_BAD_KNOWLEDGE);
  EXPECT_EQ(knowledge, nullptr);
  EXPECT_NE(written(error).find(R"("path":"hospital:byte 1")"), std::string::npos) << written(error);
  EXPECT_EQ(magnesia_knowledge_new(packs.get(), out(knowledge), nullptr), MAGNESIA_BAD_KNOWLEDGE) << "who does not want to know";

  Packs none;
  ASSERT_EQ(magnesia_packs_new(out(none)), MAGNESIA_OK);
  EXPECT_EQ(magnesia_knowledge_new(none.get(), out(knowledge), out(error)), MAGNESIA_BAD_KNOWLEDGE) << "nothing was added";

  const std::string folder = MAGNESIA_SOURCE_DIR "/knowledge";
  for (const std::string& path : {folder + '\0' + "x", std::string{"no such file"}, std::string{"-"}, std::string{}}) {
    EXPECT_EQ(magnesia_packs_add_path(packs.get(), path.data(), path.size(), out(error)), MAGNESIA_BAD_KNOWLEDGE) << path;
    EXPECT_NE(written(error).find("unreadable"), std::string::npos) << written(error);
  }
}

TEST(C, APlanIsWrittenAsJsonTextHtmlPictureAndCalendar) {
  Policy policy;
  ASSERT_EQ(magnesia_policy_new(out(policy)), MAGNESIA_OK);
  for (const bool dated : {false, true}) {
    if (dated) static_cast<void>(magnesia_policy_set_as_of(policy.get(), 2026, 12, 1));
    const Checker checker = c_test::checker(policy);
    Answer plan;
    ASSERT_EQ(magnesia_plan(checker.get(), ann.data(), ann.size(), out(plan)), MAGNESIA_OK);
    EXPECT_TRUE(written(plan).starts_with(R"({"magnesia":"plan/1")"));
    EXPECT_NE(written(plan, MAGNESIA_SVG).find("<svg"), std::string::npos);
    EXPECT_TRUE(written(plan, MAGNESIA_HTML).starts_with("<!"));
    EXPECT_TRUE(written(plan, MAGNESIA_TEXT).ends_with("\n"));
    if (dated)
      EXPECT_NE(written(plan, MAGNESIA_ICS).find("DTSTART:20261201T"), std::string::npos);
    else
      EXPECT_EQ(written(plan, MAGNESIA_ICS), "bad-argument") << "a calendar begins on some day";
  }
}

TEST(C, ElementalMagnesiumOfALabel) {
  const Checker checker = c_test::checker();
  Answer answer;
  ASSERT_EQ(magnesia_elemental(checker.get(), oxide.data(), oxide.size(), out(answer)), MAGNESIA_OK);
  EXPECT_TRUE(written(answer).starts_with(R"({"magnesia":"elemental/1")"));
  EXPECT_TRUE(written(answer, MAGNESIA_TEXT).ends_with("\n"));
  EXPECT_EQ(magnesia_elemental(checker.get(), "500 mg magnesium xyzate", 23, out(answer)), MAGNESIA_BAD_INPUT);
  EXPECT_NE(written(answer).find("unknown-name"), std::string::npos) << written(answer);
}

TEST(C, ANullPointerIsAnErrorAndNoCrash) {
  const Checker checker = c_test::checker();
  Answer answer;
  Text text;
  std::size_t size = 7;
  EXPECT_EQ(magnesia_assess(nullptr, "{}", 2, out(answer)), MAGNESIA_BAD_ARGUMENT);
  EXPECT_NE(written(answer).find(R"("found":"a null pointer")"), std::string::npos) << written(answer);
  EXPECT_EQ(magnesia_assess(checker.get(), nullptr, 2, out(answer)), MAGNESIA_BAD_ARGUMENT);
  EXPECT_NE(answer, nullptr);
  EXPECT_EQ(magnesia_assess(checker.get(), nullptr, 0, out(answer)), MAGNESIA_BAD_INPUT) << "empty text is no request";
  EXPECT_EQ(magnesia_assess(checker.get(), "{}", 2, nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_plan(nullptr, "{}", 2, out(answer)), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_plan(checker.get(), nullptr, 2, out(answer)), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_plan(checker.get(), "{}", 2, nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_elemental(nullptr, "x", 1, out(answer)), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_elemental(checker.get(), nullptr, 1, out(answer)), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_elemental(checker.get(), "x", 1, nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_checker_new(nullptr, nullptr, nullptr, nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_knowledge_new(nullptr, nullptr, nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_packs_new(nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_packs_add_embedded(nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_packs_add_path(nullptr, "x", 1, out(answer)), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(answer, nullptr);
  EXPECT_EQ(magnesia_packs_add_text(nullptr, "x", 1, "{}", 2), MAGNESIA_BAD_ARGUMENT);
  Packs packs;
  ASSERT_EQ(magnesia_packs_new(out(packs)), MAGNESIA_OK);
  EXPECT_EQ(magnesia_packs_add_path(packs.get(), nullptr, 1, nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_packs_add_text(packs.get(), nullptr, 1, "{}", 2), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_packs_add_text(packs.get(), "x", 1, nullptr, 2), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_policy_new(nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_policy_set_authority(nullptr, "x", 1), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_policy_set_as_of(nullptr, 2026, 1, 1), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_policy_set_history_settles(nullptr, 1), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_policy_set_record_is_complete(nullptr, 1), MAGNESIA_BAD_ARGUMENT);
  Policy policy;
  ASSERT_EQ(magnesia_policy_new(out(policy)), MAGNESIA_OK);
  EXPECT_EQ(magnesia_policy_set_authority(policy.get(), nullptr, 1), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_answer_text(nullptr, MAGNESIA_JSON, out(text), &size), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(size, 0U);
  EXPECT_EQ(magnesia_answer_text(nullptr, MAGNESIA_JSON, nullptr, nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_answer_write(nullptr, MAGNESIA_JSON, nullptr, 0, &size), MAGNESIA_BAD_ARGUMENT);
  ASSERT_EQ(assess(checker, ann, answer), MAGNESIA_OK);
  EXPECT_EQ(magnesia_answer_write(answer.get(), MAGNESIA_JSON, nullptr, 9, &size), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_answer_text(answer.get(), MAGNESIA_JSON, nullptr, &size), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_answer_clearance(answer.get(), nullptr, &size), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_answer_clearance(nullptr, out(text), nullptr), MAGNESIA_BAD_ARGUMENT);
  EXPECT_EQ(magnesia_answer_verdict(answer.get(), nullptr, nullptr, nullptr), MAGNESIA_OK);
  EXPECT_EQ(magnesia_answer_verdict(nullptr, nullptr, nullptr, nullptr), MAGNESIA_BAD_ARGUMENT);
  magnesia_answer_free(nullptr);
  magnesia_packs_free(nullptr);
  magnesia_knowledge_free(nullptr);
  magnesia_policy_free(nullptr);
  magnesia_checker_free(nullptr);
  magnesia_free(nullptr);
}

TEST(C, NamesOfNumbers) {
  EXPECT_STREQ(magnesia_status_name(MAGNESIA_OK), "ok");
  EXPECT_STREQ(magnesia_status_name(MAGNESIA_FAULT), "fault");
  EXPECT_STREQ(magnesia_status_name(MAGNESIA_FAULT + 1), "unknown");
  EXPECT_STREQ(magnesia_status_name(-1), "unknown");
  EXPECT_STREQ(magnesia_severity_name(MAGNESIA_NONE), "none");
  EXPECT_STREQ(magnesia_severity_name(MAGNESIA_CONTRAINDICATED), "contraindicated");
  EXPECT_STREQ(magnesia_severity_name(5), "unknown");
  EXPECT_STREQ(magnesia_severity_name(-1), "unknown");
  const std::string said = file("include/magnesia/version.hpp");
  EXPECT_NE(said.find('"' + std::string{magnesia_version()} + '"'), std::string::npos);
}

TEST(CThreads, ShareACheckerAndAnAnswer) {
  const Checker checker = c_test::checker();
  Answer shared;
  ASSERT_EQ(assess(checker, ann, shared), MAGNESIA_OK);
  const std::string expected = written(shared);
  std::vector<int> same(4, 0);
  std::vector<std::thread> threads;
  for (int& count : same)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        Answer own, plan;
        static_cast<void>(assess(checker, ann, own));
        static_cast<void>(magnesia_plan(checker.get(), "{", 1, out(plan)));
        if (written(own) == expected && written(shared) == expected) ++count;
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const int count : same) EXPECT_EQ(count, 50);
}

}  // namespace
}  // namespace magnesia::c_test
