#include "magnesia/checker.hpp"

#include "c/answer.hpp"
#include "c/knowledge.hpp"

using magnesia::c::guarded;
using magnesia::c::text_of;

struct magnesia_policy {
  magnesia::Policy policy;
};

/// Immutable.
struct magnesia_checker {
  magnesia::Checker checker;
};

namespace magnesia::c {
namespace {

// What assess, plan and elemental share: the arguments looked at, then `answer_to(text)`.
template <class AnswerTo>
magnesia_status answered(const magnesia_checker* checker, const char* text, std::size_t size, magnesia_answer** answer,
                         AnswerTo answer_to) noexcept {
  return guarded([&]() -> magnesia_status {
    if (answer == nullptr) return MAGNESIA_BAD_ARGUMENT;
    *answer = nullptr;
    if (checker == nullptr) return refuse(answer, MAGNESIA_BAD_ARGUMENT, null_pointer("checker", "a checker"));
    const auto given = text_of(text, size);
    if (!given) return refuse(answer, MAGNESIA_BAD_ARGUMENT, null_pointer("text", "text of " + std::to_string(size) + " bytes"));
    return answer_to(*given);
  });
}

// What a document, of our own or of FHIR, says of a person, validated; then `answer_to(request, record)`.
template <class AnswerTo>
magnesia_status answered_person(const Checker& checker, std::string_view document, magnesia_answer** answer, AnswerTo answer_to) {
  fhir::ReadOptions options;
  options.as_of = checker.policy().as_of;
  Result<fhir::Record, Errors> record = fhir::read_document(document, checker.knowledge(), options);
  if (!record) return refuse(answer, MAGNESIA_BAD_INPUT, std::move(record).error());
  const Request request = std::move(record->request);
  record->request = {};
  if (Errors errors = checker.validate(request.patient, request.regimen); !errors.empty())
    return refuse(answer, MAGNESIA_BAD_INPUT, std::move(errors));
  return answer_to(request, *std::move(record));
}

}  // namespace
}  // namespace magnesia::c

magnesia_status magnesia_policy_new(magnesia_policy** policy) noexcept {
  return guarded([&]() -> magnesia_status {
    if (policy == nullptr) return MAGNESIA_BAD_ARGUMENT;
    *policy = nullptr;
    *policy = std::make_unique<magnesia_policy>().release();
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_policy_set_authority(magnesia_policy* policy, const char* authority, size_t authority_size) noexcept {
  return guarded([&]() -> magnesia_status {
    const auto given = text_of(authority, authority_size);
    if (policy == nullptr || !given) return MAGNESIA_BAD_ARGUMENT;
    policy->policy.authority = *given;
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_policy_set_as_of(magnesia_policy* policy, int32_t year, int32_t month, int32_t day) noexcept {
  // As --as-of has it: four digits of the year.
  if (policy == nullptr || year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return MAGNESIA_BAD_ARGUMENT;
  const std::chrono::year_month_day given{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
  if (!given.ok()) return MAGNESIA_BAD_ARGUMENT;
  policy->policy.as_of = given;
  return MAGNESIA_OK;
}

magnesia_status magnesia_policy_set_history_settles(magnesia_policy* policy, int32_t settles) noexcept {
  if (policy == nullptr) return MAGNESIA_BAD_ARGUMENT;
  policy->policy.history_settles = settles != 0;
  return MAGNESIA_OK;
}

magnesia_status magnesia_policy_set_record_is_complete(magnesia_policy* policy, int32_t complete) noexcept {
  if (policy == nullptr) return MAGNESIA_BAD_ARGUMENT;
  policy->policy.record_is_complete = complete != 0;
  return MAGNESIA_OK;
}

void magnesia_policy_free(magnesia_policy* policy) noexcept { delete policy; }

magnesia_status magnesia_checker_new(const magnesia_knowledge* knowledge, const magnesia_policy* policy,
                                     magnesia_checker** checker, magnesia_answer** error) noexcept {
  return guarded([&]() -> magnesia_status {
    if (error != nullptr) *error = nullptr;
    if (checker == nullptr) return MAGNESIA_BAD_ARGUMENT;
    *checker = nullptr;
    using Loaded = magnesia::Result<magnesia::Knowledge, magnesia::Errors>;
    Loaded loaded = knowledge == nullptr ? magnesia::c::embedded() : Loaded{knowledge->knowledge};
    if (!loaded) return magnesia::c::refuse(error, MAGNESIA_BAD_KNOWLEDGE, std::move(loaded).error());
    magnesia::Checker made{*std::move(loaded), policy == nullptr ? magnesia::Policy{} : policy->policy};
    if (magnesia::Errors errors = made.validate({}, {}); !errors.empty())  // of nobody: what is left is the policy's
      return magnesia::c::refuse(error, MAGNESIA_BAD_INPUT, std::move(errors));
    *checker = std::make_unique<magnesia_checker>(magnesia_checker{std::move(made)}).release();
    return MAGNESIA_OK;
  });
}

magnesia_status magnesia_assess(const magnesia_checker* checker, const char* document, size_t document_size,
                                magnesia_answer** answer) noexcept {
  return magnesia::c::answered(checker, document, document_size, answer, [&](std::string_view given) {
    return magnesia::c::answered_person(
        checker->checker, given, answer, [&](const magnesia::Request& request, magnesia::fhir::Record record) {
          auto assessment = checker->checker.assess(request.patient, request.regimen);
          return assessment ? magnesia::c::answer_with(answer, MAGNESIA_OK,
                                                       magnesia_answer::OfPerson{*std::move(assessment), std::move(record)})
                            : magnesia::c::refuse(answer, MAGNESIA_BAD_INPUT, std::move(assessment).error());
        });
  });
}

magnesia_status magnesia_plan(const magnesia_checker* checker, const char* document, size_t document_size,
                              magnesia_answer** answer) noexcept {
  return magnesia::c::answered(checker, document, document_size, answer, [&](std::string_view given) {
    return magnesia::c::answered_person(
        checker->checker, given, answer, [&](const magnesia::Request& request, magnesia::fhir::Record record) {
          auto plan = magnesia::plan_day(checker->checker, request.patient, request.regimen,
                                         {request.day, request.medications, request.magnesium});
          return plan ? magnesia::c::answer_with(
                            answer, MAGNESIA_OK,
                            magnesia_answer::OfDay{*std::move(plan), std::move(record), checker->checker.policy().as_of})
                      : magnesia::c::refuse(answer, MAGNESIA_BAD_INPUT, std::move(plan).error());
        });
  });
}

magnesia_status magnesia_elemental(const magnesia_checker* checker, const char* label, size_t label_size,
                                   magnesia_answer** answer) noexcept {
  return magnesia::c::answered(checker, label, label_size, answer, [&](std::string_view given) {
    auto elemental = magnesia::elemental_of(checker->checker, given);
    return elemental ? magnesia::c::answer_with(answer, MAGNESIA_OK,
                                                magnesia_answer::OfLabel{*std::move(elemental), checker->checker.knowledge()})
                     : magnesia::c::refuse(answer, MAGNESIA_BAD_INPUT, std::move(elemental).error());
  });
}

void magnesia_checker_free(magnesia_checker* checker) noexcept { delete checker; }
