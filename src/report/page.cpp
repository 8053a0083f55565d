#include "report/page.hpp"

#include "report/layout.hpp"

namespace magnesia::report {

namespace {

// Colours keep a contrast of 4.5 : 1 on their ground in both schemes (WCAG 2.2, 1.4.3); a severity is always a word too.
constexpr std::string_view shared_style = R"(
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

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : printable(text)) {
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

void Html::open_page(std::string_view title, std::string_view more_style, std::string_view script_source) {
  raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'");
  if (!script_source.empty()) (out_ += "; script-src ") += script_source;
  raw("\">\n");
  element("<title>", title, "</title>\n<style>");
  raw(shared_style);
  raw(more_style);
  raw("</style>\n</head>\n<body>\n");
}

void Html::write_footer(const Assessment& assessment) {
  raw("<footer class=\"faint\">\n");
  const KnowledgeIdentity identity = assessment.knowledge();
  key("<p>", "section.knowledge", ": ");
  text(identity.id);
  element(" ", identity.version, "");
  element(" (", identity.sha256.substr(0, 12), ")</p>\n");
  for (const std::string_view overlay : assessment.overlays()) {
    key("<p>", "section.overlays", ": ");
    element("", overlay, "</p>\n");
  }
  raw("</footer>\n");
}

void Html::open_section(std::string_view id, std::string_view key) {
  for (const std::string_view part : {std::string_view{"<section aria-labelledby=\""}, id, std::string_view{"\"><h2 id=\""}, id})
    raw(part);
  element("\">", base_.text(key), "</h2>\n");
}

void Html::part(std::string_view label, std::string_view content, std::string_view open) {
  if (content.empty()) return;
  key("<dt>", label, "</dt>");
  element(open, content, "</dd>\n");
}

}  // namespace magnesia::report
