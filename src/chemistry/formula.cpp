#include <algorithm>
#include <utility>
#include <vector>

#include "magnesia/salt.hpp"

namespace magnesia {
namespace {

using detail::FormulaFault;

std::pair<ErrorKind, std::string_view> explain(FormulaFault fault) noexcept {
  switch (fault) {
    case FormulaFault::none: break;
    case FormulaFault::empty: return {ErrorKind::syntax, "a chemical formula such as MgSO4·7H2O"};
    case FormulaFault::too_long: return {ErrorKind::too_large, "a formula of at most 256 bytes"};
    case FormulaFault::no_element: return {ErrorKind::syntax, "an element's symbol or an opening bracket"};
    case FormulaFault::unknown_element: return {ErrorKind::unknown_name, "the symbol of an element, such as Mg"};
    case FormulaFault::no_atomic_weight: return {ErrorKind::unknown_name, "an element that has a standard atomic weight"};
    case FormulaFault::too_deep: return {ErrorKind::too_large, "brackets at most 8 deep"};
    case FormulaFault::unopened_bracket: return {ErrorKind::syntax, "a bracket that closes the last one opened"};
    case FormulaFault::unclosed_bracket: return {ErrorKind::syntax, "a closing bracket for this one"};
    case FormulaFault::empty_bracket: return {ErrorKind::syntax, "something between the brackets"};
    case FormulaFault::zero_count: return {ErrorKind::syntax, "a number from 1, without a leading 0"};
    case FormulaFault::unclear_point: return {ErrorKind::syntax, "· between parts, where a full stop could be a decimal point"};
    case FormulaFault::too_many_atoms: return {ErrorKind::too_large, "at most 1000000 atoms"};
    case FormulaFault::too_many_elements: return {ErrorKind::too_large, "at most 16 elements"};
    case FormulaFault::unclear_charge: return {ErrorKind::syntax, "a charge set off by ^, such as SO4^2- or NH4^+"};
    case FormulaFault::charge_of_a_multiple: return {ErrorKind::syntax, "no charge on a formula with coefficients"};
    case FormulaFault::no_sign: return {ErrorKind::syntax, "a charge that ends with + or -"};
    case FormulaFault::too_much_charge: return {ErrorKind::too_large, "a charge of at most 99"};
    case FormulaFault::more_text: return {ErrorKind::syntax, "the end of the formula"};
  }
  return {ErrorKind::syntax, "a chemical formula"};
}

}  // namespace

Result<Formula> parse_formula(std::string_view text) {
  const detail::ReadFormula read = detail::FormulaReader{text}.read();
  if (read.fault == FormulaFault::none) return read.formula;
  const auto [kind, expected] = explain(read.fault);
  return Error{kind, "byte " + std::to_string(read.at),
               read.at < text.size() ? excerpt(text.substr(read.at)) : "the end of the text", std::string{expected}};
}

std::string hill_notation(const Formula& formula) {
  std::vector<Formula::Atoms> atoms{formula.atoms().begin(), formula.atoms().end()};
  const bool organic = formula.count(6) > 0;
  const auto rank = [&](const Formula::Atoms& a) {
    return !organic ? 2 : a.atomic_number == 6 ? 0 : a.atomic_number == 1 ? 1 : 2;
  };
  const auto symbol = [](const Formula::Atoms& a) { return elements[a.atomic_number - 1U].symbol; };
  std::sort(atoms.begin(), atoms.end(), [&](const Formula::Atoms& a, const Formula::Atoms& b) {
    return std::pair{rank(a), symbol(a)} < std::pair{rank(b), symbol(b)};
  });
  std::string text;
  for (const Formula::Atoms& a : atoms) {
    text += symbol(a);
    if (a.count > 1) text += std::to_string(a.count);
  }
  const int charge = formula.charge();
  if (charge == 0) return text;
  text += '^';
  if (charge > 1 || charge < -1) text += std::to_string(charge < 0 ? -charge : charge);
  return text += charge < 0 ? '-' : '+';
}

}  // namespace magnesia
