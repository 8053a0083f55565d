// What is taken, for the second evaluator: lists of concepts, dose times, and products with their magnesium.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/naive/facts.hpp"

namespace magnesia::naive {

/// Concepts as somebody listed them: what is surely so, and what the wider ones among them leave open, those that are settled
/// excepted.
void list_concepts(Set& set, const Concepts& concepts, const std::vector<std::string>& listed,
                   const std::set<std::string>& settled);
/// Whether there may be more than what is listed.
[[nodiscard]] bool is_open(Completeness completeness, const Policy& policy);
/// Dose times, and how many there are a day.
[[nodiscard]] Doses doses_of(const Schedule& schedule, Number& per_day);
/// The products of a regimen and of the drugs that are magnesium, and the intake from them.
void add_products(Facts& facts, const Documents& documents, const Regimen& regimen, const Policy& policy);

}  // namespace magnesia::naive
