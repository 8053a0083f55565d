// The handles of the C interface with their ends, for its tests.
#pragma once

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "magnesia/magnesia.h"

namespace magnesia::c_test {

template <auto free>
struct Freed {
  template <class Handle>
  void operator()(Handle* handle) const noexcept {
    free(handle);
  }
};
using Checker = std::unique_ptr<magnesia_checker, Freed<magnesia_checker_free>>;
using Answer = std::unique_ptr<magnesia_answer, Freed<magnesia_answer_free>>;
using Packs = std::unique_ptr<magnesia_packs, Freed<magnesia_packs_free>>;
using Knowledge = std::unique_ptr<magnesia_knowledge, Freed<magnesia_knowledge_free>>;
using Policy = std::unique_ptr<magnesia_policy, Freed<magnesia_policy_free>>;
using Text = std::unique_ptr<char, Freed<magnesia_free>>;

/// Where a handle is given: `out(handle)` as an argument puts it into the pointer.
template <class Pointer>
class Out {
 public:
  explicit Out(Pointer& into) : into_{into} {}
  ~Out() { into_.reset(handle_); }
  Out(const Out&) = delete;
  Out& operator=(const Out&) = delete;
  operator typename Pointer::pointer *() { return &handle_; }  // NOLINT(google-explicit-constructor)

 private:
  Pointer& into_;
  typename Pointer::pointer handle_ = nullptr;
};
template <class Pointer>
Out<Pointer> out(Pointer& into) {
  return Out<Pointer>{into};
}

/// The answer as text of its own; "STATUS" where there is none.
inline std::string written(const Answer& answer, magnesia_format format = MAGNESIA_JSON) {
  Text text;
  std::size_t size = 0;
  const magnesia_status status = magnesia_answer_text(answer.get(), format, out(text), &size);
  return status == MAGNESIA_OK ? std::string{text.get(), size} : magnesia_status_name(status);
}

inline std::string file(const std::string& path) {
  std::ifstream in{std::string{MAGNESIA_SOURCE_DIR "/"} + path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// With the knowledge that is built in.
inline Checker checker(const Policy& policy = {}) {
  Checker made;
  static_cast<void>(magnesia_checker_new(nullptr, policy.get(), out(made), nullptr));
  return made;
}

}  // namespace magnesia::c_test
