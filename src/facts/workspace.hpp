// Workspace: everything that one assessment works on and speaks from. Reused, it does not allocate.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "facts/facts.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia::detail {

/// How close a drug's dose comes to a dose of magnesium, for the pair that falls shortest of its window.
struct Gap {
  std::int16_t drug_time = -1;  ///< minutes after midnight; -1: not known
  std::int16_t drug_width = 0;  ///< minutes that it may be later
  std::int16_t magnesium_time = -1;
  std::int16_t magnesium_width = 0;
  std::int16_t minutes = 0;  ///< from the one to the other, at the least
  std::int16_t needed = 0;
  std::int32_t at_most = 0;  ///< minutes from the one to the other
};

/// A rule that fired, or may.
struct Record {
  std::uint32_t place = 0;  ///< Rule::place: among the findings
  facts::Asks asks = 0;
  std::uint16_t rule = 0;
  std::int16_t medication = -1;  ///< index in Workspace::medications
  std::int16_t product = -1;     ///< index in Workspace::products
  Status status = Status::possible;
  Gap gap;
};
static_assert(sizeof(Record) == 32);  // they are sorted: moved in two pieces that don't overlap

struct DerivedValue {
  facts::FactId fact{};
  Interval<Exact> value;
  std::string_view equation;
  std::string_view stage;
  std::string_view because;  ///< key of a text
};

struct Workspace {
  std::shared_ptr<const base::Base> base;
  int authority = -1;  ///< whose limit applied: index in Base::limits
  std::chrono::year_month_day as_of{};
  bool closed_by_caller = false;  ///< a list was taken as complete on the caller's word

  facts::Person person;
  std::vector<base::ConceptId> conditions;  ///< as listed; no_concept where not recognised
  std::vector<facts::Medication> medications;
  std::vector<facts::Product> products;  // the first product_count; the rest keep their memory
  std::size_t product_count = 0;
  facts::Product unknown_product;  // what an open list of magnesium may hold
  bool medications_open = false;
  bool magnesium_open = false;
  std::vector<facts::DoseTime> times;

  base::Bits candidates;  // positions in Base::person_rules, then in Base::magnesium_rules
  std::vector<Record> records;
  std::vector<Record> covered;  // found as well, and not listed: another finding says the same and more
  std::array<Severity, facts::ask_count> could_reach{};
  Severity at_least = Severity::none;
  Severity at_most = Severity::contraindicated;
  std::vector<Unrecognised> unrecognised;
  facts::Asks did_without = 0;
  facts::Asks settled = 0;
  std::vector<DerivedValue> derived;
};

}  // namespace magnesia::detail
