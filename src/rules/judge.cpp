// From facts to findings and a range.
#include <algorithm>
#include <optional>

#include "rules/evaluate.hpp"

namespace magnesia::rules {

using base::Base;
using base::Rule;
using base::Scope;
using detail::Gap;
using detail::Record;
using detail::Workspace;
using facts::Asks;

namespace {

Tri condition_of(const Base& base, const Rule& rule, const Subject& subject) noexcept {
  return rule.node_count == 0 ? Tri::yes : evaluate(base.nodes.data() + rule.first_node, subject);
}

Tri salt_of(const Rule& rule, const facts::Product& product) noexcept {
  return rule.salt == base::no_concept ? Tri::yes : product.salts.holds(rule.salt);
}

// Whether the rule holds of this medication and product. The cheapest and most telling part first. `gap` is written only
// where the rule may hold and has a window.
[[gnu::always_inline]] inline Tri holds_here(const Workspace& workspace, const Rule& rule, const facts::Medication* medication,
                                             const facts::Product* product, Gap& gap) noexcept {
  const Base& base = *workspace.base;
  Tri tri = product != nullptr && product->perhaps ? Tri::unknown : Tri::yes;
  if (rule.window && medication != nullptr && product != nullptr && !product->by_mouth) return Tri::no;
  if (product != nullptr) tri = std::min(tri, salt_of(rule, *product));
  if (tri != Tri::no && rule.window && medication != nullptr && product != nullptr)
    tri = std::min(tri, too_close(*rule.window, medication->doses, product->doses, workspace.times, gap));
  if (tri == Tri::no || rule.node_count == 0) return tri;
  tri = std::min(tri, condition_of(base, rule, {workspace.person, product}));
  if (tri == Tri::no) gap = {};
  return tri;
}

Tri holds_of(const Workspace& workspace, const Rule& rule, const facts::Medication* medication, const facts::Product* product,
             Gap& gap) noexcept {
  return holds_here(workspace, rule, medication, product, gap);
}

// What would have to be known of a rule that may hold.
Asks asks_for(const Workspace& workspace, const Rule& rule, const facts::Medication* medication,
              const facts::Product* product) noexcept {
  Asks asks = 0;
  Gap gap;
  if (rule.window && medication != nullptr && product != nullptr &&
      too_close(*rule.window, medication->doses, product->doses, workspace.times, gap) == Tri::unknown)
    asks |= facts::bit(facts::Ask::times);
  if (product != nullptr && product->perhaps) asks |= facts::bit(facts::Ask::medication_detail);
  if (product != nullptr && salt_of(rule, *product) == Tri::unknown) asks |= product->salts.ask(rule.salt);
  const Subject subject{workspace.person, product};  // it may hold for certain, and the rule not of every member of a class
  if (rule.node_count != 0 && condition_of(*workspace.base, rule, subject) == Tri::unknown)
    asks |= asks_of(workspace.base->nodes.data() + rule.first_node, subject);
  return asks;
}

void raise(Severity& severity, Severity to) noexcept { severity = std::max(severity, to); }

void could_reach(Workspace& workspace, Asks asks, Severity severity) noexcept {
  raise(workspace.at_most, severity);
  for (std::size_t ask = 0; asks != 0; ++ask, asks >>= 1U)
    if ((asks & 1U) != 0) raise(workspace.could_reach[ask], severity);
}

// The record that is next to be written is the last of the records while rules are judged: what it will speak of, its gap, is
// found out first and is not copied.
void begin_record(Workspace& workspace) { workspace.records.emplace_back(); }

void end_records(Workspace& workspace) { workspace.records.pop_back(); }

Gap& next_gap(Workspace& workspace) noexcept { return workspace.records.back().gap; }

void note(Workspace& workspace, std::uint16_t index, Tri tri, int medication, int product) {
  const Rule& rule = workspace.base->rules[index];
  Record& record = workspace.records.back();
  record.place = rule.place;
  record.rule = index;
  record.medication = static_cast<std::int16_t>(medication);
  record.product = static_cast<std::int16_t>(product);
  if (tri == Tri::yes && rule.confirmed()) {
    record.status = Status::established;
    raise(workspace.at_least, rule.severity);
    raise(workspace.at_most, rule.severity);
    return begin_record(workspace);
  }
  const auto* taken = medication < 0 ? nullptr : &workspace.medications[static_cast<std::size_t>(medication)];
  const auto* of = product < 0 ? nullptr : &workspace.products[static_cast<std::size_t>(product)];
  if (tri == Tri::unknown) record.asks = asks_for(workspace, rule, taken, of);
  could_reach(workspace, record.asks, rule.severity);
  // What an open list alone could bring is asked once; and what only informs is said only when it is so.
  const bool only_open_lists = record.asks != 0 && (record.asks & ~facts::open_lists) == 0;
  if (rule.severity != Severity::none && !only_open_lists) return begin_record(workspace);
  record = {};
}

// A medication named by its class: a rule of the class is established only if it, or what replaces it, holds of every member.
Tri weakest_of_members(const Workspace& workspace, std::uint16_t index, const facts::Medication& named,
                       const facts::Product* product, Tri of_class) noexcept {
  const Base& base = *workspace.base;
  Tri weakest = of_class;
  for (const base::ConceptId member : base.drugs.below(named.drug)) {
    const auto& in_force = base.rules_for_drug[member];
    if (std::find(in_force.begin(), in_force.end(), index) != in_force.end()) continue;
    Tri best = Tri::no;
    for (const std::uint16_t other : in_force) {
      const Rule& rule = base.rules[other];
      if (rule.severity < base.rules[index].severity || !rule.confirmed()) continue;
      if ((rule.scope == Scope::pair) != (product != nullptr)) continue;
      Gap gap;
      best = std::max(best, holds_of(workspace, rule, &named, product, gap));
    }
    weakest = std::min(weakest, best == Tri::no ? Tri::unknown : best);
  }
  return weakest;
}

void judge_members(Workspace& workspace, const facts::Medication& named) {
  const Base& base = *workspace.base;
  for (const base::ConceptId member : base.drugs.below(named.drug)) {
    for (const std::uint16_t index : base.rules_for_drug[member]) {
      const Rule& rule = base.rules[index];
      if (rule.severity <= workspace.could_reach[static_cast<std::size_t>(facts::Ask::medication_detail)]) continue;
      Gap gap;
      Tri best = Tri::no;
      if (rule.scope == Scope::medication) best = holds_of(workspace, rule, &named, nullptr, gap);
      if (rule.scope == Scope::pair)
        for (std::size_t p = 0; p < workspace.product_count; ++p)
          if (!is_itself(workspace.products[p], named))
            best = std::max(best, holds_of(workspace, rule, &named, &workspace.products[p], gap));
      if (best != Tri::no) could_reach(workspace, facts::bit(facts::Ask::medication_detail), rule.severity);
    }
  }
}

// What a drug brings for certain.
Severity certain_of(const Workspace& workspace, base::ConceptId drug, const facts::Medication& taken) noexcept {
  const Base& base = *workspace.base;
  Severity worst = Severity::none;
  for (const std::uint16_t at : base.rules_for_drug[drug]) {
    const Rule& rule = base.rules[at];
    if (!rule.confirmed() || rule.severity <= worst) continue;
    Gap gap;
    bool certain = rule.scope == Scope::medication && holds_of(workspace, rule, &taken, nullptr, gap) == Tri::yes;
    if (rule.scope == Scope::pair)
      for (std::size_t p = 0; p < workspace.product_count && !certain; ++p) {
        const facts::Product& product = workspace.products[p];
        certain = !is_itself(product, taken) && holds_of(workspace, rule, &taken, &product, gap) == Tri::yes;
      }
    if (certain) worst = rule.severity;
  }
  return worst;
}

// A drug named by its class brings at least what the mildest of all that it may be does, by whichever rule.
Severity certain_of_any(const Workspace& workspace, const facts::Medication& named) noexcept {
  const Base& base = *workspace.base;
  Severity least = certain_of(workspace, named.drug, named);
  for (const base::ConceptId member : base.drugs.below(named.drug))
    if (least != Severity::none) least = std::min(least, certain_of(workspace, member, named));
  return least;
}

void judge_magnesium(Workspace& workspace, const Base::MagnesiumRule& one) {
  const Rule& rule = workspace.base->rules[one.rule];
  for (std::size_t p = 0; p < workspace.product_count; ++p) {
    const facts::Product& product = workspace.products[p];
    if (one.number && product.number(*one.number).absent) continue;
    const Tri tri = holds_here(workspace, rule, nullptr, &product, next_gap(workspace));
    if (tri != Tri::no) note(workspace, one.rule, tri, -1, static_cast<int>(p));
  }
}

void judge_medication(Workspace& workspace, int index) {
  const Base& base = *workspace.base;
  const facts::Medication& medication = workspace.medications[static_cast<std::size_t>(index)];
  const bool named_by_class = base.drugs.is_class(medication.drug);
  for (const std::uint16_t at : base.rules_for_drug[medication.drug]) {
    const Rule& rule = base.rules[at];
    const auto see = [&](const facts::Product* product, int p) {
      Tri tri = holds_here(workspace, rule, &medication, product, next_gap(workspace));
      if (tri == Tri::no) return;
      if (named_by_class && tri == Tri::yes) tri = weakest_of_members(workspace, at, medication, product, tri);
      note(workspace, at, tri, index, p);
    };
    if (rule.scope == Scope::medication) {
      see(nullptr, -1);
      continue;
    }
    for (std::size_t p = 0; p < workspace.product_count; ++p)
      if (const facts::Product& product = workspace.products[p]; !is_itself(product, medication))
        see(&product, static_cast<int>(p));
  }
  if (!named_by_class) return;
  judge_members(workspace, medication);
  raise(workspace.at_least, certain_of_any(workspace, medication));
}

// While it lives, there may be more magnesium than was told.
class MoreMagnesium {
 public:
  explicit MoreMagnesium(facts::Person& person)
      : person_{person}, intake_{person.number(facts::FactId::intake)}, salts_open_{person.salts.open} {
    person_.number(facts::FactId::intake).value.high = Exact::infinity();
    person_.salts.open = true;
  }
  MoreMagnesium(const MoreMagnesium&) = delete;
  MoreMagnesium& operator=(const MoreMagnesium&) = delete;
  ~MoreMagnesium() {
    person_.number(facts::FactId::intake) = intake_;
    person_.salts.open = salts_open_;
  }

 private:
  facts::Person& person_;
  facts::Numeric intake_;
  bool salts_open_;
};

// What a magnesium product that nobody has named could bring.
void judge_unknown_product(Workspace& workspace, facts::Ask ask) {
  const Base& base = *workspace.base;
  const Asks asks = facts::bit(ask);
  facts::Product& product = workspace.unknown_product;
  const auto see = [&](const Rule& rule, const facts::Medication* medication, const facts::Product* of) {
    if (rule.severity <= workspace.could_reach[static_cast<std::size_t>(ask)]) return;
    Gap gap;
    if (holds_of(workspace, rule, medication, of, gap) != Tri::no) could_reach(workspace, asks, rule.severity);
  };
  const auto see_all_of = [&](base::ConceptId drug, const facts::Medication& medication) {
    for (const std::uint16_t at : base.rules_for_drug[drug]) {
      const Rule& rule = base.rules[at];
      see(rule, &medication, rule.scope == Scope::pair ? &product : nullptr);
      if (rule.scope == Scope::pair && (rule.facts_used & facts::bit(facts::FactId::intake)) != 0)
        for (std::size_t p = 0; p < workspace.product_count; ++p) see(rule, &medication, &workspace.products[p]);
    }
  };
  const MoreMagnesium more{workspace.person};
  for (const std::uint16_t at : base.intake_rules) see(base.rules[at], nullptr, nullptr);
  for (const Base::MagnesiumRule& one : base.magnesium_rules) {
    const Rule& rule = base.rules[one.rule];
    see(rule, nullptr, &product);
    for (std::size_t p = 0; p < workspace.product_count; ++p) see(rule, nullptr, &workspace.products[p]);
  }
  for (const facts::Medication& medication : workspace.medications) {
    see_all_of(medication.drug, medication);
    if (!base.drugs.is_class(medication.drug)) continue;
    for (const base::ConceptId member : base.drugs.below(medication.drug)) see_all_of(member, medication);
  }
}

// What a medication that nobody has named could bring.
void judge_unknown_medication(Workspace& workspace) {
  const Base& base = *workspace.base;
  const bool another_product = workspace.magnesium_open || base.drug_contains;
  std::optional<MoreMagnesium> more;
  if (another_product) more.emplace(workspace.person);
  const facts::Medication nobody_named;
  Severity& reached = workspace.could_reach[static_cast<std::size_t>(facts::Ask::medications)];
  for (const std::uint16_t at : base.medication_rules) {
    const Rule& rule = base.rules[at];
    if (rule.severity <= reached) break;
    Tri best = Tri::no;
    const auto see = [&](const facts::Product* product) {
      Gap gap;
      if (best == Tri::no) best = holds_of(workspace, rule, &nobody_named, product, gap);
    };
    if (rule.scope == Scope::medication) {
      see(nullptr);
    } else {
      for (std::size_t p = 0; p < workspace.product_count; ++p) see(&workspace.products[p]);
      if (another_product) see(&workspace.unknown_product);
    }
    if (best != Tri::no) could_reach(workspace, facts::bit(facts::Ask::medications), rule.severity);
  }
}

// The rules about the person and about magnesium that what is told of the person does not rule out at a glance.
void find_candidates(Workspace& workspace) {
  const Base::Needed& needed = workspace.base->needed;
  const facts::Person& person = workspace.person;
  workspace.candidates = needed.always;
  const std::size_t words = needed.words;
  std::uint64_t* const candidates = workspace.candidates.data();
  const auto add = [=](const base::Bits& rows, std::size_t of) {
    const std::uint64_t* const row = rows.data() + of * words;
    for (std::size_t i = 0; i < words; i += 2) {
      candidates[i] |= row[i];
      candidates[i + 1] |= row[i + 1];
    }
  };
  const auto add_each = [&](const base::Bits& rows, const base::Bits& of) {
    base::for_each(of, [&](base::ConceptId id) { add(rows, id); });
  };
  if (person.conditions.open) {
    add(needed.any_condition, 0);
  } else {
    for (const base::ConceptId id : workspace.conditions) add(needed.conditions, id);
    if (person.conditions.some_maybe) add_each(needed.conditions, person.conditions.maybe);
  }
  if (!person.purpose_absent) {
    add_each(needed.purposes, person.purpose.has);
    add_each(needed.purposes, person.purpose.maybe);
  }
  for (const facts::FactId fact : needed.compared) {
    const Base::Needed::Cuts& cuts = needed.facts[static_cast<std::size_t>(fact)];
    const facts::Numeric& number = person.number(fact);
    if (number.absent) continue;
    // A comparison holds on one side of its threshold: of an interval, its ends tell.
    add(cuts.rows, cuts.row_of(number.value.low));
    if (!number.value.is_point()) add(cuts.rows, cuts.row_of(number.value.high));
  }
  for (std::size_t flag = 0; flag < facts::is_count; ++flag)
    if (!person.is_absent[flag] && person.is[flag] != Tri::no) add(needed.flags, flag);
}

[[gnu::noinline]]  // or each comparison looks at all
bool is_before_of_same_rule(const Record& a, const Record& b) noexcept {
  return a.product != b.product ? a.product < b.product : a.medication < b.medication;
}

// A finding beside one that says the same and more is noise. The range stays as it is: only what is no milder covers. Both are
// about the person, and those records were written first.
void set_covered_aside(Workspace& workspace) {
  const Base& base = *workspace.base;
  std::vector<Record>& records = workspace.records;
  const auto begin = records.begin();
  const auto end = std::find_if(begin, records.end(), [](const Record& one) { return one.product >= 0 || one.medication >= 0; });
  const auto covers = [&](std::uint16_t rule, const Record& covered) {
    if (!base.rules[rule].confirmed() || base.rules[rule].severity < base.rules[covered.rule].severity) return false;
    const auto by = std::find_if(begin, end, [&](const Record& record) { return record.rule == rule; });
    return by != end && (by->status == Status::established || by->status == covered.status);
  };
  for (auto record = begin; record != end; ++record) {
    const auto& by = base.rules[record->rule].covered_by;
    if (!by.empty() && std::any_of(by.begin(), by.end(), [&](std::uint16_t rule) { return covers(rule, *record); }))
      workspace.covered.push_back(*record);
  }
  for (const Record& covered : workspace.covered)
    records.erase(
        std::find_if(records.begin(), records.end(), [&](const Record& record) { return record.rule == covered.rule; }));
}

}  // namespace

void judge(Workspace& workspace) {
  const Base& base = *workspace.base;
  workspace.records.clear();
  workspace.covered.clear();
  workspace.could_reach.fill(Severity::none);
  workspace.at_least = Severity::none;
  workspace.at_most = Severity::none;

  begin_record(workspace);
  find_candidates(workspace);
  const std::size_t about_person = base.person_rules.size();
  base::for_each(workspace.candidates, [&](base::ConceptId position) {
    if (position >= about_person) return judge_magnesium(workspace, base.magnesium_rules[position - about_person]);
    const std::uint16_t at = base.person_rules[position];
    const Tri tri = condition_of(base, base.rules[at], {workspace.person, nullptr});
    if (tri != Tri::no) note(workspace, at, tri, -1, -1);
  });
  for (std::size_t m = 0; m < workspace.medications.size(); ++m) judge_medication(workspace, static_cast<int>(m));
  end_records(workspace);
  set_covered_aside(workspace);
  if (workspace.magnesium_open) judge_unknown_product(workspace, facts::Ask::magnesium);
  if (workspace.medications_open) {
    judge_unknown_medication(workspace);
    if (base.drug_contains) judge_unknown_product(workspace, facts::Ask::medications);
  }

  std::sort(workspace.records.begin(), workspace.records.end(), [](const Record& a, const Record& b) {
    return a.place != b.place ? a.place < b.place : is_before_of_same_rule(a, b);
  });
}

Tri holds_apart_from_window(const Workspace& workspace, const Rule& rule, const facts::Product& product) noexcept {
  Gap gap;
  return holds_of(workspace, rule, nullptr, &product, gap);
}

Tri holds(const Workspace& workspace, const Rule& rule, int medication, int product, Asks& asks, Gap& gap) noexcept {
  const auto* taken = medication < 0 ? nullptr : &workspace.medications[static_cast<std::size_t>(medication)];
  const auto* of = product < 0 ? nullptr : &workspace.products[static_cast<std::size_t>(product)];
  const Tri tri = holds_of(workspace, rule, taken, of, gap);
  asks = tri == Tri::unknown ? asks_for(workspace, rule, taken, of) : 0;
  return tri;
}

}  // namespace magnesia::rules
