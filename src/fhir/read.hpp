// A record that is already a JSON tree, in one part or in several: what a service was sent.
#pragma once

#include <span>

#include "json/parse.hpp"
#include "magnesia/fhir.hpp"

namespace magnesia::fhir {

/// A resource or Bundle within a document. Pointers of the record are into the whole document.
struct Part {
  const json::Node* node = nullptr;
  Lists answers;        ///< a Bundle that is the answer to queries for these, even where it is empty
  bool drafts = false;  ///< orders that are being written: a draft or proposal counts as if it were taken
};

/// Reads the parts as one record of one person (see fhir.hpp). Of a resource that several parts hold the first one counts.
[[nodiscard]] Result<Record, Errors> read(std::span<const Part> parts, const Knowledge& knowledge, const ReadOptions& options);

}  // namespace magnesia::fhir
