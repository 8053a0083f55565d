// Checks one person from C: c_program FILE
#include <stdio.h>

#include <magnesia/magnesia.h>

int main(int argc, char** argv) {
  static char request[1 << 20];
  FILE* const file = fopen(argc > 1 ? argv[1] : "examples/people/ann.json", "rb");
  const size_t size = file == NULL ? 0 : fread(request, 1, sizeof request, file);
  if (file != NULL) fclose(file);

  magnesia_checker* checker = NULL;  // one for the whole program, for all its threads
  magnesia_answer* answer = NULL;
  char* text = NULL;
  magnesia_severity at_least = MAGNESIA_NONE;
  magnesia_severity at_most = MAGNESIA_CONTRAINDICATED;
  magnesia_status status = magnesia_checker_new(NULL, NULL, &checker, NULL);
  if (status == MAGNESIA_OK) status = magnesia_assess(checker, request, size, &answer);
  if (magnesia_answer_verdict(answer, &at_least, &at_most, NULL) == MAGNESIA_OK)
    printf("%s to %s\n", magnesia_severity_name(at_least), magnesia_severity_name(at_most));
  if (magnesia_answer_text(answer, MAGNESIA_TEXT, &text, NULL) ==
      MAGNESIA_OK)  // the assessment, or what is wrong with the request
    fputs(text, status == MAGNESIA_OK ? stdout : stderr);
  magnesia_free(text);
  magnesia_answer_free(answer);
  magnesia_checker_free(checker);
  return (int)status;
}
