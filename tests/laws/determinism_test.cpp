// Law 8: the same input gives the same bytes, whatever was assessed before, and whatever the order in which things are listed.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "magnesia/report.hpp"
#include "tests/laws/generate.hpp"

namespace magnesia::laws {
namespace {

RC_GTEST_PROP(Law8, TheSameInputGivesTheSameBytes, ()) {
  const WorldPtr world = *any_world();
  const Person person = *laws::person(world);
  const Person other = *laws::person(world);
  const Checker checker{world->knowledge};
  const std::string first = to_json(world->assess(person));
  RC_ASSERT(to_json(world->assess(person)) == first);

  Assessment reused;  // a used assessment answers as a new one
  RC_ASSERT(!checker.assess_into(reused, other.patient, other.regimen).has_value());
  RC_ASSERT(!checker.assess_into(reused, person.patient, person.regimen).has_value());
  RC_ASSERT(to_json(reused) == first);
  const Assessment copy = reused;
  RC_ASSERT(to_json(copy) == first);

  // Knowledge that was loaded again is the same knowledge.
  const Result<Knowledge, Errors> again = Knowledge::load(world->packs);
  RC_ASSERT(again.has_value());
  RC_ASSERT(to_json(*Checker{*again}.assess(person.patient, person.regimen)) == first);
}

std::vector<std::size_t> shuffled(std::size_t size) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = size; i > 1; --i) std::swap(order[i - 1], order[static_cast<std::size_t>(below(i))]);
  return order;
}

template <class T>
Listed<T> in_order(const Listed<T>& list, const std::vector<std::size_t>& order) {
  std::vector<T> items;
  for (const std::size_t index : order) items.push_back(list.items()[index]);
  return {list.completeness(), std::move(items)};
}

// Rules, how sure they are, and how often: who is second in the list is not said.
std::vector<std::pair<std::string, Status>> rules_of(const Assessment& assessment) {
  std::vector<std::pair<std::string, Status>> all;
  for (const naive::Said& said : naive::answer_of(assessment).findings) all.emplace_back(said.rule, said.status);
  std::sort(all.begin(), all.end());
  return all;
}

RC_GTEST_PROP(Law8, TheOrderOfListsDecidesNothing, ()) {
  const WorldPtr world = *any_world();
  const Person person = *laws::person(world);
  Person other = person;
  other.patient.conditions = in_order(person.patient.conditions, shuffled(person.patient.conditions.items().size()));
  other.patient.medications = in_order(person.patient.medications, shuffled(person.patient.medications.items().size()));
  std::vector<Product> products = in_order(person.regimen.products(), shuffled(person.regimen.products().items().size())).items();
  for (Product& product : products) std::reverse(product.schedule.times.begin(), product.schedule.times.end());
  for (Product& product : products) std::reverse(product.ingredients.begin(), product.ingredients.end());
  other.regimen = Regimen{Listed<Product>{person.regimen.products().completeness(), std::move(products)}};
  const Assessment one = world->assess(person);
  const Assessment two = world->assess(other);
  RC_ASSERT(one.at_least() == two.at_least());
  RC_ASSERT(one.at_most() == two.at_most());
  RC_ASSERT(rules_of(one) == rules_of(two));
  RC_ASSERT(one.unrecognised().size() == two.unrecognised().size());
  RC_ASSERT(one.intake().per_day == two.intake().per_day);
}

RC_GTEST_PROP(Law8, TheOrderOfDocumentsDecidesNothing, ()) {
  const WorldPtr world = *small_world();
  std::vector<Pack> packs = world->packs;
  std::vector<Pack::Document> documents;
  for (const std::size_t index : shuffled(packs.front().documents.size())) documents.push_back(packs.front().documents[index]);
  packs.front().documents = std::move(documents);
  const Result<Knowledge, Errors> other = Knowledge::load(packs);
  RC_ASSERT(other.has_value());
  const Person person = *laws::person(world);
  const Result<Assessment> assessment = Checker{*other}.assess(person.patient, person.regimen);
  RC_ASSERT(assessment.has_value());
  RC_ASSERT(naive::answer_of(*assessment) == naive::answer_of(world->assess(person)));
}

// Nor does the way in which a name is written.
RC_GTEST_PROP(Law8, NamesAreFoldedAndDecideNothing, ()) {
  const WorldPtr world = *any_world();
  const Person person = *laws::person(world, Told::everything);
  Person loud = person;
  std::vector<Condition> conditions;
  for (const Condition& one : person.patient.conditions.items()) {
    Term term = one.term();
    if (term.system.empty())
      for (char& c : term.text) c = c == '-' ? ' ' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    conditions.emplace_back(term);
  }
  loud.patient.conditions = {Completeness::exactly, std::move(conditions)};
  RC_ASSERT(to_json(world->assess(loud)) == to_json(world->assess(person)));
}

}  // namespace
}  // namespace magnesia::laws
