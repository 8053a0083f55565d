#include "report/reference_writer.hpp"

#include <algorithm>
#include <array>

#include "report/names.hpp"
#include "words/words.hpp"

namespace magnesia::report {

using base::Op;
using json::Node;
using json::Type;

namespace {

bool is_quantity(const Node& value) {
  return value.type() == Type::object && value.find("value") != nullptr && value.find("unit") != nullptr;
}

void append_quantity(std::string& out, const Node& value) {
  out += value.find("value")->text();
  if (const std::string_view unit = value.find("unit")->text(); unit != "1") (out += ' ') += unit;
}

}  // namespace

std::string page_of(std::string_view kind) {
  std::string page{kind};
  if (page.ends_with("drug-class"))
    page += "es";
  else if (!page.ends_with('s'))
    page += 's';
  return page += ".html";
}

Reference::Reference(const base::Base& base, std::span<const knowledge::Case> cases)
    : base_{base}, documents_{base}, statements_{documents_.statements()}, html_{base} {
  for (const Statement& statement : statements_)
    for (const Statement::Citation& citation : statement.citations)
      cited_by_[citation.source].emplace_back(&statement, &citation);
  for (const knowledge::Case& one : cases)
    if (!one.rule.empty()) cases_of_[one.rule].push_back(&one);
}

void Reference::link(std::string_view kind, std::string_view id, std::string_view text) {
  html_.raw("<a href=\"" + page_of(kind) + '#');
  html_.text(id);
  html_.element("\">", text, "</a>");
}

void Reference::link_to(const Statement& statement) {
  const Item& item = *statement.item;
  link(item.kind, item.id, item.name.empty() ? item.id : item.name);
  html_.element(" (", item.kind, "");
  if (!statement.part.empty()) html_.element(", ", statement.part == "no_interaction" ? "no interaction" : statement.part, "");
  html_.raw(")");
}

void Reference::row(std::string_view label, std::string_view text, std::string_view open) {
  if (text.empty()) return;
  html_.element("<dt>", label, "</dt>");
  html_.element(open, text, "</dd>\n");
}

void Reference::open_row(std::string_view label) { html_.element("<dt>", label, "</dt><dd>"); }

void Reference::table(std::string_view caption, std::initializer_list<std::string_view> columns) {
  html_.element("<table><caption>", caption, "</caption>\n<thead><tr>");
  for (const std::string_view column : columns) html_.element("<th scope=\"col\">", column, "</th>");
  html_.raw("</tr></thead>\n<tbody>\n");
}

void Reference::names_and_codes(const Node& node) {
  std::string names;
  if (const Node* const list = node.find("names"); list != nullptr)
    for (const Node& name : list->children()) (names += names.empty() ? "" : ", ") += name.text();
  row("Also called", names);
  std::string codes;
  if (const Node* const list = node.find("codes"); list != nullptr)
    for (const Node& code : list->children()) {
      codes += codes.empty() ? "" : ", ";
      ((codes += code_system(knowledge::text_member(code, "system"))) += ' ') += knowledge::text_member(code, "code");
    }
  row("Codes", codes);
}

void Reference::remarks(const Node& node) {
  const Node* const list = node.find("remarks");
  if (list == nullptr) return;
  open_row("Remarks");
  for (const Node& remark : list->children()) html_.element("<p>", remark.text(), "</p>");
  close_row();
}

void Reference::origin(const Node& statement) {
  if (const Node* const sources = statement.find("sources"); sources != nullptr) {
    const auto all = sources->children();
    const auto is_confirmed = [](const Node& one) { return one.find("confirmed")->is_true(); };
    if (std::none_of(all.begin(), all.end(), is_confirmed)) {
      open_row("Evidence");
      html_.element("<span class=\"unconfirmed\">\u2717 ", text_of(base_, "grade", name(Grade::unconfirmed)), "</span>");
      close_row();
    }
    open_row("Sources");
    html_.raw("<ul class=\"sources\">\n");
    for (const Node& one : all) {
      const bool confirmed = is_confirmed(one);
      const std::string_view id = knowledge::text_member(one, "source");
      const Item* const source = documents_.find("source", id);
      html_.raw(confirmed ? "<li><span class=\"confirmed\">\u2713 confirmed</span> " : "<li><span class=\"unconfirmed\">\u2717 ");
      if (!confirmed) html_.key("", "sources.unconfirmed", "</span> ");
      link("source", id, source == nullptr ? id : source->name);
      html_.element(", ", knowledge::text_member(one, "locator"), "");
      if (source != nullptr)
        html_.element(" <span class=\"faint\">(", text_of(base_, "grade", knowledge::text_member(*source->node, "grade")),
                      ")</span>");
      html_.raw("</li>\n");
    }
    html_.raw("</ul>");
    close_row();
  }
  row("Reviewed", knowledge::text_member(statement, "reviewed"));
}

// Whatever it is, as it is written.
void Reference::outline(const Node& value) {  // NOLINT(misc-no-recursion): as deep as the parser lets documents be
  if (is_quantity(value)) {
    std::string text;
    append_quantity(text, value);
    return html_.text(text);
  }
  if (value.type() == Type::object) {
    html_.raw("<dl>\n");
    for (const Node& member : value.children()) {
      if (member.key() == "magnesia" || member.key() == "id" || member.key() == "name" || member.key() == "sources" ||
          member.key() == "reviewed")
        continue;
      open_row(member.key());
      outline(member);
      close_row();
    }
    origin(value);
    html_.raw("</dl>\n");
  } else if (value.type() == Type::array) {
    html_.raw("<ul>\n");
    for (const Node& element : value.children()) {
      html_.raw("<li>");
      outline(element);
      html_.raw("</li>\n");
    }
    html_.raw("</ul>\n");
  } else {
    html_.text(value.text());
  }
}

void Reference::any(const Item& item) {
  html_.raw("<dl>\n");
  names_and_codes(*item.node);
  for (const Node& member : item.node->children()) {
    static constexpr std::array<std::string_view, 8> said{"magnesia", "id",      "name",     "names",
                                                          "codes",    "sources", "reviewed", "remarks"};
    if (std::find(said.begin(), said.end(), member.key()) != said.end()) continue;
    open_row(member.key());
    outline(member);
    close_row();
  }
  origin(*item.node);
  remarks(*item.node);
  html_.raw("</dl>\n");
}

std::string_view Reference::kind_of(const base::Taxonomy& taxonomy, std::string_view kind, base::ConceptId id) const {
  return kind == "drug" && documents_.find("drug", taxonomy[id].id) == nullptr ? "drug-class" : kind;
}

void Reference::concepts(std::string_view label, const base::Taxonomy& taxonomy, std::string_view kind, const base_ids& ids) {
  if (ids.empty()) return;
  open_row(label);
  for (const base::ConceptId id : ids) {
    if (id != ids.front()) html_.raw(", ");
    link(kind_of(taxonomy, kind, id), taxonomy[id].id, taxonomy[id].name);
  }
  close_row();
}

void Reference::classes(const base::Taxonomy& taxonomy, std::string_view kind, base::ConceptId id) {
  base_ids above;
  base_ids below;
  for (const base::ConceptId one : taxonomy.closure(id))
    if (one != id) above.push_back(one);
  for (const base::ConceptId one : taxonomy.below(id)) below.push_back(one);
  const auto by_name = [&](base::ConceptId a, base::ConceptId b) { return taxonomy[a].name < taxonomy[b].name; };
  std::sort(above.begin(), above.end(), by_name);
  std::sort(below.begin(), below.end(), by_name);
  concepts("Belongs to", taxonomy, kind, above);
  if (kind != "salt") concepts("Holds", taxonomy, kind, below);  // a salt's forms are a table
}

void Reference::rules(std::string_view caption, std::span<const std::uint16_t> which) {
  if (which.empty()) return;
  table(caption, {"Rule", "Severity", "Keep apart", "Only when", "Evidence"});
  for (const std::uint16_t index : which) {
    const base::Rule& rule = base_.rules[index];
    html_.raw("<tr><th scope=\"row\">");
    link("rule", rule.id, rule.id);
    html_.raw("</th><td><span class=\"severity " + std::string{name(rule.severity)} + "\">");
    html_.element("", severity_text(base_, rule.severity), "</span></td><td>");
    std::string window;
    if (rule.window) words::append_window(window, *rule.window);
    html_.element("", window, "</td><td>");
    std::string condition;
    if (rule.node_count != 0) words::append_condition(condition, base_, base_.nodes.data() + rule.first_node);
    html_.element("", condition, rule.confirmed() ? "</td><td>" : "</td><td class=\"unconfirmed\">\u2717 ");
    html_.element("", text_of(base_, "grade", name(rule.grade)), "</td></tr>\n");
  }
  close_table();
}

void Reference::sentence(std::string_view label, const base::Template& text, std::string_view open) {
  if (text.empty()) return;
  html_.element("<dt>", label, "</dt>");
  html_.raw(open);
  for (const base::Segment& segment : text) {
    if (segment.slot.empty())
      html_.text(segment.text);
    else
      html_.element("<var>", segment.slot, "</var>");
  }
  close_row();
}

void Reference::when(std::uint32_t first, std::uint32_t count) {
  if (count == 0) return;
  open_row("Only when");
  node(base_.nodes.data() + first);
  close_row();
}

void Reference::node(const base::Node* node) {  // NOLINT(misc-no-recursion): as deep as the loader lets conditions be
  if (node->op > Op::at_least_n) return leaf(*node);
  if (node[1].size + 1 == node->size) return this->node(node + 1);  // of one
  html_.raw(node->op == Op::all   ? "all of these:"
            : node->op == Op::any ? "at least one of these:"
                                  : "at least " + std::to_string(node->target) + " of these:");
  html_.raw("<ul>\n");
  for (const base::Node* child = node + 1; child != node + node->size; child += child->size) {
    html_.raw("<li>");
    this->node(child);
    html_.raw("</li>\n");
  }
  html_.raw("</ul>");
}

void Reference::leaf(const base::Node& leaf) {
  std::string words;
  words::append_leaf(words, base_, leaf);
  switch (leaf.op) {
    case Op::condition:
    case Op::purpose: return link("condition", base_.conditions[leaf.target].id, words);
    case Op::drug: return link(kind_of(base_.drugs, "drug", leaf.target), base_.drugs[leaf.target].id, words);
    case Op::salt: return link("salt", base_.salts[leaf.target].id, words);
    case Op::compare:
    case Op::compare_fact:
      if (const std::string_view fact = facts::info(leaf.fact).id; documents_.find("fact", fact) != nullptr)
        return link("fact", fact, words);
      break;
    default: break;
  }
  html_.text(words);
}

std::vector<std::uint16_t> Reference::asking(std::initializer_list<Op> ops, const base::Taxonomy& taxonomy,
                                             base::ConceptId id) const {
  std::vector<std::uint16_t> which;
  for (std::size_t index = 0; index < base_.rules.size(); ++index) {
    const base::Rule& rule = base_.rules[index];
    const auto begin = base_.nodes.begin() + rule.first_node;
    const bool asks = std::any_of(begin, begin + rule.node_count, [&](const base::Node& node) {
      return std::find(ops.begin(), ops.end(), node.op) != ops.end() && taxonomy.is_a(id, node.target);
    });
    if (asks) which.push_back(static_cast<std::uint16_t>(index));
  }
  return which;
}

}  // namespace magnesia::report
