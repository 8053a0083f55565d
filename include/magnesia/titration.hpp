// Titration: a dose of magnesium raised in steps over days, where a source says how. Never invented, never above the limit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/checker.hpp"
#include "magnesia/regimen.hpp"

namespace magnesia {

/// One dose a day for some days.
struct TitrationStep {
  int day = 1;            ///< on which it begins, counted from 1
  ElementalMass per_day;  ///< magnesium of the titrated product
  ElementalMass per_dose;
  Severity at_least = Severity::none;  ///< of the check of the person with this dose
  Severity at_most = Severity::none;
};

/// Why there is no titration, the first of these that holds.
enum class TitrationRefusal : std::uint8_t {
  none,         ///< there is one
  purpose,      ///< what the magnesium is for is not told, or not recognised
  unsourced,    ///< the knowledge has none for this purpose and salt
  product,      ///< not one magnesium product, or its salt is not told
  person,       ///< the source's dose is for other people
  limit,        ///< below the start dose, or what else is taken leaves less
  missing,      ///< a fact is not known that could forbid it
  forbidden,    ///< a finding forbids it
  unrecognised  ///< some input has no known meaning
};
/// "purpose", "unsourced", "product", "person", "limit", "missing", "forbidden", "unrecognised"; "none".
[[nodiscard]] std::string_view name(TitrationRefusal refusal) noexcept;

struct Titration {
  TitrationRefusal refusal = TitrationRefusal::unsourced;
  std::string why;                      ///< of a refusal, in words
  std::vector<std::string_view> rules;  ///< of forbidden: the rules that forbid it
  std::vector<Missing> missing;         ///< of missing and person: what to ask

  // What the knowledge says; empty where nothing of it fits.
  std::string_view id;
  std::string_view called;
  Status evidence = Status::possible;  ///< established: all of it was read in its source
  int interval_days = 0;               ///< between two steps, at the least
  ElementalMass most;                  ///< a day, to which the source goes
  std::string_view because;            ///< why this interval
  std::string_view hold;               ///< when to raise it no further
  std::vector<std::string_view> stop;  ///< when to stop, or to go back a step
  std::string_view ask;                ///< whom
  std::vector<Source> sources;

  // What it comes to for this person.
  std::vector<TitrationStep> steps;  ///< none where it is refused
  ElementalMass ceiling;             ///< a day, of this product: the limit, less what else is taken that it counts
  std::string_view authority;        ///< whose limit; empty where it sets none: the source's most is then the ceiling
  std::string_view authority_name;
  bool cut_short = false;  ///< the source goes further than the ceiling
  Assessment assessment;   ///< of the last step; of today where it is refused. Keeps the knowledge alive
};

/// Whether a finding of this severity about anything but the times of doses forbids a titration.
inline constexpr Severity forbids_titration = Severity::major;

/// The titration that the knowledge has for the person's purpose, with the one magnesium product of the regimen (or, where it is
/// known that none is taken, with the knowledge's salt): start dose, steps, interval, and a ceiling that is never above the limit
/// of the policy's authority, even where a prescriber might go there. What the product's dose is today does not matter; its times
/// do, and without any it is one dose a day. Each step is checked like any regimen. It is refused where a finding of severity
/// major or worse that is not about times may hold, or where a fact is not known that could bring one.
///     const Result<Titration> titration = plan_titration(checker, patient, regimen);
/// Errors: those of Checker::assess.
[[nodiscard]] Result<Titration> plan_titration(const Checker& checker, const Patient& patient, const Regimen& regimen);

}  // namespace magnesia
