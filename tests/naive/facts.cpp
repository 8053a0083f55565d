#include "tests/naive/facts.hpp"

#include "facts/vocabulary.hpp"
#include "magnesia/renal.hpp"
#include "tests/naive/evaluator.hpp"
#include "tests/naive/limit.hpp"

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

// Concepts as somebody listed them: what is surely so, and what the wider ones among them leave open.
void list_concepts(Set& set, const Concepts& concepts, const std::vector<std::string>& listed,
                   const std::set<std::string>& settled) {
  for (const std::string& id : listed) set.surely.insert(concepts.above.at(id).begin(), concepts.above.at(id).end());
  for (const std::string& id : listed) {
    const std::set<std::string> below = concepts.below(id);
    bool told = settled.contains(id);
    for (const std::string& other : listed) told = told || below.contains(other);
    if (!told) set.maybe.insert(below.begin(), below.end());
  }
}

bool is_open(Completeness completeness, const Policy& policy) {
  return completeness == Completeness::unknown || (completeness == Completeness::at_least && !policy.record_is_complete);
}

template <class T>
Number told(const Fact<T>& fact, const std::string& id) {
  const T* const known = fact.if_known();
  return known == nullptr ? Number{{Exact{}, Exact::infinity()}, {id}, false} : Number{known->base(), {}, false};
}

Number estimated(const std::optional<renal::Estimate>& estimate, const std::string& id, bool sex_known) {
  if (!estimate) return {{Exact{}, Exact::infinity()}, {id}, false};
  return {estimate->value, sex_known || estimate->value.is_point() ? Causes{} : Causes{"sex"}, false};
}

Flag told(const Fact<bool>& fact) { return {!fact.known() ? Tri::unknown : fact.value_or(false) ? Tri::yes : Tri::no, false}; }

void measure(Facts& facts, const Patient& patient) {
  const bool sex_known = patient.sex.known();
  facts.numbers = {{"age", told(patient.age, "age")},
                   {"weight", told(patient.weight, "weight")},
                   {"height", told(patient.height, "height")},
                   {"egfr", estimated(renal::choose(patient), "egfr", sex_known)},
                   {"creatinine-clearance", estimated(renal::choose_clearance(patient), "creatinine-clearance", sex_known)},
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

void list_conditions(Facts& facts, const Documents& documents, const Patient& patient, const Policy& policy) {
  facts.conditions.open = is_open(patient.conditions.completeness(), policy);
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

Doses doses_of(const Schedule& schedule, Number& per_day) {
  Doses doses;
  doses.days = schedule.days;
  per_day = {{Exact{}, Exact::infinity()}, {"times"}, false};
  if (const Exact* const count = schedule.doses_per_day.if_known()) per_day = {*count, {}, false};
  if (!schedule.times.empty()) per_day = {Exact{static_cast<std::int64_t>(schedule.times.size())}, {}, false};
  doses.never = per_day.value.high == Exact{};
  if (schedule.as_needed)
    per_day.value.low = Exact{};
  else
    for (const TimeOfDay time : schedule.times) doses.times.push_back(time.minutes);
  return doses;
}

void list_medications(Facts& facts, const Documents& documents, const Patient& patient, const Policy& policy) {
  facts.medications_open = is_open(patient.medications.completeness(), policy);
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

void add_salt(Product& product, const Documents& documents, const std::string& id) {
  list_concepts(product.salts, documents.salts, {id}, {});
  for (const std::string& part : documents.made_of.at(id).surely)
    product.salts.surely.insert(documents.salts.above.at(part).begin(), documents.salts.above.at(part).end());
}

Causes width(const Interval<Exact>& value, Causes more = {}) {
  if (!value.is_point()) more.insert("amount");
  return more;
}

Number a_day(const Interval<Exact>& dose, const Number& per_day) {
  const Interval<Exact> value = multiply(dose, per_day.value);
  return {value, width(value, per_day.causes), false};
}

Product product_of(const Documents& documents, const magnesia::Product& told, int entry) {
  Product product;
  product.entry = entry;
  product.salts.because_open = "which salt";
  Number per_day;
  product.doses = doses_of(told.schedule, per_day);

  std::vector<Ingredient> ingredients = told.ingredients;
  Fact<Exact> units = told.units_per_dose;
  Fact<Mass> unit_mass = told.unit_mass;
  Interval<Exact> dose{Exact{}};
  Interval<Exact> counted{Exact{}};
  std::optional<Interval<Exact>> needed{Exact{}};
  if (ingredients.empty()) {
    const Result<ReadLabel> label = read_label(told.label, documents);
    if (label) {
      ingredients = label->ingredients;
      if (!units.known()) units = label->units_per_dose;
      if (!units.known() && label->solid_unit) units = Exact{1};
      if (!unit_mass.known()) unit_mass = label->unit_mass;
    } else {
      product.salts.open = true;
      dose = counted = {Exact{}, Exact::infinity()};
      needed.reset();
    }
  }
  for (const Ingredient& ingredient : ingredients) {
    const auto id = ingredient.salt.text.empty() ? std::nullopt : documents.salts.find(ingredient.salt);
    std::optional<NamedSalt> salt;
    bool counts = true;
    if (id) {
      add_salt(product, documents, *id);
      const Salt& made = documents.made_of.at(*id);
      salt = NamedSalt{made.name, made.share.value_or(Interval<Exact>{Exact{}}), false};
      counts = made.counts;
    } else {
      product.salts.open = true;
    }
    const IngredientAmount amount = amount_of(ingredient, salt);
    dose = add(dose, amount.elemental);
    if (counts) counted = add(counted, amount.elemental);
    if (amount.claim_ratio) {  // the most impossible claim of the product
      const auto before = product.numbers.find("claim-ratio");
      Interval<Exact> ratio = *amount.claim_ratio;
      if (before != product.numbers.end())
        ratio = {std::max(before->second.value.low, ratio.low), std::max(before->second.value.high, ratio.high)};
      product.numbers["claim-ratio"] = {ratio, {"which salt"}, false};
    }
    if (!amount.compound_needed) needed.reset();
    if (needed) needed = add(*needed, *amount.compound_needed);
  }
  product.numbers["dose"] = {dose, width(dose), false};
  product.numbers["per-day"] = a_day(dose, per_day);
  product.counted = a_day(counted, per_day);
  if (needed && needed->high.finite() && (units.known() || unit_mass.known())) {
    const Interval<Exact> a_unit = divide(*needed, Interval<Exact>{units.value_or(1)});
    product.numbers["unit-mass-needed"] = {a_unit, {"which salt"}, false};
    if (const Mass* const mass = unit_mass.if_known())
      product.numbers["unit-fill"] = {divide(a_unit, Interval<Exact>{mass->base()}), {"which salt"}, false};
  }
  return product;
}

// A drug that is itself magnesium is a product of unknown amount; one named by a class is perhaps one.
void add_contained(Facts& facts, const Documents& documents, const Medication& medication) {
  const auto salt = documents.salt_of(medication.drug);
  const bool perhaps = documents.may_contain(medication.drug);
  if (!salt && !perhaps) return;
  Product product;
  product.entry = medication.entry;
  product.from_medication = true;
  product.perhaps = perhaps;
  product.doses = medication.doses;
  product.salts.because_open = "which salt";
  if (salt)
    add_salt(product, documents, *salt);
  else
    product.salts.open = true;
  const Number unknown{{Exact{}, Exact::infinity()}, {perhaps ? "which drug" : "amount"}, false};
  product.numbers = {{"dose", unknown}, {"per-day", unknown}};
  product.counted = unknown;
  facts.products.push_back(std::move(product));
}

void add_products(Facts& facts, const Documents& documents, const Regimen& regimen, const Policy& policy) {
  facts.magnesium_open = is_open(regimen.products().completeness(), policy);
  for (std::size_t i = 0; i < regimen.products().items().size(); ++i)
    facts.products.push_back(product_of(documents, regimen.products().items()[i], static_cast<int>(i)));
  for (const Medication& medication : facts.taken) add_contained(facts, documents, medication);

  Number intake{Exact{}, {}, false};
  for (const Product& product : facts.products) {
    facts.salts.surely.insert(product.salts.surely.begin(), product.salts.surely.end());
    facts.salts.maybe.insert(product.salts.maybe.begin(), product.salts.maybe.end());
    if (product.salts.open) {
      facts.salts.open = true;
      facts.salts.because_open = "which salt";
    }
    intake.value = add(intake.value, product.counted.value);
    intake.causes.insert(product.counted.causes.begin(), product.counted.causes.end());
  }
  if (regimen.products().completeness() == Completeness::unknown) {
    intake.value.high = Exact::infinity();
    intake.causes.insert(open_list);
    facts.salts.open = true;
  }
  facts.numbers["intake"] = intake;
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
      if (!number->second.value.high.finite() || question == "trimester") number->second.absent = true;
    }
  };
  for (const auto& [id, question] : documents.questions)
    if (text(*question, "awaited") == "never") drop(id);
  std::vector<std::string> not_awaited;
  for (const auto& [id, question] : documents.questions)
    if (text(*question, "awaited") == "when" && truth_of(*question->find("when"), facts, nullptr).tri == Tri::no)
      not_awaited.push_back(id);
  for (const std::string& id : not_awaited) drop(id);

  if (!policy.history_settles) return;
  for (const auto& [id, question] : documents.questions) {
    const json::Node* const settles = question->find("settles");
    const auto number = facts.numbers.find(id);
    if (settles == nullptr || !confirmed(*settles) || number == facts.numbers.end()) continue;
    if (number->second.causes.empty() || number->second.absent) continue;
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
  settle(facts, documents, policy);
  facts.numbers["limit"] = limit_of(documents, facts, policy.authority);
  return facts;
}

}  // namespace magnesia::naive
