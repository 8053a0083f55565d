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
  const Interval<Exact> share = salt ? salt->elemental_share : any_share;
  const Interval<Exact> claimed = salt ? salt->claimed_share() : any_share;

  IngredientAmount amount{{Exact{}, Exact::infinity()}, std::nullopt, {Exact{}, Exact::infinity()}};
  if (claim != nullptr || compound != nullptr || unsaid != nullptr) {
    // Below: the claim where there is one, else the least of what is left. Above: the most that any statement allows.
    std::optional<Interval<Exact>> of_masses;
    const auto allow = [&](const Interval<Exact>& more) {
      of_masses = of_masses ? Interval<Exact>::hull(*of_masses, more) : more;
    };
    // Beside a claim a mass tells no more than what its own salt holds: the claim has told how much else is mixed in.
    if (compound != nullptr) allow(carried(compound->base(), claim != nullptr && salt ? salt->own_share : share));
    if (unsaid != nullptr) allow({carried(unsaid->base(), share).low, unsaid->base()});
    if (claim == nullptr)
      amount.elemental = *of_masses;
    else
      amount.elemental = {claim->base(), of_masses ? std::max(claim->base(), of_masses->high) : claim->base()};
  }
  if (claim != nullptr && compound != nullptr)
    amount.claim_ratio = divide(Interval<Exact>{claim->base()}, carried(compound->base(), claimed));

  // A salt that nobody knows may hold next to nothing of its mass, so that any amount of it may be needed.
  const Interval<Exact> of_claim = divide(Interval<Exact>{claim != nullptr ? claim->base() : Exact{}}, claimed);
  if (compound != nullptr && claim != nullptr)
    amount.compound_needed = {std::max(compound->base(), of_claim.low), std::max(compound->base(), of_claim.high)};
  else if (compound != nullptr)
    amount.compound_needed = Interval<Exact>{compound->base()};
  else if (claim != nullptr)
    amount.compound_needed = divide(amount.elemental, claimed);
  else if (unsaid != nullptr)
    amount.compound_needed = {unsaid->base(), divide(Interval<Exact>{unsaid->base()}, share).high};
  return amount;
}

void append_readings(std::vector<std::string_view>& keys, const Ingredient& ingredient, const std::optional<NamedSalt>& salt) {
  const ElementalMass* const stated = ingredient.elemental.if_known();
  const bool unsaid = ingredient.unsaid.known();
  const bool compound = ingredient.compound.known();
  if (stated != nullptr && unsaid) {  // bounds, not a claim
    keys.emplace_back("reading.range");
    if (compound) keys.emplace_back("reading.salt");
    return;
  }
  if (stated != nullptr && !compound && stated->base() == Exact{} && !ingredient.salt.text.empty()) {
    keys.emplace_back("reading.shared");
    return;
  }
  const bool by_salt = unsaid || compound;
  if (stated != nullptr) keys.emplace_back("reading.stated");
  if (unsaid) keys.emplace_back("reading.elemental");
  if (by_salt) keys.emplace_back("reading.salt");
  if (by_salt && salt)
    keys.emplace_back(salt->elemental_share.is_point() ? "reading.computed" : salt->mixture ? "reading.mixture" : "reading.form");
}

}  // namespace magnesia
