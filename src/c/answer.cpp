#include "c/answer.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "magnesia/fhir_write.hpp"
#include "magnesia/report.hpp"
#include "magnesia/version.hpp"

using magnesia::c::guarded;

namespace magnesia::c {
namespace {

// In the order of their numbers.
constexpr std::array<const char*, 7> status_names{
    "ok", "bad-argument", "bad-input", "bad-knowledge", "buffer-too-small", "out-of-memory", "fault"};

// None: the answer has no such form.
std::optional<std::string> written(const Errors& errors, magnesia_format format) {
  std::string out;
  switch (format) {
    case MAGNESIA_JSON: append_json(out, errors, 1); return out;
    case MAGNESIA_TEXT:
      for (const Error& error : errors) out += describe(error) + '\n';
      return out;
    case MAGNESIA_FHIR: return fhir::to_outcome(errors);
    default: return std::nullopt;
  }
}

std::optional<std::string> written(const magnesia_answer::OfPerson& person, magnesia_format format) {
  switch (format) {
    case MAGNESIA_JSON: return to_json(person.assessment);
    case MAGNESIA_TEXT: return to_text(person.assessment);
    case MAGNESIA_HTML: return to_html(person.assessment);
    case MAGNESIA_FHIR: return fhir::to_bundle(person.assessment, {Severity::none, &person.record});
    default: return std::nullopt;
  }
}

std::optional<std::string> written(const magnesia_answer::OfDay& day, magnesia_format format) {
  switch (format) {
    case MAGNESIA_JSON: return to_json(day.plan);
    case MAGNESIA_TEXT: return to_text(day.plan);
    case MAGNESIA_HTML: return to_html(day.plan);
    case MAGNESIA_SVG: return to_svg(day.plan);
    case MAGNESIA_FHIR: return fhir::to_bundle(day.plan, {Severity::none, &day.record});
    case MAGNESIA_ICS: return day.first_day.ok() ? std::optional{to_ics(day.plan, day.first_day)} : std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<std::string> written(const magnesia_answer::OfLabel& label, magnesia_format format) {
  const std::span<const Elemental> one{&label.elemental, 1};
  switch (format) {
    case MAGNESIA_JSON: return to_json(one);
    case MAGNESIA_TEXT: return to_text(one, label.knowledge);
    default: return std::nullopt;
  }
}

std::optional<std::string> written(const magnesia_answer& answer, magnesia_format format) {
  return std::visit([&](const auto& what) { return written(what, format); }, answer.what);
}

// None: the answer is another.
const Assessment* assessment_of(const magnesia_answer* answer) noexcept {
  const auto* const person = answer == nullptr ? nullptr : std::get_if<magnesia_answer::OfPerson>(&answer->what);
  return person == nullptr ? nullptr : &person->assessment;
}

// The text with a NUL behind it, for magnesia_free.
void hand_over(std::string_view from, char** text, std::size_t* size) {
  char* const copy = new char[from.size() + 1];
  copy[from.copy(copy, from.size())] = '\0';
  *text = copy;
  if (size != nullptr) *size = from.size();
}

}  // namespace
}  // namespace magnesia::c

const char* magnesia_version() noexcept { return magnesia::library_version.data(); }

const char* magnesia_status_name(magnesia_status status) noexcept {
  using magnesia::c::status_names;
  const bool known = status >= 0 && static_cast<std::size_t>(status) < status_names.size();
  return known ? status_names[static_cast<std::size_t>(status)] : "unknown";
}

const char* magnesia_severity_name(magnesia_severity severity) noexcept {
  if (severity < MAGNESIA_NONE || severity > MAGNESIA_CONTRAINDICATED) return "unknown";
  return name(static_cast<magnesia::Severity>(severity)).data();
}

void magnesia_free(void* text) noexcept { delete[] static_cast<char*>(text); }

magnesia_status magnesia_answer_write(const magnesia_answer* answer, magnesia_format format, char* buffer, size_t capacity,
                                      size_t* size) noexcept {
  return guarded([&]() -> magnesia_status {
    if (size != nullptr) *size = 0;
    if (answer == nullptr || (buffer == nullptr && capacity != 0)) return MAGNESIA_BAD_ARGUMENT;
    const std::optional<std::string> text = magnesia::c::written(*answer, format);
    if (!text) return MAGNESIA_BAD_ARGUMENT;
    if (size != nullptr) *size = text->size();
    if (capacity <= text->size()) return MAGNESIA_BUFFER_TOO_SMALL;
    buffer[text->copy(buffer, text->size())] = '\0';
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_answer_text(const magnesia_answer* answer, magnesia_format format, char** text, size_t* size) noexcept {
  return guarded([&]() -> magnesia_status {
    if (size != nullptr) *size = 0;
    if (text == nullptr) return MAGNESIA_BAD_ARGUMENT;
    *text = nullptr;
    if (answer == nullptr) return MAGNESIA_BAD_ARGUMENT;
    const std::optional<std::string> written = magnesia::c::written(*answer, format);
    if (!written) return MAGNESIA_BAD_ARGUMENT;
    magnesia::c::hand_over(*written, text, size);
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_answer_verdict(const magnesia_answer* answer, magnesia_severity* at_least, magnesia_severity* at_most,
                                        int32_t* decided) noexcept {
  const magnesia::Assessment* const assessment = magnesia::c::assessment_of(answer);
  const auto tell = [](auto* into, auto value) {
    if (into != nullptr) *into = value;
  };
  const auto number = [](magnesia::Severity severity) { return static_cast<magnesia_severity>(severity); };
  tell(at_least, assessment == nullptr ? magnesia_severity{MAGNESIA_NONE} : number(assessment->at_least()));
  tell(at_most, assessment == nullptr ? magnesia_severity{MAGNESIA_CONTRAINDICATED} : number(assessment->at_most()));
  tell(decided, std::int32_t{assessment != nullptr && assessment->decided()});
  return assessment == nullptr ? MAGNESIA_BAD_ARGUMENT : MAGNESIA_OK;
}

magnesia_status magnesia_answer_clearance(const magnesia_answer* answer, char** text, size_t* size) noexcept {
  return guarded([&]() -> magnesia_status {
    if (size != nullptr) *size = 0;
    if (text == nullptr) return MAGNESIA_BAD_ARGUMENT;
    *text = nullptr;
    const magnesia::Assessment* const assessment = magnesia::c::assessment_of(answer);
    if (assessment == nullptr) return MAGNESIA_BAD_ARGUMENT;
    if (const auto clearance = assessment->clearance()) magnesia::c::hand_over(clearance->statement(), text, size);
    return MAGNESIA_OK;
  });
}

void magnesia_answer_free(magnesia_answer* answer) noexcept { delete answer; }
