// Two literals in doubled braces would be taken for the begin and end of a string.
// Message: no matching function for call to 'exactly
// Instead: exactly({"osteoporosis", "atrial-fibrillation"}).
#include "magnesia/patient.hpp"

#ifdef FORBIDDEN
const magnesia::Listed<magnesia::Condition> conditions = magnesia::exactly({{"osteoporosis", "atrial-fibrillation"}});
#else
const magnesia::Listed<magnesia::Condition> conditions = magnesia::exactly({"osteoporosis", "atrial-fibrillation"});
#endif
