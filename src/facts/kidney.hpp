// Kidney function: as given, or estimated from what was measured.
#pragma once

#include "facts/workspace.hpp"
#include "magnesia/patient.hpp"

namespace magnesia::facts {

/// Sets egfr and creatinine-clearance, and notes in `derived` which equation was used and why.
void collect_kidney(detail::Workspace& workspace, const Patient& patient);

}  // namespace magnesia::facts
