// What the statements of one ingredient come to: intervals, bounds rounded outwards.
#include "magnesia/label.hpp"

#include <algorithm>

namespace magnesia {

namespace {

constexpr Interval<Exact> any_share{Exact{}, Exact{1}};

// The magnesium in so much of a salt.
Interval<Exact> carried(Exact mass, const Interval<Exact>& share) noexcept { return multiply(Interval<Exact>{mass}, share); }

}  // namespace

IngredientAmount amount_of(const Ingredient& ingredient, const std::optional<NamedSalt>& salt) noexcept {
  const ElementalMass* const claim = ingredient.elemental.if_known();
  const SaltMass* const compound = ingredient.compound.if_known();
  const Mass* const unsaid = ingredient.unsaid.if_known();
  // A salt that nobody knows holds something between nothing and all of its mass.
  const Interval<Exact>& share = salt ? salt->elemental_share : any_share;
  const Interval<Exact>& claimed = salt ? salt->claimed_share() : any_share;

  IngredientAmount amount;
  amount.elemental.high = Exact::infinity();
  amount.compound_needed.high = Exact::infinity();
  if (claim != nullptr || compound != nullptr || unsaid != nullptr) {
    // Below: the claim where there is one, else the least of what is left. Above: the most that any statement allows.
    Interval<Exact>& allowed = amount.elemental;
    bool by_mass = false;
    const auto allow = [&](Exact low, Exact high) {
      if (!by_mass || low < allowed.low) allowed.low = low;
      if (!by_mass || allowed.high < high) allowed.high = high;
      by_mass = true;
    };
    if (compound != nullptr) {
      // Beside a claim a mass tells no more than what its own salt holds: the claim has told how much else is mixed in.
      const Interval<Exact>& held = claim != nullptr && salt ? salt->own_share : share;
      const Interval<Exact> of_salt = carried(compound->base(), held);
      allow(of_salt.low, of_salt.high);
    }
    if (unsaid != nullptr) allow(Exact::multiply(unsaid->base(), share.low, Rounding::down), unsaid->base());
    if (claim != nullptr) {
      allowed.low = claim->base();
      if (!by_mass || allowed.high < claim->base()) allowed.high = claim->base();
    }
  }
  // A salt that nobody knows may hold next to nothing of its mass, so that any amount of it may be needed.
  if (claim != nullptr && compound != nullptr) {
    const Interval<Exact> alone{claim->base()};
    amount.claim_ratio = divide(alone, carried(compound->base(), claimed));
    const Interval<Exact> needed = divide(alone, claimed);
    amount.compound_needed = {std::max(compound->base(), needed.low), std::max(compound->base(), needed.high)};
  } else if (claim != nullptr) {
    amount.compound_needed = divide(amount.elemental, claimed);
  } else if (compound != nullptr) {
    amount.compound_needed = compound->base();
  } else if (unsaid != nullptr) {
    amount.compound_needed = {unsaid->base(), divide(Interval<Exact>{unsaid->base()}, share).high};
  }
  return amount;
}

void append_readings(std::vector<std::string_view>& keys, const Ingredient& ingredient, const std::optional<NamedSalt>& salt) {
  const auto add = [&keys](std::string_view key) { keys.push_back(key); };
  const ElementalMass* const stated = ingredient.elemental.if_known();
  const bool unsaid = ingredient.unsaid.known();
  const bool compound = ingredient.compound.known();
  if (stated != nullptr && unsaid) {  // bounds, not a claim
    add("reading.range");
    if (compound) add("reading.salt");
    return;
  }
  if (stated != nullptr && !compound && stated->base() == Exact{} && !ingredient.salt.text.empty()) {
    add("reading.shared");
    return;
  }
  const bool by_salt = unsaid || compound;
  if (stated != nullptr) add("reading.stated");
  if (unsaid) add("reading.elemental");
  if (by_salt) add("reading.salt");
  if (by_salt && salt)
    add(salt->elemental_share.is_point() ? std::string_view{"reading.computed"}
        : salt->mixture                  ? std::string_view{"reading.mixture"}
                                         : std::string_view{"reading.form"});
}

}  // namespace magnesia
