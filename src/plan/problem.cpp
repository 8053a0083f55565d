#include "plan/problem.hpp"

#include <algorithm>
#include <array>

namespace magnesia::plan {

namespace {

constexpr int wrapped(int minutes) noexcept { return (minutes % minutes_a_day + minutes_a_day) % minutes_a_day; }
constexpr int down_to(int step, int minutes) noexcept { return minutes - (minutes % step + step) % step; }
constexpr int up_to(int step, int minutes) noexcept { return down_to(step, minutes + step - 1); }

// Times of day as a set.
class Times {
 public:
  void add(int minutes) {
    const int time = wrapped(minutes);
    if (in_[static_cast<std::size_t>(time)]) return;
    in_[static_cast<std::size_t>(time)] = true;
    all_.push_back(time);
  }
  // A time, and the places on the grid on both sides of it.
  void add_around(int step, int minutes) {
    add(minutes);
    add(down_to(step, minutes));
    add(up_to(step, minutes));
  }
  [[nodiscard]] const std::vector<int>& all() const noexcept { return all_; }
  [[nodiscard]] std::vector<int> sorted() && {
    std::sort(all_.begin(), all_.end());
    return std::move(all_);
  }

 private:
  std::array<bool, minutes_a_day> in_{};
  std::vector<int> all_;
};

void add_pins(const Problem& problem, const Entry& entry, Times& times) {
  const int step = problem.step;
  for (std::size_t i = 0; i < entry.was.size(); ++i) {
    if (entry.was[i] >= 0) times.add_around(step, entry.was[i]);
    if (entry.known_in_part(i)) times.add_around(step, entry.was[i] + entry.in_part[i].width);
  }
  if (entry.stays) return;
  for (const std::vector<int>& targets : entry.prefer)
    for (const int target : targets) times.add_around(step, target);
  if (entry.within) {
    times.add(up_to(step, entry.within->from.minutes));
    times.add(down_to(step, entry.within->to.minutes));
  }
  if (entry.awake && problem.awake) {
    times.add(up_to(step, problem.awake->from.minutes));
    times.add(down_to(step, problem.awake->to.minutes));
  }
  if (entry.food != Tri::unknown)
    for (const int meal : problem.meals) {
      times.add(meal);
      times.add(down_to(step, meal - 1));
      times.add(up_to(step, meal + 1));
    }
  if (entry.days != Schedule::every_day) {  // beyond midnight lies another day
    times.add(0);
    times.add(minutes_a_day - step);
  }
}

}  // namespace

std::vector<Constraint> constraints_of(const Problem& problem) {
  std::vector<Constraint> all;
  const auto add = [&all](ConstraintKind kind, std::size_t of) { all.push_back({kind, static_cast<int>(of)}); };
  for (std::size_t i = 0; i < problem.separations.size(); ++i) add(ConstraintKind::window, i);
  for (std::size_t i = 0; i < problem.entries.size(); ++i) {
    const Entry& entry = problem.entries[i];
    if (entry.stays) add(ConstraintKind::stays, i);
    if (entry.spacing > 0 && entry.was.size() > 1) add(ConstraintKind::spacing, i);
    if (entry.food != Tri::unknown) add(ConstraintKind::food, i);
    if (entry.within) add(ConstraintKind::within, i);
    if (entry.awake && problem.awake) add(ConstraintKind::awake, i);
  }
  return all;
}

Problem without(const Problem& problem, const std::vector<Constraint>& dropped) {
  Problem less = problem;
  std::vector<bool> gone(problem.separations.size());
  for (const Constraint& one : dropped) {
    const auto of = static_cast<std::size_t>(one.of);
    switch (one.kind) {
      case ConstraintKind::window: gone[of] = true; break;
      case ConstraintKind::stays: less.entries[of].stays = false; break;
      case ConstraintKind::within: less.entries[of].within.reset(); break;
      case ConstraintKind::food: less.entries[of].food = Tri::unknown; break;
      case ConstraintKind::spacing: less.entries[of].spacing = 0; break;
      case ConstraintKind::awake: less.entries[of].awake = false; break;
    }
  }
  less.separations.clear();
  for (std::size_t i = 0; i < gone.size(); ++i)
    if (!gone[i]) less.separations.push_back(problem.separations[i]);
  return less;
}

// Where the doses of an optimum can lie: at a pin, or at the end of a chain of windows and spacings that begins at one. Why no
// other place is needed: docs/planning.md, "Which times are tried".
std::vector<int> candidate_times(const Problem& problem) {
  Times times;
  std::size_t movable = 0;
  for (const Entry& entry : problem.entries) {
    add_pins(problem, entry, times);
    if (!entry.stays) movable += entry.was.size();
  }
  std::vector<int> lengths;
  for (const Separation& one : problem.separations)
    for (const int length : {one.window.before, one.window.after})
      lengths.push_back(length > 0 ? length % minutes_a_day : 1);  // a side without a window ends just beside the other dose
  for (const Entry& entry : problem.entries)
    if (!entry.stays && entry.spacing > 0 && entry.was.size() > 1) lengths.push_back(entry.spacing % minutes_a_day);
  std::sort(lengths.begin(), lengths.end());
  lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());

  if (times.all().empty()) times.add(0);
  std::size_t begin = 0;
  for (std::size_t link = 0; link < movable && begin < times.all().size(); ++link) {
    const std::size_t end = times.all().size();
    for (; begin < end; ++begin)
      for (const int length : lengths) {
        const int from = times.all()[begin];
        times.add(up_to(problem.step, from + length));
        times.add(down_to(problem.step, from - length));
      }
  }
  return std::move(times).sorted();
}

int distance(int time, const std::vector<int>& to) noexcept {
  int least = to.empty() ? 0 : minutes_a_day;
  for (const int target : to) {
    const int away = wrapped(time - target);
    least = std::min({least, away, minutes_a_day - away});
  }
  return least;
}

int distance(const facts::DoseTime& span, int time) noexcept {
  const int later = wrapped(time - span.at);
  return later <= span.width ? 0 : std::min(later - span.width, minutes_a_day - later);
}

int minutes_off(const Entry& entry, std::size_t dose, int time) noexcept {
  if (entry.prefer.empty()) {
    if (entry.was[dose] < 0) return 0;
    if (entry.known_in_part(dose)) return distance(entry.in_part[dose], time);
    const int away = wrapped(time - entry.was[dose]);
    return std::min(away, minutes_a_day - away);
  }
  int sum = 0;
  for (const std::vector<int>& targets : entry.prefer) sum += distance(time, targets);
  return sum;
}

bool holds(const TimeSpan& span, int time) noexcept {
  return wrapped(time - span.from.minutes) <= wrapped(span.to.minutes - span.from.minutes);
}

std::vector<Constraint> conflict_of(const Problem& problem, std::uint64_t most_steps) {
  // From the last to the first: what is tried later is likelier to stay, so the windows that matter most stand first.
  std::vector<Constraint> kept = constraints_of(problem);
  std::vector<Constraint> dropped;
  if (solvable(problem, most_steps) != Tri::no) return {};
  for (std::size_t i = kept.size(); i-- > 0;) {
    dropped.push_back(kept[i]);
    const Tri possible = solvable(without(problem, dropped), most_steps);
    if (possible == Tri::unknown) return {};
    if (possible == Tri::no)
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
    else
      dropped.pop_back();
  }
  return kept;
}

}  // namespace magnesia::plan
