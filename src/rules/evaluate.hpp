// Evaluation of compiled conditions over facts, in strong Kleene logic. Nothing here allocates or compares strings.
#pragma once

#include <span>

#include "base/base.hpp"
#include "facts/facts.hpp"
#include "facts/workspace.hpp"

namespace magnesia::rules {

/// What a condition is evaluated over.
struct Subject {
  const facts::Person& person;
  const facts::Product* product = nullptr;  ///< in scopes magnesium and pair
};

/// Whether the condition that starts at `node` holds. O(nodes).
[[nodiscard]] Tri evaluate(const base::Node* node, const Subject& subject) noexcept;
/// Whether one leaf holds.
[[nodiscard]] Tri evaluate_leaf(const base::Node& node, const Subject& subject) noexcept;
/// What would have to be known to decide a condition that is unknown, and is known to be.
[[nodiscard]] facts::Asks asks_of(const base::Node* node, const Subject& subject) noexcept;

/// Whether a dose of the drug comes closer to a dose of magnesium than the window allows; exactly at the window is far enough.
/// Of times known in part: yes where it does whenever they are, no where it never does. `worst` is then where it would be
/// closest.
[[nodiscard]] Tri too_close(const base::Window& window, const facts::Doses& drug, const facts::Doses& magnesium,
                            std::span<const facts::DoseTime> times, detail::Gap& worst) noexcept;

/// Whether a rule about a drug and magnesium holds of a product at some distance in time: all but its window.
[[nodiscard]] Tri holds_apart_from_window(const detail::Workspace& workspace, const base::Rule& rule,
                                          const facts::Product& product) noexcept;

/// Whether the product is the medication itself.
[[nodiscard]] inline bool is_itself(const facts::Product& product, const facts::Medication& medication) noexcept {
  return product.from_medication && product.entry == medication.entry;
}

/// Evaluates every rule in force over the collected facts: records, range and what could be reached.
void judge(detail::Workspace& workspace);

/// Whether one rule holds of one medication and one product of the workspace (-1: none), and what it would ask.
[[nodiscard]] Tri holds(const detail::Workspace& workspace, const base::Rule& rule, int medication, int product,
                        facts::Asks& asks, detail::Gap& gap) noexcept;

}  // namespace magnesia::rules
