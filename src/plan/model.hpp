// Model: a person's day as a problem for the search, and what its parts were called.
#pragma once

#include <string>
#include <vector>

#include "facts/workspace.hpp"
#include "magnesia/plan.hpp"
#include "plan/problem.hpp"

namespace magnesia::plan {

struct Model {
  Problem problem;
  std::vector<PlanSubject> subjects;  ///< by entry
  std::vector<std::string> called;    ///< by entry
  std::vector<std::uint16_t> rules;   ///< by Separation::tag
  std::vector<Unplanned> unplanned;
};

/// `workspace`: of an assessment of the same person. Separations come with the most severe first.
[[nodiscard]] Model model_of(const detail::Workspace& workspace, const Patient& patient, const Regimen& regimen,
                             const Wishes& wishes);

/// So many minutes from a time of day on.
[[nodiscard]] TimeSpan span_of(int from, int width) noexcept;

/// A window where a solution is closest to breaking it.
[[nodiscard]] KeptWindow closest(const Model& model, const Separation& separation, const std::vector<std::vector<int>>& times,
                                 const base::Base& base);

/// What a constraint is called and says, for a pharmacist.
[[nodiscard]] Conflict words_of(const Model& model, const Constraint& constraint, const base::Base& base);

}  // namespace magnesia::plan
