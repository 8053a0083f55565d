// Checker: may this person take this magnesium?
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/error.hpp"
#include "magnesia/knowledge.hpp"
#include "magnesia/patient.hpp"
#include "magnesia/regimen.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia {

/// How to judge. The same policy, knowledge and input give the same bytes (law 8): the date is an argument.
struct Policy {
  std::string authority = "us-nasem";   ///< whose limit; "strictest": the lowest of all that apply
  std::chrono::year_month_day as_of{};  ///< the day of the assessment; printed, and nothing else reads a clock
  bool history_settles = false;         ///< a complete history may settle a measurement, for the people that the knowledge names
  bool record_is_complete = false;      ///< the caller states that "at least" lists are in truth complete
};

/// Immutable; shared by any number of threads.
class Checker {
 public:
  explicit Checker(Knowledge knowledge, Policy policy = {});

  /// The answer, or the first fault of the input (validate() gives them all). Errors: out_of_range; too_large (more than 16,000
  /// medications, products, or doses of one); unknown_name for the authority of the policy. Time: proportional to the rules about
  /// the person plus those about each pair of drug and product.
  [[nodiscard]] Result<Assessment> assess(const Patient& patient, const Regimen& regimen) const;
  /// The same into an assessment that is reused: no allocation once it has grown to the size of the input.
  /// On an error `into` is left undecided, from none to contraindicated.
  [[nodiscard]] std::optional<Error> assess_into(Assessment& into, const Patient& patient, const Regimen& regimen) const;
  /// Every number that no person or product can have, with its place.
  [[nodiscard]] Errors validate(const Patient& patient, const Regimen& regimen) const;

  /// Why a rule did not fire for an assessment that this checker made, and what would have to be known or different: one sentence
  /// for each subject. Errors: unknown_name.
  [[nodiscard]] Result<std::vector<std::string>> why_not(const Assessment& assessment, std::string_view rule) const;
  /// What a rule says and when: its message, action, condition and sources in words. Errors: unknown_name.
  [[nodiscard]] Result<std::string> explain(std::string_view id) const;

  [[nodiscard]] const Knowledge& knowledge() const noexcept { return knowledge_; }
  [[nodiscard]] const Policy& policy() const noexcept { return policy_; }

 private:
  Knowledge knowledge_;
  Policy policy_;
  int authority_;  // index of the limit; -1 strictest; -2 unknown
};

}  // namespace magnesia
