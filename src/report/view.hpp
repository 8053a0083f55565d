// An assessment as people read it: what text and pages have in common. Findings that say the same of several products are one;
// sources are numbered in the order in which they are first named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "magnesia/verdict.hpp"

namespace magnesia::report {

/// Where in a source a statement stands.
struct CitedPlace {
  std::size_t number = 0;  ///< from 1: View::sources[number - 1]
  std::string_view locator;
  bool confirmed = false;
};

struct FindingView {
  Severity severity = Severity::none;
  Status status = Status::possible;
  std::string_view topic;             ///< for people
  std::vector<std::string> subjects;  ///< none: the person
  std::string message;
  std::string action;
  std::string_view grade;            ///< of the strongest confirmed citation, for people
  std::vector<std::string> changes;  ///< what would clear it
  std::vector<std::string> remarks;  ///< that nothing would, or what would have to turn out
  std::string monitoring;
  std::string mechanism;
  std::string_view rule;
  std::vector<CitedPlace> references;
};

struct ProductView {
  std::string_view name;
  std::string dose;
  std::string per_day;
  std::vector<std::string> remarks;  ///< that it does not count
  std::vector<std::string_view> readings;
};

/// A source, and where in it what this assessment says is found.
struct SourceView {
  Source source;
  std::vector<std::string> locators;
};

struct Line {
  std::string_view what;
  std::string text;
};

struct View {
  std::string range;  ///< "Decided: major"
  std::string day;    ///< "as of 2026-11-24", or empty
  std::string notice;
  std::vector<FindingView> established;
  std::vector<FindingView> possible;
  std::string left_out;
  std::vector<ProductView> products;
  std::string intake;  ///< of all products that count
  std::string limit;
  bool above_limit = false;
  std::vector<Line> missing;  ///< what could be reached, the question
  std::vector<Line> settled;
  std::vector<Line> did_without;
  std::vector<Line> unrecognised;
  std::vector<Line> derived;
  std::vector<SourceView> sources;
};

/// `assessment` must have been made by a checker.
[[nodiscard]] View view_of(const Assessment& assessment, Severity min_severity);

}  // namespace magnesia::report
