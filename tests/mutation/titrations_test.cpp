// No statement of a titration can be lost or weakened without a case that fails.
#include <gtest/gtest.h>

#include <functional>

#include "base/base.hpp"
#include "document.hpp"
#include "knowledge/cases.hpp"
#include "magnesia/exact.hpp"

namespace magnesia::mutation {
namespace {

using knowledge::Case;
using knowledge::differences;

struct Change {
  std::string_view name;
  std::function<bool(Value&)> make;  ///< false: there is nothing to change
};

// A whole number of a quantity, one up or down.
bool move_by(Value* quantity, int by) {
  Value* const number = quantity == nullptr ? nullptr : quantity->find("value");
  if (number == nullptr) return false;
  number->text = Exact::add(*Exact::parse(number->text), by, Rounding::up).decimal(3);
  return true;
}

// Comparisons of a condition, wherever in it they stand.
bool move_thresholds(Value& condition, int by) {
  bool any = false;
  for (Value& child : condition.children) {
    const bool compares = child.key == "at_least" || child.key == "above" || child.key == "below" || child.key == "at_most";
    if (compares && child.find("unit") != nullptr && child.text_of("unit") == "a")
      any = move_by(&child, by) || any;
    else
      any = move_thresholds(child, by) || any;
  }
  return any;
}

bool withdraw(Value& part) {
  Value* const sources = part.find("sources");
  if (sources == nullptr) return false;
  for (Value& one : sources->children)
    if (Value* const confirmed = one.find("confirmed")) confirmed->text = "false";
  return true;
}

std::vector<Change> changes() {
  const auto dose = [](std::string key, int by) {
    return [key = std::move(key), by](Value& document) { return move_by(document.find("doses")->find(key), by); };
  };
  return {{"start raised", dose("start", 1)},
          {"start lowered", dose("start", -1)},
          {"step raised", dose("step", 1)},
          {"step lowered", dose("step", -1)},
          {"most raised", dose("most", 1)},
          {"most lowered", dose("most", -1)},
          {"interval shorter", [](Value& d) { return move_by(d.find("interval")->find("at_least"), -1); }},
          {"interval longer", [](Value& d) { return move_by(d.find("interval")->find("at_least"), 1); }},
          {"for everybody", [](Value& d) { return d.erase("for"), true; }},
          {"for younger people", [](Value& d) { return d.find("for") != nullptr && move_thresholds(*d.find("for"), -1); }},
          {"for older people", [](Value& d) { return d.find("for") != nullptr && move_thresholds(*d.find("for"), 1); }},
          {"confirmation of doses withdrawn", [](Value& d) { return withdraw(*d.find("doses")); }},
          {"confirmation of the interval withdrawn", [](Value& d) { return withdraw(*d.find("interval")); }},
          {"confirmation of the rest withdrawn", [](Value& d) { return withdraw(d); }}};
}

TEST(TitrationMutation, NoStatementOfATitrationCanBeLostOrWeakenedUnnoticed) {
  std::vector<std::string> faults;
  std::vector<Case> cases = knowledge::read_cases(std::string{MAGNESIA_SOURCE_DIR} + "/knowledge", faults);
  std::erase_if(cases, [](const Case& one) { return one.titration.empty(); });
  ASSERT_TRUE(faults.empty());
  Pack pack = Pack::embedded();
  pack.sha256 = "a mutant";
  json::Parser parser;
  int made = 0;
  for (Pack::Document& document : pack.documents) {
    if (!document.path.starts_with("titrations/")) continue;
    const std::string original = document.text;
    for (const Change& change : changes()) {
      Value value = value_of(**parser.parse(original));
      if (!change.make(value)) continue;
      ++made;
      document.text = written(value);
      const Result<Knowledge, Errors> loaded = Knowledge::load(std::span{&pack, 1});
      if (!loaded) continue;  // refused: noticed
      bool noticed = false;
      for (const Case& one : cases) noticed = noticed || !differences(one, *loaded).empty();
      EXPECT_TRUE(noticed) << document.path << ": " << change.name;
    }
    // Without the document there is none.
    document.text = original;
  }
  EXPECT_GE(made, 26);
}

}  // namespace
}  // namespace magnesia::mutation
