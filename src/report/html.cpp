// A page that needs nothing else.
#include "magnesia/report.hpp"
#include "report/names.hpp"
#include "report/page.hpp"
#include "report/view.hpp"
#include "words/words.hpp"

namespace magnesia {

using report::FindingView;
using report::Html;
using report::Line;
using report::View;

namespace {

void write_references(Html& html, const FindingView& finding) {
  if (finding.references.empty()) return;
  html.key("<dt>", "label.source", "</dt><dd>");
  for (const report::CitedPlace& reference : finding.references) {
    const std::string number = std::to_string(reference.number);
    if (&reference != &finding.references.front()) html.raw("; ");
    html.element("<a href=\"#source-", number, "\">[");
    html.element("", number, "]</a> ");
    html.text(reference.locator);
    if (!reference.confirmed) html.key(" (", "sources.unconfirmed", ")");
  }
  html.raw("</dd>\n");
}

void write_finding(Html& html, const FindingView& finding) {
  const std::string_view severity = name(finding.severity);
  html.raw("<article class=\"" + std::string{severity} + "\"><h3><span class=\"severity\">");
  html.text(report::severity_text(html.base(), finding.severity));
  html.element("</span> · ", finding.topic, "");
  for (const std::string& subject : finding.subjects)
    html.element(&subject == &finding.subjects.front() ? ": " : "; ", subject, "");
  html.raw("</h3>\n<div style=\"color:var(--text)\">");
  html.element("<p>", finding.message, "</p>\n<dl>\n");
  html.part("label.action", finding.action, "<dd class=\"do\">");
  for (const std::string& change : finding.changes) html.part("label.change", change);
  for (const std::string& remark : finding.remarks) html.part("label.change", remark);
  html.part("label.monitoring", finding.monitoring);
  html.part("label.mechanism", finding.mechanism);
  write_references(html, finding);
  html.part("label.rule", finding.rule);
  html.raw("</dl></div></article>\n");
}

void write_findings(Html& html, std::string_view id, std::string_view key, const std::vector<FindingView>& findings) {
  if (findings.empty()) return;
  html.open_section(id, key);
  for (const FindingView& finding : findings) write_finding(html, finding);
  html.raw("</section>\n");
}

void write_lines(Html& html, std::string_view id, std::string_view key, const std::vector<Line>& lines) {
  if (lines.empty()) return;
  html.open_section(id, key);
  html.raw("<dl>\n");
  for (const Line& line : lines) {
    html.element("<dt>", line.what, "</dt>");
    html.element("<dd>", line.text, "</dd>\n");
  }
  html.raw("</dl></section>\n");
}

void write_missing(Html& html, const std::vector<Line>& missing) {
  if (missing.empty()) return;
  html.open_section("missing", "section.missing");
  html.raw("<ol>\n");
  for (const Line& line : missing) {
    std::string ask;
    words::append_text(ask, html.base(), "missing.ask", {{"question", line.text}, {"severity", line.what}});
    html.element("<li>", ask, "</li>\n");
  }
  html.raw("</ol></section>\n");
}

void write_intake(Html& html, const View& view) {
  html.open_section("intake", "section.intake");
  html.raw("<table>");
  if (!view.limit.empty()) html.element("<caption>", view.limit, "</caption>");
  html.key("\n<thead><tr><th scope=\"col\">", "label.product", "</th>");
  html.key("<th scope=\"col\">", "label.dose", "</th>");
  html.key("<th scope=\"col\">", "label.per-day", "</th></tr></thead>\n<tbody>\n");
  for (const report::ProductView& product : view.products) {
    html.element("<tr><th scope=\"row\">", product.name, "");
    for (const std::string& remark : product.remarks) html.element("<br>", remark, "");
    for (const std::string_view reading : product.readings) html.element("<br><span class=\"faint\">", reading, "</span>");
    html.element("</th><td>", product.dose, "</td>");
    html.element("<td>", product.per_day, "</td></tr>\n");
  }
  html.key("</tbody>\n<tfoot><tr><th scope=\"row\">", "label.total", "</th><td></td>");
  html.element("<td>", view.intake, "</td></tr></tfoot></table></section>\n");
}

void write_sources(Html& html, const View& view) {
  if (view.sources.empty()) return;
  html.open_section("sources", "section.sources");
  html.raw("<ol>\n");
  std::size_t number = 0;
  for (const auto& [source, locators] : view.sources) {
    html.raw("<li id=\"source-" + std::to_string(++number) + "\">");
    html.text(source.title);
    if (!source.publisher.empty()) html.element(". ", source.publisher, "");
    html.element(" <span class=\"faint\">(", report::text_of(html.base(), "grade", name(source.grade)), ")</span></li>\n");
  }
  html.raw("</ol></section>\n");
}

}  // namespace

std::string to_html(const Assessment& assessment, ReportOptions options) {
  if (!assessment.workspace().base) return {};
  const View view = report::view_of(assessment, options.min_severity);
  const std::string headline = assessment.headline();
  Html html{*assessment.workspace().base};
  html.open_page(headline);
  html.raw("<header>\n<h1 class=\"");
  html.raw(name(assessment.at_most()));
  html.element("\">", headline, "</h1>\n");
  if (assessment.at_least() == assessment.at_most()) html.element("<p>", view.range, "</p>\n");  // else the headline says it
  if (!view.day.empty()) html.element("<p>", view.day, "</p>\n");
  if (const auto clearance = assessment.clearance()) html.element("<p>", clearance->statement(), "</p>\n");
  html.element("<p class=\"faint\">", view.notice, "</p>\n</header>\n<main>\n");

  write_missing(html, view.missing);
  write_lines(html, "unrecognised", "section.unrecognised", view.unrecognised);
  if (view.established.empty() && view.possible.empty()) {
    html.open_section("findings", "section.findings");
    html.key("<p>", "findings.none", "</p></section>\n");
  }
  write_findings(html, "findings", "section.findings", view.established);
  write_findings(html, "possible", "section.possible", view.possible);
  if (!view.left_out.empty()) html.element("<p class=\"faint\">", view.left_out, "</p>\n");
  write_intake(html, view);
  write_lines(html, "derived", "section.derived", view.derived);
  write_lines(html, "settled", "section.settled", view.settled);
  write_lines(html, "did-without", "section.did-without", view.did_without);
  write_sources(html, view);
  html.raw("</main>\n");
  html.write_footer(assessment);
  html.close_page();
  return html.take();
}

}  // namespace magnesia
