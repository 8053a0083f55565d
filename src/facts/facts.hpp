// Facts: a person and what they take, flat, indexed and three-valued. What rules are evaluated over.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/base.hpp"
#include "facts/vocabulary.hpp"
#include "magnesia/label.hpp"

namespace magnesia::facts {

/// A number, as far as it is known.
struct Numeric {
  Interval<Exact> value{Exact{}, Exact::infinity()};
  Asks ask = 0;         ///< what would make it narrower
  bool absent = false;  ///< does not apply, or is opportunistic and was not given: comparisons with it are no

  // Each part where it stands: to assign a Numeric as a whole is to wait until the parts of the other are in memory.
  void set(const Exact& low, const Exact& high, Asks asks) noexcept {
    value.low = low;
    value.high = high;
    ask = asks;
    absent = false;
  }
  void set_unknown(Asks asks) noexcept { set(Exact{}, Exact::infinity(), asks); }
};

/// Which concepts hold of somebody or something.
struct Membership {
  base::Bits has;
  base::Bits maybe;
  bool some_maybe = false;  ///< `maybe` is not empty
  bool open = false;        ///< others may hold too
  Asks ask_open = 0;
  Asks ask_maybe = 0;

  void clear(std::size_t words, Asks when_open, Asks when_maybe) {
    if (has.size() != words) resize(words);
    std::fill(has.begin(), has.end(), 0);
    if (some_maybe) std::fill(maybe.begin(), maybe.end(), 0);
    some_maybe = open = false;
    ask_open = when_open;
    ask_maybe = when_maybe;
  }
  void add(std::span<const base::ConceptId> ids) noexcept { base::set_all(has, ids); }
  void add_maybe(std::span<const base::ConceptId> ids) noexcept {
    if (ids.empty()) return;
    base::set_all(maybe, ids);
    some_maybe = true;
  }
  void unite(const Membership& more) noexcept {
    base::unite(has, more.has);
    if (!more.some_maybe) return;
    base::unite(maybe, more.maybe);
    some_maybe = true;
  }
  [[nodiscard]] Tri holds(base::ConceptId id) const noexcept {
    if (base::test(has, id)) return Tri::yes;
    return open || base::test(maybe, id) ? Tri::unknown : Tri::no;
  }
  [[nodiscard]] Asks ask(base::ConceptId id) const noexcept { return base::test(maybe, id) ? ask_maybe : open ? ask_open : 0; }

 private:
  [[gnu::cold]] void resize(std::size_t words) {
    has.resize(words);
    maybe.assign(words, 0);
  }
};

/// When a dose is: at `at`, or up to `width` later; in minutes after midnight.
struct alignas(16) DoseTime {
  std::int16_t at = 0;
  std::int16_t width = 0;
  std::int16_t offset = 0;  ///< from the hour it goes by, where that is not known: as much, or up to `offset_width` more
  std::int16_t offset_width = 0;
  std::int8_t anchor = none;  ///< that hour

  static constexpr std::int8_t none = -1;
};

/// Dose times in Workspace::times; none: not known.
struct Doses {
  std::uint32_t first_time = 0;
  std::uint16_t count = 0;
  std::uint8_t days = 0x7F;
  bool never = false;       ///< known to be taken no time a day
  bool at_minutes = false;  ///< there is a time, and all of each is known
};

struct Medication {
  base::ConceptId drug = base::no_concept;
  Doses doses;
  int entry = 0;  ///< index in the input's list
};

struct Product {
  std::array<Numeric, product_fact_count> numbers;
  Membership salts;
  Doses doses;
  Numeric counted_per_day;  ///< the part of per-day that the limit counts
  int entry = 0;            ///< index in the input's list of magnesium, or of medications
  bool from_medication = false;
  bool perhaps = false;  ///< a medication named by its class, of which only some members are magnesium
  bool counts = true;
  bool by_mouth = true;
  std::string name;
  std::vector<std::string_view> readings;  ///< keys of texts; a label that stands for a product's name as it is

  [[nodiscard]] Numeric& number(FactId fact) noexcept { return numbers[static_cast<std::size_t>(fact) - person_fact_count]; }
  [[nodiscard]] const Numeric& number(FactId fact) const noexcept {
    return numbers[static_cast<std::size_t>(fact) - person_fact_count];
  }
};

struct Person {
  std::array<Numeric, person_fact_count> numbers;
  std::array<Tri, is_count> is{};
  std::array<bool, is_count> is_absent{};
  Membership conditions, medications, purpose;
  Membership salts;  ///< of any product
  bool purpose_absent = true;

  [[nodiscard]] Numeric& number(FactId fact) noexcept { return numbers[static_cast<std::size_t>(fact)]; }
  [[nodiscard]] const Numeric& number(FactId fact) const noexcept { return numbers[static_cast<std::size_t>(fact)]; }
};

}  // namespace magnesia::facts
