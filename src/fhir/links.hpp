// Where a source can be read.
#pragma once

#include <string>
#include <string_view>

namespace magnesia::fhir {

/// The address behind the first DOI, PubMed or PubMed Central id of a source's identifier ("doi:10.1186/s12882-020-1713-3;
/// pmid:…"); empty where it has none.
[[nodiscard]] std::string link_of(std::string_view identifier);

}  // namespace magnesia::fhir
