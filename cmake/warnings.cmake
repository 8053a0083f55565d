# Warnings for our own code. Carried by an interface target that is linked for building only and never exported.
add_library(magnesia_warnings INTERFACE)
if(MSVC)
  target_compile_options(magnesia_warnings INTERFACE /W4 /permissive- /utf-8)
else()
  target_compile_options(magnesia_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(magnesia_warnings INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow)  # wrong about "a" + std::string: GCC bug 105651
endif()
