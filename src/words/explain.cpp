// Why a rule did not fire, and what a rule says.
#include <algorithm>

#include "magnesia/checker.hpp"
#include "words/used.hpp"

namespace magnesia {

using base::Node;
using base::Op;
using detail::Gap;
using detail::Workspace;
using words::append_text;

namespace {

constexpr int beyond_any_window = 2 * 7 * 24 * 60;

class WhyNot {
 public:
  WhyNot(const Workspace& workspace, const base::Rule& rule) : workspace_{workspace}, base_{*workspace.base}, rule_{rule} {}

  [[nodiscard]] std::vector<std::string> sentences() {
    if (rule_.off()) {
      say("why-not.off", {{"overlay", rule_.off_by}, {"because", rule_.off_because}});
    } else if (rule_.scope == base::Scope::person) {
      about(-1, -1);
    } else if (rule_.scope == base::Scope::magnesium) {
      for_each_product(-1);
    } else {
      for_each_medication();
    }
    return std::move(sentences_);
  }

 private:
  void say(std::string_view key, std::initializer_list<words::Slot> slots = {}) {
    append_text(sentences_.emplace_back(prefix_), base_, key, slots);
  }

  void for_each_product(int medication) {
    if (workspace_.product_count == 0) say("why-not.no-magnesium");
    for (std::size_t p = 0; p < workspace_.product_count; ++p) about(medication, static_cast<int>(p));
  }

  void for_each_medication() {
    bool taken = false;
    for (std::size_t m = 0; m < workspace_.medications.size(); ++m) {
      const base::ConceptId drug = workspace_.medications[m].drug;
      if (!base_.drugs.is_a(drug, rule_.drug)) continue;
      taken = true;
      if (const std::string_view by = replaced_by(drug); !by.empty()) {
        say("why-not.replaced", {{"rule", by}});
      } else if (rule_.scope == base::Scope::pair) {
        for_each_product(static_cast<int>(m));
      } else {
        about(static_cast<int>(m), -1);
      }
    }
    if (!taken)
      say(workspace_.medications_open ? "why-not.drug-unknown" : "why-not.drug-absent", {{"drug", base_.drugs[rule_.drug].name}});
  }

  [[nodiscard]] std::string_view replaced_by(base::ConceptId drug) const {
    const auto& in_force = base_.rules_for_drug[drug];
    const auto index = static_cast<std::uint16_t>(&rule_ - base_.rules.data());
    if (std::find(in_force.begin(), in_force.end(), index) != in_force.end()) return {};
    for (const std::uint16_t other : in_force) {
      const auto& replaces = base_.rules[other].replaces;
      if (std::find(replaces.begin(), replaces.end(), index) != replaces.end()) return base_.rules[other].id;
    }
    return {};
  }

  void about(int medication, int product) {
    prefix_.clear();
    if (product >= 0) prefix_ += workspace_.products[static_cast<std::size_t>(product)].name;
    if (!prefix_.empty()) prefix_ += ": ";
    facts::Asks asks = 0;
    Gap gap;
    const Tri tri = rules::holds(workspace_, rule_, medication, product, asks, gap);
    if (tri == Tri::yes) {
      say("why-not.fired");
    } else {
      if (rule_.window && medication >= 0 && product >= 0) window(medication, product);
      const auto* const of = product < 0 ? nullptr : &workspace_.products[static_cast<std::size_t>(product)];
      if (rule_.salt != base::no_concept && of != nullptr && of->salts.holds(rule_.salt) != Tri::yes)
        say("why-not.salt-differs", {{"salt", base_.salts[rule_.salt].name}});
      if (rule_.node_count != 0) blocking(base_.nodes.data() + rule_.first_node, {workspace_.person, of});
    }
    prefix_.clear();
  }

  // The side of the window that is kept with least to spare.
  void window(int medication, int product) {
    const facts::Doses& drug = workspace_.medications[static_cast<std::size_t>(medication)].doses;
    const facts::Doses& magnesium = workspace_.products[static_cast<std::size_t>(product)].doses;
    int least = beyond_any_window;
    Gap closest;
    if (rules::too_close(*rule_.window, drug, magnesium, workspace_.times, closest) == Tri::unknown)
      return say("why-not.unknown", {{"fact", words::fact_name(base_, "times")}});
    for (const bool before : {true, false}) {
      const int needed = before ? rule_.window->before : rule_.window->after;
      if (needed < 0) continue;
      Gap gap;
      const base::Window wide = before ? base::Window{beyond_any_window, -1} : base::Window{-1, beyond_any_window};
      if (rules::too_close(wide, drug, magnesium, workspace_.times, gap) != Tri::yes) return;
      if (gap.minutes - needed >= least) continue;
      least = gap.minutes - needed;
      closest = gap;
      closest.needed = static_cast<std::int16_t>(needed);
    }
    if (least < 0) return;
    std::string separation;
    std::string needed;
    words::append_minutes(separation, closest.minutes);
    words::append_minutes(needed, closest.needed);
    say("why-not.window-kept", {{"separation", separation}, {"needed", needed}});
  }

  void blocking(const Node* node, const rules::Subject& subject) {
    const Tri truth = rules::evaluate(node, subject);
    if (truth == Tri::yes) return;
    if (node->op > Op::at_least_n) return leaf(*node, subject, truth);
    for (const Node* child = node + 1; child != node + node->size; child += child->size) blocking(child, subject);
  }

  void leaf(const Node& node, const rules::Subject& subject, Tri truth) {
    if (node.op == Op::compare || node.op == Op::compare_fact) {
      const facts::Numeric& number = words::number_of(workspace_, subject.product, node.fact);
      const std::string_view fact = words::fact_name(base_, facts::info(node.fact).id);
      const bool told = !number.absent && (number.value.high.finite() || number.value.low != Exact{});
      if (!told) return say("why-not.unknown", {{"fact", fact}});
      std::string value;
      std::string threshold;
      std::string needed;
      words::append_value(value, node.fact, number.value, base_);
      const facts::Numeric* const other =
          node.op == Op::compare ? nullptr : &words::number_of(workspace_, subject.product, node.other);
      if (other != nullptr && other->absent)
        return say("why-not.unknown", {{"fact", words::fact_name(base_, facts::info(node.other).id)}});
      words::append_value(threshold, node.fact, other == nullptr ? Interval<Exact>{node.threshold} : other->value, base_);
      append_text(needed, base_, "relation." + std::string{words::relation_name(node.compare)}, {{"value", threshold}});
      return say("why-not.needs", {{"fact", fact}, {"value", value}, {"needed", needed}});
    }
    const Used used = words::used_leaf(workspace_, subject.product, node, truth);
    if (truth == Tri::unknown) return say("why-not.unknown", {{"fact", used.concept_name}});
    say(node.negated ? "why-not.condition-present" : "why-not.condition-absent", {{"condition", used.concept_name}});
  }

  const Workspace& workspace_;
  const base::Base& base_;
  const base::Rule& rule_;
  std::string prefix_;
  std::vector<std::string> sentences_;
};

Error no_such_rule(std::string_view rule) {
  return {ErrorKind::unknown_name, "rule", std::string{rule}, "the id of a rule (magnesia knowledge list)"};
}

void append_template(std::string& out, const base::Template& sentence) {
  for (const base::Segment& segment : sentence)
    if (segment.slot.empty())
      out += segment.text;
    else
      ((out += '{') += segment.slot) += '}';
}

}  // namespace

Result<std::vector<std::string>> Checker::why_not(const Assessment& assessment, std::string_view rule) const {
  const Workspace& workspace = assessment.workspace();
  const int index = workspace.base ? workspace.base->rule_named(rule) : -1;
  if (index < 0) return no_such_rule(rule);
  return WhyNot{workspace, workspace.base->rules[static_cast<std::size_t>(index)]}.sentences();
}

Result<std::string> Checker::explain(std::string_view id) const {
  const base::Base& base = *knowledge_.base();
  const int index = base.rule_named(id);
  if (index < 0) return no_such_rule(id);
  const base::Rule& rule = base.rules[static_cast<std::size_t>(index)];
  std::string out = std::string{rule.id} + ": " + std::string{name(rule.severity)} + ", " + std::string{name(rule.topic)} + '\n';
  append_template(out, rule.message);
  out += '\n';
  append_template(out, rule.action);
  if (rule.window) words::append_window(out += "\nkeep apart: ", *rule.window);
  if (rule.node_count != 0) {
    out += "\nwhen: ";
    words::append_condition(out, base, base.nodes.data() + rule.first_node);
  }
  for (const base::Citation& citation : rule.citations) {
    const Source source = words::source_of(base, citation);
    ((((out += "\n[") += name(source.confirmed ? source.grade : Grade::unconfirmed)) += "] ") += source.title) += ", ";
    out += source.locator;
  }
  return out += '\n';
}

}  // namespace magnesia
