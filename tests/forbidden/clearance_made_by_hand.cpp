// Only an assessment can say that no concern was found.
// Message: 'magnesia::Clearance::Clearance\([^)]*\)' is private|calling a private constructor of class 'magnesia::Clearance'
// Instead: Assessment::clearance().
#include "magnesia/verdict.hpp"

std::optional<magnesia::Clearance> clear(const magnesia::Assessment& assessment) {
#ifdef FORBIDDEN
  return magnesia::Clearance{assessment.headline()};
#else
  return assessment.clearance();
#endif
}
