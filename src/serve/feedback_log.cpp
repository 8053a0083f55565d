#include "serve/feedback_log.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>

#include "serve/digest.hpp"

namespace magnesia::serve {
namespace {

constexpr int busy_ms = 2000;

// "magnesia feedback": what `file` and SQLite's tools show, and how we know a file that is ours.
constexpr std::string_view application_id = "1296516681";  // "MGFI"
constexpr std::string_view user_version = "1";

// A client may report the same thing again, because our answer was lost: that is the same in every part, and kept once. It may
// also report another thing of the same card (a second suggestion accepted, another reason): the digest tells them apart.
constexpr const char* schema = R"(
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  received TEXT NOT NULL,
  service TEXT NOT NULL,
  issuer TEXT NOT NULL,
  card TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'overridden')),
  outcome_timestamp TEXT NOT NULL,
  accepted TEXT NOT NULL,
  override_reason TEXT NOT NULL,
  comment TEXT NOT NULL,
  digest BLOB NOT NULL,
  UNIQUE (service, issuer, card, outcome, digest)
) STRICT;
CREATE TRIGGER IF NOT EXISTS feedback_stays BEFORE UPDATE ON feedback BEGIN SELECT RAISE(ABORT, 'feedback is only appended'); END;
)";

constexpr std::string_view insertion =
    "INSERT INTO feedback (received, service, issuer, card, outcome, outcome_timestamp, accepted, override_reason, comment, "
    "digest)"
    " VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (service, issuer, card, outcome, digest) DO NOTHING";

std::string digest_of(const FeedbackEntry& entry) {
  std::string all;
  for (const std::string* part : {&entry.outcome_timestamp, &entry.accepted, &entry.override_reason, &entry.comment})
    all += std::to_string(part->size()) + ' ' + *part;
  return sha256(all);
}

// What a pragma answers, or none.
std::optional<std::string> ask(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  std::optional<std::string> answer;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
    answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  return answer;
}

int bind(sqlite3_stmt* statement, int index, const std::string& text) noexcept {
  return sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

}  // namespace

Result<std::unique_ptr<FeedbackLog>> FeedbackLog::open(const std::string& path) {
  const auto unreadable = [&](std::string found) {
    return Error{ErrorKind::unreadable, path, std::move(found), "a file that feedback can be kept in"};
  };
  // Made here, since SQLite would let the group and others read what users commented.
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return unreadable(std::generic_category().message(errno));
  ::close(file);

  sqlite3* database = nullptr;
  const int opened =
      sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<FeedbackLog> log{new FeedbackLog{database, path}};
  if (opened != SQLITE_OK) return log->failure();
  sqlite3_busy_timeout(database, busy_ms);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);

  const std::optional<std::string> owner = ask(database, "PRAGMA application_id");
  const std::optional<std::string> tables = ask(database, "SELECT count(*) FROM sqlite_schema");
  if (!owner || !tables)
    return Error{ErrorKind::syntax, path, sqlite3_errmsg(database), "a feedback log of Magnesia, or no file"};
  if (*tables != "0" && (*owner != application_id || ask(database, "PRAGMA user_version") != user_version))
    return Error{ErrorKind::syntax, path, "a database of something else", "a feedback log of Magnesia, or no file"};
  // FULL: the write-ahead log is on the disk before a transaction counts as done (sqlite.org/pragma.html#pragma_synchronous).
  if (ask(database, "PRAGMA journal_mode=WAL") != "wal")
    return unreadable("a file system without shared memory for its write-ahead log");
  if (!log->run("PRAGMA synchronous=FULL") || !log->run(schema) ||
      !log->run(("PRAGMA application_id=" + std::string{application_id}).c_str()) ||
      !log->run(("PRAGMA user_version=" + std::string{user_version}).c_str()) || !log->run("COMMIT") ||
      sqlite3_prepare_v3(database, insertion.data(), static_cast<int>(insertion.size()), SQLITE_PREPARE_PERSISTENT, &log->insert_,
                         nullptr) != SQLITE_OK)
    return log->failure();
  return log;
}

FeedbackLog::~FeedbackLog() {
  sqlite3_finalize(insert_);
  sqlite3_close(database_);
}

Result<FeedbackLog::Kept> FeedbackLog::append(std::span<const FeedbackEntry> entries, const std::string& received) {
  const std::lock_guard lock{mutex_};
  Kept kept;
  bool good = run("BEGIN IMMEDIATE");
  if (!good) return failure();
  for (const FeedbackEntry& entry : entries) {
    const std::string digest = digest_of(entry);
    int index = 0;
    for (const std::string* text : {&received, &entry.service, &entry.issuer, &entry.card, &entry.outcome,
                                    &entry.outcome_timestamp, &entry.accepted, &entry.override_reason, &entry.comment})
      good = good && bind(insert_, ++index, *text) == SQLITE_OK;
    good = good &&
           sqlite3_bind_blob(insert_, ++index, digest.data(), static_cast<int>(digest.size()), SQLITE_STATIC) == SQLITE_OK &&
           sqlite3_step(insert_) == SQLITE_DONE;
    const std::size_t written = good ? static_cast<std::size_t>(sqlite3_changes(database_)) : 0;
    sqlite3_reset(insert_);
    if (!good) break;
    kept.fresh += written;
    kept.repeated += 1 - written;
  }
  good = good && run("COMMIT");
  if (good) return kept;
  Error error = failure();
  (void)run("ROLLBACK");  // after some errors SQLite has done so itself
  return error;
}

bool FeedbackLog::run(const char* sql) noexcept { return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

Error FeedbackLog::failure() const {
  return {ErrorKind::unreadable, path_, database_ == nullptr ? "no memory" : sqlite3_errmsg(database_),
          "a file that feedback can be kept in"};
}

}  // namespace magnesia::serve
