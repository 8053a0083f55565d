// The reader behind parse_formula() and "…"_formula. Included by salt.hpp; not an interface.
#pragma once

#include "magnesia/salt.hpp"

namespace magnesia::detail {

enum class FormulaFault : std::uint8_t {
  none,
  empty,
  too_long,
  no_element,  // something else stands where an element or a bracket should begin
  unknown_element,
  no_atomic_weight,
  too_deep,
  unopened_bracket,
  unclosed_bracket,
  empty_bracket,
  zero_count,
  unclear_point,
  too_many_atoms,
  too_many_elements,
  unclear_charge,
  charge_of_a_multiple,
  no_sign,
  too_much_charge,
  more_text,
};

struct ReadFormula {
  Formula formula;
  FormulaFault fault = FormulaFault::none;
  std::size_t at = 0;  // byte of the fault
};

// Called where a literal is faulty: not constexpr, so the compiler stops there and shows the literal.
void this_is_not_a_chemical_formula();

class FormulaReader {
 public:
  static constexpr std::size_t longest = 256;
  static constexpr std::size_t deepest = 8;

  constexpr explicit FormulaReader(std::string_view text) noexcept : text_{text} {}

  // formula = part { separator part } [ charge ]
  [[nodiscard]] constexpr ReadFormula read() noexcept {
    if (text_.empty()) fail(FormulaFault::empty);
    if (text_.size() > longest) fail(FormulaFault::too_long);
    if (ok()) read_part();
    while (ok() && next().what == Sign::separator) {
      if (may_be_decimal_point()) fail(FormulaFault::unclear_point);
      skip();
      read_part();
    }
    if (ok() && formula_.charge_ == 0 && next().what != Sign::end) read_charge();
    if (ok() && next().what != Sign::end) fail(FormulaFault::more_text);
    if (ok()) gather();
    return {formula_, fault_, fault_at_};
  }

 private:
  struct Sign {
    enum What : std::uint8_t { end, other, letter, digit, subscript, superscript, open, close, separator, caret, plus, minus };
    What what = end;
    char as = '\0';  // in ASCII
    std::uint8_t bytes = 0;
  };
  struct Bracket {
    char opened = '\0';
    std::size_t at = 0;
    std::size_t first = 0;  // index of its first atoms
  };

  [[nodiscard]] constexpr bool ok() const noexcept { return fault_ == FormulaFault::none; }
  constexpr void fail(FormulaFault fault) noexcept { fail(fault, at_); }
  constexpr void fail(FormulaFault fault, std::size_t at) noexcept {
    if (!ok()) return;
    fault_ = fault;
    fault_at_ = at;
  }
  constexpr void skip() noexcept { at_ += next().bytes; }

  [[nodiscard]] constexpr Sign next() const noexcept { return sign_at(at_); }
  [[nodiscard]] constexpr Sign sign_at(std::size_t at) const noexcept {
    if (at >= text_.size()) return {};
    const char c = text_[at];
    if (c >= '0' && c <= '9') return {Sign::digit, c, 1};
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return {Sign::letter, c, 1};
    if (c == '(' || c == '[') return {Sign::open, c, 1};
    if (c == ')' || c == ']') return {Sign::close, c, 1};
    if (c == '.' || c == '*') return {Sign::separator, c, 1};
    if (c == '^') return {Sign::caret, c, 1};
    if (c == '+') return {Sign::plus, c, 1};
    if (c == '-') return {Sign::minus, c, 1};
    const std::string_view rest = text_.substr(at);
    for (const std::string_view dot : {"\u00B7", "\u22C5", "\u2022", "\u2219"})
      if (rest.starts_with(dot)) return {Sign::separator, '.', static_cast<std::uint8_t>(dot.size())};
    if (rest.starts_with("\u2212")) return {Sign::minus, '-', 3};
    if (rest.starts_with("\u207A")) return {Sign::plus, '+', 3};
    if (rest.starts_with("\u207B")) return {Sign::minus, '-', 3};
    if (rest.starts_with("\u00B9")) return {Sign::superscript, '1', 2};
    if (rest.starts_with("\u00B2")) return {Sign::superscript, '2', 2};
    if (rest.starts_with("\u00B3")) return {Sign::superscript, '3', 2};
    if (rest.size() >= 3 && (rest.starts_with("\xE2\x81") || rest.starts_with("\xE2\x82"))) {
      const int digit = static_cast<unsigned char>(rest[2]) - (rest[1] == '\x81' ? 0xB0 : 0x80);
      // U+2070 and U+2074 to U+2079, U+2080 to U+2089
      if (digit >= 0 && digit <= 9) {
        const Sign::What what = rest[1] == '\x81' ? Sign::superscript : Sign::subscript;
        return {what, static_cast<char>('0' + digit), 3};
      }
    }
    return {Sign::other, '\0', 1};
  }

  // "Mg1.5Al2O4" is no hydrate. A full stop between digits is one only before water, as in "MgSO4.7H2O".
  [[nodiscard]] constexpr bool may_be_decimal_point() const noexcept {
    if (text_[at_] != '.' || at_ == 0 || sign_at(at_ - 1).what != Sign::digit || sign_at(at_ + 1).what != Sign::digit)
      return false;
    constexpr std::string_view water = "H2O";
    std::size_t part = at_ + 1;
    while (sign_at(part).what == Sign::digit) ++part;
    const Sign::What after = sign_at(part + water.size()).what;
    return !text_.substr(part).starts_with(water) || (after != Sign::end && after != Sign::separator);
  }

  // part = [ count ] group { group }
  constexpr void read_part() noexcept {
    const std::size_t begin = at_;
    const std::size_t first = size_;
    std::int64_t times = 1;
    if (next().what == Sign::digit) times = read_number(Sign::digit, Formula::most_atoms, FormulaFault::too_many_atoms);
    if (times != 1) multiple_ = true;
    if (ok() && next().what != Sign::letter && next().what != Sign::open) return fail(FormulaFault::no_element);
    read_groups();
    multiply_from(first, times, begin);
  }

  // group = element [ count ] | bracket group { group } bracket [ count ]
  constexpr void read_groups() noexcept {
    std::size_t depth = 0;
    while (ok()) {
      const Sign sign = next();
      const std::size_t begin = at_;
      if (sign.what == Sign::letter) {
        read_element();
        if (ok()) read_count(size_ - 1, begin == 0 && depth == 0);
      } else if (sign.what == Sign::open) {
        if (depth == deepest) return fail(FormulaFault::too_deep);
        brackets_[depth++] = {sign.as, begin, size_};
        skip();
      } else if (sign.what == Sign::close) {
        if (depth == 0 || brackets_[depth - 1].opened != (sign.as == ')' ? '(' : '['))
          return fail(FormulaFault::unopened_bracket);
        const Bracket bracket = brackets_[--depth];
        if (bracket.first == size_) return fail(FormulaFault::empty_bracket);
        skip();
        read_count(bracket.first, bracket.at == 0 && sign.as == ']');
      } else {
        break;
      }
    }
    if (depth > 0) fail(FormulaFault::unclosed_bracket, brackets_[depth - 1].at);
  }

  constexpr void read_element() noexcept {
    const std::size_t begin = at_;
    skip();
    if (at_ < text_.size() && text_[at_] >= 'a' && text_[at_] <= 'z') skip();
    const std::string_view symbol = text_.substr(begin, at_ - begin);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].symbol != symbol) continue;
      if (elements[i].standard_atomic_weight.empty()) return fail(FormulaFault::no_atomic_weight, begin);
      atoms_[size_++] = {static_cast<std::uint8_t>(i + 1), 1};
      return;
    }
    fail(FormulaFault::unknown_element, begin);
  }

  // The count after a group, unless the digits are the charge of everything before them ("Mg2+").
  constexpr void read_count(std::size_t first, bool stands_alone) noexcept {
    const Sign sign = next();
    if (sign.what != Sign::digit && sign.what != Sign::subscript) return;
    const std::size_t begin = at_;
    const std::int64_t count = read_number(sign.what, Formula::most_atoms, FormulaFault::too_many_atoms);
    const Sign after = next();
    const bool signed_digits =
        sign.what == Sign::digit && (after.what == Sign::plus || after.what == Sign::minus) && after.bytes == 1;
    if (ok() && signed_digits) {
      if (!stands_alone) return fail(FormulaFault::unclear_charge, begin);
      at_ = begin;
      return read_charge();
    }
    multiply_from(first, count, begin);
  }

  // charge = [ "^" ] [ count ] ( "+" | "-" ), at the end
  constexpr void read_charge() noexcept {
    const std::size_t begin = at_;
    if (next().what == Sign::caret) skip();
    std::int64_t size = 1;
    const Sign sign = next();
    if (sign.what == Sign::digit || sign.what == Sign::superscript)
      size = read_number(sign.what, 99, FormulaFault::too_much_charge);
    const Sign::What direction = next().what;
    if (direction != Sign::plus && direction != Sign::minus)
      return fail(at_ == begin ? FormulaFault::more_text : FormulaFault::no_sign);
    if (multiple_) return fail(FormulaFault::charge_of_a_multiple, begin);
    skip();
    if (next().what != Sign::end) return fail(FormulaFault::more_text);
    formula_.charge_ = static_cast<std::int8_t>(direction == Sign::plus ? size : -size);
  }

  // 1 to `most`, without leading zeros.
  constexpr std::int64_t read_number(Sign::What digits, std::int64_t most, FormulaFault too_large) noexcept {
    const std::size_t begin = at_;
    std::int64_t number = 0;
    if (next().as == '0') fail(FormulaFault::zero_count);
    for (; ok() && next().what == digits; skip()) {
      number = number * 10 + (next().as - '0');
      if (number > most) fail(too_large, begin);
    }
    return number;
  }

  constexpr void multiply_from(std::size_t first, std::int64_t times, std::size_t at) noexcept {
    for (std::size_t i = first; ok() && i < size_; ++i) {
      const std::int64_t count = atoms_[i].count * times;
      if (count > Formula::most_atoms) return fail(FormulaFault::too_many_atoms, at);
      atoms_[i].count = static_cast<std::uint32_t>(count);
    }
  }

  // Adds up what was read, element by element.
  constexpr void gather() noexcept {
    std::int64_t total = 0;
    std::array<std::int64_t, elements.size() + 1> counts{};
    for (std::size_t i = 0; i < size_; ++i) {
      counts[atoms_[i].atomic_number] += atoms_[i].count;
      total += atoms_[i].count;
    }
    if (total > Formula::most_atoms) return fail(FormulaFault::too_many_atoms);
    for (std::size_t number = 1; number < counts.size(); ++number) {
      if (counts[number] == 0) continue;
      if (formula_.size_ == Formula::most_elements) return fail(FormulaFault::too_many_elements);
      formula_.atoms_[formula_.size_++] = {static_cast<std::uint8_t>(number), static_cast<std::uint32_t>(counts[number])};
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  FormulaFault fault_ = FormulaFault::none;
  std::size_t fault_at_ = 0;
  bool multiple_ = false;  // a part has a coefficient
  std::array<Bracket, deepest> brackets_{};
  std::array<Formula::Atoms, longest> atoms_{};  // as they come, a symbol each
  std::size_t size_ = 0;
  Formula formula_;
};

}  // namespace magnesia::detail
