// An institution's overlay: its own rule and a stricter severity over the knowledge that is built in, and what an assessment says
// of it.
#include <array>
#include <iostream>

#include "magnesia/magnesia.hpp"

namespace mg = magnesia;
using namespace mg::literals;
using namespace std::chrono_literals;

namespace {

// Usually a file: mg::Pack::read("our-hospital.json"), or magnesia check --knowledge embedded --knowledge our-hospital.json
constexpr const char* our_hospital = R"({
  "magnesia": "pack/1", "id": "st-elsewhere", "version": "3", "date": "2026-11-25",
  "documents": [
    {"magnesia": "sources/1", "sources": [
      {"id": "st-elsewhere.formulary", "grade": "expert", "title": "Formulary", "publisher": "St Elsewhere, pharmacy committee",
       "year": 2026, "read": "2026-11-25"}]},
    {"magnesia": "change/1", "id": "iron", "rule": "interaction.iron", "severity": "major",
     "because": "Two patients with missed iron deficiency in 2025; pharmacy committee, 3 March 2026."},
    {"magnesia": "rule/1", "id": "st-elsewhere.oxide-on-the-ward", "topic": "dose", "severity": "minor", "scope": "magnesium",
     "salt": "magnesium-oxide", "message": "Magnesium oxide is not on the ward's formulary.",
     "action": "Offer magnesium citrate, with the same elemental magnesium.",
     "sources": [{"source": "st-elsewhere.formulary", "locator": "chapter 9", "confirmed": true}], "reviewed": "2026-11-25"}
  ]})";

}  // namespace

int main() {
  const std::array packs{mg::Pack::embedded(), mg::Pack{"our-hospital", {{"our-hospital.json", our_hospital}}, {}}};
  const mg::Result<mg::Knowledge, mg::Errors> knowledge = mg::Knowledge::load(packs);
  if (!knowledge) {  // all faults of all packs, or nothing is loaded
    for (const mg::Error& error : knowledge.error()) std::cerr << mg::describe(error) << '\n';
    return 3;
  }

  mg::Patient eve;
  eve.age = 34_years;
  eve.sex = mg::Sex::female;
  eve.pregnant = false;
  eve.labs.egfr = 95_mL_min_1_73m2;
  eve.conditions = mg::exactly({"iron deficiency"});
  eve.medications = mg::exactly({{"ferrous sulfate", mg::daily(8h)}});
  const mg::Regimen regimen{{"Magnesium (as magnesium oxide) 200 mg", mg::daily(9h)}};

  const mg::Result<mg::Assessment> answer = mg::Checker{*knowledge}.assess(eve, regimen);
  if (!answer) {
    std::cerr << mg::describe(answer.error()) << '\n';
    return 2;
  }
  for (const std::string_view overlay : answer->overlays()) std::cout << "overlay " << overlay << '\n';
  for (const mg::Finding& finding : answer->findings())
    std::cout << finding.severity << ": " << finding.rule << ": " << finding.action << '\n';
}
