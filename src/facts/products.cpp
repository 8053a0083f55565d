#include <algorithm>

#include "facts/collect.hpp"

namespace magnesia::facts {

using base::ConceptId;
using detail::Workspace;

namespace {

Product& next_product(Workspace& workspace) {
  if (workspace.product_count == workspace.products.size()) workspace.products.emplace_back();
  Product& product = workspace.products[workspace.product_count++];
  const base::Base& base = *workspace.base;
  product.salts.clear(base.salts.words(), bit(Ask::salt_detail), bit(Ask::salt_detail));
  product.numbers.fill({{}, 0, true});
  product.from_medication = false;
  product.perhaps = false;
  product.counts = true;
  product.by_mouth = true;
  product.name.clear();
  product.readings.clear();
  return product;
}

// A concept of the salts holds of the product, and with a mixture what is mixed; what lies below it may, and what its mixtures
// hold.
void contains(Workspace& workspace, Product& product, ConceptId salt) {
  const base::Base& base = *workspace.base;
  const auto with = [&](ConceptId one) {
    product.salts.add(base.salts.closure(one));
    product.salts.add_maybe(base.salts.may_be(one));
  };
  with(salt);
  for (const ConceptId component : base.salt_forms[salt].components) with(component);
  for (const ConceptId perhaps : base.salt_forms[salt].perhaps) {
    product.salts.add_maybe(base.salts.closure(perhaps));
    product.salts.add_maybe(base.salts.may_be(perhaps));
  }
}

void name_product(Product& product, std::string_view salt) {
  if (!product.name.empty()) product.name += ", ";
  product.name += salt;
}

// How an ingredient came: as itself, or among a label's words.
enum class Told : std::uint8_t { itself, label };

struct Sums {
  Interval<Exact> dose{Exact{}};
  Interval<Exact> counted{Exact{}};
  Interval<Exact> needed{Exact{}};
};

// What of an excipient counts towards the limit. Its mass does not; magnesium that is claimed, or that a mass may be which is
// not said to be the salt's, does: to be told which salt it is must not make a verdict milder. A label lists its excipients by
// name, and one without an amount is no dose.
Interval<Exact> counted_of(const Ingredient& ingredient, NamedSalt excipient, Told told) noexcept {
  const bool amount = ingredient.elemental.known() || ingredient.compound.known() || ingredient.unsaid.known();
  if (told == Told::label && !amount) return Interval<Exact>{Exact{}};
  excipient.elemental_share = excipient.own_share = Interval<Exact>{Exact{}};
  return amount_of(ingredient, excipient).elemental;
}

void collect_ingredient(Workspace& workspace, Product& product, const Ingredient& ingredient, std::size_t index, Told told,
                        Sums& sums) {
  static constexpr std::optional<NamedSalt> none;
  const base::Base& base = *workspace.base;
  const std::optional<NamedSalt>* named = &none;
  bool counts = true;
  if (!ingredient.salt.text.empty()) {
    const ConceptId id = ingredient.salt.system.empty() ? base.salts.names.find(ingredient.salt.text)
                                                        : base.salts.by_code(ingredient.salt.system, ingredient.salt.text);
    if (id != base::no_concept) {
      named = &base.named_salts[id];
      counts = base.salt_forms[id].counts;
      contains(workspace, product, id);
      name_product(product, (*named)->name);
    } else {
      workspace.unrecognised.push_back({"/magnesium/" + std::to_string(index), ingredient.salt.text, "salt"});
      name_product(product, ingredient.salt.text);
    }
  }
  const std::optional<NamedSalt>& salt = *named;
  if (!salt) product.salts.open = true;
  const IngredientAmount amount = amount_of(ingredient, salt);
  sums.dose = add(sums.dose, amount.elemental);
  if (counts)
    sums.counted = add(sums.counted, amount.elemental);
  else
    sums.counted = add(sums.counted, counted_of(ingredient, *salt, told));
  if (amount.claim_ratio) {
    Numeric& ratio = product.number(FactId::claim_ratio);
    if (ratio.absent) ratio = {*amount.claim_ratio, bit(Ask::salt_detail), false};
    ratio.value = {std::max(ratio.value.low, amount.claim_ratio->low), std::max(ratio.value.high, amount.claim_ratio->high)};
  }
  sums.needed = add(sums.needed, amount.compound_needed);
  append_readings(product.readings, ingredient, salt);
}

void set_amount(Numeric& number, const Interval<Exact>& value, Asks more) noexcept {
  number.set(value.low, value.high, (value.is_point() ? 0 : bit(Ask::amount)) | more);
}

// A dose so many times a day.
void set_per_day(Numeric& number, const Interval<Exact>& dose, const Numeric& per_day) noexcept {
  set_amount(number, multiply(dose, per_day.value), per_day.ask);
}

void collect_product(Workspace& workspace, const SaltNames& names, const magnesia::Product& told, std::size_t index,
                     Errors& errors) {
  Product& product = next_product(workspace);
  product.entry = static_cast<int>(index);
  collect_doses(workspace, told.schedule, product.doses);
  Sums sums;
  Fact<Exact> units = told.units_per_dose;
  Fact<Mass> unit_mass = told.unit_mass;
  base::Catalogue::Found known;
  if (!told.ingredients.empty()) {
    for (const Ingredient& ingredient : told.ingredients)
      collect_ingredient(workspace, product, ingredient, index, Told::itself, sums);
  } else if (const Result<ReadLabel> label = read_product(known = workspace.base->catalogue.find(told.label), told.label, names);
             label) {
    if (known.product != nullptr) {
      product.readings.emplace_back(known.dose_known() ? "reading.catalogue" : "reading.catalogue-strength");
      product.readings.emplace_back(known.product->label);
      if (!unit_mass.known()) unit_mass = known.product->unit_mass;
    }
    validate_label(*workspace.base, *label, index, errors);
    for (const Ingredient& ingredient : label->ingredients)
      collect_ingredient(workspace, product, ingredient, index, Told::label, sums);
    if (!label->open_numbers.empty()) product.readings.emplace_back("reading.number");
    if (!units.known()) units = label->units_per_dose;
    if (!units.known() && label->solid_unit) units = Exact{1};
    if (!unit_mass.known()) unit_mass = label->unit_mass;
  } else {
    workspace.unrecognised.push_back({"/magnesium/" + std::to_string(index), told.label, "label"});
    product.salts.open = true;
    sums = {{Exact{}, Exact::infinity()}, {Exact{}, Exact::infinity()}, {Exact{}, Exact::infinity()}};
  }
  if (!told.label.empty()) product.name = told.label;

  set_amount(product.number(FactId::dose), sums.dose, 0);
  Numeric per_day;
  tell_doses_a_day(told.schedule, per_day);
  set_per_day(product.number(FactId::per_day), sums.dose, per_day);
  set_per_day(product.counted_per_day, sums.counted, per_day);
  product.counts = Exact{} < sums.counted.high || sums.dose.high == Exact{};
  if (units.known() || unit_mass.known()) {
    const Exact count = units.value_or(1);
    const Interval<Exact> needed = divide(sums.needed, Interval<Exact>{count});
    set_amount(product.number(FactId::unit_mass_needed), needed, bit(Ask::salt_detail));
    if (const Mass* mass = unit_mass.if_known())
      set_amount(product.number(FactId::unit_fill), divide(needed, Interval<Exact>{mass->base()}), bit(Ask::salt_detail));
  }
}

// A medication that is itself magnesium: a product of unknown amount. One named by a class, some of whose members are: perhaps
// one.
void collect_contained(Workspace& workspace, const Medication& medication) {
  const base::Base& base = *workspace.base;
  const ConceptId salt = base.contains[medication.drug];
  const bool perhaps = salt == base::no_concept;  // a class
  Product& product = next_product(workspace);
  product.entry = medication.entry;
  product.from_medication = true;
  product.perhaps = perhaps;
  product.doses = medication.doses;
  product.name = base.drugs[medication.drug].name;
  if (perhaps)
    product.salts.open = true;
  else
    contains(workspace, product, salt);
  if (!base.by_mouth[medication.drug]) {  // adds to what is in the body, not to what is taken in by mouth
    product.by_mouth = product.counts = false;
    product.number(FactId::dose) = product.number(FactId::per_day) = {{Exact{}, Exact::infinity()}, 0, true};
    product.counted_per_day = {Exact{}, 0, false};
    return;
  }
  const Numeric unknown{{Exact{}, Exact::infinity()}, perhaps ? bit(Ask::medication_detail) : bit(Ask::amount), false};
  product.number(FactId::dose) = unknown;
  product.number(FactId::per_day) = unknown;
  product.counted_per_day = unknown;
}

}  // namespace

Result<ReadLabel> read_product(const base::Catalogue::Found& known, std::string_view text, const SaltNames& salts) {
  if (known.product == nullptr) return read_label(text, salts);
  Result<ReadLabel> label = read_label(known.product->label, salts);
  if (label && !known.dose_known())
    for (Ingredient& ingredient : label->ingredients) {
      ingredient.elemental.forget();
      ingredient.compound.forget();
      ingredient.unsaid.forget();
    }
  return label;
}

void collect_products(Workspace& workspace, const SaltNames& names, const Regimen& regimen, Errors& errors) {
  const base::Base& base = *workspace.base;
  workspace.product_count = 0;
  const auto& told = regimen.products().items();
  for (std::size_t i = 0; i < told.size(); ++i) collect_product(workspace, names, told[i], i, errors);
  for (const Medication& medication : workspace.medications)
    if (base.may_contain[medication.drug]) collect_contained(workspace, medication);

  Person& person = workspace.person;
  person.salts.clear(base.salts.words(), bit(Ask::magnesium), bit(Ask::salt_detail));
  Numeric& intake = person.number(FactId::intake);
  intake.set(Exact{}, Exact{}, 0);
  for (std::size_t i = 0; i < workspace.product_count; ++i) {
    const Product& product = workspace.products[i];
    person.salts.unite(product.salts);
    if (product.salts.open) {
      person.salts.open = true;
      person.salts.ask_open = bit(Ask::salt_detail);
    }
    intake.value = add(intake.value, product.counted_per_day.value);
    intake.ask |= product.counted_per_day.ask;
  }
  if (regimen.products().completeness() == Completeness::unknown) {
    intake.value.high = Exact::infinity();
    intake.ask |= bit(Ask::magnesium);
    person.salts.open = true;
  }

  if (!workspace.magnesium_open && !workspace.medications_open) return;
  Product& unknown = workspace.unknown_product;
  unknown.salts.clear(base.salts.words(), bit(Ask::magnesium), bit(Ask::magnesium));
  unknown.salts.open = true;
  unknown.numbers.fill({{Exact{}, Exact::infinity()}, bit(Ask::magnesium), false});
}

}  // namespace magnesia::facts
