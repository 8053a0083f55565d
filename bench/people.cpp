#include "bench/people.hpp"

namespace magnesia::bench {

using namespace literals;
using namespace std::chrono_literals;

namespace {

Product product(const char* salt, SaltMass mass, Schedule when) {
  Ingredient ingredient;
  ingredient.salt = {salt, {}};
  ingredient.compound = mass;
  return {std::vector{ingredient}, std::move(when)};
}

}  // namespace

Person small() {
  Person ann;
  ann.patient.age = 67_years;
  ann.patient.sex = Sex::female;
  ann.patient.dialysis = false;
  ann.patient.labs.egfr = 71_mL_min_1_73m2;
  ann.patient.conditions = exactly({"osteoporosis", "hypothyroidism"});
  ann.patient.medications = exactly({{"alendronate", weekly(std::chrono::Sunday, 7h)}, {"levothyroxine", daily(6h + 30min)}});
  ann.regimen = {product("magnesium oxide", 500_mg_salt, daily(7h))};
  return ann;
}

Person large() {
  Person bob;
  bob.patient.age = 81_years;
  bob.patient.sex = Sex::male;
  bob.patient.dialysis = false;
  bob.patient.labs.egfr = 41_mL_min_1_73m2;
  bob.patient.conditions = exactly({"osteoporosis", "hypothyroidism", "hypertension", "heart failure", "atrial fibrillation",
                                    "gout", "type 2 diabetes", "constipation"});
  bob.patient.medications = exactly({{"alendronate", weekly(std::chrono::Sunday, 7h)},
                                     {"levothyroxine", daily(6h + 30min)},
                                     {"gabapentin", daily(8h, 14h, 22h)},
                                     {"ciprofloxacin", daily(8h, 20h)},
                                     {"doxycycline", daily(9h)},
                                     {"digoxin", daily(8h)},
                                     {"furosemide", daily(8h)},
                                     {"spironolactone", daily(8h)},
                                     {"omeprazole", daily(7h)},
                                     {"metformin", daily(8h, 18h)},
                                     {"rosuvastatin", daily(21h)},
                                     {"allopurinol", daily(8h)},
                                     {"amlodipine", daily(8h)},
                                     {"apixaban", daily(8h, 20h)},
                                     {"ferrous sulfate", daily(12h)}});
  bob.regimen = {product("magnesium oxide", 500_mg_salt, daily(7h)), product("magnesium citrate", 1000_mg_salt, daily(12h, 18h)),
                 product("magnesium hydroxide", 1200_mg_salt, daily(22h))};
  return bob;
}

std::string_view small_request() {
  return R"({
  "magnesia": "request/1",
  "patient": {
    "age": {"value": 67, "unit": "a"}, "sex": "female", "dialysis": false,
    "labs": {"egfr": {"value": 71, "unit": "mL/min/{1.73_m2}"}},
    "conditions": ["osteoporosis", "hypothyroidism"]
  },
  "medications": [
    {"drug": "alendronate", "times": ["07:00"], "days": ["sun"]},
    {"drug": "levothyroxine", "times": ["06:30"]}
  ],
  "magnesium": [
    {"salt": "magnesium oxide", "amount": {"value": 500, "unit": "mg"}, "basis": "salt", "times": ["07:00"]}
  ]
})";
}

}  // namespace magnesia::bench
