// docs/contract.md, "Out: an assessment". Straight from the workspace: nothing is copied on the way into the caller's string.
#include "magnesia/report.hpp"

#include "report/append.hpp"
#include "report/names.hpp"
#include "report/prepared.hpp"
#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia {

using detail::Record;
using detail::Workspace;
using report::append_value;

namespace {

// What is written to, and memory for words that are put together before they are written.
struct Out : json::Output {
  explicit Out(std::string& to) : json::Output{to} { words.reserve(250); }
  std::string words;
};

// What `append(words)` appends, as a JSON string.
template <class Append>
void append_as_string(Out& out, Append append) {
  out.words.clear();
  append(out.words);
  out.string(out.words);
}

// A number between two bounds, or one that is certain, with its unit.
void append_amount(Out& out, const Interval<Exact>& value) {
  out += '{';
  report::append_bounds(out, value);
  out += R"(,"unit":"mg"})";
}

// Elements with commas between them: those with which `for_each` calls what it is given.
template <class ForEach, class Append>
void append_each(Out& out, ForEach for_each, Append append) {
  out += '[';
  bool first = true;
  for_each([&](const auto& one) {
    if (!first) out += ',';
    first = false;
    append(one);
  });
  out += ']';
}
template <class Range, class Append>
void append_list(Out& out, const Range& range, Append append) {
  append_each(
      out,
      [&](auto see) {
        for (const auto& one : range) see(one);
      },
      append);
}

void append_used(Out& out, const Used& used) {
  out += R"({"fact":)";
  out.string(used.fact);
  if (!used.concept_name.empty()) {
    out += R"(,"concept":)";
    out.string(used.concept_name);
  }
  if (used.needs) {
    const Rounding danger = report::danger_of(used.fact);
    out += ',';
    append_value(out, used.value, danger);
    out += R"(,"unit":)";
    out.string(used.unit);
    out += R"(,"needs":)";
    report::append_number(out, *used.needs, danger == Rounding::up ? Rounding::down : Rounding::up);
  }
  if (!used.relation.empty()) {
    out += R"(,"relation":)";
    out.string(used.relation);
  }
  out += used.truth == Tri::yes ? R"(,"truth":"yes"})" : R"(,"truth":"unknown"})";
}

void append_change(Out& out, const Change& change) {
  static constexpr std::array<std::string_view, 6> kinds{"none", "time", "amount", "total", "salt", "know"};
  out += R"({"kind":")";
  out += kinds[static_cast<std::size_t>(change.kind)];
  out += R"(","text":)";
  out.string(change.text);
  if (change.product) {
    out += R"(,"subject":"magnesium[)";
    out.integer(*change.product);
    out += R"(]")";
  }
  if (change.time) {
    out += R"(,"time":")";
    out.words.clear();
    words::append_time(out.words, *change.time);
    out += out.words;
    out += '"';
  }
  if (change.amount) {
    out += R"(,"amount":{"value":)";
    report::append_number(out, change.amount->base(), Rounding::down);
    out += R"(,"unit":"mg"})";
  }
  out += '}';
}

void append_finding(Out& out, const Workspace& workspace, const Record& record, words::Changes& changes) {
  const report::Prepared::Rule& rule = workspace.base->prepared->rules[record.rule];
  out += rule.head;
  out += name(record.status);
  out += rule.grade;
  if (record.medication >= 0) append_as_string(out, [&](std::string& to) { words::append_medication(to, workspace, record); });
  if (record.medication >= 0 && record.product >= 0) out += ',';
  if (record.product >= 0) append_as_string(out, [&](std::string& to) { words::append_product(to, workspace, record); });
  for (const report::Prepared::Piece& piece : rule.words) {
    if (piece.slot.empty()) {
      out += piece.json;
    } else {
      out.words.clear();
      words::append_slot(out.words, workspace, record, piece.slot);
      out.characters(out.words);
    }
  }
  append_each(
      out, [&](auto see) { words::for_each_used(workspace, record, see); }, [&](const Used& used) { append_used(out, used); });
  out += rule.sources;
  append_change(out, changes.smallest(record));
  out += '}';
}

// Returns how many are left out.
std::size_t append_findings(Out& out, const Workspace& workspace, Severity least) {
  words::Changes changes{workspace};
  std::size_t written = 0;
  out += R"(,"findings":[)";
  for (const Record& record : workspace.records) {
    if (workspace.base->rules[record.rule].severity < least) break;  // the most severe come first
    if (written++ != 0) out += ',';
    append_finding(out, workspace, record, changes);
  }
  out += ']';
  return workspace.records.size() - written;
}

void append_intake(Out& out, const Workspace& workspace) {
  const base::Base& base = *workspace.base;
  const facts::Numeric& limit = workspace.person.number(facts::FactId::limit);
  const report::Prepared::Limit* const authority =
      workspace.authority < 0 ? nullptr : &base.prepared->limits[static_cast<std::size_t>(workspace.authority)];
  out += R"(,"intake":{"per_day":)";
  append_amount(out, workspace.person.number(facts::FactId::intake).value);
  out += R"(,"authority":)";
  out += authority == nullptr ? std::string_view{"null"} : std::string_view{authority->authority};
  out += R"(,"limit":)";
  if (limit.absent || authority == nullptr) {
    out += "null";
  } else {
    out += '{';
    append_value(out, limit.value, Rounding::down);
    out += R"(,"unit":"mg")";
    out += authority->sources;
  }
  out += R"(,"by_product":[)";
  std::vector<std::string_view> readings;
  for (std::size_t i = 0; i < workspace.product_count; ++i) {
    const facts::Product& product = workspace.products[i];
    if (i != 0) out += ',';
    out += product.from_medication ? R"({"subject":"medications[)" : R"({"subject":"magnesium[)";
    out.integer(product.entry);
    out += R"(]","product":)";
    out.string(product.name);
    out += R"(,"dose":)";
    append_amount(out, product.number(facts::FactId::dose).value);
    out += R"(,"per_day":)";
    append_amount(out, product.number(facts::FactId::per_day).value);
    out += product.counts ? R"(,"counts":true,"readings":)" : R"(,"counts":false,"readings":)";
    readings.clear();
    readings.reserve(product.readings.size());
    report::append_readings(readings, base, product.readings);
    append_list(out, readings, [&](std::string_view reading) { out.string(reading); });
    out += '}';
  }
  out += "]}";
}

void append_derived(Out& out, const Workspace& workspace) {
  out += R"(,"derived":{)";
  bool first = true;
  for (const detail::DerivedValue& derived : workspace.derived) {
    const facts::FactInfo& info = facts::info(derived.fact);
    if (!first) out += ',';
    first = false;
    out.string(info.id);
    out += ":{";
    append_value(out, derived.value, report::danger_of(derived.fact));
    out += R"(,"unit":)";
    out.string(info.unit);
    out += R"(,"equation":)";
    out.string(derived.equation);
    out += R"(,"stage":)";
    if (derived.stage.empty())
      out += "null";
    else
      out.string(derived.stage);
    out += R"(,"because":)";
    out.string(workspace.base->text(derived.because));
    out += '}';
  }
  out += '}';
}

void append_not_known(Out& out, const Assessment& assessment) {
  const Workspace& workspace = assessment.workspace();
  std::array<Missing, facts::ask_count> missing;
  const std::size_t asked = words::missing_of(workspace, missing);
  out += R"(,"missing":)";
  append_list(out, std::span{missing}.first(asked), [&](const Missing& one) {
    out += R"({"fact":)";
    out.string(one.fact);
    out += R"(,"could_reach":")";
    out += name(one.could_reach);
    out += R"(","question":)";
    out.string(one.question);
    out += '}';
  });
  out += R"(,"did_without":)";
  append_each(
      out,
      [&](auto see) {
        for (std::size_t fact = 0; fact < facts::measured_fact_count; ++fact)
          if ((workspace.did_without >> fact & 1U) != 0) see(workspace.base->prepared->did_without[fact]);
      },
      [&](std::string_view one) { out += one; });
  out += R"(,"settled":)";
  append_list(out, assessment.settled(), [&](const Settled& one) {
    out += R"({"fact":)";
    out.string(one.fact);
    out += R"(,"at_least":)";
    report::append_number(out, one.at_least, report::danger_of(one.fact));
    out += R"(,"unit":)";
    out.string(one.unit);
    out += R"(,"reason":)";
    out.string(one.reason);
    out += '}';
  });
  out += R"(,"unrecognised":)";
  append_list(out, workspace.unrecognised, [&](const Unrecognised& one) {
    out += R"({"path":)";
    out.string(one.path);
    out += R"(,"text":)";
    out.string(one.text);
    out += R"(,"kind":)";
    out.string(one.kind);
    out += '}';
  });
}

void append_verdict(Out& out, const Assessment& assessment) {
  const Workspace& workspace = assessment.workspace();
  out += R"(,"verdict":{"at_least":")";
  out += name(assessment.at_least());
  out += R"(","at_most":")";
  out += name(assessment.at_most());
  out += assessment.decided() ? R"(","decided":true,"headline":)" : R"(","decided":false,"headline":)";
  append_as_string(out, [&](std::string& to) { words::append_headline(to, workspace); });
  out += R"(,"clearance":)";
  if (const auto clearance = assessment.clearance())
    out.string(clearance->statement());
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

void append_assessment(Out& out, const Assessment& assessment, ReportOptions options) {
  const Workspace& workspace = assessment.workspace();
  const report::Prepared& prepared = *workspace.base->prepared;
  out += prepared.head;
  if (workspace.as_of.ok()) {
    out.words.clear();
    report::append_day(out.words, workspace.as_of);
    out.string(out.words);
  } else {
    out += "null";
  }
  out += prepared.notice;
  append_verdict(out, assessment);
  append_intake(out, workspace);
  const std::size_t left_out = append_findings(out, workspace, options.min_severity);
  out += R"(,"left_out":)";
  out.integer(static_cast<std::int64_t>(left_out));
  append_derived(out, workspace);
  append_not_known(out, assessment);
  out += '}';
}

}  // namespace

void append_json(std::string& out, const Assessment& assessment, ReportOptions options) {
  if (!assessment.workspace().base) {
    out += never_made;
    return;
  }
  Out json{out};
  append_assessment(json, assessment, options);
  json.finish();
}

std::string to_json(const Assessment& assessment, ReportOptions options) {
  std::string out;
  append_json(out, assessment, options);
  return out;
}

}  // namespace magnesia
