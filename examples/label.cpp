// What the text on a label can mean.
#include <iostream>

#include "magnesia/magnesia.hpp"

namespace mg = magnesia;

int main() {
  const mg::Knowledge knowledge = mg::Knowledge::embedded();
  for (const char* text :
       {"Magnesium (as magnesium oxide) 400 mg per 2 capsules", "500 mg magnesium oxide",
        "Magnesiumcitrat 400 mg, davon Magnesium 60 mg", "Magnesium 1.000 mg", "magnesium hydroxide 400 mg/5 mL"}) {
    std::cout << text << ": ";
    const mg::Result<mg::ReadLabel> label = mg::read_label(text, knowledge);
    if (!label) {
      std::cout << mg::describe(label.error()) << '\n';
      continue;
    }
    mg::Interval<mg::Exact> dose{mg::Exact{}};
    for (const mg::Ingredient& ingredient : label->ingredients)
      dose = mg::add(dose, mg::amount_of(ingredient, knowledge.find_salt(ingredient.salt.text)).elemental);
    std::cout << dose.low.decimal(1) << " to " << dose.high.decimal(1) << " mg of magnesium\n";
  }
}
