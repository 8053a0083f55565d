// Small packs of invented drugs, conditions and rules.
#include <array>

#include "tests/laws/generate.hpp"
#include "tests/laws/packs.hpp"

namespace magnesia::laws {

namespace {

struct Threshold {
  const char* fact;
  const char* unit;
  int most;
  int danger;  ///< 1 rising, -1 falling, 0 none
  bool of_product;
};
constexpr std::array<Threshold, 17> thresholds{{{"age", "a", 90, 0, false},
                                                {"weight", "kg", 120, 0, false},
                                                {"trimester", "1", 4, 0, false},
                                                {"egfr", "mL/min/{1.73_m2}", 100, -1, false},
                                                {"creatinine-clearance", "mL/min", 100, -1, false},
                                                {"serum-magnesium", "mmol/L", 4, 1, false},
                                                {"ferritin", "ng/mL", 100, 0, false},
                                                {"heart-rate", "/min", 90, -1, false},
                                                {"pr-interval", "ms", 300, 1, false},
                                                {"intake", "mg", 500, 1, false},
                                                {"limit", "mg", 400, -1, false},
                                                {"dose", "mg", 400, 1, true},
                                                {"per-day", "mg", 500, 1, true},
                                                {"claim-ratio", "1", 3, 1, true},
                                                {"unit-mass-needed", "mg", 2000, 1, true},
                                                {"unit-fill", "1", 3, 1, true},
                                                {"systolic-blood-pressure", "mm[Hg]", 120, -1, false}}};

const std::vector<std::string> condition_ids{"kidney-disease", "diabetes", "hypertension", "heart-failure", "x0", "x1", "x2",
                                             "guard"};
const std::vector<std::string> drug_ids{"c0", "c1", "c2", "d0", "d1", "d2", "d3", "d4"};
constexpr int drug_classes = 3;

// Classes of the concepts before it, so that none is in a circle.
std::vector<std::string> classes_before(const std::vector<std::string>& ids, std::size_t index, int percent) {
  std::vector<std::string> classes;
  for (std::size_t i = 0; i < index; ++i)
    if (chance(percent)) classes.push_back(ids[i]);
  return classes;
}

std::string quoted(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "\"" : ", \"") + one + '"';
  return '[' + out + ']';
}

struct Writer {
  std::array<bool, thresholds.size()> upwards{};  ///< of facts without a dangerous direction: the one in which
                                                  ///< this pack compares
  bool of_product = false;
  bool harmless = false;  ///< severity none: law 4 does not speak of it
  bool about_person = true;

  [[nodiscard]] std::string comparison(bool negated) const {
    std::size_t index = 0;
    do index = static_cast<std::size_t>(below(thresholds.size()));
    while (thresholds[index].of_product && !of_product);
    const Threshold& of = thresholds[index];
    const bool up = (of.danger == 0 ? upwards[index] : of.danger > 0) != negated;
    const std::string_view relation = up ? (chance(50) ? "above" : "at_least") : (chance(50) ? "below" : "at_most");
    std::string with = R"({"value": )" + std::to_string(below(of.most) + 1) + R"(, "unit": ")" + of.unit + "\"}";
    if (std::string_view{of.fact} == "intake" && chance(50)) with = R"({"fact": "limit"})";
    return std::string{R"({"fact": ")"} + of.fact + R"(", ")" + std::string{relation} + "\": " + with + '}';
  }

  [[nodiscard]] std::string leaf(bool negated) const {
    const int kind = below(10);
    if (kind < 4) return comparison(negated);
    if (kind < 6) {
      const std::string id =
          negated ? "guard" : condition_ids[static_cast<std::size_t>(below(static_cast<int>(condition_ids.size()) - 1))];
      return R"({"condition": ")" + id + "\"}";
    }
    if (kind == 6 && !negated) return R"({"drug": ")" + drug_ids[static_cast<std::size_t>(below(drug_ids.size()))] + "\"}";
    if (kind == 7 && (!negated || !about_person))
      return R"({"salt": ")" +
             *rc::gen::elementOf(
                 std::vector<std::string>{"magnesium-oxide", "magnesium-citrate", "magnesium-bisglycinate/buffered"}) +
             "\"}";
    if (kind == 8) return R"({"purpose": "x0"})";
    static constexpr std::array<const char*, 5> is{"pregnant", "lactating", "female", "male", "on-dialysis"};
    return std::string{R"({"is": ")"} + is[static_cast<std::size_t>(below(negated ? 4 : 5))] + "\"}";
  }

  [[nodiscard]] std::string condition(int depth, bool negated) const {  // NOLINT(misc-no-recursion)
    const int kind = depth == 0 ? 9 : below(10);
    if (kind >= 5) return leaf(negated);
    if (kind == 4) return R"({"not": )" + condition(depth - 1, !negated) + '}';
    std::string list;
    const int size = below(3) + 1;
    for (int i = 0; i < size; ++i) list += (i == 0 ? "" : ", ") + condition(depth - 1, negated);
    if (kind == 3) return R"({"at_least_n": {"n": )" + std::to_string(below(size) + 1) + R"(, "of": [)" + list + "]}}";
    return std::string{"{\""} + (kind < 2 ? "all" : "any") + "\": [" + list + "]}";
  }
};

std::string rule(const Writer& world, int index, const std::vector<Made>& before,
                 const std::map<std::string, std::set<std::string>>& above, Made& made) {
  static constexpr std::array<const char*, 5> severities{"none", "minor", "moderate", "major", "contraindicated"};
  static constexpr std::array<const char*, 4> scopes{"person", "magnesium", "medication", "pair"};
  made.id = "r" + std::to_string(index);
  made.severity = below(5);
  made.scope = scopes[static_cast<std::size_t>(*rc::gen::weightedElement<int>({{2, 0}, {1, 1}, {2, 2}, {5, 3}}))];
  const bool about_drug = made.scope == "medication" || made.scope == "pair";
  if (about_drug) made.drug = drug_ids[static_cast<std::size_t>(below(drug_ids.size()))];
  Statement statement{made.id, made.scope, severities[static_cast<std::size_t>(made.severity)], made.drug};
  statement.confirmed = chance(80);
  statement.source = *rc::gen::elementOf(std::vector<std::string>{"g-label", "g-trial", "g-consumer"});
  if ((made.scope == "magnesium" || made.scope == "pair") && chance(25))
    statement.salt =
        *rc::gen::elementOf(std::vector<std::string>{"magnesium-oxide", "magnesium-citrate", "magnesium-bisglycinate"});
  if (made.scope == "pair" && chance(75)) {
    statement.before = chance(80) ? below(8) * 30 : -1;
    statement.after = statement.before < 0 || chance(80) ? below(24) * 30 : -1;
  }
  Writer writer = world;
  writer.of_product = made.scope == "magnesium" || made.scope == "pair";
  writer.about_person = !writer.of_product;
  if (!about_drug || chance(40)) statement.when = writer.condition(2, false);
  for (const Made& other : before)
    if (about_drug && other.scope == made.scope && above.at(made.drug).contains(other.drug) && other.drug != made.drug &&
        chance(50))
      statement.replaces.push_back(other.id);
  made.grade = statement.source;
  return write(statement);
}

}  // namespace

rc::Gen<WorldPtr> small_world() {
  return rc::gen::exec([]() -> WorldPtr {
    Pack pack = scaffold();
    for (std::size_t i = 0; i < condition_ids.size(); ++i) {
      const std::string& id = condition_ids[i];
      const bool guard = id == "guard";
      std::string extra;
      if (id == "kidney-disease" && chance(50)) extra = R"(, "settled_by": "egfr")";
      pack.documents.push_back(
          {"conditions/" + id, R"({"magnesia": "condition/1", "id": ")" + id + R"(", "name": "the )" + id + R"(", "role": ")" +
                                   (guard ? "protective" : "harmful") + R"(", "classes": )" +
                                   quoted(guard ? std::vector<std::string>{} : classes_before(condition_ids, i, 25)) + extra +
                                   '}'});
    }
    std::map<std::string, std::set<std::string>> above;
    for (std::size_t i = 0; i < drug_ids.size(); ++i) {
      const bool is_class = static_cast<int>(i) < drug_classes;
      std::vector<std::string> classes = classes_before(drug_ids, std::min<std::size_t>(i, drug_classes), 45);
      above[drug_ids[i]] = {drug_ids[i]};
      for (const std::string& one : classes) above[drug_ids[i]].insert(above[one].begin(), above[one].end());
      std::string extra;
      if (!is_class && i + 1 == drug_ids.size() && chance(60)) {
        extra = R"(, "contains": "magnesium-oxide")";
        if (chance(25)) extra += R"(, "by_mouth": false)";
      }
      pack.documents.push_back({"drugs/" + drug_ids[i], std::string{R"({"magnesia": ")"} +
                                                            (is_class ? "drug-class/1" : "drug/1") + R"(", "id": ")" +
                                                            drug_ids[i] + R"(", "name": "the )" + drug_ids[i] +
                                                            R"(", "classes": )" + quoted(classes) + extra + '}'});
    }
    Writer writer;
    for (bool& up : writer.upwards) up = chance(50);
    std::vector<Made> rules;
    const int count = below(8) + 2;
    for (int i = 0; i < count; ++i) {
      Made made;
      pack.documents.push_back({"rules/r" + std::to_string(i), rule(writer, i, rules, above, made)});
      rules.push_back(made);
    }
    std::vector<Pack> packs{std::move(pack)};
    Result<Knowledge, Errors> knowledge = Knowledge::load(packs);
    if (!knowledge) RC_FAIL("the generated pack was refused: " + describe(knowledge.error().front()));
    return std::make_shared<World>(std::move(packs), *std::move(knowledge));
  });
}

void showValue(const WorldPtr& world, std::ostream& out) {
  if (world == embedded_world()) {
    out << "the embedded knowledge";
    return;
  }
  for (const Pack& pack : world->packs)
    for (const Pack::Document& document : pack.documents)
      if (document.path.starts_with("conditions/") || document.path.starts_with("drugs/") || document.path.starts_with("rules/"))
        out << document.text << '\n';
}

}  // namespace magnesia::laws
