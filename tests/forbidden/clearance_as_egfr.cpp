// A creatinine clearance in mL/min is not an eGFR for 1.73 m2 of body surface.
// Message: no match for 'operator<'|invalid operands to binary expression
// Instead: compare with a limit of the same kind.
#include "magnesia/quantity.hpp"

using namespace magnesia;

#ifdef FORBIDDEN
const bool reduced = CreatinineClearance{28, units::mL_min} < 30_mL_min_1_73m2;
#else
const bool reduced = CreatinineClearance{28, units::mL_min} < CreatinineClearance{30, units::mL_min};
#endif
