// Words: what an assessment worked out, put into the sentences of the knowledge. Everything appends to a caller's buffer.
#pragma once

#include <string>
#include <string_view>

#include "facts/workspace.hpp"

namespace magnesia::words {

/// A value of a fact for people: "41 mL/min/1.73 m²", "52.1 to 80.9 mg", "at least 301.5 mg".
void append_value(std::string& out, facts::FactId fact, const Interval<Exact>& value, const base::Base& base);
/// A length of time: "4 h", "30 min", "1 h 30 min".
void append_minutes(std::string& out, int minutes);
/// "4 h before or 4 h after magnesium"; of one side: "4 h after magnesium".
void append_window(std::string& out, const base::Window& window);
/// "07:30".
void append_time(std::string& out, int minutes);
/// "07:30", or "07:30-09:00" where it may be so many minutes later.
void append_time(std::string& out, int minutes, int width);
/// A fact's name for people.
[[nodiscard]] std::string_view fact_name(const base::Base& base, std::string_view fact) noexcept;

/// What stands for a placeholder that is not about one record. Looked up by name.
struct Slot {
  std::string_view name;
  std::string_view value;
};
/// A text of the knowledge with its placeholders filled. An unknown placeholder stays as it is.
void append_text(std::string& out, const base::Base& base, std::string_view key, std::initializer_list<Slot> slots = {});

/// A leaf of a condition: "eGFR below 30 mL/min/1.73 m²", "has kidney disease", "does not take loop diuretic".
void append_leaf(std::string& out, const base::Base& base, const base::Node& leaf);
/// A condition on one line: "any of (…; all of (…; …))".
void append_condition(std::string& out, const base::Base& base, const base::Node* node);

/// A sentence of a rule, about one record.
void append_sentence(std::string& out, const detail::Workspace& workspace, const detail::Record& record,
                     const base::Template& sentence);
/// What stands for a placeholder of such a sentence.
void append_slot(std::string& out, const detail::Workspace& workspace, const detail::Record& record, std::string_view slot);
/// "levothyroxine@06:30": a medication or a product of a record, with the dose time that matters.
void append_medication(std::string& out, const detail::Workspace& workspace, const detail::Record& record);
void append_product(std::string& out, const detail::Workspace& workspace, const detail::Record& record);

[[nodiscard]] std::vector<Used> used_by(const detail::Workspace& workspace, const detail::Record& record);
/// The smallest changes that would clear the findings of an assessment, one after another in memory that is reused.
class Changes {
 public:
  explicit Changes(const detail::Workspace& workspace) noexcept : workspace_{workspace} {}
  /// Valid until the next call.
  [[nodiscard]] const Change& smallest(const detail::Record& record);

 private:
  struct Dose {
    int product = -1, time = 0, width = 0;
    friend bool operator==(const Dose&, const Dose&) = default;
  };
  // To what time the record's dose of magnesium can be moved, or -1. Several findings are often about one dose.
  [[nodiscard]] int time_for(const detail::Record& record);

  const detail::Workspace& workspace_;
  Change change_;
  Dose moved_;
  int moved_to_ = -1;
  std::vector<facts::DoseTime> times_;
};
[[nodiscard]] inline Change smallest_change(const detail::Workspace& workspace, const detail::Record& record) {
  return Changes{workspace}.smallest(record);
}
[[nodiscard]] Finding finding_of(const detail::Workspace& workspace, const detail::Record& record);
[[nodiscard]] Source source_of(const base::Base& base, const base::Citation& citation) noexcept;

void append_headline(std::string& out, const detail::Workspace& workspace);
/// Asks that are missing, furthest reaching first. Returns how many.
std::size_t missing_of(const detail::Workspace& workspace, std::array<Missing, facts::ask_count>& missing) noexcept;
/// A measured fact, and why nobody waits for it.
[[nodiscard]] DidWithout did_without(const base::Base& base, std::size_t fact) noexcept;
[[nodiscard]] bool is_clear(const detail::Workspace& workspace) noexcept;

}  // namespace magnesia::words
