// Collect: a person and a regimen in the user's terms become facts.
#pragma once

#include "facts/workspace.hpp"
#include "magnesia/checker.hpp"

namespace magnesia::facts {

/// Fills the facts of a workspace whose base and authority are set. Numbers must have been validated; those on labels are now.
void collect(detail::Workspace& workspace, const Policy& policy, const SaltNames& names, const Patient& patient,
             const Regimen& regimen, Errors& errors);

/// Every number that is out of its range, with its place: of the person and of what is taken, and of one label.
void validate(const base::Base& base, const Patient& patient, const Regimen& regimen, Errors& errors);
void validate_label(const base::Base& base, const ReadLabel& label, std::size_t index, Errors& errors);

/// Sets a person's limit by an authority: the most specific that applies; over all that may apply where age, sex or pregnancy are
/// not known. Absent where the authority sets none. Returns the authority; where that is below 0, the one of the lowest limit of
/// all.
int collect_limit(const base::Base& base, int authority, Person& person);

/// The products of a workspace, from those listed and from medications that contain magnesium; and the intake from them.
void collect_products(detail::Workspace& workspace, const SaltNames& names, const Regimen& regimen, Errors& errors);

/// A product's label: what the catalogue has of it, or the text itself where `known` is none. Where only a strength is known, the
/// amounts of a dose are not.
[[nodiscard]] Result<ReadLabel> read_product(const base::Catalogue::Found& known, std::string_view text, const SaltNames& salts);

[[nodiscard]] DoseTime dose_time(const TimeWithin& within) noexcept;
/// Notes dose times.
void collect_doses(detail::Workspace& workspace, const Schedule& schedule, Doses& doses);
/// How many doses come on a day, and what would make that narrower.
void tell_doses_a_day(const Schedule& schedule, Numeric& per_day) noexcept;

}  // namespace magnesia::facts
