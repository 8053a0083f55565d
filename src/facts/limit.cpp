#include <algorithm>

#include "facts/collect.hpp"

namespace magnesia::facts {

namespace {

// What cut-point tables hold for a person: a value, none, or several where not all is known that they go by.
struct Held {
  bool none = false;  // an age for which no limit is set
  bool some = false;
  Exact low, high;

  void add(const std::optional<Exact>& one) noexcept {
    if (!one) {
      none = true;
      return;
    }
    if (!some || *one < low) low = *one;
    if (!some || high < *one) high = *one;
    some = true;
  }
};

void hold(Held& held, const base::Bands& bands, const Numeric& age) noexcept {
  auto band = bands.bands.end() - 1;  // the first begins at birth
  while (band != bands.bands.begin() && age.value.low < band->from) --band;
  do held.add(band->value);
  while (++band != bands.bands.end() && band->from <= age.value.high);
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

void tell_limit(const base::Limit& limit, const Person& person, Numeric& number) noexcept {
  const Numeric& age = person.number(FactId::age);
  Held held;
  Asks asks = age.value.is_point() ? 0 : bit(FactId::age);
  for (const std::uint8_t at : limit.order) {
    const base::Bands& bands = limit.upper[at];
    const Tri tri = applies(bands.whom, person);
    if (tri == Tri::no) continue;
    hold(held, bands, age);
    if (tri == Tri::yes) break;
    asks |= asks_about(bands.whom);
  }
  // What nobody has read in its source may be no limit; and food, which nobody told, fills part of one that covers it.
  const bool may_be_none = held.none || !limit.confirmed;
  number.set(limit.covers == base::Covers::all_sources ? Exact{} : held.low, may_be_none ? Exact::infinity() : held.high,
             held.none || held.low != held.high ? asks : 0);
  number.absent = !held.some;
}

}  // namespace

int collect_limit(const base::Base& base, int authority, Person& person) {
  Numeric& number = person.number(FactId::limit);
  if (authority >= 0) {
    tell_limit(base.limits[static_cast<std::size_t>(authority)], person, number);
    return authority;
  }
  number.set_unknown(0);
  number.absent = true;
  for (std::size_t i = 0; i < base.limits.size(); ++i) {
    Numeric one;
    tell_limit(base.limits[i], person, one);
    if (one.absent) continue;
    if (number.absent || one.value.high < number.value.high) authority = static_cast<int>(i);
    if (number.absent) {
      number = one;
    } else {
      number.value = {std::min(number.value.low, one.value.low), std::min(number.value.high, one.value.high)};
      number.ask |= one.ask;
    }
  }
  return authority;
}

}  // namespace magnesia::facts
