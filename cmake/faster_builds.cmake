# A compiler cache and a quick linker, where the machine has them and nothing else was asked for.
find_program(MAGNESIA_CCACHE ccache)
mark_as_advanced(MAGNESIA_CCACHE)
if(MAGNESIA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MAGNESIA_CCACHE})
endif()

include(CheckLinkerFlag)
if(NOT EMSCRIPTEN AND NOT CMAKE_EXE_LINKER_FLAGS MATCHES "-fuse-ld")
  check_linker_flag(CXX -fuse-ld=mold MAGNESIA_HAS_MOLD)
  if(MAGNESIA_HAS_MOLD)
    add_link_options(-fuse-ld=mold)
  endif()
endif()
