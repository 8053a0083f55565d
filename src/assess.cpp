// The way from a person to a verdict.
#include <algorithm>

#include "facts/collect.hpp"
#include "magnesia/checker.hpp"
#include "rules/evaluate.hpp"

namespace magnesia {

namespace {

constexpr int strictest = -1;
constexpr int unknown_authority = -2;

int authority_named(const base::Base& base, const std::string& id) {
  if (id == "strictest") return strictest;
  const auto found =
      std::find_if(base.limits.begin(), base.limits.end(), [&](const base::Limit& limit) { return limit.id == id; });
  return found == base.limits.end() ? unknown_authority : static_cast<int>(found - base.limits.begin());
}

Error no_such_authority(const base::Base& base, const std::string& id) {
  std::string expected = "strictest";
  for (const base::Limit& limit : base.limits) expected += ", " + limit.id;
  return {ErrorKind::unknown_name, "policy/authority", id, "one of " + expected};
}

void leave_undecided(detail::Workspace& workspace) {
  workspace.records.clear();
  workspace.covered.clear();
  workspace.at_least = Severity::none;
  workspace.at_most = Severity::contraindicated;
}

}  // namespace

Checker::Checker(Knowledge knowledge, Policy policy)
    : knowledge_{std::move(knowledge)},
      policy_{std::move(policy)},
      authority_{authority_named(*knowledge_.base(), policy_.authority)} {}

std::optional<Error> Checker::assess_into(Assessment& into, const Patient& patient, const Regimen& regimen) const {
  detail::Workspace& workspace = into.workspace();
  leave_undecided(workspace);
  if (authority_ == unknown_authority) return no_such_authority(*knowledge_.base(), policy_.authority);
  Errors errors;
  facts::validate(*knowledge_.base(), patient, regimen, errors);
  if (!errors.empty()) return std::move(errors.front());

  if (workspace.base != knowledge_.base()) workspace.base = knowledge_.base();
  workspace.authority = authority_;
  facts::collect(workspace, policy_, knowledge_, patient, regimen, errors);
  if (!errors.empty()) {
    leave_undecided(workspace);
    return std::move(errors.front());
  }
  rules::judge(workspace);
  return std::nullopt;
}

Result<Assessment> Checker::assess(const Patient& patient, const Regimen& regimen) const {
  Assessment assessment;
  if (std::optional<Error> error = assess_into(assessment, patient, regimen)) return std::move(*error);
  return assessment;
}

Errors Checker::validate(const Patient& patient, const Regimen& regimen) const {
  Errors errors;
  if (authority_ == unknown_authority) errors.push_back(no_such_authority(*knowledge_.base(), policy_.authority));
  facts::validate(*knowledge_.base(), patient, regimen, errors);
  const auto& products = regimen.products().items();
  for (std::size_t i = 0; i < products.size(); ++i)
    if (products[i].ingredients.empty())
      if (const Result<ReadLabel> label = read_label(products[i].label, knowledge_); label)
        facts::validate_label(*knowledge_.base(), *label, i, errors);
  return errors;
}

}  // namespace magnesia
