#include "tests/naive/products.hpp"

namespace magnesia::naive {

// Concepts as somebody listed them: what is surely so, and what the wider ones among them leave open.
void list_concepts(Set& set, const Concepts& concepts, const std::vector<std::string>& listed,
                   const std::set<std::string>& settled) {
  for (const std::string& id : listed) set.surely.insert(concepts.above.at(id).begin(), concepts.above.at(id).end());
  for (const std::string& id : listed) {
    const std::set<std::string> below = concepts.below(id);
    bool told = settled.contains(id);
    for (const std::string& other : listed) told = told || below.contains(other);
    if (told) continue;
    for (const std::string& member : below) set.maybe.insert(concepts.above.at(member).begin(), concepts.above.at(member).end());
  }
}

bool is_open(Completeness completeness, const Policy& policy) {
  return completeness == Completeness::unknown || (completeness == Completeness::at_least && !policy.record_is_complete);
}

Doses doses_of(const Schedule& schedule, Number& per_day) {
  Doses doses;
  doses.days = schedule.days;
  per_day = {{Exact{}, Exact::infinity()}, {"times"}, false};
  if (const Exact* const told = schedule.doses_per_day.if_known()) per_day = {*told, {}, false};
  const std::size_t count = schedule.times.size() + schedule.within.size();
  if (count != 0) per_day = {Exact{static_cast<std::int64_t>(count)}, {}, false};
  doses.never = per_day.value.high == Exact{};
  if (schedule.as_needed) {
    per_day.value.low = Exact{};
    return doses;
  }
  for (const TimeOfDay time : schedule.times) doses.times.push_back({time.minutes});
  for (const TimeWithin& one : schedule.within) {
    Dose dose{one.span.from.minutes, one.span.to.minutes - one.span.from.minutes};
    if (dose.width < 0) dose.width += 1440;
    if (one.by) {
      dose.anchor = static_cast<int>(one.by->anchor);
      dose.offset = one.by->offset;
      dose.offset_width = one.by->width;
    }
    doses.times.push_back(dose);
  }
  return doses;
}

namespace {

void add_salt(Product& product, const Documents& documents, const std::string& id) {
  list_concepts(product.salts, documents.salts, {id}, {});
  for (const std::string& part : documents.made_of.at(id).surely) list_concepts(product.salts, documents.salts, {part}, {});
  for (const std::string& part : documents.made_of.at(id).perhaps) {
    Set other;
    list_concepts(other, documents.salts, {part}, {});
    product.salts.maybe.insert(other.surely.begin(), other.surely.end());
    product.salts.maybe.insert(other.maybe.begin(), other.maybe.end());
  }
}

Causes width(const Interval<Exact>& value, Causes more = {}) {
  if (!value.is_point()) more.insert("amount");
  return more;
}

Number a_day(const Interval<Exact>& dose, const Number& per_day) {
  const Interval<Exact> value = multiply(dose, per_day.value);
  return {value, width(value, per_day.causes), false};
}

// What is said of the magnesium itself, or may be: all that counts of an excipient.
Interval<Exact> claimed_of(const Ingredient& ingredient) {
  const ElementalMass* const claim = ingredient.elemental.if_known();
  const Mass* const either = ingredient.unsaid.if_known();
  if (claim == nullptr && either == nullptr) return {Exact{}, ingredient.compound.known() ? Exact{} : Exact::infinity()};
  const Exact low = claim == nullptr ? Exact{} : claim->base();
  return {low, either == nullptr ? low : std::max(low, either->base())};
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
  Interval<Exact> needed{Exact{}};
  if (ingredients.empty()) {
    const json::Node* named = nullptr;
    bool amount_known = true;
    const std::string name = name_of_product(told.label);
    if (const auto found = documents.products.find(name); !name.empty() && found != documents.products.end()) {
      named = found->second;
      amount_known = text(*named, "use") == "supplement";
    } else if (const auto with = documents.products_with_serving.find(name);
               !name.empty() && with != documents.products_with_serving.end()) {
      named = with->second;
    }
    const Result<ReadLabel> label = read_label(named != nullptr ? text(*named, "label") : told.label, documents);
    if (label) {
      for (const Ingredient& ingredient : label->ingredients)
        ingredients.push_back(amount_known ? ingredient : Ingredient{ingredient.salt, {}, {}, {}});
      if (named != nullptr && named->find("unit_mass") != nullptr && !unit_mass.known())
        unit_mass = Mass::of_base(quantity(*named->find("unit_mass")));
      if (!units.known()) units = label->units_per_dose;
      if (!units.known() && label->solid_unit) units = Exact{1};
      if (!unit_mass.known()) unit_mass = label->unit_mass;
    } else {
      product.salts.open = true;
      dose = counted = needed = {Exact{}, Exact::infinity()};
    }
  }
  for (const Ingredient& ingredient : ingredients) {
    const auto id = ingredient.salt.text.empty() ? std::nullopt : documents.salts.find(ingredient.salt);
    std::optional<NamedSalt> salt;
    bool counts = true;
    if (id) {
      add_salt(product, documents, *id);
      const Salt& made = documents.made_of.at(*id);
      salt = documents.named(*id);
      counts = made.counts;
    } else {
      product.salts.open = true;
    }
    const IngredientAmount amount = amount_of(ingredient, salt);
    dose = add(dose, amount.elemental);
    const bool listed = told.ingredients.empty() && !ingredient.elemental.known() && !ingredient.compound.known() &&
                        !ingredient.unsaid.known();  // on a label, by name only
    if (counts)
      counted = add(counted, amount.elemental);
    else if (!listed)
      counted = add(counted, claimed_of(ingredient));
    if (amount.claim_ratio) {  // the most impossible claim of the product
      const auto before = product.numbers.find("claim-ratio");
      Interval<Exact> ratio = *amount.claim_ratio;
      if (before != product.numbers.end())
        ratio = {std::max(before->second.value.low, ratio.low), std::max(before->second.value.high, ratio.high)};
      product.numbers["claim-ratio"] = {ratio, {"which salt"}, false};
    }
    needed = add(needed, amount.compound_needed);
  }
  product.numbers["dose"] = {dose, width(dose), false};
  product.numbers["per-day"] = a_day(dose, per_day);
  product.counted = a_day(counted, per_day);
  if (units.known() || unit_mass.known()) {
    const Interval<Exact> a_unit = divide(needed, Interval<Exact>{units.value_or(1)});
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
  if (documents.not_by_mouth.contains(medication.drug)) {
    product.by_mouth = false;
    const Number none{{Exact{}, Exact::infinity()}, {}, true};
    product.numbers = {{"dose", none}, {"per-day", none}};
    product.counted = {Exact{}, {}, false};
    facts.products.push_back(std::move(product));
    return;
  }
  const Number unknown{{Exact{}, Exact::infinity()}, {perhaps ? "which drug" : "amount"}, false};
  product.numbers = {{"dose", unknown}, {"per-day", unknown}};
  product.counted = unknown;
  facts.products.push_back(std::move(product));
}

}  // namespace

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

}  // namespace magnesia::naive
