// Drugs, classes, conditions and salts in the reference.
#include <algorithm>

#include "magnesia/salt.hpp"
#include "report/names.hpp"
#include "report/reference_writer.hpp"

namespace magnesia::report {

using base::ConceptId;
using base::Op;
using json::Node;

namespace {

std::string percent(Exact share) { return Exact::multiply(share, 100, Rounding::up).decimal(4) + " %"; }

std::string ratio(Exact share) { return std::to_string(share.numerator()) + '/' + std::to_string(share.denominator()); }

std::string share_text(const Interval<Exact>& share) {
  return share.is_point() ? percent(share.low) + " = " + ratio(share.low) : percent(share.low) + " to " + percent(share.high);
}

std::vector<std::uint16_t> without(std::vector<std::uint16_t> which, std::span<const std::uint16_t> others) {
  std::erase_if(which, [&](std::uint16_t index) { return std::find(others.begin(), others.end(), index) != others.end(); });
  return which;
}

}  // namespace

void Reference::drug(const Item& item) {
  const base::Taxonomy& drugs = base_.drugs;
  const ConceptId id = drugs.by_id(item.id);
  html_.raw("<dl>\n");
  names_and_codes(*item.node);
  classes(drugs, "drug", id);
  if (const ConceptId salt = base_.contains[id]; salt != base::no_concept)
    concepts("Is itself magnesium", base_.salts, "salt", {salt});
  const Node* const none = item.node->find("no_interaction");
  if (none != nullptr) {
    row("No interaction", knowledge::text_member(*none, "note"));
    origin(*none);
  }
  remarks(*item.node);
  html_.raw("</dl>\n");
  const std::span<const std::uint16_t> in_force = base_.rules_for_drug[id];
  rules("Rules in force when it is taken with magnesium, its own and those of its classes", in_force);
  std::vector<std::uint16_t> replaced;
  for (std::size_t index = 0; index < base_.rules.size(); ++index)
    if (base_.rules[index].drug != base::no_concept && drugs.is_a(id, base_.rules[index].drug))
      replaced.push_back(static_cast<std::uint16_t>(index));
  rules("Rules of its classes that another stands in for, or that are switched off", without(std::move(replaced), in_force));
  const std::vector<std::uint16_t> others = asking({Op::drug}, drugs, id);
  rules("Other rules that ask whether it is taken", without(others, in_force));
  if (none == nullptr && in_force.empty() && others.empty())
    html_.raw("<p>Nothing is said of it with magnesium: it is known by name only.</p>\n");
}

void Reference::condition(const Item& item) {
  const ConceptId id = base_.conditions.by_id(item.id);
  html_.raw("<dl>\n");
  names_and_codes(*item.node);
  classes(base_.conditions, "condition", id);
  row("Role", knowledge::text_member(*item.node, "role"));
  if (const std::string_view fact = knowledge::text_member(*item.node, "settled_by"); !fact.empty()) {
    open_row("Its stage is told by");
    link("fact", fact, fact);
    close_row();
  }
  remarks(*item.node);
  html_.raw("</dl>\n");
  const std::vector<std::uint16_t> of_it = asking({Op::condition}, base_.conditions, id);
  const std::vector<std::uint16_t> for_it = asking({Op::purpose}, base_.conditions, id);
  rules("Rules that ask whether a person has it", of_it);
  rules("Rules that ask whether magnesium is taken for it", for_it);
  if (of_it.empty() && for_it.empty()) html_.raw("<p>No rule speaks of it: it is known by name only.</p>\n");
}

void Reference::salt(const Item& item) {
  const base::Taxonomy& salts = base_.salts;
  const ConceptId id = salts.by_id(item.id);
  const base::SaltForm& whole = base_.salt_forms[id];
  html_.raw("<dl>\n");
  names_and_codes(*item.node);
  row("Magnesium, where the form is not said", share_text(whole.share));
  row("Counts towards the limit", whole.counts ? "yes" : "only what is claimed as elemental magnesium");
  classes(salts, "salt", id);
  std::vector<ConceptId> drugs;
  for (std::size_t drug = 0; drug < base_.drugs.size(); ++drug)
    if (base_.contains[drug] != base::no_concept && salts.is_a(base_.contains[drug], id))
      drugs.push_back(static_cast<ConceptId>(drug));
  concepts("Drugs that are it", base_.drugs, "drug", drugs);
  html_.raw("</dl>\n");
  table("Forms, and the share of magnesium by mass, computed from the formula", {"Form", "Formula", "g/mol", "Magnesium"});
  for (const Node& form : item.node->find("forms")->children()) {
    const std::string form_id = salts[id].id + '/' + std::string{knowledge::text_member(form, "id")};
    const base::SaltForm& of_form = base_.salt_forms[salts.by_id(form_id)];
    html_.element("<tr id=\"", form_id, "\"><th scope=\"row\">");
    html_.text(knowledge::text_member(form, "name"));
    std::string others;
    if (const Node* const names = form.find("names"); names != nullptr)
      for (const Node& name : names->children()) (others += others.empty() ? "" : ", ") += name.text();
    if (const Node* const codes = form.find("codes"); codes != nullptr)
      for (const Node& code : codes->children()) {
        others += others.empty() ? "" : ", ";
        (others += code_system(knowledge::text_member(code, "system"))) += ' ';
        others += knowledge::text_member(code, "code");
      }
    if (!others.empty()) html_.element("<br><span class=\"faint\">", others, "</span>");
    html_.raw("</th><td>");
    if (const std::string_view formula = knowledge::text_member(form, "formula"); !formula.empty()) {
      html_.text(formula);
      const Result<Formula> read = parse_formula(formula);
      html_.element("</td><td>", read ? molar_mass(*read).decimal(9) : std::string{}, "");
    } else {
      html_.raw("anything from the poorest to the richest of ");
      for (const ConceptId component : of_form.components) {
        if (component != of_form.components.front()) html_.raw(", ");
        link("salt", salts[component].id, salts[component].name);
      }
      html_.raw("</td><td>");
    }
    html_.element("</td><td>", share_text(of_form.share), "</td></tr>\n");
  }
  close_table();
  html_.raw("<dl>\n");
  origin(*item.node);
  remarks(*item.node);
  html_.raw("</dl>\n");
  if (const Node* const properties = item.node->find("properties"); properties != nullptr)
    for (const Node& property : properties->children()) {
      html_.element("<h3>", knowledge::text_member(property, "property"), "</h3>\n<dl>\n");
      row("Reported", knowledge::text_member(property, "value"));
      for (const std::string_view bound : {"low", "high"})
        if (const Node* const value = property.find(bound); value != nullptr) {
          open_row(bound == "low" ? "From" : "To");
          outline(*value);
          close_row();
        }
      origin(property);
      html_.raw("</dl>\n");
    }
  std::vector<std::uint16_t> named = asking({Op::salt}, salts, id);
  for (std::size_t index = 0; index < base_.rules.size(); ++index)
    if (base_.rules[index].salt != base::no_concept && salts.is_a(id, base_.rules[index].salt))
      named.push_back(static_cast<std::uint16_t>(index));
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  rules("Rules that ask for it or for a group that it is in", named);
}

void Reference::salt_groups() {
  for (std::size_t at = 0; at < base_.salts.size(); ++at) {
    const auto id = static_cast<ConceptId>(at);
    const std::string& name = base_.salts[id].id;
    if (name.find('/') != std::string::npos || documents_.find("salt", name) != nullptr) continue;
    html_.element("<article id=\"", name, "\"><h2>");
    html_.element("", name, "</h2>\n<p class=\"faint\">A group of salts</p>\n<dl>\n");
    std::vector<ConceptId> members;
    for (const ConceptId one : base_.salts.below(id))
      if (base_.salts[one].id.find('/') == std::string::npos) members.push_back(one);
    concepts("Holds", base_.salts, "salt", members);
    html_.raw("</dl>\n");
    rules("Rules that ask for it", asking({Op::salt}, base_.salts, id));
    html_.raw("</article>\n");
  }
}

}  // namespace magnesia::report
