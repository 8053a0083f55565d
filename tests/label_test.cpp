#include "magnesia/label.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/taxonomy.hpp"

namespace magnesia {
namespace {

Exact read(std::string_view decimal) { return *Exact::parse(decimal); }

// Salts with shares that are easy to reckon with; a knowledge has the real ones.
class FewSalts final : public SaltNames {
 public:
  FewSalts() {
    add("magnesium oxide", {"Magnesiumoxid", "oxyde de magnésium", "óxido de magnesio", "MgO"}, {read("0.6")});
    add("magnesium citrate", {"Magnesiumcitrat", "citrate de magnésium", "citrato de magnesio"}, {read("0.1"), read("0.16")});
    add("magnesium bisglycinate", {"magnesium glycinate", "magnesium bisglycinate chelate", "bisglycinate de magnésium"},
        {read("0.1"), read("0.14")});
    add("buffered magnesium bisglycinate", {}, {read("0.1"), read("0.6")});
    add("magnesium hydroxide", {"milk of magnesia", "Magnesiumhydroxid"}, {read("0.4")});
    add("magnesium sulfate", {}, {read("0.1"), read("0.2")});
    add("magnesium sulfate heptahydrate", {"Epsom salt"}, {read("0.1")});
    add("magnesium malate", {}, {read("0.15")});
    add("magnesium L-threonate", {"magnesium threonate"}, {read("0.08")});
    add("magnesium stearate", {}, {read("0.04")});
  }
  std::optional<NamedSalt> find_salt(std::string_view name) const override {
    const base::ConceptId id = names_.find(name);
    if (id == base::no_concept) return std::nullopt;
    const std::string_view name_in_full = salts_[id].name;
    const bool form = name_in_full.starts_with("magnesium sulfate");
    return NamedSalt{name_in_full, salts_[id].share, salts_[id].share, false, form ? "magnesium sulfate" : name_in_full};
  }

 private:
  struct Salt {
    std::string name;
    Interval<Exact> share;
  };
  void add(std::string_view name, std::initializer_list<std::string_view> others, Interval<Exact> share) {
    const auto id = static_cast<base::ConceptId>(salts_.size());
    salts_.push_back({std::string{name}, share});
    names_.add(name, id);
    for (const std::string_view other : others) names_.add(other, id);
  }
  std::vector<Salt> salts_;
  base::NameIndex names_;
};

const FewSalts& salts() {
  static const FewSalts few;
  return few;
}

std::string number(Exact value) { return value.decimal(3); }

// One ingredient on one line: "magnesium oxide: elemental 300, salt 500, unsaid 7".
std::string write(const Ingredient& ingredient) {
  std::string text = ingredient.salt.text.empty() ? "?" : ingredient.salt.text;
  text += ':';
  if (const ElementalMass* mass = ingredient.elemental.if_known()) text += " elemental " + number(mass->base());
  if (const SaltMass* mass = ingredient.compound.if_known()) text += " salt " + number(mass->base());
  if (const Mass* mass = ingredient.unsaid.if_known()) text += " unsaid " + number(mass->base());
  return text;
}

Interval<Exact> dose_of(const ReadLabel& label) {
  Interval<Exact> dose{Exact{}};
  for (const Ingredient& ingredient : label.ingredients)
    dose = add(dose, amount_of(ingredient, salts().find_salt(ingredient.salt.text)).elemental);
  return dose;
}

std::string write(const Result<ReadLabel>& label) {
  if (!label) return std::string{name(label.error().kind)} + " at " + label.error().place;
  std::string text;
  for (const Ingredient& ingredient : label->ingredients) text += (text.empty() ? "" : "; ") + write(ingredient);
  const Interval<Exact> dose = dose_of(*label);
  return text + " = " + number(dose.low) + (dose.is_point() ? "" : " to " + number(dose.high));
}

struct Row {
  std::string_view text;
  std::string_view expected;
};

constexpr auto rows = std::to_array<Row>({
#include "label_rows.inc"
});

TEST(Label, SaysWhatItsTextSays) {
  for (const Row& row : rows) EXPECT_EQ(write(read_label(row.text, salts())), row.expected) << row.text;
}

// Praise on a line of its own changes nothing; in the line itself it never makes a label milder: where it comes between an amount
// and its name, the label is refused.
TEST(Label, WordsThatSayNothingLoseNothing) {
  for (const Row& row : rows) {
    const Result<ReadLabel> plain = read_label(row.text, salts());
    if (!plain) continue;
    for (const std::string_view noise : {"Premium quality", "NEU! Vegan", "Non GMO", "Sans gluten"}) {
      const std::string before = std::string{noise} + "\n" + std::string{row.text};
      const std::string behind = std::string{row.text} + "\n" + std::string{noise};
      EXPECT_EQ(write(read_label(before, salts())), row.expected) << before;
      EXPECT_EQ(write(read_label(behind, salts())), row.expected) << behind;
      for (const std::string& beside :
           {std::string{noise} + ' ' + std::string{row.text}, std::string{row.text} + ' ' + std::string{noise}}) {
        const Result<ReadLabel> read = read_label(beside, salts());
        if (read)
          EXPECT_GE(dose_of(*read).high, dose_of(*plain).high) << beside;
        else
          EXPECT_TRUE(row.text.find_first_of(",;-=") != std::string_view::npos) << beside << ": " << write(read);
      }
    }
  }
}

TEST(Label, TellsWhatAnAmountStandsFor) {
  const auto units = [](std::string_view text) {
    const Result<ReadLabel> label = read_label(text, salts());
    return label && label->units_per_dose.known() ? number(label->units_per_dose.value_or(0)) : std::string{"?"};
  };
  EXPECT_EQ(units("Magnesium 400 mg per 2 capsules"), "2");
  EXPECT_EQ(units("Magnesium 400 mg pro 2 Kapseln"), "2");
  EXPECT_EQ(units("Magnésium 400 mg pour 3 gélules"), "3");
  EXPECT_EQ(units("Magnesio 400 mg por cápsula"), "1");
  EXPECT_EQ(units("Serving size: 2 capsules. Magnesium 400 mg"), "2");
  EXPECT_EQ(units("2 capsules provide magnesium 200 mg"), "2");
  EXPECT_EQ(units("Each tablet contains magnesium 200 mg"), "1");
  EXPECT_EQ(units("Magnesium 400 mg, 2 tablets daily"), "?");
  EXPECT_EQ(units("Per capsule: magnesium 100 mg. Per 2 capsules: magnesium 200 mg"), "?");

  const Result<ReadLabel> heavy = read_label("Magnesium 200 mg per tablet, tablet weight 1.2 g", salts());
  ASSERT_TRUE(heavy);
  EXPECT_EQ(heavy->unit_mass.value_or(Mass{}), (Mass{1200, units::mg}));
  EXPECT_TRUE(heavy->solid_unit);
  const Result<ReadLabel> powder = read_label("Magnesium 200 mg per scoop, net weight 300 g", salts());
  ASSERT_TRUE(powder);
  EXPECT_FALSE(powder->unit_mass.known());
  EXPECT_FALSE(powder->solid_unit);
}

TEST(Label, SaysWhereItCannotBeRead) {
  const auto error = [](std::string_view text) {
    const Result<ReadLabel> label = read_label(text, salts());
    return label ? std::string{"read"} : describe(label.error());
  };
  EXPECT_EQ(error("Mg \xFF"), "byte 3: found \"\\xFF\", expected UTF-8");
  EXPECT_EQ(error(std::string(4097, 'a')), "byte 4096: found 4097 bytes, expected at most 4096 bytes");
  EXPECT_EQ(error("Zink 10 mg, Magnesium ?? mg"), "byte 25: found \"mg\", expected a number before the unit");
  EXPECT_EQ(error("magnesium hydroxide 400 mg/5 mL"),
            "byte 20: found \"400 mg\", expected how many millilitres a dose has, such as \", 15 mL\"");
  EXPECT_EQ(error("magnesium oxide 400"), "byte 16: found \"400\", expected a number with a unit such as mg, g, mmol or mEq");
}

TEST(Label, NamesBothReadingsOfANumber) {
  const Result<ReadLabel> open = read_label("Magnesium 1.500 mg", salts());
  ASSERT_TRUE(open);
  EXPECT_EQ(open->open_numbers, (std::vector<OpenNumber>{{"1.500 mg", read("1.5"), 1500, "mg"}}));
  for (const std::string_view closed : {"Magnesium 1.500 g", "Magnesium 1,500 g", "Magnesium 12.345 mmol", "Magnesium 1,000 mg",
                                        "Magnesium 1.000 mg, Vitamin C 2,5 mg", "Magnesium 0.125 g"}) {
    const Result<ReadLabel> label = read_label(closed, salts());
    ASSERT_TRUE(label) << closed;
    EXPECT_TRUE(label->open_numbers.empty()) << closed;
  }
}

// Whatever else is mixed in, a claim tells how much; without one it could be all of the mass.
TEST(Label, AClaimSettlesWhatIsMixedIn) {
  const NamedSalt perhaps_buffered{"any", {read("0.1"), read("0.6")}, {read("0.1"), read("0.14")}};
  const NamedSalt buffered{"any buffered", {read("0.1"), read("0.6")}, read("0.1"), true};
  Ingredient mass;
  mass.compound = SaltMass{1000, units::mg};
  EXPECT_EQ(amount_of(mass, perhaps_buffered).elemental, (Interval<Exact>{100, 600}));
  EXPECT_TRUE(amount_of(mass, buffered).elemental.inside(amount_of(mass, perhaps_buffered).elemental));
  mass.elemental = ElementalMass{120, units::mg};
  EXPECT_EQ(amount_of(mass, perhaps_buffered).elemental, (Interval<Exact>{120, 140}));
  EXPECT_TRUE(amount_of(mass, buffered).elemental.inside(amount_of(mass, perhaps_buffered).elemental));
  mass.elemental = ElementalMass{280, units::mg};
  EXPECT_EQ(amount_of(mass, perhaps_buffered).claim_ratio, (Interval<Exact>{2, read("2.8")}));
  EXPECT_LT(amount_of(mass, buffered).claim_ratio->low, Exact{1});
}

// What every kind of statement comes to, and that the more dangerous of two counts.
TEST(Label, AmountsAreIntervals) {
  const auto elemental = [](const Ingredient& ingredient, std::string_view salt) {
    return amount_of(ingredient, salts().find_salt(salt)).elemental;
  };
  Ingredient of_magnesium;
  of_magnesium.elemental = ElementalMass{200, units::mg};
  EXPECT_EQ(elemental(of_magnesium, "magnesium oxide"), Interval<Exact>{Exact{200}});
  EXPECT_EQ(elemental(of_magnesium, ""), Interval<Exact>{Exact{200}});

  Ingredient of_salt;
  of_salt.compound = SaltMass{500, units::mg};
  EXPECT_EQ(elemental(of_salt, "magnesium citrate"), (Interval<Exact>{50, 80}));
  EXPECT_EQ(elemental(of_salt, "nobody's salt"), (Interval<Exact>{0, 500}));

  Ingredient unsaid;
  unsaid.unsaid = Mass{500, units::mg};
  EXPECT_EQ(elemental(unsaid, "magnesium citrate"), (Interval<Exact>{50, 500}));
  EXPECT_EQ(elemental(unsaid, ""), (Interval<Exact>{0, 500}));

  Ingredient both = of_salt;
  for (const auto& [claimed, low, high] : {std::tuple{60, 60, 80}, std::tuple{30, 30, 80}, std::tuple{300, 300, 300}}) {
    both.elemental = ElementalMass{claimed, units::mg};
    EXPECT_EQ(elemental(both, "magnesium citrate"), (Interval<Exact>{low, high}));
  }
  EXPECT_EQ(amount_of(both, salts().find_salt("magnesium citrate")).claim_ratio, (Interval<Exact>{read("3.75"), 6}));
  EXPECT_EQ(elemental({}, "magnesium oxide"), (Interval<Exact>{0, Exact::infinity()}));
}

// Naming the form of a salt never widens an amount.
RC_GTEST_PROP(Label, AFormLiesWithinItsSalt, ()) {
  Ingredient ingredient;
  const auto mass = [] { return Exact{*rc::gen::inRange<std::int64_t>(0, 2000)}; };
  if (*rc::gen::arbitrary<bool>()) ingredient.elemental = ElementalMass{mass(), units::mg};
  if (*rc::gen::arbitrary<bool>()) ingredient.compound = SaltMass{mass(), units::mg};
  if (*rc::gen::arbitrary<bool>()) ingredient.unsaid = Mass{mass(), units::mg};
  const Exact low = Exact::ratio(*rc::gen::inRange<std::int64_t>(1, 500), 1000);
  const Exact high = Exact::ratio(*rc::gen::inRange<std::int64_t>(500, 1000), 1000);
  const auto elemental = [&](Interval<Exact> share) { return amount_of(ingredient, NamedSalt{"any", share, share}).elemental; };
  const Interval<Exact> open = elemental({low, high});
  RC_ASSERT(elemental({low}).inside(open) && elemental({high}).inside(open));
  RC_ASSERT(open.inside(amount_of(ingredient, std::nullopt).elemental));
}

// The longest label of each kind of mark is read at once.
TEST(Label, TakesBoundedTime) {
  for (const std::string_view part : {"(", ")", "magnesium ", "magnesium oxide 1 mg,", "1 mg ", "1,", "per ", "as ",
                                      "(magnesium 1 mg", "\xC2\xB5", "a-", ".1", "1 x ", "magnesium oxide1\n"}) {
    std::string text;
    while (text.size() + part.size() <= 4096) text += part;
    const auto begin = std::chrono::steady_clock::now();
    (void)read_label(text, salts());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{2}) << part;
  }
}

}  // namespace
}  // namespace magnesia
