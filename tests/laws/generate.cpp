#include "tests/laws/generate.hpp"

#include <algorithm>
#include <array>

#include "base/base.hpp"

namespace magnesia::laws {

using json::Node;

namespace {

// Thresholds and named concepts of a condition.
void gather(const Node& node, Vocabulary& words) {
  if (const Node* const fact = node.find("fact"))
    for (const char* const relation : {"below", "at_most", "above", "at_least"})
      if (const Node* const with = node.find(relation); with != nullptr && with->find("value") != nullptr)
        words.edges[std::string{fact->text()}].push_back(naive::quantity(*with, fact->text() == "serum-magnesium"));
  if (const Node* const named = node.find("condition")) words.conditions.emplace_back(named->text());
  if (const Node* const named = node.find("purpose")) words.conditions.emplace_back(named->text());
  if (const Node* const named = node.find("drug")) words.drugs.emplace_back(named->text());
  for (const Node& child : node.children()) gather(child, words);
}

template <class T>
void sort_once(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

void gather_limits(const Node& limit, Vocabulary& words) {
  for (const Node& group : limit.find("upper")->children())
    for (const Node& band : group.find("bands")->children()) {
      words.edges["age"].push_back(naive::quantity(*band.find("from")));
      if (band.find("limit")->type() == json::Type::object) words.limits.push_back(naive::quantity(*band.find("limit")));
    }
}

Vocabulary vocabulary_of(const naive::Documents& documents) {
  Vocabulary words;
  for (const auto& [id, rule] : documents.rules) {
    if (rule.when != nullptr) gather(*rule.when, words);
    if (!rule.drug.empty()) words.drugs.push_back(rule.drug);
    if (rule.window != nullptr)
      for (const Node& side : rule.window->children())
        words.windows.push_back(static_cast<int>(naive::quantity(side).rounded_to(1).numerator()));
  }
  for (const auto& [id, question] : documents.questions) gather(*question, words);
  for (const auto& [id, limit] : documents.limits) gather_limits(*limit, words);
  for (const auto& [drug, salt] : documents.contains) words.drugs.push_back(drug);
  // With each drug or condition go its classes and all that belongs to it.
  for (const auto& [concepts, named] :
       {std::pair{&documents.drugs, &words.drugs}, std::pair{&documents.conditions, &words.conditions}})
    for (const std::string& id : std::vector{*named}) {
      const auto& above = concepts->above.at(id);
      named->insert(named->end(), above.begin(), above.end());
      const auto members = concepts->below(id);
      named->insert(named->end(), members.begin(), members.end());
    }
  for (const auto& [id, salt] : documents.made_of) words.salts.push_back(salt.name);
  sort_once(words.drugs), sort_once(words.conditions), sort_once(words.salts), sort_once(words.windows), sort_once(words.limits);
  for (const auto& [id, salt] : documents.made_of)  // few, and unlike all others: met more often
    if (!salt.counts) words.salts.insert(words.salts.end(), 5, salt.name);
  for (auto& [fact, edges] : words.edges) sort_once(edges);
  if (words.windows.empty()) words.windows.push_back(120);
  return words;
}

}  // namespace

World::World(std::vector<Pack> from, Knowledge loaded)
    : packs{std::move(from)}, naive{packs}, knowledge{std::move(loaded)}, words{vocabulary_of(naive.documents())} {}

Assessment World::assess(const Person& person, const Policy& policy) const {
  const Checker checker{knowledge, policy};
  Result<Assessment> assessment = checker.assess(person.patient, person.regimen);
  if (!assessment) RC_FAIL("refused: " + describe(assessment.error()));
  return *std::move(assessment);
}

WorldPtr embedded_world() {
  static const WorldPtr world = std::make_shared<World>(std::vector{Pack::embedded()}, Knowledge::embedded());
  return world;
}

rc::Gen<WorldPtr> any_world() { return rc::gen::oneOf(rc::gen::just(embedded_world()), small_world()); }

namespace {

Exact rounded_into(Exact value, const base::Range& range) { return std::clamp(value, range.low, range.high); }

const base::Range& range_of(const World& world, const std::string& number) {
  for (std::size_t i = 0; i < facts::bounded_count; ++i)
    if (facts::bounded_info(i).id == number) return world.knowledge.base()->ranges[i];
  RC_FAIL("no range of " + number);
}

// At an edge, a thousandth of the unit beside it, or some whole number up to
// `most` (in thousandths of the unit here and there).
Exact near_edges(const std::vector<Exact>& edges, Exact unit, int most, const base::Range& range) {
  const Exact step = Exact::divide(unit, 1000, Rounding::down);
  Exact value;
  if (!edges.empty() && chance(60)) {
    value = *rc::gen::elementOf(edges);
    value = Exact::add(value, Exact::multiply(step, *rc::gen::elementOf(std::vector{0, 1, -1}), Rounding::down), Rounding::down);
  } else {
    value = Exact::multiply(unit, below(most + 1), Rounding::down);
    if (chance(20)) value = Exact::add(value, step, Rounding::down);
  }
  return rounded_into(value, range);
}

Schedule schedule(const World& world, Told told) {
  Schedule made;
  if (told == Told::everything || chance(80)) {
    // Two schedules that begin at a common hour and differ by a window, a
    // minute more or less, also across midnight.
    const int count = *rc::gen::weightedElement<int>({{6, 1}, {2, 2}, {1, 3}});
    for (int i = 0; i < count; ++i) {
      int minute = *rc::gen::elementOf(std::vector{0, 1439, 420, 720, 1380});
      if (chance(70)) {
        const int by = *rc::gen::elementOf(world.words.windows) + *rc::gen::elementOf(std::vector{0, 1, -1});
        minute += chance(50) ? by : -by;
      } else {
        minute += below(1440);
      }
      made.times.push_back({((minute % 1440) + 1440) % 1440});
    }
  }
  if (told == Told::anything && chance(20)) {
    const int from = below(1440);
    const int width = chance(20) ? below(1440) : below(240);
    made.within.push_back({{{from}, {(from + width) % 1440}}, {}});
  }
  if (told == Told::anything && chance(10))  // by hours of which only one is known
    for (int count = 1 + below(2); count > 0; --count) {
      const Day day{.wake = TimeOfDay{420}, .lunch = TimeOfDay{750}};
      const auto anchor = static_cast<Anchor>(below(anchor_count));
      made.within.push_back(time_within({anchor, below(240) - 120, chance(30) ? below(720) : 0}, day));
    }
  if (chance(25)) made.days = static_cast<std::uint8_t>(chance(50) ? 1 << below(7) : 1 + below(127));
  if (made.timed_doses() == 0 && chance(50)) made.doses_per_day = Exact{below(5)};
  if (told == Told::anything && chance(8)) made.as_needed = true;
  return made;
}

// A concept by its id, by one of its codes, or shouted.
Term term_for(const naive::Concepts& concepts, const std::string& id) {
  if (chance(20))
    for (const auto& [code, its] : concepts.codes)
      if (its == id) return {code.second, code.first};
  std::string text = id;
  if (chance(20))
    for (char& c : text) c = c == '-' ? ' ' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return {text, {}};
}

// An id that may be named; for `everything` one that belongs to nothing
// narrower.
std::string pick(const naive::Concepts& concepts, const std::vector<std::string>& from, Told told) {
  std::string id = *rc::gen::elementOf(from);
  while (told == Told::everything) {
    const std::set<std::string> below = concepts.below(id);
    if (below.empty()) break;
    id = *rc::gen::elementOf(std::vector<std::string>{below.begin(), below.end()});
  }
  return id;
}

template <class T, class Make>
Listed<T> listed(Told told, int most, Make make) {
  const int how = told == Told::everything ? 2 : *rc::gen::weightedElement<int>({{1, 0}, {2, 1}, {5, 2}});
  if (how == 0) return {};
  std::vector<T> items;
  for (int left = below(most + 1); left > 0; --left) items.push_back(make());
  return {how == 1 ? Completeness::at_least : Completeness::exactly, std::move(items)};
}

Ingredient ingredient(const World& world, Told told) {
  Ingredient made;
  if (told == Told::everything || chance(85)) made.salt = {*rc::gen::elementOf(world.words.salts), {}};
  if (told == Told::anything && chance(4)) made.salt = {"no such salt", {}};
  std::vector<Exact> edges = world.words.limits;
  for (const char* const fact : {"intake", "dose", "per-day", "unit-mass-needed"})
    if (const auto found = world.words.edges.find(fact); found != world.words.edges.end())
      edges.insert(edges.end(), found->second.begin(), found->second.end());
  const auto amount = [&] {
    const Exact whole = near_edges(edges, 1, 700, range_of(world, "amount"));
    return chance(25) ? Exact::divide(whole, 1 + below(3), Rounding::down) : whole;
  };
  const int how = below(10);
  if (how < 5 || how == 9) made.elemental = ElementalMass::of_base(amount());
  if (how == 5 || how == 9) made.compound = SaltMass::of_base(amount());
  if ((how == 6 || how == 7) && told == Told::anything) made.unsaid = Mass::of_base(amount());
  if (told == Told::everything && !made.elemental.known() && !made.compound.known())
    made.elemental = ElementalMass::of_base(amount());
  return made;
}

// A figure may be known within bounds only, one of which may be open.
template <class Q>
void bound(Figure<Q>& figure) {
  const Q* const value = figure.if_known();
  if (value == nullptr || !chance(12)) return;
  const Exact base = value->base();
  const Exact low = Exact::divide(base, 1 + below(2), Rounding::down);
  const Exact high = chance(30) ? Exact::infinity() : Exact::multiply(base, 1 + below(2), Rounding::up);
  figure = Interval<Q>{Q::of_base(low), Q::of_base(high)};
}

}  // namespace

rc::Gen<Exact> value_of(const WorldPtr& world, const std::string& fact) {
  return rc::gen::exec([world, fact] {
    static const std::map<std::string, int> most{{"age", 100},
                                                 {"weight", 150},
                                                 {"height", 210},
                                                 {"egfr", 130},
                                                 {"creatinine", 12},
                                                 {"cystatin-c", 6},
                                                 {"serum-magnesium", 6},
                                                 {"ferritin", 300},
                                                 {"transferrin-saturation", 100},
                                                 {"heart-rate", 150},
                                                 {"systolic-blood-pressure", 200},
                                                 {"pr-interval", 400}};
    const auto id = facts::fact_named(fact);
    const Exact unit = id ? facts::info(*id).unit_factor : fact == "cystatin-c" ? Exact::ratio(1, 10) : Exact{1};
    const auto edges = world->words.edges.find(fact);
    return near_edges(edges == world->words.edges.end() ? std::vector<Exact>{} : edges->second, unit, most.at(fact),
                      range_of(*world, fact));
  });
}

rc::Gen<Condition> condition(const WorldPtr& world, Told told) {
  return rc::gen::exec([world, told] {
    if (told == Told::anything && chance(4)) return Condition{"no such condition"};
    const naive::Concepts& concepts = world->naive.documents().conditions;
    return Condition{term_for(concepts, pick(concepts, world->words.conditions, told))};
  });
}

rc::Gen<Taken> taken(const WorldPtr& world, Told told) {
  return rc::gen::exec([world, told] {
    if (told == Told::anything && chance(4)) return Taken{"no such drug", schedule(*world, told)};
    const naive::Concepts& concepts = world->naive.documents().drugs;
    return Taken{term_for(concepts, pick(concepts, world->words.drugs, told)), schedule(*world, told)};
  });
}

rc::Gen<Product> product(const WorldPtr& world, Told told) {
  return rc::gen::exec([world, told] {
    Product made;
    made.schedule = schedule(*world, told);
    if (told == Told::anything && chance(15)) {
      static const std::vector<const char*> labels{"Magnesium (as magnesium oxide) 250 mg",
                                                   "Magnesium citrate 500 mg",
                                                   "nothing that can be read",
                                                   "Magnesium (as magnesium bisglycinate) 200 mg per 2 capsules",
                                                   "300 mg elemental magnesium",
                                                   "Slow-Mag",
                                                   "slow mag (2 tablets)",
                                                   "Dulcolax liquid",
                                                   "Magnesiocard 2.5 mmol",
                                                   "Magnesiocard 25 mmol",
                                                   "Magnaspartate 243 mg powder, 1 sachet"};
      made.label = *rc::gen::elementOf(labels);
      return made;
    }
    for (int left = *rc::gen::weightedElement<int>({{6, 1}, {2, 2}}); left > 0; --left)
      made.ingredients.push_back(ingredient(*world, told));
    if (chance(25)) made.units_per_dose = Exact{1 + below(3)};
    if (chance(25)) made.unit_mass = Mass::of_base(Exact{100 + below(1900)});
    return made;
  });
}

rc::Gen<Person> person(const WorldPtr& world, Told told) {
  return rc::gen::exec([world, told] {
    Person made;
    Patient& patient = made.patient;
    const bool all = told == Told::everything;
    const auto tell = [&](auto& fact, const char* id, int percent) {
      using Value = std::remove_cvref_t<decltype(*fact.if_known())>;
      if (chance(percent)) fact = Value::of_base(*value_of(world, id));
    };
    tell(patient.age, "age", all ? 100 : 75);
    if (all || chance(70)) patient.sex = chance(50) ? Sex::female : Sex::male;
    const bool may_be_pregnant = !patient.sex.known() || patient.sex.value_or(Sex::male) == Sex::female;
    if (may_be_pregnant && (all || chance(50))) patient.pregnant = chance(40);
    if (patient.pregnant.value_or(false) && (all || chance(50))) patient.trimester = 1 + below(3);
    if (!all && chance(20)) patient.lactating = chance(50);
    if (all || chance(30)) patient.dialysis = chance(30);
    tell(patient.weight, "weight", all ? 0 : 25);
    tell(patient.height, "height", all ? 0 : 20);
    tell(patient.labs.egfr, "egfr", all ? 100 : 55);
    tell(patient.labs.creatinine, "creatinine", all ? 0 : 25);
    tell(patient.labs.cystatin_c, "cystatin-c", all ? 0 : 10);
    tell(patient.labs.serum_magnesium, "serum-magnesium", all ? 100 : 25);
    tell(patient.labs.ferritin, "ferritin", all ? 0 : 15);
    tell(patient.labs.transferrin_saturation, "transferrin-saturation", all ? 0 : 10);
    tell(patient.signs.heart_rate, "heart-rate", all ? 0 : 15);
    tell(patient.signs.systolic_blood_pressure, "systolic-blood-pressure", all ? 0 : 15);
    tell(patient.signs.pr_interval, "pr-interval", all ? 0 : 15);
    patient.conditions = listed<Condition>(told, 3, [&] { return *condition(world, told); });
    patient.medications = listed<Taken>(told, 3, [&] { return *taken(world, told); });
    if (!all) {
      bound(patient.age);
      bound(patient.labs.egfr);
      bound(patient.labs.serum_magnesium);
      bound(patient.signs.pr_interval);
      if (chance(5))
        patient.unread.push_back({"/entry/0/resource", "what nobody can read", static_cast<Unread::About>(below(6))});
    }
    if (!all && chance(20)) patient.purpose = (*condition(world, told)).term();
    made.regimen = Regimen{listed<Product>(told, 2, [&] { return *product(world, told); })};
    return made;
  });
}

}  // namespace magnesia::laws
