// Reports: an assessment as JSON for programs, as text for a terminal, as a page for a browser. In target magnesia::knowledge.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "magnesia/elemental.hpp"
#include "magnesia/error.hpp"
#include "magnesia/knowledge.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia {

// Every sentence is the knowledge's. The same assessment gives the same bytes. Nothing is cut: what `min_severity` leaves out is
// counted in the report. Time and memory: proportional to what is written.

/// What all reports have in common.
struct ReportOptions {
  Severity min_severity = Severity::none;  ///< findings below it are left out, and counted
};

/// docs/contract.md, "Out: an assessment" (docs/schema/assessment-1.schema.json), on one line, without a line end. Magnesium
/// taken stands under "low" and "high", where null means unbounded; another value under "value" when it is certain, and else
/// likewise. Decimals of at most nine places are exact; others are rounded to six places, in the direction in which the value is
/// more dangerous.
void append_json(std::string& out, const Assessment& assessment, ReportOptions options = {});
[[nodiscard]] std::string to_json(const Assessment& assessment, ReportOptions options = {});

/// docs/contract.md, elemental/1 (docs/schema/elemental-1.schema.json), on one line, without a line end.
void append_json(std::string& out, std::span<const Elemental> items);
[[nodiscard]] std::string to_json(std::span<const Elemental> items);

/// docs/contract.md, error/1 (docs/schema/error-1.schema.json): what stands for a line of input that could not be read. `line`
/// counts from 1; `errors` must not be empty: the first is said in full, the others under "others".
void append_json(std::string& out, std::span<const Error> errors, std::size_t line);

/// How text is laid out.
struct TextOptions {
  int width = 80;       ///< columns, of one character each; from 40 on
  bool colour = false;  ///< ANSI sequences; a severity is always a word too
  Severity min_severity = Severity::none;
};

/// For a terminal: the headline, what to ask, the findings, the intake against its limit, and what it all rests on. Ends with a
/// line end. Characters that steer a terminal come out as U+FFFD.
[[nodiscard]] std::string to_text(const Assessment& assessment, TextOptions options = {});
/// `knowledge`: in whose words.
[[nodiscard]] std::string to_text(std::span<const Elemental> items, const Knowledge& knowledge, TextOptions options = {});

/// A page that needs nothing else: no scripts, no fonts, no network; light and dark, on paper, and for screen readers.
[[nodiscard]] std::string to_html(const Assessment& assessment, ReportOptions options = {});

}  // namespace magnesia
