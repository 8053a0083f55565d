// A fact may be unknown, and is not read without saying what to do then.
// Message: no match for 'operator\*'|indirection requires pointer operand
// Instead: if_known(), or value_or() with what stands for unknown.
#include "magnesia/patient.hpp"

bool is_pregnant(const magnesia::Patient& patient) {
#ifdef FORBIDDEN
  return *patient.pregnant;
#else
  return patient.pregnant.value_or(true);
#endif
}
