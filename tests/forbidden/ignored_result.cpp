// What may have failed is looked at.
// Message: ignoring return(ed)? value
// Instead: keep the result and test it before its value is read.
#include "magnesia/salt.hpp"

bool is_formula(std::string_view text) {
#ifdef FORBIDDEN
  magnesia::parse_formula(text);
  return true;
#else
  return magnesia::parse_formula(text).has_value();
#endif
}
