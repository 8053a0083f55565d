#include "rules/evaluate.hpp"

#include <algorithm>
#include <bit>

namespace magnesia::rules {

using base::Compare;
using base::Node;
using base::Op;
using facts::Asks;
using facts::FactId;
using facts::Numeric;

namespace {

const Numeric& number(FactId fact, const Subject& subject) noexcept {
  static constexpr Numeric none{{}, 0, true};
  if (!facts::of_product(fact)) return subject.person.number(fact);
  return subject.product != nullptr ? subject.product->number(fact) : none;
}

// Whether every value of `a` stands in the relation to every value of `b`, none does, or some do.
inline Tri compare(const Interval<Exact>& a, Compare relation, const Exact& b_low, const Exact& b_high) noexcept {
  switch (relation) {
    case Compare::below: return a.high < b_low ? Tri::yes : a.low >= b_high ? Tri::no : Tri::unknown;
    case Compare::at_most: return a.high <= b_low ? Tri::yes : a.low > b_high ? Tri::no : Tri::unknown;
    case Compare::above: return a.low > b_high ? Tri::yes : a.high <= b_low ? Tri::no : Tri::unknown;
    case Compare::at_least: return a.low >= b_high ? Tri::yes : a.high < b_low ? Tri::no : Tri::unknown;
  }
  return Tri::unknown;
}

constexpr Tri turned(Tri tri, bool turn) noexcept {
  return !turn ? tri : tri == Tri::yes ? Tri::no : tri == Tri::no ? Tri::yes : Tri::unknown;
}

const facts::Membership& membership(const Node& node, const Subject& subject) noexcept {
  switch (node.op) {
    case Op::condition: return subject.person.conditions;
    case Op::drug: return subject.person.medications;
    case Op::purpose: return subject.person.purpose;
    default: return subject.product != nullptr ? subject.product->salts : subject.person.salts;
  }
}

bool is_leaf(const Node& node) noexcept { return node.op > Op::at_least_n; }

Asks asks_of_leaf(const Node& node, const Subject& subject) noexcept {
  switch (node.op) {
    case Op::compare: return number(node.fact, subject).ask;
    case Op::compare_fact: {
      const Numeric& a = number(node.fact, subject);
      const Numeric& b = number(node.other, subject);
      return (a.value.is_point() ? 0 : a.ask) | (b.value.is_point() ? 0 : b.ask);
    }
    case Op::is: return facts::bit(facts::is_asks[static_cast<std::size_t>(node.is)]);
    default: return membership(node, subject).ask(node.target);
  }
}

inline Tri leaf(const Node& node, const Subject& subject) noexcept {
  switch (node.op) {
    case Op::compare: {
      const Numeric& fact = number(node.fact, subject);
      return fact.absent ? Tri::no : compare(fact.value, node.compare, node.threshold, node.threshold);
    }
    case Op::compare_fact: {
      const Numeric& a = number(node.fact, subject);
      const Numeric& b = number(node.other, subject);
      return a.absent || b.absent ? Tri::no : compare(a.value, node.compare, b.value.low, b.value.high);
    }
    case Op::is: {
      const auto which = static_cast<std::size_t>(node.is);
      return subject.person.is_absent[which] ? Tri::no : turned(subject.person.is[which], node.negated);
    }
    case Op::purpose:
      if (subject.person.purpose_absent) return Tri::no;
      [[fallthrough]];
    default: return turned(membership(node, subject).holds(node.target), node.negated);
  }
}

}  // namespace

Tri evaluate_leaf(const Node& node, const Subject& subject) noexcept { return leaf(node, subject); }

namespace {

// All, any, or at least so many of what stands below the node.
[[gnu::noinline]]  // or each leaf has its frame too
Tri evaluate_group(const Node* node, const Subject& subject) noexcept {  // NOLINT(misc-no-recursion): as deep as the loader lets be
  const Node* const end = node + node->size;
  if (node->op == Op::all || node->op == Op::any) {
    const Tri decisive = node->op == Op::all ? Tri::no : Tri::yes;
    Tri result = turned(decisive, true);
    for (const Node* child = node + 1; child != end; child += child->size) {
      const Tri tri = evaluate(child, subject);
      if (tri == decisive) return decisive;
      if (tri == Tri::unknown) result = Tri::unknown;
    }
    return result;
  }
  int certain = 0;
  int possible = 0;
  for (const Node* child = node + 1; child != end; child += child->size) {
    const Tri tri = evaluate(child, subject);
    certain += tri == Tri::yes ? 1 : 0;
    possible += tri != Tri::no ? 1 : 0;
  }
  return certain >= node->target ? Tri::yes : possible < node->target ? Tri::no : Tri::unknown;
}

}  // namespace

Tri evaluate(const Node* node, const Subject& subject) noexcept {  // NOLINT(misc-no-recursion): as evaluate_group
  return is_leaf(*node) ? leaf(*node, subject) : evaluate_group(node, subject);
}

Asks asks_of(const Node* node, const Subject& subject) noexcept {
  if (evaluate(node, subject) != Tri::unknown) return 0;
  if (is_leaf(*node)) return asks_of_leaf(*node, subject);
  Asks asks = 0;
  const Node* const end = node + node->size;
  for (const Node* child = node + 1; child != end; child += child->size) asks |= asks_of(child, subject);
  return asks;
}

namespace {

constexpr int minutes_a_day = 1440;
constexpr int minutes_a_week = 7 * minutes_a_day;

constexpr int wrapped(int minutes, int circle) noexcept { return (minutes % circle + circle) % circle; }

// A dose on the circle of a day or a week: at `at`, or up to `width` later.
struct Place {
  int at = 0;
  int width = 0;
};

// How far magnesium comes after the drug, going forward: from `from` to `from + length`, which may be once round and more.
struct Distances {
  int from = 0;
  int length = 0;
  int circle = 0;

  Distances(Place drug, Place magnesium, int of) noexcept
      : from{wrapped(magnesium.at - drug.at - drug.width, of)}, length{drug.width + magnesium.width}, circle{of} {}

  [[nodiscard]] int least_after_drug() const noexcept { return from + length >= circle ? 0 : from; }
  [[nodiscard]] int least_before_drug() const noexcept {
    return from == 0 || from + length >= circle ? 0 : circle - from - length;
  }
  // The distances that a window forbids are one arc; whether it holds all of these, or none.
  [[nodiscard]] Tri within(const base::Window& window) const noexcept {
    if (window.before <= 0 && window.after <= 0) return Tri::no;
    const int side_after = std::max(window.after, 1) - 1;
    const int forbidden = side_after + std::max(window.before, 1);
    if (forbidden >= circle) return Tri::yes;
    const int begins = wrapped(from + side_after, circle);
    if (begins + length < forbidden) return Tri::yes;
    return begins >= forbidden && begins + length < circle ? Tri::no : Tri::unknown;
  }
};

// What past midnight falls on another day may have been told of either day.
Place on_day(int day, const facts::DoseTime& time) noexcept {
  const bool past_midnight = time.at + time.width >= minutes_a_day;
  return {day * minutes_a_day + time.at - (past_midnight ? minutes_a_day : 0), time.width + (past_midnight ? minutes_a_day : 0)};
}

class Closest {
 public:
  Closest(const base::Window& window, detail::Gap& worst, int circle) noexcept
      : window_{window}, worst_{worst}, circle_{circle} {}

  void see(const facts::DoseTime& drug, const facts::DoseTime& magnesium) noexcept {
    if (drug.width + magnesium.width == 0 && drug.anchor == facts::DoseTime::none) {  // nearly always: at once, and far enough
      const int after = magnesium.at >= drug.at ? magnesium.at - drug.at : magnesium.at - drug.at + circle_;
      const int before = after == 0 ? 0 : circle_ - after;
      if (after >= window_.before && before >= window_.after) return;
    }
    see(drug, {drug.at, drug.width}, magnesium, {magnesium.at, magnesium.width}, 0);
  }
  void see(int drug_day, const facts::DoseTime& drug, int day, const facts::DoseTime& magnesium) noexcept {
    see(drug, on_day(drug_day, drug), magnesium, on_day(day, magnesium), (day - drug_day) * minutes_a_day);
  }
  [[nodiscard]] Tri result() const noexcept { return result_; }

 private:
  void see(const facts::DoseTime& drug, Place drug_at, const facts::DoseTime& magnesium, Place at, int days_between) noexcept {
    Distances distances{drug_at, at, circle_};
    Tri tri = distances.within(window_);
    if (drug.anchor != facts::DoseTime::none && drug.anchor == magnesium.anchor) {
      // By one hour that is not known: how far apart they are may be.
      const Distances apart{{drug.offset, drug.offset_width}, {days_between + magnesium.offset, magnesium.offset_width}, circle_};
      if (const Tri by_hour = apart.within(window_); tri == Tri::unknown || apart.length < distances.length) {
        if (by_hour != Tri::unknown) tri = by_hour;
        distances = apart;
      }
    }
    if (tri == Tri::no || tri < result_) return;
    const bool surer = tri > result_;
    result_ = tri;
    if (surer) shortfall_ = 0;
    note(window_.before, distances.least_after_drug(), distances.length, drug, magnesium, true);
    note(window_.after, distances.least_before_drug(), distances.length, drug, magnesium, false);
  }
  void note(int needed, int gap, int length, const facts::DoseTime& drug, const facts::DoseTime& magnesium,
            bool drug_first) noexcept {
    if (needed - gap <= shortfall_) return;
    shortfall_ = needed - gap;
    worst_ = {drug.at, drug.width, magnesium.at, magnesium.width, gap, needed, std::min(gap + length, circle_ - 1), drug_first};
  }

  const base::Window& window_;
  detail::Gap& worst_;
  int circle_;
  int shortfall_ = 0;
  Tri result_ = Tri::no;
};

}  // namespace

Tri too_close(const base::Window& window, const facts::Doses& drug, const facts::Doses& magnesium,
              std::span<const facts::DoseTime> times, detail::Gap& worst) noexcept {
  if (drug.never || magnesium.never) return Tri::no;
  if (drug.count == 0 || magnesium.count == 0) return Tri::unknown;
  // Where one of the two comes every day, each dose of the other meets it as on a circle of one day.
  const bool daily = drug.days == Schedule::every_day || magnesium.days == Schedule::every_day;
  Closest closest{window, worst, daily ? minutes_a_day : minutes_a_week};
  for (const facts::DoseTime& d : times.subspan(drug.first_time, drug.count))
    for (const facts::DoseTime& m : times.subspan(magnesium.first_time, magnesium.count)) {
      if (daily) {
        closest.see(d, m);
        continue;
      }
      for (int drug_day = 0; drug_day < 7; ++drug_day)
        for (int day = 0; day < 7; ++day)
          if ((drug.days >> drug_day & 1) != 0 && (magnesium.days >> day & 1) != 0) closest.see(drug_day, d, day, m);
    }
  return closest.result();
}

}  // namespace magnesia::rules
