// A Bundle about one assessment: what bundles of assessments and of plans have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/workspace.hpp"
#include "fhir/resource.hpp"
#include "magnesia/fhir_write.hpp"

namespace magnesia::fhir {

/// One issue of an OperationOutcome.
struct Issue {
  std::string_view severity;  ///< "error", "warning", "information"
  std::string_view code;      ///< of http://hl7.org/fhir/issue-type
  std::string details;        ///< for people; empty: none
  std::string diagnostics;    ///< place and what stood there; empty: none
  std::string expression;     ///< FHIRPath; empty: none
};
/// The members of an OperationOutcome behind its type and id.
void write_issues(ResourceWriter& writer, const std::vector<Issue>& issues);

class BundleWriter {
 public:
  /// `content`: what the ids follow from; two bundles that differ must not have the same.
  BundleWriter(std::string& out, const Assessment& assessment, const WriteOptions& options, std::string_view content);

  /// GuidanceResponse, Parameters and a DetectedIssue for each finding. `said`: notes that go before the others.
  void write_assessment(const std::vector<std::string>& said = {});
  /// Begins an entry with its resource, up to the members behind "id".
  void begin_resource(std::string_view type, std::string_view id);
  void end_resource();
  [[nodiscard]] std::string id_of(std::string_view kind, std::size_t number) const;

  /// "subject" and the like: the patient of the record, or words. False: nothing was written, where words are not wanted.
  bool write_patient(std::string_view key, bool in_words);
  /// What a medication or a product of the input stands for in the record; empty where it has no id.
  [[nodiscard]] std::string_view order(bool magnesium, int entry) const noexcept;
  void report(Issue issue) { issues_.push_back(std::move(issue)); }
  /// Writes what was reported, and closes the Bundle.
  void finish();

  [[nodiscard]] ResourceWriter& writer() noexcept { return writer_; }
  [[nodiscard]] const base::Base& base() const noexcept { return *workspace_.base; }

 private:
  void collect_issues();
  void write_guidance(const std::vector<std::string>& said);
  void write_needed(const Missing& missing);
  void write_codes(std::string_view fact);
  void write_parameters();
  void write_finding(const detail::Record& record, std::size_t number);
  void write_implicated(const detail::Record& record);
  void write_evidence(const detail::Record& record, const Finding& finding);
  void write_origins(const Used& used);

  ResourceWriter writer_;
  const Assessment& assessment_;
  const detail::Workspace& workspace_;
  const WriteOptions& options_;
  std::string id_;
  std::vector<Issue> issues_;
};

/// What ids of an assessment's bundle follow from.
[[nodiscard]] std::string content_of(const Assessment& assessment, const WriteOptions& options);

}  // namespace magnesia::fhir
