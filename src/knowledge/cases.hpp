// The cases that stand beside the knowledge: people, and what a source says of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "magnesia/checker.hpp"
#include "magnesia/request.hpp"

namespace magnesia::knowledge {

struct Case {
  std::string file;
  std::string name;
  std::string rule;                   ///< empty: of a titration
  std::string titration;              ///< its id
  std::string kind;                   ///< fires, boundary, beyond
  std::string authority{"us-nasem"};  ///< whose limit
  bool history_settles = false;       ///< as in the policy
  Request request;
  std::vector<std::string> established, possible, silent;
  std::optional<Severity> at_least, at_most;
  std::optional<Severity> severity;  ///< of what its rule finds, where others find worse
  std::optional<bool> decided, clearance;

  // Of a titration: why it is refused, or its steps.
  struct Step {
    int day = 0;
    Exact per_day;  ///< mg of magnesium
  };
  std::string refused;
  std::vector<Step> steps;
  std::optional<Exact> ceiling;  ///< mg
  Status evidence = Status::established;
};

/// All cases of a folder of knowledge. Files or cases that can't be read are named in `faults`.
[[nodiscard]] std::vector<Case> read_cases(const std::string& folder, std::vector<std::string>& faults);

/// "rule dose.over-limit", "titration constipation-magnesium-oxide": what the case is about.
[[nodiscard]] std::string subject(const Case& one);

/// How what the knowledge says differs from what a case expects; empty where it does not.
[[nodiscard]] std::vector<std::string> differences(const Case& one, const Knowledge& knowledge);

}  // namespace magnesia::knowledge
