// Loader: documents to a base, in passes, so that documents may stand in any order and refer to each other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/base.hpp"
#include "knowledge/reader.hpp"
#include "rules/checks/checks.hpp"

namespace magnesia::knowledge {

/// A document and where it came from.
struct Doc {
  const json::Node* node = nullptr;
  std::string_view path;
  std::string_view kind;  ///< "drug/1"
  std::string_view id;
  int pack = 0;  ///< above 0: an overlay
  std::string_view text;
};

struct Loader {
  base::Base& base;
  Reader read;
  std::vector<Doc> docs;

  // Rules wait for all names to be known.
  struct PendingRule {
    const json::Node* node = nullptr;
    const Doc* doc = nullptr;
    std::string_view drug;  ///< of the document that it stands in
    std::string_view id;
  };
  std::vector<PendingRule> pending_rules;
  base::TextIndex source_ids;                  ///< to index in base.sources
  base::TextIndex rule_ids;                    ///< to index in base.rules
  std::vector<const PendingRule*> kept_rules;  ///< of base.rules
  struct NoInteraction {
    base::ConceptId drug = base::no_concept;
    const Doc* doc = nullptr;
    const json::Node* node = nullptr;
  };
  std::vector<NoInteraction> no_interaction;
  std::vector<base::Citation> not_kept;  ///< scratch of check_citations

  Loader(base::Base& into, Errors& errors) : base{into}, read{errors} {}

  void run();

  // Passes, a file each: concepts.cpp, statements.cpp, titrations.cpp, products.cpp, record_terms.cpp, read_rule.cpp,
  // changes.cpp.
  void declare_concepts();
  void connect_concepts();
  void read_sources();
  void read_ranges();
  void read_questions();
  void read_limits();
  void read_preferences();
  void read_titrations();
  void read_texts();
  void read_products();
  void read_record_terms();
  void read_rules();
  void read_changes();
  void check();

  void stand_at(const Doc& doc) { read.stand_at(doc.path, *doc.node); }
  /// "sources" and "reviewed" of a statement; faults where they are missing. The review date.
  std::string_view citations(const json::Node& statement, std::vector<base::Citation>& into);
  /// The same for a statement of which they are not kept.
  void check_citations(const json::Node& statement) {
    not_kept.clear();
    citations(statement, not_kept);
  }
  [[nodiscard]] Grade grade_of(const std::vector<base::Citation>& citations) const;
  /// Compiles a condition into base.nodes. `rule` says what may stand in it.
  void condition(const json::Node& node, std::uint32_t& first, std::uint32_t& count, bool person_only);
  void compile(const json::Node& node, bool negated, bool person_only);
};

/// "a {b} c" in segments; faults for a placeholder that does not exist.
[[nodiscard]] base::Template template_of(Reader& read, const json::Node& rule, std::string_view key, bool required);

}  // namespace magnesia::knowledge
