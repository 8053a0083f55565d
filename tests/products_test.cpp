// The catalogue of products: what each label says, whether it can be so, and what its names stand for.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/catalogue.hpp"
#include "json/parse.hpp"
#include "json/read_file.hpp"
#include "magnesia/magnesia.hpp"
#include "tests/embedded.hpp"

namespace magnesia {
namespace {

using json::Node;
using json::Type;
using tests::checker;

std::string text(const Node& node, std::string_view key) { return std::string{node.find(key)->text()}; }

template <class See>
void for_each_product(See see) {
  json::Parser parser;
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator{std::string{MAGNESIA_SOURCE_DIR} + "/knowledge/products"}) {
    const Result<std::string> read = json::read_file(file.path().string(), std::size_t{1} << 20U);
    ASSERT_TRUE(read);
    const Result<const Node*, Errors> document = parser.parse(*read);
    ASSERT_TRUE(document);
    see(**document);
    ++seen;
  }
  EXPECT_GE(seen, 79U);
}

// Claims that are above what the salt holds by no more than the rounding of the figure. The reader of labels does not weigh
// rounding yet, so it may answer that it cannot tell; never that the claim is impossible.
const std::set<std::string> above_by_rounding{"mag-ox-400", "pedia-lax-chewable-400"};

TEST(Products, LabelsSayWhatIsFiled) {
  for_each_product([](const Node& product) {
    const std::string id = text(product, "id");
    const Result<Elemental> item = elemental_of(checker(), text(product, "label"));
    ASSERT_TRUE(item) << id << ": " << describe(item.error());
    const Exact claimed = *Exact::parse(product.find("elemental")->find("value")->text());
    EXPECT_EQ(product.find("elemental")->find("unit")->text(), "mg") << id;
    // Never less than is claimed; more only where the label gives a range, or a mass of salt that may hold more.
    EXPECT_EQ(item->elemental.low, claimed) << id;
    EXPECT_LE(item->elemental.high, Exact::multiply(claimed, Exact::ratio(135, 100), Rounding::up)) << id;
    // By its name, for then what a unit weighs is known too.
    const Result<Elemental> named = elemental_of(checker(), text(product, "name") + ' ' + text(product, "serving"));
    ASSERT_TRUE(named) << id << ": " << describe(named.error());
    const Node& filed = *product.find("plausible");
    const Tri plausible = filed.type() == Type::null ? Tri::unknown : filed.is_true() ? Tri::yes : Tri::no;
    if (above_by_rounding.contains(id) && named->plausible == Tri::unknown) return;
    EXPECT_EQ(named->plausible, plausible) << id;
  });
}

TEST(Products, NamesStandForTheLabelAndSaySo) {
  for_each_product([](const Node& product) {
    std::vector<std::string> names{text(product, "name")};
    if (const Node* const others = product.find("names"))
      for (const Node& other : others->children()) names.emplace_back(other.text());
    const Result<Elemental> label = elemental_of(checker(), text(product, "label"));
    ASSERT_TRUE(label);
    for (const std::string& name : names) {
      for (const bool serving : {true, false}) {
        const std::string said = serving ? name + ", " + text(product, "serving") : name;
        const Result<Elemental> item = elemental_of(checker(), said);
        ASSERT_TRUE(item) << said << ": " << describe(item.error());
        EXPECT_NE(item->readings.front().find(text(product, "label")), std::string::npos) << said;
        const bool dose = serving || text(product, "use") == "supplement";
        EXPECT_EQ(item->elemental, dose ? label->elemental : (Interval<Exact>{Exact{}, Exact::infinity()})) << said;
        EXPECT_TRUE(dose || item->plausible == Tri::unknown) << said;
      }
    }
  });
}

TEST(Products, AreAssessedAsTheirLabel) {
  const auto of = [](const char* label) { return *checker().assess({}, {{label, daily(std::chrono::hours{8})}}); };
  const Assessment named = of("NOW Magnesium Citrate capsules");
  const Assessment written = of("Magnesium (as magnesium citrate) 400 mg per 3 capsules");
  EXPECT_EQ(named.intake().per_day, written.intake().per_day);
  EXPECT_EQ(named.at_least(), written.at_least());
  EXPECT_TRUE(named.unrecognised().empty());
  EXPECT_NE(to_text(named).find("catalogue"), std::string::npos);
  EXPECT_NE(to_json(named).find("Magnesium (as magnesium citrate) 400 mg per 3 capsules"), std::string::npos);
}

TEST(Products, OfWhichOnlyTheStrengthIsKnownAreOfUnknownAmount) {
  const Assessment named = *checker().assess({}, {{"Phillips' Milk of Magnesia", daily(std::chrono::hours{8})}});
  EXPECT_EQ(named.intake().per_day, (Interval<Exact>{Exact{}, Exact::infinity()}));
  EXPECT_TRUE(named.unrecognised().empty());
  EXPECT_FALSE(named.decided());
}

TEST(Products, WhatIsNotANameIsReadAsBefore) {
  for (const char* const none :
       {"Slow-Mags", "Slow-Mag 1 tablet", "2 Slow-Mag", "Slow-Mag\u00B2", "Slow-Mag \u00BD", "Slow-Mag \u2461"})
    EXPECT_FALSE(elemental_of(checker(), none)) << none;
  const Result<Elemental> ten_times = elemental_of(checker(), "Magnesiocard 25 mmol");  // not the product of 2.5 mmol
  ASSERT_TRUE(ten_times);
  EXPECT_GT(ten_times->elemental.high, Exact{600});
}

TEST(Catalogue, FindsNamesWholeAndWithTheirNumbersWhole) {
  base::Catalogue catalogue;
  const base::ConceptId id = catalogue.add({"Magnesium 61 mg", {}, false});
  ASSERT_EQ(catalogue.add_name("M\u00E4g\u00AE 2.5 mmol", id, false), id);
  ASSERT_EQ(catalogue.add_name("M\u00E4g\u00AE 2.5 mmol 1 tablet", id, true), id);
  for (const char* const same : {"m\u00E4g 2.5 mmol", "mag2.5MMOL", "Mag\u2122, 2.5-mmol", "Mag 2.5 mmol."})
    EXPECT_TRUE(catalogue.find(same).product == &catalogue[id]) << same;
  for (const char* const other :
       {"mag 25 mmol", "mag 2,5 mmol", "mag 2\u00B75 mmol", "mag 2 5 mmol", "mag 2.5 mmol \u00D7", "mag 2.5", ""})
    EXPECT_TRUE(catalogue.find(other).product == nullptr) << other;
  EXPECT_FALSE(catalogue.find("mag 2.5 mmol").dose_known());
  EXPECT_TRUE(catalogue.find("mag 2.5 mmol (1 tablet)").dose_known());
  const base::ConceptId numbered = catalogue.add({"Magnesium 2 mg", {}, true});
  ASSERT_EQ(catalogue.add_name("Mag 400 5 tablets", numbered, true), numbered);
  for (const char* const same : {"mag 400, 5 tablets", "Mag-400 (5 tablets)", "MAG 400 - 5 TABLETS"})
    EXPECT_TRUE(catalogue.find(same).product == &catalogue[numbered]) << same;
  for (const char* const other :
       {"mag 4005 tablets", "mag 400 .5 tablets", "mag 400.5 tablets", "mag 400,5 tablets", "mag 40 05 tablets"})
    EXPECT_TRUE(catalogue.find(other).product == nullptr) << other;
  const base::ConceptId second = catalogue.add({"Magnesium 1 mg", {}, true});
  EXPECT_EQ(catalogue.add_name("Mag 2.5 mmol", second, false), id);
  EXPECT_EQ(catalogue.add_name("Mag 2.5 mmol 1 tablet", second, false), id);
  EXPECT_TRUE(catalogue.find(std::string(500, 'a')).product == nullptr);
}

// One product laid over the embedded knowledge.
Errors faults_of(const std::string& members) {
  const std::string document = R"({"magnesia": "pack/1", "id": "o", "version": "1", "date": "2026-11-25", "documents": [
      {"magnesia": "product/1", "id": "o", "serving": "1 tablet", "use": "supplement", "plausible": true, )" +
                               members + "}]}";
  const std::vector<Pack> packs{Pack::embedded(), {"o", {{"o.json", document}}, {}}};
  Result<Knowledge, Errors> loaded = Knowledge::load(packs);
  return loaded ? Errors{} : loaded.error();
}

TEST(Products, ThatAreNotAsTheyShouldAreRefused) {
  const std::string sourced =
      R"("sources": [{"source": "nasem-1997", "locator": "l", "confirmed": true}], "reviewed": "2026-11-25")";
  const std::string amount = R"("elemental": {"value": 100, "unit": "mg"}, )";
  const std::string label = R"("label": "Magnesium (as magnesium oxide) 100 mg per 1 tablet", )";
  const std::string name = R"("name": "Mag Overlay", )";
  EXPECT_TRUE(faults_of(name + label + amount + sourced).empty());
  const auto refused = [&](const std::string& members, ErrorKind kind) {
    const Errors faults = faults_of(members);
    ASSERT_FALSE(faults.empty()) << members;
    EXPECT_EQ(faults.front().kind, kind) << describe(faults.front());
  };
  refused(name + label + amount + R"("reviewed": "2026-11-25")", ErrorKind::unsourced);
  refused(name + R"("label": "sugar", )" + amount + sourced, ErrorKind::syntax);
  refused(name + R"("label": "Magnesium unobtainate 100 mg", )" + amount + sourced, ErrorKind::syntax);
  refused(name + label + R"("elemental": {"value": 90, "unit": "mg"}, )" + sourced, ErrorKind::conflict);
  refused(R"("name": "Slow-mag", )" + label + amount + sourced, ErrorKind::conflict);
  refused(R"_("name": "Slow-mag (2 tablets)", )_" + label + amount + sourced, ErrorKind::conflict);
  refused(R"("name": "\u00D7\u00F7", )" + label + amount + sourced, ErrorKind::too_large);
  // "Magnesium oxide 160 mg" may be 160 mg of magnesium: a product of that name would hide it.
  refused(R"("name": "Magnesium oxide 160 mg", )" + label + amount + sourced, ErrorKind::unsafe);
  refused(name + label + amount + sourced + R"(, "price": 3)", ErrorKind::unknown_key);
}

TEST(Price, IsOfAHundredMilligramsAndExact) {
  const PackPrice pack{.price = Exact::ratio(25, 2), .doses = 60};
  EXPECT_EQ(*price_of_100_mg(Exact{250}, pack), Interval<Exact>{Exact::ratio(1, 12)});
  EXPECT_EQ(*price_of_100_mg({Exact{125}, Exact{250}}, pack), (Interval<Exact>{Exact::ratio(1, 12), Exact::ratio(1, 6)}));
  EXPECT_EQ(*price_of_100_mg({Exact{}, Exact{250}}, pack), (Interval<Exact>{Exact::ratio(1, 12), Exact::infinity()}));
  EXPECT_EQ(*price_of_100_mg({Exact{}, Exact::infinity()}, pack), (Interval<Exact>{Exact{}, Exact::infinity()}));
  EXPECT_EQ(*price_of_100_mg(Exact{250}, {.price = 0, .doses = 1}), Interval<Exact>{Exact{}});
  EXPECT_EQ(price_of_100_mg(Exact{250}, {.price = 1, .doses = 0}).error().place, "doses");
  EXPECT_EQ(price_of_100_mg(Exact{250}, {.price = 1, .doses = -1}).error().kind, ErrorKind::out_of_range);
  EXPECT_EQ(price_of_100_mg(Exact{250}, {.price = -1, .doses = 1}).error().place, "price");
}

}  // namespace
}  // namespace magnesia
