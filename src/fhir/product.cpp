#include "fhir/product.hpp"

#include <algorithm>

#include "facts/collect.hpp"

namespace magnesia::fhir {

using base::ConceptId;
using base::no_concept;

namespace {

constexpr std::string_view amount_wanted = "how much magnesium, or how much of a salt, a dose is";

template <class Kind>
void scale(Fact<Quantity<Kind>>& amount, const std::optional<Exact>& by) {
  const Quantity<Kind>* const known = amount.if_known();
  if (known == nullptr) return;
  if (by)
    amount = *known * *by;
  else
    amount.forget();
}

void scale(std::vector<Ingredient>& ingredients, const std::optional<Exact>& by) {
  for (Ingredient& ingredient : ingredients) {
    scale(ingredient.elemental, by);
    scale(ingredient.compound, by);
    scale(ingredient.unsaid, by);
  }
}

bool any_amount(const std::vector<Ingredient>& ingredients) {
  return std::any_of(ingredients.begin(), ingredients.end(),
                     [](const Ingredient& one) { return one.elemental.known() || one.compound.known() || one.unsaid.known(); });
}

// The salt that a drug is, where its name says that it is nothing else; empty: the element itself; none: a mixture, or not told.
std::optional<std::string> salt_of(const Codes& codes, const Meaning& drug) {
  const base::Base& base = codes.base();
  const ConceptId salt = base.contains[drug.id];
  if (salt == no_concept) return {};
  if (base.drugs.names.find(base.salts[salt].name) == drug.id) return base.salts[salt].name;
  return {};
}

// The one salt that something is.
std::optional<std::string> salt_of(const Codes& codes, const Substances& substances) {
  if (substances.magnesium.size() == 1 && substances.drugs.empty()) return std::string{substances.magnesium.front().name};
  if (substances.magnesium.empty() && substances.drugs.size() == 1) return salt_of(codes, substances.drugs.front());
  return {};
}

// From the strengths of its ingredients, where all that is magnesium is one of them: so much in one tablet, or in so many mL.
std::optional<std::vector<Ingredient>> by_strengths(const Codes& codes, const Medicine& medicine, const DoseAmount& dose) {
  std::vector<Ingredient> all;
  for (const MedicineIngredient& one : medicine.ingredients) {
    const bool magnesium =
        !one.substances.magnesium.empty() || std::any_of(one.substances.drugs.begin(), one.substances.drugs.end(),
                                                         [&](const Meaning& drug) { return codes.contains_magnesium(drug.id); });
    if (!magnesium) continue;
    const std::optional<std::string> salt = salt_of(codes, one.substances);
    const Node* const numerator = one.strength == nullptr ? nullptr : object_of(*one.strength, "numerator");
    const Node* const denominator = one.strength == nullptr ? nullptr : object_of(*one.strength, "denominator");
    if (!salt || numerator == nullptr || denominator == nullptr) return {};
    DoseAmount holds;
    DoseAmount in;
    if (read_amount(*numerator, codes, holds) || read_amount(*denominator, codes, in)) return {};
    std::optional<Exact> times;
    if (in.units && dose.units) times = Exact::divide(*dose.units, *in.units, Rounding::up);
    if (in.volume && dose.volume) times = *dose.volume / *in.volume;
    if (!times) return {};
    Ingredient ingredient;
    ingredient.salt.text = *salt;
    if (holds.elemental)
      ingredient.elemental = *holds.elemental * *times;
    else if (holds.mass)
      ingredient.unsaid = *holds.mass * *times;
    else
      return {};
    all.push_back(std::move(ingredient));
  }
  if (all.empty()) return {};
  return all;
}

// From what it is called, as from a label.
std::optional<Product> by_name(const Codes& codes, const std::string& name, const DoseAmount& dose) {
  if (name.empty()) return {};
  std::string text = name;
  if (dose.volume) text += ", " + dose.volume->in(units::mL).decimal(3) + " mL";
  const base::Catalogue::Found known = codes.base().catalogue.find(text);
  Result<ReadLabel> label = facts::read_product(known, text, codes.knowledge());
  if (!label) return {};
  Product product;
  product.ingredients = std::move(label->ingredients);
  product.unit_mass = label->unit_mass;
  if (known.product != nullptr && known.product->unit_mass.known()) product.unit_mass = known.product->unit_mass;
  if (dose.volume) return product;
  // The amounts stand for one tablet, or for as many as the name says.
  std::optional<Exact> times;
  if (dose.units) {
    times = Exact::divide(*dose.units, label->units_per_dose.value_or(1), Rounding::up);
    product.units_per_dose = *dose.units;
  }
  scale(product.ingredients, times);
  return product;
}

// What one dose of so much is.
MagnesiumProduct of_dose(const Codes& codes, const Medicine& medicine, const Schedule& schedule, const DoseAmount& dose) {
  MagnesiumProduct made;
  Product& product = made.product;
  product.schedule = schedule;
  const auto with_schedule = [&](Product read) {
    read.schedule = schedule;
    return read;
  };
  const std::optional<std::string> salt = salt_of(codes, medicine.substances);

  if (auto ingredients = by_strengths(codes, medicine, dose)) {
    product.ingredients = *std::move(ingredients);
    if (dose.units) product.units_per_dose = *dose.units;
    return made;
  }
  if (dose.elemental || (dose.mass && salt)) {  // the dose itself says how much, of the salt that it names or of magnesium
    Ingredient ingredient;
    if (salt) ingredient.salt.text = *salt;
    if (dose.elemental)
      ingredient.elemental = *dose.elemental;
    else
      ingredient.unsaid = *dose.mass;
    product.ingredients.push_back(std::move(ingredient));
    return made;
  }
  if (std::optional<Product> read = by_name(codes, medicine.substances.name, dose)) {
    product = with_schedule(*std::move(read));
    if (!any_amount(product.ingredients)) made.expected = amount_wanted;
    return made;
  }
  made.expected = amount_wanted;
  for (const Meaning& drug : medicine.drugs())
    if (codes.contains_magnesium(drug.id)) {
      made.medication = drug.term;
      return made;
    }
  Ingredient unknown;
  if (salt) unknown.salt.text = *salt;
  product.ingredients.push_back(std::move(unknown));
  return made;
}

// A dose between two of the same medicine: an amount that is not one figure has its bounds as `elemental` and `unsaid`.
MagnesiumProduct between(const Codes& codes, const MagnesiumProduct& least, MagnesiumProduct most) {
  std::vector<Ingredient>& ingredients = most.product.ingredients;
  const std::vector<Ingredient>& low = least.product.ingredients;
  most.product.units_per_dose.forget();
  for (std::size_t i = 0; i < ingredients.size(); ++i) {
    Ingredient& ingredient = ingredients[i];
    const std::optional<NamedSalt> salt = codes.knowledge().find_salt(ingredient.salt.text);
    Interval<Exact> amount = amount_of(ingredient, salt).elemental;
    if (i < low.size() && any_amount({low[i]}))
      amount = Interval<Exact>::hull(amount, amount_of(low[i], salt).elemental);  // ends that are the wrong way round too
    else
      amount.low = Exact{};
    ingredient.elemental.forget();
    ingredient.compound.forget();
    ingredient.unsaid.forget();
    if (!amount.high.finite()) continue;
    ingredient.elemental = ElementalMass::of_base(amount.low);
    ingredient.unsaid = Mass::of_base(amount.high);
  }
  return most;
}

}  // namespace

std::vector<Meaning> Medicine::drugs() const {
  if (!substances.nothing()) return substances.drugs;
  std::vector<Meaning> all;
  for (const MedicineIngredient& one : ingredients)
    all.insert(all.end(), one.substances.drugs.begin(), one.substances.drugs.end());
  return all;
}

std::vector<std::string> Medicine::unknown() const {
  if (!substances.nothing()) return substances.unknown;
  std::vector<std::string> all;
  if (nothing()) return all;
  for (const MedicineIngredient& one : ingredients)
    if (one.substances.nothing()) all.push_back(one.shown);
  return all;
}

bool Medicine::nothing() const {
  return substances.nothing() && std::all_of(ingredients.begin(), ingredients.end(),
                                             [](const MedicineIngredient& one) { return one.substances.nothing(); });
}

bool Medicine::names_magnesium(const Codes& codes) const {
  const auto holds = [&](const Substances& all) {
    return !all.magnesium.empty() || std::any_of(all.drugs.begin(), all.drugs.end(),
                                                 [&](const Meaning& drug) { return codes.contains_magnesium(drug.id); });
  };
  if (!substances.nothing()) return holds(substances);
  return std::any_of(ingredients.begin(), ingredients.end(),
                     [&](const MedicineIngredient& one) { return holds(one.substances); });
}

MagnesiumProduct magnesium_product(const Codes& codes, const Medicine& medicine, const Dosage& dosage) {
  MagnesiumProduct least = of_dose(codes, medicine, dosage.schedule, dosage.amount);
  if (!dosage.most) return least;
  return between(codes, least, of_dose(codes, medicine, dosage.schedule, *dosage.most));
}

}  // namespace magnesia::fhir
