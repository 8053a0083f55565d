// What the pages of the reference have in common: links, citations, names, conditions.
#pragma once

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/cases.hpp"
#include "knowledge/documents.hpp"
#include "report/page.hpp"

namespace magnesia::report {

using knowledge::Documents;
using knowledge::Item;
using knowledge::Statement;

/// The file that holds the entries of a kind: "drugs.html".
[[nodiscard]] std::string page_of(std::string_view kind);

class Reference {
 public:
  Reference(const base::Base& base, std::span<const knowledge::Case> cases);

  // An entry's section, below its heading and id. One a kind; `any` shows whatever there is, for kinds that have none of their
  // own.
  void drug(const Item& item);  ///< or a class of drugs
  void condition(const Item& item);
  void salt(const Item& item);
  void salt_groups();  ///< groups need no document of their own
  void limit(const Item& item);
  void rule(const Item& item);
  void fact(const Item& item);
  void source(const Item& item);
  void any(const Item& item);

  [[nodiscard]] const Documents& documents() const noexcept { return documents_; }
  [[nodiscard]] const std::vector<Statement>& statements() const noexcept { return statements_; }
  [[nodiscard]] Html& html() noexcept { return html_; }
  void link(std::string_view kind, std::string_view id, std::string_view text);
  void link_to(const Statement& statement);

 private:
  using base_ids = std::vector<base::ConceptId>;

  void row(std::string_view label, std::string_view text, std::string_view open = "<dd>");
  void open_row(std::string_view label);
  void close_row() { html_.raw("</dd>\n"); }
  void table(std::string_view caption, std::initializer_list<std::string_view> columns);
  void close_table() { html_.raw("</tbody></table>\n"); }
  void names_and_codes(const json::Node& node);
  void remarks(const json::Node& node);
  /// The citations and the review date of a statement, as rows.
  void origin(const json::Node& statement);
  void outline(const json::Node& value);
  void concepts(std::string_view label, const base::Taxonomy& taxonomy, std::string_view kind, const base_ids& ids);
  [[nodiscard]] std::string_view kind_of(const base::Taxonomy& taxonomy, std::string_view kind, base::ConceptId id) const;
  void classes(const base::Taxonomy& taxonomy, std::string_view kind, base::ConceptId id);
  /// A table of rules; nothing where there are none.
  void rules(std::string_view caption, std::span<const std::uint16_t> which);
  void sentence(std::string_view label, const base::Template& text, std::string_view open = "<dd>");
  void when(std::uint32_t first, std::uint32_t count);
  void node(const base::Node* node);
  void leaf(const base::Node& leaf);
  void bands(const json::Node& limit, std::string_view key, const std::vector<base::Bands>& all, std::string_view caption);
  /// Rules whose condition names a concept that this one is.
  [[nodiscard]] std::vector<std::uint16_t> asking(std::initializer_list<base::Op> ops, const base::Taxonomy& taxonomy,
                                                  base::ConceptId id) const;

  const base::Base& base_;
  Documents documents_;
  std::vector<Statement> statements_;
  std::map<std::string_view, std::vector<std::pair<const Statement*, const Statement::Citation*>>> cited_by_;
  std::map<std::string_view, std::vector<const knowledge::Case*>> cases_of_;
  Html html_;
};

}  // namespace magnesia::report
