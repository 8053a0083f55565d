# The bill of materials of what is built here (CycloneDX 1.5): the libraries, the knowledge in them with its SHA-256, and what they
# link that comes from elsewhere. The same build gives the same bytes: no date, no random number.
#
# magnesia_uses(NAME VERSION LICENCE): something from elsewhere that what is installed links. LICENCE is an SPDX id.
function(magnesia_uses name version licence)
  set_property(GLOBAL APPEND PROPERTY magnesia_materials "${name}|${version}|${licence}")
endfunction()

# magnesia_sbom(OUTPUT EMBEDDED): writes it when the knowledge was embedded as the source EMBEDDED.
function(magnesia_sbom output embedded)
  get_property(materials GLOBAL PROPERTY magnesia_materials)
  list(JOIN materials "," materials)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DEMBEDDED=${embedded} -DPACK=${PROJECT_SOURCE_DIR}/knowledge/pack.json
            -DVERSION=${PROJECT_VERSION} "-DMATERIALS=${materials}" -P ${PROJECT_SOURCE_DIR}/cmake/write_sbom.cmake
    DEPENDS ${embedded} ${PROJECT_SOURCE_DIR}/knowledge/pack.json ${PROJECT_SOURCE_DIR}/cmake/write_sbom.cmake
    COMMENT "Writing the bill of materials"
    VERBATIM)
  add_custom_target(magnesia_bill_of_materials ALL DEPENDS ${output})
endfunction()
