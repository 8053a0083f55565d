// Two eGFRs don't add up.
// Message: no match for 'operator\+'|invalid operands to binary expression
// Instead: compare them; amounts such as masses and durations do add up.
#include "magnesia/quantity.hpp"

using namespace magnesia::literals;

#ifdef FORBIDDEN
const auto both = 41_mL_min_1_73m2 + 44_mL_min_1_73m2;
#else
const auto both = 41_mL_min_1_73m2 < 44_mL_min_1_73m2;
#endif
