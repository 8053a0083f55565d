// What reports say in the words of the knowledge.
#pragma once

#include <string>
#include <string_view>

#include "facts/workspace.hpp"

namespace magnesia::report {

/// "severity.major" and the like: the text of a name in a group.
[[nodiscard]] std::string_view text_of(const base::Base& base, std::string_view group, std::string_view name);

/// How a product's statements were read, in a sentence without figures: `reading` is a key of the texts ("reading.salt").
[[nodiscard]] std::string_view reading_text(const base::Base& base, std::string_view reading);

/// The direction in which a fact is more dangerous; up where the knowledge names none.
[[nodiscard]] Rounding danger_of(std::string_view fact) noexcept;

/// What a finding is about, for people: "levothyroxine 06:30, magnesium oxide 07:30"; empty where it is the person.
[[nodiscard]] std::string subject_of(const detail::Workspace& workspace, const detail::Record& record);

/// The day of the assessment as YYYY-MM-DD; empty where none was given.
void append_day(std::string& out, std::chrono::year_month_day day);

}  // namespace magnesia::report
