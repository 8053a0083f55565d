// One checker, many threads. The thread sanitizer's build has this file and no other.
#include <gtest/gtest.h>

#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "magnesia/checker.hpp"

namespace magnesia {
namespace {

struct Person {
  Patient patient;
  Regimen regimen;
};

std::vector<Person> people() {
  using namespace std::chrono_literals;
  std::vector<Person> all;
  for (int egfr = 10; egfr <= 100; egfr += 15) {
    Person person;
    person.patient.age = 67_years;
    person.patient.sex = egfr % 2 == 0 ? Sex::female : Sex::male;
    person.patient.labs.egfr = Egfr{egfr, units::mL_min_1_73m2};
    person.patient.conditions = exactly({"osteoporosis", "hypothyroidism"});
    person.patient.medications =
        exactly({{"levothyroxine", daily(6h + 30min)}, {"alendronate", weekly(std::chrono::Sunday, 7h)}});
    person.regimen = {{"Magnesium (as magnesium oxide) 500 mg", daily(7h)}};
    all.push_back(person);
    person.patient.labs.egfr.forget();
    person.patient.conditions.open();
    all.push_back(person);
  }
  return all;
}

// All that an assessment says, so that a difference anywhere shows.
std::string said(const Assessment& assessment) {
  std::string text{name(assessment.at_least())};
  text.append(" to ").append(name(assessment.at_most())).append(": ").append(assessment.headline()).append("\n");
  for (const Finding& finding : assessment.findings()) {
    text.append(finding.rule).append(": ").append(finding.message).append(" ").append(finding.action).append("\n");
    for (const Source& source : finding.sources) text.append(source.id).append(" ");
  }
  for (const Missing& missing : assessment.missing())
    text.append(missing.fact).append("? ").append(missing.question).append("\n");
  return text;
}

TEST(Threads, ShareACheckerAndSayWhatOneThreadSays) {
  const Checker checker{Knowledge::embedded()};
  const std::vector<Person> asked = people();
  std::vector<std::string> alone;
  for (const Person& person : asked) {
    const Result<Assessment> answer = checker.assess(person.patient, person.regimen);
    ASSERT_TRUE(answer) << describe(answer.error());
    alone.push_back(said(*answer));
  }
  ASSERT_NE(alone.front(), alone.back()) << "people who differ must be answered differently, or the comparison shows nothing";

  constexpr int threads = 4;
  constexpr int rounds = 5;
  std::latch together{threads};
  std::vector<std::vector<std::string>> heard(threads);
  {
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread)
      running.emplace_back([&, thread] {
        const Checker copy = checker;  // cheap, and shares the knowledge
        Assessment reused;
        together.arrive_and_wait();
        for (int round = 0; round < rounds; ++round)
          for (std::size_t i = 0; i < asked.size(); ++i) {
            const Checker& used = round % 2 == 0 ? checker : copy;
            const std::optional<Error> error = used.assess_into(reused, asked[i].patient, asked[i].regimen);
            const std::string text = error ? describe(*error) : said(reused);
            if (text != alone[i]) heard[static_cast<std::size_t>(thread)].push_back(text);
          }
      });
    for (std::thread& one : running) one.join();
  }
  for (const std::vector<std::string>& different : heard) EXPECT_TRUE(different.empty()) << different.front();
}

TEST(Threads, LoadTheEmbeddedKnowledgeAtTheSameTime) {
  constexpr std::size_t threads = 4;
  std::vector<std::string> digests(threads);
  std::vector<std::thread> running;
  for (std::size_t thread = 0; thread < threads; ++thread)
    running.emplace_back([&digests, thread] { digests[thread] = Knowledge::embedded().identity().sha256; });
  for (std::thread& one : running) one.join();
  for (const std::string& digest : digests) EXPECT_EQ(digest, digests.front());
  EXPECT_EQ(digests.front().size(), 64U);
}

}  // namespace
}  // namespace magnesia
