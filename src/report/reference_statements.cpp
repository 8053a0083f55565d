// Rules, limits, facts and sources in the reference.
#include <algorithm>
#include <array>
#include <map>

#include "report/names.hpp"
#include "report/reference_writer.hpp"
#include "words/words.hpp"

namespace magnesia::report {

using json::Node;
using json::Type;

namespace {

constexpr std::array<std::string_view, 4> scopes{"the person, once", "each magnesium product", "each medication taken",
                                                 "each medication with each magnesium product"};

std::string listed(const std::vector<std::string>& ids, std::string_view before) {
  std::string out;
  for (const std::string& id : ids) (out += out.empty() ? std::string{before} + ' ' : std::string{", "}) += id;
  return out;
}

std::string expected(const knowledge::Case& one) {
  std::string out;
  for (const std::string& part :
       {listed(one.established, "established:"), listed(one.possible, "possible:"), listed(one.silent, "silent:")})
    if (!part.empty()) (out += out.empty() ? "" : "; ") += part;
  return out;
}

// An age as it is written, in words: "4 years", "7 months".
std::string age_text(const Node& from) {
  const std::string_view value = from.find("value")->text();
  const std::string_view unit = from.find("unit")->text();
  const std::string_view word = unit == "a" ? "year" : unit == "mo" ? "month" : unit == "d" ? "day" : unit;
  if (value == "0") return "birth";
  return std::string{value} + ' ' + std::string{word} + (value == "1" ? "" : "s");
}

}  // namespace

void Reference::rule(const Item& item) {
  const base::Rule& rule = base_.rules[static_cast<std::size_t>(base_.rule_named(item.id))];
  const auto index = static_cast<std::uint16_t>(&rule - base_.rules.data());
  html_.raw("<p><strong class=\"severity " + std::string{name(rule.severity)} + "\">");
  html_.element("", severity_text(base_, rule.severity), "</strong> \u00B7 ");
  html_.element("", text_of(base_, "topic", name(rule.topic)), "");
  html_.element(" \u00B7 ", text_of(base_, "grade", name(rule.grade)), "</p>\n");
  if (!rule.confirmed()) html_.raw("<p>Nobody has read it in a source yet, so it gives possible findings only.</p>\n");
  if (rule.off()) html_.element("<p class=\"unconfirmed\">\u2717 Switched off: ", rule.off_because, "</p>\n");
  html_.raw("<dl>\n");
  sentence("What is the matter", rule.message);
  sentence("What to do", rule.action, "<dd class=\"do\">");
  sentence("Mechanism", rule.mechanism);
  sentence("Monitoring", rule.monitoring);
  row("About", scopes[static_cast<std::size_t>(rule.scope)]);
  if (rule.drug != base::no_concept) concepts("Drug", base_.drugs, "drug", {rule.drug});
  if (rule.salt != base::no_concept) concepts("Salt", base_.salts, "salt", {rule.salt});
  if (rule.window) {
    std::string window;
    words::append_window(window, *rule.window);
    row("Keep apart", window + "; exactly so long is far enough");
  }
  when(rule.first_node, rule.node_count);
  if (item.of_kind == "condition") {
    open_row("Stands with");
    link(item.of_kind, item.of_id, item.of_id);
    close_row();
  }
  const auto others = [&](std::string_view label, const std::vector<std::uint16_t>& which) {
    if (which.empty()) return;
    open_row(label);
    for (const std::uint16_t other : which) {
      if (other != which.front()) html_.raw(", ");
      link("rule", base_.rules[other].id, base_.rules[other].id);
    }
    close_row();
  };
  others("Stands in for", rule.replaces);
  std::vector<std::uint16_t> by;
  for (std::size_t other = 0; other < base_.rules.size(); ++other) {
    const auto& replaces = base_.rules[other].replaces;
    if (std::find(replaces.begin(), replaces.end(), index) != replaces.end()) by.push_back(static_cast<std::uint16_t>(other));
  }
  others("For some drugs replaced by", by);
  origin(*item.node);
  remarks(*item.node);
  html_.raw("</dl>\n");
  const auto found = cases_of_.find(item.id);
  if (found == cases_of_.end()) return;
  table("Cases that are tested", {"Kind", "Case", "Findings"});
  for (const knowledge::Case* const one : found->second) {
    html_.element("<tr><td>", one->kind, "</td>");
    html_.element("<td>", one->name, "</td>");
    html_.element("<td>", expected(*one), "</td></tr>\n");
  }
  close_table();
}

// Rows are the ages at which the figure of any group changes, so that what holds of one person stands in one row.
void Reference::bands(const Node& limit, std::string_view key, const std::vector<base::Bands>& all, std::string_view caption) {
  if (all.empty()) return;
  std::map<Exact, std::string> ages;
  const Node& written = *limit.find(key);
  std::size_t group = 0;
  for (const Node& one : written.children()) {
    std::size_t band = 0;
    for (const Node& of_band : one.find("bands")->children())
      ages.emplace(all[group].bands[band++].from, age_text(*of_band.find("from")));
    ++group;
  }
  html_.element("<table><caption>", caption, "</caption>\n<thead><tr><th scope=\"col\">Age</th>");
  for (const base::Bands& bands : all)
    html_.element("<th scope=\"col\">", base::for_names[static_cast<std::size_t>(bands.whom)], "</th>");
  html_.raw("</tr></thead>\n<tbody>\n");
  for (auto age = ages.begin(); age != ages.end(); ++age) {
    html_.element("<tr><th scope=\"row\">from ", age->second, "");
    if (const auto next = std::next(age); next != ages.end()) html_.element(" to below ", next->second, "");
    html_.raw("</th>");
    group = 0;
    for (const Node& one : written.children()) {
      const std::vector<base::Band>& cuts = all[group++].bands;
      const auto past = std::upper_bound(cuts.begin(), cuts.end(), age->first,
                                         [](const Exact& at, const base::Band& cut) { return at < cut.from; });
      const auto which = std::prev(past) - cuts.begin();
      const Node& band = *std::next(one.find("bands")->children().begin(), which);
      const Node& value = *band.find("limit");
      html_.raw("<td>");
      if (value.type() == Type::null)
        html_.raw("none set");
      else
        outline(value);
      if (const std::string_view note = knowledge::text_member(band, "note"); !note.empty())
        html_.element("<br><span class=\"faint\">", note, "</span>");
      html_.raw("</td>");
    }
    html_.raw("</tr>\n");
  }
  close_table();
}

void Reference::limit(const Item& item) {
  const auto found =
      std::find_if(base_.limits.begin(), base_.limits.end(), [&](const base::Limit& one) { return one.id == item.id; });
  static constexpr std::array<std::string_view, 3> covers{
      "everything that is not food", "everything that is not food, without salts that do not dissolve",
      "all sources: intake without food cannot show that it is kept, only that it is broken"};
  html_.raw("<dl>\n");
  row("Covers", covers[static_cast<std::size_t>(found->covers)]);
  html_.raw("</dl>\n");
  bands(*item.node, "upper", found->upper, "Tolerable upper intake of magnesium a day");
  bands(*item.node, "recommended", found->recommended, "Recommended intake of magnesium a day");
  html_.raw(
      "<p>Of several columns that hold of a person the most specific is used: pregnant, lactating, then sex, then "
      "everyone.</p>\n<dl>\n");
  origin(*item.node);
  remarks(*item.node);
  html_.raw("</dl>\n");
}

void Reference::fact(const Item& item) {
  const auto found =
      std::find_if(base_.questions.begin(), base_.questions.end(), [&](const auto& one) { return one && one->id == item.id; });
  const Node& node = *item.node;
  html_.raw("<dl>\n");
  static constexpr std::array<std::string_view, 3> awaited{"never: used where it is known",
                                                           "unless the condition below is certainly false", "always"};
  if (found != base_.questions.end()) {
    row("Awaited", awaited[static_cast<std::size_t>((*found)->awaited)]);
    when((*found)->first_node, (*found)->node_count);
  }
  row("Why", knowledge::text_member(node, "reason"));
  row("Question", knowledge::text_member(node, "question"));
  if (const Node* const priority = node.find("priority"); priority != nullptr) row("Priority", priority->text());
  row("Not awaited where history settles", knowledge::text_member(node, "settled_with"));
  row("Figure compared", knowledge::text_member(node, "figure"));
  row("Because", knowledge::text_member(node, "figure_because"));
  origin(node);
  remarks(node);
  html_.raw("</dl>\n");
  const Node* const settles = node.find("settles");
  if (settles == nullptr) return;
  html_.raw("<h3>Settled by a complete history, where the policy allows it</h3>\n<dl>\n");
  const auto measured = facts::fact_named(item.id);
  if (found != base_.questions.end() && (*found)->settles && measured) {
    std::string value;
    words::append_value(value, *measured, (*found)->settles->at_least, base_);
    row("Taken as at least", value);
    when((*found)->settles->first_node, (*found)->settles->node_count);
  } else {
    row("In force", "no: not confirmed in its source");
  }
  row("Why", knowledge::text_member(*settles, "reason"));
  origin(*settles);
  html_.raw("</dl>\n");
}

void Reference::source(const Item& item) {
  const Node& node = *item.node;
  html_.raw("<dl>\n");
  row("Evidence", text_of(base_, "grade", knowledge::text_member(node, "grade")));
  row("Publisher", knowledge::text_member(node, "publisher"));
  if (const Node* const year = node.find("year"); year != nullptr) row("Year", year->text());
  row("Edition", knowledge::text_member(node, "edition"));
  row("Identifier", knowledge::text_member(node, "identifier"));
  row("Read", knowledge::text_member(node, "read"));
  if (const std::string_view successor = knowledge::text_member(node, "superseded_by"); !successor.empty()) {
    const Item* const other = documents_.find("source", successor);
    open_row("Superseded by");
    if (other != nullptr)
      link("source", successor, other->name);
    else
      html_.text(successor);
    close_row();
  }
  remarks(node);
  html_.raw("</dl>\n");
  const auto cited = cited_by_.find(item.id);
  if (cited == cited_by_.end()) {
    html_.raw("<p class=\"unconfirmed\">\u2717 Nothing cites it.</p>\n");
    return;
  }
  table("What cites it", {"Statement", "Where in it", "Confirmed"});
  for (const auto& [statement, citation] : cited->second) {
    html_.raw("<tr><th scope=\"row\">");
    link_to(*statement);
    html_.element("</th><td>", citation->locator,
                  citation->confirmed ? "</td><td class=\"confirmed\">\u2713 yes" : "</td><td class=\"unconfirmed\">\u2717 no");
    html_.raw("</td></tr>\n");
  }
  close_table();
}

}  // namespace magnesia::report
