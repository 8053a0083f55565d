#include "tests/naive/facts.hpp"

#include "facts/vocabulary.hpp"
#include "magnesia/renal.hpp"
#include "tests/naive/evaluator.hpp"
#include "tests/naive/limit.hpp"
#include "tests/naive/products.hpp"

namespace magnesia::naive {

Tri Set::holds(const std::string& id) const {
  if (surely.contains(id)) return Tri::yes;
  return maybe.contains(id) || open ? Tri::unknown : Tri::no;
}

Causes Set::causes(const std::string& id) const {
  if (maybe.contains(id)) return {"which one"};
  return open ? Causes{because_open} : Causes{};
}

namespace {

template <class T>
Number told(const Fact<T>& fact, const std::string& id) {
  const T* const known = fact.if_known();
  return known == nullptr ? Number{{Exact{}, Exact::infinity()}, {id}, false} : Number{known->base(), {}, false};
}

template <class T>
Number told(const Figure<T>& figure, const std::string& id) {
  const auto within = figure.within();
  if (!within) return {{Exact{}, Exact::infinity()}, {id}, false};
  return {{within->low.base(), within->high.base()}, within->is_point() ? Causes{} : Causes{id}, false};
}

Number estimated(const std::optional<renal::Estimate>& estimate, const std::string& id, const Patient& patient) {
  if (!estimate) return {{Exact{}, Exact::infinity()}, {id}, false};
  Number number{estimate->value, {}, false};
  if (estimate->value.is_point()) return number;
  if (estimate->equation == renal::Equation::as_given) {
    number.causes.insert(id);
  } else {
    if (!patient.sex.known()) number.causes.insert("sex");
    if (!patient.age.known()) number.causes.insert("age");
  }
  return number;
}

bool anything_known(const Number& number) { return number.value.high.finite() || number.value.low > Exact{}; }

Flag told(const Fact<bool>& fact) { return {!fact.known() ? Tri::unknown : fact.value_or(false) ? Tri::yes : Tri::no, false}; }

void measure(Facts& facts, const Patient& patient) {
  facts.numbers = {{"age", told(patient.age, "age")},
                   {"weight", told(patient.weight, "weight")},
                   {"height", told(patient.height, "height")},
                   {"egfr", estimated(renal::choose(patient), "egfr", patient)},
                   {"creatinine-clearance", estimated(renal::choose_clearance(patient), "creatinine-clearance", patient)},
                   {"serum-magnesium", told(patient.labs.serum_magnesium, "serum-magnesium")},
                   {"ferritin", told(patient.labs.ferritin, "ferritin")},
                   {"transferrin-saturation", told(patient.labs.transferrin_saturation, "transferrin-saturation")},
                   {"heart-rate", told(patient.signs.heart_rate, "heart-rate")},
                   {"systolic-blood-pressure", told(patient.signs.systolic_blood_pressure, "systolic-blood-pressure")},
                   {"pr-interval", told(patient.signs.pr_interval, "pr-interval")}};
  const Sex* const sex = patient.sex.if_known();
  facts.flags = {{"pregnant", told(patient.pregnant)},
                 {"lactating", told(patient.lactating)},
                 {"on-dialysis", told(patient.dialysis)},
                 {"female",
                  {sex == nullptr        ? Tri::unknown
                   : *sex == Sex::female ? Tri::yes
                                         : Tri::no,
                   false}},
                 {"male",
                  {sex == nullptr      ? Tri::unknown
                   : *sex == Sex::male ? Tri::yes
                                       : Tri::no,
                   false}}};
  if (sex != nullptr && *sex == Sex::male && !patient.pregnant.known()) facts.flags["pregnant"].tri = Tri::no;
  // Of somebody who may not be pregnant, no comparison of the trimester is sure.
  const Interval<Exact> any =
      facts.flags["pregnant"].tri == Tri::yes ? Interval<Exact>{1, 3} : Interval<Exact>{0, Exact::infinity()};
  const int* const trimester = patient.trimester.if_known();
  facts.numbers["trimester"] = trimester != nullptr ? Number{Exact{*trimester}, {}, false}
                                                    : Number{any, {"trimester"}, facts.flags["pregnant"].tri == Tri::no};
}

// "figure": "reported": as reports show it.
void round_figures(Facts& facts, const Documents& documents) {
  for (auto& [id, number] : facts.numbers) {
    if (text(*documents.questions.at(id), "figure") != "reported") continue;
    const facts::FactInfo& shown = facts::info(*facts::fact_named(id));
    Exact step = shown.unit_factor;
    for (int place = 0; place < shown.places; ++place) step = Exact::divide(step, 10, Rounding::down);
    number.value = {number.value.low.rounded_to(step), number.value.high.rounded_to(step)};
  }
}

bool unread(const Patient& patient, Unread::About about) {
  for (const Unread& one : patient.unread)
    if (one.about == about) return true;
  return false;
}

void list_conditions(Facts& facts, const Documents& documents, const Patient& patient, const Policy& policy) {
  facts.conditions.open = is_open(patient.conditions.completeness(), policy) || unread(patient, Unread::About::condition);
  std::vector<std::string> listed;
  for (const Condition& condition : patient.conditions.items()) {
    if (const auto id = documents.conditions.find(condition.term()))
      listed.push_back(*id);
    else
      facts.conditions.open = true;
  }
  std::set<std::string> settled;
  for (const auto& [id, fact] : documents.settled_by)
    if (facts.numbers.at(fact).causes.empty()) settled.insert(id);
  list_concepts(facts.conditions, documents.conditions, listed, settled);

  const Term* const purpose = patient.purpose.if_known();
  if (purpose == nullptr) return;
  if (const auto id = documents.conditions.find(*purpose)) {
    facts.purpose_absent = false;
    list_concepts(facts.purpose, documents.conditions, {*id}, {});
  }
}

void list_medications(Facts& facts, const Documents& documents, const Patient& patient, const Policy& policy) {
  facts.medications_open = is_open(patient.medications.completeness(), policy) || unread(patient, Unread::About::medication);
  std::vector<std::string> listed;
  for (std::size_t i = 0; i < patient.medications.items().size(); ++i) {
    const Taken& taken = patient.medications.items()[i];
    const auto id = documents.drugs.find(taken.term());
    if (!id) {
      facts.medications_open = true;
      continue;
    }
    Number per_day;
    listed.push_back(*id);
    facts.taken.push_back({*id, doses_of(taken.schedule(), per_day), static_cast<int>(i)});
  }
  facts.medications.open = facts.medications_open;
  list_concepts(facts.medications, documents.drugs, listed, {});
}

// What is not known and not awaited is absent.
void settle(Facts& facts, const Documents& documents, const Policy& policy) {
  static const std::map<std::string, std::vector<std::string>> flags_of{
      {"pregnancy", {"pregnant"}}, {"lactation", {"lactating"}}, {"dialysis", {"on-dialysis"}}, {"sex", {"female", "male"}}};
  const auto drop = [&](const std::string& question) {
    if (const auto flags = flags_of.find(question); flags != flags_of.end()) {
      for (const std::string& flag : flags->second) facts.flags[flag].absent = facts.flags[flag].tri == Tri::unknown;
    } else if (const auto number = facts.numbers.find(question);
               number != facts.numbers.end() && !number->second.causes.empty()) {
      if (!anything_known(number->second) || question == "trimester") number->second.absent = true;
    }
  };
  for (const auto& [id, question] : documents.questions)
    if (text(*question, "awaited") == "never") drop(id);
  std::set<std::string> dropped;
  for (std::size_t before = 1; before != dropped.size();) {  // what waits for what is absent is absent too
    before = dropped.size();
    for (const auto& [id, question] : documents.questions)
      if (text(*question, "awaited") == "when" && truth_of(*question->find("when"), facts, nullptr).tri == Tri::no)
        if (dropped.insert(id).second) drop(id);
  }
  std::vector<std::string> not_awaited;
  if (policy.history_settles)
    for (const auto& [id, question] : documents.questions)
      if (const std::string other = text(*question, "settled_with"); !other.empty())
        if (const json::Node* const settles = documents.questions.at(other)->find("settles");
            settles != nullptr && confirmed(*settles) && truth_of(*settles->find("when"), facts, nullptr).tri == Tri::yes)
          not_awaited.push_back(id);
  for (const std::string& id : not_awaited) drop(id);

  if (!policy.history_settles) return;
  for (const auto& [id, question] : documents.questions) {
    const json::Node* const settles = question->find("settles");
    const auto number = facts.numbers.find(id);
    if (settles == nullptr || !confirmed(*settles) || number == facts.numbers.end()) continue;
    if (number->second.causes.empty() || number->second.absent) continue;
    if (number->second.value.high.finite()) continue;  // an estimate over both sexes
    if (truth_of(*settles->find("when"), facts, nullptr).tri == Tri::yes)
      number->second.value.low =
          std::max(number->second.value.low, quantity(*settles->find("at_least"), id == "serum-magnesium"));
  }
}

}  // namespace

Facts facts_of(const Documents& documents, const Patient& patient, const Regimen& regimen, const Policy& policy) {
  Facts facts;
  measure(facts, patient);
  round_figures(facts, documents);
  list_conditions(facts, documents, patient, policy);
  list_medications(facts, documents, patient, policy);
  add_products(facts, documents, regimen, policy);
  facts.magnesium_open = facts.magnesium_open || unread(patient, Unread::About::label);
  settle(facts, documents, policy);
  facts.numbers["limit"] = limit_of(documents, facts, policy.authority);
  return facts;
}

}  // namespace magnesia::naive
