// What the handles of the C interface for knowledge hold.
#pragma once

#include <vector>

#include "c/guard.hpp"
#include "magnesia/knowledge.hpp"

struct magnesia_packs {
  std::vector<magnesia::Pack> packs;
};

/// Immutable.
struct magnesia_knowledge {
  magnesia::Knowledge knowledge;
};

namespace magnesia::c {

/// What is built in. Unlike Knowledge::embedded it does not end the process where that cannot be loaded.
[[nodiscard]] Result<Knowledge, Errors> embedded();

}  // namespace magnesia::c
