// A dispensary's loop: many people, one checker that all threads share, one assessment for each thread that is used again.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "magnesia/magnesia.hpp"

namespace mg = magnesia;
using namespace mg::literals;
using namespace std::chrono_literals;

namespace {

struct Order {
  std::string id;
  mg::Patient patient;
  mg::Regimen regimen;
};

// What a dispensary's own records would give.
std::vector<Order> orders() {
  std::vector<Order> all;
  for (int i = 0; i < 1000; ++i) {
    Order order;
    order.id = "order " + std::to_string(i);
    order.patient.age = mg::Age{20 + i % 70, mg::units::a};
    order.patient.sex = i % 2 == 0 ? mg::Sex::female : mg::Sex::male;
    if (i % 4 != 0) order.patient.labs.egfr = mg::Egfr{15 + i % 90, mg::units::mL_min_1_73m2};  // of every fourth it is not known
    order.patient.conditions = mg::exactly({"osteoporosis", "hypertension"});
    order.patient.medications =
        i % 3 == 0 ? mg::exactly({{"doxycycline", mg::daily(8h)}}) : mg::exactly({{"ramipril", mg::daily(8h)}});
    order.regimen = {{"Magnesium (as magnesium citrate) 300 mg", mg::daily(9h)}};
    all.push_back(std::move(order));
  }
  return all;
}

// What happens to an order is decided by the worst that is possible: what is not known never counts as safe.
enum class Lane : std::uint8_t { release, counsel, pharmacist, refused };

Lane lane_of(const mg::Assessment& assessment) {
  if (assessment.clearance()) return Lane::release;  // the only way to say so
  return assessment.at_most() >= mg::Severity::major ? Lane::pharmacist : Lane::counsel;
}

}  // namespace

int main() {
  const mg::Checker checker{mg::Knowledge::embedded(), {.as_of = 2026y / 11 / 25}};
  const std::vector<Order> all = orders();
  std::vector<Lane> lanes(all.size());

  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    mg::Assessment assessment;  // grows to the size of the largest order, and then allocates no more
    for (std::size_t i = next++; i < all.size(); i = next++)
      lanes[i] = checker.assess_into(assessment, all[i].patient, all[i].regimen) ? Lane::refused : lane_of(assessment);
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::max(2U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  threads.clear();  // joins them

  const auto count = [&](Lane lane) { return std::count(lanes.begin(), lanes.end(), lane); };
  std::cout << count(Lane::release) << " released, " << count(Lane::counsel) << " to be told something, "
            << count(Lane::pharmacist) << " for the pharmacist, " << count(Lane::refused) << " with impossible numbers\n";
}
