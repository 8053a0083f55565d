// Planning days over generated regimens: the median and the slow end; and the same problems given to a general solver (clingo),
// whose answers are compared before times are.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "magnesia/plan.hpp"
#include "plan/model.hpp"
#include "tests/embedded.hpp"
#include "tests/plan/enumerate.hpp"

namespace magnesia::bench {
namespace {

using Clock = std::chrono::steady_clock;
using tests::checker;

struct Case {
  Patient patient;
  Regimen regimen;
  Wishes wishes;
};

// Six to eight drugs with windows, the others without; a third may move; doses lie on quarters of an hour between 06:00 and
// 22:00.
Case some_case(std::mt19937& chance, int drugs, int doses) {
  static const std::vector<const char*> with_window{
      "levothyroxine", "ciprofloxacin", "doxycycline",  "gabapentin", "rosuvastatin", "digoxin",
      "alendronate",   "iron",          "fexofenadine", "levodopa",   "moxifloxacin", "mycophenolate mofetil",
      "azithromycin",  "captopril",     "dipyridamole", "atenolol",   "naproxen",     "phenytoin"};
  static const std::vector<const char*> without{"metformin",   "amlodipine",  "apixaban",   "furosemide", "omeprazole",
                                                "allopurinol", "sertraline",  "lisinopril", "warfarin",   "prednisone",
                                                "tamsulosin",  "montelukast", "pravastatin"};
  const auto below = [&](int end) { return static_cast<int>(chance() % static_cast<unsigned>(end)); };
  const auto time = [&] { return TimeOfDay{(24 + below(65)) * 15}; };
  Case one;
  std::vector<Taken> taken;
  for (int i = 0; i < drugs; ++i) {
    const auto& names = i < 6 + (drugs - 12) / 6 ? with_window : without;
    Schedule schedule;
    const int count = below(4) == 0 ? 2 : 1;
    for (int dose = 0; dose < count; ++dose) schedule.times.push_back(time());
    Leeway leeway;
    leeway.may_move = below(3) == 0;
    if (count > 1) leeway.min_spacing = Duration{Exact{6}, units::h};
    const char* const drug = names[static_cast<std::size_t>(below(static_cast<int>(names.size())))];
    if (std::string_view{drug} == "alendronate") schedule.days = 1;
    taken.emplace_back(drug, schedule);
    one.wishes.medications.push_back(leeway);
  }
  one.patient.medications = {Completeness::exactly, std::move(taken)};
  std::vector<Product> products;
  for (int left = doses; left > 0;) {
    const int count = std::min(left, 1 + below(2));
    left -= count;
    Product product{below(2) == 0 ? "500 mg magnesium oxide" : "Magnesium (as magnesium bisglycinate) 200 mg", {}};
    for (int dose = 0; dose < count; ++dose) product.schedule.times.push_back(time());
    Leeway leeway;
    if (count > 1) leeway.min_spacing = Duration{Exact{4}, units::h};
    products.push_back(std::move(product));
    one.wishes.magnesium.push_back(leeway);
  }
  one.regimen = Regimen{Listed<Product>{Completeness::exactly, std::move(products)}};
  one.wishes.day = {TimeOfDay{360}, TimeOfDay{420}, TimeOfDay{750}, TimeOfDay{1110}, TimeOfDay{1320}};
  if (below(3) == 0) one.patient.purpose = Term{"restless legs syndrome", {}};
  return one;
}

std::vector<Case> some_cases(int count, int drugs, int doses) {
  std::mt19937 chance{20261125};  // the same cases everywhere and each time
  std::vector<Case> all;
  for (int i = 0; i < count; ++i) all.push_back(some_case(chance, drugs, doses));
  return all;
}

double at(const std::vector<double>& sorted, double share) {
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

void plan(benchmark::State& state) {
  const auto cases = some_cases(1000, static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  std::vector<double> micros;
  std::array<int, 3> outcomes{};
  for (auto _ : state) {
    micros.clear();
    outcomes = {};
    for (const Case& one : cases) {
      const auto begin = Clock::now();
      const Result<Plan> plan = plan_day(checker(), one.patient, one.regimen, one.wishes);
      micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
      if (!plan) return state.SkipWithError(describe(plan.error()).c_str());
      ++outcomes[static_cast<std::size_t>(plan->status)];
    }
  }
  std::sort(micros.begin(), micros.end());
  state.counters["median_us"] = at(micros, 0.5);
  state.counters["p99_us"] = at(micros, 0.99);
  state.counters["slowest_us"] = micros.back();
  state.counters["optimal"] = outcomes[0];
  state.counters["feasible"] = outcomes[1];
  state.counters["impossible"] = outcomes[2];
}
BENCHMARK(plan)->Args({12, 2})->Args({25, 4})->Iterations(1)->Unit(benchmark::kMillisecond);

// ---- The same as an answer set program ----

std::string program_of(const plan::Problem& problem) {
  plan::Enumerator words{problem};
  std::ostringstream out;
  std::vector<std::size_t> movable;
  for (std::size_t dose = 0; dose < words.size(); ++dose) {
    if (words.entry_of(dose).stays)
      out << "occasion(" << words.was(dose) << ").\n";
    else
      movable.push_back(dose);
  }
  std::vector<std::vector<int>> domains(words.size());
  for (const std::size_t dose : movable) {
    std::set<int> times(problem.meals.begin(), problem.meals.end());
    if (words.was(dose) >= 0) times.insert(words.was(dose));
    for (int time = 0; time < 1440; time += problem.step) times.insert(time);
    out << "dose(" << dose << ").\n";
    for (const int time : times) {
      bool may = words.may_be_at(dose, time);
      for (std::size_t other = 0; may && other < words.size(); ++other)
        if (words.entry_of(other).stays && words.meet(dose, other)) may = words.may_be_at(dose, time, other, words.was(other));
      if (!may) continue;
      domains[dose].push_back(time);
      out << "may(" << dose << ',' << time << ").\n";
      if (const int cost = words.minutes_of(dose, time); cost != 0)
        out << "minutes(" << dose << ',' << time << ',' << cost << ").\n";
    }
    if (words.was(dose) >= 0) out << "was(" << dose << ',' << words.was(dose) << ").\n";
  }
  for (const std::size_t a : movable)
    for (const std::size_t b : movable)
      if (a < b && words.meet(a, b))
        for (const int s : domains[a])
          for (const int t : domains[b])
            if (!words.may_be_at(a, s, b, t)) out << ":- at(" << a << ',' << s << "), at(" << b << ',' << t << ").\n";
  out << "1 { at(D,T) : may(D,T) } 1 :- dose(D).\n"
         "occasion(T) :- at(_,T).\n"
         "#minimize { 1@3,D : at(D,T), was(D,W), T != W }.\n"
         "#minimize { 1@2,T : occasion(T) }.\n"
         "#minimize { C@1,D : at(D,T), minutes(D,T,C) }.\n";
  return out.str();
}

bool fixed_clash(const plan::Problem& problem) {
  plan::Enumerator words{problem};
  for (std::size_t a = 0; a < words.size(); ++a)
    for (std::size_t b = a + 1; b < words.size(); ++b)
      if (words.entry_of(a).stays && words.entry_of(b).stays && words.meet(a, b) &&
          !words.may_be_at(a, words.was(a), b, words.was(b)))
        return true;
  return false;
}

// "OPTIMUM FOUND" with its three costs, or "UNSATISFIABLE"; empty where there is no clingo.
struct Answer {
  bool answered = false;
  bool possible = false;
  plan::Score score;
};
Answer ask_clingo(const std::string& program) {
  const std::string path =
      std::string{std::getenv("TMPDIR") != nullptr ? std::getenv("TMPDIR") : "/tmp"} + "/magnesia_bench_plan.lp";
  std::ofstream{path} << program;
  Answer answer;
  FILE* const pipe = popen(("clingo --quiet=1,1,1 " + path + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return answer;
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
    const std::string_view text{line.data()};
    if (text.starts_with("UNSATISFIABLE")) answer.answered = true;
    if (text.starts_with("OPTIMUM FOUND")) answer.answered = answer.possible = true;
    if (text.starts_with("Optimization :")) {
      std::istringstream costs{std::string{text.substr(text.find(':') + 1)}};
      costs >> answer.score.changes >> answer.score.occasions >> answer.score.minutes;
    }
  }
  pclose(pipe);
  std::remove(path.c_str());
  return answer;
}

void plan_against_clingo(benchmark::State& state) {
  if (std::system("command -v clingo >/dev/null 2>&1") != 0)
    return state.SkipWithError("clingo is not installed (Debian: gringo): not compared");
  double ours = 0;
  double theirs = 0;
  int compared = 0;
  for (auto _ : state)
    for (const Case& one : some_cases(30, static_cast<int>(state.range(0)), static_cast<int>(state.range(1)))) {
      Assessment assessment;
      if (checker().assess_into(assessment, one.patient, one.regimen)) return state.SkipWithError("the person is refused");
      const plan::Model model = plan::model_of(assessment.workspace(), one.patient, one.regimen, one.wishes);
      auto begin = Clock::now();
      const plan::Found found = plan::solve(model.problem, one.wishes.most_steps);
      ours += std::chrono::duration<double>(Clock::now() - begin).count();
      if (fixed_clash(model.problem)) {
        if (found.outcome != plan::Outcome::impossible)
          return state.SkipWithError("a plan, although two doses that stay are too close");
        continue;
      }
      const std::string program = program_of(model.problem);
      begin = Clock::now();
      const Answer answer = ask_clingo(program);
      theirs += std::chrono::duration<double>(Clock::now() - begin).count();
      const bool same = answer.answered && (found.outcome == plan::Outcome::optimal) == answer.possible &&
                        (!answer.possible || found.solution.score == answer.score);
      if (!same) return state.SkipWithError("the two disagree");
      ++compared;
    }
  state.counters["compared"] = compared;
  state.counters["ours_us"] = ours * 1e6 / std::max(compared, 1);
  state.counters["clingo_us"] = theirs * 1e6 / std::max(compared, 1);
  state.counters["ratio"] = theirs / ours;
}
BENCHMARK(plan_against_clingo)->Args({12, 2})->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace magnesia::bench
