// Reports: an assessment as JSON for programs, as text for a terminal, as a page for a browser. In target magnesia::knowledge.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>

#include "magnesia/elemental.hpp"
#include "magnesia/error.hpp"
#include "magnesia/knowledge.hpp"
#include "magnesia/plan.hpp"
#include "magnesia/titration.hpp"
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

/// docs/contract.md, "Out: a plan" (docs/schema/plan-1.schema.json), on one line, without a line end.
void append_json(std::string& out, const Plan& plan);
[[nodiscard]] std::string to_json(const Plan& plan);
/// For a terminal: the day from top to bottom, why it is so, or what cannot hold together. Ends with a line end.
[[nodiscard]] std::string to_text(const Plan& plan, TextOptions options = {});
/// A picture of the day in black and white: a row for each medication and product, doses as dots, hours at which magnesium would
/// be too close hatched, meals as lines; with a title and a description for screen readers. Where there is no plan, it says so.
[[nodiscard]] std::string to_svg(const Plan& plan);
/// A page that needs nothing else, with the picture in it.
[[nodiscard]] std::string to_html(const Plan& plan);
/// iCalendar (RFC 5545): an event for each occasion, repeated each day or on its days of the week from `first_day` on, at the
/// time that the clock on the wall shows, wherever it hangs. No events where there is no plan. `first_day` must be a day of the
/// calendar.
[[nodiscard]] std::string to_ics(const Plan& plan, std::chrono::year_month_day first_day);

/// docs/contract.md, "Out: a titration" (docs/schema/titration-1.schema.json), on one line, without a line end.
void append_json(std::string& out, const Titration& titration);
[[nodiscard]] std::string to_json(const Titration& titration);
/// For a terminal: the steps, their ceiling, when to stop and whom to ask; or why there are none. Ends with a line end.
[[nodiscard]] std::string to_text(const Titration& titration, TextOptions options = {});

/// A page that needs nothing else: no scripts, no fonts, no network; light and dark, on paper, and for screen readers.
[[nodiscard]] std::string to_html(const Assessment& assessment, ReportOptions options = {});

}  // namespace magnesia
