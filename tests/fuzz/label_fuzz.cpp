// Any bytes as a label: what is read can be reckoned with, and what is refused says where and why.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "magnesia/label.hpp"

namespace {

using namespace magnesia;

void require(bool holds) {
  if (!holds) std::abort();
}

// A name of magnesium is a salt's as soon as it is long enough; every other length leaves the form open.
class AnySalts final : public SaltNames {
 public:
  std::optional<NamedSalt> find_salt(std::string_view name) const override {
    if (name.size() < 12 || name.size() > 24 || !name.starts_with("magnesium ")) return std::nullopt;
    const Interval<Exact> own{Exact::ratio(1, 10), name.size() % 2 == 0 ? Exact::ratio(1, 10) : Exact::ratio(3, 10)};
    return NamedSalt{"magnesium oxide", {own.low, Exact::ratio(6, 10)}, own, name.size() % 3 == 0, "magnesium oxide"};
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const AnySalts salts;
  const Result<ReadLabel> label = read_label(text, salts);
  if (!label) {
    const Error& error = label.error();
    require(error.place.starts_with("byte ") && !error.found.empty() && !error.expected.empty());
    require(std::stoull(error.place.substr(5)) <= size);
    return 0;
  }
  require(!label->ingredients.empty());
  bool amount = false;
  for (const Ingredient& ingredient : label->ingredients) {
    amount = amount || ingredient.elemental.known() || ingredient.compound.known() || ingredient.unsaid.known();
    const IngredientAmount reckoned = amount_of(ingredient, salts.find_salt(ingredient.salt.text));
    require(Exact{} <= reckoned.elemental.low && reckoned.elemental.low <= reckoned.elemental.high);
    require(Exact{} <= reckoned.compound_needed.low && reckoned.compound_needed.low <= reckoned.compound_needed.high);
    if (reckoned.claim_ratio)
      require(Exact{} <= reckoned.claim_ratio->low && reckoned.claim_ratio->low <= reckoned.claim_ratio->high);
  }
  require(amount);
  if (const Exact* units = label->units_per_dose.if_known()) require(Exact{} < *units);
  const Result<ReadLabel> again = read_label(text, salts);
  require(again && again->ingredients == label->ingredients);
  return 0;
}
