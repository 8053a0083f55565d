// What is the same in every assessment with a base, as JSON: written once, when the base is loaded.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.hpp"

namespace magnesia::report {

struct Prepared {
  /// Literal JSON, or the value of a fact.
  struct Piece {
    std::string json;
    std::string_view slot;  ///< the base's name of a placeholder; empty: `json` is literal
  };
  /// A finding by a rule, but for what it depends on.
  struct Rule {
    std::string head;          ///< up to the status
    std::string grade;         ///< from there up to the subject
    std::vector<Piece> words;  ///< from there up to what it is because of
    std::string sources;       ///< from there up to the smallest change
  };
  struct Limit {
    std::string authority;
    std::string sources;  ///< of a limit that there is: from behind its unit
  };

  std::string head;  ///< up to the day of the assessment
  std::string notice;
  std::vector<Rule> rules;
  std::vector<Limit> limits;
  std::array<std::string, facts::measured_fact_count> did_without;  ///< by measured fact
};

[[nodiscard]] std::shared_ptr<const Prepared> prepare(const base::Base& base);

}  // namespace magnesia::report
