// Want of memory is an error code, and loses nothing: every allocation that a call makes fails once, alone and with all that
// follow. Nothing is left behind, and the same call made again succeeds.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <new>

#include "c/handles.hpp"

namespace {

// Of this one thread; the others of the program have none.
thread_local long until_failure = 0;  // 1: the next one fails; 0: none does
thread_local bool all_that_follow = false;
thread_local bool dispensable = false;  // an allocation failed that does not throw: whoever makes it may do without
thread_local long allocations = 0;
thread_local long living = 0;

void* allocate(std::size_t size, std::size_t alignment = 0) noexcept {
  ++allocations;
  if (until_failure != 0 && --until_failure == 0) {
    if (all_that_follow) until_failure = 1;
    return nullptr;
  }
  const std::size_t wanted = size == 0 ? 1 : size;
  void* const memory =
      alignment == 0 ? std::malloc(wanted) : std::aligned_alloc(alignment, (wanted + alignment - 1) / alignment * alignment);
  if (memory != nullptr) ++living;
  return memory;
}
void* allocate_or_null(std::size_t size, std::size_t alignment = 0) noexcept {
  void* const memory = allocate(size, alignment);
  if (memory == nullptr) dispensable = true;
  return memory;
}
void* allocate_or_throw(std::size_t size, std::size_t alignment = 0) {
  if (void* const memory = allocate(size, alignment)) return memory;
  throw std::bad_alloc{};
}
void release(void* memory) noexcept {
  if (memory != nullptr) --living;
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate_or_null(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate_or_null(size); }
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate_or_null(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate_or_null(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { release(memory); }

namespace magnesia::c_test {
namespace {

// A call, and the freeing of all that it gave. What it wrote is added up in `sum`.
using Call = std::function<magnesia_status(std::size_t& sum)>;

// Lets the 1st, 2nd, … allocation of the call fail, `step` apart, until none is left to fail. How many the call makes.
long fail_each(const Call& call, magnesia_status expected, long step = 1) {
  long most = 0;
  std::size_t expected_sum = 0;
  EXPECT_EQ(call(expected_sum), expected);
  for (const bool all : {false, true}) {
    for (long n = 1;; n += step) {
      const long before = living;
      allocations = 0;
      all_that_follow = all;
      until_failure = n;
      dispensable = false;
      std::size_t sum = 0;
      const magnesia_status status = call(sum);
      const bool failed = allocations >= n;
      until_failure = 0;
      if (living != before) {
        ADD_FAILURE() << living - before << " left behind when allocation " << n << " fails";
        return 0;
      }
      const bool as_ever = status == expected && sum == expected_sum;
      if (!failed) {
        EXPECT_TRUE(as_ever) << "afterwards";
        most = allocations;
        break;
      }
      if (status != MAGNESIA_OUT_OF_MEMORY && !(as_ever && dispensable)) {
        ADD_FAILURE() << magnesia_status_name(status) << " when allocation " << n
                      << (all ? " and all that follow fail" : " fails");
        return 0;
      }
    }
  }
  return most;
}

struct OutOfMemory : testing::Test {
  Checker checker = c_test::checker();
  std::string ann = file("examples/people/ann.json");
  std::string cut = ann.substr(0, ann.size() / 2);
  std::string faulty = R"({"magnesia": "request/1", "patient": {"condtions": [], "sex": 7, "age": {"value": 1, "unit": "mg"}}})";

  // Asked without C++ allocations of the test's own.
  template <class Ask>
  Call asking(Ask ask, const std::string& text, std::initializer_list<magnesia_format> formats) {
    return [this, ask, &text, written = std::vector<magnesia_format>{formats}](std::size_t& sum) {
      Answer answer;
      magnesia_status status = ask(checker.get(), text.data(), text.size(), out(answer));
      for (const magnesia_format format : written) {
        if (status == MAGNESIA_OUT_OF_MEMORY) break;
        Text written_text;
        std::size_t size = 0;
        const magnesia_status writing = magnesia_answer_text(answer.get(), format, out(written_text), &size);
        if (writing != MAGNESIA_OK) status = writing;
        sum = sum * 31 + std::hash<std::string_view>{}({written_text ? written_text.get() : "", size});
      }
      return status;
    };
  }
};

TEST_F(OutOfMemory, WhileAssessing) {
  EXPECT_GT(fail_each(asking(magnesia_assess, ann, {MAGNESIA_JSON, MAGNESIA_TEXT, MAGNESIA_HTML}), MAGNESIA_OK), 100);
}

TEST_F(OutOfMemory, WhilePlanning) {
  EXPECT_GT(fail_each(asking(magnesia_plan, ann, {MAGNESIA_JSON, MAGNESIA_TEXT, MAGNESIA_HTML, MAGNESIA_SVG}), MAGNESIA_OK), 100);
}

TEST_F(OutOfMemory, WhileReadingALabel) {
  const std::string label = "Magnesium (as magnesium citrate, magnesium bisglycinate) 200 mg per 2 capsules";
  EXPECT_GT(fail_each(asking(magnesia_elemental, label, {MAGNESIA_JSON, MAGNESIA_TEXT}), MAGNESIA_OK), 10);
  const std::string product = "Slow-Mag";
  EXPECT_GT(fail_each(asking(magnesia_elemental, product, {MAGNESIA_JSON, MAGNESIA_TEXT}), MAGNESIA_OK), 10);
}

TEST_F(OutOfMemory, WhileSayingWhatIsWrong) {
  EXPECT_GT(fail_each(asking(magnesia_assess, cut, {MAGNESIA_JSON, MAGNESIA_TEXT}), MAGNESIA_BAD_INPUT), 5);
  EXPECT_GT(fail_each(asking(magnesia_assess, faulty, {MAGNESIA_JSON, MAGNESIA_TEXT}), MAGNESIA_BAD_INPUT), 5);
  EXPECT_GT(fail_each(
                [](std::size_t&) {
                  Answer answer;
                  return magnesia_assess(nullptr, "", 0, out(answer)) == MAGNESIA_BAD_ARGUMENT ? MAGNESIA_BAD_ARGUMENT
                                                                                               : MAGNESIA_OUT_OF_MEMORY;
                },
                MAGNESIA_BAD_ARGUMENT),
            1);
}

TEST_F(OutOfMemory, WhileMakingPoliciesAndCheckers) {
  Knowledge knowledge;
  ASSERT_EQ(magnesia_knowledge_new(nullptr, out(knowledge), nullptr), MAGNESIA_OK);
  for (const std::string_view authority : {"strictest", "an authority of which nobody has heard"})
    EXPECT_GT(fail_each(
                  [&](std::size_t&) {
                    Policy policy;
                    magnesia_status status = magnesia_policy_new(out(policy));
                    if (status == MAGNESIA_OK)
                      status = magnesia_policy_set_authority(policy.get(), authority.data(), authority.size());
                    Checker made;
                    Answer error;
                    if (status == MAGNESIA_OK)
                      status = magnesia_checker_new(knowledge.get(), policy.get(), out(made), out(error));
                    return status;
                  },
                  authority == "strictest" ? MAGNESIA_OK : MAGNESIA_BAD_INPUT),
              1);
}

// Too many allocations to let each of them fail: one in so many, each time another.
TEST_F(OutOfMemory, WhileLoadingKnowledge) {
  const auto load = [](std::size_t&) {
    Packs packs;
    magnesia_status status = magnesia_packs_new(out(packs));
    if (status == MAGNESIA_OK) status = magnesia_packs_add_embedded(packs.get());
    static constexpr std::string_view overlay =
        R"({"magnesia": "pack/1", "id": "our-hospital", "version": "1.0.0", "date": "2026-11-25", "documents": []})";
    if (status == MAGNESIA_OK) status = magnesia_packs_add_text(packs.get(), "hospital", 8, overlay.data(), overlay.size());
    Knowledge knowledge;
    Answer error;
    if (status == MAGNESIA_OK) status = magnesia_knowledge_new(packs.get(), out(knowledge), out(error));
    return status;
  };
  allocations = 0;
  std::size_t sum = 0;
  ASSERT_EQ(load(sum), MAGNESIA_OK);
  EXPECT_GT(fail_each(load, MAGNESIA_OK, allocations / 100 + 1), 1000);
}

}  // namespace
}  // namespace magnesia::c_test
