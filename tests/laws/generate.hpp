// People, products and packs for the laws, thickest around the numbers at which
// the knowledge changes its mind.
#pragma once

#include <rapidcheck.h>

#include <concepts>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "magnesia/checker.hpp"
#include "tests/naive/evaluator.hpp"

namespace magnesia::laws {

/// A number from 0 to `end` - 1, each as likely as the next however few cases were run; it shrinks to 0.
template <std::integral Integer>
[[nodiscard]] int below(Integer end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, static_cast<int>(end)));
}
/// Shrinks to no.
[[nodiscard]] inline bool chance(int percent) { return below(100) >= 100 - percent; }

struct Person {
  Patient patient;
  Regimen regimen;
};
/// All that was told, in a few lines.
void showValue(const Person& person, std::ostream& out);

/// The words and numbers of a pack that decide something.
struct Vocabulary {
  std::vector<std::string> drugs;                   ///< about which there is a rule, or which are
                                                    ///< magnesium, or a class of such
  std::vector<std::string> conditions;              ///< that a rule or question names, and what belongs to them
  std::vector<std::string> salts;                   ///< by name, with their forms
  std::map<std::string, std::vector<Exact>> edges;  ///< by fact, in its base unit
  std::vector<int> windows;                         ///< minutes
  std::vector<Exact> limits;                        ///< mg
};

/// A pack, read by both evaluators.
struct World {
  World(std::vector<Pack> packs, Knowledge knowledge);
  std::vector<Pack> packs;
  naive::Evaluator naive;
  Knowledge knowledge;
  Vocabulary words;

  [[nodiscard]] Assessment assess(const Person& person, const Policy& policy = {}) const;
};
using WorldPtr = std::shared_ptr<const World>;
/// The documents of a small pack.
void showValue(const WorldPtr& world, std::ostream& out);

/// The knowledge that the library was built with.
[[nodiscard]] WorldPtr embedded_world();
/// A small pack of invented drugs, conditions and rules over the embedded
/// questions, limits and salts.
[[nodiscard]] rc::Gen<WorldPtr> small_world();
/// Either.
[[nodiscard]] rc::Gen<WorldPtr> any_world();

// Generators keep their world: what is drawn is drawn again when a
// counterexample shrinks.

/// How much is told.
enum class Told { anything, everything };
/// `everything`: all that may be awaited is known and nothing else, all lists are exact, every name
/// is known, names no class.
[[nodiscard]] rc::Gen<Person> person(const WorldPtr& world, Told told = Told::anything);
[[nodiscard]] rc::Gen<Taken> taken(const WorldPtr& world, Told told = Told::anything);
[[nodiscard]] rc::Gen<Product> product(const WorldPtr& world, Told told = Told::anything);
[[nodiscard]] rc::Gen<Condition> condition(const WorldPtr& world, Told told = Told::anything);
/// A value of a fact of the person: at a threshold, one unit of the last place
/// off it, or anywhere it may be. In the base unit.
[[nodiscard]] rc::Gen<Exact> value_of(const WorldPtr& world, const std::string& fact);

}  // namespace magnesia::laws
