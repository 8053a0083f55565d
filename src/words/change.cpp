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

// A dose of a product that can be tried at another time.
struct Trial {
  facts::Doses magnesium;               // of the product, behind all others
  std::vector<facts::DoseTime>& times;  // of the workspace, then of the product
  std::size_t moving = 0;               // which of its doses

  // Whether a medication's doses keep a window with the moving dose at `time`.
  [[nodiscard]] bool keeps(const base::Window& window, const facts::Medication& medication, int time) {
    times[magnesium.first_time + moving] = {static_cast<std::int16_t>(time)};
    Gap gap;
    return rules::too_close(window, medication.doses, magnesium, times, gap) == Tri::no;
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
int nearest_time(const Workspace& workspace, const Record& record, std::vector<facts::DoseTime>& times) {
  const facts::Product& product = *product_of(workspace, record);
  Trial trial{product.doses, times};
  trial.magnesium.first_time = static_cast<std::uint32_t>(workspace.times.size());
  times.reserve(workspace.times.size() + product.doses.count);
  times = workspace.times;
  for (std::size_t i = 0; i < product.doses.count; ++i) {
    const facts::DoseTime& dose = times.emplace_back(workspace.times[product.doses.first_time + i]);
    if (dose.at == record.gap.magnesium_time && dose.width == record.gap.magnesium_width) trial.moving = i;
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

// `time`: to which the dose can be moved, or -1.
void by_time(Change& change, const Workspace& workspace, const Record& record, int time) {
  const base::Base& base = *workspace.base;
  const base::Rule& rule = base.rules[record.rule];
  const facts::Product& product = *product_of(workspace, record);
  change.kind = ChangeKind::time;
  if (!product.from_medication) change.product = product.entry;
  if (time >= 0) {
    change.time = time;
    std::string clock;
    append_time(clock, time);
    return append_text(
        change.text, base, "change.time",
        {{"subject", product.name.empty() ? base.text("product.any") : std::string_view{product.name}}, {"time", clock}});
  }
  std::string before;
  std::string after;
  append_minutes(before, std::max(rule.window->before, 0));
  append_minutes(after, std::max(rule.window->after, 0));
  append_text(change.text, base, "change.separate",
              {{"drug", base.drugs[medication_of(workspace, record)->drug].name}, {"before", before}, {"after", after}});
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

void by_amount(Change& change, const Workspace& workspace, const Record& record, const Node* node,
               const rules::Subject& subject) {
  const facts::Product* const product = product_of(workspace, record);
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
  if (!most.finite()) return;
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
}

void by_salt(Change& change, const Workspace& workspace, const Record& record) {
  change.kind = ChangeKind::salt;
  const facts::Product* const product = product_of(workspace, record);
  if (product != nullptr && !product->from_medication) change.product = product->entry;
  append_text(change.text, *workspace.base, "change.salt",
              {{"salt", product != nullptr && !product->name.empty() ? std::string_view{product->name}
                                                                     : workspace.base->text("product.any")}});
}

// What would have to turn out for a possible finding to be cleared: the first leaf that is open.
void by_knowing(Change& change, const Workspace& workspace, const Node* node, const rules::Subject& subject) {
  const base::Base& base = *workspace.base;
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
}

}  // namespace

int Changes::time_for(const Record& record) {
  const Gap& gap = record.gap;
  if (gap.magnesium_time < 0) return -1;
  if (const Dose dose{record.product, gap.magnesium_time, gap.magnesium_width}; dose != moved_) {
    moved_to_ = nearest_time(workspace_, record, times_);
    moved_ = dose;
  }
  return moved_to_;
}

const Change& Changes::smallest(const Record& record) {
  std::string text = std::move(change_.text);
  text.clear();
  change_ = {};
  change_.text = std::move(text);
  const base::Base& base = *workspace_.base;
  const base::Rule& rule = base.rules[record.rule];
  if (rule.severity == Severity::none) return change_;
  if (rule.window) {
    by_time(change_, workspace_, record, time_for(record));
    return change_;
  }
  if (rule.node_count != 0) {
    const Node* const node = base.nodes.data() + rule.first_node;
    const rules::Subject subject{workspace_.person, product_of(workspace_, record)};
    if (evaluate_without(node, subject, is_amount) == Tri::no) by_amount(change_, workspace_, record, node, subject);
    if (change_.kind == ChangeKind::none && evaluate_without(node, subject, is_salt) == Tri::no)
      by_salt(change_, workspace_, record);
    if (change_.kind == ChangeKind::none && record.status == Status::possible && record.asks != 0 &&
        evaluate_without(node, subject, is_anything) == Tri::no)
      by_knowing(change_, workspace_, node, subject);
  }
  if (change_.kind == ChangeKind::none && rule.salt != base::no_concept) by_salt(change_, workspace_, record);
  if (change_.kind == ChangeKind::none) append_text(change_.text, base, "change.none");
  return change_;
}

}  // namespace magnesia::words
