// What is known: Fact, Listed, Interval, Figure, Tri. Unknown is a value (law 1).
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "magnesia/exact.hpp"

namespace magnesia {

/// Strong Kleene truth: what is certainly so, certainly not so, or not known.
enum class Tri : std::uint8_t { no, unknown, yes };

/// A fact about a person: unknown until it is assigned. There is no way to read the value without saying what to do when it is
/// unknown.
template <class T>
class Fact {
 public:
  constexpr Fact() noexcept = default;
  constexpr Fact(T value) : value_{std::move(value)} {}  // NOLINT(google-explicit-constructor): assignment makes it known

  [[nodiscard]] constexpr bool known() const noexcept { return value_.has_value(); }
  /// The value, or `otherwise` when it is unknown.
  [[nodiscard]] constexpr T value_or(T otherwise) const { return value_ ? *value_ : std::move(otherwise); }
  /// A pointer to the value, or null when it is unknown.
  [[nodiscard]] constexpr const T* if_known() const noexcept { return value_ ? &*value_ : nullptr; }
  /// Makes it unknown again.
  constexpr void forget() noexcept { value_.reset(); }

  friend constexpr bool operator==(const Fact&, const Fact&) = default;

 private:
  std::optional<T> value_;
};

/// How complete a list is.
enum class Completeness : std::uint8_t {
  unknown,   ///< nobody asked
  at_least,  ///< these, and there may be more (a record)
  exactly,   ///< asked and answered: these and no others; may be empty
};

/// Asked, and there are none. (A name, because `exactly({})` could mean several types.)
struct KnownNone {};
inline constexpr KnownNone known_none{};

/// A list with three states. Begins unknown.
template <class T>
class Listed {
 public:
  Listed() = default;
  Listed(KnownNone) : completeness_{Completeness::exactly} {}  // NOLINT(google-explicit-constructor)
  Listed(Completeness completeness, std::vector<T> items) : completeness_{completeness}, items_{std::move(items)} {}

  [[nodiscard]] Completeness completeness() const noexcept { return completeness_; }
  [[nodiscard]] const std::vector<T>& items() const noexcept { return items_; }

  /// Adds one more item; an unknown list becomes "at least".
  void add(T item) {
    if (completeness_ == Completeness::unknown) completeness_ = Completeness::at_least;
    items_.push_back(std::move(item));
  }
  /// States that nothing is missing from the list.
  void close() noexcept { completeness_ = Completeness::exactly; }
  /// States that there may be more.
  void open() noexcept { completeness_ = Completeness::at_least; }

  friend bool operator==(const Listed&, const Listed&) = default;

 private:
  Completeness completeness_ = Completeness::unknown;
  std::vector<T> items_;
};

/// All values from `low` to `high`, both included. low <= high.
template <class T>
struct Interval {
  T low{};
  T high{};

  constexpr Interval() = default;
  constexpr Interval(T point) : low{point}, high{point} {}  // NOLINT(google-explicit-constructor): a value is an interval
  constexpr Interval(T from, T to) : low{from}, high{to} {}

  [[nodiscard]] constexpr bool is_point() const { return low == high; }
  /// The smallest interval that holds both.
  [[nodiscard]] static constexpr Interval hull(const Interval& a, const Interval& b) {
    return {std::min(a.low, b.low), std::max(a.high, b.high)};
  }
  [[nodiscard]] constexpr bool contains(const T& value) const { return low <= value && value <= high; }
  /// Whether this interval lies inside the other.
  [[nodiscard]] constexpr bool inside(const Interval& other) const { return other.low <= low && high <= other.high; }

  friend constexpr bool operator==(const Interval&, const Interval&) = default;
};

/// A number about a person: unknown, one figure, or within bounds ("above 60", a birthday of which only the year is told). Read
/// as a Fact it is known only where it is one figure.
template <class T>
class Figure : public Fact<T> {
 public:
  constexpr Figure() noexcept = default;
  constexpr Figure(T value) : Fact<T>{std::move(value)} {}  // NOLINT(google-explicit-constructor): assignment makes it known
  /// Somewhere in the interval, whose upper bound may be infinite.
  constexpr Figure(Interval<T> within) {  // NOLINT(google-explicit-constructor)
    if (within.is_point())
      *this = Figure{within.low};
    else
      within_ = within;
  }

  /// Where it lies; none where nothing is known of it.
  [[nodiscard]] constexpr std::optional<Interval<T>> within() const {
    if (const T* const value = this->if_known()) return Interval<T>{*value};
    return within_;
  }

  /// A pointer to its bounds where they are all that is known of it; null where it is one figure, or nothing is known.
  [[nodiscard]] constexpr const Interval<T>* if_bounded() const noexcept { return within_ ? &*within_ : nullptr; }

  friend constexpr bool operator==(const Figure&, const Figure&) = default;

 private:
  std::optional<Interval<T>> within_;  // wider than a point
};

/// Sum and product of intervals, bounds rounded outwards. Products are of non-negative intervals.
[[nodiscard]] constexpr Interval<Exact> add(const Interval<Exact>& a, const Interval<Exact>& b) noexcept {
  return {Exact::add(a.low, b.low, Rounding::down), Exact::add(a.high, b.high, Rounding::up)};
}
[[nodiscard]] constexpr Interval<Exact> multiply(const Interval<Exact>& a, const Interval<Exact>& b) noexcept {
  return {Exact::multiply(a.low, b.low, Rounding::down), Exact::multiply(a.high, b.high, Rounding::up)};
}
/// a / b of non-negative intervals; where b reaches 0 the quotient has no upper bound.
[[nodiscard]] constexpr Interval<Exact> divide(const Interval<Exact>& a, const Interval<Exact>& b) noexcept {
  return {b.high == Exact{} ? Exact{} : Exact::divide(a.low, b.high, Rounding::down),
          b.low == Exact{} ? Exact::infinity() : Exact::divide(a.high, b.low, Rounding::up)};
}

}  // namespace magnesia
