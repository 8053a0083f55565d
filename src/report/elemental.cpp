// What one label's words come to.
#include "magnesia/elemental.hpp"

#include <algorithm>

#include "facts/collect.hpp"
#include "magnesia/label.hpp"
#include "words/words.hpp"

namespace magnesia {
namespace {

using words::append_text;

// The rules that judge what a label claims, by the facts that they speak of.
constexpr facts::Asks of_claims =
    facts::bit(facts::FactId::claim_ratio) | facts::bit(facts::FactId::unit_mass_needed) | facts::bit(facts::FactId::unit_fill);

std::string milligrams(const base::Base& base, Exact mass) {
  std::string out;
  words::append_value(out, facts::FactId::dose, mass, base);
  return out;
}

std::string percent(Exact share) { return Exact::multiply(share, 100, Rounding::up).decimal(2) + " %"; }

void append_sentences(std::vector<std::string>& out, const base::Base& base, const Ingredient& ingredient,
                      const std::optional<NamedSalt>& salt) {
  std::vector<std::string_view> keys;
  append_readings(keys, ingredient, salt);
  const Exact compound =
      ingredient.compound.known() ? ingredient.compound.value_or({}).base() : ingredient.unsaid.value_or({}).base();
  const Exact stated = ingredient.elemental.known() ? ingredient.elemental.value_or({}).base() : compound;
  const std::string most = milligrams(base, ingredient.unsaid.value_or({}).base());
  for (const std::string_view key : keys) {
    const bool of_salt = key == "reading.salt";
    const std::string amount = milligrams(base, of_salt ? compound : stated);
    const std::string low = salt ? percent(salt->elemental_share.low) : std::string{};
    const std::string high = salt ? percent(salt->elemental_share.high) : std::string{};
    append_text(out.emplace_back(), base, key,
                {{"amount", amount},
                 {"high-amount", most},
                 {"salt", salt ? salt->name : base.text("product.any")},
                 {"low", low},
                 {"high", high},
                 {"fraction", low}});
  }
}

// Of the salts' mass: weighted where all masses are said, else anything from the poorest salt to the richest.
struct Shares {
  std::optional<Interval<Exact>> hull;
  Interval<Exact> magnesium{Exact{}};
  Interval<Exact> mass{Exact{}};
  bool weighed = true;
  bool named = true;

  // `shared`: salts that share an amount follow by name.
  void add(const Ingredient& ingredient, const std::optional<NamedSalt>& salt, bool shared) {
    if (!salt) {
      named = named && shared && !ingredient.compound.known();
      return;
    }
    hull = hull ? Interval<Exact>::hull(*hull, salt->elemental_share) : salt->elemental_share;
    const SaltMass* const compound = ingredient.compound.if_known();
    if (compound == nullptr) {
      weighed = false;
      return;
    }
    mass = magnesia::add(mass, Interval<Exact>{compound->base()});
    magnesium = magnesia::add(magnesium, multiply(Interval<Exact>{compound->base()}, salt->elemental_share));
  }
  [[nodiscard]] std::optional<Interval<Exact>> fraction() const {
    if (!named || !hull || !weighed || mass.low == Exact{}) return named ? hull : std::nullopt;
    return divide(magnesium, mass);
  }
};

// What the rules about claims say of a product with this label, whoever takes it.
Result<Tri> judge(const Checker& checker, const Elemental& item, bool salts_named, std::vector<std::string>& concerns) {
  Product product;
  product.label = item.text;
  const Result<Assessment> assessment = checker.assess({}, {product});
  if (!assessment) return assessment.error();
  const detail::Workspace& workspace = assessment->workspace();
  Tri plausible = salts_named ? Tri::yes : Tri::unknown;
  for (std::size_t i = 0; i < workspace.records.size(); ++i) {
    const detail::Record& record = workspace.records[i];
    const base::Rule& rule = workspace.base->rules[record.rule];
    if ((rule.facts_used & of_claims) == 0 || rule.severity == Severity::none) continue;
    // What a form of the salt can hold is possible; the name leaves it open which form it is.
    if (record.status != Status::established && salts_named) continue;
    if (record.status == Status::established) plausible = Tri::no;
    std::string message = assessment->findings()[i].message;
    if (std::find(concerns.begin(), concerns.end(), message) == concerns.end()) concerns.push_back(std::move(message));
  }
  return plausible;
}

}  // namespace

Result<Elemental> elemental_of(const Checker& checker, std::string_view text) {
  const Knowledge& knowledge = checker.knowledge();
  const base::Base& base = *knowledge.base();
  const base::Catalogue::Found known = base.catalogue.find(text);
  const Result<ReadLabel> label = facts::read_product(known, text, knowledge);
  if (!label) return label.error();

  Elemental item;
  item.text = text;
  item.elemental = Exact{};
  Shares shares;
  if (known.product != nullptr)
    append_text(item.readings.emplace_back(), base, known.dose_known() ? "reading.catalogue" : "reading.catalogue-strength",
                {{"label", known.product->label}});
  for (const Ingredient& ingredient : label->ingredients) {
    std::optional<NamedSalt> salt;
    if (!ingredient.salt.text.empty()) {
      salt = knowledge.find_salt(ingredient.salt.text);
      if (!salt)
        return Error{ErrorKind::unknown_name, "byte 0", excerpt(ingredient.salt.text),
                     "a salt that magnesia knowledge list shows"};
    }
    const IngredientAmount amount = amount_of(ingredient, salt);
    item.elemental = add(item.elemental, amount.elemental);
    const bool shared = &ingredient != &label->ingredients.back() && !(&ingredient)[1].salt.text.empty() &&
                        (&ingredient)[1].elemental == ElementalMass{};
    shares.add(ingredient, salt, shared);
    append_sentences(item.readings, base, ingredient, salt);
  }
  for (const OpenNumber& number : label->open_numbers) {
    const auto with_unit = [&](Exact value) { return value.decimal(3) + (number.unit.empty() ? "" : " " + number.unit); };
    append_text(item.readings.emplace_back(), base, "reading.number",
                {{"text", number.text}, {"low", with_unit(number.small)}, {"high", with_unit(number.large)}});
  }
  item.mmol = divide(item.elemental, Interval<Exact>{magnesium_molar_mass});
  item.meq = multiply(item.mmol, Interval<Exact>{Exact{2}});
  item.fraction = shares.fraction();
  const bool claimed = known.product == nullptr || known.dose_known();
  const Result<Tri> plausible = judge(checker, item, shares.named && claimed, item.concerns);
  if (!plausible) return plausible.error();
  item.plausible = *plausible;
  return item;
}

Result<Interval<Exact>> price_of_100_mg(const Interval<Exact>& elemental, const PackPrice& pack) {
  if (!pack.price.finite() || pack.price < Exact{})
    return Error{ErrorKind::out_of_range, "price", pack.price.decimal(9), "0 or more"};
  if (!pack.doses.finite() || pack.doses <= Exact{})
    return Error{ErrorKind::out_of_range, "doses", pack.doses.decimal(9), "more than 0"};
  const Interval<Exact> magnesium = multiply(elemental, Interval<Exact>{pack.doses});
  return divide(multiply(Interval<Exact>{pack.price}, Interval<Exact>{Exact{100}}), magnesium);
}

}  // namespace magnesia
