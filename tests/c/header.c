/* magnesia.h is C99 and C++, says all that it needs, and may be included twice. Each function is called by its declared type. */
#include <magnesia/magnesia.h>

const char* (*const version)(void) = magnesia_version;
const char* (*const status_name)(magnesia_status) = magnesia_status_name;
const char* (*const severity_name)(magnesia_severity) = magnesia_severity_name;
void (*const free_text)(void*) = magnesia_free;
magnesia_status (*const answer_write)(const magnesia_answer*, magnesia_format, char*, size_t, size_t*) = magnesia_answer_write;
magnesia_status (*const answer_text)(const magnesia_answer*, magnesia_format, char**, size_t*) = magnesia_answer_text;
magnesia_status (*const assess)(const magnesia_checker*, const char*, size_t, magnesia_answer**) = magnesia_assess;

int main(void) {
  free_text(0);
  return version()[0] == 0 || status_name(MAGNESIA_OK)[0] == 0 || severity_name(MAGNESIA_NONE)[0] == 0 ||
         answer_write(0, MAGNESIA_JSON, 0, 0, 0) != MAGNESIA_BAD_ARGUMENT ||
         answer_text(0, MAGNESIA_JSON, 0, 0) != MAGNESIA_BAD_ARGUMENT || assess(0, 0, 0, 0) != MAGNESIA_BAD_ARGUMENT;
}
