// A page that needs nothing else.
#include "magnesia/report.hpp"
#include "report/layout.hpp"
#include "report/names.hpp"
#include "report/view.hpp"
#include "words/words.hpp"

namespace magnesia {

using base::Base;
using report::FindingView;
using report::Line;
using report::View;

namespace {

// Colours keep a contrast of 4.5 : 1 on their ground in both schemes (WCAG 2.2, 1.4.3); a severity is always a word too.
constexpr std::string_view style = R"(
:root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--faint:#555;--line:#c8c8c8;--contraindicated:#8b0000;--major:#b3261e;--moderate:#7a4f00;--minor:#00547a;--none:#1e6130}
@media(prefers-color-scheme:dark){:root{--ground:#161616;--text:#eaeaea;--faint:#b0b0b0;--line:#484848;--contraindicated:#ff9d9d;--major:#ff8a80;--moderate:#f0bf60;--minor:#80c8f0;--none:#8fd6a0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.3}
h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:1.5rem 0 .25rem}
p,dl,ol,ul{margin:.4rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem .8rem}
dt{color:var(--faint)}
dd{margin:0}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--faint)}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);font-weight:normal}
thead th,tfoot th,tfoot td{font-weight:bold}
article{border-left:.3rem solid var(--line);padding-left:.8rem}
.faint{color:var(--faint)}
.do{font-weight:bold}
.severity{text-transform:uppercase;letter-spacing:.03em}
.contraindicated{color:var(--contraindicated);border-color:var(--contraindicated)}
.major{color:var(--major);border-color:var(--major)}
.moderate{color:var(--moderate);border-color:var(--moderate)}
.minor{color:var(--minor);border-color:var(--minor)}
.none{color:var(--none);border-color:var(--none)}
@media print{:root{--ground:#fff;--text:#000;--faint:#333}body{max-width:none;padding:0;font-size:10pt}article,tr{break-inside:avoid}h2,h3{break-after:avoid}}
)";

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : report::printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

// Elements; what stands in them is escaped, and tags and attributes are written here only.
class Html {
 public:
  explicit Html(const Base& base) : base_{base} {}

  void raw(std::string_view markup) { out_ += markup; }
  void text(std::string_view text) { append_escaped(out_, text); }
  void element(std::string_view open, std::string_view content, std::string_view close) {
    raw(open);
    text(content);
    raw(close);
  }
  void key(std::string_view open, std::string_view key, std::string_view close) { element(open, base_.text(key), close); }
  void open_section(std::string_view id, std::string_view key) {
    out_ += "<section aria-labelledby=\"";
    out_ += id;
    out_ += "\"><h2 id=\"";
    out_ += id;
    key_only(key);
    out_ += "</h2>\n";
  }
  void part(std::string_view label, std::string_view content, std::string_view open = "<dd>") {
    if (content.empty()) return;
    key("<dt>", label, "</dt>");
    element(open, content, "</dd>\n");
  }
  [[nodiscard]] const Base& base() const noexcept { return base_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void key_only(std::string_view key) {
    out_ += "\">";
    text(base_.text(key));
  }

  const Base& base_;
  std::string out_;
};

void write_references(Html& html, const FindingView& finding) {
  if (finding.references.empty()) return;
  html.key("<dt>", "label.source", "</dt><dd>");
  for (const report::Reference& reference : finding.references) {
    const std::string number = std::to_string(reference.number);
    if (&reference != &finding.references.front()) html.raw("; ");
    html.raw("<a href=\"#source-" + number + "\">[" + number + "]</a> ");
    html.text(reference.locator);
    if (!reference.confirmed) html.key(" (", "sources.unconfirmed", ")");
  }
  html.raw("</dd>\n");
}

void write_finding(Html& html, const FindingView& finding) {
  const std::string_view severity = name(finding.severity);
  html.raw("<article class=\"" + std::string{severity} + "\"><h3><span class=\"severity\">");
  html.text(finding.severity == Severity::none ? html.base().text("finding.none")
                                               : report::text_of(html.base(), "severity", severity));
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
  html.raw(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
  html.element("<title>", headline, "</title>\n<style>");
  html.raw(style);
  html.raw("</style>\n</head>\n<body>\n<header>\n<h1 class=\"");
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
  html.raw("</main>\n<footer class=\"faint\">\n");
  const KnowledgeIdentity identity = assessment.knowledge();
  html.key("<p>", "section.knowledge", ": ");
  html.text(identity.id);
  html.element(" ", identity.version, "");
  html.element(" (", identity.sha256.substr(0, 12), ")</p>\n");
  for (const std::string_view overlay : assessment.overlays()) {
    html.key("<p>", "section.overlays", ": ");
    html.element("", overlay, "</p>\n");
  }
  html.raw("</footer>\n</body>\n</html>\n");
  return html.take();
}

}  // namespace magnesia
