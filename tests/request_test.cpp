#include "magnesia/request.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "json/parse.hpp"
#include "json/read_file.hpp"
#include "request/request.hpp"

namespace magnesia {
namespace {

constexpr std::string_view everything = R"({
  "magnesia": "request/1",
  "patient": {
    "age": {"value": 67, "unit": "a"}, "sex": "female",
    "pregnancy": {"status": "pregnant", "trimester": 2}, "lactating": false,
    "weight": {"value": 70, "unit": "kg"}, "height": {"value": 165, "unit": "cm"}, "dialysis": true,
    "labs": {
      "egfr": {"value": 41, "unit": "mL/min/{1.73_m2}"}, "creatinine": {"value": 1.3, "unit": "mg/dL"},
      "cystatin-c": {"value": 0.98, "unit": "mg/L"}, "serum-magnesium": {"value": 2.0, "unit": "mg/dL"},
      "ferritin": {"value": 40, "unit": "ng/mL"}, "transferrin-saturation": {"value": 15, "unit": "%"},
      "heart-rate": {"value": 48, "unit": "/min"}, "systolic-blood-pressure": {"value": 95, "unit": "mm[Hg]"},
      "pr-interval": {"value": 210, "unit": "ms"}
    },
    "conditions": ["osteoporosis", {"system": "icd10cm", "code": "I44.2"}]
  },
  "medications": {"at_least": [
    {"drug": "alendronate", "times": ["07:00"], "days": ["sun", "wed"]},
    {"drug": {"system": "rxnorm", "code": "10582"}, "doses_per_day": 1.5, "with_food": true, "may_move": {"from": "22:00", "to": "02:00"}},
    {"drug": "ibuprofen", "as_needed": true, "may_move": false, "min_spacing": {"value": 6, "unit": "h"}}
  ]},
  "magnesium": [
    {"salt": "magnesium oxide", "amount": {"value": 500, "unit": "mg"}, "basis": "salt", "times": ["21:30"]},
    {"label": "Magnesium 200 mg", "times": ["08:00", "20:00"], "doses_per_day": 2, "unit_mass": {"value": 1.2, "unit": "g"}},
    {"ingredients": [{"salt": "magnesium glycinate", "amount": {"value": 10, "unit": "mmol"}},
                     {"salt": "magnesium malate", "amount": {"value": 100, "unit": "mg"}, "basis": "elemental"},
                     {"salt": "magnesium citrate", "amount": {"value": 10, "unit": "meq"}, "basis": "elemental"},
                     {"salt": "magnesium taurate"}],
     "units_per_dose": 2, "may_move": true},
    {"amount": {"value": 0.4, "unit": "g"}}
  ],
  "day": {"wake": "06:30", "breakfast": "07:30", "lunch": "12:30", "dinner": "18:30", "bed": "00:00"},
  "purpose": {"system": "snomed", "code": "32914008"}
})";

Request expected_request() {
  Request request;
  Patient& patient = request.patient;
  patient.age = 67_years;
  patient.sex = Sex::female;
  patient.pregnant = true;
  patient.trimester = 2;
  patient.lactating = false;
  patient.weight = Mass{70, units::kg};
  patient.height = Length{165, units::cm};
  patient.dialysis = true;
  patient.labs.egfr = 41_mL_min_1_73m2;
  patient.labs.creatinine = Creatinine{Exact::ratio(13, 10), units::mg_dL};
  patient.labs.cystatin_c = CystatinC{Exact::ratio(98, 100), units::mg_L};
  patient.labs.serum_magnesium = serum_magnesium(2, units::mg_dL);
  patient.labs.ferritin = Ferritin{40, units::ng_mL};
  patient.labs.transferrin_saturation = TransferrinSaturation{15, units::percent};
  patient.signs.heart_rate = HeartRate{48, units::per_min};
  patient.signs.systolic_blood_pressure = BloodPressure{95, units::mm_Hg};
  patient.signs.pr_interval = Duration{210, units::ms};
  patient.conditions = exactly({Condition{"osteoporosis"}, Condition{Term{"I44.2", "icd10cm"}}});
  patient.purpose = Term{"32914008", "snomed"};

  using namespace std::chrono_literals;
  Schedule sundays_and_wednesdays = daily(7h);
  sundays_and_wednesdays.days = 0b0001001;
  Schedule with_food = times_a_day(Exact::ratio(3, 2));
  with_food.with_food = true;
  Schedule as_needed;
  as_needed.as_needed = true;
  patient.medications = at_least(
      {Taken{"alendronate", sundays_and_wednesdays}, Taken{Term{"10582", "rxnorm"}, with_food}, Taken{"ibuprofen", as_needed}});
  request.medications.resize(3);
  request.medications[1].may_move = true;
  request.medications[1].within = TimeSpan{{22 * 60}, {2 * 60}};
  request.medications[2].may_move = false;
  request.medications[2].min_spacing = Duration{6, units::h};

  Product oxide{{Ingredient{{"magnesium oxide", {}}, {}, SaltMass{500, units::mg}, {}}}, daily(21h + 30min)};
  Product label{"Magnesium 200 mg", daily(8h, 20h)};
  label.schedule.doses_per_day = Exact{2};
  label.unit_mass = Mass{1200, units::mg};
  Product blend{{Ingredient{{"magnesium glycinate", {}}, ElementalMass{Exact::ratio(24305, 100), units::mg}, {}, {}},
                 Ingredient{{"magnesium malate", {}}, 100_mg_elemental, {}, {}},
                 Ingredient{{"magnesium citrate", {}}, ElementalMass{Exact::ratio(121525, 1000), units::mg}, {}, {}},
                 Ingredient{{"magnesium taurate", {}}, {}, {}, {}}},
                times_unknown()};
  blend.units_per_dose = Exact{2};
  Product unsaid{{Ingredient{{}, {}, {}, Mass{400, units::mg}}}, times_unknown()};
  request.regimen = Regimen{oxide, label, blend, unsaid};
  request.magnesium.resize(4);
  request.magnesium[2].may_move = true;

  request.day = {TimeOfDay{390}, TimeOfDay{450}, TimeOfDay{750}, TimeOfDay{1110}, TimeOfDay{0}};
  return request;
}

TEST(Request, EveryKeyOfTheContractIsRead) {
  const Result<Request, Errors> request = read_request(everything);
  ASSERT_TRUE(request.has_value()) << describe(request.error()[0]);
  const Request expected = expected_request();
  EXPECT_EQ(request->patient.labs, expected.patient.labs);
  EXPECT_EQ(request->patient.conditions, expected.patient.conditions);
  EXPECT_EQ(request->patient.medications, expected.patient.medications);
  EXPECT_EQ(request->patient, expected.patient);
  EXPECT_EQ(request->regimen, expected.regimen);
  EXPECT_EQ(*request, expected);
}

TEST(Request, WhatIsNotSaidIsUnknown) {
  const Result<Request, Errors> request = read_request(R"({"magnesia": "request/1", "patient": {"labs": {}}})");
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(*request, Request{});
}

TEST(Request, AListIsUnknownOrEmptyOrOpen) {
  const auto completeness = [](std::string_view conditions) {
    const auto request = read_request(R"({"magnesia": "request/1", "patient": {"conditions": )" + std::string{conditions} + "}}");
    return request->patient.conditions.completeness();
  };
  EXPECT_EQ(completeness("[]"), Completeness::exactly);
  EXPECT_EQ(completeness(R"({"at_least": []})"), Completeness::at_least);
  EXPECT_EQ(read_request(R"({"magnesia": "request/1", "medications": [], "magnesium": {"at_least": []}})")
                ->regimen.products()
                .completeness(),
            Completeness::at_least);
}

TEST(Request, SerumMagnesiumAndCreatinineInTheUnitsOfLaboratories) {
  const auto labs = [](std::string_view lab) {
    return read_request(R"({"magnesia": "request/1", "patient": {"labs": {)" + std::string{lab} + "}}}")->patient.labs;
  };
  const Labs one_millimole = labs(R"("serum-magnesium": {"value": 1, "unit": "mmol/L"})");
  EXPECT_EQ(labs(R"("serum-magnesium": {"value": 2.4305, "unit": "mg/dL"})"), one_millimole);
  EXPECT_EQ(labs(R"("serum-magnesium": {"value": 2, "unit": "meq/L"})"), one_millimole);
  EXPECT_EQ(labs(R"("creatinine": {"value": 88.4, "unit": "umol/L"})"), labs(R"("creatinine": {"value": 1, "unit": "mg/dL"})"));
}

TEST(Request, AReaderKeepsNothingOfTheRequestBefore) {
  RequestReader reader;
  Request request;
  ASSERT_TRUE(reader.read_into(request, everything).empty());
  EXPECT_EQ(request, expected_request());
  ASSERT_FALSE(reader.read_into(request, "{").empty());
  EXPECT_EQ(request, Request{});
  ASSERT_TRUE(reader.read_into(request, everything).empty());
  ASSERT_TRUE(reader.read_into(request, R"({"magnesia": "request/1"})").empty());
  EXPECT_EQ(request, Request{});
}

TEST(Request, DosesMayGoByTheHoursOfTheDayWhereverThoseStand) {
  const Result<Request, Errors> request = read_request(R"({"magnesia": "request/1",
    "medications": [{"drug": "a", "times": ["30 minutes before breakfast", "22:00"]}, {"drug": "b", "times": ["with breakfast", "with dinner"]}],
    "magnesium": [{"label": "x", "times": ["at bedtime"]}],
    "day": {"breakfast": "07:30", "dinner": "18:30", "bed": "22:30"}})");
  ASSERT_TRUE(request) << describe(request.error().front());
  const auto& taken = request->patient.medications.items();
  EXPECT_EQ(taken[0].schedule().times, (std::vector<TimeOfDay>{{420}, {1320}}));
  EXPECT_FALSE(taken[0].schedule().with_food.known());
  EXPECT_EQ(taken[1].schedule().times, (std::vector<TimeOfDay>{{450}, {1110}}));
  EXPECT_EQ(taken[1].schedule().with_food, Fact<bool>{true});
  EXPECT_EQ(request->regimen.products().items()[0].schedule.times, (std::vector<TimeOfDay>{{1350}}));
}

TEST(Request, DosesMayHaveATimeThatIsKnownInPart) {
  const Result<Request, Errors> request = read_request(R"({"magnesia": "request/1",
    "medications": [{"drug": "a", "times": ["in the morning", "22:00", {"from": "23:00", "to": "01:00"}], "doses_per_day": 3},
                    {"drug": "b", "times": ["with lunch", "before dinner"]}],
    "day": {"breakfast": "07:30", "dinner": "18:30"}})");
  ASSERT_TRUE(request) << describe(request.error().front());
  const auto& taken = request->patient.medications.items();
  EXPECT_EQ(taken[0].schedule().times, (std::vector<TimeOfDay>{{1320}}));
  EXPECT_EQ(taken[0].schedule().within, (std::vector<TimeWithin>{{span_of(PartOfDay::morning), {}}, {{{1380}, {60}}, {}}}));
  EXPECT_EQ(taken[1].schedule().within[0], (TimeWithin{{{450}, {1110}}, AnchoredTime{Anchor::lunch, 0, 0, true}}));
  EXPECT_EQ(taken[1].schedule().within[1], (TimeWithin{{{450}, {1110}}, {}}));
  EXPECT_FALSE(taken[1].schedule().with_food.known());
}

struct Fault {
  std::string json;  // the members behind "magnesia"
  Errors errors;
};

Error error(ErrorKind kind, std::string place, std::string found, std::string expected) {
  return {kind, std::move(place), std::move(found), std::move(expected)};
}

class RequestFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(RequestFaults, IsReportedWithItsPlace) {
  const Result<Request, Errors> request = read_request(R"({"magnesia": "request/1", )" + GetParam().json + "}");
  ASSERT_FALSE(request.has_value()) << GetParam().json;
  std::string all;
  for (const Error& e : request.error()) all += "  " + std::string{name(e.kind)} + " " + describe(e) + "\n";
  EXPECT_EQ(request.error(), GetParam().errors) << GetParam().json << "\n" << all;
}

const std::string a_time = "a time of day, 00:00 to 23:59, such as \"07:30\"";
const std::string a_dose_time =
    "a time of day, 00:00 to 23:59, such as \"07:30\"; one by the \"day\", such as \"with dinner\"; \"in the morning\"; or "
    "{\"from\": \"06:00\", \"to\": \"09:00\"}";
const std::string a_code = R"(a name, or a code such as {"system": "rxnorm", "code": "10582"})";
const std::string ways = R"(one of "salt" with "amount", "label" and "ingredients")";
using enum ErrorKind;

INSTANTIATE_TEST_SUITE_P(
    Keys, RequestFaults,
    ::testing::Values(
        Fault{R"("patient": {"condtions": []})",
              {error(unknown_key, "/patient/condtions", "the key \"condtions\"", "the key \"conditions\"")}},
        Fault{R"("patient": {"eGFR": 1})",
              {error(unknown_key, "/patient/eGFR", "the key \"eGFR\"",
                     "one of the keys age, sex, pregnancy, lactating, weight, height, dialysis, labs or conditions")}},
        Fault{R"("patient": {"labs": {"eGFR": 1, "serum_magnesium": 2, "creatinien": 3}})",
              {error(unknown_key, "/patient/labs/eGFR", "the key \"eGFR\"", "the key \"egfr\""),
               error(unknown_key, "/patient/labs/serum_magnesium", "the key \"serum_magnesium\"", "the key \"serum-magnesium\""),
               error(unknown_key, "/patient/labs/creatinien", "the key \"creatinien\"", "the key \"creatinine\"")}},
        Fault{R"("medicatoins": [])", {error(unknown_key, "/medicatoins", "the key \"medicatoins\"", "the key \"medications\"")}},
        Fault{R"("day": {"sleep": "22:00"})",
              {error(unknown_key, "/day/sleep", "the key \"sleep\"", "one of the keys wake, breakfast, lunch, dinner or bed")}},
        Fault{R"("medications": [{"drug": "a", "time": ["07:00"]}])",
              {error(unknown_key, "/medications/0/time", "the key \"time\"", "the key \"times\"")}},
        Fault{R"("patient": {"sex": "female", "sex": "male"})",
              {error(duplicate_key, "/patient/sex", "the same key at byte 62 as at byte 45", "each key once")}}));

INSTANTIATE_TEST_SUITE_P(
    Quantities, RequestFaults,
    ::testing::Values(
        Fault{R"("patient": {"labs": {"egfr": 41}})",
              {error(wrong_unit, "/patient/labs/egfr", "the number 41 without a unit",
                     R"({"value": a number, "unit": mL/min/{1.73_m2}})")}},
        Fault{R"("patient": {"labs": {"egfr": {"value": 41}}})",
              {error(wrong_unit, "/patient/labs/egfr/unit", "no unit", "mL/min/{1.73_m2}")}},
        Fault{R"("patient": {"labs": {"egfr": {"value": 41, "unit": "mL/min"}}})",
              {error(wrong_unit, "/patient/labs/egfr/unit", "\"mL/min\", the unit of a clearance (such as mL/min)",
                     "mL/min/{1.73_m2}")}},
        Fault{R"("patient": {"labs": {"egfr": {"value": 41, "unit": "furlong"}}})",
              {error(wrong_unit, "/patient/labs/egfr/unit", "\"furlong\"", "mL/min/{1.73_m2}")}},
        Fault{R"("patient": {"labs": {"egfr": {"unit": "mL/min/{1.73_m2}"}}})",
              {error(missing_key, "/patient/labs/egfr/value", "no key \"value\"", "a number")}},
        Fault{R"("patient": {"labs": {"egfr": {"value": "41", "unit": "mg", "x": 1}}})",
              {error(unknown_key, "/patient/labs/egfr/x", "the key \"x\"", "one of the keys value or unit"),
               error(wrong_type, "/patient/labs/egfr/value", "the string \"41\"", "a number"),
               error(wrong_unit, "/patient/labs/egfr/unit", "\"mg\", the unit of a mass (such as mg)", "mL/min/{1.73_m2}")}},
        Fault{R"("patient": {"labs": {"egfr": null}})",
              {error(wrong_type, "/patient/labs/egfr", "null",
                     R"({"value": a number, "unit": mL/min/{1.73_m2}}; leave the key out where it is not known)")}},
        Fault{R"("patient": {"age": {"value": -1, "unit": "a"}, "weight": {"value": 1e19, "unit": "kg"}})",
              {error(out_of_range, "/patient/age/value", "the number -1", "0 or above"),
               error(too_large, "/patient/weight/value", "the number 1e19", "a magnitude of at most 1e18")}},
        Fault{R"("patient": {"age": {"value": )" + std::string(70, '1') + R"(, "unit": "a"}})",
              {error(too_large, "/patient/age/value", "a number of 70 characters", "at most 64")}},
        Fault{R"("magnesium": [{"salt": "magnesium oxide", "amount": {"value": 10, "unit": "mmol"}, "basis": "salt"}])",
              {error(wrong_unit, "/magnesium/0/amount/unit", "\"mmol\" with the basis \"salt\"",
                     "a mass (such as mg): mmol and meq count magnesium")}},
        Fault{R"("magnesium": [{"salt": "magnesium oxide", "amount": {"value": 15, "unit": "mL"}}])",
              {error(wrong_unit, "/magnesium/0/amount/unit", "\"mL\", the unit of a volume (such as mL)",
                     "mg, g, ug, mmol or meq")}}));

INSTANTIATE_TEST_SUITE_P(
    Times, RequestFaults,
    ::testing::Values(
        Fault{R"("medications": [{"drug": "a", "times": ["with dinner", "with supper"]}], "day": {"wake": "06:00"})",
              {error(syntax, "/medications/0/times/1", "the string \"with supper\"", a_dose_time)}},
        Fault{
            R"("magnesium": [{"label": "x", "times": [{"from": "06:00"}, {"from": "24:00", "to": "9", "at": "07:00"}, "in the night"]}])",
            {error(missing_key, "/magnesium/0/times/0/to", "no key \"to\"", "a time of day"),
             error(out_of_range, "/magnesium/0/times/1/from", "the string \"24:00\"",
                   "a time of day, 00:00 to 23:59, such as \"07:30\""),
             error(syntax, "/magnesium/0/times/1/to", "the string \"9\"", "a time of day, 00:00 to 23:59, such as \"07:30\""),
             error(unknown_key, "/magnesium/0/times/1/at", "the key \"at\"", "one of the keys from or to"),
             error(syntax, "/magnesium/0/times/2", "the string \"in the night\"", a_dose_time)}},
        Fault{R"("day": {"bed": "23:00"}, "magnesium": [{"label": "x", "times": ["2 h after bed"]}])",
              {error(out_of_range, "/magnesium/0/times/0", "the string \"2 h after bed\"", "a time on the same day")}},
        Fault{R"("day": {"lunch": "12:00"}, "magnesium": [{"label": "x", "times": ["with lunch"], "with_food": false}])",
              {error(conflict, "/magnesium/0/with_food", "false with times that are with a meal", "true, or other times")}},
        Fault{R"("day": {"wake": "24:30", "bed": "7:00", "lunch": 12, "dinner": "18.30", "breakfast": "07:60"})",
              {error(out_of_range, "/day/wake", "the string \"24:30\"", a_time),
               error(syntax, "/day/bed", "the string \"7:00\"", a_time), error(wrong_type, "/day/lunch", "the number 12", a_time),
               error(syntax, "/day/dinner", "the string \"18.30\"", a_time),
               error(out_of_range, "/day/breakfast", "the string \"07:60\"", a_time)}},
        Fault{R"("medications": [{"drug": "a", "times": [], "days": ["sun", "Sunday", "sun"]}])",
              {error(out_of_range, "/medications/0/times", "an empty array",
                     "times of day such as [\"07:30\", \"19:30\"]; leave the key out where it is not known"),
               error(unknown_name, "/medications/0/days/1", "the string \"Sunday\"", "sun, mon, tue, wed, thu, fri or sat"),
               error(conflict, "/medications/0/days/2", "the string \"sun\" again", "each day once")}},
        Fault{R"("magnesium": [{"label": "x", "times": ["07:00", "19:00"], "doses_per_day": 3}])",
              {error(conflict, "/magnesium/0/doses_per_day", "the number 3", "2, the number of \"times\"")}},
        Fault{R"("magnesium": [{"label": "x", "doses_per_day": -1, "as_needed": 1, "may_move": "yes", "units_per_dose": 0}])",
              {error(out_of_range, "/magnesium/0/doses_per_day", "the number -1", "0 or above"),
               error(wrong_type, "/magnesium/0/as_needed", "the number 1", "true or false"),
               error(wrong_type, "/magnesium/0/may_move", "the string \"yes\"",
                     R"(true, false or {"from": "06:00", "to": "09:00"})"),
               error(out_of_range, "/magnesium/0/units_per_dose", "the number 0", "above 0")}},
        Fault{R"("magnesium": [{"label": "x", "may_move": {"from": "06:00"}}])",
              {error(missing_key, "/magnesium/0/may_move/to", "no key \"to\"", "a time of day")}},
        Fault{R"("magnesium": [{"label": "x", "min_spacing": {"value": 4, "unit": "mg"}}])",
              {error(wrong_unit, "/magnesium/0/min_spacing/unit", "\"mg\", the unit of a mass (such as mg)", "h or min")}}));

INSTANTIATE_TEST_SUITE_P(
    Statements, RequestFaults,
    ::testing::Values(
        Fault{R"("patient": {"sex": "f", "lactating": "no", "pregnancy": {"status": "maybe", "trimester": 4}})",
              {error(unknown_name, "/patient/sex", "the string \"f\"", "female or male"),
               error(wrong_type, "/patient/lactating", "the string \"no\"", "true or false"),
               error(unknown_name, "/patient/pregnancy/status", "the string \"maybe\"", "not-pregnant or pregnant"),
               error(out_of_range, "/patient/pregnancy/trimester", "the number 4", "1, 2 or 3")}},
        Fault{R"("patient": {"pregnancy": {"trimester": 2.5}})",
              {error(out_of_range, "/patient/pregnancy/trimester", "the number 2.5", "1, 2 or 3"),
               error(missing_key, "/patient/pregnancy/status", "no key \"status\"", "pregnant or not-pregnant")}},
        Fault{R"("patient": {"pregnancy": {"status": "not-pregnant", "trimester": 1}})",
              {error(conflict, "/patient/pregnancy/trimester", "the number 1 with the status \"not-pregnant\"",
                     "a trimester only of somebody pregnant")}},
        Fault{R"("patient": {"conditions": ["", {"system": "icd10cm"}, 3, {"code": "x", "system": " "}]})",
              {error(unknown_name, "/patient/conditions/0", "the string \"\"", "a name or code"),
               error(missing_key, "/patient/conditions/1/code", "no key \"code\"", "a code of that terminology"),
               error(wrong_type, "/patient/conditions/2", "the number 3", a_code),
               error(unknown_name, "/patient/conditions/3/system", "the string \" \"", "a name or code")}},
        Fault{R"("patient": {"conditions": {}, "labs": []})",
              {error(missing_key, "/patient/conditions/at_least", "no key \"at_least\"", "an array of conditions"),
               error(wrong_type, "/patient/labs", "an empty array", "an object of laboratory values")}},
        Fault{R"("patient": {"conditions": "none"}, "medications": ["warfarin", {"times": ["07:00"]}])",
              {error(wrong_type, "/patient/conditions", "the string \"none\"",
                     "an array of conditions, or {\"at_least\": […]} where there may be more"),
               error(wrong_type, "/medications/0", "the string \"warfarin\"",
                     R"(an object such as {"drug": "alendronate", "times": ["07:00"]})"),
               error(missing_key, "/medications/1/drug", "no key \"drug\"", a_code)}},
        Fault{
            R"("magnesium": [{}, {"label": "x", "salt": "magnesium oxide"}, {"label": "x", "amount": {"value": 1, "unit": "mg"}}])",
            {error(missing_key, "/magnesium/0", "an object without any of them", ways),
             error(conflict, "/magnesium/1", "\"salt\" and \"label\"", ways),
             error(conflict, "/magnesium/2", "\"amount\" and \"label\"", ways)}},
        Fault{R"("magnesium": [{"salt": "magnesium oxide", "basis": "salt"}, {"ingredients": [{}, 1]}, {"ingredients": []}])",
              {error(missing_key, "/magnesium/0/amount", "no key \"amount\"", "the amount whose basis is given"),
               error(missing_key, "/magnesium/1/ingredients/0/salt", "no key \"salt\"", "a salt, an amount or both"),
               error(wrong_type, "/magnesium/1/ingredients/1", "the number 1",
                     R"(an object such as {"salt": "magnesium malate", "amount": {"value": 500, "unit": "mg"}})"),
               error(out_of_range, "/magnesium/2/ingredients", "an empty array",
                     "an array of ingredients; leave the key out where it is not known")}}));

TEST(Request, ItsVersionComesFirst) {
  const auto errors = [](std::string_view json) { return read_request(json).error(); };
  EXPECT_EQ(errors("{}"), (Errors{error(missing_key, "/magnesia", "no key \"magnesia\"", "\"request/1\"")}));
  EXPECT_EQ(errors(R"({"magnesia": "request/2", "new": 1})"),
            (Errors{error(unknown_name, "/magnesia", "the string \"request/2\"", "\"request/1\"")}));
  EXPECT_EQ(errors(R"({"magnesia": 1})"), (Errors{error(wrong_type, "/magnesia", "the number 1", "\"request/1\"")}));
  EXPECT_EQ(errors("[]"),
            (Errors{error(wrong_type, "", "an empty array", "an object that begins {\"magnesia\": \"request/1\"")}));
  EXPECT_EQ(errors("{]")[0].place, "byte 1");
}

// The same cases are put to the JSON Schema by request_schema_check.py.
TEST(Request, AgreesWithTheCasesOfItsSchema) {
  const Result<std::string> text = json::read_file(MAGNESIA_SOURCE_DIR "/tests/conformance/request_format.json", 1 << 20U);
  ASSERT_TRUE(text.has_value());
  json::Parser parser;
  const Result<const json::Node*, Errors> document = parser.parse(*text);
  ASSERT_TRUE(document.has_value());
  int count = 0;
  for (const json::Node& one : (*document)->find("cases")->children()) {
    const json::Node& node = *one.find("request");
    Request request;
    Errors errors;
    request::read(node, request, errors);
    std::vector<std::string> places;
    for (const Error& e : errors) places.push_back(e.place.substr(pointer(node).size()));
    std::vector<std::string> expected;
    for (const json::Node& place : one.find("faults")->children()) expected.emplace_back(place.text());
    EXPECT_EQ(places, expected) << one.find("name")->text();
    ++count;
  }
  EXPECT_GT(count, 40);
}

TEST(Request, ListsAreBounded) {
  std::string medications = R"({"magnesia": "request/1", "medications": [)";
  for (int i = 0; i < 1001; ++i) medications += std::string{i > 0 ? "," : ""} + R"({"drug":"a"})";
  EXPECT_EQ(read_request(medications + "]}").error(), (Errors{error(too_large, "/medications", "1001 entries", "at most 1000")}));
  EXPECT_EQ(RequestReader{10}.read(everything).error()[0].kind, too_large);
}

}  // namespace
}  // namespace magnesia
