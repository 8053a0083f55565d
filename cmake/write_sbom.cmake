# Run by cmake -P (sbom.cmake): OUTPUT, EMBEDDED, PACK, VERSION, MATERIALS.
file(STRINGS ${EMBEDDED} digest REGEX "^  return \"[0-9a-f]+\";$")
if(NOT digest MATCHES "\"([0-9a-f]+)\"")
  message(FATAL_ERROR "${EMBEDDED}: found no SHA-256, expected a line 'return \"...\";'")
endif()
set(digest ${CMAKE_MATCH_1})
file(READ ${PACK} pack)
string(JSON knowledge_version GET "${pack}" version)

set(components "")
set(refs "")
string(REPLACE "," ";" MATERIALS "${MATERIALS}")
foreach(material IN LISTS MATERIALS)
  string(REGEX MATCH "^(.*)\\|(.*)\\|(.*)$" all "${material}")
  set(ref "${CMAKE_MATCH_1}@${CMAKE_MATCH_2}")
  string(APPEND components ",
    {
      \"type\": \"library\",
      \"bom-ref\": \"${ref}\",
      \"name\": \"${CMAKE_MATCH_1}\",
      \"version\": \"${CMAKE_MATCH_2}\",
      \"licenses\": [{\"license\": {\"id\": \"${CMAKE_MATCH_3}\"}}],
      \"purl\": \"pkg:generic/${ref}\"
    }")
  list(APPEND refs "\"${ref}\"")
endforeach()
list(JOIN refs ", " refs)
if(refs)
  string(PREPEND refs ", ")
endif()

file(WRITE ${OUTPUT} "{
  \"bomFormat\": \"CycloneDX\",
  \"specVersion\": \"1.5\",
  \"version\": 1,
  \"metadata\": {
    \"component\": {
      \"type\": \"library\",
      \"bom-ref\": \"magnesia@${VERSION}\",
      \"name\": \"magnesia\",
      \"version\": \"${VERSION}\",
      \"licenses\": [{\"license\": {\"id\": \"Apache-2.0\"}}],
      \"purl\": \"pkg:generic/magnesia@${VERSION}\"
    }
  },
  \"components\": [
    {
      \"type\": \"data\",
      \"bom-ref\": \"magnesia-knowledge@${knowledge_version}\",
      \"name\": \"magnesia-knowledge\",
      \"version\": \"${knowledge_version}\",
      \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"${digest}\"}],
      \"licenses\": [{\"license\": {\"id\": \"Apache-2.0\"}}]
    }${components}
  ],
  \"dependencies\": [
    {\"ref\": \"magnesia@${VERSION}\", \"dependsOn\": [\"magnesia-knowledge@${knowledge_version}\"${refs}]}
  ]
}
")
