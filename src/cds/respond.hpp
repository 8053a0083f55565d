// Answers that are no cards.
#pragma once

#include "magnesia/cds_hooks.hpp"

namespace magnesia::cds {

[[nodiscard]] Response no_such_service();
/// Of a body that is no JSON document: 413 where it is too large, else 400.
[[nodiscard]] Response refuse_body(std::string_view body, const Errors& errors);

}  // namespace magnesia::cds
