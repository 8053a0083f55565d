#include "tests/naive/judge.hpp"

#include <algorithm>

namespace magnesia::naive {

namespace {

int minutes(const json::Node& window, std::string_view side) {
  const json::Node* const found = window.find(side);
  return found == nullptr ? 0 : static_cast<int>(quantity(*found).rounded_to(1).numerator());
}

// One dose on one day of the calendar: the first and the last minute at which it may be.
struct Taking {
  int first = 0;
  int last = 0;
  int day = 0;
};

// The days of one week on which a dose is taken; or any one day, where one of the two that are compared comes on every day. On
// chosen days, one that may be past midnight was perhaps told of the day after.
std::vector<Taking> takings(const Dose& dose, unsigned days, bool by_week) {
  if (!by_week) return {{dose.at, dose.at + dose.width, 0}};
  std::vector<Taking> all;
  const int before = dose.at + dose.width >= 1440 ? 1440 : 0;
  for (int day = 0; day < 7; ++day)
    if ((days >> static_cast<unsigned>(day) & 1U) != 0)
      all.push_back({day * 1440 + dose.at - before, day * 1440 + dose.at + dose.width, day});
  return all;
}

// Whether all of these distances (how long the magnesium comes after the drug) are too short, or none is. Each comes again with
// every round of the days.
Tri all_or_none(int from, int to, int before, int after, int round) {
  bool all = true;
  bool none = true;
  for (int at = from; at <= to && (all || none); ++at) {
    const int later = ((at % round) + round) % round;
    const bool short_of = later < before || (round - later) % round < after;
    all = all && short_of;
    none = none && !short_of;
  }
  return all ? Tri::yes : none ? Tri::no : Tri::unknown;
}

Truth too_close(const json::Node& window, const Doses& drug, const Doses& magnesium) {
  if (drug.never || magnesium.never) return {Tri::no, {}};
  if (drug.times.empty() || magnesium.times.empty()) return {Tri::unknown, {"times"}};
  const int before = minutes(window, "before");
  const int after = minutes(window, "after");
  const bool by_week = drug.days != 0x7F && magnesium.days != 0x7F;
  Tri worst = Tri::no;
  for (const Dose& one : drug.times)
    for (const Dose& other : magnesium.times)
      for (const Taking& drug_at : takings(one, drug.days, by_week))
        for (const Taking& magnesium_at : takings(other, magnesium.days, by_week)) {
          const int round = by_week ? 7 * 1440 : 1440;
          Tri tri = all_or_none(magnesium_at.first - drug_at.last, magnesium_at.last - drug_at.first, before, after, round);
          if (tri == Tri::unknown && one.anchor >= 0 && one.anchor == other.anchor) {
            const int apart = (magnesium_at.day - drug_at.day) * 1440 + other.offset - one.offset;
            tri = all_or_none(apart - one.offset_width, apart + other.offset_width, before, after, round);
          }
          worst = std::max(worst, tri);
        }
  return {worst, worst == Tri::unknown ? Causes{"times"} : Causes{}};
}

Truth both(const Truth& a, const Truth& b) {
  if (a.tri == Tri::no || b.tri == Tri::no) return {Tri::no, {}};
  Truth truth{std::min(a.tri, b.tri), a.causes};
  truth.causes.insert(b.causes.begin(), b.causes.end());
  return truth;
}

// A rule about this medication with this product; null: none of that kind.
Truth holds(const Rule& rule, const Facts& facts, const Medication* medication, const Product* product) {
  Truth truth{Tri::yes, {}};
  if (product != nullptr && product->perhaps) truth = {Tri::unknown, {"which drug"}};
  if (rule.window != nullptr && medication != nullptr && product != nullptr && !product->by_mouth) return {Tri::no, {}};
  if (rule.window != nullptr && medication != nullptr && product != nullptr)
    truth = both(truth, too_close(*rule.window, medication->doses, product->doses));
  if (product != nullptr && !rule.salt.empty()) {
    const Tri tri = product->salts.holds(rule.salt);
    truth = both(truth, {tri, tri == Tri::unknown ? product->salts.causes(rule.salt) : Causes{}});
  }
  if (rule.when != nullptr) truth = both(truth, truth_of(*rule.when, facts, product));
  return truth;
}

void note(Answer& answer, const Rule& rule, const Truth& truth, const std::string& subject) {
  if (truth.tri == Tri::no) return;
  answer.at_most = std::max(answer.at_most, rule.severity);
  if (truth.tri == Tri::yes && rule.confirmed) {
    answer.at_least = std::max(answer.at_least, rule.severity);
    answer.findings.push_back({rule.id, subject, Status::established});
    return;
  }
  // An open list alone is asked about once, in `missing`; and what only informs is said only when it is so.
  if (rule.severity != Severity::none && truth.causes != Causes{open_list})
    answer.findings.push_back({rule.id, subject, Status::possible});
}

const std::vector<const Rule*>& rules_about(const Documents& documents, const std::string& drug) {
  static const std::vector<const Rule*> none;
  const auto found = documents.in_force.find(drug);
  return found == documents.in_force.end() ? none : found->second;
}

// A drug named by its class may be any member. A rule of the class is established only if, of every member, it holds, or one that
// is no milder does.
Tri of_every_member(const Documents& documents, const Facts& facts, const Rule& rule, const Medication& medication,
                    const Product* product) {
  Tri weakest = Tri::yes;
  for (const std::string& drug : documents.drugs.below(medication.drug)) {
    const auto& about = rules_about(documents, drug);
    if (std::find(about.begin(), about.end(), &rule) != about.end()) continue;
    Tri best = Tri::unknown;
    for (const Rule* other : about)
      if (other->confirmed && other->severity >= rule.severity && (other->scope == "pair") == (product != nullptr))
        best = std::max(best, holds(*other, facts, &medication, product).tri);
    weakest = std::min(weakest, best);
  }
  return weakest;
}

bool is_itself(const Product& product, const Medication& medication) {
  return product.from_medication && product.entry == medication.entry;
}

void judge_medication(Answer& answer, const Documents& documents, const Facts& facts, const Medication& medication) {
  const auto judge = [&](const Rule& rule, const Product* product) {
    Truth truth = holds(rule, facts, &medication, product);
    if (truth.tri == Tri::yes && of_every_member(documents, facts, rule, medication, product) != Tri::yes)
      truth.tri = Tri::unknown;
    note(answer, rule, truth,
         subject_of(medication.entry, product == nullptr ? -1 : product->entry, product != nullptr && product->from_medication));
  };
  for (const Rule* rule : rules_about(documents, medication.drug)) {
    if (rule->scope == "medication") judge(*rule, nullptr);
    if (rule->scope == "pair")
      for (const Product& product : facts.products)
        if (!is_itself(product, medication)) judge(*rule, &product);
  }
}

// The rules about every drug that this one may be, itself included.
std::set<const Rule*> rules_about_any(const Documents& documents, const std::string& drug) {
  std::set<const Rule*> all;
  std::set<std::string> may_be = documents.drugs.below(drug);
  may_be.insert(drug);
  for (const std::string& one : may_be) all.insert(rules_about(documents, one).begin(), rules_about(documents, one).end());
  return all;
}

// What a drug named by its class brings for certain: what the mildest of all that it may be does.
Severity least_of_any(const Documents& documents, const Facts& facts, const Medication& medication) {
  std::set<std::string> may_be = documents.drugs.below(medication.drug);
  may_be.insert(medication.drug);
  Severity least = Severity::contraindicated;
  for (const std::string& drug : may_be) {
    Severity worst = Severity::none;
    const auto see = [&](const Rule& rule, const Product* product) {
      if (rule.confirmed && rule.severity > worst && holds(rule, facts, &medication, product).tri == Tri::yes)
        worst = rule.severity;
    };
    for (const Rule* rule : rules_about(documents, drug)) {
      if (rule->scope == "medication") see(*rule, nullptr);
      if (rule->scope == "pair")
        for (const Product& product : facts.products)
          if (!is_itself(product, medication)) see(*rule, &product);
    }
    least = std::min(least, worst);
  }
  return least;
}

}  // namespace

Answer findings_of(const Documents& documents, const Facts& facts) {
  Answer answer;
  for (const auto& [id, rule] : documents.rules) {
    if (rule.off) continue;
    if (rule.scope == "person") note(answer, rule, holds(rule, facts, nullptr, nullptr), {});
    if (rule.scope == "magnesium")
      for (const Product& product : facts.products)
        note(answer, rule, holds(rule, facts, nullptr, &product), subject_of(-1, product.entry, product.from_medication));
  }
  for (const Medication& medication : facts.taken) {
    judge_medication(answer, documents, facts, medication);
    answer.at_least = std::max(answer.at_least, least_of_any(documents, facts, medication));
    for (const Rule* rule : rules_about_any(documents, medication.drug)) {  // what its members could bring
      if (rule->scope == "medication" && holds(*rule, facts, &medication, nullptr).tri != Tri::no)
        answer.at_most = std::max(answer.at_most, rule->severity);
      if (rule->scope == "pair")
        for (const Product& product : facts.products)
          if (!is_itself(product, medication) && holds(*rule, facts, &medication, &product).tri != Tri::no)
            answer.at_most = std::max(answer.at_most, rule->severity);
    }
  }
  std::sort(answer.findings.begin(), answer.findings.end());
  return answer;
}

Severity worst_of_what_nobody_listed(const Documents& documents, const Facts& told) {
  if (!told.medications_open && !told.magnesium_open) return Severity::none;
  const bool more_magnesium = told.magnesium_open || !documents.contains.empty();

  // A world in which there is more: of everything, nobody knows how much.
  Facts facts = told;
  Product hidden;
  hidden.salts.open = true;
  for (const char* const id : {"dose", "per-day", "claim-ratio", "unit-mass-needed", "unit-fill"})
    hidden.numbers[id] = {{Exact{}, Exact::infinity()}, {open_list}, false};
  if (more_magnesium) {
    facts.numbers["intake"].value.high = Exact::infinity();
    facts.salts.open = true;
    facts.products.push_back(hidden);
  }
  Severity worst = Severity::none;
  const auto see = [&](const Rule& rule, const Medication* medication, const Product* product) {
    if (rule.severity > worst && holds(rule, facts, medication, product).tri != Tri::no) worst = rule.severity;
  };
  const auto see_all = [&](const Rule& rule, const Medication* medication) {
    if (rule.scope == "person" || rule.scope == "medication") see(rule, medication, nullptr);
    if (rule.scope == "magnesium" || rule.scope == "pair")
      for (const Product& product : facts.products)
        if (medication == nullptr || !is_itself(product, *medication)) see(rule, medication, &product);
  };
  for (const auto& [id, rule] : documents.rules)
    if (!rule.off && (rule.scope == "person" || rule.scope == "magnesium")) see_all(rule, nullptr);
  for (const Medication& medication : told.taken)
    for (const Rule* rule : rules_about_any(documents, medication.drug)) see_all(*rule, &medication);
  if (told.medications_open) {
    const Medication nobody_named{{}, {}, -1};
    for (const auto& [drug, rules] : documents.in_force)
      for (const Rule* rule : rules) see_all(*rule, &nobody_named);
  }
  return worst;
}

}  // namespace magnesia::naive
