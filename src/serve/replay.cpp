#include "serve/replay.hpp"

#include "serve/digest.hpp"

namespace magnesia::serve {

ReplayCache::Answer ReplayCache::use(std::string_view issuer, std::string_view id, std::chrono::sys_seconds until,
                                     std::chrono::sys_seconds now) {
  std::string mark = std::to_string(issuer.size()) + ' ';
  mark += issuer;
  mark += id;
  mark = sha256(mark);

  const std::lock_guard lock{mutex_};
  while (!by_end_.empty() && by_end_.begin()->first < now) {
    used_.erase(by_end_.begin()->second);
    by_end_.erase(by_end_.begin());
  }
  if (used_.contains(mark)) return Answer::used;
  if (used_.size() >= capacity_) return Answer::full;
  by_end_.emplace(until, mark);
  used_.insert(std::move(mark));
  return Answer::fresh;
}

std::size_t ReplayCache::size() const {
  const std::lock_guard lock{mutex_};
  return used_.size();
}

}  // namespace magnesia::serve
