// The embedded knowledge, loaded once for all tests of a process.
#pragma once

#include "magnesia/checker.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia::tests {

inline const Knowledge& embedded() {
  static const Knowledge loaded = Knowledge::embedded();
  return loaded;
}

inline const Checker& checker() {
  static const Checker shared{embedded()};
  return shared;
}

}  // namespace magnesia::tests
