// The way from a purpose to steps of a dose.
#include "magnesia/titration.hpp"

#include <algorithm>
#include <array>

#include "facts/collect.hpp"
#include "rules/evaluate.hpp"
#include "words/words.hpp"

namespace magnesia {

using detail::Workspace;
using facts::Asks;
using facts::FactId;

namespace {

constexpr int most_steps = 100;

std::string amount_text(ElementalMass amount) { return amount.base().decimal(1) + " mg"; }

class Titrator {
 public:
  Titrator(const Checker& checker, const Patient& patient, const Regimen& regimen)
      : checker_{checker}, base_{*checker.knowledge().base()}, patient_{patient}, regimen_{regimen} {}

  Result<Titration> run() {
    if (std::optional<Error> error = checker_.assess_into(made_.assessment, patient_, regimen_)) return std::move(*error);
    if (const TitrationRefusal refusal = choose(); refusal != TitrationRefusal::none) return refused(refusal);
    describe();
    if (const TitrationRefusal refusal = bound(); refusal != TitrationRefusal::none) return refused(refusal);
    if (std::optional<Error> error = make_steps()) return std::move(*error);
    return std::move(made_);
  }

 private:
  [[nodiscard]] const Workspace& workspace() const noexcept { return made_.assessment.workspace(); }

  Titration refused(TitrationRefusal refusal) {
    made_.refusal = refusal;
    made_.steps.clear();
    std::string list;
    for (const Missing& one : made_.missing) (list += list.empty() ? "" : " ") += one.question;
    for (const std::string_view rule : made_.rules) (list += list.empty() ? "" : ", ") += rule;
    words::append_text(made_.why, base_, "titration.refused." + std::string{name(refusal)},
                       {{"ceiling", amount_text(made_.ceiling)},
                        {"start", chosen_ == nullptr ? std::string{} : amount_text(elemental(chosen_->start))},
                        {"list", list}});
    return std::move(made_);
  }

  // The one titration for the purpose whose salt is that of the product.
  TitrationRefusal choose() {
    const facts::Person& person = workspace().person;
    if (person.purpose_absent) return TitrationRefusal::purpose;
    const auto& products = regimen_.products();
    const bool none = products.completeness() == Completeness::exactly && products.items().empty();
    bool for_purpose = false;
    for (const base::Titration& one : base_.titrations) {
      if (person.purpose.holds(one.purpose) != Tri::yes) continue;
      for_purpose = true;
      const facts::Product* const product = products.items().size() == 1 ? product_told() : nullptr;
      if (!none && (product == nullptr || product->salts.open)) continue;
      if (!none && product->salts.holds(one.salt) != Tri::yes) continue;
      if (chosen_ == nullptr) chosen_ = &one;
    }
    if (chosen_ != nullptr) return TitrationRefusal::none;
    const bool salt_known = none || (products.items().size() == 1 && product_told() != nullptr && !product_told()->salts.open);
    return for_purpose && !salt_known ? TitrationRefusal::product : TitrationRefusal::unsourced;
  }
  [[nodiscard]] const facts::Product* product_told() const noexcept {
    for (std::size_t i = 0; i < workspace().product_count; ++i)
      if (!workspace().products[i].from_medication) return &workspace().products[i];
    return nullptr;
  }

  // Of the magnesium itself, or of the salt: then of what most of it can be.
  [[nodiscard]] ElementalMass elemental(Exact amount) const noexcept {
    if (!chosen_->of_salt) return ElementalMass::of_base(amount);
    return ElementalMass::of_base(Exact::multiply(amount, base_.salt_forms[chosen_->salt].share.high, Rounding::up));
  }

  void describe() {
    made_.id = chosen_->id;
    made_.called = chosen_->name;
    made_.evidence = chosen_->confirmed ? Status::established : Status::possible;
    made_.interval_days = chosen_->interval_days;
    made_.most = elemental(chosen_->most);
    made_.because = chosen_->because;
    made_.hold = chosen_->hold;
    made_.ask = chosen_->ask;
    for (const std::string& one : chosen_->stop) made_.stop.emplace_back(one);
    for (const base::Citation& citation : chosen_->citations) made_.sources.push_back(words::source_of(base_, citation));
  }

  void ask(Asks asks) {
    std::array<Missing, facts::ask_count> all;
    Workspace& workspace = made_.assessment.workspace();
    const auto before = workspace.could_reach;
    for (std::size_t i = 0; i < facts::ask_count; ++i)
      workspace.could_reach[i] = (asks >> i & 1U) != 0 ? std::max(before[i], Severity::minor) : Severity::none;
    const std::size_t count = words::missing_of(workspace, all);
    workspace.could_reach = before;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& one = all[i];
      const auto same = [&](const Missing& other) { return other.fact == one.fact; };
      if (std::none_of(made_.missing.begin(), made_.missing.end(), same)) made_.missing.push_back(one);
    }
  }

  // Whom it is for, and how far it may go.
  TitrationRefusal bound() {
    if (!made_.assessment.unrecognised().empty()) return TitrationRefusal::unrecognised;
    if (chosen_->node_count != 0) {
      const rules::Subject subject{workspace().person};
      const base::Node* const node = base_.nodes.data() + chosen_->first_node;
      if (const Tri tri = rules::evaluate(node, subject); tri != Tri::yes) {
        if (tri == Tri::unknown) ask(rules::asks_of(node, subject));
        return made_.missing.empty() ? TitrationRefusal::person : TitrationRefusal::missing;
      }
    }
    // What else is taken that the limit counts.
    Interval<Exact> others{Exact{}};
    Asks open = 0;
    for (std::size_t i = 0; i < workspace().product_count; ++i) {
      const facts::Product& product = workspace().products[i];
      if (!product.from_medication) continue;  // the one that is titrated
      others = add(others, product.counted_per_day.value);
      open |= product.counted_per_day.ask;
    }
    if (workspace().magnesium_open) open |= facts::bit(facts::Ask::magnesium);
    if (!others.high.finite() || workspace().magnesium_open) {
      ask(open);
      return TitrationRefusal::missing;
    }
    made_.ceiling = made_.most;
    const facts::Numeric& limit = workspace().person.number(FactId::limit);
    if (limit.absent) {  // that there is no limit must have been read too
      const int authority = workspace().authority;
      if (authority < 0 || !base_.limits[static_cast<std::size_t>(authority)].confirmed) made_.evidence = Status::possible;
    } else {
      const base::Limit& of = base_.limits[static_cast<std::size_t>(workspace().authority)];
      made_.authority = of.id;
      made_.authority_name = of.name;
      const Exact left = std::max(Exact::add(limit.value.low, negative(others.high), Rounding::down), Exact{});
      made_.ceiling = ElementalMass::of_base(std::min(left, made_.most.base()));
      made_.cut_short = left < made_.most.base();
    }
    return elemental(chosen_->start) > made_.ceiling ? TitrationRefusal::limit : TitrationRefusal::none;
  }
  static Exact negative(Exact value) noexcept { return Exact::multiply(value, -1, Rounding::up); }

  // The same product with so much magnesium a day.
  [[nodiscard]] Regimen with(ElementalMass per_day, ElementalMass& per_dose) const {
    magnesia::Product product;
    if (!regimen_.products().items().empty()) product = regimen_.products().items().front();
    if (product.schedule.as_needed) product.schedule = {};
    Exact doses = 1;
    if (product.schedule.timed_doses() != 0)
      doses = static_cast<std::int64_t>(product.schedule.timed_doses());
    else if (const Exact* const told = product.schedule.doses_per_day.if_known(); told != nullptr && *told >= Exact{1})
      doses = *told;
    else
      product.schedule.doses_per_day = Exact{1};
    per_dose = ElementalMass::of_base(Exact::divide(per_day.base(), doses, Rounding::up));
    Ingredient ingredient;
    ingredient.salt = salt_term();
    ingredient.elemental = per_dose;
    product.label.clear();
    product.ingredients = {std::move(ingredient)};
    product.unit_mass.forget();
    product.units_per_dose.forget();
    return Regimen{product};
  }
  // What the product was said to be, or what the knowledge's dose is of.
  [[nodiscard]] Term salt_term() const {
    if (!regimen_.products().items().empty()) {
      const auto& ingredients = regimen_.products().items().front().ingredients;
      if (ingredients.size() == 1 && !ingredients.front().salt.text.empty()) return ingredients.front().salt;
    }
    return {base_.salts[chosen_->salt].id, {}};
  }

  // Whether the check of a step forbids it.
  TitrationRefusal judge() {
    Asks unknown = 0;
    for (std::size_t i = 0; i < facts::ask_count; ++i) {
      const bool about_times = i == static_cast<std::size_t>(facts::Ask::times);
      if (!about_times && workspace().could_reach[i] >= forbids_titration) unknown |= Asks{1} << i;
    }
    std::vector<std::string_view> certain;
    std::vector<std::string_view> possible;
    for (const detail::Record& record : workspace().records) {
      const base::Rule& rule = base_.rules[record.rule];
      if (rule.severity < forbids_titration || rule.window) continue;
      std::vector<std::string_view>& rules = record.status == Status::established || record.asks == 0 ? certain : possible;
      if (std::find(rules.begin(), rules.end(), rule.id) == rules.end()) rules.emplace_back(rule.id);
    }
    if (!certain.empty()) {
      made_.rules = std::move(certain);
      return TitrationRefusal::forbidden;
    }
    if (unknown != 0) {
      ask(unknown);
      return TitrationRefusal::missing;
    }
    // Whatever else may reach so far: never silently safe.
    made_.rules = std::move(possible);
    return made_.rules.empty() ? TitrationRefusal::none : TitrationRefusal::forbidden;
  }

  std::optional<Error> make_steps() {
    Assessment of_today = made_.assessment;
    Exact amount = chosen_->start;
    for (int i = 0; i < most_steps; ++i, amount = Exact::add(amount, chosen_->step, Rounding::up)) {
      const ElementalMass per_day = elemental(amount);
      if (per_day > made_.ceiling) break;
      TitrationStep step{1 + i * chosen_->interval_days, per_day, {}, Severity::none, Severity::none};
      const Regimen regimen = with(per_day, step.per_dose);
      Assessment of_last = made_.assessment;
      if (std::optional<Error> error = checker_.assess_into(made_.assessment, patient_, regimen)) return error;
      if (const TitrationRefusal refusal = judge(); refusal != TitrationRefusal::none) {
        made_.assessment = i == 0 ? std::move(of_today) : std::move(of_last);
        if (i > 0) {  // this far, and no further
          made_.rules.clear();
          made_.missing.clear();
          made_.cut_short = true;
          made_.ceiling = made_.steps.back().per_day;
          break;
        }
        made_ = refused(refusal);
        return std::nullopt;
      }
      step.at_least = made_.assessment.at_least();
      step.at_most = made_.assessment.at_most();
      made_.steps.push_back(step);
    }
    made_.refusal = TitrationRefusal::none;
    return std::nullopt;
  }

  const Checker& checker_;
  const base::Base& base_;
  const Patient& patient_;
  const Regimen& regimen_;
  const base::Titration* chosen_ = nullptr;
  Titration made_;
};

}  // namespace

std::string_view name(TitrationRefusal refusal) noexcept {
  static constexpr std::array<std::string_view, 9> names{"none",  "purpose", "unsourced", "product",     "person",
                                                         "limit", "missing", "forbidden", "unrecognised"};
  return names[static_cast<std::size_t>(refusal)];
}

Result<Titration> plan_titration(const Checker& checker, const Patient& patient, const Regimen& regimen) {
  return Titrator{checker, patient, regimen}.run();
}

}  // namespace magnesia
