#include "label/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/taxonomy.hpp"

namespace magnesia::label {
namespace {

struct Entry {
  std::string_view word;
  Role role;
};

// Folded: lower case, without accents. Sorted when the program is compiled.
constexpr auto words = [] {
  using enum Role;
  constexpr Entry list[]{
      // magnesium itself
      Entry{"magnesium", element},
      Entry{"magnesio", element},
      Entry{"mg", element},
      Entry{"magnesiums", element},
      Entry{"mg2", element},
      // the salt of
      Entry{"as", as},
      Entry{"als", as},
      Entry{"comme", as},
      Entry{"sous", as},
      Entry{"como", as},
      Entry{"form", as},
      Entry{"forme", as},
      Entry{"forma", as},
      Entry{"from", from},
      Entry{"aus", from},
      Entry{"issu", from},
      Entry{"provenant", from},
      Entry{"partir", from},
      Entry{"procedente", from},
      Entry{"via", from},
      Entry{"derived", from},
      // the magnesium in
      Entry{"providing", provides},
      Entry{"provides", provides},
      Entry{"provide", provides},
      Entry{"supplying", provides},
      Entry{"supplies", provides},
      Entry{"yielding", provides},
      Entry{"yields", provides},
      Entry{"delivering", provides},
      Entry{"delivers", provides},
      Entry{"containing", provides},
      Entry{"contains", provides},
      Entry{"contain", provides},
      Entry{"equivalent", provides},
      Entry{"equiv", provides},
      Entry{"equal", provides},
      Entry{"equals", provides},
      Entry{"corresponding", provides},
      Entry{"corresponds", provides},
      Entry{"which", provides},
      Entry{"thereof", provides},
      Entry{"ie", provides},
      Entry{"davon", provides},
      Entry{"entspricht", provides},
      Entry{"entsprechend", provides},
      Entry{"entsprechen", provides},
      Entry{"entspr", provides},
      Entry{"liefert", provides},
      Entry{"liefern", provides},
      Entry{"enthalt", provides},
      Entry{"enthalten", provides},
      Entry{"darin", provides},
      Entry{"dont", provides},
      Entry{"soit", provides},
      Entry{"equivalant", provides},
      Entry{"equivaut", provides},
      Entry{"correspondant", provides},
      Entry{"fournissant", provides},
      Entry{"apportant", provides},
      Entry{"apporte", provides},
      Entry{"contient", provides},
      Entry{"contenant", provides},
      Entry{"cuales", provides},
      Entry{"cual", provides},
      Entry{"equivalente", provides},
      Entry{"equivalentes", provides},
      Entry{"equivale", provides},
      Entry{"correspondiente", provides},
      Entry{"aporta", provides},
      Entry{"aportan", provides},
      Entry{"contiene", provides},
      Entry{"contienen", provides},
      // elemental
      Entry{"elemental", elemental},
      Entry{"elementary", elemental},
      Entry{"elementar", elemental},
      Entry{"elementares", elemental},
      Entry{"elementarem", elemental},
      Entry{"elementarer", elemental},
      Entry{"elementaire", elemental},
      Entry{"element", elemental},
      // what the amounts stand for
      Entry{"per", per},
      Entry{"each", per},
      Entry{"every", per},
      Entry{"apiece", per},
      Entry{"jeweils", per},
      Entry{"chacun", per},
      Entry{"chacune", per},
      Entry{"pro", per},
      Entry{"je", per},
      Entry{"jede", per},
      Entry{"par", per},
      Entry{"pour", per},
      Entry{"chaque", per},
      Entry{"por", per},
      Entry{"cada", per},
      Entry{"in", per},
      Entry{"size", per},
      Entry{"taille", per},
      // together
      Entry{"total", total},
      Entry{"totaling", total},
      Entry{"gesamt", total},
      Entry{"insgesamt", total},
      Entry{"totale", total},
      Entry{"blend", blend},
      Entry{"complex", blend},
      Entry{"mixture", blend},
      Entry{"mix", blend},
      Entry{"matrix", blend},
      Entry{"mischung", blend},
      Entry{"komplex", blend},
      Entry{"melange", blend},
      Entry{"complexe", blend},
      Entry{"mezcla", blend},
      Entry{"complejo", blend},
      Entry{"proprietary", blend},
      // lists
      Entry{"ingredients", ingredients},
      Entry{"zutaten", ingredients},
      Entry{"inhaltsstoffe", ingredients},
      Entry{"bestandteile", ingredients},
      Entry{"ingredientes", ingredients},
      Entry{"composition", ingredients},
      Entry{"zusammensetzung", ingredients},
      Entry{"composicion", ingredients},
      Entry{"other", excipients},
      Entry{"inactive", excipients},
      Entry{"excipients", excipients},
      Entry{"sonstige", excipients},
      Entry{"hilfsstoffe", excipients},
      Entry{"autres", excipients},
      Entry{"otros", excipients},
      Entry{"excipientes", excipients},
      Entry{"weitere", excipients},
      // how heavy
      Entry{"weight", weight},
      Entry{"weighs", weight},
      Entry{"weighing", weight},
      Entry{"gewicht", weight},
      Entry{"wiegt", weight},
      Entry{"tablettengewicht", weight},
      Entry{"kapselgewicht", weight},
      Entry{"poids", weight},
      Entry{"pese", weight},
      Entry{"peso", weight},
      Entry{"pesa", weight},
      Entry{"bottle", pack},
      Entry{"bottles", pack},
      Entry{"pack", pack},
      Entry{"package", pack},
      Entry{"flasche", pack},
      Entry{"packung", pack},
      Entry{"flacon", pack},
      Entry{"boite", pack},
      Entry{"frasco", pack},
      Entry{"envase", pack},
      Entry{"container", pack},
      Entry{"containers", pack},
      Entry{"carton", pack},
      Entry{"box", pack},
      Entry{"tub", pack},
      Entry{"schachtel", pack},
      Entry{"caja", pack},
      Entry{"net", pack},
      Entry{"netto", pack},
      Entry{"neto", pack},
      Entry{"nettofullmenge", pack},
      Entry{"fullmenge", pack},
      Entry{"inhalt", pack},
      Entry{"contents", pack},
      Entry{"jar", pack},
      // units that are taken
      Entry{"tablet", solid},
      Entry{"tablets", solid},
      Entry{"tab", solid},
      Entry{"tabs", solid},
      Entry{"capsule", solid},
      Entry{"capsules", solid},
      Entry{"cap", solid},
      Entry{"caps", solid},
      Entry{"caplet", solid},
      Entry{"caplets", solid},
      Entry{"pill", solid},
      Entry{"pills", solid},
      Entry{"softgel", solid},
      Entry{"softgels", solid},
      Entry{"vcap", solid},
      Entry{"vcaps", solid},
      Entry{"lozenge", solid},
      Entry{"lozenges", solid},
      Entry{"tablette", solid},
      Entry{"tabletten", solid},
      Entry{"kapsel", solid},
      Entry{"kapseln", solid},
      Entry{"dragee", solid},
      Entry{"dragees", solid},
      Entry{"brausetablette", solid},
      Entry{"brausetabletten", solid},
      Entry{"kautablette", solid},
      Entry{"kautabletten", solid},
      Entry{"filmtablette", solid},
      Entry{"filmtabletten", solid},
      Entry{"hartkapsel", solid},
      Entry{"hartkapseln", solid},
      Entry{"gelule", solid},
      Entry{"gelules", solid},
      Entry{"comprime", solid},
      Entry{"comprimes", solid},
      Entry{"comprimido", solid},
      Entry{"comprimidos", solid},
      Entry{"capsula", solid},
      Entry{"capsulas", solid},
      Entry{"pastilla", solid},
      Entry{"pastillas", solid},
      Entry{"tableta", solid},
      Entry{"tabletas", solid},
      Entry{"serving", loose},
      Entry{"servings", loose},
      Entry{"portion", loose},
      Entry{"portionen", loose},
      Entry{"scoop", loose},
      Entry{"scoops", loose},
      Entry{"sachet", loose},
      Entry{"sachets", loose},
      Entry{"stick", loose},
      Entry{"sticks", loose},
      Entry{"packet", loose},
      Entry{"gummy", loose},
      Entry{"gummies", loose},
      Entry{"teaspoon", loose},
      Entry{"teaspoons", loose},
      Entry{"tsp", loose},
      Entry{"tablespoon", loose},
      Entry{"tbsp", loose},
      Entry{"tablespoons", loose},
      Entry{"teaspoonful", loose},
      Entry{"teaspoonfuls", loose},
      Entry{"tablespoonful", loose},
      Entry{"tablespoonfuls", loose},
      Entry{"essloffel", loose},
      Entry{"dose", loose},
      Entry{"doses", loose},
      Entry{"dosage", loose},
      Entry{"dosierung", loose},
      Entry{"posologie", loose},
      Entry{"posologia", loose},
      Entry{"day", loose},
      Entry{"tag", loose},
      Entry{"jour", loose},
      Entry{"dia", loose},
      Entry{"tagesdosis", loose},
      Entry{"tagesportion", loose},
      Entry{"verzehrempfehlung", loose},
      Entry{"beutel", loose},
      Entry{"messloffel", loose},
      Entry{"teeloffel", loose},
      Entry{"ampoule", loose},
      Entry{"ampoules", loose},
      Entry{"ampulle", loose},
      Entry{"vial", loose},
      Entry{"racion", loose},
      Entry{"porcion", loose},
      Entry{"dosis", loose},
      Entry{"sobre", loose},
      Entry{"sobres", loose},
      Entry{"unit", loose},
      Entry{"piece", loose},
      Entry{"drop", loose},
      Entry{"drops", loose},
      Entry{"tropfen", loose},
      Entry{"gouttes", loose},
      Entry{"gotas", loose},
      Entry{"chew", solid},
      Entry{"chews", solid},
      Entry{"chewable", solid},
      Entry{"chewables", solid},
      Entry{"tabl", solid},
      Entry{"tbl", solid},
      Entry{"kps", solid},
      Entry{"stuck", loose},
      Entry{"vegcap", solid},
      Entry{"vegcaps", solid},
      Entry{"lutschtablette", solid},
      Entry{"lutschtabletten", solid},
      Entry{"schmelztablette", solid},
      Entry{"schmelztabletten", solid},
      Entry{"packets", loose},
      Entry{"units", loose},
      Entry{"pieces", loose},
      Entry{"vials", loose},
      Entry{"ampullen", loose},
      Entry{"trinkampulle", loose},
      Entry{"trinkampullen", loose},
      Entry{"ampolla", loose},
      Entry{"ampollas", loose},
      Entry{"viales", loose},
      Entry{"portions", loose},
      Entry{"cucharadita", loose},
      Entry{"cucharaditas", loose},
      Entry{"cucharada", loose},
      Entry{"cucharadas", loose},
      Entry{"dropper", loose},
      Entry{"droppers", loose},
      Entry{"spray", loose},
      Entry{"sprays", loose},
      Entry{"pump", loose},
      Entry{"pumps", loose},
      Entry{"cuillere", loose},
      Entry{"cuilleres", loose},
      Entry{"capful", loose},
      Entry{"capfuls", loose},
      // between
      Entry{"and", conjunction},
      Entry{"with", conjunction},
      Entry{"plus", conjunction},
      Entry{"und", conjunction},
      Entry{"mit", conjunction},
      Entry{"sowie", conjunction},
      Entry{"et", conjunction},
      Entry{"avec", conjunction},
      Entry{"y", conjunction},
      Entry{"e", conjunction},
      Entry{"con", conjunction},
      Entry{"to", range},
      Entry{"bis", range},
      Entry{"or", range},
      Entry{"oder", range},
      Entry{"ou", range},
      Entry{"o", range},
      Entry{"a", range},
      Entry{"x", times},
      Entry{"percent", percent},
      Entry{"prozent", percent},
      Entry{"pourcent", percent},
      Entry{"buffered", modifier},
      Entry{"gepuffert", modifier},
      Entry{"gepuffertes", modifier},
      Entry{"tamponne", modifier},
      Entry{"tamponado", modifier},
      // says nothing of amounts
      Entry{"the", filler},
      Entry{"of", filler},
      Entry{"an", filler},
      Entry{"is", filler},
      Entry{"amount", filler},
      Entry{"amounts", filler},
      Entry{"daily", filler},
      Entry{"po", filler},
      Entry{"by", filler},
      Entry{"at", filler},
      Entry{"mouth", filler},
      Entry{"nrv", filler},
      Entry{"dv", filler},
      Entry{"rda", filler},
      Entry{"ri", filler},
      Entry{"vnr", filler},
      Entry{"ajr", filler},
      Entry{"value", filler},
      Entry{"recommended", filler},
      Entry{"take", filler},
      Entry{"chelate", filler},
      Entry{"chelat", filler},
      Entry{"chelated", filler},
      Entry{"powder", filler},
      Entry{"pulver", filler},
      Entry{"poudre", filler},
      Entry{"polvo", filler},
      Entry{"usp", filler},
      Entry{"bp", filler},
      Entry{"ph", filler},
      Entry{"eur", filler},
      Entry{"approx", filler},
      Entry{"about", filler},
      Entry{"ca", filler},
      Entry{"env", filler},
      Entry{"aprox", filler},
      Entry{"circa", filler},
      Entry{"etwa", filler},
      Entry{"environ", filler},
      Entry{"up", filler},
      Entry{"der", filler},
      Entry{"die", filler},
      Entry{"das", filler},
      Entry{"den", filler},
      Entry{"von", filler},
      Entry{"ein", filler},
      Entry{"eine", filler},
      Entry{"einer", filler},
      Entry{"taglich", filler},
      Entry{"zu", filler},
      Entry{"menge", filler},
      Entry{"de", filler},
      Entry{"du", filler},
      Entry{"des", filler},
      Entry{"d", filler},
      Entry{"l", filler},
      Entry{"la", filler},
      Entry{"le", filler},
      Entry{"les", filler},
      Entry{"un", filler},
      Entry{"une", filler},
      Entry{"en", filler},
      Entry{"quantite", filler},
      Entry{"los", filler},
      Entry{"las", filler},
      Entry{"el", filler},
      Entry{"una", filler},
      Entry{"del", filler},
      Entry{"al", filler},
      Entry{"i", filler},
      Entry{"it", filler},
      Entry{"this", filler},
      Entry{"liquid", filler},
      Entry{"suspension", filler},
      Entry{"solution", filler},
      Entry{"oral", filler},
      Entry{"supplement", filler},
      // end like a compound and are none
      Entry{"great", filler},
      Entry{"marine", filler},
      Entry{"marin", filler},
      Entry{"fine", filler},
      Entry{"ultimate", filler},
      Entry{"concentrate", filler},
      Entry{"chocolate", filler},
      Entry{"complete", filler},
      Entry{"genuine", filler},
      Entry{"private", filler},
      Entry{"karat", filler},
      Entry{"granulat", filler},
      Entry{"journaliere", filler},
      Entry{"quotidienne", filler},
      Entry{"diaria", filler},
      Entry{"diario", filler},
      Entry{"resultat", filler},
      Entry{"pure", filler},
  };
  auto table = std::to_array(list);
  std::sort(table.begin(), table.end(), [](const Entry& x, const Entry& y) { return x.word < y.word; });
  return table;
}();

struct UnitEntry {
  std::string_view word;
  LabelUnit unit;
};

template <Dimension D>
constexpr LabelUnit unit(const Unit<D>& of) noexcept {
  return {D, of.factor};
}

constexpr std::array unit_words{
    UnitEntry{"mg", unit(units::mg)},
    UnitEntry{"mgs", unit(units::mg)},
    UnitEntry{"milligram", unit(units::mg)},
    UnitEntry{"milligrams", unit(units::mg)},
    UnitEntry{"milligramm", unit(units::mg)},
    UnitEntry{"milligramme", unit(units::mg)},
    UnitEntry{"milligrammes", unit(units::mg)},
    UnitEntry{"miligram", unit(units::mg)},
    UnitEntry{"miligrams", unit(units::mg)},
    UnitEntry{"miligramo", unit(units::mg)},
    UnitEntry{"miligramos", unit(units::mg)},
    UnitEntry{"g", unit(units::g)},
    UnitEntry{"gm", unit(units::g)},
    UnitEntry{"gms", unit(units::g)},
    UnitEntry{"gram", unit(units::g)},
    UnitEntry{"grams", unit(units::g)},
    UnitEntry{"gramm", unit(units::g)},
    UnitEntry{"gramme", unit(units::g)},
    UnitEntry{"grammes", unit(units::g)},
    UnitEntry{"gramo", unit(units::g)},
    UnitEntry{"gramos", unit(units::g)},
    UnitEntry{"kg", unit(units::kg)},
    // The Greek letter; the micro sign folds to u.
    UnitEntry{"ug", unit(units::ug)},
    UnitEntry{"\u03BCg", unit(units::ug)},
    UnitEntry{"mcg", unit(units::ug)},
    UnitEntry{"microgram", unit(units::ug)},
    UnitEntry{"micrograms", unit(units::ug)},
    UnitEntry{"mikrogramm", unit(units::ug)},
    UnitEntry{"microgramme", unit(units::ug)},
    UnitEntry{"microgrammes", unit(units::ug)},
    UnitEntry{"microgramo", unit(units::ug)},
    UnitEntry{"microgramos", unit(units::ug)},
    UnitEntry{"mmol", unit(units::mmol)},
    UnitEntry{"mmols", unit(units::mmol)},
    UnitEntry{"millimol", unit(units::mmol)},
    UnitEntry{"millimole", unit(units::mmol)},
    UnitEntry{"millimoles", unit(units::mmol)},
    UnitEntry{"umol", unit(units::umol)},
    UnitEntry{"\u03BCmol", unit(units::umol)},
    UnitEntry{"mol", unit(units::mol)},
    UnitEntry{"meq", unit(units::meq)},
    UnitEntry{"meqs", unit(units::meq)},
    UnitEntry{"mval", unit(units::meq)},
    UnitEntry{"milliequivalent", unit(units::meq)},
    UnitEntry{"milliequivalents", unit(units::meq)},
    UnitEntry{"ml", unit(units::mL)},
    UnitEntry{"mls", unit(units::mL)},
    UnitEntry{"milliliter", unit(units::mL)},
    UnitEntry{"milliliters", unit(units::mL)},
    UnitEntry{"millilitre", unit(units::mL)},
    UnitEntry{"millilitres", unit(units::mL)},
    UnitEntry{"mililitro", unit(units::mL)},
    UnitEntry{"mililitros", unit(units::mL)},
    UnitEntry{"cc", unit(units::mL)},
    UnitEntry{"floz", LabelUnit{Dimension::volume, 30}},  // as US labels reckon it (21 CFR 101.9)
    UnitEntry{"cl", LabelUnit{Dimension::volume, 10}},
    UnitEntry{"dl", unit(units::dL)},
    UnitEntry{"l", unit(units::L)},
    UnitEntry{"liter", unit(units::L)},
    UnitEntry{"liters", unit(units::L)},
    UnitEntry{"litre", unit(units::L)},
    UnitEntry{"litres", unit(units::L)},
    UnitEntry{"litro", unit(units::L)},
    UnitEntry{"litros", unit(units::L)},
};

// How the names of acid residues, oxides and amino acids end in the four languages.
constexpr std::array<std::string_view, 14> compound_endings{"ate", "ates", "at",  "ato",     "ide",    "id",  "ido",
                                                            "uro", "ure",  "yde", "hydrate", "hydrat", "ine", "ina"};

constexpr std::array<std::string_view, 2> element_names{"magnesium", "magnesio"};

// Household measures as labels reckon them (21 CFR 101.9).
constexpr std::array<std::pair<std::string_view, Exact>, 18> spoons{{{"tsp", 5},
                                                                     {"cuillerecafe", 5},
                                                                     {"cuilleresoupe", 15},
                                                                     {"cucharadita", 5},
                                                                     {"cucharaditas", 5},
                                                                     {"cucharada", 15},
                                                                     {"cucharadas", 15},
                                                                     {"teaspoon", 5},
                                                                     {"teaspoons", 5},
                                                                     {"teaspoonful", 5},
                                                                     {"teaspoonfuls", 5},
                                                                     {"teeloffel", 5},
                                                                     {"tbsp", 15},
                                                                     {"tablespoon", 15},
                                                                     {"tablespoons", 15},
                                                                     {"tablespoonful", 15},
                                                                     {"tablespoonfuls", 15},
                                                                     {"essloffel", 15}}};

constexpr std::array<std::string_view, 6> each_words{"each", "je", "jeweils", "chacun", "chacune", "apiece"};

constexpr std::array<std::string_view, 11> numbered_words{"omega", "vitamin", "vitamine", "vitamina", "b", "c",
                                                          "d",     "k",       "q",        "nr",       "no"};

constexpr std::array<std::string_view, 5> drop_words{"drop", "drops", "tropfen", "gouttes", "gotas"};

constexpr std::array<std::string_view, 2> water{"hydrat", "hidrat"};

constexpr std::array<std::string_view, 6> salt_words{"salt", "salts", "sel", "sels", "sal", "sales"};

constexpr std::array<std::string_view, 14> abbreviations{"tbl",   "tgl",    "tagl", "approx", "aprox", "ca",   "env",
                                                         "equiv", "entspr", "ph",   "eur",    "incl",  "tabl", "kps"};

constexpr std::array<std::string_view, 25> take_words{
    "take",      "taking",    "chew",    "swallow",  "drink",   "use",     "consume",  "nehmen", "nimm",
    "einnehmen", "verzehren", "trinken", "lutschen", "kauen",   "prendre", "prenez",   "boire",  "tomar",
    "tome",      "ingerir",   "max",     "maximum",  "maximal", "maximo",  "hochstens"};
constexpr std::array<std::string_view, 29> daily_words{
    "daily", "nightly", "taglich", "day",   "tag",     "jour", "dia",     "od",      "qd",     "bid",
    "tid",   "qid",     "bd",      "nocte", "tgl",     "tagl", "morgens", "mittags", "abends", "hs",
    "qhs",   "morning", "evening", "night", "bedtime", "noon", "matin",   "soir",    "noche"};

constexpr std::array<std::string_view, 17> serving_words{
    "serving", "servings",   "portion",      "portionen",         "portions", "dose",      "doses",     "dosis",    "racion",
    "porcion", "tagesdosis", "tagesportion", "verzehrempfehlung", "dosage",   "dosierung", "posologie", "posologia"};

// What stands behind a number that counts no tablets: "2 times", "3 hours before".
constexpr std::array<std::string_view, 24> time_words{
    "time",  "times",  "x",    "mal",   "fois",   "vez",     "veces",   "hour",    "hours", "hrs",    "stunde",   "stunden",
    "heure", "heures", "hora", "horas", "minute", "minutes", "minuten", "minutos", "weeks", "wochen", "semaines", "semanas"};

// "one" of German and French is an article and counts as nothing.
constexpr std::array<std::pair<std::string_view, Exact>, 38> number_words{
    {{"one", 1},    {"two", 2},    {"three", 3},   {"four", 4},   {"five", 5},  {"six", 6},    {"seven", 7}, {"eight", 8},
     {"nine", 9},   {"ten", 10},   {"twelve", 12}, {"zwei", 2},   {"zwo", 2},   {"drei", 3},   {"vier", 4},  {"funf", 5},
     {"sechs", 6},  {"sieben", 7}, {"acht", 8},    {"neun", 9},   {"zehn", 10}, {"deux", 2},   {"trois", 3}, {"quatre", 4},
     {"cinq", 5},   {"sept", 7},   {"huit", 8},    {"dos", 2},    {"tres", 3},  {"cuatro", 4}, {"cinco", 5}, {"both", 2},
     {"couple", 2}, {"pair", 2},   {"beide", 2},   {"beiden", 2}, {"ambos", 2}, {"ambas", 2}}};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& several, std::string_view folded) noexcept {
  return std::find(several.begin(), several.end(), folded) != several.end();
}

}  // namespace

Role role_of(std::string_view folded) noexcept {
  const auto at = std::lower_bound(words.begin(), words.end(), folded,
                                   [](const Entry& x, std::string_view wanted) { return x.word < wanted; });
  return at != words.end() && at->word == folded ? at->role : Role::none;
}

bool ends_like_a_compound(std::string_view folded) noexcept {
  return folded.size() > 4 && std::any_of(compound_endings.begin(), compound_endings.end(),
                                          [&](std::string_view end) { return folded.ends_with(end); });
}

bool begins_with_the_element(std::string_view folded) noexcept {
  return std::any_of(element_names.begin(), element_names.end(),
                     [&](std::string_view name) { return folded.size() > name.size() && folded.starts_with(name); });
}

bool says_salt(std::string_view folded) noexcept { return folded.ends_with("salz") || is_one_of(salt_words, folded); }

bool is_abbreviation(std::string_view folded) noexcept { return is_one_of(abbreviations, folded); }
bool says_take(std::string_view folded) noexcept { return is_one_of(take_words, folded); }
bool says_serving(std::string_view folded) noexcept { return is_one_of(serving_words, folded); }
bool says_daily(std::string_view folded) noexcept { return is_one_of(daily_words, folded); }
bool says_each(std::string_view folded) noexcept { return is_one_of(each_words, folded); }
bool says_time(std::string_view folded) noexcept { return is_one_of(time_words, folded); }
bool says_numbered(std::string_view folded) noexcept { return is_one_of(numbered_words, folded); }
bool is_spoon_size(std::string_view folded) noexcept { return folded == "cafe" || folded == "soupe"; }
bool says_drops(std::string_view folded) noexcept { return is_one_of(drop_words, folded); }

Exact number_of(std::string_view folded) noexcept {
  const auto at = std::find_if(number_words.begin(), number_words.end(), [&](const auto& word) { return word.first == folded; });
  return at == number_words.end() ? Exact{} : at->second;
}

Exact millilitres_of_spoon(std::string_view folded) noexcept {
  const auto at = std::find_if(spoons.begin(), spoons.end(), [&](const auto& spoon) { return spoon.first == folded; });
  return at == spoons.end() ? Exact{} : at->second;
}

std::string_view water_of(std::string_view folded) noexcept {
  if (folded.starts_with("carbo")) return {};
  for (const std::string_view part : water)
    if (const std::size_t at = folded.find(part); at != std::string_view::npos && folded.size() - at <= part.size() + 2)
      return at == 0 ? folded : folded.substr(0, at);
  return {};
}

std::optional<LabelUnit> unit_of(std::string_view folded) noexcept {
  const auto at =
      std::find_if(unit_words.begin(), unit_words.end(), [&](const UnitEntry& entry) { return entry.word == folded; });
  if (at == unit_words.end()) return std::nullopt;
  return at->unit;
}

}  // namespace magnesia::label
