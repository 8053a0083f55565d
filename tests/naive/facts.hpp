// A person and what they take, as the second evaluator sees them: strings, maps and intervals.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "magnesia/checker.hpp"
#include "tests/naive/documents.hpp"

namespace magnesia::naive {

/// Why something is not known. The name of an open list, or any other word.
using Causes = std::set<std::string>;
inline const std::string open_list = "an open list";

struct Number {
  Interval<Exact> value{Exact{}, Exact::infinity()};
  Causes causes;        ///< of its width
  bool absent = false;  ///< does not apply or is not awaited: no comparison with it holds, nor its opposite
};

/// Whether a yes-or-no fact is so; absent as above.
struct Flag {
  Tri tri = Tri::unknown;
  bool absent = false;
};

/// Which concepts somebody has or takes, or a product is made of.
struct Set {
  std::set<std::string> surely;
  std::set<std::string> maybe;
  bool open = false;
  std::string because_open = open_list;

  [[nodiscard]] Tri holds(const std::string& id) const;
  [[nodiscard]] Causes causes(const std::string& id) const;
};

/// A dose at this time, or up to `width` later; minutes after midnight, or after an hour of the day that is not known.
struct Dose {
  int at = 0;
  int width = 0;
  int anchor = -1;  ///< that hour
  int offset = 0;
  int offset_width = 0;
};

struct Doses {
  std::vector<Dose> times;  ///< empty: not known
  unsigned days = 0x7F;
  bool never = false;
};

struct Medication {
  std::string drug;
  Doses doses;
  int entry = 0;
};

struct Product {
  std::map<std::string, Number> numbers;
  Set salts;
  Doses doses;
  Number counted;
  int entry = 0;
  bool from_medication = false;
  bool by_mouth = true;
  bool perhaps = false;
};

struct Facts {
  std::map<std::string, Number> numbers;
  std::map<std::string, Flag> flags;
  Set conditions, medications, purpose, salts;
  bool purpose_absent = true;
  std::vector<Medication> taken;
  std::vector<Product> products;
  bool medications_open = false;
  bool magnesium_open = false;
};

/// What is known and what is not. The numbers must be possible ones (Checker::validate).
[[nodiscard]] Facts facts_of(const Documents& documents, const Patient& patient, const Regimen& regimen, const Policy& policy);

}  // namespace magnesia::naive
