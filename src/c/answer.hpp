// What an answer of the C interface holds.
#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "c/guard.hpp"
#include "magnesia/checker.hpp"
#include "magnesia/elemental.hpp"
#include "magnesia/fhir.hpp"
#include "magnesia/plan.hpp"
#include "magnesia/verdict.hpp"

/// Immutable once it is handed out.
struct magnesia_answer {
  /// Elemental magnesium, and in whose words it is told.
  struct OfLabel {
    magnesia::Elemental elemental;
    magnesia::Knowledge knowledge;
  };
  struct OfPerson {
    magnesia::Assessment assessment;
    magnesia::fhir::Record record;  ///< without its request
  };
  struct OfDay {
    magnesia::Plan plan;
    magnesia::fhir::Record record;          ///< without its request
    std::chrono::year_month_day first_day;  ///< of a calendar
  };
  std::variant<magnesia::Errors, OfPerson, OfDay, OfLabel> what;
};

namespace magnesia::c {

/// Puts an answer where the caller wants it, if the caller does.
template <class What>
magnesia_status answer_with(magnesia_answer** into, magnesia_status status, What&& what) {
  if (into != nullptr) *into = new magnesia_answer{std::forward<What>(what)};
  return status;
}
inline magnesia_status refuse(magnesia_answer** into, magnesia_status status, Errors errors) {
  return answer_with(into, status, std::move(errors));
}
inline magnesia_status refuse(magnesia_answer** into, magnesia_status status, Error error) {
  Errors errors;
  errors.push_back(std::move(error));
  return refuse(into, status, std::move(errors));
}

}  // namespace magnesia::c
