// What the knowledge holds, as text.
#pragma once

#include <string>

#include "knowledge/documents.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia::cli {

/// One entry in full: a rule in words, the parts of any other as they are written, and every source that it names.
[[nodiscard]] std::string entry_text(const Knowledge& knowledge, const knowledge::Documents& documents,
                                     const knowledge::Item& item, std::size_t width);
/// A source: title, publisher, year and whatever else tells it from another.
void append_source(std::string& out, const knowledge::Item& source, std::size_t width);
/// How many statements there are by the grade of their strongest confirmed source, and how many have no source.
[[nodiscard]] std::string count_by_grade(const knowledge::Documents& documents, std::size_t width);

}  // namespace magnesia::cli
