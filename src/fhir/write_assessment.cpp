// An assessment as a Bundle.
#include <algorithm>

#include "base/characters.hpp"
#include "fhir/links.hpp"
#include "fhir/needed_data.hpp"
#include "fhir/uuid.hpp"
#include "fhir/write_bundle.hpp"
#include "magnesia/report.hpp"
#include "magnesia/version.hpp"
#include "report/names.hpp"
#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia::fhir {

namespace {

constexpr std::string_view act_code = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

// The category of http://hl7.org/fhir/ValueSet/detectedissue-category that a topic falls into; none where none fits.
struct Category {
  std::string_view code;
  std::string_view display;
};
Category category_of(Topic topic) noexcept {
  switch (topic) {
    case Topic::dose: return {"DOSE", "Dosage problem"};
    case Topic::renal:
    case Topic::cardiac:
    case Topic::neuromuscular:
    case Topic::gastrointestinal: return {"COND", "Condition Alert"};
    case Topic::laboratory: return {"LAB", "Lab Alert"};
    case Topic::pregnancy: return {"PREG", "Pregnancy Alert"};
    case Topic::age: return {"AGE", "Age Alert"};
    case Topic::timing:
    case Topic::interaction: return {"DRG", "Drug Interaction Alert"};
    case Topic::indication:
    case Topic::label:
    case Topic::data: break;
  }
  return {};
}

std::string_view severity_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::contraindicated:
    case Severity::major: return "high";
    case Severity::moderate: return "moderate";
    case Severity::minor: return "low";
    case Severity::none: break;
  }
  return {};
}

std::string_view status_of(const Assessment& assessment) {
  if (!assessment.workspace().base) return "failure";
  if (!assessment.decided()) return "data-required";
  return assessment.missing().empty() ? "success" : "data-requested";
}

std::string bundle_id(std::string_view content) { return uuid_of({"bundle", content}); }

// "/entry/3/resource/code" as FHIRPath.
std::string path_of(const Origin& origin) {
  std::string out{origin.pointer.starts_with("/entry/")
                      ? std::string_view{"Bundle"}
                      : std::string_view{origin.reference}.substr(0, origin.reference.find('/'))};
  std::string_view rest = origin.pointer;
  while (!rest.empty() && !out.empty()) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, end);
    const bool index = !step.empty() && std::all_of(step.begin(), step.end(), base::is_digit);
    out += index ? '[' : '.';
    out += step;
    if (index) out += ']';
    rest.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::string content_of(const Assessment& assessment, const WriteOptions& options) {
  std::string content = to_json(assessment, {options.min_severity});
  if (options.record == nullptr) return content;
  const auto add = [&](const Origin& origin) {
    content += '\n';
    content += origin.reference;
    content += ' ';
    content += origin.pointer;
  };
  const Record& record = *options.record;
  add(record.patient);
  for (const std::vector<Origin>* const list : {&record.conditions, &record.medications, &record.magnesium})
    std::for_each(list->begin(), list->end(), add);
  for (const Measurement& measurement : record.measurements) add(measurement.origin);
  for (const Note& note : record.notes) {
    add(note.origin);
    content += ' ';
    content += note.found;
    content += ' ';
    content += note.expected;
  }
  return content;
}

BundleWriter::BundleWriter(std::string& out, const Assessment& assessment, const WriteOptions& options, std::string_view content)
    : writer_{out}, assessment_{assessment}, workspace_{assessment.workspace()}, options_{options}, id_{bundle_id(content)} {
  writer_.begin_object();
  writer_.member("resourceType", "Bundle");
  writer_.member("id", id_);
  writer_.member("type", "collection");
  writer_.begin_list("entry");
}

void BundleWriter::finish() {
  if (!issues_.empty()) {
    begin_resource("OperationOutcome", id_of("outcome", 0));
    write_issues(writer_, issues_);
    end_resource();
  }
  writer_.end_array();
  writer_.end_object();
}

std::string BundleWriter::id_of(std::string_view kind, std::size_t number) const {
  return uuid_of({id_, kind, std::to_string(number)});
}

void BundleWriter::begin_resource(std::string_view type, std::string_view id) {
  writer_.begin_object();
  writer_.member("fullUrl", "urn:uuid:" + std::string{id});
  writer_.begin("resource");
  writer_.member("resourceType", type);
  writer_.member("id", id);
}

void BundleWriter::end_resource() {
  writer_.end_object();
  writer_.end_object();
}

bool BundleWriter::write_patient(std::string_view key, bool in_words) {
  const std::string_view reference =
      options_.record == nullptr ? std::string_view{} : usable_reference(options_.record->patient.reference);
  if (reference.empty() && !in_words) return false;
  writer_.reference(key, reference, reference.empty() ? base().text("fhir.person") : std::string_view{});
  return true;
}

std::string_view BundleWriter::order(bool magnesium, int entry) const noexcept {
  if (options_.record == nullptr) return {};
  const std::vector<Origin>& list = magnesium ? options_.record->magnesium : options_.record->medications;
  const auto at = static_cast<std::size_t>(entry);
  return at < list.size() ? usable_reference(list[at].reference) : std::string_view{};
}

void BundleWriter::collect_issues() {
  for (const Unrecognised& one : workspace_.unrecognised)
    report({"warning", "not-supported", std::string{report::text_of(base(), "unrecognised", one.kind)},
            one.path + ": " + one.text, options_.record == nullptr ? std::string{} : path_of({{}, one.path})});
  if (options_.record == nullptr) return;
  // What was skipped says itself that it does not bear on the question; what was unread is among the unrecognised.
  for (const Note& note : options_.record->notes) {
    if (note.outcome != Note::Outcome::incomplete && note.outcome != Note::Outcome::stale) continue;
    std::string place = note.origin.pointer;
    if (!note.found.empty()) place += ": " + note.found;
    report({"warning", note.outcome == Note::Outcome::stale ? "business-rule" : "incomplete", note.expected, std::move(place),
            path_of(note.origin)});
  }
}

void BundleWriter::write_assessment(const std::vector<std::string>& said) {
  if (workspace_.base) collect_issues();
  write_guidance(said);
  if (!workspace_.base) return;
  write_parameters();
  std::size_t number = 0;
  for (const detail::Record& record : workspace_.records)
    if (base().rules[record.rule].severity >= options_.min_severity) write_finding(record, number++);
}

void BundleWriter::write_guidance(const std::vector<std::string>& said) {
  begin_resource("GuidanceResponse", id_of("guidance", 0));
  std::vector<std::string> notes = said;
  std::vector<Missing> missing;
  if (workspace_.base) {
    missing = assessment_.missing();
    notes.push_back(assessment_.headline());
    if (const auto clearance = assessment_.clearance()) notes.push_back(clearance->statement());
    const auto left_out = std::count_if(workspace_.records.begin(), workspace_.records.end(), [&](const detail::Record& record) {
      return base().rules[record.rule].severity < options_.min_severity;
    });
    if (left_out != 0)
      words::append_text(
          notes.emplace_back(), base(), "findings.left-out",
          {{"severity", report::text_of(base(), "severity", name(options_.min_severity))}, {"count", std::to_string(left_out)}});
    notes.emplace_back(base().text("notice"));
  }
  std::string body;
  for (const std::string& note : notes) append_paragraph(body, note);
  for (const Missing& one : missing) append_paragraph(body, one.question);
  if (!body.empty()) writer_.narrative(body);

  const KnowledgeIdentity identity = assessment_.knowledge();
  writer_.begin("moduleCodeableConcept");
  if (!identity.id.empty()) {
    writer_.begin_list("coding");
    writer_.coding(own::knowledge, identity.id, {}, identity.version);
    writer_.end_array();
  }
  std::string module = "Magnesia ";
  module += library_version;
  if (!identity.id.empty())
    module += ", " + std::string{identity.id} + ' ' + std::string{identity.version} + ", sha256 " + std::string{identity.sha256};
  for (const std::string_view overlay : assessment_.overlays()) module += "; " + std::string{overlay};
  writer_.member("text", module);
  writer_.end_object();
  writer_.member("status", status_of(assessment_));
  if (workspace_.base) write_patient("subject", false);
  writer_.day("occurrenceDateTime", workspace_.as_of);
  if (!notes.empty()) {
    writer_.begin_list("note");
    for (const std::string& note : notes) {
      writer_.begin_object();
      writer_.member("text", note);
      writer_.end_object();
    }
    writer_.end_array();
  }
  if (!issues_.empty()) {
    writer_.begin_list("evaluationMessage");
    writer_.reference({}, "urn:uuid:" + id_of("outcome", 0));
    writer_.end_array();
  }
  if (workspace_.base) writer_.reference("outputParameters", "urn:uuid:" + id_of("parameters", 0));
  if (!missing.empty()) {
    writer_.begin_list("dataRequirement");
    for (const Missing& one : missing) write_needed(one);
    writer_.end_array();
  }
  end_resource();
}

void BundleWriter::write_needed(const Missing& missing) {
  const NeededData* const needed = needed_data_of(missing.fact);
  writer_.begin_object();
  writer_.begin_list("extension");
  writer_.code_extension(own::fact, missing.fact);
  if (!missing.question.empty()) writer_.string_extension(own::question, missing.question);
  writer_.code_extension(own::could_reach, name(missing.could_reach));
  writer_.end_array();
  writer_.member("type", needed == nullptr ? std::string_view{"Basic"} : needed->type);
  if (needed != nullptr) {
    writer_.begin_list("mustSupport");
    for (const std::string_view element : needed->must_have)
      if (!element.empty()) writer_.string(element);
    writer_.end_array();
    if (needed->type == "Observation") write_codes(missing.fact);
  }
  writer_.end_object();
}

// The codes of the measurements that tell a fact.
void BundleWriter::write_codes(std::string_view fact) {
  std::vector<std::string_view> codes;
  for (std::size_t i = 0; i < facts::bounded_count; ++i)
    if (tells(facts::bounded_info(i).id, fact))
      for (const std::string& code : base().record_terms.measurements[i].codes) codes.push_back(code);
  if (codes.empty()) return;
  writer_.begin_list("codeFilter");
  writer_.begin_object();
  writer_.member("path", "code");
  writer_.begin_list("code");
  for (const std::string_view code : codes) writer_.coding(code.substr(0, code.find('|')), code.substr(code.find('|') + 1));
  writer_.end_array();
  writer_.end_object();
  writer_.end_array();
}

void BundleWriter::write_parameters() {
  begin_resource("Parameters", id_of("parameters", 0));
  writer_.begin_list("parameter");
  const auto begin = [&](std::string_view name) {
    writer_.begin_object();
    writer_.member("name", name);
  };
  const auto code = [&](std::string_view name, std::string_view value) {
    begin(name);
    writer_.member("valueCode", value);
    writer_.end_object();
  };
  const auto amount = [&](std::string_view name, const Interval<Exact>& value, std::string_view unit, Rounding danger) {
    begin(name);
    writer_.value_of(value, unit, danger);
    writer_.end_object();
  };
  code("at-least", name(assessment_.at_least()));
  code("at-most", name(assessment_.at_most()));
  begin("decided");
  writer_.member("valueBoolean", assessment_.decided());
  writer_.end_object();
  const Intake intake = assessment_.intake();
  amount("magnesium-per-day", intake.per_day, "mg/d", Rounding::up);
  if (intake.limit) amount("limit", *intake.limit, "mg/d", Rounding::down);
  if (!intake.authority.empty()) code("authority", intake.authority);
  for (const Derived& derived : assessment_.derived()) {
    begin("derived");
    writer_.begin_list("part");
    code("fact", derived.fact);
    amount("value", derived.value, derived.unit, report::danger_of(derived.fact));
    code("equation", derived.equation);
    if (!derived.stage.empty()) code("stage", derived.stage);
    writer_.end_array();
    writer_.end_object();
  }
  writer_.end_array();
  end_resource();
}

void BundleWriter::write_finding(const detail::Record& record, std::size_t number) {
  const Finding finding = words::finding_of(workspace_, record);
  begin_resource("DetectedIssue", id_of("issue", number));

  std::string body;
  const auto said = [&](const Finding& of) {
    return of.status == Status::established ? of.message : std::string{base().text("fhir.possible")} + ' ' + of.message;
  };
  append_paragraph(body, said(finding));
  append_paragraph(body, finding.action);
  for (const Used& used : finding.because) append_paragraph(body, report::basis_text(base(), used));
  for (const Source& source : finding.sources)
    append_paragraph(body, std::string{source.title} + ", " + std::string{source.locator} + " (" +
                               std::string{report::text_of(base(), "grade", name(source.grade))} + ')');
  append_paragraph(body, base().text("notice"));
  writer_.narrative(body);

  writer_.begin_list("extension");
  writer_.code_extension(own::severity, name(finding.severity));
  writer_.end_array();
  writer_.begin_list("identifier");
  writer_.begin_object();
  writer_.member("system", own::rule);
  writer_.member("value", finding.rule);
  writer_.end_object();
  writer_.end_array();
  writer_.member("status", finding.status == Status::established ? "final" : "preliminary");
  writer_.begin("code");
  writer_.begin_list("coding");
  if (const Category category = category_of(finding.topic); !category.code.empty())
    writer_.coding(act_code, category.code, category.display);
  const std::string_view topic = report::text_of(base(), "topic", name(finding.topic));
  writer_.coding(own::topic, name(finding.topic), topic);
  writer_.end_array();
  writer_.member("text", topic);
  writer_.end_object();
  writer_.member_if("severity", severity_of(finding.severity));
  write_patient("patient", false);
  writer_.day("identifiedDateTime", workspace_.as_of);
  const KnowledgeIdentity identity = assessment_.knowledge();
  writer_.reference(
      "author", {},
      "Magnesia " + std::string{library_version} + ", " + std::string{identity.id} + ' ' + std::string{identity.version});
  write_implicated(record);
  write_evidence(record, finding);
  std::string detail = said(finding);
  if (!finding.mechanism.empty()) detail += ' ' + finding.mechanism;
  writer_.member("detail", detail);
  std::string link;
  for (const base::Citation& citation : base().rules[record.rule].citations) {
    if (!link.empty()) break;
    link = link_of(base().sources[citation.source].identifier);
  }
  writer_.member("reference", link.empty() ? std::string{own::rule} + ':' + std::string{finding.rule} : link);

  writer_.begin_list("mitigation");
  for (const std::string* const text : {&finding.action, &finding.smallest_change.text, &finding.monitoring}) {
    if (text->empty()) continue;
    writer_.begin_object();
    writer_.concept_text("action", *text);
    writer_.end_object();
  }
  writer_.end_array();
  end_resource();
}

// The medication and the product that the finding is about; of one about the person, all products.
void BundleWriter::write_implicated(const detail::Record& record) {
  struct Implicated {
    std::string_view reference;
    std::string_view display;
  };
  std::vector<Implicated> all;
  const auto add_product = [&](const facts::Product& product) {
    all.push_back({order(!product.from_medication, product.entry),
                   product.name.empty() ? base().text("product.any") : std::string_view{product.name}});
  };
  if (const facts::Medication* const medication = words::medication_of(workspace_, record))
    all.push_back({order(false, medication->entry), base().drugs[medication->drug].name});
  if (const facts::Product* const product = words::product_of(workspace_, record)) add_product(*product);
  if (all.empty())
    for (std::size_t i = 0; i < workspace_.product_count; ++i) add_product(workspace_.products[i]);
  if (all.empty()) return;
  writer_.begin_list("implicated");
  for (const Implicated& one : all) writer_.reference({}, one.reference, one.display);
  writer_.end_array();
}

void BundleWriter::write_origins(const Used& used) {
  if (options_.record == nullptr) return;
  const Record& record = *options_.record;
  std::vector<std::string_view> origins;
  const auto add = [&](const Origin& origin) {
    const std::string_view reference = usable_reference(origin.reference);
    if (!reference.empty() && std::find(origins.begin(), origins.end(), reference) == origins.end()) origins.push_back(reference);
  };
  for (const Measurement& measurement : record.measurements)
    if (tells(measurement.fact, used.fact)) add(measurement.origin);
  if (used.fact == "condition")
    for (std::size_t i = 0; i < std::min(workspace_.conditions.size(), record.conditions.size()); ++i) {
      const base::ConceptId listed = workspace_.conditions[i];
      if (listed == base::no_concept) continue;
      for (std::size_t target = 0; target < base().conditions.size(); ++target)
        if (base().conditions[static_cast<base::ConceptId>(target)].name == used.concept_name &&
            base().conditions.is_a(listed, static_cast<base::ConceptId>(target)))
          add(record.conditions[i]);
    }
  if (origins.empty()) return;
  writer_.begin_list("detail");
  for (const std::string_view reference : origins) writer_.reference({}, reference);
  writer_.end_array();
}

void BundleWriter::write_evidence(const detail::Record& record, const Finding& finding) {
  if (finding.because.empty() && finding.sources.empty()) return;
  writer_.begin_list("evidence");
  const auto begin = [&] {
    writer_.begin_object();
    writer_.begin_list("code");
    writer_.begin_object();
    writer_.begin_list("coding");
  };
  const auto end_code = [&](std::string_view text) {
    writer_.end_array();
    writer_.member("text", text);
    writer_.end_object();
    writer_.end_array();
  };
  for (const Used& used : finding.because) {
    begin();
    writer_.coding(own::fact, used.fact);
    end_code(report::basis_text(base(), used));
    write_origins(used);
    writer_.end_object();
  }
  const auto& citations = base().rules[record.rule].citations;
  for (std::size_t i = 0; i < finding.sources.size(); ++i) {
    const Source& source = finding.sources[i];
    const std::string_view grade = report::text_of(base(), "grade", name(source.grade));
    begin();
    writer_.coding(own::source, source.id, source.title);
    writer_.coding(own::grade, name(source.grade), grade);
    std::string text{source.title};
    if (!source.publisher.empty()) text += ". " + std::string{source.publisher};
    if (!source.locator.empty()) text += "; " + std::string{source.locator};
    text += " (" + std::string{grade};
    if (!source.confirmed) text += ", " + std::string{base().text("sources.unconfirmed")};
    text += ')';
    end_code(text);
    if (const std::string_view identifier = base().sources[citations[i].source].identifier; !identifier.empty()) {
      writer_.begin_list("detail");
      writer_.begin_object();
      writer_.begin("identifier");
      writer_.member("value", identifier);
      writer_.end_object();
      writer_.member("display", source.title);
      writer_.end_object();
      writer_.end_array();
    }
    writer_.end_object();
  }
  writer_.end_array();
}

void append_bundle(std::string& out, const Assessment& assessment, const WriteOptions& options) {
  BundleWriter bundle{out, assessment, options, content_of(assessment, options)};
  bundle.write_assessment();
  bundle.finish();
}

std::string to_bundle(const Assessment& assessment, const WriteOptions& options) {
  std::string out;
  append_bundle(out, assessment, options);
  return out;
}

}  // namespace magnesia::fhir
