// Law 7: nothing is dropped in silence.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/laws/generate.hpp"

namespace magnesia::laws {
namespace {

template <class T>
void put_into(std::vector<T>& items, T item) {
  items.insert(items.begin() + below(items.size() + 1), std::move(item));
}

RC_GTEST_PROP(Law7, WhatIsNotRecognisedIsReportedAndTheVerdictIsNotDecided, ()) {
  const WorldPtr world = *any_world();
  Person person = *laws::person(world, Told::everything);
  RC_ASSERT(world->assess(person).unrecognised().empty());
  // Words that no pack has, as a name or as a code.
  const std::string text = "zz" + *rc::gen::container<std::string>(1 + below(29), rc::gen::inRange('a', '{'));
  const Term term{text, *rc::gen::elementOf(std::vector<std::string>{"", "rxnorm", "icd10cm", "unii", "a system"})};
  const std::string shown = term.system.empty() ? text : term.system + ' ' + text;
  Patient& patient = person.patient;
  std::vector<Product> products = person.regimen.products().items();
  const int what = below(5);
  static constexpr std::string_view kinds[]{"condition", "medication", "purpose", "salt", "label"};
  static constexpr std::string_view places[]{"/patient/conditions/", "/medications/", "/purpose", "/magnesium/", "/magnesium/"};
  if (what == 0) {
    std::vector<Condition> items = patient.conditions.items();
    put_into(items, Condition{term});
    patient.conditions = {Completeness::exactly, std::move(items)};
  } else if (what == 1) {
    std::vector<Taken> items = patient.medications.items();
    put_into(items, Taken{term, {}});
    patient.medications = {Completeness::exactly, std::move(items)};
  } else if (what == 2) {
    patient.purpose = term;
  } else {
    Product product;
    if (what == 3) {
      product.ingredients = {Ingredient{}};
      product.ingredients.front().salt = term;
      product.ingredients.front().elemental = ElementalMass{100, units::mg};
    } else {
      product.label = text;
    }
    put_into(products, product);
    person.regimen = Regimen{Listed<Product>{Completeness::exactly, std::move(products)}};
  }
  const Assessment assessment = world->assess(person);
  RC_ASSERT(assessment.unrecognised().size() == 1U);
  const Unrecognised& one = assessment.unrecognised().front();
  RC_ASSERT(one.kind == kinds[what]);
  RC_ASSERT(one.path.starts_with(places[what]));
  RC_ASSERT(one.text == (what == 3 || what == 4 ? text : shown));
  RC_ASSERT(!assessment.decided());
  RC_ASSERT(!assessment.clearance().has_value());
}

// A name that is not known may be anything: the verdict is at least as wide as without it.
RC_GTEST_PROP(Law7, AnUnknownDrugOrConditionMayBeAny, ()) {
  const WorldPtr world = *any_world();
  Person person = *laws::person(world);
  const Assessment before = world->assess(person);
  Person unknown = person;
  Person any = person;
  const bool drug = below(2) == 1;
  if (drug) {
    unknown.patient.medications.add(Taken{"no such drug", {}});
    any.patient.medications.add(*taken(world, Told::everything));
  } else {
    unknown.patient.conditions.add("no such condition");
    any.patient.conditions.add(*condition(world, Told::everything));
  }
  const Assessment with_unknown = world->assess(unknown);
  const Assessment with_any = world->assess(any);
  RC_ASSERT(with_unknown.at_most() >= before.at_most());
  RC_ASSERT(with_unknown.at_most() >= with_any.at_most());
}

}  // namespace
}  // namespace magnesia::laws
