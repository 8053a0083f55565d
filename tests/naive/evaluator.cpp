#include "tests/naive/evaluator.hpp"

#include <algorithm>

#include "facts/workspace.hpp"
#include "tests/naive/judge.hpp"

namespace magnesia::naive {

using json::Node;

namespace {

Tri turned(Tri tri, bool turn) { return !turn ? tri : tri == Tri::yes ? Tri::no : tri == Tri::no ? Tri::yes : Tri::unknown; }

// Whether `a relation b` is so of every pair of values, of none, or of some.
Tri compare(const Interval<Exact>& a, std::string_view relation, const Interval<Exact>& b) {
  if (relation == "above") return compare(b, "below", a);
  if (relation == "at_least") return compare(b, "at_most", a);
  const bool strict = relation == "below";
  const bool always = strict ? a.high < b.low : a.high <= b.low;
  const bool never = strict ? a.low >= b.high : a.low > b.high;
  return always ? Tri::yes : never ? Tri::no : Tri::unknown;
}

const Number& number_of(const std::string& id, const Facts& facts, const Product* product) {
  static const Number none{{}, {}, true};
  if (const auto found = facts.numbers.find(id); found != facts.numbers.end()) return found->second;
  if (product == nullptr) return none;
  const auto found = product->numbers.find(id);
  return found == product->numbers.end() ? none : found->second;
}

Truth comparison(const Node& node, const Facts& facts, const Product* product, bool negated) {
  const std::string id = text(node, "fact");
  const Number& number = number_of(id, facts, product);
  for (const std::string relation : {"below", "at_most", "above", "at_least"}) {
    const Node* const with = node.find(relation);
    if (with == nullptr) continue;
    const bool of_facts = with->find("fact") != nullptr;
    const Number other =
        of_facts ? number_of(text(*with, "fact"), facts, product) : Number{quantity(*with, id == "serum-magnesium"), {}, false};
    if (number.absent || other.absent) return {Tri::no, {}};
    const Tri tri = turned(compare(number.value, relation, other.value), negated);
    if (tri != Tri::unknown) return {tri, {}};
    Causes causes;
    for (const Number* one : {&number, &other})
      if (!one->value.is_point()) causes.insert(one->causes.begin(), one->causes.end());
    return {tri, causes};
  }
  return {};
}

Truth member(const Set& set, const std::string& id, bool negated) {
  const Tri tri = set.holds(id);
  return {turned(tri, negated), tri == Tri::unknown ? set.causes(id) : Causes{}};
}

Truth counted(const std::vector<Truth>& parts, std::size_t needed) {
  std::size_t surely = 0;
  std::size_t maybe = 0;
  Truth truth{Tri::unknown, {}};
  for (const Truth& part : parts) {
    surely += part.tri == Tri::yes ? 1 : 0;
    maybe += part.tri != Tri::no ? 1 : 0;
    if (part.tri == Tri::unknown) truth.causes.insert(part.causes.begin(), part.causes.end());
  }
  if (surely >= needed) return {Tri::yes, {}};
  if (maybe < needed) return {Tri::no, {}};
  return truth;
}

}  // namespace

Truth truth_of(const Node& condition, const Facts& facts, const Product* product, bool negated) {
  const auto parts_of = [&](const Node& list) {
    std::vector<Truth> parts;
    for (const Node& part : list.children()) parts.push_back(truth_of(part, facts, product, negated));
    return parts;
  };
  if (const Node* const inner = condition.find("not")) return truth_of(*inner, facts, product, !negated);
  if (const Node* const all = condition.find("all")) {  // not all: any that is not
    const auto parts = parts_of(*all);
    return counted(parts, negated ? 1 : parts.size());
  }
  if (const Node* const any = condition.find("any")) {
    const auto parts = parts_of(*any);
    return counted(parts, negated ? parts.size() : 1);
  }
  if (const Node* const some = condition.find("at_least_n")) {  // fewer than n of m: at least m - n + 1 that are not
    const auto parts = parts_of(*some->find("of"));
    const auto n = static_cast<std::size_t>(Exact::parse(some->find("n")->text())->rounded_to(1).numerator());
    return counted(parts, negated ? parts.size() - n + 1 : n);
  }
  if (condition.find("fact") != nullptr) return comparison(condition, facts, product, negated);
  if (condition.find("condition") != nullptr) return member(facts.conditions, text(condition, "condition"), negated);
  if (condition.find("drug") != nullptr) return member(facts.medications, text(condition, "drug"), negated);
  if (condition.find("salt") != nullptr)
    return member(product != nullptr ? product->salts : facts.salts, text(condition, "salt"), negated);
  if (condition.find("purpose") != nullptr)
    return facts.purpose_absent ? Truth{Tri::no, {}} : member(facts.purpose, text(condition, "purpose"), negated);
  const Flag& flag = facts.flags.at(text(condition, "is"));
  if (flag.absent) return {Tri::no, {}};
  return {turned(flag.tri, negated), flag.tri == Tri::unknown ? Causes{text(condition, "is")} : Causes{}};
}

Answer Evaluator::evaluate(const Patient& patient, const Regimen& regimen, const Policy& policy) const {
  const Facts facts = facts_of(documents_, patient, regimen, policy);
  Answer answer = findings_of(documents_, facts);
  answer.at_most = std::max(answer.at_most, worst_of_what_nobody_listed(documents_, facts));
  return answer;
}

Answer answer_of(const Assessment& assessment) {
  const detail::Workspace& workspace = assessment.workspace();
  Answer answer{{}, assessment.at_least(), assessment.at_most()};
  std::vector<detail::Record> records = workspace.records;  // to list one finding for many is no matter of truth
  records.insert(records.end(), workspace.covered.begin(), workspace.covered.end());
  for (const detail::Record& record : records) {
    const auto* medication =
        record.medication < 0 ? nullptr : &workspace.medications[static_cast<std::size_t>(record.medication)];
    const auto* product = record.product < 0 ? nullptr : &workspace.products[static_cast<std::size_t>(record.product)];
    answer.findings.push_back(
        {std::string{workspace.base->rules[record.rule].id},
         subject_of(medication == nullptr ? -1 : medication->entry, product == nullptr ? -1 : product->entry,
                    product != nullptr && product->from_medication),
         record.status});
  }
  std::sort(answer.findings.begin(), answer.findings.end());
  return answer;
}

std::string subject_of(int medication, int product, bool from_medication) {
  std::string subject = medication < 0 ? std::string{} : "medications[" + std::to_string(medication) + ']';
  if (product < 0) return subject;
  if (!subject.empty()) subject += ' ';
  return subject +
         (from_medication ? "magnesium(" + std::to_string(product) + ')' : "magnesium[" + std::to_string(product) + ']');
}

std::string difference(const Answer& naive, const Answer& compiled) {
  std::string out;
  const auto only = [&](const Answer& in, const Answer& than, std::string_view whose) {
    for (const Said& said : in.findings)
      if (std::find(than.findings.begin(), than.findings.end(), said) == than.findings.end())
        out += std::string{whose} + " only: " + said.rule + ' ' + std::string{name(said.status)} + ' ' + said.subject + '\n';
  };
  only(naive, compiled, "naive");
  only(compiled, naive, "compiled");
  if (naive.findings.size() != compiled.findings.size()) out += "not the same number of findings\n";
  const auto range = [](const Answer& of) { return std::string{name(of.at_least)} + " to " + std::string{name(of.at_most)}; };
  if (range(naive) != range(compiled)) out += "naive " + range(naive) + ", compiled " + range(compiled) + '\n';
  return out;
}

}  // namespace magnesia::naive
