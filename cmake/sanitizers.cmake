# MAGNESIA_SANITIZE: a list for -fsanitize= ("address,undefined", "thread"), for everything that is built here.
set(MAGNESIA_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them; empty for none")
option(MAGNESIA_COVERAGE "Count which lines run" OFF)

if(MAGNESIA_SANITIZE)
  add_compile_options(-fsanitize=${MAGNESIA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${MAGNESIA_SANITIZE})
  if(MAGNESIA_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-tsan)  # fences, which Asio has beside its locks
  endif()
endif()
if(MAGNESIA_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
