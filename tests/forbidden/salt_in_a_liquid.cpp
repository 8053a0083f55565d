// What a liquid holds of a salt, times its volume, is the salt's mass and not magnesium's.
// Message: conversion from '[^']*SaltMass[^']*' to non-scalar type '[^']*ElementalMass|no viable conversion from
// '[^']*SaltMass[^']*' to '[^']*ElementalMass Instead: let chemistry convert: elemental_mass_of(salt, formula).
#include "magnesia/salt.hpp"

using namespace magnesia;

const SaltConcentration milk_of_magnesia = SaltMass{400, units::mg} / Volume{5, units::mL};
#ifdef FORBIDDEN
const ElementalMass dose = milk_of_magnesia * Volume{15, units::mL};
#else
const ElementalMass dose = elemental_mass_of(milk_of_magnesia * Volume{15, units::mL}, "Mg(OH)2"_formula);
#endif
