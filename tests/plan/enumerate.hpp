// Every way to place the doses of a small problem, one after another, judged by the words of docs/planning.md alone: what the
// search is compared with. It shares no code with it, nor with rules::too_close.
#pragma once

#include <cstdlib>
#include <optional>
#include <set>

#include "plan/problem.hpp"

namespace magnesia::plan {

class Enumerator {
 public:
  explicit Enumerator(const Problem& problem) : problem_{problem} {
    for (std::size_t e = 0; e < problem.entries.size(); ++e)
      for (std::size_t i = 0; i < problem.entries[e].was.size(); ++i) doses_.push_back({e, i});
    for (const Entry& entry : problem.entries) placed_.push_back(entry.was);
  }

  /// The best score, or none.
  [[nodiscard]] std::optional<Score> best() {
    only_feasibility_ = false;
    best_.reset();
    place(0);
    return best_;
  }
  [[nodiscard]] bool feasible() {
    only_feasibility_ = true;
    best_.reset();
    place(0);
    return best_.has_value();
  }
  /// Whether times keep everything; and what they are worth.
  [[nodiscard]] bool keeps(const std::vector<std::vector<int>>& times) {
    placed_ = times;
    for (std::size_t dose = 0; dose < doses_.size(); ++dose)
      if (!alone(dose) || !with_earlier(dose)) return false;
    return true;
  }
  // ---- What another solver is told: bench/plan.cpp ----
  [[nodiscard]] std::size_t size() const { return doses_.size(); }
  [[nodiscard]] const Entry& entry_of(std::size_t dose) const { return problem_.entries[doses_[dose].entry]; }
  [[nodiscard]] int was(std::size_t dose) const { return entry_of(dose).was[doses_[dose].index]; }
  [[nodiscard]] bool may_be_at(std::size_t dose, int time) {
    time_of(dose) = time;
    return alone(dose);
  }
  /// a before b.
  [[nodiscard]] bool may_be_at(std::size_t a, int time_a, std::size_t b, int time_b) {
    time_of(a) = time_a;
    time_of(b) = time_b;
    return apart(a, b);
  }
  [[nodiscard]] bool meet(std::size_t a, std::size_t b) const {
    const auto other = [&](int entry, std::size_t dose) { return static_cast<std::size_t>(entry) == doses_[dose].entry; };
    bool all = doses_[a].entry == doses_[b].entry && entry_of(a).spacing > 0;
    for (const Separation& one : problem_.separations)
      all = all || (other(one.drug, a) && other(one.magnesium, b)) || (other(one.drug, b) && other(one.magnesium, a));
    return all;
  }
  [[nodiscard]] int minutes_of(std::size_t dose, int time) const {
    const Entry& entry = entry_of(dose);
    int sum = entry.prefer.empty() && was(dose) >= 0 ? away_from_today(dose, time) : 0;
    for (const auto& targets : entry.prefer) {
      int least = targets.empty() ? 0 : 720;
      for (const int target : targets) least = std::min(least, circle(time, target));
      sum += least;
    }
    return sum;
  }

  [[nodiscard]] Score worth(const std::vector<std::vector<int>>& times) {
    placed_ = times;
    return score();
  }

 private:
  struct Dose {
    std::size_t entry, index;
  };
  [[nodiscard]] int& time_of(std::size_t dose) { return placed_[doses_[dose].entry][doses_[dose].index]; }

  static int circle(int a, int b) {
    const int away = std::abs(a - b);
    return std::min(away, 1440 - away);
  }
  static bool inside(const TimeSpan& span, int time) {
    const int from = span.from.minutes;
    const int to = span.to.minutes;
    return from <= to ? from <= time && time <= to : time >= from || time <= to;
  }

  // How long a dose may be later than its first time of today.
  [[nodiscard]] int width(std::size_t dose) const {
    const Entry& entry = entry_of(dose);
    return entry.in_part.empty() ? 0 : entry.in_part[doses_[dose].index].width;
  }
  [[nodiscard]] int away_from_today(std::size_t dose, int time) const {
    int least = 720;
    for (int later = 0; later <= width(dose); ++later) least = std::min(least, circle(time, (was(dose) + later) % 1440));
    return least;
  }

  bool alone(std::size_t dose) {
    const Entry& entry = entry_of(dose);
    const int time = time_of(dose);
    if (entry.stays) return time == was(dose);
    bool meal = false;
    for (const int one : problem_.meals) meal = meal || one == time;
    if (time != was(dose) || width(dose) > 0) {
      if (entry.food == Tri::yes && !meal) return false;
      if (entry.food == Tri::no && meal) return false;
      if (entry.food != Tri::yes && time % problem_.step != 0) return false;
    }
    if (entry.within && !inside(*entry.within, time)) return false;
    if (entry.awake && problem_.awake && !inside(*problem_.awake, time)) return false;
    return true;
  }

  // A drug and magnesium over three weeks.
  static bool apart(const Separation& one, const Entry& drug, int d, const Entry& magnesium, int m) {
    const int before = one.window.before;
    const int after = one.window.after;
    for (int drug_day = 0; drug_day < 21; ++drug_day)
      for (int day = 7; day < 14; ++day) {
        if ((drug.days >> drug_day % 7 & 1) == 0 || (magnesium.days >> day % 7 & 1) == 0) continue;
        const int gap = day * 1440 + m - (drug_day * 1440 + d);
        if (gap >= 0 && gap < before) return false;
        if (gap <= 0 && -gap < after) return false;
      }
    return true;
  }

  bool with_earlier(std::size_t dose) {
    for (std::size_t other = 0; other < dose; ++other)
      if (!apart(other, dose)) return false;
    return true;
  }
  bool apart(std::size_t first, std::size_t second) {
    const Dose a = doses_[first];
    const Dose b = doses_[second];
    if (a.entry == b.entry && !entry_of(second).stays && circle(time_of(second), time_of(first)) < entry_of(second).spacing)
      return false;
    for (const Separation& one : problem_.separations) {
      const auto drug = static_cast<std::size_t>(one.drug);
      const auto magnesium = static_cast<std::size_t>(one.magnesium);
      if (drug == a.entry && magnesium == b.entry && !apart(one, first, second)) return false;
      if (drug == b.entry && magnesium == a.entry && !apart(one, second, first)) return false;
    }
    return true;
  }
  // Whenever those that stay, and of which no more is known than a span, are in it; at every full minute.
  bool apart(const Separation& one, std::size_t drug, std::size_t magnesium) {
    const int drug_width = entry_of(drug).stays ? width(drug) : 0;
    const int magnesium_width = entry_of(magnesium).stays ? width(magnesium) : 0;
    for (int d = 0; d <= drug_width; ++d)
      for (int m = 0; m <= magnesium_width; ++m)
        if (!apart(one, entry_of(drug), (time_of(drug) + d) % 1440, entry_of(magnesium), (time_of(magnesium) + m) % 1440))
          return false;
    return true;
  }

  Score score() {
    Score sum;
    std::set<int> occasions;
    for (std::size_t dose = 0; dose < doses_.size(); ++dose) {
      const Entry& entry = entry_of(dose);
      const int time = time_of(dose);
      occasions.insert(time + (entry.stays ? 1440 * width(dose) : 0));
      if (entry.stays) continue;
      if (was(dose) >= 0 && away_from_today(dose, time) > 0) ++sum.changes;
      sum.minutes += minutes_of(dose, time);
    }
    sum.occasions = static_cast<int>(occasions.size());
    return sum;
  }

  void place(std::size_t dose) {
    if (only_feasibility_ && best_) return;
    if (dose == doses_.size()) {
      const Score found = score();
      if (!best_ || found < *best_) best_ = found;
      return;
    }
    std::set<int> values;
    if (was(dose) >= 0 && (entry_of(dose).stays || width(dose) == 0)) values.insert(was(dose));
    if (!entry_of(dose).stays) {
      for (int time = 0; time < 1440; time += problem_.step) values.insert(time);
      values.insert(problem_.meals.begin(), problem_.meals.end());
    }
    for (const int time : values) {
      time_of(dose) = time;
      if (alone(dose) && with_earlier(dose)) place(dose + 1);
    }
  }

  const Problem& problem_;
  std::vector<Dose> doses_;
  std::vector<std::vector<int>> placed_;
  std::optional<Score> best_;
  bool only_feasibility_ = false;
};

}  // namespace magnesia::plan
