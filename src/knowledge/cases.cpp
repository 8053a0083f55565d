#include "knowledge/cases.hpp"

#include <algorithm>
#include <filesystem>

#include "base/base.hpp"
#include "facts/workspace.hpp"
#include "json/parse.hpp"
#include "json/read_file.hpp"
#include "magnesia/titration.hpp"
#include "request/request.hpp"

namespace magnesia::knowledge {

using json::Node;
using json::Type;

namespace {

std::string text_of(const Node& node, std::string_view key) {
  const Node* const found = node.find(key);
  return found == nullptr ? std::string{} : std::string{found->text()};
}

std::vector<std::string> list_of(const Node& node, std::string_view key) {
  std::vector<std::string> all;
  if (const Node* const found = node.find(key); found != nullptr)
    for (const Node& one : found->children()) all.emplace_back(one.text());
  return all;
}

// {"value": 10, "unit": "mmol"} of magnesium, in mg.
std::optional<Exact> magnesium_of(const Node* node) {
  const Node* const value = node == nullptr ? nullptr : node->find("value");
  const Node* const unit = node == nullptr ? nullptr : node->find("unit");
  if (value == nullptr || unit == nullptr) return {};
  const Result<Exact> number = Exact::parse(value->text());
  const Result<FoundUnit> found = find_unit(unit->text());
  if (!number || !found) return {};
  const Exact amount = Exact::multiply(*number, found->factor, Rounding::up);
  if (found->dimension == Dimension::mass) return amount;
  if (found->dimension == Dimension::substance) return elemental_mass_of(Substance::of_base(amount)).base();
  return {};
}

// What a case of a titration expects. False: a part is missing.
bool read_titration(const Node& expect, Case& one) {
  one.refused = text_of(expect, "refused");
  one.ceiling = magnesium_of(expect.find("ceiling"));
  if (text_of(expect, "evidence") == "possible") one.evidence = Status::possible;
  const Node* const steps = expect.find("steps");
  if (steps == nullptr) return !one.refused.empty();
  for (const Node& step : steps->children()) {
    const std::optional<Exact> per_day = magnesium_of(step.find("per_day"));
    const Result<Exact> day = Exact::parse(text_of(step, "day"));
    if (!per_day || !day) return false;
    one.steps.push_back({static_cast<int>(day->rounded_to(1).numerator()), *per_day});
  }
  return one.refused.empty() && !one.steps.empty();
}

void read_file_of_cases(const std::string& path, std::vector<Case>& cases, std::vector<std::string>& faults) {
  const Result<std::string> text = json::read_file(path, std::size_t{16} << 20U);
  if (!text) return faults.push_back(describe(text.error()));
  json::Parser parser;
  const Result<const Node*, Errors> root = parser.parse(*text);
  if (!root) return faults.push_back(path + ": " + describe(root.error().front()));
  const Node* const list = (*root)->find("cases");
  if (list == nullptr || list->type() != Type::array) return faults.push_back(path + ": no cases");
  for (const Node& node : list->children()) {
    Case one;
    one.file = path;
    one.name = text_of(node, "name");
    one.rule = text_of(node, "rule");
    one.titration = text_of(node, "titration");
    one.kind = text_of(node, "kind");
    if (node.find("authority") != nullptr) one.authority = text_of(node, "authority");
    if (const Node* const settles = node.find("history_settles")) one.history_settles = settles->is_true();
    const Node* const request = node.find("request");
    const Node* const expect = node.find("expect");
    Errors errors;
    if (request != nullptr) request::read(*request, one.request, errors);
    const bool of_one = one.rule.empty() != one.titration.empty();
    const bool complete = request != nullptr && expect != nullptr && !one.name.empty() && of_one && errors.empty() &&
                          (one.titration.empty() || read_titration(*expect, one));
    if (!complete) {
      faults.push_back(path + ": " + one.name + ": " + (errors.empty() ? "a part is missing" : describe(errors.front())));
      continue;
    }
    if (one.kind != "fires" && one.kind != "boundary" && one.kind != "beyond")
      faults.push_back(path + ": " + one.name + ": kind " + one.kind);
    for (const Node& child : expect->children()) {
      static const std::vector<std::string_view> keys{"established", "possible", "silent",  "at_least",
                                                      "at_most",     "severity", "decided", "clearance"};
      static const std::vector<std::string_view> of_titration{"refused", "steps", "ceiling", "evidence"};
      const std::vector<std::string_view>& allowed = one.titration.empty() ? keys : of_titration;
      if (std::find(allowed.begin(), allowed.end(), child.key()) == allowed.end())
        faults.push_back(path + ": " + one.name + ": unknown key " + std::string{child.key()});
    }
    one.established = list_of(*expect, "established");
    one.possible = list_of(*expect, "possible");
    one.silent = list_of(*expect, "silent");
    one.at_least = severity_named(text_of(*expect, "at_least"));
    one.at_most = severity_named(text_of(*expect, "at_most"));
    one.severity = severity_named(text_of(*expect, "severity"));
    if (const Node* const decided = expect->find("decided")) one.decided = decided->is_true();
    if (const Node* const clearance = expect->find("clearance")) one.clearance = clearance->is_true();
    if (one.titration.empty() && one.established.empty() && one.possible.empty() && one.silent.empty())
      faults.push_back(path + ": " + one.name + ": expects nothing");
    cases.push_back(std::move(one));
  }
}

}  // namespace

std::vector<Case> read_cases(const std::string& folder, std::vector<std::string>& faults) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder})
    if (entry.path().string().ends_with(".cases.json")) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::vector<Case> cases;
  for (const std::string& path : paths) read_file_of_cases(path, cases, faults);
  return cases;
}

namespace {

std::vector<std::string> differences_of_titration(const Case& one, const Checker& checker) {
  const Result<Titration> answer = plan_titration(checker, one.request.patient, one.request.regimen);
  if (!answer) return {describe(answer.error())};
  const Titration& titration = *answer;
  std::vector<std::string> all;
  const std::string refused{titration.refusal == TitrationRefusal::none ? std::string_view{} : name(titration.refusal)};
  if (refused != one.refused)
    all.push_back("it is " + (refused.empty() ? "not refused" : "refused for " + refused) + ", not " +
                  (one.refused.empty() ? "planned" : one.refused));
  const bool about_another = titration.id != one.titration && titration.refusal != TitrationRefusal::purpose &&
                             titration.refusal != TitrationRefusal::unsourced && titration.refusal != TitrationRefusal::product;
  if (about_another) all.push_back("it is the titration " + std::string{titration.id});
  if (one.refused.empty() && titration.evidence != one.evidence) all.push_back("it is " + std::string{name(titration.evidence)});
  constexpr Exact shown = Exact::ratio(1, 1000);  // a share of a salt has no end of digits
  const auto same = [&](const TitrationStep& step, const Case::Step& expected) {
    return step.day == expected.day && step.per_day.base().rounded_to(shown) == expected.per_day.rounded_to(shown);
  };
  if (!std::equal(titration.steps.begin(), titration.steps.end(), one.steps.begin(), one.steps.end(), same)) {
    std::string steps;
    for (const TitrationStep& step : titration.steps)
      steps += " day " + std::to_string(step.day) + ": " + step.per_day.base().decimal(3) + " mg";
    all.push_back("its steps are" + (steps.empty() ? " none" : steps));
  }
  if (one.ceiling && one.ceiling->rounded_to(shown) != titration.ceiling.base().rounded_to(shown))
    all.push_back("its ceiling is " + titration.ceiling.base().decimal(3) + " mg");
  return all;
}

}  // namespace

std::string subject(const Case& one) { return one.titration.empty() ? "rule " + one.rule : "titration " + one.titration; }

std::vector<std::string> differences(const Case& one, const Knowledge& knowledge) {
  if (!one.titration.empty())
    return differences_of_titration(one,
                                    Checker{knowledge, {.authority = one.authority, .history_settles = one.history_settles}});
  const Result<Assessment> answer =
      Checker{knowledge, {.authority = one.authority, .history_settles = one.history_settles}}.assess(one.request.patient,
                                                                                                      one.request.regimen);
  if (!answer) return {describe(answer.error())};
  const Assessment& assessment = *answer;
  std::vector<std::string> all;
  const detail::Workspace& workspace = assessment.workspace();
  std::vector<detail::Record> records = workspace.records;  // listed or covered: a case is about its rule
  records.insert(records.end(), workspace.covered.begin(), workspace.covered.end());
  const auto count = [&](const std::string& rule, std::optional<Status> status) {
    return std::count_if(records.begin(), records.end(), [&](const detail::Record& record) {
      return workspace.base->rules[record.rule].id == rule && (!status || record.status == *status);
    });
  };
  for (const std::string& rule : one.established)
    if (count(rule, Status::established) == 0)
      all.push_back(rule + " is not established" + (count(rule, Status::possible) != 0 ? ", only possible" : ""));
  for (const std::string& rule : one.possible)
    if (count(rule, Status::possible) == 0)
      all.push_back(rule + " is not possible" + (count(rule, Status::established) != 0 ? ", but established" : ""));
  for (const std::string& rule : one.silent)
    if (count(rule, std::nullopt) != 0) all.push_back(rule + " is not silent");
  const auto differs = [&](std::string_view what, std::optional<Severity> expected, Severity found) {
    if (expected && *expected != found)
      all.push_back(std::string{what} + " is " + std::string{name(found)} + ", not " + std::string{name(*expected)});
  };
  // "at_least": "major" says that the verdict is no milder; other rules may raise it further.
  if (one.at_least && assessment.at_least() < *one.at_least) differs("at_least", one.at_least, assessment.at_least());
  differs("at_most", one.at_most, assessment.at_most());
  if (one.clearance && *one.clearance != assessment.clearance().has_value())
    all.emplace_back(*one.clearance ? "no clearance" : "a clearance, though none is expected");
  if (one.severity) {
    const auto found = std::find_if(records.begin(), records.end(), [&](const detail::Record& record) {
      return workspace.base->rules[record.rule].id == one.rule;
    });
    if (found == records.end())
      all.push_back(one.rule + " finds nothing");
    else
      differs(one.rule, one.severity, workspace.base->rules[found->rule].severity);
  }
  if (one.decided && *one.decided != assessment.decided()) all.emplace_back(*one.decided ? "not decided" : "decided");
  return all;
}

}  // namespace magnesia::knowledge
