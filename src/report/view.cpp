#include "report/view.hpp"

#include <algorithm>

#include "report/names.hpp"
#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia::report {

using base::Base;
using detail::Record;
using detail::Workspace;
using facts::FactId;
using words::append_text;

namespace {

std::string sentence(const Base& base, std::string_view key, std::initializer_list<words::Slot> slots = {}) {
  std::string out;
  append_text(out, base, key, slots);
  return out;
}

std::string amount(const Base& base, FactId fact, const Interval<Exact>& value) {
  if (value.low == Exact{} && !value.high.finite()) return std::string{base.text("value.unknown")};
  std::string out;
  words::append_value(out, fact, value, base);
  return out;
}

// The number of the source among those of the view, where the locator is noted too.
std::size_t cite(View& view, const Base& base, const Source& source) {
  auto known =
      std::find_if(view.sources.begin(), view.sources.end(), [&](const SourceView& s) { return s.source.id == source.id; });
  if (known == view.sources.end()) known = view.sources.insert(known, {source, {}});
  std::string locator{source.locator};
  if (!source.confirmed) locator += " (" + std::string{base.text("sources.unconfirmed")} + ')';
  if (std::find(known->locators.begin(), known->locators.end(), locator) == known->locators.end())
    known->locators.push_back(std::move(locator));
  return static_cast<std::size_t>(known - view.sources.begin()) + 1;
}

bool says_the_same(const FindingView& a, const FindingView& b) {
  return a.rule == b.rule && a.status == b.status && a.message == b.message && a.action == b.action &&
         a.monitoring == b.monitoring;
}

void add_finding(View& view, const Workspace& workspace, const Record& record) {
  const Base& base = *workspace.base;
  Finding finding = words::finding_of(workspace, record);
  FindingView shown;
  shown.severity = finding.severity;
  shown.status = finding.status;
  shown.topic = text_of(base, "topic", name(finding.topic));
  shown.message = std::move(finding.message);
  shown.action = std::move(finding.action);
  shown.monitoring = std::move(finding.monitoring);
  shown.mechanism = std::move(finding.mechanism);
  shown.rule = base.rules[record.rule].id;
  shown.grade = text_of(base, "grade", name(finding.grade));
  if (std::string subject = subject_of(workspace, record); !subject.empty()) shown.subjects.push_back(std::move(subject));
  const bool a_change = finding.smallest_change.kind != ChangeKind::none && finding.smallest_change.kind != ChangeKind::know;
  if (!finding.smallest_change.text.empty())
    (a_change ? shown.changes : shown.remarks).push_back(std::move(finding.smallest_change.text));
  for (const Source& source : finding.sources)
    shown.references.push_back({cite(view, base, source), source.locator, source.confirmed});

  std::vector<FindingView>& list = shown.status == Status::established ? view.established : view.possible;
  if (list.empty() || !says_the_same(list.back(), shown)) return list.push_back(std::move(shown));
  const auto add_new = [](std::vector<std::string>& to, std::vector<std::string>& from) {
    for (std::string& one : from)
      if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(std::move(one));
  };
  add_new(list.back().subjects, shown.subjects);
  add_new(list.back().changes, shown.changes);
  add_new(list.back().remarks, shown.remarks);
}

void add_findings(View& view, const Workspace& workspace, Severity least) {
  const Base& base = *workspace.base;
  std::size_t shown = 0;
  for (const Status status : {Status::established, Status::possible})  // in the order in which sources are numbered
    for (const Record& record : workspace.records) {
      if (record.status != status || base.rules[record.rule].severity < least) continue;
      add_finding(view, workspace, record);
      ++shown;
    }
  if (shown == workspace.records.size()) return;
  const std::string count = std::to_string(workspace.records.size() - shown);
  view.left_out = sentence(base, "findings.left-out", {{"severity", text_of(base, "severity", name(least))}, {"count", count}});
}

void add_intake(View& view, const Assessment& assessment) {
  const Workspace& workspace = assessment.workspace();
  const Base& base = *workspace.base;
  for (std::size_t i = 0; i < workspace.product_count; ++i) {
    const facts::Product& product = workspace.products[i];
    ProductView& shown = view.products.emplace_back();
    shown.name = product.name.empty() ? base.text("product.any") : std::string_view{product.name};
    shown.dose = amount(base, FactId::dose, product.number(FactId::dose).value);
    shown.per_day = amount(base, FactId::per_day, product.number(FactId::per_day).value);
    if (!product.counts) shown.remarks.push_back(sentence(base, "intake.not-counted", {{"product", shown.name}}));
    append_readings(shown.readings, base, product.readings);
  }
  view.intake = amount(base, FactId::intake, workspace.person.number(FactId::intake).value);

  const facts::Numeric& limit = workspace.person.number(FactId::limit);
  if (workspace.authority < 0) return;
  const base::Limit& authority = base.limits[static_cast<std::size_t>(workspace.authority)];
  for (const base::Citation& citation : authority.citations)
    static_cast<void>(cite(view, base, words::source_of(base, citation)));
  if (limit.absent) {
    view.limit = sentence(base, "intake.no-limit", {{"authority", authority.name}});
    return;
  }
  const bool with_food = authority.covers == base::Covers::all_sources;
  const std::string value = amount(base, FactId::limit, with_food ? Interval<Exact>{limit.value.high} : limit.value);
  view.limit =
      sentence(base, with_food ? "intake.limit-with-food" : "intake.limit", {{"limit", value}, {"authority", authority.name}});
  const Interval<Exact>& intake = workspace.person.number(FactId::intake).value;
  view.above_limit = intake.low > limit.value.high;
  if (!view.above_limit && intake.high <= limit.value.low) return;
  if (!view.above_limit && with_food && intake.high <= limit.value.high) return;  // food is not known, and is not asked
  view.limit += "; ";
  append_text(view.limit, base, view.above_limit ? "intake.above" : "intake.perhaps-above", {{"intake", view.intake}});
}

void add_derived(View& view, const Workspace& workspace) {
  const Base& base = *workspace.base;
  for (const detail::DerivedValue& derived : workspace.derived) {
    std::string text = amount(base, derived.fact, derived.value);
    if (!derived.stage.empty()) text += " (" + std::string{derived.stage} + ')';
    text += ", ";
    text += text_of(base, "equation", derived.equation);
    text += ". ";
    text += base.text(derived.because);
    view.derived.push_back({words::fact_name(base, facts::info(derived.fact).id), std::move(text)});
  }
}

void add_not_known(View& view, const Assessment& assessment) {
  const Base& base = *assessment.workspace().base;
  for (const Missing& one : assessment.missing())
    view.missing.push_back({text_of(base, "severity", name(one.could_reach)), std::string{one.question}});
  for (const DidWithout& one : assessment.did_without())
    view.did_without.push_back({words::fact_name(base, one.fact), std::string{one.reason}});
  for (const Settled& one : assessment.settled()) {
    std::string value = one.at_least.decimal(9);
    value += ' ';
    value += one.unit;
    const std::string_view fact = words::fact_name(base, one.fact);
    view.settled.push_back({fact, sentence(base, "settled.by", {{"fact", fact}, {"value", value}, {"reason", one.reason}})});
  }
  for (const Unrecognised& one : assessment.unrecognised())
    view.unrecognised.push_back({one.text, std::string{text_of(base, "unrecognised", one.kind)} + " (" + one.path + ')'});
}

}  // namespace

View view_of(const Assessment& assessment, Severity min_severity) {
  const Workspace& workspace = assessment.workspace();
  const Base& base = *workspace.base;
  const auto severity = [&](Severity s) { return text_of(base, "severity", name(s)); };
  View view;
  if (assessment.at_least() != assessment.at_most())
    view.range = sentence(base, "verdict.range",
                          {{"at_least", severity(assessment.at_least())}, {"at_most", severity(assessment.at_most())}});
  else
    view.range = sentence(base, assessment.decided() ? "verdict.decided" : "verdict.unrecognised",
                          {{"severity", severity(assessment.at_most())}});
  if (workspace.as_of.ok()) {
    std::string date;
    append_day(date, workspace.as_of);
    view.day = sentence(base, "verdict.as-of", {{"date", date}});
  }
  view.notice = base.text("notice");
  add_findings(view, workspace, min_severity);
  add_intake(view, assessment);
  add_derived(view, workspace);
  add_not_known(view, assessment);
  return view;
}

}  // namespace magnesia::report
