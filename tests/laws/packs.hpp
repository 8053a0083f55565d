// Documents of invented packs.
#pragma once

#include <string>
#include <vector>

#include "magnesia/knowledge.hpp"

namespace magnesia::laws {

/// A rule to be written.
struct Statement {
  std::string id;
  std::string scope;
  std::string severity;
  std::string drug;  ///< empty: none
  std::string salt = {};
  std::string when = {};  ///< JSON; empty: always
  std::vector<std::string> replaces = {};
  int before = -1;  ///< minutes; -1: no such side
  int after = -1;
  bool confirmed = true;
  std::string source = "g-label";
};
/// What is remembered of a rule that was written.
struct Made {
  std::string id;
  std::string scope;
  std::string drug;
  std::string grade;
  int severity = 0;
};

[[nodiscard]] std::string write(const Statement& statement);
/// The embedded pack without its conditions, drugs and rules and with few salts and limits, and with three
/// sources: g-label, g-trial, g-consumer.
[[nodiscard]] Pack scaffold();
/// A pack of these documents to be laid over another. `sources`: with the three
/// sources, where the pack below lacks them.
[[nodiscard]] Pack overlay(const std::string& id, const std::vector<std::string>& documents, bool sources);

}  // namespace magnesia::laws
