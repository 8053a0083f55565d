// Magnesia for C, and for whatever can call C: may this person take this magnesium, how much is it, and when in the day?
//
// A library of its own, magnesia_c (pkg-config magnesia-c, CMake magnesia::c). Its symbols have versions; functions are added,
// and none is changed or taken away, within a version of its file name. There is no structure to lay out: everything is a handle.
//
//   - Text is UTF-8, given as a pointer with its length in bytes; it may hold NULs and needs none at its end. A null pointer with
//     the length 0 is empty text.
//   - Each function says how it went. Nothing is thrown, no input and no lack of memory ends the process, a null pointer where
//     none may be is MAGNESIA_BAD_ARGUMENT.
//   - Where a function gives a handle, it is set in any case: to null where there is none. Whoever gets one frees it; null may
//     be freed too.
//   - Knowledge, checkers and answers never change: any number of threads may use one at once. Packs and policies are for one
//     thread at a time. Nothing is kept in a thread, nor in the process.
//
//     magnesia_checker* checker;
//     magnesia_answer* answer;
//     if (magnesia_checker_new(NULL, NULL, &checker, NULL) == MAGNESIA_OK) {
//       magnesia_status status = magnesia_assess(checker, request, request_size, &answer);
//       char* text;
//       if (magnesia_answer_text(answer, MAGNESIA_TEXT, &text, NULL) == MAGNESIA_OK)
//         fputs(text, status == MAGNESIA_OK ? stdout : stderr);
//       magnesia_free(text);
//       magnesia_answer_free(answer);
//     }
//     magnesia_checker_free(checker);
#ifndef MAGNESIA_MAGNESIA_H
#define MAGNESIA_MAGNESIA_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#if defined(MAGNESIA_C_BUILT_HERE)
#define MAGNESIA_API __declspec(dllexport)
#else
#define MAGNESIA_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define MAGNESIA_API __attribute__((visibility("default")))
#else
#define MAGNESIA_API
#endif

#ifdef __cplusplus
#define MAGNESIA_NOEXCEPT noexcept
extern "C" {
#else
#define MAGNESIA_NOEXCEPT
#endif

// NOLINTBEGIN(modernize-use-using): this is C, too

// ---- Version and status ----

/// How a call went.
typedef int32_t magnesia_status;
enum magnesia_statuses {
  MAGNESIA_OK = 0,
  MAGNESIA_BAD_ARGUMENT = 1,      ///< the call itself: a null pointer, an unknown format, a format that this answer does not have
  MAGNESIA_BAD_INPUT = 2,         ///< the document, label or policy: the answer says where, what was found and what was expected
  MAGNESIA_BAD_KNOWLEDGE = 3,     ///< a pack: likewise
  MAGNESIA_BUFFER_TOO_SMALL = 4,  ///< nothing was written
  MAGNESIA_OUT_OF_MEMORY = 5,     ///< nothing is lost; the call may be made again
  MAGNESIA_FAULT = 6              ///< a fault of Magnesia's own: please report it
};

/// The library's version: "0.1.0".
MAGNESIA_API const char* magnesia_version(void) MAGNESIA_NOEXCEPT;

/// "ok", "bad-argument", "bad-input", "bad-knowledge", "buffer-too-small", "out-of-memory", "fault"; of another number "unknown".
MAGNESIA_API const char* magnesia_status_name(magnesia_status status) MAGNESIA_NOEXCEPT;

/// Frees text that the library gave.
MAGNESIA_API void magnesia_free(void* text) MAGNESIA_NOEXCEPT;

// ---- Answer: an assessment, a plan, elemental magnesium; or why there is none ----

typedef struct magnesia_answer magnesia_answer;

/// What an answer is written as.
typedef int32_t magnesia_format;
enum magnesia_formats {
  MAGNESIA_JSON = 1,  ///< docs/contract.md: assessment/1, plan/1, elemental/1 or error/1; on one line, without a line end
  MAGNESIA_TEXT = 2,  ///< for a terminal of 80 columns; of errors one a line
  MAGNESIA_HTML = 3,  ///< a page that needs nothing else: of an assessment or a plan
  MAGNESIA_SVG = 4,   ///< a picture of the day: of a plan
  MAGNESIA_ICS = 5,   ///< a calendar that begins on the policy's day, which must be set: of a plan
  MAGNESIA_FHIR = 6   ///< FHIR R4: a Bundle of an assessment or a plan, an OperationOutcome of errors
};

/// Writes the answer into the caller's buffer, a NUL behind it. `*size` becomes its length without the NUL, and capacity must be
/// greater than that; where it is not, MAGNESIA_BUFFER_TOO_SMALL. `buffer` may be null where `capacity` is 0; `size` may be null.
MAGNESIA_API magnesia_status magnesia_answer_write(const magnesia_answer* answer, magnesia_format format, char* buffer,
                                                   size_t capacity, size_t* size) MAGNESIA_NOEXCEPT;

/// The same into memory that the library allocates, to be freed by magnesia_free. `size` may be null.
MAGNESIA_API magnesia_status magnesia_answer_text(const magnesia_answer* answer, magnesia_format format, char** text,
                                                  size_t* size) MAGNESIA_NOEXCEPT;

/// Mildest first.
typedef int32_t magnesia_severity;
enum magnesia_severities {
  MAGNESIA_NONE = 0,
  MAGNESIA_MINOR = 1,
  MAGNESIA_MODERATE = 2,
  MAGNESIA_MAJOR = 3,
  MAGNESIA_CONTRAINDICATED = 4
};

/// "none", "minor", "moderate", "major", "contraindicated"; of another number "unknown".
MAGNESIA_API const char* magnesia_severity_name(magnesia_severity severity) MAGNESIA_NOEXCEPT;

/// The range of an assessment: what is known already forces `at_least`; the unknown could bring `at_most`. `decided`: 1 where the
/// two are equal and nothing went unrecognised, else 0. Each may be null. Where there is no assessment they are none,
/// contraindicated and 0, and the status is MAGNESIA_BAD_ARGUMENT. That nothing is of concern is said by
/// magnesia_answer_clearance only.
MAGNESIA_API magnesia_status magnesia_answer_verdict(const magnesia_answer* answer, magnesia_severity* at_least,
                                                     magnesia_severity* at_most, int32_t* decided) MAGNESIA_NOEXCEPT;

/// The statement that no concern was found, to be freed by magnesia_free; null where the assessment does not say so, which is no
/// error. `size` may be null.
MAGNESIA_API magnesia_status magnesia_answer_clearance(const magnesia_answer* answer, char** text,
                                                       size_t* size) MAGNESIA_NOEXCEPT;

MAGNESIA_API void magnesia_answer_free(magnesia_answer* answer) MAGNESIA_NOEXCEPT;

// ---- Knowledge: what answers rest on ----

/// Packs to load: the first, and overlays over it in their order.
typedef struct magnesia_packs magnesia_packs;

MAGNESIA_API magnesia_status magnesia_packs_new(magnesia_packs** packs) MAGNESIA_NOEXCEPT;

/// The pack that the library was built with.
MAGNESIA_API magnesia_status magnesia_packs_add_embedded(magnesia_packs* packs) MAGNESIA_NOEXCEPT;

/// A folder of documents, or one file that holds a whole pack. `error` may be null; otherwise it is null or says what was wrong.
MAGNESIA_API magnesia_status magnesia_packs_add_path(magnesia_packs* packs, const char* path, size_t path_size,
                                                     magnesia_answer** error) MAGNESIA_NOEXCEPT;

/// One document that holds a whole pack, as JSON text. `name` stands for it in messages.
MAGNESIA_API magnesia_status magnesia_packs_add_text(magnesia_packs* packs, const char* name, size_t name_size, const char* json,
                                                     size_t json_size) MAGNESIA_NOEXCEPT;

MAGNESIA_API void magnesia_packs_free(magnesia_packs* packs) MAGNESIA_NOEXCEPT;

typedef struct magnesia_knowledge magnesia_knowledge;

/// Loads packs, all or none. `packs` null: what is built in. `error` may be null; otherwise it is null or holds every fault of
/// every pack. Takes some milliseconds: load once, and share.
MAGNESIA_API magnesia_status magnesia_knowledge_new(const magnesia_packs* packs, magnesia_knowledge** knowledge,
                                                    magnesia_answer** error) MAGNESIA_NOEXCEPT;

/// Checkers and answers keep what they need of it.
MAGNESIA_API void magnesia_knowledge_free(magnesia_knowledge* knowledge) MAGNESIA_NOEXCEPT;

// ---- Policy: how to judge ----

/// Begins with the defaults: limits of us-nasem, no day, and nothing settled or closed.
typedef struct magnesia_policy magnesia_policy;

MAGNESIA_API magnesia_status magnesia_policy_new(magnesia_policy** policy) MAGNESIA_NOEXCEPT;

/// Whose limit counts: "us-nasem", "efsa", …; "strictest": the lowest of all that apply. Whether there is one of that name shows
/// when a checker is made.
MAGNESIA_API magnesia_status magnesia_policy_set_authority(magnesia_policy* policy, const char* authority,
                                                           size_t authority_size) MAGNESIA_NOEXCEPT;

/// The day of the assessment, which is printed, and on which a calendar begins. MAGNESIA_BAD_ARGUMENT: not a day of the calendar.
MAGNESIA_API magnesia_status magnesia_policy_set_as_of(magnesia_policy* policy, int32_t year, int32_t month,
                                                       int32_t day) MAGNESIA_NOEXCEPT;

/// Not 0: a complete history may settle a measurement, for the people that the knowledge names.
MAGNESIA_API magnesia_status magnesia_policy_set_history_settles(magnesia_policy* policy, int32_t settles) MAGNESIA_NOEXCEPT;

/// Not 0: the caller states that lists which may lack something are in truth complete.
MAGNESIA_API magnesia_status magnesia_policy_set_record_is_complete(magnesia_policy* policy, int32_t complete) MAGNESIA_NOEXCEPT;

MAGNESIA_API void magnesia_policy_free(magnesia_policy* policy) MAGNESIA_NOEXCEPT;

// ---- Checker: knowledge and policy, ready to be asked ----

typedef struct magnesia_checker magnesia_checker;

/// `knowledge` null: what is built in; `policy` null: the defaults. Both may be freed afterwards. `error` may be null; otherwise
/// it is null or says what was wrong (an authority that the knowledge does not have).
MAGNESIA_API magnesia_status magnesia_checker_new(const magnesia_knowledge* knowledge, const magnesia_policy* policy,
                                                  magnesia_checker** checker, magnesia_answer** error) MAGNESIA_NOEXCEPT;

/// May this person take this magnesium? `document`: a request as docs/contract.md has it, or a FHIR R4 resource or Bundle about
/// one person (ages and the age of measurements are reckoned on the policy's day), at most 16 MiB. The answer is an assessment
/// where the status is MAGNESIA_OK; else every fault of the document, or null where there is no memory for them.
MAGNESIA_API magnesia_status magnesia_assess(const magnesia_checker* checker, const char* document, size_t document_size,
                                             magnesia_answer** answer) MAGNESIA_NOEXCEPT;

/// When in the day? The answer is a plan, or what was wrong. Of the same documents.
MAGNESIA_API magnesia_status magnesia_plan(const magnesia_checker* checker, const char* document, size_t document_size,
                                           magnesia_answer** answer) MAGNESIA_NOEXCEPT;

/// How much magnesium is one dose? `label`: "500 mg magnesium oxide", or the name of a product that the knowledge has.
MAGNESIA_API magnesia_status magnesia_elemental(const magnesia_checker* checker, const char* label, size_t label_size,
                                                magnesia_answer** answer) MAGNESIA_NOEXCEPT;

MAGNESIA_API void magnesia_checker_free(magnesia_checker* checker) MAGNESIA_NOEXCEPT;

// NOLINTEND(modernize-use-using)

#ifdef __cplusplus
}
#endif

#endif
