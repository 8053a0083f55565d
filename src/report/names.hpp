// What reports say in the words of the knowledge.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/workspace.hpp"

namespace magnesia::report {

/// "severity.major" and the like: the text of a name in a group.
[[nodiscard]] std::string_view text_of(const base::Base& base, std::string_view group, std::string_view name);

/// A severity for people: "major"; "note" for what only informs.
[[nodiscard]] std::string_view severity_text(const base::Base& base, Severity severity);

/// "RxNorm": what a system of codes is called; the name in the documents where it is not one of these.
[[nodiscard]] std::string_view code_system(std::string_view name) noexcept;

/// How a product's statements were read, in sentences without figures. `keys` are keys of the texts ("reading.salt").
void append_readings(std::vector<std::string_view>& out, const base::Base& base, const std::vector<std::string_view>& keys);

/// The direction in which a fact is more dangerous; up where the knowledge names none.
[[nodiscard]] Rounding danger_of(facts::FactId fact) noexcept;
[[nodiscard]] Rounding danger_of(std::string_view fact) noexcept;

/// "301.5 mg", "52.1 to 80.9 mg", "at least 301.5 mg", or that it is not known.
[[nodiscard]] std::string range_text(const base::Base& base, const Interval<Exact>& value, std::string_view unit, int places);

/// What a finding is about, for people: "levothyroxine (06:30), magnesium oxide (07:30)"; empty where it is the person.
[[nodiscard]] std::string subject_of(const detail::Workspace& workspace, const detail::Record& record);

/// A fact that a finding rests on, for people: "eGFR: 24 mL/min/1.73 m², below 30 mL/min/1.73 m²", "osteoporosis: present".
[[nodiscard]] std::string basis_text(const base::Base& base, const Used& used);

/// The day of the assessment as YYYY-MM-DD; empty where none was given.
void append_day(std::string& out, std::chrono::year_month_day day);

}  // namespace magnesia::report
