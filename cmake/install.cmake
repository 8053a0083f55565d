# Install rules. Components: runtime (command, shared libraries) and development (headers, archives, CMake and pkg-config files).
# Nothing that is installed holds the path that it was installed to.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/magnesia)

function(magnesia_install export)
  install(TARGETS ${ARGN} EXPORT magnesia-${export}
    RUNTIME COMPONENT runtime
    LIBRARY COMPONENT runtime NAMELINK_COMPONENT development
    ARCHIVE COMPONENT development)
  install(EXPORT magnesia-${export} NAMESPACE magnesia:: DESTINATION ${package_dir} FILE magnesia-${export}-targets.cmake
    COMPONENT development)
endfunction()
magnesia_install(core magnesia_core)
magnesia_install(knowledge magnesia_knowledge magnesia_all)

if(MAGNESIA_BUILD_C)
  magnesia_install(c magnesia_c)
endif()

if(MAGNESIA_BUILD_CLI)
  install(TARGETS magnesia_command RUNTIME COMPONENT runtime)
endif()
install(DIRECTORY include/magnesia DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/magnesia.cdx.json DESTINATION ${CMAKE_INSTALL_DATADIR}/magnesia COMPONENT runtime)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/magnesia COMPONENT runtime)

configure_package_config_file(cmake/magnesia-config.cmake.in magnesia-config.cmake INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(magnesia-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/magnesia-config.cmake ${PROJECT_BINARY_DIR}/magnesia-config-version.cmake
  DESTINATION ${package_dir} COMPONENT development)

file(RELATIVE_PATH MAGNESIA_PC_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
if(BUILD_SHARED_LIBS)
  set(MAGNESIA_PC_REQUIRES Requires.private)
else()
  set(MAGNESIA_PC_REQUIRES Requires)  # whoever links our archives links simdjson too
endif()
configure_file(cmake/magnesia.pc.in magnesia.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/magnesia.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
if(MAGNESIA_BUILD_C)
  configure_file(cmake/magnesia-c.pc.in magnesia-c.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/magnesia-c.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endif()
