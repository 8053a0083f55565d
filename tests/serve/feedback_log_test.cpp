// Feedback: kept once, kept whole, and never in a file that is something else.
#include "serve/feedback_log.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace magnesia::serve {
namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "magnesia-feedback-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(const char* name = "feedback.sqlite") const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string ask(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::string answer;
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
    answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return answer;
}

FeedbackEntry entry(const std::string& card, const std::string& outcome = "accepted") {
  return {"magnesia-orders", "https://ehr.example.org", card, outcome, "2026-11-25T10:00:00Z", R"(["s"])", "", ""};
}

std::unique_ptr<FeedbackLog> opened(const std::string& path) {
  Result<std::unique_ptr<FeedbackLog>> log = FeedbackLog::open(path);
  EXPECT_TRUE(log.has_value()) << describe(log.error());
  return *std::move(log);
}

TEST(FeedbackLog, KeepsTheSameThingOnce) {
  const Folder folder;
  const auto log = opened(folder.file());
  const std::vector<FeedbackEntry> two{entry("a"), entry("b")};
  const auto first = log->append(two, "2026-11-25T10:00:01Z");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->fresh, 2U);
  const auto again = log->append(two, "2026-11-25T10:00:02Z");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->fresh, 0U);
  EXPECT_EQ(again->repeated, 2U);
  EXPECT_EQ(ask(folder.file(), "SELECT count(*) FROM feedback"), "2");
  EXPECT_EQ(ask(folder.file(), "SELECT received FROM feedback WHERE card = 'a'"), "2026-11-25T10:00:01Z") << "as it came first";
}

TEST(FeedbackLog, KeepsWhatIsSaidAnewOfTheSameCard) {
  const Folder folder;
  const auto log = opened(folder.file());
  std::vector<FeedbackEntry> all{entry("a"), entry("a", "overridden")};
  all.push_back(entry("a"));
  all.back().accepted = R"(["another"])";
  all.push_back(entry("a"));
  all.back().issuer = "https://other.example.org";
  all.push_back(entry("a"));
  all.back().outcome_timestamp = "2026-11-25T11:00:00Z";
  const auto kept = log->append(all, "2026-11-25T11:00:01Z");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->fresh, all.size());
}

TEST(FeedbackLog, IsOfWholeRequests) {
  const Folder folder;
  const auto log = opened(folder.file());
  const std::vector<FeedbackEntry> one_bad{entry("a"), entry("b", "ignored"), entry("c")};
  const auto kept = log->append(one_bad, "2026-11-25T10:00:00Z");
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().kind, ErrorKind::unreadable);
  EXPECT_EQ(ask(folder.file(), "SELECT count(*) FROM feedback"), "0");
  EXPECT_TRUE(log->append(std::vector{entry("a")}, "2026-11-25T10:00:00Z")) << "and goes on";
}

TEST(FeedbackLog, OutlivesItsProcess) {
  const Folder folder;
  ASSERT_TRUE(opened(folder.file())->append(std::vector{entry("a")}, "2026-11-25T10:00:00Z"));
  const auto again = opened(folder.file())->append(std::vector{entry("a"), entry("b")}, "2026-11-25T10:00:01Z");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->fresh, 1U);
  EXPECT_EQ(ask(folder.file(), "PRAGMA journal_mode"), "wal");
}

TEST(FeedbackLog, KeepsTextAsItCame) {
  const Folder folder;
  const auto log = opened(folder.file());
  FeedbackEntry odd = entry("'; DROP TABLE feedback; --");
  odd.comment = std::string{"a\0b \xF0\x9F\x92\x8A \"quoted\"", 16};
  ASSERT_TRUE(log->append(std::vector{odd}, "2026-11-25T10:00:00Z"));
  EXPECT_EQ(ask(folder.file(), "SELECT card FROM feedback"), odd.card);
  EXPECT_EQ(ask(folder.file(), "SELECT length(CAST(comment AS BLOB)) FROM feedback"), "16");
}

TEST(FeedbackLog, IsItsOwnersAlone) {
  const Folder folder;
  const auto log = opened(folder.file());
  ASSERT_TRUE(log->append(std::vector{entry("a")}, "2026-11-25T10:00:00Z"));
  for (const char* name : {"feedback.sqlite", "feedback.sqlite-wal", "feedback.sqlite-shm"}) {
    struct stat status {};
    ASSERT_EQ(::stat(folder.file(name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << name;
  }
}

TEST(FeedbackLog, DoesNotTouchAFileOfSomethingElse) {
  const Folder folder;
  std::ofstream{folder.file("text")} << std::string(2000, 'x');
  const auto text = FeedbackLog::open(folder.file("text"));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().kind, ErrorKind::syntax);
  sqlite3* database = nullptr;
  sqlite3_open(folder.file("other").c_str(), &database);
  sqlite3_exec(database, "CREATE TABLE patients (name)", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  const auto other = FeedbackLog::open(folder.file("other"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().found, "a database of something else");
  EXPECT_EQ(ask(folder.file("other"), "SELECT count(*) FROM sqlite_schema"), "1");
  const auto nowhere = FeedbackLog::open(folder.file("no/such/folder"));
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, ErrorKind::unreadable);
}

}  // namespace
}  // namespace magnesia::serve
