#include "magnesia/quantity.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace magnesia {
namespace {

template <Dimension D>
constexpr FoundUnit found(const Unit<D>& unit) noexcept {
  return {D, unit.factor, unit.ucum};
}

// Every unit, sorted by its code.
constexpr auto all_units = [] {
  using namespace units;
  // clang-format off
  std::array table{
      found(ug), found(mg), found(g), found(kg), found(lb),
      found(umol), found(mmol), found(mol),
      found(meq), found(eq),
      found(mL), found(dL), found(L),
      found(mg_dL), found(mg_L), found(mg_mL), found(ng_mL), found(ug_L), found(ug_dL), found(ug_mL), found(g_L), found(g_mL),
      found(mmol_L), found(umol_L), found(mmol_mL),
      found(meq_L), found(meq_mL),
      found(ms), found(s), found(min), found(h), found(d), found(wk), found(mo), found(a),
      found(mm), found(cm), found(m), found(in),
      found(mL_min), found(mL_s),
      found(mL_min_1_73m2),
      found(per_min),
      found(mm_Hg),
      found(one), found(percent),
  };
  // clang-format on
  std::sort(table.begin(), table.end(), [](const FoundUnit& x, const FoundUnit& y) { return x.ucum < y.ucum; });
  return table;
}();

static_assert(std::adjacent_find(all_units.begin(), all_units.end(),
                                 [](const FoundUnit& x, const FoundUnit& y) { return x.ucum == y.ucum; }) == all_units.end());

// Other ways to write a code, or the part of one between slashes. Micro signs are u by then.
struct Spelling {
  std::string_view text;
  std::string_view ucum;
};
constexpr std::array<Spelling, 13> spellings{{{"mcg", "ug"},
                                              {"mcmol", "umol"},
                                              {"mEq", "meq"},
                                              {"Eq", "eq"},
                                              {"mval", "meq"},
                                              {"ml", "mL"},
                                              {"dl", "dL"},
                                              {"l", "L"},
                                              {"lb", "[lb_av]"},
                                              {"in", "[in_i]"},
                                              {"mmHg", "mm[Hg]"},
                                              {"mm Hg", "mm[Hg]"},
                                              {"bpm", "/min"}}};

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

constexpr std::string_view body_surface = "{1.73_m2}";

// "1.73 m2" in any of the ways in which laboratories write it, to the end of the text.
bool is_body_surface(std::string_view text) noexcept {
  const auto skip = [&](std::string_view part) { return text.starts_with(part) && (text.remove_prefix(part.size()), true); };
  if (!skip("1.73") && !skip("1,73")) return false;
  while (skip(" ") || skip("_") || skip(".") || skip("*") || skip("\u00B7")) {
  }
  if (!skip("m")) return false;
  skip("^");
  return (skip("2") || skip("\u00B2")) && text.empty();
}

// A unit in the words of UCUM: without annotations, but with the one that indexes a clearance. Empty when it is no unit at all;
// the buffer holds every code and spelling.
class Normalised {
 public:
  explicit Normalised(std::string_view unit) noexcept {
    const bool stated = !unit.empty();
    while (!unit.empty() && !failed_) {
      if (unit.front() == '{') {
        const std::size_t end = unit.find('}');
        if (end == std::string_view::npos) {
          failed_ = true;
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
        if (unit.front() == '/') end_part();
        append(unit.substr(0, 1));
        if (unit.front() == '/') part_ = size_;
        unit.remove_prefix(1);
      }
    }
    end_part();
    if (text() == "1/min") replace_from(0, units::per_min.ucum);
    if (stated && !failed_ && size_ == 0) append(units::one.ucum);  // UCUM: an annotation alone stands for 1
  }
  [[nodiscard]] std::string_view text() const noexcept { return {buffer_.data(), failed_ ? 0 : size_}; }

 private:
  void append(std::string_view more) noexcept {
    failed_ = failed_ || more.size() > buffer_.size() - size_;
    if (failed_) return;
    std::copy(more.begin(), more.end(), buffer_.data() + size_);
    size_ += more.size();
  }
  void replace_from(std::size_t begin, std::string_view with) noexcept {
    size_ = begin;
    append(with);
  }
  void end_part() noexcept {
    const std::string_view part = text().substr(failed_ ? 0 : part_);
    for (const Spelling& spelling : spellings)
      if (spelling.text == part) return replace_from(part_, spelling.ucum);
  }

  std::array<char, 32> buffer_{};
  std::size_t size_ = 0;
  std::size_t part_ = 0;  // where the part after the last slash begins
  bool failed_ = false;
};

const FoundUnit* unit_of(std::string_view ucum) noexcept {
  const auto* const at = std::lower_bound(all_units.begin(), all_units.end(), ucum,
                                          [](const FoundUnit& unit, std::string_view wanted) { return unit.ucum < wanted; });
  return at != all_units.end() && at->ucum == ucum ? at : nullptr;
}

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Error no_unit(std::string_view found, std::string expected) {
  return {ErrorKind::wrong_unit, "byte 0", found.empty() ? "no unit" : excerpt(found), std::move(expected)};
}

}  // namespace

Result<FoundUnit> find_unit(std::string_view code) {
  if (const FoundUnit* const unit = unit_of(code)) return *unit;  // normalised already, as most are
  const Normalised normalised{code};
  const std::string_view text = normalised.text();
  if (const FoundUnit* const unit = unit_of(text)) return *unit;

  const auto same_letters = [&](const FoundUnit& unit) {
    return std::equal(unit.ucum.begin(), unit.ucum.end(), text.begin(), text.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
  };
  const auto meant = std::find_if(all_units.begin(), all_units.end(), same_letters);
  if (meant != all_units.end())
    return no_unit(code, "a UCUM code in its own upper and lower case, such as " + std::string{meant->ucum});
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
