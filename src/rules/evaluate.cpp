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

Tri evaluate(const Node* node, const Subject& subject) noexcept {
  if (is_leaf(*node)) return leaf(*node, subject);
  const Node* const end = node + node->size;
  if (node->op == Op::all || node->op == Op::any) {
    const Tri decisive = node->op == Op::all ? Tri::no : Tri::yes;
    Tri result = turned(decisive, true);
    for (const Node* child = node + 1; child != end; child += child->size) {
      const Tri tri = is_leaf(*child) ? leaf(*child, subject) : evaluate(child, subject);
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

constexpr int forward(int from, int to, int circle) noexcept { return to >= from ? to - from : to - from + circle; }

// The pair of doses that falls shortest of the window.
struct Closest {
  base::Window window;
  int circle;
  int shortfall = 0;
  detail::Gap worst{};

  // One dose of the drug and one of magnesium, on a circle.
  void see(int drug, int magnesium) noexcept {
    note(window.before, forward(drug, magnesium, circle), drug, magnesium, true);
    note(window.after, forward(magnesium, drug, circle), drug, magnesium, false);
  }
  void note(int needed, int gap, int drug, int magnesium, bool drug_first) noexcept {
    if (needed - gap <= shortfall) return;
    shortfall = needed - gap;
    worst = {drug, magnesium, gap, needed, drug_first};
  }
};

}  // namespace

Tri too_close(const base::Window& window, const facts::Doses& drug, const facts::Doses& magnesium,
              std::span<const std::int16_t> times, detail::Gap& worst) noexcept {
  if (drug.never || magnesium.never) return Tri::no;
  if (drug.count == 0 || magnesium.count == 0) return Tri::unknown;
  // Where one of the two comes every day, each dose of the other meets it as on a circle of one day.
  const bool daily = drug.days == Schedule::every_day || magnesium.days == Schedule::every_day;
  Closest closest{window, daily ? minutes_a_day : minutes_a_week};
  for (const std::int16_t d : times.subspan(drug.first_time, drug.count))
    for (const std::int16_t m : times.subspan(magnesium.first_time, magnesium.count)) {
      if (daily) {
        closest.see(d, m);
        continue;
      }
      for (int drug_day = 0; drug_day < 7; ++drug_day)
        for (int day = 0; day < 7; ++day)
          if ((drug.days >> drug_day & 1) != 0 && (magnesium.days >> day & 1) != 0)
            closest.see(drug_day * minutes_a_day + d, day * minutes_a_day + m);
    }
  if (closest.shortfall <= 0) return Tri::no;
  worst = closest.worst;
  if (!daily) {
    worst.drug_time %= minutes_a_day;
    worst.magnesium_time %= minutes_a_day;
  }
  return Tri::yes;
}

}  // namespace magnesia::rules
