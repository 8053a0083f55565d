#include "cli/show.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "magnesia/checker.hpp"
#include "report/layout.hpp"

namespace magnesia::cli {

using json::Node;
using json::Type;
using knowledge::Documents;
using knowledge::Item;
using knowledge::Statement;
using knowledge::text_member;
using report::append_entry;

namespace {

constexpr std::size_t step = 2;  // columns a level

class Outline {
 public:
  explicit Outline(std::size_t width) : width_{width} {}

  void members(
      const Node& object, std::size_t indent,
      std::span<const std::string_view> without = {}) {  // NOLINT(misc-no-recursion): as deep as the parser lets documents be
    for (const Node& member : object.children()) {
      if (member.key() == "magnesia" || std::find(without.begin(), without.end(), member.key()) != without.end()) continue;
      if (member.type() == Type::array && member.empty()) continue;
      entry(std::string{member.key()} + ':', member, indent);
    }
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void entry(const std::string& head, const Node& value, std::size_t indent) {  // NOLINT(misc-no-recursion)
    if (const std::optional<std::string> line = on_one_line(value)) {
      append_entry(out_, indent, head, std::min(indent + report::characters(head) + 1, width_ / 2), *line, width_);
      return;
    }
    append_entry(out_, indent, head, indent + report::characters(head) + 1, {}, width_);
    if (value.type() == Type::object) return members(value, indent + step);
    for (const Node& element : value.children()) {
      if (element.type() == Type::object && !on_one_line(element)) {
        const std::size_t begin = out_.size();
        members(element, indent + 2 * step);
        if (out_.size() > begin) out_[begin + indent + step] = '-';  // before the first member
      } else {
        entry("-", element, indent + step);
      }
    }
  }

  // A text, a number, a quantity, a code, a citation, or a list of texts or codes.
  [[nodiscard]] static std::optional<std::string> on_one_line(const Node& value) {  // NOLINT(misc-no-recursion)
    if (value.type() == Type::array) {
      std::string all;
      for (const Node& element : value.children()) {
        if (value.key() == "remarks" || value.key() == "sources") return std::nullopt;
        const std::optional<std::string> one = element.type() == Type::array ? std::nullopt : on_one_line(element);
        if (!one) return std::nullopt;
        if (!all.empty()) all += ", ";
        all += *one;
      }
      return all;
    }
    if (value.type() != Type::object) return std::string{value.text()};
    const auto both = [&](std::string_view first, std::string_view second) -> std::optional<std::string> {
      const Node* const a = value.find(first);
      const Node* const b = value.find(second);
      if (a == nullptr || b == nullptr) return std::nullopt;
      return std::string{a->text()} + ' ' + std::string{b->text()};
    };
    if (auto quantity = both("value", "unit")) return quantity;
    if (auto code = both("system", "code")) return code;
    if (const Node* const confirmed = value.find("confirmed"); confirmed != nullptr)
      return '[' + std::string{text_member(value, "source")} + "] " + std::string{text_member(value, "locator")} +
             (confirmed->is_true() ? " (confirmed)" : " (NOT confirmed in this source)");
    return std::nullopt;
  }

  std::string out_;
  std::size_t width_;
};

void append_lines(std::string& out, std::string_view text, std::size_t width) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    append_entry(out, 0, {}, 0, text.substr(0, end), width);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Its words, and what they do not say. The sources come after, in full.
void append_rule(std::string& out, const Knowledge& knowledge, const Item& item, std::size_t width) {
  static constexpr std::array<std::string_view, 7> said{"id", "topic", "severity", "window", "when", "message", "action"};
  if (const Result<std::string> words = Checker{knowledge}.explain(item.id))
    append_lines(out, std::string_view{*words}.substr(0, words->find("\n[")), width);
  Outline outline{width};
  outline.members(*item.node, 0, said);
  out += '\n' + outline.take();
}

void append_sources(std::string& out, const Documents& documents, const Item& item, std::size_t width) {
  std::vector<std::string_view> seen;
  for (const Statement& statement : documents.statements()) {
    const bool of_it = statement.item == &item || (statement.item->of_kind == item.kind && statement.item->of_id == item.id);
    if (!of_it) continue;
    for (const Statement::Citation& citation : statement.citations) {
      if (std::find(seen.begin(), seen.end(), citation.source) != seen.end()) continue;
      if (seen.empty()) out += "\nSources\n";
      seen.push_back(citation.source);
      if (const Item* const source = documents.find("source", citation.source)) append_source(out, *source, width);
    }
  }
}

}  // namespace

void append_source(std::string& out, const Item& source, std::size_t width) {
  const Node& node = *source.node;
  append_entry(out, 0, std::string{source.id} + " (" + std::string{text_member(node, "grade")} + ')', width, {}, width);
  std::string text{source.name};
  text += ". " + std::string{text_member(node, "publisher")};
  if (const Node* const year = node.find("year"); year != nullptr) text += ", " + std::string{year->text()};
  text += '.';
  const auto add = [&](std::string_view before, std::string_view key) {
    if (const std::string_view value = text_member(node, key); !value.empty())
      text += ' ' + std::string{before} + std::string{value} + '.';
  };
  add({}, "edition");
  add({}, "identifier");
  add("Read ", "read");
  add("SUPERSEDED BY ", "superseded_by");
  append_entry(out, 4, {}, 4, text, width);
}

std::string entry_text(const Knowledge& knowledge, const Documents& documents, const Item& item, std::size_t width) {
  std::string out;
  append_entry(out, 0, std::string{item.kind} + ' ' + std::string{item.id}, width, {}, width);
  out += '\n';
  if (item.kind == "source") {
    append_source(out, item, width);
    return out;
  }
  if (item.kind == "rule") {
    append_rule(out, knowledge, item, width);
  } else {
    static constexpr std::array<std::string_view, 2> without{"id", "rules"};
    Outline outline{width};
    outline.members(*item.node, 0, without);
    out += outline.take();
    for (const Item& rule : documents.items())
      if (rule.kind == "rule" && rule.of_kind == item.kind && rule.of_id == item.id) {
        out += '\n';
        append_rule(out, knowledge, rule, width);
      }
  }
  append_sources(out, documents, item, width);
  return out;
}

std::string count_by_grade(const Documents& documents, std::size_t width) {
  std::array<std::size_t, static_cast<std::size_t>(Grade::unconfirmed) + 1> counts{};
  std::size_t unsourced = 0;
  const std::vector<Statement> statements = documents.statements();
  for (const Statement& statement : statements) {
    ++counts[static_cast<std::size_t>(statement.grade)];
    unsourced += statement.citations.empty() ? 1U : 0U;
  }
  std::string out = "Statements by the grade of their strongest confirmed source\n";
  for (std::size_t grade = 0; grade < counts.size(); ++grade)
    append_entry(out, 2, name(static_cast<Grade>(grade)), 17, std::to_string(counts[grade]), width);
  append_entry(out, 2, "all", 17, std::to_string(statements.size()), width);
  return out += (unsourced == 0 ? "none" : std::to_string(unsourced)) + " of them without a source\n";
}

}  // namespace magnesia::cli
