// Law 4: more magnesium, a worse kidney, a higher serum magnesium, one more harmful condition or drug, a dose closer to a
// chelated drug: none of these ever gives a milder verdict.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/base.hpp"
#include "tests/laws/generate.hpp"
#include "tests/laws/learn.hpp"

namespace magnesia::laws {
namespace {

void never_milder(const WorldPtr& world, const Person& before, const Person& after, const std::string& what) {
  const Assessment milder = world->assess(before);
  const Assessment worse = world->assess(after);
  if (worse.at_least() >= milder.at_least() && worse.at_most() >= milder.at_most()) return;
  showValue(after, RC_LOG());
  RC_FAIL(what + ": " + describe_range(milder) + " became " + describe_range(worse));
}

// An ingredient, however its amount is told, holds more. Where magnesium and the whole salt are both told, the claim grows: more
// of the salt alone would make the same claim more believable.
void grow(Ingredient& ingredient, Exact by) {
  const auto more = [&](auto& amount) {
    using Amount = std::remove_cvref_t<decltype(*amount.if_known())>;
    if (const Amount* const known = amount.if_known()) amount = std::min(*known * by, Amount::of_base(35'000));
  };
  more(ingredient.elemental);
  more(ingredient.unsaid);
  if (!ingredient.elemental.known()) more(ingredient.compound);
}

Person with_products(const Person& person, std::vector<Product> products) {
  return {person.patient, Regimen{Listed<Product>{person.regimen.products().completeness(), std::move(products)}}};
}

// Somebody who takes something, with an amount and at a time.
Person who_takes_something(const WorldPtr& world) {
  const Person person = *laws::person(world);
  std::vector<Product> products = person.regimen.products().items();
  Product taken = *product(world, Told::everything);
  if (below(2) == 0) taken.schedule.times = {{below(1440)}};
  if (taken.schedule.times.empty()) taken.schedule.times = {{0}};
  products.insert(products.begin(), std::move(taken));
  return with_products(person, std::move(products));
}

RC_GTEST_PROP(Law4, MoreMagnesiumIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  const Person person = who_takes_something(world);
  std::vector<Product> products = person.regimen.products().items();
  std::vector<Ingredient>& ingredients = products.front().ingredients;
  grow(ingredients[static_cast<std::size_t>(below(ingredients.size()))], Exact::ratio(1001 + below(2000), 1000));
  const Person more = with_products(person, products);
  RC_PRE(Checker{world->knowledge}.validate(more.patient, more.regimen).empty());  // more than anybody can take is refused
  never_milder(world, person, more, "more in a dose");
}

RC_GTEST_PROP(Law4, AnotherDoseIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  const Person person = who_takes_something(world);
  std::vector<Product> products = person.regimen.products().items();
  products.front().schedule.times.push_back({below(1440)});
  never_milder(world, person, with_products(person, products), "another dose");
}

RC_GTEST_PROP(Law4, AnotherProductIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  const Person person = *laws::person(world);
  std::vector<Product> products = person.regimen.products().items();
  products.push_back(*product(world));
  never_milder(world, person, with_products(person, products), "another product");
}

RC_GTEST_PROP(Law4, ALowerEgfrIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  Person person = *laws::person(world);
  const Exact one = *value_of(world, "egfr");
  const Exact other = *value_of(world, "egfr");
  person.patient.labs.egfr = Egfr::of_base(std::max(one, other));
  Person worse = person;
  worse.patient.labs.egfr = Egfr::of_base(std::min(one, other));
  never_milder(world, person, worse, "a lower eGFR");
}

RC_GTEST_PROP(Law4, AHigherSerumMagnesiumIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  Person person = *laws::person(world);
  const Exact one = *value_of(world, "serum-magnesium");
  const Exact other = *value_of(world, "serum-magnesium");
  person.patient.labs.serum_magnesium = SerumMagnesium::of_base(std::min(one, other));
  Person worse = person;
  worse.patient.labs.serum_magnesium = SerumMagnesium::of_base(std::max(one, other));
  never_milder(world, person, worse, "a higher serum magnesium");
}

// Signs are opportunistic: law 4 speaks of all facts.
RC_GTEST_PROP(Law4, ASlowerHeartOrALongerConductionIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  Person person = *laws::person(world);
  const auto pair = [&](const char* fact) {
    const Exact one = *value_of(world, fact);
    const Exact other = *value_of(world, fact);
    return std::pair{std::min(one, other), std::max(one, other)};
  };
  const auto [slow, fast] = pair("heart-rate");
  const auto [low, high] = pair("systolic-blood-pressure");
  const auto [brief, drawn_out] = pair("pr-interval");
  person.patient.signs = {HeartRate::of_base(fast), BloodPressure::of_base(high), Duration::of_base(brief)};
  Person worse = person;
  worse.patient.signs = {HeartRate::of_base(slow), BloodPressure::of_base(low), Duration::of_base(drawn_out)};
  never_milder(world, person, worse, "worse signs");
}

// One more harmful condition, which does not tell what a wider one that is listed means (that would be learning), and with which
// no protective or harmless one comes.
RC_GTEST_PROP(Law4, AnotherHarmfulConditionIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  const Person person = *laws::person(world);
  const base::Base& base = *world->knowledge.base();
  const Condition more = *condition(world, Told::everything);
  const auto& concepts = world->naive.documents().conditions;
  const std::string id = concepts.find(more.term()).value();
  for (const std::string& above : concepts.above.at(id)) RC_PRE(base.roles[base.conditions.by_id(above)] == base::Role::harmful);
  for (const Condition& listed : person.patient.conditions.items())
    if (const auto told = concepts.find(listed.term())) RC_PRE(*told == id || !concepts.is_a(id, *told));
  std::vector<Condition> items = person.patient.conditions.items();
  items.push_back(more);
  Person worse = person;
  worse.patient.conditions = {person.patient.conditions.completeness(), std::move(items)};
  RC_PRE(person.patient.conditions.completeness() != Completeness::unknown);
  never_milder(world, person, worse, "also " + id);
}

RC_GTEST_PROP(Law4, AnotherMedicationIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  const Person person = *laws::person(world);
  const Taken more = *taken(world);
  const auto& concepts = world->naive.documents().drugs;
  const auto id = concepts.find(more.term());
  for (const Taken& listed : person.patient.medications.items())
    if (const auto told = concepts.find(listed.term()); told && id) RC_PRE(*told == *id || !concepts.is_a(*id, *told));
  std::vector<Taken> items = person.patient.medications.items();
  items.push_back(more);
  Person worse = person;
  RC_PRE(person.patient.medications.completeness() != Completeness::unknown);
  worse.patient.medications = {person.patient.medications.completeness(), std::move(items)};
  never_milder(world, person, worse, "also " + id.value_or("no such drug"));
}

// One dose of a drug and one of magnesium a day, brought closer on the side on which they are closer already.
RC_GTEST_PROP(Law4, ADoseCloserToADrugIsNeverMilder, ()) {
  const WorldPtr world = *any_world();
  Person person = *laws::person(world);
  const int apart = 1 + below(720);
  const int closer = below(apart);
  const int drug = below(1440);
  const bool drug_first = below(2) == 0;
  const auto at = [&](int minutes) { return (drug + (drug_first ? minutes : 1440 - minutes)) % 1440; };
  const Taken taken = *laws::taken(world);
  Schedule schedule;
  schedule.times = {{drug}};
  person.patient.medications = {Completeness::exactly, {Taken{taken.term(), schedule}}};
  Product product = *laws::product(world);
  product.schedule = {};
  product.schedule.times = {{at(apart)}};
  const Person far{person.patient, Regimen{product}};
  product.schedule.times = {{at(closer)}};
  never_milder(world, far, {person.patient, Regimen{product}}, "closer");
}

}  // namespace
}  // namespace magnesia::laws
