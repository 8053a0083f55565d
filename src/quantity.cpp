#include "magnesia/quantity.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace magnesia {
namespace {

// A way to write a unit, after normalise().
struct Spelling {
  std::string_view text;
  FoundUnit unit{};
};

template <Dimension D>
constexpr Spelling as(std::string_view text, const Unit<D>& unit) noexcept {
  return {text, {D, unit.factor, unit.ucum}};
}
template <Dimension D>
constexpr Spelling code(const Unit<D>& unit) noexcept {
  return as(unit.ucum, unit);
}

constexpr auto spellings = [] {
  std::array table{
      code(units::ug), as("mcg", units::ug), code(units::mg), code(units::g), code(units::kg), code(units::lb), as("lb", units::lb),

      code(units::umol), code(units::mmol), code(units::mol),

      code(units::meq), as("mEq", units::meq), as("mval", units::meq), code(units::eq), as("Eq", units::eq),

      code(units::mL), as("ml", units::mL), code(units::dL), as("dl", units::dL), code(units::L), as("l", units::L),

      code(units::mg_dL), as("mg/dl", units::mg_dL), code(units::mg_L), as("mg/l", units::mg_L), code(units::mg_mL),
      as("mg/ml", units::mg_mL), code(units::ng_mL), as("ng/ml", units::ng_mL), code(units::ug_L), as("ug/l", units::ug_L),
      as("mcg/L", units::ug_L), as("mcg/l", units::ug_L), code(units::ug_dL), as("ug/dl", units::ug_dL), as("mcg/dL", units::ug_dL),
      as("mcg/dl", units::ug_dL), code(units::ug_mL), as("ug/ml", units::ug_mL), as("mcg/mL", units::ug_mL),
      as("mcg/ml", units::ug_mL), code(units::g_L), as("g/l", units::g_L), code(units::g_mL), as("g/ml", units::g_mL),

      code(units::mmol_L), as("mmol/l", units::mmol_L), code(units::umol_L), as("umol/l", units::umol_L), as("mcmol/L", units::umol_L),
      code(units::mmol_mL), as("mmol/ml", units::mmol_mL),

      code(units::meq_L), as("meq/l", units::meq_L), as("mEq/L", units::meq_L), as("mEq/l", units::meq_L), as("mval/L", units::meq_L),
      as("mval/l", units::meq_L), code(units::meq_mL), as("meq/ml", units::meq_mL), as("mEq/mL", units::meq_mL),
      as("mEq/ml", units::meq_mL),

      code(units::ms), code(units::s), code(units::min), code(units::h), code(units::d), code(units::wk), code(units::mo),
      code(units::a),

      code(units::mm), code(units::cm), code(units::m), code(units::in), as("in", units::in),

      code(units::mL_min), as("ml/min", units::mL_min), code(units::mL_s), as("ml/s", units::mL_s),
      as("mL/min/1.73m2", units::mL_min_1_73m2), as("ml/min/1.73m2", units::mL_min_1_73m2),

      code(units::per_min), as("1/min", units::per_min), as("bpm", units::per_min),

      code(units::mm_Hg), as("mmHg", units::mm_Hg), as("mm Hg", units::mm_Hg),

      code(units::one), code(units::percent)};
  std::sort(table.begin(), table.end(), [](const Spelling& x, const Spelling& y) { return x.text < y.text; });
  return table;
}();
static_assert(std::adjacent_find(spellings.begin(), spellings.end(), [](const Spelling& x, const Spelling& y) {
                return x.text == y.text;
              }) == spellings.end());

// The base unit and the name of each dimension, in the order of Dimension.
struct Described {
  std::string_view base;
  std::string_view text;
};
constexpr std::array<Described, 14> dimensions{{
    {units::mg.ucum, "a mass (such as mg)"},
    {units::mmol.ucum, "an amount of substance (such as mmol)"},
    {units::meq.ucum, "an amount of charge (such as meq)"},
    {units::mL.ucum, "a volume (such as mL)"},
    {units::mg_dL.ucum, "a mass concentration (such as mg/dL)"},
    {units::mmol_L.ucum, "a substance concentration (such as mmol/L)"},
    {units::meq_L.ucum, "a charge concentration (such as meq/L)"},
    {units::min.ucum, "a time (such as h, d or a)"},
    {units::cm.ucum, "a length (such as cm)"},
    {units::mL_min.ucum, "a clearance (such as mL/min)"},
    {units::mL_min_1_73m2.ucum, "a clearance indexed to body surface (mL/min/{1.73_m2})"},
    {units::per_min.ucum, "a rate (such as /min)"},
    {units::mm_Hg.ucum, "a pressure (such as mm[Hg])"},
    {units::one.ucum, "a fraction (1 or %)"},
}};
static_assert(dimensions.size() == static_cast<std::size_t>(Dimension::fraction) + 1);

constexpr std::string_view body_surface = "1.73m2";

// "1.73 m2" in any of the ways in which laboratories write it, to the end of the text.
bool is_body_surface(std::string_view text) noexcept {
  const auto skip = [&](std::string_view part) { return text.starts_with(part) && (text.remove_prefix(part.size()), true); };
  if (!skip("1.73") && !skip("1,73")) return false;
  while (skip(" ") || skip("_") || skip(".") || skip("*") || skip("\u00B7")) {}
  if (!skip("m")) return false;
  skip("^");
  return (skip("2") || skip("\u00B2")) && text.empty();
}

// A unit as it is spelt in the table: without annotations, with one sign for micro and one for the body surface. Empty when it is no
// unit at all; no spelling is longer than the buffer.
class Normalised {
 public:
  explicit Normalised(std::string_view unit) noexcept {
    const bool stated = !unit.empty();
    while (!unit.empty()) {
      if (unit.front() == '{') {
        const std::size_t end = unit.find('}');
        if (end == std::string_view::npos) {
          fail();
          return;
        }
        if (is_body_surface(unit.substr(1, end - 1))) append(body_surface);
        unit.remove_prefix(end + 1);
      } else if (unit.starts_with("\u00B5") || unit.starts_with("\u03BC")) {
        append("u");
        unit.remove_prefix(2);
      } else if (size_ > 0 && buffer_[size_ - 1] == '/' && is_body_surface(unit)) {
        append(body_surface);
        unit = {};
      } else {
        append(unit.substr(0, 1));
        unit.remove_prefix(1);
      }
      if (failed_) return;
    }
    if (stated && size_ == 0) append(units::one.ucum);  // UCUM: an annotation alone stands for 1
  }
  [[nodiscard]] std::string_view text() const noexcept { return {buffer_.data(), size_}; }

 private:
  void fail() noexcept {
    failed_ = true;
    size_ = 0;
  }
  void append(std::string_view part) noexcept {
    if (part.size() > buffer_.size() - size_) return fail();
    std::copy(part.begin(), part.end(), buffer_.data() + size_);
    size_ += part.size();
  }

  std::array<char, 24> buffer_{};
  std::size_t size_ = 0;
  bool failed_ = false;
};

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Error no_unit(std::string_view found, std::string expected) {
  return {ErrorKind::wrong_unit, "byte 0", found.empty() ? "no unit" : excerpt(found), std::move(expected)};
}

}  // namespace

Result<FoundUnit> find_unit(std::string_view code) {
  const Normalised normalised{code};
  const std::string_view text = normalised.text();
  const auto at = std::lower_bound(spellings.begin(), spellings.end(), text,
                                   [](const Spelling& spelling, std::string_view wanted) { return spelling.text < wanted; });
  if (at != spellings.end() && at->text == text) return at->unit;

  const auto same_letters = [&](const Spelling& spelling) {
    return std::equal(spelling.text.begin(), spelling.text.end(), text.begin(), text.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
  };
  const auto meant = std::find_if(spellings.begin(), spellings.end(), same_letters);
  if (meant != spellings.end()) return no_unit(code, "a UCUM code in its own upper and lower case, such as " + std::string{meant->unit.ucum});
  return no_unit(code, "a UCUM code such as mg, mmol, meq/L or mL/min/{1.73_m2}");
}

Result<FoundUnit> find_unit(std::string_view code, Dimension expected) {
  Result<FoundUnit> unit = find_unit(code);
  if (!unit) return no_unit(code, "the unit of " + std::string{describe(expected)});
  if (unit->dimension == expected) return unit;
  Error error = no_unit(code, "the unit of " + std::string{describe(expected)});
  error.found += ", the unit of " + std::string{describe(unit->dimension)};
  return error;
}

std::string_view base_unit(Dimension dimension) noexcept { return dimensions[static_cast<std::size_t>(dimension)].base; }

std::string_view describe(Dimension dimension) noexcept { return dimensions[static_cast<std::size_t>(dimension)].text; }

}  // namespace magnesia
