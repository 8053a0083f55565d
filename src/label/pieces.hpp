// A label's text as names of magnesium and its salts, amounts, and the words that join them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "label/tokens.hpp"
#include "magnesia/label.hpp"

namespace magnesia::label {

/// A salt as the text names it.
struct SaltRef {
  std::string name;               ///< as the knowledge has it, or as written where it has none
  std::optional<NamedSalt> salt;  ///< none: not in the knowledge
  bool weighed = false;           ///< the name says that it is a salt: a mass beside it is the salt's
};

/// A mass in mg. Millimoles and milliequivalents count magnesium.
struct Amount {
  Interval<Exact> mg;
  Interval<Exact> said;  ///< the same as stated, before it stands for more than one tablet
  Exact rounding;
  bool magnesium = false;                                  ///< given in mmol or meq
  std::optional<Interval<Exact>> per_millilitres;          ///< a concentration
  bool serving = false;                                    ///< "per 15 mL": stands for a dose where no other volume is said
  bool per_mass = false;                                   ///< "per 100 g": not an amount of a dose
  std::optional<Interval<Exact>> perhaps_per_millilitres;  ///< a concentration at the end of its line may be of all of the line
  bool of_column = false;                                  ///< all of this is said by the column that it stands in
  Fact<Exact> portion;                                     ///< "per 2.5 g", in mg: stands for a dose unless a heavier one is said
  std::optional<ErrorKind> fault;
  std::size_t at = 0;
  std::size_t end = 0;
};

struct Piece {
  enum class Kind : std::uint8_t { element, salt, other, word, amount, number, open, close, comma, line, colon };
  Kind kind = Kind::other;
  Role role = Role::none;  ///< of a word
  SaltRef salt;
  Amount amount;  ///< of a number: its place alone
  std::size_t at = 0;
  std::size_t end = 0;
};

/// How much of what is measured by spoons (in mL) or by drops; 0: not said.
struct Measure {
  Exact stated;  ///< what the amounts stand for, at least: "per teaspoon"
  Exact taken;   ///< what is taken, at most: "take 3 teaspoons"
  Exact count;   ///< of how many
};

struct Pieces {
  std::vector<Piece> all;
  std::vector<Exact> units;     ///< "per 2 capsules", "120 mg each"
  std::vector<Exact> servings;  ///< "serving: 3 capsules"
  Exact taken;                  ///< "take 2 capsules", "2 capsules daily", ", 2 capsules": the most that is a dose; 0: not said
  Exact servings_taken{1};      ///< "take 2 servings"
  Measure spoons;
  Measure drops;
  bool one_loose = false;       ///< "per scoop"
  bool unit_strength = false;   ///< "400 mg tablets", and a serving is said only behind all amounts
  std::vector<Exact> volumes;   ///< in mL, standing alone
  std::vector<Exact> portions;  ///< in mg: "1 scoop (5 g)"
  std::vector<OpenNumber> open_numbers;
  Fact<Mass> unit_mass;
  bool solid = false;
};

/// O(n): each word begins at most a fixed number of names.
[[nodiscard]] Pieces pieces_of(std::string_view text, const SaltNames& salts);

}  // namespace magnesia::label
