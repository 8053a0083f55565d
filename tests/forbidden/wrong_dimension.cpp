// A mass is not stated in millilitres.
// Message: no matching function for call to '[^']*ElementalMass|no matching constructor for initialization of '[^']*ElementalMass
// Instead: a unit of mass, or a concentration times the volume.
#include "magnesia/quantity.hpp"

using namespace magnesia;

#ifdef FORBIDDEN
const auto dose = ElementalMass{5, units::mL};
#else
const auto dose = ElementalMass{5, units::mg};
#endif
