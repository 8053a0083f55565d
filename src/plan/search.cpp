// Exact search: who must change first, then where to. docs/planning.md says why it is exact.
#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <set>
#include <span>

#include "plan/problem.hpp"
#include "rules/evaluate.hpp"

namespace magnesia::plan {

namespace {

using Word = std::uint64_t;
constexpr std::size_t bits_a_word = 64;
constexpr int none = -1;

// Whether a dose of one entry may stand so far from a dose of another. What windows mean is asked of rules::too_close, once for
// each distance that comes up.
class Relation {
 public:
  Relation(std::vector<base::Window> windows, std::uint8_t drug_days, std::uint8_t magnesium_days)
      : windows_{std::move(windows)},
        drug_days_{drug_days},
        magnesium_days_{magnesium_days},
        daily_{drug_days == Schedule::every_day || magnesium_days == Schedule::every_day},
        known_(static_cast<std::size_t>(daily_ ? minutes_a_day : 2 * minutes_a_day), Tri::unknown) {}
  explicit Relation(int spacing) : daily_{true}, known_(minutes_a_day, Tri::no) {
    for (int away = 0; away < minutes_a_day; ++away)
      if (std::min(away, minutes_a_day - away) >= spacing) known_[static_cast<std::size_t>(away)] = Tri::yes;
  }

  [[nodiscard]] bool same(const std::vector<base::Window>& windows, std::uint8_t drug_days, std::uint8_t magnesium_days) const {
    const auto equal = [](const base::Window& a, const base::Window& b) { return a.before == b.before && a.after == b.after; };
    return drug_days == drug_days_ && magnesium_days == magnesium_days_ &&
           std::equal(windows.begin(), windows.end(), windows_.begin(), windows_.end(), equal);
  }

  // Of doses that are known in part: whenever they are.
  [[nodiscard]] bool allows(const facts::DoseTime& drug, const facts::DoseTime& magnesium) const {
    return ask({drug, magnesium});
  }
  // Of a spacing: in either order.
  [[nodiscard]] bool allows(int drug, int magnesium) {
    int away = magnesium - drug;
    if (away < 0 && daily_) away += minutes_a_day;
    Tri& allowed = known_[static_cast<std::size_t>(daily_ ? away : away + minutes_a_day)];
    if (allowed == Tri::unknown) {
      const auto from = static_cast<std::int16_t>(std::max(0, -away));
      allowed = ask({{{from}, {static_cast<std::int16_t>(from + away)}}}) ? Tri::yes : Tri::no;
    }
    return allowed == Tri::yes;
  }

 private:
  [[nodiscard]] bool ask(const std::array<facts::DoseTime, 2>& times) const {
    const facts::Doses of_drug{0, 1, drug_days_, false};
    const facts::Doses of_magnesium{1, 1, magnesium_days_, false};
    return std::all_of(windows_.begin(), windows_.end(), [&](const base::Window& window) {
      detail::Gap gap;
      return rules::too_close(window, of_drug, of_magnesium, times, gap) == Tri::no;
    });
  }

  std::vector<base::Window> windows_;
  std::uint8_t drug_days_ = 0;
  std::uint8_t magnesium_days_ = 0;
  bool daily_;
  std::vector<Tri> known_;  // by distance
};

enum class State : std::uint8_t { open, assigned };

struct Neighbour {
  int dose = 0;
  int relation = 0;
  bool drug = false;  ///< whether the neighbour is the drug of the pair
};

// A dose that may move.
struct Dose {
  int entry = 0;
  int index = 0;           // in its entry
  int was = none;          // a candidate
  std::vector<Word> home;  // candidates within today's time where that is known in part; else empty
  bool may_stay = false;   // `was` is in its domain
  State state = State::open;
  int at = none;
  std::vector<Neighbour> neighbours;
  std::vector<std::int32_t> minutes;  // by candidate
  int failures = 1;                   // how often it was left without a place
};

class Search {
 public:
  Search(const Problem& problem, std::uint64_t most_steps) : problem_{problem}, most_steps_{most_steps} {
    times_ = candidate_times(problem);
    words_ = (times_.size() + bits_a_word - 1) / bits_a_word;
    place_.fill(none);
    for (std::size_t i = 0; i < times_.size(); ++i) place_[static_cast<std::size_t>(times_[i])] = static_cast<int>(i);
    used_.assign(words_, 0);
    make_doses();
    possible_ = relate();
    for (Dose& dose : doses_) {
      dose.may_stay = can_stay(dose);
      possible_ = possible_ && any(domain(dose));
    }
    changed_.clear();  // the problem's own, never taken back
  }

  [[nodiscard]] Tri solvable() {
    constexpr std::uint64_t easy = 500;
    if (!possible_ || !enough_room()) return Tri::no;
    const std::uint64_t most = most_steps_;
    most_steps_ = std::min(most, easy);
    bool found = place_any();
    most_steps_ = most;
    if (!found && stopped_ && steps_ <= most) {  // not easy: worth ruling out what no neighbour leaves room for
      stopped_ = false;
      undo(0, 0);
      if (!make_consistent()) return Tri::no;
      found = place_any();
    }
    return found ? Tri::yes : stopped_ ? Tri::unknown : Tri::no;
  }

  [[nodiscard]] Found solve() {
    Found found;
    const Tri possible = solvable();
    found.steps = steps_;
    found.outcome = possible == Tri::no ? Outcome::impossible : Outcome::unknown;
    if (possible != Tri::yes) return found;
    keep();
    undo(0, 0);
    settle_free();
    int changes = forced();
    for (;; ++changes) {
      allowed_ = changes;
      who_changes();
      if (stopped_ || best_.changes <= changes) break;
    }
    found.outcome = stopped_ ? Outcome::feasible : Outcome::optimal;
    found.bound = best_;
    if (stopped_) {
      undo(0, 0);
      found.bound = {changes, occasions_at_least(), 0};
      if (!(found.bound < best_)) found.bound = best_;
    }
    found.solution.score = best_;
    found.solution.times = times_of_best();
    found.steps = steps_;
    return found;
  }

 private:
  // ---- Sets of candidates ----
  [[nodiscard]] std::span<Word> domain(const Dose& dose) noexcept {
    return {domains_.data() + static_cast<std::size_t>(&dose - doses_.data()) * words_, words_};
  }
  [[nodiscard]] static bool test(std::span<const Word> set, int bit) noexcept {
    return (set[static_cast<std::size_t>(bit) / bits_a_word] >> (static_cast<std::size_t>(bit) % bits_a_word) & 1U) != 0;
  }
  static void put(std::span<Word> set, int bit) noexcept {
    set[static_cast<std::size_t>(bit) / bits_a_word] |= Word{1} << (static_cast<std::size_t>(bit) % bits_a_word);
  }
  [[nodiscard]] static bool any(std::span<const Word> set) noexcept {
    return std::any_of(set.begin(), set.end(), [](Word word) { return word != 0; });
  }
  [[nodiscard]] static bool meet(std::span<const Word> a, std::span<const Word> b) noexcept {
    for (std::size_t i = 0; i < a.size(); ++i)
      if ((a[i] & b[i]) != 0) return true;
    return false;
  }
  [[nodiscard]] static int count(std::span<const Word> set) noexcept {
    int sum = 0;
    for (const Word word : set) sum += std::popcount(word);
    return sum;
  }
  template <class See>
  static void for_each(std::span<const Word> set, See see) {
    for (std::size_t word = 0; word < set.size(); ++word)
      for (Word left = set[word]; left != 0; left &= left - 1)
        see(static_cast<int>(word * bits_a_word + static_cast<std::size_t>(std::countr_zero(left))));
  }

  // ---- The problem, indexed ----
  void make_doses() {
    for (std::size_t e = 0; e < problem_.entries.size(); ++e) {
      const Entry& entry = problem_.entries[e];
      first_of_.push_back(static_cast<int>(doses_.size()));
      if (entry.stays) {
        for (std::size_t i = 0; i < entry.was.size(); ++i) {
          if (entry.known_in_part(i))
            apart_in_part_.insert({entry.in_part[i].at, entry.in_part[i].width});
          else
            put(used_, place_[static_cast<std::size_t>(entry.was[i])]);
        }
        continue;
      }
      for (std::size_t i = 0; i < entry.was.size(); ++i) {
        Dose dose;
        dose.entry = static_cast<int>(e);
        dose.index = static_cast<int>(i);
        if (entry.known_in_part(i))
          dose.home = within(entry.in_part[i]);
        else if (entry.was[i] >= 0)
          dose.was = place_[static_cast<std::size_t>(entry.was[i])];
        doses_.push_back(std::move(dose));
      }
    }
    domains_.assign(doses_.size() * words_, 0);
    for (Dose& dose : doses_) {
      const Entry& entry = problem_.entries[static_cast<std::size_t>(dose.entry)];
      dose.minutes.reserve(times_.size());
      for (std::size_t i = 0; i < times_.size(); ++i) {
        dose.minutes.push_back(minutes_off(entry, static_cast<std::size_t>(dose.index), times_[i]));
        if (allowed_alone(entry, static_cast<int>(i) == dose.was, times_[i])) put(domain(dose), static_cast<int>(i));
      }
    }
  }

  [[nodiscard]] std::vector<Word> within(const facts::DoseTime& span) const {
    std::vector<Word> set(words_);
    for (std::size_t i = 0; i < times_.size(); ++i)
      if (distance(span, times_[i]) == 0) put(set, static_cast<int>(i));
    return set;
  }

  [[nodiscard]] bool allowed_alone(const Entry& entry, bool as_today, int time) const {
    const bool at_meal = std::find(problem_.meals.begin(), problem_.meals.end(), time) != problem_.meals.end();
    if (!as_today) {
      if (entry.food == Tri::yes && !at_meal) return false;
      if (entry.food == Tri::no && at_meal) return false;
      if (time % problem_.step != 0 && !(entry.food == Tri::yes && at_meal)) return false;
    }
    if (entry.within && !holds(*entry.within, time)) return false;
    return !entry.awake || !problem_.awake || holds(*problem_.awake, time);
  }

  int relation_of(std::vector<base::Window> windows, const Entry& drug, const Entry& magnesium) {
    for (std::size_t i = 0; i < relations_.size(); ++i)
      if (relations_[i].same(windows, drug.days, magnesium.days)) return static_cast<int>(i);
    relations_.emplace_back(std::move(windows), drug.days, magnesium.days);
    return static_cast<int>(relations_.size()) - 1;
  }

  // Windows between doses that may move make them neighbours; those with a dose that stays narrow a domain. False: two that stay
  // are too close.
  bool relate() {
    std::vector<std::size_t> order(problem_.separations.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto pair = [&](std::size_t i) { return std::pair{problem_.separations[i].drug, problem_.separations[i].magnesium}; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return pair(a) < pair(b); });
    bool possible = true;
    for (std::size_t i = 0; i < order.size();) {
      std::vector<base::Window> windows;
      const auto [drug, magnesium] = pair(order[i]);
      for (; i < order.size() && pair(order[i]) == std::pair{drug, magnesium}; ++i)
        windows.push_back(problem_.separations[order[i]].window);
      possible = relate(drug, magnesium, std::move(windows)) && possible;
    }
    for (std::size_t e = 0; e < problem_.entries.size(); ++e) {
      const Entry& entry = problem_.entries[e];
      if (entry.stays || entry.spacing <= 0 || entry.was.size() < 2) continue;
      const auto relation = static_cast<int>(relations_.size());
      relations_.emplace_back(entry.spacing);
      const int first = first_of_[e];
      const int last = first + static_cast<int>(entry.was.size());
      for (int a = first; a < last; ++a)
        for (int b = first; b < last; ++b)
          if (a != b) dose(a).neighbours.push_back({b, relation, true});
    }
    return possible;
  }

  bool relate(int drug, int magnesium, std::vector<base::Window> windows) {
    const Entry& of_drug = problem_.entries[static_cast<std::size_t>(drug)];
    const Entry& of_magnesium = problem_.entries[static_cast<std::size_t>(magnesium)];
    const int index = relation_of(std::move(windows), of_drug, of_magnesium);
    Relation& relation = relations_[static_cast<std::size_t>(index)];
    bool possible = true;
    for (std::size_t d = 0; d < of_drug.was.size(); ++d)
      for (std::size_t m = 0; m < of_magnesium.was.size(); ++m) {
        const int a = first_of_[static_cast<std::size_t>(drug)] + static_cast<int>(d);
        const int b = first_of_[static_cast<std::size_t>(magnesium)] + static_cast<int>(m);
        if (of_drug.stays && of_magnesium.stays) {
          possible = possible && relation.allows(of_drug.today(d), of_magnesium.today(m));
        } else if (of_drug.stays && of_drug.known_in_part(d)) {
          narrow(dose(b), kept_from(relation, of_drug.in_part[d], false));
        } else if (of_magnesium.stays && of_magnesium.known_in_part(m)) {
          narrow(dose(a), kept_from(relation, of_magnesium.in_part[m], true));
        } else if (of_drug.stays) {
          narrow(dose(b), row(index, false, place_[static_cast<std::size_t>(of_drug.was[d])]));
        } else if (of_magnesium.stays) {
          narrow(dose(a), row(index, true, place_[static_cast<std::size_t>(of_magnesium.was[m])]));
        } else {
          dose(a).neighbours.push_back({b, index, false});
          dose(b).neighbours.push_back({a, index, true});
        }
      }
    return possible;
  }

  // Where a dose of the drug (or of magnesium) may be, whenever in its span the other of the pair is.
  [[nodiscard]] std::span<const Word> kept_from(const Relation& relation, const facts::DoseTime& other, bool of_drug) {
    mask_.assign(words_, 0);
    for (std::size_t i = 0; i < times_.size(); ++i) {
      const facts::DoseTime here{static_cast<std::int16_t>(times_[i])};
      if (of_drug ? relation.allows(here, other) : relation.allows(other, here)) put(mask_, static_cast<int>(i));
    }
    return mask_;
  }

  [[nodiscard]] Dose& dose(int index) noexcept { return doses_[static_cast<std::size_t>(index)]; }

  // Where a dose of the drug (or of magnesium) may be while the other of the pair is at a candidate.
  [[nodiscard]] std::span<const Word> row(int relation, bool of_drug, int other) {
    const std::size_t slot =
        (static_cast<std::size_t>(relation) * 2 + (of_drug ? 1 : 0)) * times_.size() + static_cast<std::size_t>(other);
    if (row_at_.size() <= slot) row_at_.resize(relations_.size() * 2 * times_.size(), none);
    if (row_at_[slot] == none) {
      row_at_[slot] = static_cast<int>(rows_.size() / words_);
      rows_.resize(rows_.size() + words_);
      const std::span<Word> made{rows_.data() + rows_.size() - words_, words_};
      const int there = times_[static_cast<std::size_t>(other)];
      for (std::size_t i = 0; i < times_.size(); ++i)
        if (of_drug ? relations_[static_cast<std::size_t>(relation)].allows(times_[i], there)
                    : relations_[static_cast<std::size_t>(relation)].allows(there, times_[i]))
          put(made, static_cast<int>(i));
    }
    return {rows_.data() + static_cast<std::size_t>(row_at_[slot]) * words_, words_};
  }

  // ---- Moves, and taking them back ----
  struct Changed {
    std::size_t word = 0;
    Word was = 0;
  };
  struct Mark {
    std::size_t domains = 0;
    std::size_t doses = 0;
  };

  void narrow(const Dose& which, std::span<const Word> to) {
    const std::span<Word> at = domain(which);
    for (std::size_t i = 0; i < words_; ++i) {
      const Word kept = at[i] & to[i];
      if (kept == at[i]) continue;
      changed_.push_back({static_cast<std::size_t>(at.data() - domains_.data()) + i, at[i]});
      at[i] = kept;
    }
  }
  [[nodiscard]] Mark mark() const noexcept { return {changed_.size(), assigned_.size()}; }
  void undo(Mark to) { undo(to.domains, to.doses); }
  void undo(std::size_t domains, std::size_t doses) {
    for (domains = std::max(domains, settled_); changed_.size() > domains; changed_.pop_back())
      domains_[changed_.back().word] = changed_.back().was;
    for (doses = std::max(doses, settled_doses_); assigned_.size() > doses; assigned_.pop_back()) {
      dose(assigned_.back()).state = State::open;
      dose(assigned_.back()).at = none;
    }
  }

  // Whether every neighbour still has a place.
  bool assign(int which, int at) {
    Dose& one = dose(which);
    one.state = State::assigned;
    one.at = at;
    assigned_.push_back(which);
    bool possible = true;
    for (const Neighbour& neighbour : one.neighbours) {
      Dose& other = dose(neighbour.dose);
      if (other.state == State::assigned) continue;
      const std::span<const Word> allowed = row(neighbour.relation, neighbour.drug, at);
      narrow(other, allowed);
      if (any(domain(other))) continue;
      possible = false;
      ++other.failures;
      ++one.failures;
    }
    return possible && in_order(one);
  }

  // Doses of an entry that nothing tells apart come in the order of their index.
  bool in_order(const Dose& placed) {
    const Entry& entry = problem_.entries[static_cast<std::size_t>(placed.entry)];
    if (has_place(placed) || entry.was.size() < 2) return true;
    bool possible = true;
    for (std::size_t i = 0; i < entry.was.size(); ++i) {
      Dose& other = dose(first_of_[static_cast<std::size_t>(placed.entry)] + static_cast<int>(i));
      if (has_place(other) || other.state == State::assigned) continue;
      mask_.assign(words_, 0);
      const bool later = other.index > placed.index;
      for (int at = later ? placed.at : 0; at < (later ? static_cast<int>(times_.size()) : placed.at + 1); ++at) put(mask_, at);
      narrow(other, mask_);
      possible = possible && any(domain(other));
    }
    return possible;
  }

  [[nodiscard]] bool step() {
    stopped_ = stopped_ || ++steps_ > most_steps_;
    return !stopped_;
  }

  // As many doses of an entry as are not placed yet must fit between one another: an upper bound of how many do.
  [[nodiscard]] bool enough_room() {
    for (std::size_t e = 0; e < problem_.entries.size(); ++e) {
      const Entry& entry = problem_.entries[e];
      if (entry.stays || entry.spacing <= 0 || entry.was.size() < 2) continue;
      if (static_cast<std::int64_t>(entry.was.size()) * entry.spacing > minutes_a_day) return false;
      mask_.assign(words_, 0);
      int open = 0;
      for (std::size_t i = 0; i < entry.was.size(); ++i) {
        const Dose& one = dose(first_of_[e] + static_cast<int>(i));
        if (one.state == State::assigned) continue;
        ++open;
        const std::span<const Word> of = domain(one);
        for (std::size_t w = 0; w < words_; ++w) mask_[w] |= of[w];
      }
      int last = -minutes_a_day;
      for_each(mask_, [&](int at) {
        const int time = times_[static_cast<std::size_t>(at)];
        if (time - last < entry.spacing) return;
        last = time;
        --open;
      });
      if (open > 0) return false;
    }
    return true;
  }

  // ---- Any solution ----

  // Takes away, for good, candidates for which a neighbour has no candidate (arc consistency).
  bool make_consistent() {
    for (bool again = true; again;) {
      again = false;
      for (Dose& one : doses_) {
        mask_.assign(words_, 0);
        for_each(domain(one), [&](int at) {
          const bool kept = std::all_of(one.neighbours.begin(), one.neighbours.end(), [&](const Neighbour& neighbour) {
            return meet(row(neighbour.relation, neighbour.drug, at), domain(dose(neighbour.dose)));
          });
          if (kept) put(mask_, at);
        });
        const std::size_t before = changed_.size();
        narrow(one, mask_);
        again = again || changed_.size() != before;
        if (!any(domain(one))) return false;
      }
    }
    settled_ = changed_.size();
    return true;
  }

  bool place_any() {  // NOLINT(misc-no-recursion)
    if (!enough_room()) return false;
    // The dose with the fewest places for its failures: what is hard comes first (Boussemart and others, 2004: dom/wdeg).
    int next = none;
    std::int64_t fewest = 0;
    for (std::size_t i = 0; i < doses_.size(); ++i) {
      if (doses_[i].state == State::assigned) continue;
      const int size = count(domain(doses_[i]));
      if (size == 0) return false;
      if (next != none && std::int64_t{size} * dose(next).failures >= fewest * doses_[i].failures) continue;
      next = static_cast<int>(i);
      fewest = size;
    }
    if (next == none) return true;
    std::vector<int> values = values_of(dose(next));
    for (const int at : values) {
      if (!step()) return false;
      const Mark before = mark();
      if (assign(next, at) && place_any()) return true;
      undo(before);
    }
    return false;
  }

  // Its candidates, the best first.
  [[nodiscard]] std::vector<int> values_of(const Dose& one) {
    std::vector<int> values;
    for_each(domain(one), [&](int at) { values.push_back(at); });
    const auto rank = [&](int at) { return std::pair{!is_home(one, at), one.minutes[static_cast<std::size_t>(at)]}; };
    std::stable_sort(values.begin(), values.end(), [&](int a, int b) { return rank(a) < rank(b); });
    return values;
  }

  // ---- Who changes ----

  // Doses that nothing else depends on stay, where they may.
  void settle_free() {
    for (std::size_t i = 0; i < doses_.size(); ++i)
      if (doses_[i].neighbours.empty() && doses_[i].may_stay) static_cast<void>(stay(static_cast<int>(i)));
    settled_ = changed_.size();
    settled_doses_ = assigned_.size();
  }

  // Today at one time or within a span, rather than new.
  [[nodiscard]] static bool has_place(const Dose& one) noexcept { return one.was != none || !one.home.empty(); }
  [[nodiscard]] static bool is_home(const Dose& one, int at) noexcept {
    return one.home.empty() ? at == one.was : test(one.home, at);
  }
  [[nodiscard]] bool can_stay(const Dose& one) noexcept {
    return one.home.empty() ? one.was != none && test(domain(one), one.was) : meet(domain(one), one.home);
  }
  // Of one whose time is known in part: whether it still may both stay and move.
  [[nodiscard]] bool is_torn(const Dose& one) noexcept {
    if (one.home.empty() || !can_stay(one)) return false;
    const std::span<const Word> of = domain(one);
    for (std::size_t i = 0; i < words_; ++i)
      if ((of[i] & ~one.home[i]) != 0) return true;
    return false;
  }
  bool stay(int which) {
    Dose& one = dose(which);
    if (one.home.empty()) return assign(which, one.was);
    narrow(one, one.home);
    return any(domain(one));
  }
  void move_away(const Dose& one) {
    mask_.assign(words_, ~Word{0});
    if (one.home.empty())
      mask_[static_cast<std::size_t>(one.was) / bits_a_word] &= ~(Word{1} << (static_cast<std::size_t>(one.was) % bits_a_word));
    for (std::size_t i = 0; i < one.home.size(); ++i) mask_[i] = ~one.home[i];
    narrow(one, mask_);
  }

  // Doses that are or must be elsewhere than today.
  [[nodiscard]] int forced() {
    int sum = 0;
    for (const Dose& one : doses_)
      if (has_place(one)) sum += one.state == State::assigned ? !is_home(one, one.at) : !can_stay(one);
    return sum;
  }

  [[nodiscard]] bool clash(const Dose& one, const Neighbour& neighbour) {
    return !test(row(neighbour.relation, neighbour.drug, one.was), dose(neighbour.dose).was);
  }

  // All solutions with exactly `allowed_` changes; those with fewer were looked for before.
  void who_changes() {  // NOLINT(misc-no-recursion)
    if (!step()) return;
    for (const Dose& one : doses_)
      if (one.state == State::open && !any(domain(one))) return;
    const int changes = forced();
    if (changes > allowed_) return;
    if (changes == allowed_) return rest_stay();
    int next = none;
    for (std::size_t i = 0; i < doses_.size() && (next == none || !clashing_); ++i) {
      const Dose& one = doses_[i];
      if (one.state == State::assigned || !can_stay(one)) continue;
      bool matters = is_torn(one);  // two that may both stay somewhere in their spans need not do so together
      clashing_ = false;
      for (const Neighbour& neighbour : one.neighbours) {
        const Dose& other = dose(neighbour.dose);
        if (other.state == State::assigned || !one.home.empty()) continue;
        matters = matters || !can_stay(other) || !other.home.empty();
        clashing_ = clashing_ || (other.home.empty() && can_stay(other) && clash(one, neighbour));
      }
      if (clashing_ || (next == none && matters)) next = static_cast<int>(i);
    }
    if (next == none) return;  // nothing that moves meets what may stay: all of that may as well, which is fewer changes
    Mark before = mark();
    if (stay(next)) who_changes();
    undo(before);
    before = mark();
    move_away(dose(next));
    who_changes();
    undo(before);
  }

  void rest_stay() {
    const Mark before = mark();
    bool possible = true;
    for (std::size_t i = 0; i < doses_.size() && possible; ++i)
      if (doses_[i].state == State::open && can_stay(doses_[i])) possible = stay(static_cast<int>(i));
    if (possible && forced() == allowed_) {
      now_used_ = used_;
      minutes_ = 0;
      for (const Dose& one : doses_)
        if (one.state == State::assigned) {
          put(now_used_, one.at);
          minutes_ += one.minutes[static_cast<std::size_t>(one.at)];
        }
      where_to();
    }
    undo(before);
  }

  // ---- Where to ----

  // Occasions that at least are needed: those in use, and one for each of a set of doses that can share neither with them nor
  // with one another.
  [[nodiscard]] int occasions_at_least(std::span<const Word> in_use, bool& all_can_share) {
    std::vector<const Dose*>& apart = apart_;
    apart.clear();
    all_can_share = true;
    for (const Dose& one : doses_) {
      if (one.state == State::assigned || meet(domain(one), in_use)) continue;
      all_can_share = false;
      if (std::none_of(apart.begin(), apart.end(), [&](const Dose* other) { return meet(domain(one), domain(*other)); }))
        apart.push_back(&one);
    }
    return count(in_use) + static_cast<int>(apart.size() + apart_in_part_.size());
  }
  [[nodiscard]] int occasions_at_least() {
    bool all_can_share = false;
    now_used_ = used_;
    for (const Dose& one : doses_)
      if (one.state == State::assigned) put(now_used_, one.at);
    return occasions_at_least(now_used_, all_can_share);
  }

  void where_to() {  // NOLINT(misc-no-recursion)
    for (const Dose& one : doses_)
      if (one.state == State::open && !any(domain(one))) return;
    if (!enough_room()) return;
    bool all_can_share = false;
    const int occasions = occasions_at_least(now_used_, all_can_share);
    const bool same_changes = best_.changes == allowed_;
    if (same_changes && occasions > best_.occasions) return;
    const bool only_shared = same_changes && occasions == best_.occasions && all_can_share;
    std::int64_t minutes = minutes_;
    int next = none;
    int fewest = 0;
    for (std::size_t i = 0; i < doses_.size(); ++i) {
      const Dose& one = doses_[i];
      if (one.state == State::assigned) continue;
      int size = 0;
      std::int32_t least = 0;
      for_each(domain(one), [&](int at) {
        if (only_shared && !test(now_used_, at)) return;
        const std::int32_t off = one.minutes[static_cast<std::size_t>(at)];
        least = size == 0 ? off : std::min(least, off);
        ++size;
      });
      minutes += least;
      if (next != none && size >= fewest) continue;
      next = static_cast<int>(i);
      fewest = size;
    }
    if (same_changes && occasions == best_.occasions && minutes >= best_.minutes) return;
    if (next == none) return keep();

    const Dose& one = dose(next);
    std::vector<Choice> choices;
    for_each(domain(one), [&](int at) {
      const bool shared = test(now_used_, at);
      if (only_shared && !shared) return;
      int others = 0;
      for (const Dose& other : doses_)
        if (!shared && other.state == State::open && test(domain(other), at)) ++others;
      choices.push_back({at, shared, others, one.minutes[static_cast<std::size_t>(at)]});
    });
    std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
      return a.shared != b.shared ? a.shared : a.others != b.others ? a.others > b.others : a.minutes < b.minutes;
    });
    for (const Choice& choice : choices) {
      if (!step()) return;
      const Mark before = mark();
      const std::size_t word = static_cast<std::size_t>(choice.at) / bits_a_word;
      const Word used_before = now_used_[word];
      put(now_used_, choice.at);
      minutes_ += choice.minutes;
      if (assign(next, choice.at)) where_to();
      minutes_ -= choice.minutes;
      now_used_[word] = used_before;
      undo(before);
    }
  }
  struct Choice {
    int at = 0;
    bool shared = false;
    int others = 0;
    std::int32_t minutes = 0;
  };

  // ---- The best so far ----
  void keep() {
    Score score;
    std::vector<Word> in_use = used_;
    for (const Dose& one : doses_) {
      score.changes += has_place(one) && !is_home(one, one.at) ? 1 : 0;
      score.minutes += one.minutes[static_cast<std::size_t>(one.at)];
      put(in_use, one.at);
    }
    score.occasions = count(in_use) + static_cast<int>(apart_in_part_.size());
    if (have_best_ && !(score < best_)) return;
    have_best_ = true;
    best_ = score;
    best_at_.clear();
    for (const Dose& one : doses_) best_at_.push_back(one.at);
  }

  [[nodiscard]] std::vector<std::vector<int>> times_of_best() const {
    std::vector<std::vector<int>> times;
    for (std::size_t e = 0; e < problem_.entries.size(); ++e) {
      const Entry& entry = problem_.entries[e];
      times.push_back(entry.was);
      if (entry.stays) continue;
      for (std::size_t i = 0; i < entry.was.size(); ++i)
        times.back()[i] = times_[static_cast<std::size_t>(best_at_[static_cast<std::size_t>(first_of_[e]) + i])];
    }
    return times;
  }

  const Problem& problem_;
  std::uint64_t most_steps_;
  std::uint64_t steps_ = 0;
  bool stopped_ = false;
  bool possible_ = true;

  std::vector<int> times_;                  // the candidates
  std::array<int, minutes_a_day> place_{};  // of a time among them
  std::size_t words_ = 0;
  std::vector<Dose> doses_;
  std::vector<int> first_of_;  // by entry: its first dose
  std::vector<Word> domains_;
  std::vector<Word> used_;                       // occasions of doses that stay
  std::set<std::pair<int, int>> apart_in_part_;  // those whose time is known in part
  std::vector<Relation> relations_;
  std::vector<int> row_at_;
  std::vector<Word> rows_;

  std::vector<Changed> changed_;
  std::vector<int> assigned_;
  std::size_t settled_ = 0;  // what undo() leaves
  std::size_t settled_doses_ = 0;
  std::vector<Word> mask_;
  std::vector<Word> now_used_;
  std::vector<const Dose*> apart_;
  std::int64_t minutes_ = 0;
  int allowed_ = 0;
  bool clashing_ = false;

  bool have_best_ = false;
  Score best_;
  std::vector<int> best_at_;
};

}  // namespace

Found solve(const Problem& problem, std::uint64_t most_steps) { return Search{problem, most_steps}.solve(); }

Tri solvable(const Problem& problem, std::uint64_t most_steps) { return Search{problem, most_steps}.solvable(); }

}  // namespace magnesia::plan
