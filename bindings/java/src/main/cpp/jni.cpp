// The natives of magnesia.Native: they copy texts in and out of the virtual machine, and know nothing else.
#include <jni.h>

#include <memory>
#include <new>

#include <magnesia/magnesia.h>

namespace {

// A copy of a Java array's bytes.
struct Bytes {
  std::unique_ptr<char[]> text;
  jsize size = 0;
  bool held = false;  // else an exception waits in the virtual machine

  Bytes(JNIEnv* env, jbyteArray from) {
    if (from == nullptr) {
      raise(env, "java/lang/NullPointerException");
      return;
    }
    size = env->GetArrayLength(from);
    text.reset(new (std::nothrow) char[static_cast<std::size_t>(size) + 1]);
    if (!text) {
      raise(env, "java/lang/OutOfMemoryError");
      return;
    }
    env->GetByteArrayRegion(from, 0, size, reinterpret_cast<jbyte*>(text.get()));
    held = env->ExceptionCheck() == JNI_FALSE;
  }
  [[nodiscard]] std::size_t length() const { return static_cast<std::size_t>(size); }

  static void raise(JNIEnv* env, const char* name) {
    if (const jclass type = env->FindClass(name)) env->ThrowNew(type, nullptr);
  }
};

jbyteArray to_java(JNIEnv* env, const char* text, std::size_t size) {
  if (size > 0x7FFFFFF0U) {
    Bytes::raise(env, "java/lang/OutOfMemoryError");
    return nullptr;
  }
  const jbyteArray array = env->NewByteArray(static_cast<jsize>(size));
  if (array != nullptr) env->SetByteArrayRegion(array, 0, static_cast<jsize>(size), reinterpret_cast<const jbyte*>(text));
  return array;
}
jbyteArray to_java(JNIEnv* env, const char* text) { return to_java(env, text, __builtin_strlen(text)); }

// Null, too, where the answer has no such form.
jbyteArray written(JNIEnv* env, const magnesia_answer* answer, magnesia_format format) {
  char* text = nullptr;
  std::size_t size = 0;
  if (magnesia_answer_text(answer, format, &text, &size) != MAGNESIA_OK) return nullptr;
  const jbyteArray array = to_java(env, text, size);
  magnesia_free(text);
  return array;
}

// Throws a MagnesiaException unless all went well. Frees the answer.
bool went_well(JNIEnv* env, magnesia_status status, magnesia_answer* error) {
  if (status != MAGNESIA_OK) {
    const jbyteArray name = to_java(env, magnesia_status_name(status));
    const jbyteArray text = env->ExceptionCheck() ? nullptr : written(env, error, MAGNESIA_TEXT);
    const jbyteArray document = env->ExceptionCheck() ? nullptr : written(env, error, MAGNESIA_JSON);
    const jclass type = env->ExceptionCheck() ? nullptr : env->FindClass("magnesia/MagnesiaException");
    const jmethodID made = type == nullptr ? nullptr : env->GetMethodID(type, "<init>", "([B[B[B)V");
    const jobject thrown = made == nullptr ? nullptr : env->NewObject(type, made, name, text, document);
    if (thrown != nullptr) env->Throw(static_cast<jthrowable>(thrown));
  }
  magnesia_answer_free(error);
  return status == MAGNESIA_OK;
}

template <class Handle>
Handle* handle(jlong from) {
  return reinterpret_cast<Handle*>(from);  // NOLINT(performance-no-int-to-ptr): Java has no other place for one
}

using Ask = magnesia_status(const magnesia_checker*, const char*, std::size_t, magnesia_answer**);

jlong ask(JNIEnv* env, Ask* question, jlong checker, jbyteArray text) {
  const Bytes given{env, text};
  if (!given.held) return 0;
  magnesia_answer* answer = nullptr;
  const magnesia_status status = question(handle<magnesia_checker>(checker), given.text.get(), given.length(), &answer);
  if (status == MAGNESIA_OK) return reinterpret_cast<jlong>(answer);
  went_well(env, status, answer);
  return 0;
}

// Adds a pack; false where an exception waits.
bool add_pack(JNIEnv* env, magnesia_packs* packs, jobjectArray pack) {
  const jsize parts = env->GetArrayLength(pack);
  if (parts == 0) return went_well(env, magnesia_packs_add_embedded(packs), nullptr);
  const Bytes first{env, static_cast<jbyteArray>(env->GetObjectArrayElement(pack, 0))};
  if (!first.held) return false;
  magnesia_answer* error = nullptr;
  if (parts == 1) {
    const magnesia_status status = magnesia_packs_add_path(packs, first.text.get(), first.length(), &error);
    return went_well(env, status, error);
  }
  const Bytes json{env, static_cast<jbyteArray>(env->GetObjectArrayElement(pack, 1))};
  return json.held &&
         went_well(env, magnesia_packs_add_text(packs, first.text.get(), first.length(), json.text.get(), json.length()),
                   nullptr);
}

}  // namespace

extern "C" {

JNIEXPORT jbyteArray JNICALL Java_magnesia_Native_version(JNIEnv* env, jclass) { return to_java(env, magnesia_version()); }

JNIEXPORT jlong JNICALL Java_magnesia_Native_knowledge(JNIEnv* env, jclass, jobjectArray from) {
  magnesia_packs* packs = nullptr;
  magnesia_knowledge* knowledge = nullptr;
  magnesia_answer* error = nullptr;
  const jsize count = env->GetArrayLength(from);
  bool well = count == 0 || went_well(env, magnesia_packs_new(&packs), nullptr);
  for (jsize i = 0; well && i < count; ++i) {
    const auto pack = static_cast<jobjectArray>(env->GetObjectArrayElement(from, i));
    well = pack != nullptr && add_pack(env, packs, pack);
    env->DeleteLocalRef(pack);
  }
  if (well) {
    const magnesia_status status = magnesia_knowledge_new(packs, &knowledge, &error);
    went_well(env, status, error);
  }
  magnesia_packs_free(packs);
  return reinterpret_cast<jlong>(knowledge);
}

JNIEXPORT jlong JNICALL Java_magnesia_Native_checker(JNIEnv* env, jclass, jlong knowledge, jbyteArray authority, jboolean dated,
                                                     jint year, jint month, jint day, jboolean settles, jboolean complete) {
  const Bytes whose{env, authority};
  if (!whose.held) return 0;
  magnesia_policy* policy = nullptr;
  magnesia_checker* checker = nullptr;
  magnesia_answer* error = nullptr;
  magnesia_status status = magnesia_policy_new(&policy);
  if (status == MAGNESIA_OK) status = magnesia_policy_set_authority(policy, whose.text.get(), whose.length());
  if (status == MAGNESIA_OK && dated) status = magnesia_policy_set_as_of(policy, year, month, day);
  if (status == MAGNESIA_OK) status = magnesia_policy_set_history_settles(policy, settles);
  if (status == MAGNESIA_OK) status = magnesia_policy_set_record_is_complete(policy, complete);
  if (status == MAGNESIA_OK) status = magnesia_checker_new(handle<magnesia_knowledge>(knowledge), policy, &checker, &error);
  magnesia_policy_free(policy);
  went_well(env, status, error);
  return reinterpret_cast<jlong>(checker);
}

JNIEXPORT jlong JNICALL Java_magnesia_Native_assess(JNIEnv* env, jclass, jlong checker, jbyteArray document) {
  return ask(env, magnesia_assess, checker, document);
}
JNIEXPORT jlong JNICALL Java_magnesia_Native_plan(JNIEnv* env, jclass, jlong checker, jbyteArray document) {
  return ask(env, magnesia_plan, checker, document);
}
JNIEXPORT jlong JNICALL Java_magnesia_Native_elemental(JNIEnv* env, jclass, jlong checker, jbyteArray label) {
  return ask(env, magnesia_elemental, checker, label);
}

JNIEXPORT jbyteArray JNICALL Java_magnesia_Native_write(JNIEnv* env, jclass, jlong answer, jint format) {
  char* text = nullptr;
  std::size_t size = 0;
  if (!went_well(env, magnesia_answer_text(handle<magnesia_answer>(answer), format, &text, &size), nullptr)) return nullptr;
  const jbyteArray array = to_java(env, text, size);
  magnesia_free(text);
  return array;
}

JNIEXPORT jint JNICALL Java_magnesia_Native_verdict(JNIEnv* env, jclass, jlong answer) {
  magnesia_severity at_least = MAGNESIA_NONE;
  magnesia_severity at_most = MAGNESIA_CONTRAINDICATED;
  std::int32_t decided = 0;
  went_well(env, magnesia_answer_verdict(handle<magnesia_answer>(answer), &at_least, &at_most, &decided), nullptr);
  return at_least + 16 * at_most + 256 * decided;
}

JNIEXPORT jbyteArray JNICALL Java_magnesia_Native_clearance(JNIEnv* env, jclass, jlong answer) {
  char* text = nullptr;
  std::size_t size = 0;
  if (!went_well(env, magnesia_answer_clearance(handle<magnesia_answer>(answer), &text, &size), nullptr)) return nullptr;
  const jbyteArray array = text == nullptr ? nullptr : to_java(env, text, size);
  magnesia_free(text);
  return array;
}

JNIEXPORT void JNICALL Java_magnesia_Native_freeKnowledge(JNIEnv*, jclass, jlong knowledge) {
  magnesia_knowledge_free(handle<magnesia_knowledge>(knowledge));
}
JNIEXPORT void JNICALL Java_magnesia_Native_freeChecker(JNIEnv*, jclass, jlong checker) {
  magnesia_checker_free(handle<magnesia_checker>(checker));
}
JNIEXPORT void JNICALL Java_magnesia_Native_freeAnswer(JNIEnv*, jclass, jlong answer) {
  magnesia_answer_free(handle<magnesia_answer>(answer));
}

}  // extern "C"
