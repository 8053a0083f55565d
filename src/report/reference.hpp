// The reference: the whole knowledge as pages for who reviews it without reading JSON.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "knowledge/cases.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia::report {

/// A file of the reference.
struct ReferencePage {
  std::string path;  ///< "drugs.html"; all lie in one folder
  std::string html;
};

/// index.html and a page for each kind of document. On it each entry is a section whose id is the entry's. `cases` are shown with
/// the rules that they are about. Nothing is loaded from elsewhere; all works without scripts. The same knowledge and cases give
/// the same bytes.
[[nodiscard]] std::vector<ReferencePage> reference_of(const Knowledge& knowledge, std::span<const knowledge::Case> cases = {});

}  // namespace magnesia::report
