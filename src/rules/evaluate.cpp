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
  const auto evaluate = [&](const Node* child) noexcept {
    return is_leaf(*child) ? leaf(*child, subject) : evaluate_group(child, subject);
  };
  if (node->op == Op::all || node->op == Op::any) {
    const Tri decisive = node->op == Op::all ? Tri::no : Tri::yes;
    Tri result = turned(decisive, true);
    for (const Node* child = node + 1; child != end; child += child->size) {
      const Tri tri = evaluate(child);
      if (tri == decisive) return decisive;
      if (tri == Tri::unknown) result = Tri::unknown;
    }
    return result;
  }
  int certain = 0;
  int possible = 0;
  for (const Node* child = node + 1; child != end; child += child->size) {
    const Tri tri = evaluate(child);
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
  if (is_leaf(*node)) return asks_of_leaf(*node, subject);
  Asks asks = 0;
  const Node* const end = node + node->size;
  for (const Node* child = node + 1; child != end; child += child->size)
    if (evaluate(child, subject) == Tri::unknown) asks |= asks_of(child, subject);
  return asks;
}

namespace {

constexpr int minutes_a_day = 1440;
constexpr int minutes_a_week = 7 * minutes_a_day;

// Once round or twice, so that this is faster than to divide.
constexpr int wrapped(int minutes, int circle) noexcept {
  while (minutes < 0) minutes += circle;
  while (minutes >= circle) minutes -= circle;
  return minutes;
}

// The distances from the drug forward to magnesium that a window forbids are one arc of the circle: of this length, and it begins
// so far before the drug.
struct Arc {
  int begins_before = 0;
  int length = 0;  // 0: it forbids none

  explicit Arc(const base::Window& window) noexcept {
    if (window.before <= 0 && window.after <= 0) return;
    begins_before = std::max(window.after, 1) - 1;
    length = begins_before + std::max(window.before, 1);
  }
};

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
  // Whether the arc holds all of these, or none.
  [[nodiscard]] Tri within(const Arc& arc) const noexcept {
    if (arc.length == 0) return Tri::no;
    if (arc.length >= circle) return Tri::yes;
    const int begins = wrapped(from + arc.begins_before, circle);
    if (begins + length < arc.length) return Tri::yes;
    return begins >= arc.length && begins + length < circle ? Tri::no : Tri::unknown;
  }
};

// What past midnight falls on another day may have been told of either day.
Place on_day(int day, const facts::DoseTime& time) noexcept {
  const bool past_midnight = time.at + time.width >= minutes_a_day;
  return {day * minutes_a_day + time.at - (past_midnight ? minutes_a_day : 0), time.width + (past_midnight ? minutes_a_day : 0)};
}

// The pair of doses that falls shortest of a window.
class Shortest {
 public:
  Shortest(const base::Window& window, detail::Gap& worst, int circle) noexcept
      : window_{window}, worst_{worst}, circle_{circle} {}

  void see(int after_drug, int before_drug, int length, const facts::DoseTime& drug, const facts::DoseTime& magnesium) noexcept {
    see_side(window_.before, after_drug, length, drug, magnesium);
    see_side(window_.after, before_drug, length, drug, magnesium);
  }
  void forget() noexcept { shortfall_ = 0; }

 private:
  void see_side(int needed, int gap, int length, const facts::DoseTime& drug, const facts::DoseTime& magnesium) noexcept {
    if (needed - gap <= shortfall_) return;
    shortfall_ = needed - gap;
    const auto minutes = [](int count) { return static_cast<std::int16_t>(count); };  // a week at most
    worst_.drug_time = drug.at;
    worst_.drug_width = drug.width;
    worst_.magnesium_time = magnesium.at;
    worst_.magnesium_width = magnesium.width;
    worst_.minutes = minutes(gap);
    worst_.needed = minutes(needed);
    worst_.at_most = std::min(gap + length, circle_ - 1);
  }

  const base::Window& window_;
  detail::Gap& worst_;
  int circle_;
  int shortfall_ = 0;
};

class Closest {
 public:
  Closest(const base::Window& window, detail::Gap& worst, int circle) noexcept
      : arc_{window}, shortest_{window, worst, circle}, circle_{circle} {}

  void see(const facts::DoseTime& drug, const facts::DoseTime& magnesium) noexcept {
    see(drug, {drug.at, drug.width}, magnesium, {magnesium.at, magnesium.width}, 0);
  }
  void see(int drug_day, const facts::DoseTime& drug, int day, const facts::DoseTime& magnesium) noexcept {
    see(drug, on_day(drug_day, drug), magnesium, on_day(day, magnesium), (day - drug_day) * minutes_a_day);
  }
  [[nodiscard]] Tri result() const noexcept { return result_; }

 private:
  void see(const facts::DoseTime& drug, Place drug_at, const facts::DoseTime& magnesium, Place at, int days_between) noexcept {
    Distances distances{drug_at, at, circle_};
    Tri tri = distances.within(arc_);
    if (drug.anchor != facts::DoseTime::none && drug.anchor == magnesium.anchor) {
      // By one hour that is not known: how far apart they are may be.
      const Distances apart{{drug.offset, drug.offset_width}, {days_between + magnesium.offset, magnesium.offset_width}, circle_};
      if (const Tri by_hour = apart.within(arc_); tri == Tri::unknown || apart.length < distances.length) {
        if (by_hour != Tri::unknown) tri = by_hour;
        distances = apart;
      }
    }
    if (tri == Tri::no || tri < result_) return;
    const bool surer = tri > result_;
    result_ = tri;
    if (surer) shortest_.forget();
    shortest_.see(distances.least_after_drug(), distances.least_before_drug(), distances.length, drug, magnesium);
  }

  Arc arc_;
  Shortest shortest_;
  int circle_;
  Tri result_ = Tri::no;
};

// Of doses each at its minute of every day, as nearly all are: what Closest would find, sooner.
Tri too_close_at_minutes(const base::Window& window, std::span<const facts::DoseTime> drugs,
                         std::span<const facts::DoseTime> magnesium, detail::Gap& worst) noexcept {
  const Arc arc{window};
  if (arc.length == 0) return Tri::no;
  Shortest shortest{window, worst, minutes_a_day};
  Tri result = Tri::no;
  for (const facts::DoseTime& drug : drugs)
    for (const facts::DoseTime& one : magnesium) {
      const int after = one.at >= drug.at ? one.at - drug.at : one.at - drug.at + minutes_a_day;
      const int beyond = after + arc.begins_before - minutes_a_day;
      if (arc.length < minutes_a_day && (beyond < 0 ? beyond + minutes_a_day : beyond) >= arc.length) continue;
      result = Tri::yes;
      shortest.see(after, after == 0 ? 0 : minutes_a_day - after, 0, drug, one);
    }
  return result;
}

}  // namespace

Tri too_close(const base::Window& window, const facts::Doses& drug, const facts::Doses& magnesium,
              std::span<const facts::DoseTime> times, detail::Gap& worst) noexcept {
  // Where one of the two comes every day, each dose of the other meets it as on a circle of one day.
  const bool daily = drug.days == Schedule::every_day || magnesium.days == Schedule::every_day;
  const auto times_of = [&](const facts::Doses& doses) { return std::span{times.data() + doses.first_time, doses.count}; };
  if (drug.at_minutes && magnesium.at_minutes && daily)
    return too_close_at_minutes(window, times_of(drug), times_of(magnesium), worst);
  if (drug.never || magnesium.never) return Tri::no;
  if (drug.count == 0 || magnesium.count == 0) return Tri::unknown;
  Closest closest{window, worst, daily ? minutes_a_day : minutes_a_week};
  for (const facts::DoseTime& d : times_of(drug))
    for (const facts::DoseTime& m : times_of(magnesium)) {
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
