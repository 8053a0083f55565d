#include <algorithm>

#include "rules/checks/checks.hpp"

namespace magnesia::rules::checks {

namespace {

using Others = std::vector<std::uint16_t> base::Rule::*;

bool leads_back(const base::Base& base, Others others, std::uint16_t from, std::uint16_t to, std::vector<bool>& seen) {
  if (seen[from]) return false;
  seen[from] = true;
  return std::any_of((base.rules[from].*others).begin(), (base.rules[from].*others).end(),
                     [&](std::uint16_t next) { return next == to || leads_back(base, others, next, to, seen); });
}

}  // namespace

void replacement(const Loaded& loaded, Errors& errors) {
  const base::Base& base = loaded.base;
  for (std::size_t i = 0; i < base.rules.size(); ++i) {
    const base::Rule& rule = base.rules[i];
    const auto at = static_cast<std::uint16_t>(i);
    const auto in_a_circle = [&](Others others, std::string_view key, std::string_view found) {
      std::vector<bool> seen(base.rules.size(), false);
      if (leads_back(base, others, at, at, seen))
        errors.push_back({ErrorKind::conflict, loaded.place_of_rule(i) + std::string{key}, std::string{found},
                          "rules that end in one that is in force"});
    };
    in_a_circle(&base::Rule::replaces, "/replaces", "rules that replace each other in a circle");
    in_a_circle(&base::Rule::covered_by, "/covered_by", "rules that cover each other in a circle");
    for (const std::uint16_t by : rule.covered_by)
      if (base.rules[by].scope != base::Scope::person || rule.scope != base::Scope::person)
        errors.push_back({ErrorKind::conflict, loaded.place_of_rule(i) + "/covered_by", std::string{base.rules[by].id},
                          "a rule about the person, in one that is about the person too"});
    for (const std::uint16_t replaced : rule.replaces) {
      const base::Rule& other = base.rules[replaced];
      const bool meet = rule.drug != base::no_concept && other.drug != base::no_concept && base.drugs.is_a(rule.drug, other.drug);
      if (!meet || rule.scope != other.scope)
        errors.push_back({ErrorKind::conflict, loaded.place_of_rule(i) + "/replaces", std::string{other.id},
                          "a rule of the same scope about a class that holds this rule's drug"});
    }
  }
}

}  // namespace magnesia::rules::checks
