// What a label's words can mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/error.hpp"
#include "magnesia/regimen.hpp"

namespace magnesia {

/// What a salt's name stands for.
struct NamedSalt {
  std::string_view name;            ///< the salt's name in the knowledge
  Interval<Exact> elemental_share;  ///< of its mass, over the forms that the name leaves open
  Interval<Exact> own_share;        ///< the same, each mixture among those forms counted as its poorest part alone
  bool mixture = false;             ///< of several salts in proportions that nobody states
  std::string_view whole{};         ///< name of the salt that it is a form of; its own where it is none

  /// What a claim of magnesium is measured against: a mixture counts where it is named, not where it is merely not excluded.
  [[nodiscard]] const Interval<Exact>& claimed_share() const noexcept { return mixture ? elemental_share : own_share; }
};

/// Looks salts up by name; a Knowledge is one.
class SaltNames {
 public:
  /// The salt of exactly this name (without regard to case, accents, hyphens and spaces), or none.
  [[nodiscard]] virtual std::optional<NamedSalt> find_salt(std::string_view name) const = 0;

 protected:
  ~SaltNames() = default;
};

/// A number that can be read in two ways: its mark may be a decimal point or may group thousands.
struct OpenNumber {
  std::string text;  ///< as written, with its unit
  Exact small;
  Exact large;
  std::string unit;  ///< as written

  friend bool operator==(const OpenNumber&, const OpenNumber&) = default;
};

/// A label as read.
struct ReadLabel {
  std::vector<Ingredient> ingredients;   ///< at least one; a salt and its element stated twice are one ingredient
  Fact<Exact> units_per_dose;            ///< "per 2 capsules"; the amounts stand for so many units
  Fact<Mass> unit_mass;                  ///< where the text says how heavy one unit is
  bool solid_unit = false;               ///< the text names tablets, capsules or the like
  std::vector<OpenNumber> open_numbers;  ///< both readings of each are within the amounts
};

/// Reads label text in the US, EU and UK styles: "Magnesium (as magnesium bisglycinate chelate) 200 mg", "1,000 mg magnesium
/// bisglycinate providing 200 mg elemental", "Magnesium 100 mg (27 % NRV)", "12.4 mmol", "400 mg/5 mL magnesium hydroxide, 15
/// mL". What the text leaves open stays open. A mass beside the name of a salt, hydrate or not, comes back as `unsaid`, since
/// labels mean either by it; it is of the salt where the magnesium is stated as well, or where the name says that it is a salt
/// ("Epsom salt"). "Magnesium (as X)" is magnesium. A point or comma before three figures is a decimal mark where thousands would
/// be no dose ("1.745 g"), and is both where either could be ("1.000 mg"). An amount that is not one figure ("200-400 mg", "1.000
/// mg", of a blend, of two lines that may or may not state the same magnesium) has its lower bound as `elemental` and its upper
/// bound as `unsaid`; so has one of which several tablets may be taken at once ("200 mg per tablet, take two tablets"; a bare ",
/// 2 tablets" where they are fewer than ten, for more are a pack), one that is stated for one tablet and again for three, or
/// beside which another figure stands without a name that is known ("= 400 mg Premium"). How often a day is no part of a dose,
/// and what a table states per 100 g beside a dose is left out. Salts that share one amount come as ingredients of 0 mg, behind
/// one without a name that has it. A salt that `salts` does not have keeps the name that the text gives it. Errors: syntax (no
/// amount of magnesium in the text, a unit without a number, a strength without a volume), too_large (more than 4,096 bytes),
/// encoding, wrong_unit, out_of_range. The place is a byte offset into the text. Time: at most quadratic in its length.
[[nodiscard]] Result<ReadLabel> read_label(std::string_view text, const SaltNames& salts);

/// What one ingredient's statements come to.
struct IngredientAmount {
  Interval<Exact> elemental;                   ///< mg of magnesium a dose; unbounded above where no amount is known
  std::optional<Interval<Exact>> claim_ratio;  ///< claimed magnesium over the most that the stated salt mass can hold
  Interval<Exact> compound_needed;             ///< mg of salt that carries the amount; unbounded above without a known salt
};

/// What is stated of an ingredient, as intervals. `salt` is what its name stands for; none: the salt is not said or not known.
/// Where the salt's mass and the magnesium are both stated, the claim is taken as what is taken in (the more dangerous figure of
/// the two when they disagree is the interval's upper bound). O(1).
[[nodiscard]] IngredientAmount amount_of(const Ingredient& ingredient, const std::optional<NamedSalt>& salt) noexcept;

/// Appends how an ingredient was read, as keys of the knowledge's texts: "reading.elemental", "reading.salt", "reading.form",
/// "reading.mixture", "reading.computed", "reading.stated", "reading.range", "reading.shared".
void append_readings(std::vector<std::string_view>& keys, const Ingredient& ingredient, const std::optional<NamedSalt>& salt);

}  // namespace magnesia
