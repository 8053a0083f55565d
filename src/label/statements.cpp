#include "label/statements.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace magnesia::label {
namespace {

// As stated: that several tablets may be taken makes no two figures alike.
Interval<Exact> rounded(const Amount& a) noexcept {
  const Interval<Exact>& said = Exact{} < a.said.high ? a.said : a.mg;
  const Exact low = Exact::add(said.low, -a.rounding, Rounding::down);
  return {std::max(Exact{}, low), Exact::add(said.high, a.rounding, Rounding::up)};
}
bool meet(const Interval<Exact>& a, const Interval<Exact>& b) noexcept { return a.low <= b.high && b.low <= a.high; }
// Whether two figures are one as far as their rounding shows.
bool agree(const Amount& a, const Amount& b) noexcept { return meet(rounded(a), rounded(b)); }

Amount sum(const Amount& a, const Amount& b) noexcept {
  Amount both = a;
  both.mg = add(a.mg, b.mg);
  both.said = {};
  both.rounding = Exact::add(a.rounding, b.rounding, Rounding::up);
  return both;
}
// From the one to the sum.
Amount one_or_both(const Amount& a, const Amount& b) noexcept {
  Amount both = sum(a, b);
  both.mg.low = std::min(a.mg.low, b.mg.low);
  return both;
}

Amount times(Amount a, Exact factor) noexcept {
  a.mg = a.said = multiply(a.said, Interval<Exact>{factor});
  a.rounding = Exact::multiply(a.rounding, factor, Rounding::up);
  return a;
}
// Whether the second figure is the first again, for as many more units as the text says: "125 mg per tablet, 375 mg per 3
// tablets".
bool again_for_more(const Amount& one, const Amount& more, const Pieces& pieces) {
  if (one.said.high <= Exact{} || more.said.high <= one.said.high) return false;
  std::vector<Exact> counts = pieces.units;
  if (pieces.one_loose) counts.emplace_back(1);
  if (counts.empty()) return false;
  counts.insert(counts.end(), pieces.servings.begin(), pieces.servings.end());
  std::sort(counts.begin(), counts.end());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  constexpr std::size_t most_counts = 8;
  if (counts.size() > most_counts) return false;
  for (const Exact& of_one : counts)
    for (const Exact& of_more : counts) {
      if (of_more <= of_one) continue;
      const Amount scaled = times(one, Exact::divide(of_more, of_one, Rounding::up));
      const Amount as_said = times(more, Exact{1});
      const auto end = [](const Amount& a, Exact mg) {
        Amount b = a;
        b.mg = b.said = {mg};
        return b;
      };
      if (agree(end(scaled, scaled.mg.low), end(as_said, as_said.mg.low)) &&
          agree(end(scaled, scaled.mg.high), end(as_said, as_said.mg.high)))
        return true;
    }
  return false;
}
// From one unit to the most that is stated for several, and to what so many as are taken come to.
std::optional<Amount> over_counts(const Amount& a, const Amount& b, const Pieces& pieces) {
  const bool first = again_for_more(a, b, pieces);
  if (!first && !again_for_more(b, a, pieces)) return std::nullopt;
  Amount both = first ? a : b;
  both.mg.high = std::max(both.mg.high, (first ? b : a).said.high);
  return both;
}

// A figure said again as a range: up to all of it.
void reach(Amount& into, const Amount& again) noexcept {
  if (!again.said.is_point()) into.mg.high = std::max(into.mg.high, again.mg.high);
}
// Whether a figure said again adds nothing to another.
bool covered(const Amount& again, const Amount& by) noexcept {
  return agree(again, by) && (again.said.is_point() || again.mg.high <= by.mg.high);
}

// One amount of several that stand for the same thing.
void note(std::optional<Amount>& into, const Amount& more, const Pieces& pieces) {
  if (!into) {
    into = more;
  } else if (agree(*into, more)) {
    const Amount before = *into;
    if (into->magnesium && !more.magnesium) into = more;  // millimoles restate the mass in fewer figures
    reach(*into, before);
    reach(*into, more);
  } else if (const std::optional<Amount> over = over_counts(*into, more, pieces)) {
    into = over;
  } else {
    into = one_or_both(*into, more);
  }
}
void note_sum(std::optional<Amount>& into, const Amount& more) { into = into ? sum(*into, more) : more; }

template <class Share>
Interval<Exact> share_of(const std::vector<SaltRef>& salts, Share share_of_one) noexcept {
  std::optional<Interval<Exact>> share;
  for (const SaltRef& salt : salts) {
    if (!salt.salt) return {Exact{}, Exact{1}};
    const Interval<Exact> one = share_of_one(*salt.salt);
    share = share ? Interval<Exact>::hull(*share, one) : one;
  }
  return share.value_or(Interval<Exact>{Exact{}, Exact{1}});
}
Interval<Exact> share_of(const std::vector<SaltRef>& salts) noexcept {
  return share_of(salts, [](const NamedSalt& salt) { return salt.elemental_share; });
}
Interval<Exact> claimed_share_of(const std::vector<SaltRef>& salts) noexcept {
  return share_of(salts, [](const NamedSalt& salt) { return salt.claimed_share(); });
}

void add_salts(Statement& into, const Statement& from) {
  for (const SaltRef& salt : from.salts) {
    const auto have = std::find_if(into.salts.begin(), into.salts.end(), [&](const SaltRef& s) { return kin(s, salt); });
    if (have == into.salts.end())
      into.salts.push_back(salt);
    else if (have->salt && have->name == have->salt->whole)
      *have = salt;
  }
}

// The most magnesium that a statement allows.
Exact most(const Statement& s) noexcept {
  Exact high;
  if (s.elemental) high = s.elemental->mg.high;
  if (s.unsaid) high = std::max(high, s.unsaid->mg.high);
  if (s.compound) high = std::max(high, Exact::multiply(s.compound->mg.high, share_of(s.salts).high, Rounding::up));
  return high;
}

Error fault(ErrorKind kind, const Amount& amount, std::string_view text, std::string expected) {
  return {kind, "byte " + std::to_string(amount.at), excerpt(text.substr(amount.at, amount.end - amount.at)),
          std::move(expected)};
}

// The claim of an element's item, and nothing else.
bool is_claim(const Statement& s) noexcept { return s.elemental && !s.compound && !s.unsaid; }
bool is_mass(const Statement& s) noexcept { return !s.elemental && (s.compound || s.unsaid); }

// A claim and the masses that may carry it. `alone`: no other salt is named that could.
void join_claim(Statement& claim, std::vector<Statement*>& masses, bool alone) {
  Interval<Exact> carried{Exact{}};
  Amount mass;
  Exact above = claim.elemental->mg.high;
  bool known = true;
  for (const Statement* s : masses) {
    const Amount& amount = s->compound ? *s->compound : *s->unsaid;
    carried = add(carried, multiply(rounded(amount), claimed_share_of(s->salts)));
    mass = sum(mass, amount);
    above = Exact::add(above, most(*s), Rounding::up);
    known = known && !s->salts.empty() &&
            std::all_of(s->salts.begin(), s->salts.end(), [](const SaltRef& salt) { return salt.salt.has_value(); });
  }
  for (Statement* s : masses) {
    add_salts(claim, *s);
    *s = {};
  }
  if (known && meet(carried, rounded(*claim.elemental))) {
    claim.compound = mass;
  } else {  // perhaps the same magnesium, perhaps more of it
    claim.unsaid = mass;
    claim.unsaid->mg = {above};
    // More than the masses hold: a claim that cannot be, if it is theirs.
    if (known && alone && carried.high < rounded(*claim.elemental).low) claim.compound = mass;
  }
}

}  // namespace

bool same_salts(const Statement& a, const Statement& b) {
  const auto within = [](const std::vector<SaltRef>& x, const std::vector<SaltRef>& y) {
    return std::all_of(x.begin(), x.end(), [&](const SaltRef& s) {
      return std::any_of(y.begin(), y.end(), [&](const SaltRef& t) { return kin(s, t); });
    });
  };
  return within(a.salts, b.salts) || within(b.salts, a.salts);  // one without names may be any
}

Result<Statement> statement_of(const Item& item, const Pieces& pieces, std::string_view text) {
  const std::vector<Exact>& volumes = pieces.volumes;
  std::optional<Error> error;
  const auto usable = [&](const std::vector<Amount>& amounts) {
    std::vector<Amount> good;
    for (Amount amount : amounts) {
      if (amount.fault) {
        const bool number = *amount.fault == ErrorKind::syntax;
        error = fault(*amount.fault, amount, text, number ? "a number before the unit" : "an amount that a dose can have");
        continue;
      }
      if (amount.per_mass) continue;
      if (const Exact* portion = amount.portion.if_known(); portion != nullptr && Exact{} < *portion)
        for (const Exact& heavier : pieces.portions)
          if (*portion < heavier)
            amount.mg.high = std::max(
                amount.mg.high, Exact::divide(Exact::multiply(amount.mg.high, heavier, Rounding::up), *portion, Rounding::up));
      if (amount.per_millilitres) {
        if (volumes.empty() && !amount.serving) continue;
        if (!volumes.empty()) {
          const auto [low, high] = std::minmax_element(volumes.begin(), volumes.end());
          const Interval<Exact> doses = divide(Interval<Exact>{*low, *high}, *amount.per_millilitres);
          amount.mg = multiply(amount.mg, doses);
          amount.rounding = Exact::multiply(amount.rounding, doses.high, Rounding::up);
        }
      }
      amount.said = amount.mg;
      // "Each capsule contains 125 mg. Serving: 3 capsules." "Magnesium 250 mg tablets, 2 tablets daily."
      const bool counted = !pieces.servings.empty() && (!pieces.units.empty() || pieces.one_loose || pieces.unit_strength);
      if (counted || Exact{} < pieces.taken) {
        const Exact unit = pieces.units.empty() || pieces.one_loose || pieces.unit_strength
                               ? Exact{1}
                               : *std::min_element(pieces.units.begin(), pieces.units.end());
        Exact serving = pieces.taken;
        if (counted) serving = std::max(serving, *std::max_element(pieces.servings.begin(), pieces.servings.end()));
        if (unit < serving)
          amount.mg.high = Exact::multiply(amount.mg.high, Exact::divide(serving, unit, Rounding::up), Rounding::up);
      }
      if (!amount.per_millilitres) {
        const bool stated = Exact{} < pieces.spoons.stated;
        Exact more = stated ? Exact::divide(pieces.spoons.taken, pieces.spoons.stated, Rounding::up) : pieces.spoons.count;
        if (Exact{} < pieces.drops.stated)
          more = std::max(more, Exact::divide(pieces.drops.taken, pieces.drops.stated, Rounding::up));
        if (Exact{1} < more) amount.mg.high = Exact::multiply(amount.mg.high, more, Rounding::up);
      }
      if (Exact{1} < pieces.servings_taken) amount.mg.high = Exact::multiply(amount.mg.high, pieces.servings_taken, Rounding::up);
      if (amount.perhaps_per_millilitres) {
        if (volumes.empty() && !amount.serving) continue;
        if (!volumes.empty()) {
          const Exact most_doses =
              divide(Interval<Exact>{*std::max_element(volumes.begin(), volumes.end())}, *amount.perhaps_per_millilitres).high;
          amount.mg.high = std::max(amount.mg.high, Exact::multiply(amount.mg.high, most_doses, Rounding::up));
        }
      }
      good.push_back(amount);
    }
    return good;
  };
  const std::vector<Amount> own = usable(item.own);
  const std::vector<Amount> claims = usable(item.claims);
  const std::vector<Amount> compound = usable(item.compound);
  const std::vector<Amount> parts = usable(item.parts);
  const std::vector<Amount> perhaps = usable(item.perhaps);
  if (error) return *std::move(error);

  Statement s;
  s.salts = item.salts;
  s.total = item.total;
  s.listed = item.listed;
  for (const Amount& a : claims) note(s.elemental, a, pieces);
  std::optional<Amount> mass;
  for (const Amount& a : own) note(a.magnesium || (item.element && !item.blend) ? s.elemental : mass, a, pieces);
  for (const Amount& a : compound) note_sum(s.compound, a);
  for (const Amount& a : parts) note_sum(s.unsaid, a);
  if (mass) {
    const bool weighed = item.salts.size() == 1 && item.salts.front().weighed && !item.blend;
    // Of two readings the smaller is less than the magnesium that it is to hold.
    if (s.elemental && !item.blend && mass->mg.low < s.elemental->mg.low) {
      mass->mg.low = mass->mg.high;
      mass->said.low = mass->said.high;
    }
    if (item.others) mass->mg.low = Exact{};
    if (s.elemental && !item.blend && agree(*s.elemental, *mass)) {
      // The mass is the magnesium, said again.
    } else if (weighed || (s.elemental && !item.blend)) {
      note(s.compound, *mass, pieces);
    } else {
      note(s.unsaid, *mass, pieces);
    }
  }
  for (const Amount& a : perhaps) {
    std::optional<Amount>& into = s.elemental ? s.elemental : s.compound ? s.compound : s.unsaid;
    if (!into) (into = a)->mg = {Exact{}};
    into->mg.high = Exact::add(into->mg.high, a.mg.high, Rounding::up);
  }
  if (!s.has_amount() && item.has_amount()) {
    for (const std::vector<Amount>* amounts : {&item.own, &item.claims, &item.compound, &item.parts})
      if (!amounts->empty())
        s.without =
            fault(ErrorKind::syntax, amounts->front(), text,
                  amounts->front().per_mass ? "the amount of a dose" : "how many millilitres a dose has, such as \", 15 mL\"");
  }
  return s;
}

void join(std::vector<Statement>& all, const Pieces& pieces) {
  const auto erase_empty = [&] { std::erase_if(all, [](const Statement& s) { return !s.has_amount() && s.salts.empty(); }); };
  erase_empty();

  // A total is over everything.
  for (Statement& total : all) {
    if (!total.total || !is_claim(total)) continue;
    Amount above = *total.elemental;
    Exact others;
    for (Statement& s : all) {
      if (&s == &total) continue;
      others = Exact::add(others, most(s), Rounding::up);
      add_salts(total, s);
      s = {};
    }
    above.mg = {std::max(above.mg.high, others)};
    if (above.mg.high != total.elemental->mg.high) total.unsaid = above;
    break;
  }
  erase_empty();

  // One amount between two names of one salt, as of a brand and its compound.
  const auto mass_of = [](const Statement& s) { return s.compound ? &*s.compound : s.unsaid ? &*s.unsaid : nullptr; };
  for (Statement& brand : all)
    for (Statement& s : all) {
      if (&s == &brand || !is_mass(brand) || mass_of(s) == nullptr || mass_of(s)->at != mass_of(brand)->at) continue;
      if (brand.salts.size() != 1 || s.salts.size() != 1 || !brand.salts[0].salt || !s.salts[0].salt) continue;
      const std::string_view whole = brand.salts[0].salt->whole;
      if (s.salts[0].salt->whole != whole) continue;
      const bool wider = s.salts[0].name == whole;
      if (is_mass(s) && !wider && brand.salts[0].name != whole) continue;  // two forms
      if (is_mass(s) && wider) s.salts = brand.salts;
      brand = {};
    }
  erase_empty();

  // A title that the line about the salt says again, or that several such lines add up to.
  for (Statement& title : all) {
    const bool claim = is_claim(title);
    if (!claim && !is_mass(title)) continue;
    const Amount& amount = claim ? *title.elemental : *mass_of(title);
    std::optional<Amount> of_all;
    bool again = false;
    for (const Statement& s : all) {
      if (&s == &title || !s.elemental || !s.compound || !same_salts(title, s)) continue;
      again = again || covered(amount, *s.elemental);
      note_sum(of_all, *s.elemental);
    }
    if (!of_all || (!claim && title.salts.empty())) continue;
    if (again || agree(amount, *of_all)) {
      title = {};
    } else if (claim && title.salts.empty()) {  // perhaps more
      title.unsaid = title.elemental;
      title.elemental.reset();
    }
  }
  erase_empty();

  // Claims said again.
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j)
      if (is_claim(all[i]) && is_claim(all[j]) && same_salts(all[i], all[j])) {
        note(all[i].elemental, *all[j].elemental, pieces);
        add_salts(all[i], all[j]);
        all[j] = {};
      }
  // Masses of one salt said again: once, or with the second as more of something.
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j)
      if (is_mass(all[i]) && is_mass(all[j]) && !all[i].salts.empty() && !all[j].salts.empty() && same_salts(all[i], all[j])) {
        const Amount& a = all[i].compound ? *all[i].compound : *all[i].unsaid;
        const Amount& b = all[j].compound ? *all[j].compound : *all[j].unsaid;
        if (agree(a, b)) {
          reach(all[i].compound ? *all[i].compound : *all[i].unsaid, b);
          all[j] = {};
        } else if (const auto over = over_counts(a, b, pieces)) {
          (all[i].compound ? all[i].compound : all[i].unsaid) = over;
          all[j] = {};
        } else {
          if (b.mg.low < a.mg.low) std::swap(all[i], all[j]);
          all[j].unsaid = all[j].compound ? all[j].compound : all[j].unsaid;
          all[j].compound.reset();
          all[j].salts.clear();
        }
      }
  // A salt and its element.
  for (Statement& claim : all) {
    if (!is_claim(claim)) continue;
    std::vector<Statement*> masses;
    bool alone = claim.salts.empty();
    for (Statement& s : all)
      if (is_mass(s) && same_salts(claim, s))
        masses.push_back(&s);
      else
        alone = alone && (&s == &claim || s.has_amount());
    if (masses.size() == 1) alone = alone || (claim.salts.size() == 1 && masses.front()->salts.size() == 1);
    if (!masses.empty()) join_claim(claim, masses, alone);
  }
  erase_empty();

  // Salts named without an amount: those of a magnesium whose salt is not said, or that a list of ingredients repeats.
  for (Statement& bare : all) {
    if (bare.has_amount()) continue;
    bool found = false;
    for (Statement& s : all) {
      if (!s.has_amount()) continue;
      if (!s.salts.empty() && same_salts(bare, s)) found = true;
    }
    if (!found)
      for (Statement& s : all)
        if (s.elemental && (s.salts.empty() || bare.listed)) {
          add_salts(s, bare);
          found = true;
        }
    if (found) bare = {};
  }
  erase_empty();
}

void append_ingredients(std::vector<Ingredient>& ingredients, const Statement& s) {
  Ingredient first;
  const bool one = s.salts.size() == 1;
  if (one) first.salt.text = s.salts.front().name;
  const Interval<Exact> share = share_of(s.salts);

  std::optional<Exact> below;
  std::optional<Exact> above;
  const auto bound = [](std::optional<Exact>& so_far, Exact more) { so_far = so_far ? std::max(*so_far, more) : more; };
  if (s.elemental) {
    below = s.elemental->mg.low;
    if (!s.elemental->mg.is_point()) bound(above, s.elemental->mg.high);
  }
  if (s.compound) {
    first.compound = SaltMass::of_base(s.compound->mg.high);
    if (!s.compound->mg.is_point() && !below) below = Exact::multiply(s.compound->mg.low, share.low, Rounding::down);
  }
  if (s.unsaid) {
    bound(above, s.unsaid->mg.high);
    if (!s.unsaid->mg.is_point() && !below) below = Exact::multiply(s.unsaid->mg.low, share.low, Rounding::down);
  }
  if (below) first.elemental = ElementalMass::of_base(*below);
  if (above) first.unsaid = Mass::of_base(*above);
  ingredients.push_back(std::move(first));
  if (one) return;
  for (const SaltRef& salt : s.salts) {
    Ingredient& more = ingredients.emplace_back();
    more.salt.text = salt.name;
    more.elemental = ElementalMass{};
  }
}

}  // namespace magnesia::label
