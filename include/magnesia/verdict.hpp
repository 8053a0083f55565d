// What an assessment says: a range of severities, findings, what is missing, and a Clearance where there is one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/known.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia {

/// How bad it is, mildest first.
enum class Severity : std::uint8_t { none, minor, moderate, major, contraindicated };
/// What a finding is about.
enum class Topic : std::uint8_t {
  dose,
  renal,
  cardiac,
  neuromuscular,
  gastrointestinal,
  laboratory,
  pregnancy,
  age,
  timing,
  interaction,
  indication,
  label,
  data
};
/// How good a source is, strongest first; `unconfirmed` is a statement that nobody has yet read in its source.
enum class Grade : std::uint8_t { label, authority, guideline, trial, observational, expert, consumer, unconfirmed };
/// Whether what is known forces a finding, or what is unknown only allows it.
enum class Status : std::uint8_t { established, possible };

/// Names as written in documents ("contraindicated", "gastrointestinal", "authority", "possible").
[[nodiscard]] std::string_view name(Severity severity) noexcept;
[[nodiscard]] std::string_view name(Topic topic) noexcept;
[[nodiscard]] std::string_view name(Grade grade) noexcept;
[[nodiscard]] std::string_view name(Status status) noexcept;
/// The value of a name, or none.
[[nodiscard]] std::optional<Severity> severity_named(std::string_view text) noexcept;
[[nodiscard]] std::optional<Topic> topic_named(std::string_view text) noexcept;
[[nodiscard]] std::optional<Grade> grade_named(std::string_view text) noexcept;
std::ostream& operator<<(std::ostream& out, Severity severity);
std::ostream& operator<<(std::ostream& out, Topic topic);
std::ostream& operator<<(std::ostream& out, Grade grade);
std::ostream& operator<<(std::ostream& out, Status status);

/// Where a statement comes from. Views into the knowledge, which the assessment keeps alive.
struct Source {
  std::string_view id;
  Grade grade = Grade::unconfirmed;
  std::string_view title;
  std::string_view publisher;
  std::string_view locator;  ///< section, table or page
  bool confirmed = false;    ///< the statement was read there by the person who wrote it down
};

/// One fact that a finding used, by value.
struct Used {
  std::string_view fact;          ///< "egfr", "separation", "condition", …
  std::string_view concept_name;  ///< for a condition, a drug, a salt or a purpose: which
  Interval<Exact> value;          ///< for a number: in `unit`
  std::string_view unit;          ///< UCUM; empty where there is no number
  std::string_view relation;      ///< "below", "at_most", "above", "at_least", or empty
  std::optional<Exact> needs;     ///< what it was compared with, in `unit`
  Tri truth = Tri::yes;           ///< yes: it is so; unknown: it may be so
};

/// The smallest change that would clear a finding.
enum class ChangeKind : std::uint8_t { none, time, amount, total, salt, know };
struct Change {
  ChangeKind kind = ChangeKind::none;
  std::string text;                     ///< what to do, for a professional
  std::optional<int> product;           ///< for a time or an amount: index of the magnesium product
  std::optional<int> time;              ///< minutes after midnight
  std::optional<ElementalMass> amount;  ///< the most that would be clear
};

/// Something that the person, the magnesium, or both together call for.
struct Finding {
  std::string_view rule;
  Topic topic = Topic::data;
  Severity severity = Severity::none;
  Status status = Status::possible;
  Grade grade = Grade::unconfirmed;  ///< the strongest confirmed citation
  std::vector<std::string> subject;  ///< "levothyroxine@06:30", "magnesium[0]@07:00"
  std::string message;
  std::string action;
  std::string mechanism;   ///< empty where the knowledge gives none
  std::string monitoring;  ///< empty where the knowledge gives none
  std::vector<Used> because;
  std::vector<Source> sources;
  Change smallest_change;
};

/// An awaited fact that is not known, and how far it could move the verdict.
struct Missing {
  std::string_view fact;
  Severity could_reach = Severity::none;
  std::string_view question;
};

/// Input whose meaning is not known. The verdict is then not decided.
struct Unrecognised {
  std::string path;  ///< JSON Pointer into a request, or into the record that it was read from
  std::string text;
  std::string_view kind;  ///< "medication", "condition", "salt", "label", "purpose", "measurement", "allergy", "record"
};

/// An opportunistic fact that was not given, and why its absence does not count.
struct DidWithout {
  std::string_view fact;
  std::string_view reason;
};

/// A measurement that a reported history settled (Policy::history_settles).
struct Settled {
  std::string_view fact;
  Exact at_least;
  std::string_view unit;
  std::string_view reason;
};

/// A value that was computed, or chosen among several, and why.
struct Derived {
  std::string_view fact;  ///< "egfr", "creatinine-clearance"
  Interval<Exact> value;
  std::string_view unit;
  std::string_view equation;  ///< "ckd-epi-2021-creatinine", …, "as-given"
  std::string_view stage;     ///< "G3b", or empty where the interval spans several
  std::string_view because;
};

/// Magnesium a day from one product.
struct ProductIntake {
  std::string product;                ///< as the label or the salts say
  Interval<Exact> dose;               ///< mg of magnesium a dose; unbounded where not known
  Interval<Exact> per_day;            ///< mg of magnesium on a day on which it is taken
  bool counts = true;                 ///< any of it towards the limit; false: an excipient's mass only, or not by mouth
  std::vector<std::string> readings;  ///< how its statements were read
};

/// Magnesium a day from everything, against the limit of the authority.
struct Intake {
  Interval<Exact> per_day;               ///< mg
  std::optional<Interval<Exact>> limit;  ///< mg; none where the authority sets none for this person
  std::string_view authority;            ///< whose limit
  std::string_view authority_name;
  std::vector<Source> sources;
  std::vector<ProductIntake> by_product;
};

/// What was loaded.
struct KnowledgeIdentity {
  std::string_view id;
  std::string_view version;
  std::string_view sha256;
};

class Assessment;

/// That no concern was found. Only an assessment makes one: when its worst is `none`, and nothing went unrecognised.
class Clearance {
 public:
  [[nodiscard]] const std::string& statement() const noexcept { return statement_; }

 private:
  friend class Assessment;
  explicit Clearance(std::string statement) : statement_{std::move(statement)} {}
  std::string statement_;
};

/// Findings, most severe first, then by rule id. Each is put into words when it is read.
class Findings {
 public:
  class Iterator {
   public:
    using value_type = Finding;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    Finding operator*() const;
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    void operator++(int) { ++index_; }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    friend class Findings;
    Iterator(const Assessment* of, std::size_t index) : of_{of}, index_{index} {}
    const Assessment* of_ = nullptr;
    std::size_t index_ = 0;
  };

  [[nodiscard]] Iterator begin() const { return {of_, 0}; }
  [[nodiscard]] Iterator end() const { return {of_, size()}; }
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }
  /// index < size().
  [[nodiscard]] Finding operator[](std::size_t index) const;

 private:
  friend class Assessment;
  explicit Findings(const Assessment* of) : of_{of} {}
  const Assessment* of_;
};

namespace detail {
struct Workspace;
}

/// The answer about one person. It keeps the knowledge that it speaks from alive. May be reused with Checker::assess_into, which
/// then does not allocate. Begins empty: undecided, from none to contraindicated.
class [[nodiscard]] Assessment {
 public:
  Assessment();
  Assessment(const Assessment& other);
  Assessment(Assessment&& other) noexcept;
  Assessment& operator=(const Assessment& other);
  Assessment& operator=(Assessment&& other) noexcept;
  ~Assessment();
  /// "No concern" is said by clearance() only.
  explicit operator bool() const = delete;

  /// The severity that what is known already forces.
  [[nodiscard]] Severity at_least() const noexcept;
  /// The worst that any completion of the unknown awaited facts could bring.
  [[nodiscard]] Severity at_most() const noexcept;
  /// The two are equal, and nothing went unrecognised.
  [[nodiscard]] bool decided() const noexcept;
  /// One sentence.
  [[nodiscard]] std::string headline() const;
  [[nodiscard]] std::optional<Clearance> clearance() const;
  [[nodiscard]] Findings findings() const noexcept { return Findings{this}; }
  /// Awaited facts that are not known, the one that could move the range furthest first.
  [[nodiscard]] std::vector<Missing> missing() const;
  [[nodiscard]] const std::vector<Unrecognised>& unrecognised() const noexcept;
  [[nodiscard]] std::vector<DidWithout> did_without() const;
  [[nodiscard]] std::vector<Settled> settled() const;
  [[nodiscard]] std::vector<Derived> derived() const;
  [[nodiscard]] Intake intake() const;
  [[nodiscard]] KnowledgeIdentity knowledge() const noexcept;
  /// The overlays, and what each switched off and why.
  [[nodiscard]] std::vector<std::string_view> overlays() const;

  [[nodiscard]] const detail::Workspace& workspace() const noexcept { return *workspace_; }
  [[nodiscard]] detail::Workspace& workspace() noexcept { return *workspace_; }

 private:
  std::unique_ptr<detail::Workspace> workspace_;
};

}  // namespace magnesia
