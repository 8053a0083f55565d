// docs/contract.md, "Out: an assessment". Straight from the workspace: nothing is copied on the way into the caller's string.
#include "magnesia/report.hpp"

#include "report/append.hpp"
#include "report/names.hpp"
#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia {

using detail::Record;
using detail::Workspace;
using report::append_as_string;
using report::append_string;
using report::append_value;

namespace {

// A number between two bounds, or one that is certain, with its unit.
void append_amount(std::string& out, const Interval<Exact>& value) {
  out += '{';
  report::append_bounds(out, value);
  out += R"(,"unit":"mg"})";
}

// Elements with commas between them.
template <class Range, class Append>
void append_list(std::string& out, const Range& range, Append append) {
  out += '[';
  bool first = true;
  for (const auto& one : range) {
    if (!first) out += ',';
    first = false;
    append(one);
  }
  out += ']';
}

void append_source(std::string& out, const Source& source) {
  out += R"({"id":)";
  append_string(out, source.id);
  out += R"(,"grade":")";
  out += name(source.grade);
  out += R"(","title":)";
  append_string(out, source.title);
  out += R"(,"publisher":)";
  append_string(out, source.publisher);
  out += R"(,"locator":)";
  append_string(out, source.locator);
  out += source.confirmed ? R"(,"confirmed":true})" : R"(,"confirmed":false})";
}

void append_used(std::string& out, const Used& used) {
  out += R"({"fact":)";
  append_string(out, used.fact);
  if (!used.concept_name.empty()) {
    out += R"(,"concept":)";
    append_string(out, used.concept_name);
  }
  if (used.needs) {
    const Rounding danger = report::danger_of(used.fact);
    out += ',';
    append_value(out, used.value, danger);
    out += R"(,"unit":)";
    append_string(out, used.unit);
    out += R"(,"needs":)";
    report::append_number(out, *used.needs, danger == Rounding::up ? Rounding::down : Rounding::up);
  }
  if (!used.relation.empty()) {
    out += R"(,"relation":)";
    append_string(out, used.relation);
  }
  out += used.truth == Tri::yes ? R"(,"truth":"yes"})" : R"(,"truth":"unknown"})";
}

void append_change(std::string& out, const Change& change) {
  static constexpr std::array<std::string_view, 6> kinds{"none", "time", "amount", "total", "salt", "know"};
  out += R"({"kind":")";
  out += kinds[static_cast<std::size_t>(change.kind)];
  out += R"(","text":)";
  append_string(out, change.text);
  if (change.product) {
    out += R"(,"subject":"magnesium[)";
    append_decimal(out, *change.product, 0);
    out += R"(]")";
  }
  if (change.time) {
    out += R"(,"time":")";
    words::append_time(out, *change.time);
    out += '"';
  }
  if (change.amount) {
    out += R"(,"amount":{"value":)";
    report::append_number(out, change.amount->base(), Rounding::down);
    out += R"(,"unit":"mg"})";
  }
  out += '}';
}

void append_finding(std::string& out, const Workspace& workspace, const Record& record) {
  const base::Rule& rule = workspace.base->rules[record.rule];
  const auto sentence = [&](std::string_view key, const base::Template& words) {
    out += key;
    append_as_string(out, [&](std::string& to) { words::append_sentence(to, workspace, record, words); });
  };
  out += R"({"rule":)";
  append_string(out, rule.id);
  out += R"(,"topic":")";
  out += name(rule.topic);
  out += R"(","severity":")";
  out += name(rule.severity);
  out += R"(","status":")";
  out += name(record.status);
  out += R"(","grade":")";
  out += name(rule.grade);
  out += R"(","subject":[)";
  if (record.medication >= 0) append_as_string(out, [&](std::string& to) { words::append_medication(to, workspace, record); });
  if (record.medication >= 0 && record.product >= 0) out += ',';
  if (record.product >= 0) append_as_string(out, [&](std::string& to) { words::append_product(to, workspace, record); });
  out += ']';
  sentence(R"(,"message":)", rule.message);
  sentence(R"(,"action":)", rule.action);
  if (!rule.mechanism.empty()) sentence(R"(,"mechanism":)", rule.mechanism);
  if (!rule.monitoring.empty()) sentence(R"(,"monitoring":)", rule.monitoring);
  out += R"(,"because":[)";
  bool first = true;
  words::for_each_used(workspace, record, [&](const Used& used) {
    if (!first) out += ',';
    first = false;
    append_used(out, used);
  });
  out += R"(],"sources":)";
  append_list(out, rule.citations,
              [&](const base::Citation& citation) { append_source(out, words::source_of(*workspace.base, citation)); });
  out += R"(,"smallest_change":)";
  append_change(out, words::smallest_change(workspace, record));
  out += '}';
}

// Returns how many are left out.
std::size_t append_findings(std::string& out, const Workspace& workspace, Severity least) {
  std::size_t written = 0;
  out += R"(,"findings":[)";
  for (const Record& record : workspace.records) {
    if (workspace.base->rules[record.rule].severity < least) break;  // the most severe come first
    if (written++ != 0) out += ',';
    append_finding(out, workspace, record);
  }
  out += ']';
  return workspace.records.size() - written;
}

void append_intake(std::string& out, const Workspace& workspace) {
  const base::Base& base = *workspace.base;
  const facts::Numeric& limit = workspace.person.number(facts::FactId::limit);
  const base::Limit* const authority =
      workspace.authority < 0 ? nullptr : &base.limits[static_cast<std::size_t>(workspace.authority)];
  out += R"(,"intake":{"per_day":)";
  append_amount(out, workspace.person.number(facts::FactId::intake).value);
  out += R"(,"authority":)";
  if (authority == nullptr) {
    out += "null";
  } else {
    out += R"({"id":)";
    append_string(out, authority->id);
    out += R"(,"name":)";
    append_string(out, authority->name);
    out += '}';
  }
  out += R"(,"limit":)";
  if (limit.absent || authority == nullptr) {
    out += "null";
  } else {
    out += '{';
    append_value(out, limit.value, Rounding::down);
    out += R"(,"unit":"mg","authority":)";
    append_string(out, authority->id);
    out += R"(,"source":)";
    append_string(out, authority->citations.empty() ? std::string_view{}
                                                    : std::string_view{base.sources[authority->citations[0].source].id});
    out += R"(,"sources":)";
    append_list(out, authority->citations,
                [&](const base::Citation& citation) { append_source(out, words::source_of(base, citation)); });
    out += '}';
  }
  out += R"(,"by_product":[)";
  std::vector<std::string_view> readings;
  for (std::size_t i = 0; i < workspace.product_count; ++i) {
    const facts::Product& product = workspace.products[i];
    if (i != 0) out += ',';
    out += product.from_medication ? R"({"subject":"medications[)" : R"({"subject":"magnesium[)";
    append_decimal(out, product.entry, 0);
    out += R"(]","product":)";
    append_string(out, product.name);
    out += R"(,"dose":)";
    append_amount(out, product.number(facts::FactId::dose).value);
    out += R"(,"per_day":)";
    append_amount(out, product.number(facts::FactId::per_day).value);
    out += product.counts ? R"(,"counts":true,"readings":)" : R"(,"counts":false,"readings":)";
    readings.clear();
    report::append_readings(readings, base, product.readings);
    append_list(out, readings, [&](std::string_view reading) { append_string(out, reading); });
    out += '}';
  }
  out += "]}";
}

void append_derived(std::string& out, const Workspace& workspace) {
  out += R"(,"derived":{)";
  bool first = true;
  for (const detail::DerivedValue& derived : workspace.derived) {
    const facts::FactInfo& info = facts::info(derived.fact);
    if (!first) out += ',';
    first = false;
    append_string(out, info.id);
    out += ":{";
    append_value(out, derived.value, report::danger_of(info.id));
    out += R"(,"unit":)";
    append_string(out, info.unit);
    out += R"(,"equation":)";
    append_string(out, derived.equation);
    out += R"(,"stage":)";
    if (derived.stage.empty())
      out += "null";
    else
      append_string(out, derived.stage);
    out += R"(,"because":)";
    append_string(out, workspace.base->text(derived.because));
    out += '}';
  }
  out += '}';
}

void append_not_known(std::string& out, const Assessment& assessment) {
  const Workspace& workspace = assessment.workspace();
  std::array<Missing, facts::ask_count> missing;
  const std::size_t asked = words::missing_of(workspace, missing);
  out += R"(,"missing":)";
  append_list(out, std::span{missing}.first(asked), [&](const Missing& one) {
    out += R"({"fact":)";
    append_string(out, one.fact);
    out += R"(,"could_reach":")";
    out += name(one.could_reach);
    out += R"(","question":)";
    append_string(out, one.question);
    out += '}';
  });
  out += R"(,"did_without":)";
  append_list(out, assessment.did_without(), [&](const DidWithout& one) {
    out += R"({"fact":)";
    append_string(out, one.fact);
    out += R"(,"reason":)";
    append_string(out, one.reason);
    out += '}';
  });
  out += R"(,"settled":)";
  append_list(out, assessment.settled(), [&](const Settled& one) {
    out += R"({"fact":)";
    append_string(out, one.fact);
    out += R"(,"at_least":)";
    report::append_number(out, one.at_least, report::danger_of(one.fact));
    out += R"(,"unit":)";
    append_string(out, one.unit);
    out += R"(,"reason":)";
    append_string(out, one.reason);
    out += '}';
  });
  out += R"(,"unrecognised":)";
  append_list(out, workspace.unrecognised, [&](const Unrecognised& one) {
    out += R"({"path":)";
    append_string(out, one.path);
    out += R"(,"text":)";
    append_string(out, one.text);
    out += R"(,"kind":)";
    append_string(out, one.kind);
    out += '}';
  });
}

void append_verdict(std::string& out, const Assessment& assessment) {
  const Workspace& workspace = assessment.workspace();
  out += R"(,"verdict":{"at_least":")";
  out += name(assessment.at_least());
  out += R"(","at_most":")";
  out += name(assessment.at_most());
  out += assessment.decided() ? R"(","decided":true,"headline":)" : R"(","decided":false,"headline":)";
  append_as_string(out, [&](std::string& to) { words::append_headline(to, workspace); });
  out += R"(,"clearance":)";
  if (const auto clearance = assessment.clearance())
    append_string(out, clearance->statement());
  else
    out += "null";
  out += '}';
}

// An assessment that was never made: it says nothing and asks nothing.
constexpr std::string_view never_made =
    R"({"magnesia":"assessment/1","knowledge":null,"as_of":null,"notice":"",)"
    R"("verdict":{"at_least":"none","at_most":"contraindicated","decided":false,"headline":"","clearance":null},)"
    R"("intake":{"per_day":{"low":0,"high":null,"unit":"mg"},"authority":null,"limit":null,"by_product":[]},"findings":[],)"
    R"("left_out":0,"derived":{},"missing":[],"did_without":[],"settled":[],"unrecognised":[]})";

}  // namespace

void append_json(std::string& out, const Assessment& assessment, ReportOptions options) {
  const Workspace& workspace = assessment.workspace();
  if (!workspace.base) {
    out += never_made;
    return;
  }
  const base::Base& base = *workspace.base;
  out += R"({"magnesia":"assessment/1","knowledge":{"id":)";
  append_string(out, base.id);
  out += R"(,"version":)";
  append_string(out, base.version);
  out += R"(,"sha256":)";
  append_string(out, base.sha256);
  out += R"(,"overlays":)";
  append_list(out, base.overlays, [&](const base::Overlay& overlay) { append_string(out, overlay.summary); });
  out += workspace.as_of.ok() ? R"(},"as_of":")" : R"(},"as_of":null)";
  if (workspace.as_of.ok()) {
    report::append_day(out, workspace.as_of);
    out += '"';
  }
  out += R"(,"notice":)";
  append_string(out, base.text("notice"));
  append_verdict(out, assessment);
  append_intake(out, workspace);
  const std::size_t left_out = append_findings(out, workspace, options.min_severity);
  out += R"(,"left_out":)";
  append_decimal(out, static_cast<std::int64_t>(left_out), 0);
  append_derived(out, workspace);
  append_not_known(out, assessment);
  out += '}';
}

std::string to_json(const Assessment& assessment, ReportOptions options) {
  std::string out;
  append_json(out, assessment, options);
  return out;
}

}  // namespace magnesia
