// How often the heap was asked for memory: this program's operator new counts.
#pragma once

#include <cstdint>

namespace magnesia::bench {

/// Calls of operator new in this thread since it began.
[[nodiscard]] std::uint64_t allocations() noexcept;

}  // namespace magnesia::bench
