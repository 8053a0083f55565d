// A binary floating-point number is not the decimal that somebody wrote.
// Message: use of deleted function 'magnesia::Exact::Exact\(F\)|invokes a deleted function
// Instead: Exact::ratio(35, 100), or Exact::parse("0.35") for text.
#include "magnesia/exact.hpp"

#ifdef FORBIDDEN
const magnesia::Exact limit = 0.35;
#else
const magnesia::Exact limit = magnesia::Exact::ratio(35, 100);
#endif
