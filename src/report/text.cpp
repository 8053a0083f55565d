// A report for a terminal.
#include <algorithm>
#include <array>

#include "magnesia/report.hpp"
#include "report/layout.hpp"
#include "report/names.hpp"
#include "report/text_page.hpp"
#include "report/view.hpp"
#include "words/words.hpp"

namespace magnesia {

using base::Base;
using report::FindingView;
using report::Line;
using report::Page;
using report::View;

namespace {

using report::bold;
using report::faint;

std::string_view colour_of(Severity severity) noexcept {
  static constexpr std::array<std::string_view, 5> colours{"32", "36", "33", "1;31", "1;37;41"};
  return colours[static_cast<std::size_t>(severity)];
}

std::string upper(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// "Do: …" in a column of its own, so that the eye finds it.
void write_part(Page& page, const Base& base, std::string_view label, std::string_view text, std::string_view style = {}) {
  if (text.empty()) return;
  std::string line{base.text(label)};
  line += ": ";
  line += text;
  page.text(4, line, style);
}

void write_finding(Page& page, const Base& base, const FindingView& finding) {
  const std::string severity = upper(
      finding.severity == Severity::none ? base.text("finding.none") : report::text_of(base, "severity", name(finding.severity)));
  std::string head{finding.topic};
  for (const std::string& subject : finding.subjects) {
    head += &subject == &finding.subjects.front() ? ": " : "; ";
    head += subject;
  }
  page.entry(2, severity, 2 + report::characters(severity) + 2, head, bold, colour_of(finding.severity));
  page.text(4, finding.message);
  write_part(page, base, "label.action", finding.action, bold);
  for (const std::string& change : finding.changes) write_part(page, base, "label.change", change);
  for (const std::string& remark : finding.remarks) page.text(4, remark);
  write_part(page, base, "label.monitoring", finding.monitoring);
  write_part(page, base, "label.mechanism", finding.mechanism, faint);
  std::string references;
  for (const report::CitedPlace& reference : finding.references) {
    const std::string number = '[' + std::to_string(reference.number) + "] ";
    if (references.find(number) == std::string::npos) references += number;
  }
  write_part(page, base, "label.source", references + std::string{finding.grade}, faint);
  write_part(page, base, "label.rule", finding.rule, faint);
}

void write_findings(Page& page, const Base& base, std::string_view title, const std::vector<FindingView>& findings) {
  if (findings.empty()) return;
  page.section(base.text(title));
  for (const FindingView& finding : findings) {
    if (&finding != &findings.front()) page.blank();
    write_finding(page, base, finding);
  }
}

void write_lines(Page& page, const Base& base, std::string_view title, const std::vector<Line>& lines) {
  if (lines.empty()) return;
  page.section(base.text(title));
  for (const Line& line : lines) {
    std::string text{line.what};
    text += ": ";
    text += line.text;
    page.entry(2, {}, 2, text);
  }
}

void write_missing(Page& page, const Base& base, const std::vector<Line>& missing) {
  if (missing.empty()) return;
  page.section(base.text("section.missing"));
  std::size_t number = 0;
  for (const Line& line : missing) {
    std::string text;
    words::append_text(text, base, "missing.ask", {{"question", line.text}, {"severity", line.what}});
    page.entry(2, std::to_string(++number) + '.', 5, text);
  }
}

void write_intake(Page& page, const Base& base, const View& view) {
  page.section(base.text("section.intake"));
  page.row(base.text("label.product"), base.text("label.dose"), base.text("label.per-day"), faint);
  for (const report::ProductView& product : view.products) {
    page.row(product.name, product.dose, product.per_day);
    for (const std::string& remark : product.remarks) page.text(4, remark);
    for (const std::string_view reading : product.readings) page.text(4, reading, faint);
  }
  page.row(base.text("label.total"), {}, view.intake, bold);
  if (!view.limit.empty()) page.text(2, view.limit, view.above_limit ? bold : std::string_view{});
}

void write_sources(Page& page, const Base& base, const View& view) {
  if (!view.sources.empty()) page.section(base.text("section.sources"));
  std::size_t number = 0;
  for (const report::SourceView& cited : view.sources) {
    std::string text{cited.source.title};
    text += " (";
    if (!cited.source.publisher.empty()) text += std::string{cited.source.publisher} + "; ";
    text += report::text_of(base, "grade", name(cited.source.grade));
    text += ')';
    const std::string head = '[' + std::to_string(++number) + ']';
    const std::size_t column = 2 + head.size() + 1;
    page.entry(2, head, column, text);
    for (const std::string& locator : cited.locators) page.text(column, locator, faint);
  }
}

}  // namespace

std::string to_text(const Assessment& assessment, TextOptions options) {
  if (!assessment.workspace().base) return {};
  const Base& base = *assessment.workspace().base;
  const View view = report::view_of(assessment, options.min_severity);
  Page page{options};
  page.text(0, assessment.headline(), colour_of(assessment.at_most()));
  if (assessment.at_least() == assessment.at_most()) page.text(0, view.range);
  if (!view.day.empty()) page.text(0, view.day);
  if (const auto clearance = assessment.clearance()) page.text(0, clearance->statement());
  page.text(0, view.notice, faint);

  write_missing(page, base, view.missing);
  write_lines(page, base, "section.unrecognised", view.unrecognised);
  if (view.established.empty() && view.possible.empty()) {
    page.section(base.text("section.findings"));
    page.text(2, base.text("findings.none"));
  }
  write_findings(page, base, "section.findings", view.established);
  write_findings(page, base, "section.possible", view.possible);
  if (!view.left_out.empty()) page.text(2, view.left_out);
  write_intake(page, base, view);
  write_lines(page, base, "section.derived", view.derived);
  write_lines(page, base, "section.settled", view.settled);
  write_lines(page, base, "section.did-without", view.did_without);
  write_sources(page, base, view);
  page.section(base.text("section.knowledge"));
  const KnowledgeIdentity identity = assessment.knowledge();
  page.text(2, std::string{identity.id} + ' ' + std::string{identity.version} + " (" +
                   std::string{identity.sha256.substr(0, 12)} + ')');
  for (const std::string_view overlay : assessment.overlays())
    page.text(2, std::string{base.text("section.overlays")} + ": " + std::string{overlay});
  return page.take();
}

std::string to_text(std::span<const Elemental> items, const Knowledge& knowledge, TextOptions options) {
  const Base& base = *knowledge.base();
  Page page{options};
  constexpr std::size_t column = 23;
  for (const Elemental& item : items) {
    if (&item != &items.front()) page.blank();
    page.text(0, item.text, bold);
    std::string amount = report::range_text(base, item.elemental, " mg", 1);
    if (item.elemental.high.finite() || item.elemental.low > Exact{}) {
      amount += ", " + report::range_text(base, item.mmol, " mmol", 2);
      amount += ", " + report::range_text(base, item.meq, " mEq", 2);
    }
    page.entry(2, base.text("label.elemental"), column, amount, bold, faint);
    if (item.fraction)
      page.entry(2, base.text("label.fraction"), column,
                 report::range_text(base, multiply(*item.fraction, Interval<Exact>{Exact{100}}), " %", 2), {}, faint);
    for (const std::string& reading : item.readings) page.text(column, reading, faint);
    page.entry(2, base.text("label.plausible"), column,
               base.text(item.plausible == Tri::yes  ? "plausible.yes"
                         : item.plausible == Tri::no ? "plausible.no"
                                                     : "plausible.unknown"),
               {}, faint);
    if (item.price) page.entry(2, base.text("label.price"), column, report::range_text(base, *item.price, {}, 4), {}, faint);
    for (const std::string& concern : item.concerns) page.text(2, concern, colour_of(Severity::major));
  }
  return page.take();
}

}  // namespace magnesia
