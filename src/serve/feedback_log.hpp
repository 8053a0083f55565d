// What clinicians did with cards, kept in a local SQLite file.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "magnesia/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace magnesia::serve {

/// One thing that someone did with a card, as the client reported it.
struct FeedbackEntry {
  std::string service;
  std::string issuer;  ///< who reported it; empty where nobody is asked who they are
  std::string card;
  std::string outcome;
  std::string outcome_timestamp;
  std::string accepted;         ///< JSON array of the ids of accepted suggestions; empty: none
  std::string override_reason;  ///< JSON object; empty: none
  std::string comment;          ///< free text of a user: may say anything about a patient
};

/// Appends and never changes. Shared by any number of threads; another process may read the file meanwhile.
class FeedbackLog {
 public:
  /// Opens the file, or makes one that only its owner may read. Errors, with the path as the place: unreadable (also a file
  /// system that can't keep a write-ahead log); syntax for a file that is something else.
  [[nodiscard]] static Result<std::unique_ptr<FeedbackLog>> open(const std::string& path);

  FeedbackLog(const FeedbackLog&) = delete;
  FeedbackLog& operator=(const FeedbackLog&) = delete;
  ~FeedbackLog();

  struct Kept {
    std::size_t fresh = 0;
    std::size_t repeated = 0;  ///< were there already, the same in every part
  };
  /// All of the entries or, on an error, none. When it returns they are on the disk, whatever happens to the process or the
  /// machine: a reply that was sent stands for entries that are kept. `received`: RFC 3339. Errors: unreadable.
  [[nodiscard]] Result<Kept> append(std::span<const FeedbackEntry> entries, const std::string& received);

 private:
  FeedbackLog(sqlite3* database, std::string path) : database_{database}, path_{std::move(path)} {}
  [[nodiscard]] bool run(const char* sql) noexcept;
  [[nodiscard]] Error failure() const;

  sqlite3* database_;
  sqlite3_stmt* insert_ = nullptr;
  std::string path_;
  std::mutex mutex_;
};

}  // namespace magnesia::serve
