#include <algorithm>

#include "facts/collect.hpp"

namespace magnesia::facts {

namespace {

// What a cut-point table holds for an age: a value, none, or several where the age is not known.
struct Held {
  bool none = false;  // an age for which no limit is set
  bool some = false;
  Interval<Exact> value;

  void add(const std::optional<Exact>& one) {
    if (!one) {
      none = true;
    } else {
      value = some ? Interval<Exact>::hull(value, *one) : Interval<Exact>{*one};
      some = true;
    }
  }
};

void hold(Held& held, const base::Bands& bands, const Numeric& age) {
  for (std::size_t i = 0; i < bands.bands.size(); ++i) {
    const bool last = i + 1 == bands.bands.size();
    if (age.value.high < bands.bands[i].from || (!last && age.value.low >= bands.bands[i + 1].from)) continue;
    held.add(bands.bands[i].value);
  }
}

Tri applies(base::For whom, const Person& person) noexcept {
  const auto is = [&](Is which) {
    const auto at = static_cast<std::size_t>(which);
    return person.is_absent[at] && which != Is::female && which != Is::male ? Tri::no : person.is[at];
  };
  switch (whom) {
    case base::For::pregnant: return is(Is::pregnant);
    case base::For::lactating: return is(Is::lactating);
    case base::For::female: return is(Is::female);
    case base::For::male: return is(Is::male);
    case base::For::everyone: return Tri::yes;
  }
  return Tri::unknown;
}

Asks asks_about(base::For whom) noexcept {
  switch (whom) {
    case base::For::pregnant: return bit(Ask::pregnancy);
    case base::For::lactating: return bit(Ask::lactation);
    case base::For::female:
    case base::For::male: return bit(Ask::sex);
    case base::For::everyone: return 0;
  }
  return 0;
}

}  // namespace

Numeric limit_for(const base::Base& base, int authority, const Person& person, int& chosen) {
  if (authority < 0) {
    Numeric lowest{{}, 0, true};
    for (std::size_t i = 0; i < base.limits.size(); ++i) {
      int ignored = 0;
      const Numeric one = limit_for(base, static_cast<int>(i), person, ignored);
      if (one.absent) continue;
      if (lowest.absent || one.value.high < lowest.value.high) chosen = static_cast<int>(i);
      if (lowest.absent) {
        lowest = one;
      } else {
        lowest.value = {std::min(lowest.value.low, one.value.low), std::min(lowest.value.high, one.value.high)};
        lowest.ask |= one.ask;
      }
    }
    return lowest;
  }
  const base::Limit& limit = base.limits[static_cast<std::size_t>(authority)];
  const Numeric& age = person.number(FactId::age);
  Held held;
  Asks asks = age.value.is_point() ? 0 : bit(FactId::age);
  static constexpr std::array order{base::For::pregnant, base::For::lactating, base::For::male, base::For::female,
                                    base::For::everyone};
  for (const base::For whom : order) {
    const base::Bands* bands = nullptr;
    for (const base::Bands& one : limit.upper)
      if (bands == nullptr && one.whom == whom) bands = &one;
    if (bands == nullptr) continue;
    const Tri tri = applies(whom, person);
    if (tri == Tri::no) continue;
    hold(held, *bands, age);
    if (tri == Tri::yes) break;
    asks |= asks_about(whom);
  }
  if (!held.some) return {{}, 0, true};
  Numeric result{held.value, 0, false};
  if (held.none || !limit.confirmed) result.value.high = Exact::infinity();  // what nobody has read in its source may be no limit
  if (limit.covers == base::Covers::all_sources) result.value.low = Exact{};  // food, which nobody told, fills part of it
  result.ask = held.none || !held.value.is_point() ? asks : 0;
  return result;
}

}  // namespace magnesia::facts
