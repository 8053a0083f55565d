#include "report/reference.hpp"

#include <algorithm>
#include <array>

#include "report/names.hpp"
#include "report/reference_writer.hpp"

namespace magnesia::report {

namespace {

// Ids of the pages' own parts end in "_", which no id of the knowledge has in it.
constexpr std::string_view more_style = R"(
body{max-width:64rem}
h2{font-size:1.2rem}
article{border-left:0;padding:0;margin-top:2.5rem;border-top:2px solid var(--line)}
article h2{border:0;margin:.6rem 0 .2rem}
th,td{overflow-wrap:break-word}
dd>:first-child{margin-top:0}
caption{font-weight:bold;padding-top:.8rem}
dl dl{border-left:1px solid var(--line);padding-left:.6rem}
a{color:var(--minor)}
:target{outline:2px solid var(--minor);outline-offset:.3rem}
.toc,.sources{padding-left:1.1rem}
.toc{columns:16rem;column-gap:2rem}
.toc li{break-inside:avoid}
nav a,.skip{margin-right:.8rem}
.skip:not(:focus){position:absolute;left:-99rem}
.severity{white-space:nowrap}
.confirmed{color:var(--none)}
.unconfirmed{color:var(--major);font-style:italic;border-bottom:1px dashed}
p.unconfirmed{display:table}
code,var{font:.9em ui-monospace,monospace}
var::before{content:"{"}var::after{content:"}"}
input{font:inherit;padding:.3rem;width:min(100%,24rem);color:inherit;background:var(--ground);border:1px solid var(--faint)}
[hidden]{display:none}
@media(max-width:40rem){dl{display:block}dt{margin-top:.5rem}article{overflow-x:auto}}
@media print{nav,.skip,#filter_{display:none}a{color:inherit;text-decoration:none}article{break-inside:auto}}
)";

// Hides the lines of the index that lack what is typed, in any case and without accents. Its digest stands in the page's policy,
// and tests/command_check.py compares the two.
constexpr std::string_view script = R"js(
"use strict";
const fold = text => text.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const lines = Array.from(document.querySelectorAll(".entries li"), element => ({element, text: fold(element.textContent)}));
const field = document.getElementById("query_"), count = document.getElementById("count_");
document.getElementById("filter_").hidden = false;
field.addEventListener("input", () => {
  const wanted = fold(field.value);
  let shown = 0;
  for (const line of lines) {
    line.element.hidden = !line.text.includes(wanted);
    shown += line.element.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll(".entries"))
    section.hidden = !section.querySelector("li:not([hidden])");
  count.textContent = wanted ? shown + " of " + lines.length : "";
});
)js";
constexpr std::string_view script_digest = "'sha256-sxwgJVHrCKT0hoC3M7WZ715aYod0bkGDRIk8rFx4IOA='";

struct Kind {
  std::string_view name;
  std::string_view heading;
  void (Reference::*write)(const Item&);
};
constexpr std::array<Kind, 11> known_kinds{{{"drug", "Drugs", &Reference::drug},
                                            {"drug-class", "Classes of drugs", &Reference::drug},
                                            {"condition", "Conditions", &Reference::condition},
                                            {"salt", "Salts", &Reference::salt},
                                            {"limit", "Limits and recommended intakes", &Reference::limit},
                                            {"rule", "Rules", &Reference::rule},
                                            {"fact", "Facts and questions", &Reference::fact},
                                            {"source", "Sources", &Reference::source},
                                            {"titration", "Titrations", &Reference::any},
                                            {"ranges", "Ranges of the input", &Reference::any},
                                            {"change", "Changes by overlays", &Reference::any}}};

struct Group {
  Kind kind;
  std::vector<const Item*> items;
};

std::string_view title_of(const Item& item) { return item.name.empty() ? item.id : item.name; }

// Capital letters among the small ones.
std::string for_order(std::string_view title) {
  std::string out{title};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Those that are known, in the order of the table; then whatever else there is.
std::vector<Group> groups_of(const Documents& documents) {
  std::vector<Group> groups;
  for (const Kind& kind : known_kinds) groups.push_back({kind, {}});
  for (const Item& item : documents.items()) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& one) { return one.kind.name == item.kind; });
    if (group == groups.end()) group = groups.insert(groups.end(), Group{{item.kind, item.kind, &Reference::any}, {}});
    group->items.push_back(&item);
  }
  std::erase_if(groups, [](const Group& group) { return group.items.empty(); });
  for (Group& group : groups)
    std::stable_sort(group.items.begin(), group.items.end(),
                     [](const Item* a, const Item* b) { return for_order(title_of(*a)) < for_order(title_of(*b)); });
  return groups;
}

void write_header(Reference& reference, const base::Base& base, std::string_view heading, const std::vector<Group>& groups) {
  Html& html = reference.html();
  html.raw("<a class=\"skip\" href=\"#main_\">Skip to the content</a>\n<header>\n<nav aria-label=\"Pages\">");
  html.raw("<a href=\"index.html\">Index</a>");
  for (const Group& group : groups) html.element(" <a href=\"" + page_of(group.kind.name) + "\">", group.kind.heading, "</a>");
  html.element("</nav>\n<h1>", heading, "</h1>\n<p class=\"faint\">");
  html.element("", base.id, "");
  html.element(" ", base.version, "");
  html.element(" of ", base.date, "");
  html.element(", sha256 ", base.sha256, "</p>\n");
  for (const base::Overlay& overlay : base.overlays) html.element("<p>With the overlay ", overlay.summary, "</p>\n");
  html.key("<p class=\"faint\">", "notice", "</p>\n</header>\n");
}

void write_counts(Reference& reference, const base::Base& base) {
  Html& html = reference.html();
  html.raw(
      "<section aria-labelledby=\"evidence_\"><h2 id=\"evidence_\">What it rests on</h2>\n<p>A statement is <span "
      "class=\"confirmed\">\u2713 confirmed</span> if whoever wrote it down read it in the source; one that nobody has read "
      "there is <span class=\"unconfirmed\">\u2717 not confirmed</span>, and a rule of that kind gives possible findings "
      "only.</p>\n"
      "<table><caption>Statements by their strongest confirmed source, strongest first</caption>\n"
      "<thead><tr><th scope=\"col\">Evidence</th><th scope=\"col\">Statements</th></tr></thead>\n<tbody>\n");
  for (std::size_t grade = 0; grade <= static_cast<std::size_t>(Grade::unconfirmed); ++grade) {
    const auto count = std::count_if(reference.statements().begin(), reference.statements().end(),
                                     [&](const Statement& one) { return one.grade == static_cast<Grade>(grade); });
    html.element("<tr><th scope=\"row\">", text_of(base, "grade", name(static_cast<Grade>(grade))), "</th><td>");
    html.raw(std::to_string(count) + "</td></tr>\n");
  }
  html.raw("</tbody></table>\n");
  bool first = true;
  for (const Statement& statement : reference.statements()) {
    if (statement.grade != Grade::unconfirmed) continue;
    html.raw(first ? "<p>Not confirmed: " : ", ");
    reference.link_to(statement);
    first = false;
  }
  html.raw(first ? "</section>\n" : "</p></section>\n");
}

void write_line(Reference& reference, const base::Base& base, const Item& item) {
  Html& html = reference.html();
  html.raw("<li>");
  reference.link(item.kind, item.id, title_of(item));
  std::string more;
  const auto add = [&](std::string_view text) {
    if (!text.empty() && text != title_of(item)) (more += more.empty() ? "" : ", ") += text;
  };
  auto see_name = [&](std::string_view name) { add(name); };
  auto see_code = [&](std::string_view system, std::string_view code) {
    add(std::string{code_system(system)} + ' ' + std::string{code});
  };
  if (item.kind == "rule") {
    const base::Rule& rule = base.rules[static_cast<std::size_t>(base.rule_named(item.id))];
    add(severity_text(base, rule.severity));
    add(text_of(base, "topic", name(rule.topic)));
  } else {
    if (item.kind == "source") add(item.id);
    knowledge::for_each_name(*item.node, see_name);
    knowledge::for_each_code(*item.node, see_code);
  }
  if (!more.empty()) html.element(" <span class=\"faint\">", more, "</span>");
  html.raw("</li>\n");
}

std::string index_page(Reference& reference, const base::Base& base, const std::vector<Group>& groups) {
  Html& html = reference.html();
  html.open_page("Magnesia: reference of the knowledge", more_style, script_digest);
  write_header(reference, base, "Reference of the knowledge", groups);
  html.raw("<nav aria-label=\"Contents\"><ul>\n");
  for (const Group& group : groups) {
    html.element("<li><a href=\"#", group.kind.name, "_\">");
    html.element("", group.kind.heading, "</a> (" + std::to_string(group.items.size()) + ")</li>\n");
  }
  html.raw("</ul></nav>\n<main id=\"main_\">\n");
  write_counts(reference, base);
  html.raw(
      "<p id=\"filter_\" hidden><label for=\"query_\">Show only what has in its name, synonyms or codes</label><br>"
      "<input id=\"query_\" type=\"search\" autocomplete=\"off\"> <span id=\"count_\" role=\"status\"></span></p>\n");
  for (const Group& group : groups) {
    const std::string id = std::string{group.kind.name} + '_';
    html.element("<section class=\"entries\" aria-labelledby=\"", id, "\"><h2 id=\"");
    html.element("", id, "\">");
    html.element("<a href=\"" + page_of(group.kind.name) + "\">", group.kind.heading, "</a></h2>\n<ul class=\"toc\">\n");
    for (const Item* const item : group.items) write_line(reference, base, *item);
    html.raw("</ul></section>\n");
  }
  html.raw("</main>\n<script>");
  html.raw(script);
  html.raw("</script>\n");
  html.close_page();
  return html.take();
}

bool is_unconfirmed(const std::vector<Statement>& statements, const Item& item) {
  return std::any_of(statements.begin(), statements.end(), [&](const Statement& one) {
    return one.item == &item && one.part.empty() && one.grade == Grade::unconfirmed;
  });
}

std::string kind_page(Reference& reference, const base::Base& base, const std::vector<Group>& groups, const Group& group) {
  Html& html = reference.html();
  html.open_page("Magnesia: " + std::string{group.kind.heading}, more_style);
  write_header(reference, base, group.kind.heading, groups);
  html.raw("<nav aria-label=\"On this page\"><ul class=\"toc\">\n");
  for (const Item* const item : group.items) {
    html.element("<li><a href=\"#", item->id, "\">");
    html.element("", title_of(*item), "</a></li>\n");
  }
  html.raw("</ul></nav>\n<main id=\"main_\">\n");
  for (const Item* const item : group.items) {
    html.element("<article id=\"", item->id, "\"><h2>");
    html.element("", title_of(*item), "</h2>\n");
    if (!item->name.empty()) html.element("<p><code>", item->id, "</code></p>\n");
    if (is_unconfirmed(reference.statements(), *item))
      html.element("<p class=\"unconfirmed\">\u2717 ", text_of(base, "grade", name(Grade::unconfirmed)), "</p>\n");
    (reference.*group.kind.write)(*item);
    html.raw("</article>\n");
  }
  if (group.kind.name == "salt") reference.salt_groups();
  html.raw("</main>\n");
  html.close_page();
  return html.take();
}

}  // namespace

std::vector<ReferencePage> reference_of(const Knowledge& knowledge, std::span<const knowledge::Case> cases) {
  const base::Base& base = *knowledge.base();
  Reference reference{base, cases};
  const std::vector<Group> groups = groups_of(reference.documents());
  std::vector<ReferencePage> pages{{"index.html", index_page(reference, base, groups)}};
  for (const Group& group : groups) pages.push_back({page_of(group.kind.name), kind_page(reference, base, groups, group)});
  return pages;
}

}  // namespace magnesia::report
