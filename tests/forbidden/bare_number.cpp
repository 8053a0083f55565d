// A number without a unit is no amount.
// Message: conversion from 'int' to non-scalar type 'magnesia::ElementalMass|no viable conversion from 'int' to
// 'magnesia::ElementalMass' Instead: name the unit: ElementalMass{350, units::mg}.
#include "magnesia/quantity.hpp"

#ifdef FORBIDDEN
magnesia::ElementalMass dose = 350;
#else
magnesia::ElementalMass dose = {350, magnesia::units::mg};
#endif
