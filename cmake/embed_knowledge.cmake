# magnesia_embed_knowledge(OUTPUT): writes the source that holds the folder knowledge/, anew whenever a document changes, comes or
# goes. When cross-compiling, MAGNESIA_EMBED_TOOL names an embed_tool built for the machine that builds.
set(MAGNESIA_EMBED_TOOL "" CACHE FILEPATH "An embed_tool that runs on this machine; empty to build one")
mark_as_advanced(MAGNESIA_EMBED_TOOL)

function(magnesia_embed_knowledge output)
  if(MAGNESIA_EMBED_TOOL)
    set(tool ${MAGNESIA_EMBED_TOOL})
  else()
    add_executable(magnesia_embed_tool src/knowledge/embed_tool.cpp src/knowledge/sha256.cpp src/error.cpp
      src/json/diagnose.cpp src/json/node.cpp src/json/packed.cpp src/json/parse.cpp)
    target_compile_features(magnesia_embed_tool PRIVATE cxx_std_20)
    target_include_directories(magnesia_embed_tool PRIVATE include src)
    target_link_libraries(magnesia_embed_tool PRIVATE $<BUILD_INTERFACE:magnesia_warnings> simdjson::simdjson)
    set(tool magnesia_embed_tool)
  endif()
  file(GLOB_RECURSE documents CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/knowledge/*.json)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${tool} ${PROJECT_SOURCE_DIR}/knowledge ${output}
    DEPENDS ${tool} ${documents}
    COMMENT "Embedding the knowledge"
    VERBATIM)
  if(NOT MSVC)  # a document is one literal; the standard's least limit of 65,536 characters is not these compilers'
    set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  endif()
endfunction()
