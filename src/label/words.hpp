// The words of label grammar: what they do in a line, and the units as labels write them. English, German, French, Spanish.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "magnesia/exact.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia::label {

/// What a word does on a label.
enum class Role : std::uint8_t {
  none,         ///< not a word of the grammar: a name, a brand, praise
  filler,       ///< says nothing of amounts: "the", "of", "daily"
  element,      ///< magnesium itself
  as,           ///< what follows is the salt of what stands before: "as", "als", "sous forme"
  from,         ///< the same, and an amount with it is the salt's: "from", "aus", "provenant"
  provides,     ///< what follows is the magnesium in what stands before: "providing", "davon", "dont", "soit"
  elemental,    ///< "elemental", "elementares", "élémentaire"
  per,          ///< what follows is what the amounts stand for: "per", "pro", "each"
  total,        ///< "total", "gesamt"
  blend,        ///< an amount of several things together: "blend", "complex", "Mischung"
  ingredients,  ///< heads a list of what is inside
  excipients,   ///< heads, or begins the heading of, a list of what else is inside: "other", "sonstige"
  weight,       ///< what follows is how heavy something is
  pack,         ///< of the whole pack: "bottle", "net"
  solid,        ///< a tablet, a capsule or the like
  loose,        ///< another unit that is taken: "serving", "scoop", "teaspoon"
  conjunction,  ///< "and", "with"
  range,        ///< between the ends of a range: "to", "bis", "or"
  times,        ///< "x"
  percent,      ///< "percent"
  modifier,     ///< beside a salt's name it makes another substance of it: "buffered"
  column,       ///< no word but the rule between two columns: what follows may be another figure of the same thing
};

/// The role of a word, folded (lower case, without accents).
[[nodiscard]] Role role_of(std::string_view folded) noexcept;

/// Whether a word, folded, ends as the names of compounds do: what stands beside "magnesium" and ends so is part of its name.
[[nodiscard]] bool ends_like_a_compound(std::string_view folded) noexcept;

/// Whether a word, folded, begins with the name of the element and goes on: "magnesiumpidolat".
[[nodiscard]] bool begins_with_the_element(std::string_view folded) noexcept;

/// Whether a word of a name, folded, says that a salt is named and not its magnesium: "Epsom salt", "Bittersalz".
[[nodiscard]] bool says_salt(std::string_view folded) noexcept;

/// How much a spoon of this name, folded, holds in mL; 0: no spoon.
[[nodiscard]] Exact millilitres_of_spoon(std::string_view folded) noexcept;

/// Whether a word, folded, tells how large a spoon is: "soupe" of "cuillère à soupe", which is the spoon "cuilleresoupe".
[[nodiscard]] bool is_spoon_size(std::string_view folded) noexcept;

/// With how much water a salt crystallises by this word, folded: "hepta" of "heptahydrate" and of "heptahidrato"; empty: it says
/// nothing of water.
[[nodiscard]] std::string_view water_of(std::string_view folded) noexcept;

/// Whether a word, folded, is written with a full stop that ends nothing: "approx.", "ca.".
[[nodiscard]] bool is_abbreviation(std::string_view folded) noexcept;

/// Whether a word, folded, says beside a count of tablets that so many are a dose: "take", "daily".
[[nodiscard]] bool says_take(std::string_view folded) noexcept;
[[nodiscard]] bool says_daily(std::string_view folded) noexcept;
/// Whether a unit that is taken, folded, stands for all that the amounts do: "serving", "doses".
[[nodiscard]] bool says_serving(std::string_view folded) noexcept;
/// Whether a word, folded, behind an amount says that it is of one tablet: "each".
[[nodiscard]] bool says_each(std::string_view folded) noexcept;
/// Whether what is counted before this word, folded, is how often or how long: "times", "hours".
[[nodiscard]] bool says_time(std::string_view folded) noexcept;
/// Whether a number behind this word, folded, is part of a name: "vitamin D 3", "omega 3".
[[nodiscard]] bool says_numbered(std::string_view folded) noexcept;
[[nodiscard]] bool says_drops(std::string_view folded) noexcept;

/// The number that a word, folded, is the name of: "two", "drei"; 0: none.
[[nodiscard]] Exact number_of(std::string_view folded) noexcept;

/// A unit as labels write it, without regard to case: mass in mg, substance in mmol, charge in meq, volume in mL.
struct LabelUnit {
  Dimension dimension;
  Exact factor;
};
[[nodiscard]] std::optional<LabelUnit> unit_of(std::string_view folded) noexcept;

}  // namespace magnesia::label
