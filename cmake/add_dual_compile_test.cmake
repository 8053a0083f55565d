# add_dual_compile_test(source include_directory): one source, compiled twice. As it stands it must compile; with FORBIDDEN defined
# it must not, and the compiler must say what the source's line "// Message: <regular expression>" expects. So neither a missing
# header nor a misspelling can pass for the fault that is meant.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(MAGNESIA_DUAL_COMPILE_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
  function(add_dual_compile_test source include_directory)
    get_filename_component(source ${source} ABSOLUTE)
    get_filename_component(name ${source} NAME_WE)
    if(MSVC)
      set(flags ${CMAKE_CXX20_STANDARD_COMPILE_OPTION} /nologo /Zs /EHsc /utf-8 /permissive- /we4834)
    else()
      set(flags ${CMAKE_CXX20_STANDARD_COMPILE_OPTION} -fsyntax-only -Werror=unused-result)
    endif()
    add_test(NAME forbidden.${name}
      COMMAND ${CMAKE_COMMAND} "-Dcompiler=${CMAKE_CXX_COMPILER}" "-Dflags=${flags}" "-Dinclude=${include_directory}"
              "-Dsource=${source}" -P ${MAGNESIA_DUAL_COMPILE_SCRIPT})
    set_tests_properties(forbidden.${name} PROPERTIES TIMEOUT 120)
  endfunction()
  return()
endif()

file(STRINGS ${source} message REGEX "^// Message: ")
string(REPLACE "// Message: " "" message "${message}")
if(message STREQUAL "")
  message(FATAL_ERROR "${source}: found no line '// Message: ...', expected what the compiler says")
endif()

macro(compile)
  # LC_ALL=C: messages in English, quotation marks in ASCII.
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C ${compiler} ${flags} -I${include} ${ARGN} ${source}
                  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
endmacro()

compile()
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${source}: must compile as it stands, but:\n${output}")
endif()
compile(-DFORBIDDEN)
if(status EQUAL 0)
  message(FATAL_ERROR "${source}: must not compile with FORBIDDEN defined, but does")
endif()
if(NOT output MATCHES "${message}")
  message(FATAL_ERROR "${source}: found another fault than expected (${message}):\n${output}")
endif()
