// The mass of a salt is not the mass of its magnesium.
// Message: no match for 'operator\+'|invalid operands to binary expression
// Instead: let chemistry convert: elemental_mass_of(salt, formula).
#include "magnesia/salt.hpp"

using namespace magnesia::literals;

#ifdef FORBIDDEN
const auto total = 100_mg_elemental + 500_mg_salt;
#else
const auto total = 100_mg_elemental + elemental_mass_of(500_mg_salt, "MgO"_formula);
#endif
