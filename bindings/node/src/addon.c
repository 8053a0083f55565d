// What index.js calls: texts are copied in and out as bytes; a handle is an object of its own, with a tag, that JavaScript can
// only pass back, and that is freed when nobody can reach it any more.
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <node_api.h>

#include <magnesia/magnesia.h>

static const napi_type_tag knowledge_tag = {0x6d61676e65736961, 0x6b6e6f776c656467};
static const napi_type_tag checker_tag = {0x6d61676e65736961, 0x636865636b657200};
static const napi_type_tag answer_tag = {0x6d61676e65736961, 0x616e737765720000};

// Roughly what an answer holds, so that the collector knows that there is something to collect.
enum { size_of_an_answer = 16 << 10 };

// Where a call of Node's fails an exception waits already, or is made.
static bool fine(napi_env env, napi_status status) {
  bool waits = false;
  if (status == napi_ok) return true;
  if (napi_is_exception_pending(env, &waits) == napi_ok && !waits)
    napi_throw_type_error(env, NULL, "not what magnesia.node takes");
  return false;
}

// The text as a value of `made`, or null where the answer has no such form.
static napi_value written(napi_env env, const magnesia_answer* answer, magnesia_format format) {
  char* text = NULL;
  size_t size = 0;
  napi_value value = NULL;
  if (magnesia_answer_text(answer, format, &text, &size) != MAGNESIA_OK) return NULL;
  if (napi_create_string_utf8(env, text, size, &value) != napi_ok) value = NULL;
  magnesia_free(text);
  return value;
}

// Throws unless all went well: an error with `status` and, where there is more to say, `document`. Frees the answer.
static bool went_well(napi_env env, magnesia_status status, magnesia_answer* error) {
  if (status != MAGNESIA_OK) {
    const char* const name = magnesia_status_name(status);
    napi_value value = NULL, thrown = NULL;
    napi_value text = written(env, error, MAGNESIA_TEXT);
    napi_value document = written(env, error, MAGNESIA_JSON);
    if (fine(env, napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &value)) &&
        fine(env, napi_create_error(env, NULL, text == NULL ? value : text, &thrown)) &&
        fine(env, napi_set_named_property(env, thrown, "status", value)) &&
        (document == NULL || fine(env, napi_set_named_property(env, thrown, "document", document))))
      napi_throw(env, thrown);
  }
  magnesia_answer_free(error);
  return status == MAGNESIA_OK;
}

static void free_knowledge(napi_env env, void* handle, void* hint) {
  (void)env;
  (void)hint;
  magnesia_knowledge_free(handle);
}
static void free_checker(napi_env env, void* handle, void* hint) {
  (void)env;
  (void)hint;
  magnesia_checker_free(handle);
}
static void free_answer(napi_env env, void* handle, void* hint) {
  int64_t now = 0;
  (void)hint;
  magnesia_answer_free(handle);
  napi_adjust_external_memory(env, -(int64_t)size_of_an_answer, &now);
}

// An object that owns the handle; where it cannot be made, the handle is freed.
static napi_value owner(napi_env env, void* handle, const napi_type_tag* tag, napi_finalize finalize) {
  napi_value object = NULL;
  int64_t now = 0;
  if (tag == &answer_tag) napi_adjust_external_memory(env, size_of_an_answer, &now);
  if (!fine(env, napi_create_object(env, &object)) || !fine(env, napi_wrap(env, object, handle, finalize, NULL, NULL))) {
    finalize(env, handle, NULL);
    return NULL;
  }
  return fine(env, napi_type_tag_object(env, object, tag)) ? object : NULL;
}

static void* handle_of(napi_env env, napi_value object, const napi_type_tag* tag) {
  bool ours = false;
  void* handle = NULL;
  if (!fine(env, napi_check_object_type_tag(env, object, tag, &ours))) return NULL;
  if (!ours) {
    napi_throw_type_error(env, NULL, "not a handle of this kind");
    return NULL;
  }
  return fine(env, napi_unwrap(env, object, &handle)) ? handle : NULL;
}

// The bytes of a Uint8Array, which stay where they are while nothing of JavaScript runs.
static bool bytes_of(napi_env env, napi_value array, const char** text, size_t* size) {
  static const char empty = 0;
  napi_typedarray_type type;
  void* data = NULL;
  bool is_array = false;
  if (!fine(env, napi_is_typedarray(env, array, &is_array))) return false;
  if (!is_array || napi_get_typedarray_info(env, array, &type, size, &data, NULL, NULL) != napi_ok || type != napi_uint8_array) {
    napi_throw_type_error(env, NULL, "expected bytes");
    return false;
  }
  *text = data == NULL ? &empty : data;
  return true;
}

static bool arguments(napi_env env, napi_callback_info info, size_t expected, napi_value* into) {
  size_t count = expected;
  return fine(env, napi_get_cb_info(env, info, &count, into, NULL, NULL));  // those that are not there are undefined
}

static napi_value version(napi_env env, napi_callback_info info) {
  napi_value text = NULL;
  (void)info;
  return fine(env, napi_create_string_utf8(env, magnesia_version(), NAPI_AUTO_LENGTH, &text)) ? text : NULL;
}

static bool add_pack(napi_env env, magnesia_packs* packs, napi_value pack) {
  uint32_t parts = 0;
  napi_value part[2];
  const char* text[2] = {NULL, NULL};
  size_t size[2] = {0, 0};
  magnesia_answer* error = NULL;
  magnesia_status status;
  if (!fine(env, napi_get_array_length(env, pack, &parts))) return false;
  if (parts > 2) parts = 2;
  for (uint32_t i = 0; i < parts; ++i)
    if (!fine(env, napi_get_element(env, pack, i, &part[i]))) return false;
  for (uint32_t i = 0; i < parts; ++i)
    if (!bytes_of(env, part[i], &text[i], &size[i])) return false;
  if (parts == 1)
    status = magnesia_packs_add_path(packs, text[0], size[0], &error);
  else
    status = parts == 0 ? magnesia_packs_add_embedded(packs) : magnesia_packs_add_text(packs, text[0], size[0], text[1], size[1]);
  return went_well(env, status, error);
}

// knowledge([[] or [path] or [name, json], …])
static napi_value knowledge(napi_env env, napi_callback_info info) {
  napi_value list, pack;
  uint32_t count = 0;
  magnesia_packs* packs = NULL;
  magnesia_knowledge* made = NULL;
  magnesia_answer* error = NULL;
  bool well;
  if (!arguments(env, info, 1, &list) || !fine(env, napi_get_array_length(env, list, &count))) return NULL;
  well = count == 0 || went_well(env, magnesia_packs_new(&packs), NULL);
  for (uint32_t i = 0; well && i < count; ++i)
    well = fine(env, napi_get_element(env, list, i, &pack)) && add_pack(env, packs, pack);
  if (well) {
    const magnesia_status status = magnesia_knowledge_new(packs, &made, &error);
    well = went_well(env, status, error);
  }
  magnesia_packs_free(packs);
  return well ? owner(env, made, &knowledge_tag, free_knowledge) : NULL;
}

// checker(knowledge or undefined, authority, [year, month, day] or undefined, history_settles, record_is_complete)
static napi_value checker(napi_env env, napi_callback_info info) {
  napi_value given[5], part;
  napi_valuetype of, dated;
  const char* authority = NULL;
  size_t size = 0;
  int32_t day[3] = {0, 0, 0};
  bool settles = false, complete = false;
  const magnesia_knowledge* from = NULL;
  magnesia_policy* policy = NULL;
  magnesia_checker* made = NULL;
  magnesia_answer* error = NULL;
  magnesia_status status;
  if (!arguments(env, info, 5, given) || !fine(env, napi_typeof(env, given[0], &of)) ||
      !fine(env, napi_typeof(env, given[2], &dated)) || !fine(env, napi_get_value_bool(env, given[3], &settles)) ||
      !fine(env, napi_get_value_bool(env, given[4], &complete)))
    return NULL;
  if (of != napi_undefined && (from = handle_of(env, given[0], &knowledge_tag)) == NULL) return NULL;
  for (uint32_t i = 0; dated != napi_undefined && i < 3; ++i)
    if (!fine(env, napi_get_element(env, given[2], i, &part)) || !fine(env, napi_get_value_int32(env, part, &day[i])))
      return NULL;
  if (!bytes_of(env, given[1], &authority, &size)) return NULL;
  status = magnesia_policy_new(&policy);
  if (status == MAGNESIA_OK) status = magnesia_policy_set_authority(policy, authority, size);
  if (status == MAGNESIA_OK && dated != napi_undefined) status = magnesia_policy_set_as_of(policy, day[0], day[1], day[2]);
  if (status == MAGNESIA_OK) status = magnesia_policy_set_history_settles(policy, settles);
  if (status == MAGNESIA_OK) status = magnesia_policy_set_record_is_complete(policy, complete);
  if (status == MAGNESIA_OK) status = magnesia_checker_new(from, policy, &made, &error);
  magnesia_policy_free(policy);
  return went_well(env, status, error) ? owner(env, made, &checker_tag, free_checker) : NULL;
}

typedef magnesia_status question(const magnesia_checker*, const char*, size_t, magnesia_answer**);

// ask(checker, bytes)
static napi_value ask(napi_env env, napi_callback_info info, question* asked) {
  napi_value given[2];
  const magnesia_checker* of;
  const char* text = NULL;
  size_t size = 0;
  magnesia_answer* answer = NULL;
  magnesia_status status;
  if (!arguments(env, info, 2, given) || (of = handle_of(env, given[0], &checker_tag)) == NULL ||
      !bytes_of(env, given[1], &text, &size))
    return NULL;
  status = asked(of, text, size, &answer);
  if (status != MAGNESIA_OK) {
    went_well(env, status, answer);
    return NULL;
  }
  return owner(env, answer, &answer_tag, free_answer);
}
static napi_value assess(napi_env env, napi_callback_info info) { return ask(env, info, magnesia_assess); }
static napi_value plan(napi_env env, napi_callback_info info) { return ask(env, info, magnesia_plan); }
static napi_value elemental(napi_env env, napi_callback_info info) { return ask(env, info, magnesia_elemental); }

// The text as a buffer, freed.
static napi_value buffer_of(napi_env env, char* text, size_t size) {
  napi_value buffer = NULL;
  const bool made = fine(env, napi_create_buffer_copy(env, size, text, NULL, &buffer));
  magnesia_free(text);
  return made ? buffer : NULL;
}

// write(answer, format)
static napi_value write_answer(napi_env env, napi_callback_info info) {
  napi_value given[2];
  const magnesia_answer* answer;
  int32_t format = 0;
  char* text = NULL;
  size_t size = 0;
  if (!arguments(env, info, 2, given) || (answer = handle_of(env, given[0], &answer_tag)) == NULL ||
      !fine(env, napi_get_value_int32(env, given[1], &format)))
    return NULL;
  return went_well(env, magnesia_answer_text(answer, format, &text, &size), NULL) ? buffer_of(env, text, size) : NULL;
}

// verdict(answer): [at_least, at_most, decided]
static napi_value verdict(napi_env env, napi_callback_info info) {
  napi_value given, array, number;
  const magnesia_answer* answer;
  int32_t told[3];
  if (!arguments(env, info, 1, &given) || (answer = handle_of(env, given, &answer_tag)) == NULL ||
      !went_well(env, magnesia_answer_verdict(answer, &told[0], &told[1], &told[2]), NULL) ||
      !fine(env, napi_create_array_with_length(env, 3, &array)))
    return NULL;
  for (uint32_t i = 0; i < 3; ++i)
    if (!fine(env, napi_create_int32(env, told[i], &number)) || !fine(env, napi_set_element(env, array, i, number))) return NULL;
  return array;
}

// clearance(answer): bytes, or null where the assessment does not say so
static napi_value clearance(napi_env env, napi_callback_info info) {
  napi_value given, none;
  const magnesia_answer* answer;
  char* text = NULL;
  size_t size = 0;
  if (!arguments(env, info, 1, &given) || (answer = handle_of(env, given, &answer_tag)) == NULL ||
      !went_well(env, magnesia_answer_clearance(answer, &text, &size), NULL))
    return NULL;
  if (text != NULL) return buffer_of(env, text, size);
  return fine(env, napi_get_null(env, &none)) ? none : NULL;
}

NAPI_MODULE_INIT() {
  static const struct {
    const char* name;
    napi_callback call;
  } functions[] = {{"version", version},    {"knowledge", knowledge}, {"checker", checker},
                   {"assess", assess},      {"plan", plan},           {"elemental", elemental},
                   {"write", write_answer}, {"verdict", verdict},     {"clearance", clearance}};
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; ++i) {
    napi_value function;
    if (!fine(env, napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, NULL, &function)) ||
        !fine(env, napi_set_named_property(env, exports, functions[i].name, function)))
      return NULL;
  }
  return exports;
}
