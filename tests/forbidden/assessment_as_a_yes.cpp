// An assessment is no yes or no.
// Message: use of deleted function '[^']*Assessment::operator bool|magnesia::Assessment' to 'bool' uses deleted function
// Instead: at_least() and at_most(); clearance() where no concern was found.
#include "magnesia/verdict.hpp"

bool is_safe(const magnesia::Assessment& assessment) {
#ifdef FORBIDDEN
  return static_cast<bool>(assessment);
#else
  return assessment.clearance().has_value();
#endif
}
