#include "knowledge/cases.hpp"

#include <algorithm>
#include <filesystem>

#include "base/base.hpp"
#include "facts/workspace.hpp"
#include "json/parse.hpp"
#include "json/read_file.hpp"
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
    one.kind = text_of(node, "kind");
    if (node.find("authority") != nullptr) one.authority = text_of(node, "authority");
    if (const Node* const settles = node.find("history_settles")) one.history_settles = settles->is_true();
    const Node* const request = node.find("request");
    const Node* const expect = node.find("expect");
    Errors errors;
    if (request != nullptr) request::read(*request, one.request, errors);
    if (request == nullptr || expect == nullptr || one.name.empty() || one.rule.empty() || !errors.empty()) {
      faults.push_back(path + ": " + one.name + ": " + (errors.empty() ? "a part is missing" : describe(errors.front())));
      continue;
    }
    if (one.kind != "fires" && one.kind != "boundary" && one.kind != "beyond")
      faults.push_back(path + ": " + one.name + ": kind " + one.kind);
    for (const Node& child : expect->children()) {
      static const std::vector<std::string_view> keys{"established", "possible", "silent",  "at_least",
                                                      "at_most",     "severity", "decided", "clearance"};
      if (std::find(keys.begin(), keys.end(), child.key()) == keys.end())
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
    if (one.established.empty() && one.possible.empty() && one.silent.empty())
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

std::vector<std::string> differences(const Case& one, const Knowledge& knowledge) {
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
    all.push_back(*one.clearance ? "no clearance" : "a clearance, though none is expected");
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
