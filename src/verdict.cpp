#include "magnesia/verdict.hpp"

#include <array>
#include <ostream>

#include "facts/workspace.hpp"
#include "words/words.hpp"

namespace magnesia {

namespace {

constexpr std::array<std::string_view, 5> severities{"none", "minor", "moderate", "major", "contraindicated"};
constexpr std::array<std::string_view, 13> topics{"dose",       "renal",     "cardiac", "neuromuscular", "gastrointestinal",
                                                  "laboratory", "pregnancy", "age",     "timing",        "interaction",
                                                  "indication", "label",     "data"};
constexpr std::array<std::string_view, 8> grades{"label",         "authority", "guideline", "trial",
                                                 "observational", "expert",    "consumer",  "unconfirmed"};
constexpr std::array<std::string_view, 2> statuses{"established", "possible"};

template <class Enum, std::size_t Size>
std::optional<Enum> named(const std::array<std::string_view, Size>& names, std::string_view text) noexcept {
  for (std::size_t i = 0; i < Size; ++i)
    if (names[i] == text) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view name(Severity severity) noexcept { return severities[static_cast<std::size_t>(severity)]; }
std::string_view name(Topic topic) noexcept { return topics[static_cast<std::size_t>(topic)]; }
std::string_view name(Grade grade) noexcept { return grades[static_cast<std::size_t>(grade)]; }
std::string_view name(Status status) noexcept { return statuses[static_cast<std::size_t>(status)]; }
std::optional<Severity> severity_named(std::string_view text) noexcept { return named<Severity>(severities, text); }
std::optional<Topic> topic_named(std::string_view text) noexcept { return named<Topic>(topics, text); }
std::optional<Grade> grade_named(std::string_view text) noexcept { return named<Grade>(grades, text); }
std::ostream& operator<<(std::ostream& out, Severity severity) { return out << name(severity); }
std::ostream& operator<<(std::ostream& out, Topic topic) { return out << name(topic); }
std::ostream& operator<<(std::ostream& out, Grade grade) { return out << name(grade); }
std::ostream& operator<<(std::ostream& out, Status status) { return out << name(status); }

Assessment::Assessment() : workspace_{std::make_unique<detail::Workspace>()} {}
Assessment::Assessment(const Assessment& other) : workspace_{std::make_unique<detail::Workspace>(*other.workspace_)} {}
Assessment::Assessment(Assessment&& other) noexcept = default;
Assessment& Assessment::operator=(const Assessment& other) {
  if (this != &other) *this = Assessment{other};
  return *this;
}
Assessment& Assessment::operator=(Assessment&& other) noexcept = default;
Assessment::~Assessment() = default;

Severity Assessment::at_least() const noexcept { return workspace_->at_least; }
Severity Assessment::at_most() const noexcept { return workspace_->at_most; }
bool Assessment::decided() const noexcept {
  return workspace_->at_least == workspace_->at_most && workspace_->unrecognised.empty();
}

std::string Assessment::headline() const {
  std::string out;
  if (workspace_->base) words::append_headline(out, *workspace_);
  return out;
}

std::optional<Clearance> Assessment::clearance() const {
  if (!workspace_->base || !words::is_clear(*workspace_)) return std::nullopt;
  std::string out;
  words::append_text(out, *workspace_->base, "clearance.statement");
  if (workspace_->closed_by_caller) {
    out += ' ';
    words::append_text(out, *workspace_->base, "clearance.record-is-complete");
  }
  return Clearance{std::move(out)};
}

Finding Findings::Iterator::operator*() const { return Findings{of_}[index_]; }
std::size_t Findings::size() const noexcept { return of_->workspace().records.size(); }
Finding Findings::operator[](std::size_t index) const {
  return words::finding_of(of_->workspace(), of_->workspace().records[index]);
}

std::vector<Missing> Assessment::missing() const {
  if (!workspace_->base) return {};
  std::array<Missing, facts::ask_count> missing;
  const std::size_t count = words::missing_of(*workspace_, missing);
  return {missing.begin(), missing.begin() + static_cast<std::ptrdiff_t>(count)};
}

const std::vector<Unrecognised>& Assessment::unrecognised() const noexcept { return workspace_->unrecognised; }

std::vector<DidWithout> Assessment::did_without() const {
  std::vector<DidWithout> all;
  for (std::size_t fact = 0; fact < facts::measured_fact_count; ++fact)
    if ((workspace_->did_without >> fact & 1U) != 0) all.push_back(words::did_without(*workspace_->base, fact));
  return all;
}

std::vector<Settled> Assessment::settled() const {
  std::vector<Settled> all;
  for (std::size_t fact = 0; fact < facts::measured_fact_count; ++fact)
    if ((workspace_->settled >> fact & 1U) != 0) {
      const facts::FactInfo& info = facts::vocabulary[fact];
      const auto& settles = *workspace_->base->questions[fact]->settles;
      all.push_back({info.id, Exact::divide(settles.at_least, info.unit_factor, Rounding::down), info.unit, settles.reason});
    }
  return all;
}

std::vector<Derived> Assessment::derived() const {
  std::vector<Derived> all;
  for (const detail::DerivedValue& value : workspace_->derived)
    all.push_back({facts::info(value.fact).id, value.value, facts::info(value.fact).unit, value.equation, value.stage,
                   workspace_->base->text(value.because)});
  return all;
}

Intake Assessment::intake() const {
  Intake intake;
  if (!workspace_->base) return intake;
  const base::Base& base = *workspace_->base;
  intake.per_day = workspace_->person.number(facts::FactId::intake).value;
  const facts::Numeric& limit = workspace_->person.number(facts::FactId::limit);
  if (!limit.absent) intake.limit = limit.value;
  if (workspace_->authority >= 0) {
    const base::Limit& authority = base.limits[static_cast<std::size_t>(workspace_->authority)];
    intake.authority = authority.id;
    intake.authority_name = authority.name;
    for (const base::Citation& citation : authority.citations) intake.sources.push_back(words::source_of(base, citation));
  }
  for (std::size_t i = 0; i < workspace_->product_count; ++i) {
    const facts::Product& product = workspace_->products[i];
    ProductIntake& of = intake.by_product.emplace_back();
    of.product = product.name;
    of.dose = product.number(facts::FactId::dose).value;
    of.per_day = product.number(facts::FactId::per_day).value;
    of.counts = product.counts;
    of.readings.assign(product.readings.begin(), product.readings.end());
  }
  return intake;
}

KnowledgeIdentity Assessment::knowledge() const noexcept {
  if (!workspace_->base) return {};
  return {workspace_->base->id, workspace_->base->version, workspace_->base->sha256};
}

std::vector<std::string_view> Assessment::overlays() const {
  std::vector<std::string_view> all;
  if (workspace_->base)
    for (const base::Overlay& overlay : workspace_->base->overlays) all.emplace_back(overlay.summary);
  return all;
}

}  // namespace magnesia
