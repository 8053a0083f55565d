// Somebody else's program in C: an answer, and why there is none.
#include <stdio.h>
#include <string.h>

#include <magnesia/magnesia.h>

int main(void) {
  static const char request[] = "{\"magnesia\": \"request/1\", \"patient\": {}}";
  magnesia_checker* checker = NULL;
  magnesia_answer* answer = NULL;
  char text[64] = "";
  size_t size = 0;
  int well = magnesia_checker_new(NULL, NULL, &checker, NULL) == MAGNESIA_OK &&
             magnesia_assess(checker, request, strlen(request), &answer) == MAGNESIA_OK &&
             magnesia_answer_write(answer, MAGNESIA_JSON, text, sizeof text, &size) == MAGNESIA_BUFFER_TOO_SMALL &&
             size > sizeof text;
  magnesia_answer_free(answer);
  answer = NULL;
  well = well && magnesia_assess(checker, request, 5, &answer) == MAGNESIA_BAD_INPUT;
  magnesia_answer_free(answer);
  magnesia_checker_free(checker);
  printf("magnesia %s: %s\n", magnesia_version(), well ? "well" : "not well");
  return !well;
}
