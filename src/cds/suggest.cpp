#include "cds/suggest.hpp"

#include <algorithm>

#include "cds/rewrite.hpp"
#include "magnesia/plan.hpp"
#include "report/plan.hpp"
#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia::cds {

using detail::Record;
using detail::Workspace;

namespace {

constexpr std::uint64_t most_steps = 20'000;  // of the search for times: a few milliseconds at most

class Suggester {
 public:
  explicit Suggester(const Situation& situation)
      : situation_{situation}, workspace_{situation.assessment.workspace()}, base_{*workspace_.base} {}

  void add(Card& card) {
    if (card.orders.empty()) return;
    add_times(card);
    add_dose(card);
    add_removal(card);
  }

 private:
  [[nodiscard]] const Draft* draft_of(std::string_view reference) const {
    const auto& drafts = situation_.call.drafts;
    const auto found =
        std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) { return draft.reference == reference; });
    return found == drafts.end() ? nullptr : &*found;
  }
  [[nodiscard]] const Draft* draft_at(const std::vector<fhir::Origin>& list, int entry) const {
    const auto at = static_cast<std::size_t>(entry);
    return at < list.size() ? draft_of(list[at].reference) : nullptr;
  }
  // Of an order that became several entries, one instruction alone can't be changed.
  [[nodiscard]] bool is_one_entry(const Draft& draft) const {
    const auto same = [&](const fhir::Origin& origin) { return origin.reference == draft.reference; };
    const fhir::Record& record = situation_.record;
    return std::count_if(record.medications.begin(), record.medications.end(), same) +
               std::count_if(record.magnesium.begin(), record.magnesium.end(), same) ==
           1;
  }

  // The card's rule is gone, and nothing got worse.
  [[nodiscard]] bool helps(const Card& card, const std::vector<Changed>& changes) const {
    const std::optional<Assessment> then = situation_.with(changes);
    if (!then) return false;
    const Workspace& after = then->workspace();
    if (then->at_least() > situation_.assessment.at_least() || then->at_most() > situation_.assessment.at_most()) return false;
    const auto about_it = [&](const Record& record) { return base_.rules[record.rule].id == card.rule; };
    const auto count = [&](const std::vector<Record>& records) {
      return std::count_if(records.begin(), records.end(), about_it);
    };
    return count(after.records) + static_cast<std::ptrdiff_t>(card.about.size()) <= count(workspace_.records);
  }

  // ---- Times ----

  const Plan* plan() {
    if (planned_) return plan_ ? &*plan_ : nullptr;
    planned_ = true;
    const fhir::Record& record = situation_.record;
    const Patient& patient = record.request.patient;
    Wishes wishes;
    wishes.day = record.request.day;
    wishes.medications = record.request.medications;
    wishes.magnesium = record.request.magnesium;
    wishes.most_steps = most_steps;
    const bool hours_known = wishes.day.wake.known() && wishes.day.bed.known();
    // What is taken already stays; what is being ordered may be at any time.
    const auto move = [&](std::vector<Leeway>& list, std::size_t size, const std::vector<bool>& ordered) {
      list.resize(size);
      for (std::size_t i = 0; i < size; ++i) {
        const bool moves = i < ordered.size() && ordered[i];
        list[i].may_move = moves;
        if (moves && !hours_known && !list[i].within) list[i].within = situation_.within;
      }
    };
    move(wishes.medications, patient.medications.items().size(), situation_.ordered.medications);
    move(wishes.magnesium, record.request.regimen.products().items().size(), situation_.ordered.magnesium);
    Result<Plan> made = plan_day(situation_.checker, patient, record.request.regimen, wishes);
    if (made && made->status != PlanStatus::impossible) plan_ = *std::move(made);
    return plan_ ? &*plan_ : nullptr;
  }

  void add_times(Card& card) {
    const bool timed = std::any_of(card.about.begin(), card.about.end(), [&](const Record* record) {
      return base_.rules[record->rule].window.has_value() && record->medication >= 0 && record->product >= 0;
    });
    if (!timed) return;
    const Plan* const day = plan();
    if (day == nullptr) return;
    std::vector<Changed> changes;
    std::string label;
    for (const PlannedDoses& doses : day->doses) {
      const fhir::Record& record = situation_.record;
      const Draft* const draft = draft_at(doses.subject.magnesium ? record.magnesium : record.medications, doses.subject.index);
      if (draft == nullptr || !draft->selected || !doses.moved) continue;
      if (std::find(card.orders.begin(), card.orders.end(), draft->reference) == card.orders.end()) continue;
      if (doses.days != Schedule::every_day || !doses.within.empty() || !is_one_entry(*draft)) return;
      std::optional<std::string> resource = with_times(*draft->node, doses.times);
      if (!resource) return;
      changes.push_back({draft, *std::move(resource)});
      if (!label.empty()) label += "; ";
      words::append_text(label, base_, "cds.suggest.times",
                         {{"subject", doses.called}, {"times", report::times_text(doses.times, doses.within)}});
    }
    add_change(card, std::move(changes), std::move(label), true);
  }

  // ---- Dose ----

  void add_dose(Card& card) {
    const Change change = words::smallest_change(workspace_, *card.about.front());
    if (!change.amount || (change.kind != ChangeKind::amount && change.kind != ChangeKind::total)) return;
    if (card.orders.size() != 1) return;
    const Draft* const draft = draft_of(card.orders.front());
    const facts::Product* const product = draft == nullptr ? nullptr : product_of(*draft);
    if (product == nullptr || product->from_medication || !is_one_entry(*draft)) return;
    const std::optional<MassDose> dose = mass_dose(*draft->node);
    if (!dose) return;
    for (const Exact most : allowed(change, *product)) {
      const Exact lower = rounded(Exact::multiply(dose->value, most, Rounding::down), dose->unit);
      if (lower <= Exact{} || lower >= dose->value) continue;
      std::optional<std::string> resource = with_dose(*draft->node, lower);
      if (!resource) return;
      std::string label;
      words::append_text(label, base_, "cds.suggest.dose",
                         {{"subject", product->name}, {"amount", lower.decimal(9) + ' ' + std::string{dose->unit}}});
      if (add_change(card, {{draft, *std::move(resource)}}, std::move(label), false)) return;
    }
  }

  [[nodiscard]] const facts::Product* product_of(const Draft& draft) const {
    for (std::size_t i = 0; i < workspace_.product_count; ++i) {
      const facts::Product& product = workspace_.products[i];
      const auto& list = product.from_medication ? situation_.record.medications : situation_.record.magnesium;
      if (const Draft* const one = draft_at(list, product.entry); one == &draft) return &product;
    }
    return nullptr;
  }

  // Shares of the dose that the change may leave, the largest first: of a day or of a dose, less what other products bring.
  [[nodiscard]] std::vector<Exact> allowed(const Change& change, const facts::Product& product) const {
    std::vector<Exact> shares;
    const Exact most = change.amount->base();
    const auto add = [&](Exact amount, const Interval<Exact>& now) {
      if (amount <= Exact{} || !now.high.finite() || now.high <= Exact{}) return;
      if (const Exact share = Exact::divide(amount, now.high, Rounding::down); share < Exact{1}) shares.push_back(share);
    };
    if (change.kind == ChangeKind::total) {
      Exact others{};
      for (std::size_t i = 0; i < workspace_.product_count; ++i)
        if (&workspace_.products[i] != &product)
          others = Exact::add(others, workspace_.products[i].counted_per_day.value.high, Rounding::up);
      add(Exact::add(most, -others, Rounding::down), product.counted_per_day.value);
    } else {
      add(most, product.number(facts::FactId::dose).value);
      add(most, product.number(facts::FactId::per_day).value);
    }
    std::sort(shares.begin(), shares.end(), std::greater<>{});
    return shares;
  }

  // Down to whole milligrams, so that nobody has to weigh.
  [[nodiscard]] static Exact rounded(Exact value, std::string_view unit) {
    const Exact step = unit == "g" ? Exact::ratio(1, 1000) : Exact{unit == "ug" ? 1000 : 1};
    Exact whole = value.rounded_to(step);
    return whole > value ? Exact::add(whole, -step, Rounding::down) : whole;
  }

  // ---- Both ----

  bool add_change(Card& card, std::vector<Changed> changes, std::string label, bool recommended) {
    if (changes.empty() || !helps(card, changes)) return false;
    Suggestion suggestion;
    suggestion.label = std::move(label);
    const bool first =
        std::none_of(card.suggestions.begin(), card.suggestions.end(), [](const Suggestion& one) { return one.recommended; });
    suggestion.recommended = recommended && first;
    for (Changed& change : changes) suggestion.actions.push_back({"update", std::move(change.resource), {}});
    card.suggestions.push_back(std::move(suggestion));
    return true;
  }

  void add_removal(Card& card) {
    const bool alone = card.orders.size() == 1;
    const bool never = card.severity == Severity::contraindicated && card.status == Status::established;
    for (const std::string& order : card.orders) {
      Suggestion suggestion;
      words::append_text(suggestion.label, base_, "cds.suggest.remove", {{"subject", called(order)}});
      const bool first =
          std::none_of(card.suggestions.begin(), card.suggestions.end(), [](const Suggestion& one) { return one.recommended; });
      suggestion.recommended = never && alone && first;
      suggestion.actions.push_back({"delete", {}, order});
      card.suggestions.push_back(std::move(suggestion));
    }
  }

  [[nodiscard]] std::string called(std::string_view order) const {
    const fhir::Record& record = situation_.record;
    for (std::size_t i = 0; i < workspace_.product_count; ++i) {
      const facts::Product& product = workspace_.products[i];
      const auto& list = product.from_medication ? record.medications : record.magnesium;
      const auto at = static_cast<std::size_t>(product.entry);
      if (at < list.size() && list[at].reference == order && !product.name.empty()) return product.name;
    }
    for (const facts::Medication& medication : workspace_.medications) {
      const auto at = static_cast<std::size_t>(medication.entry);
      if (at < record.medications.size() && record.medications[at].reference == order) return base_.drugs[medication.drug].name;
    }
    return std::string{order};
  }

  const Situation& situation_;
  const Workspace& workspace_;
  const base::Base& base_;
  bool planned_ = false;
  std::optional<Plan> plan_;
};

}  // namespace

void suggest(const Situation& situation, std::vector<Card>& cards) {
  Suggester suggester{situation};
  for (Card& card : cards) suggester.add(card);
}

}  // namespace magnesia::cds
