// The smallest change that would clear a finding.
#include <algorithm>
#include <cstdlib>

#include "words/used.hpp"

namespace magnesia::words {

using base::Node;
using base::Op;
using detail::Gap;
using detail::Record;
using detail::Workspace;
using facts::FactId;

namespace {

constexpr int minutes_a_day = 1440;

bool is_amount(const Node& node) noexcept {
  return (node.op == Op::compare || node.op == Op::compare_fact) &&
         (node.fact == FactId::intake || node.fact == FactId::dose || node.fact == FactId::per_day);
}
bool is_salt(const Node& node) noexcept { return node.op == Op::salt; }
bool is_anything(const Node&) noexcept { return true; }

// Kleene evaluation as if some leaves did not hold.
Tri evaluate_without(const Node* node, const rules::Subject& subject, bool (*dropped)(const Node&)) noexcept {
  if (node->op > Op::at_least_n) return dropped(*node) ? Tri::no : rules::evaluate_leaf(*node, subject);
  int certain = 0;
  int possible = 0;
  int all = 0;
  const Node* const end = node + node->size;
  for (const Node* child = node + 1; child != end; child += child->size, ++all) {
    const Tri tri = evaluate_without(child, subject, dropped);
    certain += tri == Tri::yes ? 1 : 0;
    possible += tri != Tri::no ? 1 : 0;
  }
  const int needed = node->op == Op::all ? all : node->op == Op::any ? 1 : node->target;
  return certain >= needed ? Tri::yes : possible < needed ? Tri::no : Tri::unknown;
}

// A product whose doses can be tried at another time.
struct Trial {
  const Workspace& workspace;
  const facts::Product& product;
  std::vector<facts::DoseTime> times;  // of the product, then of one drug
  std::size_t moving = 0;

  // Whether a medication's doses keep a window with the moving dose at `time`.
  [[nodiscard]] bool keeps(const base::Window& window, const facts::Medication& medication, int time) {
    times.resize(product.doses.count);
    times[moving] = {static_cast<std::int16_t>(time)};
    facts::Doses magnesium = product.doses;
    magnesium.first_time = 0;
    facts::Doses drug = medication.doses;
    drug.first_time = product.doses.count;
    for (std::size_t i = 0; i < drug.count; ++i) times.push_back(workspace.times[medication.doses.first_time + i]);
    Gap gap;
    return rules::too_close(window, drug, magnesium, times, gap) == Tri::no;
  }
};

template <class See>
void for_each_window(const Workspace& workspace, const facts::Product& product, See see) {
  for (const facts::Medication& medication : workspace.medications) {
    if (medication.doses.count == 0) continue;
    for (const std::uint16_t at : workspace.base->rules_for_drug[medication.drug]) {
      const base::Rule& rule = workspace.base->rules[at];
      if (!rule.window || rule.severity == Severity::none) continue;
      if (rule.salt != base::no_concept && product.salts.holds(rule.salt) == Tri::no) continue;
      see(*rule.window, medication);
    }
  }
}

// The nearest time for the offending dose at which every window is kept, or -1.
int nearest_time(const Workspace& workspace, const Record& record) {
  const facts::Product& product = *product_of(workspace, record);
  Trial trial{workspace, product, {}, 0};
  for (std::size_t i = 0; i < product.doses.count; ++i) {
    trial.times.push_back(workspace.times[product.doses.first_time + i]);
    if (trial.times.back().at == record.gap.magnesium_time && trial.times.back().width == record.gap.magnesium_width)
      trial.moving = i;
  }
  int best = -1;
  int best_shift = minutes_a_day;
  const auto consider = [&](int time) {
    time = (time % minutes_a_day + minutes_a_day) % minutes_a_day;
    const int away = std::abs(time - record.gap.magnesium_time);
    const int shift = std::min(away, minutes_a_day - away);
    if (shift >= best_shift) return;
    bool kept = true;
    for_each_window(workspace, product, [&](const base::Window& window, const facts::Medication& medication) {
      kept = kept && trial.keeps(window, medication, time);
    });
    if (!kept) return;
    best = time;
    best_shift = shift;
  };
  // The nearest time that keeps all windows lies at the edge of one of them.
  for_each_window(workspace, product, [&](const base::Window& window, const facts::Medication& medication) {
    for (std::size_t i = 0; i < medication.doses.count; ++i) {
      const facts::DoseTime& drug = workspace.times[medication.doses.first_time + i];
      consider(drug.at + drug.width + std::max(window.before, 0));
      consider(drug.at - std::max(window.after, 0));
    }
  });
  return best;
}

Change by_time(const Workspace& workspace, const Record& record) {
  const base::Base& base = *workspace.base;
  const base::Rule& rule = base.rules[record.rule];
  const facts::Product& product = *product_of(workspace, record);
  Change change;
  change.kind = ChangeKind::time;
  if (!product.from_medication) change.product = product.entry;
  const int time = record.gap.magnesium_time < 0 ? -1 : nearest_time(workspace, record);
  std::string before;
  std::string after;
  if (time >= 0) {
    change.time = time;
    std::string clock;
    append_time(clock, time);
    append_text(change.text, base, "change.time",
                {{"subject", product.name.empty() ? base.text("product.any") : std::string_view{product.name}}, {"time", clock}});
    return change;
  }
  append_minutes(before, std::max(rule.window->before, 0));
  append_minutes(after, std::max(rule.window->after, 0));
  append_text(change.text, base, "change.separate",
              {{"drug", base.drugs[medication_of(workspace, record)->drug].name}, {"before", before}, {"after", after}});
  return change;
}

// The most that leaves an amount leaf false, in whole milligrams.
Exact most_allowed(const Workspace& workspace, const facts::Product* product, const Node& leaf) noexcept {
  const Exact threshold = leaf.op == Op::compare ? leaf.threshold : number_of(workspace, product, leaf.other).value.low;
  if (!threshold.finite()) return threshold;
  Exact whole = threshold.rounded_to(1);
  const bool reached = leaf.compare == base::Compare::above ? whole > threshold : whole >= threshold;
  if (reached) whole = Exact::add(whole, -1, Rounding::down);
  return std::max(whole, Exact{});
}

Change by_amount(const Workspace& workspace, const Record& record, const Node* node, const rules::Subject& subject) {
  const facts::Product* const product = product_of(workspace, record);
  Change change;
  Exact most = Exact::infinity();
  FactId fact = FactId::intake;
  auto leaf = [&](const Node& at, Tri) {
    if (!is_amount(at)) return;
    const Exact one = most_allowed(workspace, product, at);
    if (one >= most) return;
    most = one;
    fact = at.fact;
  };
  for_each_leaf(node, subject, leaf);
  if (!most.finite()) return change;
  change.kind = fact == FactId::intake ? ChangeKind::total : ChangeKind::amount;
  change.amount = ElementalMass::of_base(most);
  if (fact != FactId::intake && product != nullptr && !product->from_medication) change.product = product->entry;
  std::string amount;
  append_value(amount, fact, most, *workspace.base);
  append_text(change.text, *workspace.base,
              fact == FactId::intake ? "change.total"
              : fact == FactId::dose ? "change.dose"
                                     : "change.amount",
              {{"amount", amount}});
  return change;
}

Change by_salt(const Workspace& workspace, const Record& record) {
  Change change;
  change.kind = ChangeKind::salt;
  const facts::Product* const product = product_of(workspace, record);
  if (product != nullptr && !product->from_medication) change.product = product->entry;
  append_text(change.text, *workspace.base, "change.salt",
              {{"salt", product != nullptr && !product->name.empty() ? std::string_view{product->name}
                                                                     : workspace.base->text("product.any")}});
  return change;
}

// What would have to turn out for a possible finding to be cleared: the first leaf that is open.
Change by_knowing(const Workspace& workspace, const Node* node, const rules::Subject& subject) {
  const base::Base& base = *workspace.base;
  Change change;
  auto leaf = [&](const Node& at, Tri truth) {
    if (change.kind == ChangeKind::know || truth != Tri::unknown) return;
    change.kind = ChangeKind::know;
    std::string needed;
    std::string_view what;
    if (at.op == Op::compare || at.op == Op::compare_fact) {
      static constexpr std::array<std::string_view, 4> turned{"relation.at_least", "relation.above", "relation.at_most",
                                                              "relation.below"};
      std::string value;
      append_value(value, at.fact,
                   at.op == Op::compare ? at.threshold : number_of(workspace, subject.product, at.other).value.low, base);
      append_text(needed, base, turned[static_cast<std::size_t>(at.compare)], {{"value", value}});
      what = fact_name(base, facts::info(at.fact).id);
    } else {
      const Used used = used_leaf(workspace, subject.product, at, truth);
      what = used.concept_name;
      append_text(needed, base, at.negated ? "relation.present" : "relation.absent");
    }
    append_text(change.text, base, "change.know", {{"fact", what}, {"needed", needed}});
  };
  for_each_leaf(node, subject, leaf);
  return change;
}

}  // namespace

Change smallest_change(const Workspace& workspace, const Record& record) {
  const base::Base& base = *workspace.base;
  const base::Rule& rule = base.rules[record.rule];
  if (rule.severity == Severity::none) return {};
  if (rule.window) return by_time(workspace, record);
  Change change;
  if (rule.node_count != 0) {
    const Node* const node = base.nodes.data() + rule.first_node;
    const rules::Subject subject{workspace.person, product_of(workspace, record)};
    if (evaluate_without(node, subject, is_amount) == Tri::no) change = by_amount(workspace, record, node, subject);
    if (change.kind == ChangeKind::none && evaluate_without(node, subject, is_salt) == Tri::no)
      change = by_salt(workspace, record);
    if (change.kind == ChangeKind::none && record.status == Status::possible && record.asks != 0 &&
        evaluate_without(node, subject, is_anything) == Tri::no)
      change = by_knowing(workspace, node, subject);
  }
  if (change.kind == ChangeKind::none && rule.salt != base::no_concept) change = by_salt(workspace, record);
  if (change.kind == ChangeKind::none) append_text(change.text, base, "change.none");
  return change;
}

}  // namespace magnesia::words
