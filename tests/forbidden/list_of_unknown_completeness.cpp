// A list says whether it is complete.
// Message: no match for 'operator='|no viable overloaded '='
// Instead: exactly({...}), at_least({...}) or known_none.
#include "magnesia/patient.hpp"

void describe(magnesia::Patient& patient) {
#ifdef FORBIDDEN
  patient.conditions = {"osteoporosis"};
#else
  patient.conditions = magnesia::at_least({"osteoporosis"});
#endif
}
