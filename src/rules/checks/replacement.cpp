#include <algorithm>

#include "rules/checks/checks.hpp"

namespace magnesia::rules::checks {

namespace {

bool leads_back(const base::Base& base, std::uint16_t from, std::uint16_t to, std::vector<bool>& seen) {
  if (seen[from]) return false;
  seen[from] = true;
  return std::any_of(base.rules[from].replaces.begin(), base.rules[from].replaces.end(),
                     [&](std::uint16_t next) { return next == to || leads_back(base, next, to, seen); });
}

}  // namespace

void replacement(const Loaded& loaded, Errors& errors) {
  const base::Base& base = loaded.base;
  for (std::size_t i = 0; i < base.rules.size(); ++i) {
    const base::Rule& rule = base.rules[i];
    std::vector<bool> seen(base.rules.size(), false);
    if (leads_back(base, static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(i), seen))
      errors.push_back({ErrorKind::conflict, loaded.place_of_rule(i) + "/replaces", "rules that replace each other in a circle",
                        "rules that end in one that is in force"});
    for (const std::uint16_t replaced : rule.replaces) {
      const base::Rule& other = base.rules[replaced];
      const bool meet = rule.drug != base::no_concept && other.drug != base::no_concept && base.drugs.is_a(rule.drug, other.drug);
      if (!meet || rule.scope != other.scope)
        errors.push_back({ErrorKind::conflict, loaded.place_of_rule(i) + "/replaces", other.id,
                          "a rule of the same scope about a class that holds this rule's drug"});
    }
  }
}

}  // namespace magnesia::rules::checks
