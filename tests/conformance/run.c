// Answers the jobs of conformance_check.py through C. Every other answer is written into a buffer of this program's own.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <magnesia/magnesia.h>

static magnesia_format format_named(const char* name) {
  static const char* const names[] = {"json", "text", "html", "svg", "ics", "fhir"};
  for (magnesia_format i = 0; i < 6; ++i)
    if (strcmp(name, names[i]) == 0) return i + 1;
  return 0;
}

static void give_up(const char* why) {
  fprintf(stderr, "%s\n", why);
  exit(1);
}

static void expect_ok(magnesia_status status) {
  if (status != MAGNESIA_OK) give_up(magnesia_status_name(status));
}

static magnesia_policy* policy_of(const char* authority, const char* as_of, int settles, int complete) {
  magnesia_policy* policy = NULL;
  int year = 0, month = 0, day = 0;
  expect_ok(magnesia_policy_new(&policy));
  expect_ok(magnesia_policy_set_authority(policy, authority, strlen(authority)));
  if (sscanf(as_of, "%d-%d-%d", &year, &month, &day) == 3) expect_ok(magnesia_policy_set_as_of(policy, year, month, day));
  expect_ok(magnesia_policy_set_history_settles(policy, settles));
  expect_ok(magnesia_policy_set_record_is_complete(policy, complete));
  return policy;
}

// Into a buffer that is just large enough, or from the library: in turns.
static magnesia_status written(const magnesia_answer* answer, magnesia_format format, int own, char** text, size_t* size) {
  magnesia_status status;
  if (!own) return magnesia_answer_text(answer, format, text, size);
  status = magnesia_answer_write(answer, format, NULL, 0, size);
  if (status != MAGNESIA_BUFFER_TOO_SMALL) return status;
  *text = malloc(*size + 1);
  if (*text == NULL) give_up("no memory");
  return magnesia_answer_write(answer, format, *text, *size + 1, size);
}

int main(void) {
  magnesia_knowledge* knowledge = NULL;
  char call[16], format[16], authority[64], as_of[16];
  int settles, complete, own = 0;
  size_t size;
  expect_ok(magnesia_knowledge_new(NULL, &knowledge, NULL));
  while (scanf("%15s %15s %63s %15s %d %d %zu", call, format, authority, as_of, &settles, &complete, &size) == 7) {
    magnesia_policy* const policy = policy_of(authority, as_of, settles, complete);
    magnesia_checker* checker = NULL;
    magnesia_answer* answer = NULL;
    magnesia_severity at_least, at_most;
    int32_t decided;
    char *out = NULL, *clearance = NULL, *const text = malloc(size + 1);
    size_t out_size = 0;
    magnesia_status status, verdict, writing;
    if (text == NULL || getchar() != '\n' || fread(text, 1, size, stdin) != size) give_up("the jobs end within a job");
    status = magnesia_checker_new(knowledge, policy, &checker, &answer);
    if (status == MAGNESIA_OK)
      status = (strcmp(call, "assess") == 0 ? magnesia_assess
                : strcmp(call, "plan") == 0 ? magnesia_plan
                                            : magnesia_elemental)(checker, text, size, &answer);
    own = !own;
    writing = written(answer, status == MAGNESIA_OK ? format_named(format) : MAGNESIA_JSON, own, &out, &out_size);
    verdict = magnesia_answer_verdict(answer, &at_least, &at_most, &decided);
    if (verdict == MAGNESIA_OK) expect_ok(magnesia_answer_clearance(answer, &clearance, NULL));
    printf("%s ", magnesia_status_name(status == MAGNESIA_OK ? writing : status));
    if (verdict == MAGNESIA_OK)
      printf("%s %s %d %d ", magnesia_severity_name(at_least), magnesia_severity_name(at_most), (int)decided, clearance != NULL);
    else
      printf("- - - - ");
    printf("%zu\n", out_size);
    fwrite(out, 1, out_size, stdout);
    putchar('\n');
    if (own)
      free(out);
    else
      magnesia_free(out);
    magnesia_free(clearance);
    magnesia_answer_free(answer);
    magnesia_checker_free(checker);
    magnesia_policy_free(policy);
    free(text);
  }
  magnesia_knowledge_free(knowledge);
  return 0;
}
