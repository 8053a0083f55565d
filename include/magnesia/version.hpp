// The library's version: the one place where it is written. The build, the packages and the command read it from here.
#pragma once

#include <string_view>

namespace magnesia {

/// Semantic version of the library's interface. The knowledge has a version of its own.
inline constexpr std::string_view library_version = "0.1.0";

}  // namespace magnesia
