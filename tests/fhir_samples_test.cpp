// Records that nobody here wrote: a folder of FHIR R4 Bundles, named by MAGNESIA_FHIR_SAMPLES, one person a file, such as Synthea
// writes them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "json/parse.hpp"
#include "magnesia/checker.hpp"
#include "magnesia/fhir.hpp"

namespace magnesia {
namespace {

using namespace std::chrono_literals;
using fhir::Note;

struct Figures {
  std::size_t records = 0, resources = 0, medications = 0, products = 0, conditions = 0, measurements = 0;
  std::map<std::string, std::size_t> notes, unread_medications, unread_conditions, unread_measurements;
};

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// The newest day that stands in the record of a measurement: the samples end in different years.
std::chrono::year_month_day last_day(const std::string& text) {
  std::string last = "0000-00-00";
  const std::string key = R"("effectiveDateTime": ")";
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 1))
    last = std::max(last, text.substr(at + key.size(), 10));
  if (last == "0000-00-00") return 2020y / 1 / 1;
  return std::chrono::year{std::stoi(last.substr(0, 4))} / std::stoi(last.substr(5, 2)) / std::stoi(last.substr(8, 2));
}

void print(const std::string& what, const std::map<std::string, std::size_t>& counts, std::size_t most) {
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (const auto& [text, count] : counts) sorted.emplace_back(count, text);
  std::sort(sorted.rbegin(), sorted.rend());
  std::cout << what << " (" << counts.size() << " different)\n";
  for (std::size_t i = 0; i < std::min(most, sorted.size()); ++i)
    std::cout << "  " << sorted[i].first << "  " << sorted[i].second << '\n';
}

TEST(FhirSamples, EveryResourceIsUsedOrSaidToBeLeftOutAndEveryPersonIsAssessed) {
  const char* const folder = std::getenv("MAGNESIA_FHIR_SAMPLES");
  if (folder == nullptr) GTEST_SKIP() << "MAGNESIA_FHIR_SAMPLES names no folder of FHIR R4 Bundles";
  const Knowledge knowledge = Knowledge::embedded();
  const Checker checker{knowledge};
  Figures figures;
  json::Parser parser;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() != ".json") continue;
    const std::string text = text_of(entry.path());
    const std::string name = entry.path().filename().string();
    fhir::ReadOptions options;
    options.as_of = last_day(text);
    const Result<fhir::Record, Errors> record = fhir::read(text, knowledge, options);
    if (!record) {
      ADD_FAILURE() << name << ": " << describe(record.error().front());
      continue;
    }
    Errors errors;
    const json::Node* const root = parser.parse(text, {}, errors);
    ASSERT_NE(root, nullptr);
    const auto entries =
        static_cast<std::size_t>(std::distance(root->find("entry")->children().begin(), root->find("entry")->children().end()));
    std::set<std::string> told;
    const auto tell = [&](const std::string& pointer) {
      told.insert(pointer.substr(0, pointer.find('/', sizeof "/entry/" - 1)));
    };
    for (const auto* origins : {&record->conditions, &record->medications, &record->magnesium})
      for (const fhir::Origin& origin : *origins) tell(origin.pointer);
    for (const fhir::Measurement& one : record->measurements) tell(one.origin.pointer);
    for (const Note& note : record->notes) tell(note.origin.pointer);
    if (!record->patient.pointer.empty()) tell(record->patient.pointer);
    EXPECT_EQ(told.size(), entries) << name;

    const Result<Assessment> answer = checker.assess(record->request.patient, record->request.regimen);
    EXPECT_TRUE(answer) << name << ": " << describe(answer.error());

    ++figures.records;
    figures.resources += entries;
    figures.medications += record->medications.size();
    figures.products += record->magnesium.size();
    figures.conditions += record->conditions.size();
    figures.measurements += record->measurements.size();
    for (const Note& note : record->notes) {
      ++figures
            .notes[std::string{fhir::name(note.outcome)} + ": " + (note.outcome == Note::Outcome::unread ? "" : note.expected)];
      if (note.outcome != Note::Outcome::unread) continue;
      auto& unread = note.origin.reference.starts_with("Medication")    ? figures.unread_medications
                     : note.origin.reference.starts_with("Observation") ? figures.unread_measurements
                                                                        : figures.unread_conditions;
      ++unread[note.found];
    }
  }
  ASSERT_GT(figures.records, 0U) << folder << " has no .json";
  std::cout << figures.records << " records, " << figures.resources << " resources: " << figures.conditions << " conditions, "
            << figures.medications << " medications, " << figures.products << " magnesium products, " << figures.measurements
            << " measurements used\n";
  print("notes", figures.notes, 40);
  print("medications that were not understood", figures.unread_medications, 40);
  print("measurements that were not understood", figures.unread_measurements, 15);
  print("conditions, procedures and others that were not understood", figures.unread_conditions, 40);
}

}  // namespace
}  // namespace magnesia
