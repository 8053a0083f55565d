// A formula in the program is checked when the program is compiled.
// Message: this_is_not_a_chemical_formula
// Instead: correct it; parse_formula() says at run time what is wrong with a text.
#include "magnesia/salt.hpp"

using namespace magnesia::literals;

#ifdef FORBIDDEN
constexpr auto epsom_salt = "MgS04·7H2O"_formula;  // zero for the letter O
#else
constexpr auto epsom_salt = "MgSO4·7H2O"_formula;
#endif
