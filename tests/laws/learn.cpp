#include "tests/laws/learn.hpp"

#include <algorithm>
#include <functional>

namespace magnesia::laws {

namespace {

using naive::Concepts;

// A member of a class that is listed, where nothing says already which one was meant: no other entry, no known fact
// ("settled_by").
template <class Entries>
std::optional<std::string> member_of(const Concepts& concepts, const Entries& entries, std::size_t index,
                                     const std::set<std::string>& settled) {
  const auto id = concepts.find(entries[index].term());
  if (!id || settled.contains(*id)) return std::nullopt;
  const std::set<std::string> members = concepts.below(*id);
  for (const auto& entry : entries)
    if (const auto other = concepts.find(entry.term()); other && members.contains(*other)) return std::nullopt;
  if (members.empty()) return std::nullopt;
  return *rc::gen::elementOf(std::vector<std::string>{members.begin(), members.end()});
}

// More of one dose's time: a part of its span, or all of it.
bool tell_time(Schedule& schedule) {
  TimeWithin& one = schedule.within[static_cast<std::size_t>(below(schedule.within.size()))];
  const auto width = [](const TimeSpan& span) { return (span.to.minutes - span.from.minutes + 1440) % 1440; };
  const int later = below(width(one.span) + 1);
  const int from = (one.span.from.minutes + later) % 1440;
  // What went by an hour that is not known may be told by the clock, but then so must all that goes by the same.
  if (one.by) return false;
  if (below(2) == 0) {
    one.span = {{from}, {(from + below(width(one.span) - later + 1)) % 1440}};
    return true;
  }
  schedule.within.erase(schedule.within.begin() + (&one - schedule.within.data()));
  schedule.times.push_back({from});
  return true;
}

bool tell_schedule(Schedule& schedule) {
  if (!schedule.as_needed && !schedule.within.empty()) return tell_time(schedule);
  if (schedule.as_needed || !schedule.times.empty()) return false;
  const Exact* const count = schedule.doses_per_day.if_known();
  if (count == nullptr) {
    schedule.doses_per_day = Exact{below(4)};
    return true;
  }
  if (count->denominator() != 1 || count->numerator() == 0 || count->numerator() > 6) return false;
  for (std::int64_t left = count->numerator(); left > 0; --left) schedule.times.push_back({below(1440)});
  return true;
}

template <class T, class Make>
bool tell_list(Listed<T>& list, Make make) {
  if (list.completeness() == Completeness::exactly) return false;
  if (list.completeness() == Completeness::unknown || below(3) == 0)
    list.open();
  else if (below(2) == 0)
    list.add(make());
  else
    list.close();
  return true;
}

bool tell_ingredient(const World& world, Ingredient& ingredient) {
  const naive::Documents& documents = world.naive.documents();
  if (below(2) == 0) {
    if (ingredient.salt.text.empty()) {
      ingredient.salt = {*rc::gen::elementOf(world.words.salts), {}};
      return true;
    }
    const auto id = documents.salts.find(ingredient.salt);
    const std::set<std::string> forms = id ? documents.salts.below(*id) : std::set<std::string>{};
    std::vector<std::string>
        pure;  // a claim is measured against a mixture only where that is named: naming one is no mere learning
    for (const std::string& form : forms)
      if (documents.made_of.contains(form) && documents.made_of.at(form).mixed.empty())
        pure.push_back(documents.made_of.at(form).name);
    if (pure.empty()) return false;
    ingredient.salt = {*rc::gen::elementOf(pure), {}};
    return true;
  }
  if (const Mass* const mass = ingredient.unsaid.if_known();
      mass != nullptr && !ingredient.elemental.known() && !ingredient.compound.known()) {
    if (below(2) == 0)
      ingredient.elemental = ElementalMass::of_base(mass->base());
    else
      ingredient.compound = SaltMass::of_base(mass->base());
    ingredient.unsaid.forget();
    return true;
  }
  if (ingredient.elemental.known() || ingredient.compound.known() || ingredient.unsaid.known()) return false;
  const Exact amount{below(600)};
  switch (below(3)) {
    case 0: ingredient.elemental = ElementalMass::of_base(amount); break;
    case 1: ingredient.compound = SaltMass::of_base(amount); break;
    default: ingredient.unsaid = Mass::of_base(amount); break;
  }
  return true;
}

template <class T>
T with_term(const T& entry, std::string id) {
  if constexpr (std::is_same_v<T, Taken>)
    return Taken{Term{std::move(id), {}}, entry.schedule()};
  else
    return T{Term{std::move(id), {}}};
}

template <class T>
bool tell_member(const Concepts& concepts, Listed<T>& list, const std::set<std::string>& settled) {
  if (list.items().empty()) return false;
  const auto index = static_cast<std::size_t>(below(list.items().size()));
  const auto member = member_of(concepts, list.items(), index, settled);
  if (!member) return false;
  std::vector<T> items = list.items();
  items[index] = with_term(items[index], *member);
  list = Listed<T>{list.completeness(), std::move(items)};
  return true;
}

bool tell_taken(Patient& patient) {
  std::vector<Taken> items = patient.medications.items();
  if (items.empty()) return false;
  Taken& one = items[static_cast<std::size_t>(below(items.size()))];
  Schedule schedule = one.schedule();
  if (!tell_schedule(schedule)) return false;
  one = Taken{one.term(), schedule};
  patient.medications = {patient.medications.completeness(), std::move(items)};
  return true;
}

bool tell_product(const World& world, Person& person) {
  std::vector<Product> items = person.regimen.products().items();
  if (items.empty()) return false;
  Product& one = items[static_cast<std::size_t>(below(items.size()))];
  const bool told = one.ingredients.empty() || below(2) == 0
                        ? tell_schedule(one.schedule)
                        : tell_ingredient(world, one.ingredients[static_cast<std::size_t>(below(one.ingredients.size()))]);
  person.regimen = Regimen{Listed<Product>{person.regimen.products().completeness(), std::move(items)}};
  return told;
}

template <class Q>
bool tell(const WorldPtr& world, Fact<Q>& fact, const char* id) {
  if (fact.known()) return false;
  fact = Q::of_base(*value_of(world, id));
  return true;
}

template <class Q>
bool tell(const WorldPtr& world, Figure<Q>& figure, const char* id) {
  if (figure.known()) return false;
  Exact value = *value_of(world, id);
  if (const auto within = figure.within()) value = std::clamp(value, within->low.base(), within->high.base());
  figure = Q::of_base(value);
  return true;
}

bool tell(Fact<bool>& fact, bool value) {
  if (fact.known()) return false;
  fact = value;
  return true;
}

// Whether what became known was awaited, and no estimate was replaced by
// another.
bool allowed(const naive::Facts& before, const naive::Facts& after) {
  for (const auto& [id, was] : before.numbers) {
    const naive::Number& is = after.numbers.at(id);
    if (was.absent && !is.absent && id != "limit") return false;
    const bool estimate = id == "egfr" || id == "creatinine-clearance";
    if (estimate && !was.absent && !is.value.inside(was.value)) return false;
  }
  for (const auto& [id, was] : before.flags)
    if (was.absent && !after.flags.at(id).absent) return false;
  return true;
}

}  // namespace

std::string learn(const WorldPtr& world, Person& person) {
  Person more = person;
  Patient& patient = more.patient;
  Labs& labs = patient.labs;
  const naive::Documents& documents = world->naive.documents();
  const naive::Facts before = naive::facts_of(documents, person.patient, person.regimen, {});
  std::set<std::string> settled;
  for (const auto& [id, fact] : documents.settled_by)
    if (before.numbers.at(fact).causes.empty()) settled.insert(id);
  const bool male = patient.sex.known() && patient.sex.value_or(Sex::female) == Sex::male;
  const bool pregnant = patient.pregnant.value_or(false);
  const std::vector<std::pair<std::string, std::function<bool()>>> all{
      {"age", [&] { return tell(world, patient.age, "age"); }},
      {"sex",
       [&] {
         if (patient.sex.known()) return false;
         patient.sex = pregnant || below(2) == 0 ? Sex::female : Sex::male;
         return true;
       }},
      {"pregnant", [&] { return tell(patient.pregnant, !male && below(2) == 0); }},
      {"trimester",
       [&] {
         if (!pregnant || patient.trimester.known()) return false;
         patient.trimester = below(3) + 1;
         return true;
       }},
      {"dialysis", [&] { return tell(patient.dialysis, below(2) == 0); }},
      {"lactating", [&] { return tell(patient.lactating, below(2) == 0); }},
      {"egfr", [&] { return tell(world, labs.egfr, "egfr"); }},
      {"creatinine", [&] { return tell(world, labs.creatinine, "creatinine"); }},
      {"cystatin-c", [&] { return tell(world, labs.cystatin_c, "cystatin-c"); }},
      {"height", [&] { return tell(world, patient.height, "height"); }},
      {"weight", [&] { return tell(world, patient.weight, "weight"); }},
      {"serum-magnesium", [&] { return tell(world, labs.serum_magnesium, "serum-magnesium"); }},
      {"conditions", [&] { return tell_list(patient.conditions, [&] { return *condition(world); }); }},
      {"which condition", [&] { return tell_member(documents.conditions, patient.conditions, settled); }},
      {"medications", [&] { return tell_list(patient.medications, [&] { return *taken(world); }); }},
      {"which medication", [&] { return tell_member(documents.drugs, patient.medications, {}); }},
      {"times of a medication", [&] { return tell_taken(patient); }},
      {"magnesium",
       [&] {
         Listed<Product> products = more.regimen.products();
         const bool told = tell_list(products, [&] { return *product(world); });
         more.regimen = Regimen{std::move(products)};
         return told;
       }},
      {"a product", [&] { return tell_product(*world, more); }},
      {"a product", [&] { return tell_product(*world, more); }},
  };
  const auto& [what, how] = all[static_cast<std::size_t>(below(all.size()))];
  if (!how()) return {};
  if (!allowed(before, naive::facts_of(documents, patient, more.regimen, {}))) return {};
  person = std::move(more);
  return what;
}

std::string describe_range(const Assessment& assessment) {
  return std::string{name(assessment.at_least())} + " to " + std::string{name(assessment.at_most())};
}

}  // namespace magnesia::laws
