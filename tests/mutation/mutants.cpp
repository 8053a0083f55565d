#include "mutants.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "document.hpp"
#include "magnesia/exact.hpp"

namespace magnesia::mutation {

using json::Type;

namespace {

constexpr std::array<std::string_view, kind_count> names{"rule removed",      "severity lowered",    "confirmation withdrawn",
                                                         "evidence raised",   "threshold milder",    "comparison milder",
                                                         "branch milder",     "guard widened",       "scope narrowed",
                                                         "window shorter",    "window side removed", "replacement added",
                                                         "class removed",     "contents removed",    "role changed",
                                                         "limit raised",      "band moved",          "band removed",
                                                         "limit unset",       "awaited less",        "figure rounded",
                                                         "settles more",      "form removed",        "formula hydrated",
                                                         "mixture narrowed",  "dose uncounted",      "confirmation invented",
                                                         "threshold sterner", "comparison sterner",  "branch sterner",
                                                         "condition removed", "window longer",       "replacement removed",
                                                         "limit lowered",     "covers more",         "settled-by removed",
                                                         "salt widened"};

constexpr std::array<std::string_view, 5> severities{"none", "minor", "moderate", "major", "contraindicated"};
constexpr std::array<std::string_view, 4> comparisons{"below", "at_most", "above", "at_least"};

bool compares_downwards(std::string_view key) noexcept { return key == "below" || key == "at_most"; }
bool is_strict(std::string_view key) noexcept { return key == "below" || key == "above"; }
std::string_view with_other_edge(std::string_view key) noexcept {
  return key == "below" ? "at_most" : key == "at_most" ? "below" : key == "above" ? "at_least" : "above";
}

// A number moved by units of its last place: "7.50" by 1 is "7.51".
void move(Value& number, int by) {
  const std::size_t point = number.text.find('.');
  const int places = point == std::string::npos ? 0 : static_cast<int>(number.text.size() - point - 1);
  std::int64_t unit = 1;
  for (int i = 0; i < places; ++i) unit *= 10;
  number.text = Exact::add(*Exact::parse(number.text), Exact::ratio(by, unit), Rounding::up).decimal(places);
}

// A quantity in a smaller unit, of which so many make one of its own, and moved by one of these.
void move_in(Value& quantity, std::string_view unit, int in_one, int by) {
  Value& number = *quantity.find("value");
  number.text = Exact::add(Exact::multiply(*Exact::parse(number.text), in_one, Rounding::up), by, Rounding::up).decimal(0);
  quantity.find("unit")->text = unit;
}

// What lies above what, and what rules and questions speak of.
struct Reach {
  std::map<std::string, std::vector<std::string>, std::less<>> above;  // "drug iron" -> ids of classes
  std::set<std::string, std::less<>> spoken;                           // "drug iron"
  std::set<std::string, std::less<>> purposes;                         // "condition insomnia"

  [[nodiscard]] bool is_spoken(std::string_view sort, std::string_view id) const {
    const std::string key = std::string{sort} + ' ' + std::string{id};
    if (spoken.contains(key) || purposes.contains(key)) return true;
    const auto found = above.find(key);
    return found != above.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](const std::string& one) { return is_spoken(sort, one); });
  }
  [[nodiscard]] bool is_a(std::string_view sort, std::string_view id, std::string_view of) const {
    if (id == of) return true;
    const auto found = above.find(std::string{sort} + ' ' + std::string{id});
    return found != above.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](const std::string& one) { return is_a(sort, one, of); });
  }
};

struct KnownRule {
  std::string id, scope, drug;
  std::size_t severity = 0;
  std::vector<std::string> replaces;
};

std::string_view sort_of(const Value& document) {
  const std::string_view kind = document.text_of("magnesia");
  if (kind == "drug/1" || kind == "drug-class/1") return "drug";
  if (kind == "condition/1") return "condition";
  if (kind == "salt/1") return "salt";
  return {};
}

class Generator {
 public:
  explicit Generator(const Pack& pack) {
    json::Parser parser;
    for (const Pack::Document& document : pack.documents) documents_.push_back(value_of(**parser.parse(document.text)));
    for (Value& document : documents_) learn(document);
  }

  std::vector<Mutant> run() {
    for (at_ = 0; at_ < documents_.size(); ++at_) {
      Value& document = documents_[at_];
      const std::string_view kind = document.text_of("magnesia");
      owner_ = document.text_of("id");
      of_rule_.clear();
      if (kind == "limit/1") limit(document);
      if (kind == "fact/1") question(document);
      if (!sort_of(document).empty()) classes(document);
      if (kind == "drug/1" || kind == "drug-class/1") drug(document);
      if (kind == "condition/1") condition_document(document);
      if (kind == "salt/1") salt(document);
      if (kind == "rule/1") rule(document, nullptr);
      if (Value* const rules = document.find("rules"))
        for (std::size_t i = 0; i < rules->children.size(); ++i) rule(rules->children[i], rules);
    }
    return std::move(mutants_);
  }

 private:
  // Everything that a document mentions by {"condition": "…"} and the like.
  void learn_mentions(const Value& value) {
    for (const Value& child : value.children) {
      if (child.type == Type::string && (child.key == "condition" || child.key == "drug" || child.key == "salt"))
        reach_.spoken.insert(child.key + ' ' + child.text);
      if (child.key == "fact") facts_.insert(child.text);
      if (child.key == "purpose") reach_.purposes.insert("condition " + child.text);
      if (child.type == Type::object || child.type == Type::array) learn_mentions(child);
    }
  }

  void learn_rule(const Value& rule, std::string_view drug) {
    learn_mentions(rule);
    KnownRule known{
        std::string{rule.text_of("id")}, std::string{rule.text_of("scope")}, std::string{rule.text_of("drug")}, 0, {}};
    if (known.drug.empty()) known.drug = drug;
    if (known.scope == "pair" || known.scope == "medication") reach_.spoken.insert("drug " + known.drug);
    known.severity =
        static_cast<std::size_t>(std::find(severities.begin(), severities.end(), rule.text_of("severity")) - severities.begin());
    if (const Value* const replaces = rule.find("replaces"))
      for (const Value& one : replaces->children) known.replaces.push_back(one.text);
    rules_.push_back(std::move(known));
  }

  void learn(const Value& document) {
    const std::string_view sort = sort_of(document);
    const std::string id{document.text_of("id")};
    if (!sort.empty())
      if (const Value* const of = document.find("classes"))
        for (const Value& one : of->children) reach_.above[std::string{sort} + ' ' + id].push_back(one.text);
    if (document.text_of("magnesia") == "condition/1") {
      roles_[id] = document.text_of("role");
      if (const Value* const codes = document.find("codes"))
        for (const Value& code : codes->children)
          if (code.text_of("system") == "icd10cm") categories_[id] = code.text_of("code").substr(0, 3);
    }
    if (const Value* const rules = document.find("rules"))
      for (const Value& rule : rules->children) learn_rule(rule, sort == "drug" ? id : std::string{});
    if (document.text_of("magnesia") == "rule/1") learn_rule(document, {});
    if (document.text_of("magnesia") == "fact/1") {
      learn_mentions(document);
      if (const Value* const when = document.find("when")) whens_.emplace(id, *when);
    }
    if (document.text_of("magnesia") == "sources/1")
      for (const Value& source : document.find("sources")->children)
        if (source.text_of("grade") == "label") labels_.emplace(source.text_of("id"));
    if (document.find("contains") != nullptr) reach_.spoken.insert("drug " + id);
  }

  void add(Kind kind, const std::string& what, std::vector<Edit> edits, bool unspoken = false) {
    mutants_.push_back({kind, std::string{name(kind)} + ": " + what, of_rule_, unspoken, std::move(edits)});
  }

  // The document that is being mutated, with `value` in it changed by `how`. What lies below `value` comes back to where it was.
  template <class How>
  void change(Kind kind, const std::string& what, Value& value, How how, bool unspoken = false) {
    Value before = std::move(value);
    value = Value{before};
    how(value);
    add(kind, what, {{at_, written(documents_[at_])}}, unspoken);
    value = std::move(before);
  }
  void remove(Kind kind, const std::string& what, Value& from, std::size_t index, bool unspoken = false) {
    change(
        kind, what, from, [&](Value& list) { list.erase(index); }, unspoken);
  }

  // --- Conditions. `mild`: when the condition holds less often the answer is milder, which `not` turns round.
  void condition(const std::string& what, Value& node, bool mild) {
    for (const std::string_view head : {"all", "any"})
      if (Value* const list = node.find(head)) branches(what + '/' + std::string{head}, *list, (head == "any") == mild, mild);
    if (Value* const some = node.find("at_least_n")) branches(what + "/at_least_n", *some->find("of"), mild, mild);
    if (Value* const inner = node.find("not")) {
      if (mild) guard(what + "/not", *inner);
      condition(what + "/not", *inner, !mild);
    }
    if (node.find("fact") != nullptr) comparison(what, node, mild);
  }

  void branches(const std::string& what, Value& list, bool dropping_is_mild, bool mild) {
    for (std::size_t i = 0; i < list.children.size(); ++i) {
      const std::string here = what + '/' + std::to_string(i);
      if (list.children.size() > 1) remove(dropping_is_mild ? Kind::branch_milder : Kind::branch_sterner, here, list, i);
      condition(here, list.children[i], mild);
    }
  }

  void comparison(const std::string& what, Value& node, bool mild) {
    const std::string here = what + ' ' + std::string{node.text_of("fact")};
    for (const std::string_view key : comparisons) {
      Value* const with = node.find(key);
      if (with == nullptr) continue;
      const bool harder = is_strict(with_other_edge(key));  // to satisfy, than it was
      change(harder == mild ? Kind::comparison_milder : Kind::comparison_sterner, here, *with,
             [&](Value& value) { value.key = with_other_edge(key); });
      Value* const number = with->find("value");
      if (number == nullptr) continue;
      const int harder_by = compares_downwards(key) ? -1 : 1;
      change(mild ? Kind::threshold_milder : Kind::threshold_sterner, here, *number,
             [&](Value& value) { move(value, harder_by); });
      change(mild ? Kind::threshold_sterner : Kind::threshold_milder, here, *number,
             [&](Value& value) { move(value, -harder_by); });
    }
  }

  // What excuses from a rule excuses more people: who has a condition of the same chapter of ICD-10 or of the same class, or is
  // something else.
  void guard(const std::string& what, Value& guard) {
    const auto widen = [&](const std::string& key, const std::string& id) {
      change(Kind::guard_widened, what + " by " + id, guard, [&](Value& value) {
        Value any{Type::object, value.key, {}, {array_value("any")}};
        value.key.clear();
        any.children[0].children = {value, {Type::object, {}, {}, {{Type::string, key, id, {}}}}};
        value = any;
      });
    };
    if (const std::string id{guard.text_of("condition")}; !id.empty()) {
      for (const auto& [other, role] : roles_) {
        if (other == id) continue;
        const auto& of = categories_;
        const bool akin = of.contains(id) && of.contains(other) && of.at(id) == of.at(other);
        if (akin || reach_.is_a("condition", id, other)) widen("condition", other);
      }
    }
    if (guard.text_of("is") == "pregnant") widen("is", "lactating"), widen("is", "female");
  }

  // --- Rules.
  void rule(Value& rule, Value* list) {
    of_rule_ = rule.text_of("id");
    const KnownRule& known =
        *std::find_if(rules_.begin(), rules_.end(), [&](const KnownRule& one) { return one.id == of_rule_; });
    remove_rule(list);
    Value& severity = *rule.find("severity");
    if (known.severity > 0)
      change(Kind::severity_lowered, known.id, severity, [&](Value& value) { value.text = severities[known.severity - 1]; });
    Value& sources = *rule.find("sources");
    const bool confirmed = std::any_of(sources.children.begin(), sources.children.end(),
                                       [](const Value& one) { return one.text_of("confirmed") == "true"; });
    change(confirmed ? Kind::confirmation_withdrawn : Kind::confirmation_invented, known.id, sources, [&](Value& value) {
      for (Value& one : value.children) one.find("confirmed")->text = confirmed ? "false" : "true";
    });
    if (!known.replaces.empty() && confirmed && !rests_on_a_label(sources))
      change(Kind::evidence_raised, known.id, sources, [&](Value& value) {
        for (Value& one : value.children) one.find("source")->text = *labels_.begin();
      });
    if (Value* const when = rule.find("when")) {
      change(Kind::condition_removed, known.id, rule, [](Value& value) { value.erase("when"); });
      condition(known.id, *when, true);
    }
    if (known.scope == "medication")  // only beside a product
      change(Kind::scope_narrowed, known.id, *rule.find("scope"), [](Value& value) { value.text = "pair"; });
    if (rule.find("salt") != nullptr) change(Kind::salt_widened, known.id, rule, [](Value& value) { value.erase("salt"); });
    if (Value* const window = rule.find("window")) sides(known.id, *window);
    replacements(rule, known);
  }

  // Weaker evidence stands in for no stronger (law 6), so a stronger source lets a rule replace what it could not.
  bool rests_on_a_label(const Value& sources) const {
    return std::any_of(sources.children.begin(), sources.children.end(), [&](const Value& one) {
      return one.text_of("confirmed") == "true" && labels_.contains(one.text_of("source"));
    });
  }

  // The rule is struck from what it stands in for others as well, else the loader would see that it is gone and no case had to.
  void remove_rule(Value* list) {
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < documents_.size(); ++i) {
      if (i == at_ && list == nullptr) {
        edits.push_back({i, std::nullopt});
        continue;
      }
      Value without = documents_[i];
      bool changed = false;
      const auto strike = [&](Value& from) {
        Value* const replaces = from.find("replaces");
        if (replaces != nullptr)
          changed |= std::erase_if(replaces->children, [&](const Value& one) { return one.text == of_rule_; }) != 0;
      };
      strike(without);
      if (Value* const rules = without.find("rules")) {
        changed |= std::erase_if(rules->children, [&](const Value& one) { return one.text_of("id") == of_rule_; }) != 0;
        for (Value& one : rules->children) strike(one);
      }
      if (changed) edits.push_back({i, written(without)});
    }
    add(Kind::rule_removed, of_rule_, std::move(edits));
  }

  void sides(const std::string& what, Value& window) {
    for (std::size_t i = 0; i < window.children.size(); ++i) {
      Value& side = window.children[i];
      const std::string here = what + ' ' + side.key;
      const auto lengthen = [](int minutes) {
        return [minutes](Value& length) { move_in(length, "min", length.text_of("unit") == "h" ? 60 : 1, minutes); };
      };
      change(Kind::window_shorter, here, side, lengthen(-1));
      change(Kind::window_longer, here, side, lengthen(1));
      if (window.children.size() > 1) remove(Kind::window_side_removed, here, window, i);
    }
  }

  void replacements(Value& rule, const KnownRule& known) {
    if (Value* const replaces = rule.find("replaces"))
      for (std::size_t i = 0; i < replaces->children.size(); ++i)
        remove(Kind::replacement_removed, known.id + " of " + replaces->children[i].text, *replaces, i);
    for (const KnownRule& other : rules_) {
      const bool meets = other.id != known.id && other.scope == known.scope && !other.drug.empty() && other.drug != known.drug &&
                         reach_.is_a("drug", known.drug, other.drug);
      if (!meets || std::find(known.replaces.begin(), known.replaces.end(), other.id) != known.replaces.end()) continue;
      change(Kind::replacement_added, known.id + " of " + other.id, rule, [&](Value& value) {
        if (value.find("replaces") == nullptr) value.children.push_back(array_value("replaces"));
        value.find("replaces")->children.push_back(string_value(other.id));
      });
    }
  }

  // --- Concepts.
  void classes(Value& document) {
    Value* const of = document.find("classes");
    const std::string_view sort = sort_of(document);
    for (std::size_t i = 0; of != nullptr && i < of->children.size(); ++i)
      remove(Kind::class_removed, std::string{sort} + ' ' + std::string{owner_} + " from " + of->children[i].text, *of, i,
             !reach_.is_spoken(sort, of->children[i].text));
  }

  void drug(Value& document) {
    if (document.find("contains") != nullptr)
      change(Kind::contents_removed, std::string{owner_}, document, [](Value& value) { value.erase("contains"); });
  }

  void condition_document(Value& document) {
    Value& role = *document.find("role");
    if (role.text != "neutral")
      change(
          Kind::role_changed, std::string{owner_}, role,
          [](Value& value) { value.text = value.text == "harmful" ? "protective" : "harmful"; },
          !reach_.spoken.contains("condition " + owner_));  // only a rule that names it can contradict its role
    if (document.find("settled_by") != nullptr)
      change(Kind::settled_removed, std::string{owner_}, document, [](Value& value) { value.erase("settled_by"); });
  }

  void salt(Value& document) {
    change(Kind::dose_uncounted, std::string{owner_}, document, [](Value& value) {
      Value* const counts = value.find("counts_toward_limit");
      counts->text = counts->text == "true" ? "false" : "true";
    });
    Value& forms = *document.find("forms");
    for (std::size_t i = 0; i < forms.children.size(); ++i) {
      Value& form = forms.children[i];
      const std::string here = std::string{owner_} + '/' + std::string{form.text_of("id")};
      if (forms.children.size() > 1) remove(Kind::form_removed, here, forms, i);
      if (Value* const formula = form.find("formula"))
        change(Kind::formula_hydrated, here, *formula, [](Value& value) { value.text += "·H2O"; });
      if (Value* const of = form.find("mixture_of"))
        for (std::size_t part = 0; part < of->children.size(); ++part)
          remove(Kind::mixture_narrowed, here + " of " + of->children[part].text, *of, part);
    }
  }

  // --- Limits.
  static bool sets_any(const Value& upper) {
    return std::any_of(upper.children.begin(), upper.children.end(), [](const Value& group) {
      const auto& bands = group.find("bands")->children;
      return std::any_of(bands.begin(), bands.end(), [](const Value& band) { return band.find("limit")->type != Type::null; });
    });
  }

  void limit(Value& document) {
    Value& covers = *document.find("covers");
    Value& upper = *document.find("upper");
    if (sets_any(upper)) change(Kind::covers_more, std::string{owner_}, covers, [](Value& value) { value.text = "all-sources"; });
    for (std::size_t g = 0; g < upper.children.size(); ++g) {
      const std::string who = std::string{owner_} + ' ' + std::string{upper.children[g].text_of("for")};
      if (upper.children.size() > 1) remove(Kind::band_removed, who, upper, g);
      Value& bands = *upper.children[g].find("bands");
      for (std::size_t i = 0; i < bands.children.size(); ++i) band(who, bands, i);
    }
  }

  void band(const std::string& who, Value& bands, std::size_t i) {
    Value& from = *bands.children[i].find("from");
    Value& value = *bands.children[i].find("limit");
    const std::string here = who + " from " + std::string{from.text_of("value")} + ' ' + std::string{from.text_of("unit")};
    if (i > 0) {
      remove(Kind::band_removed, here, bands, i);
      for (const int months : {-1, 1})
        change(Kind::band_moved, here + (months < 0 ? ", a month earlier" : ", a month later"), from,
               [&](Value& age) { move_in(age, "mo", age.text_of("unit") == "a" ? 12 : 1, months); });
    }
    if (value.type == Type::null) return;
    change(Kind::limit_raised, here, *value.find("value"), [](Value& number) { move(number, 1); });
    change(Kind::limit_lowered, here, *value.find("value"), [](Value& number) { move(number, -1); });
    change(Kind::limit_unset, here, value, [](Value& amount) { amount = {Type::null, amount.key, "null", {}}; });
  }

  // --- Questions.
  void question(Value& document) {
    const std::string here{owner_};
    Value& awaited = *document.find("awaited");
    if (awaited.text != "never")
      change(Kind::awaited_less, here, document, [](Value& value) {
        value.find("awaited")->text = "never";
        value.erase("when");
      });
    if (Value* const when = document.find("when")) condition(here + " when", *when, true);
    if (awaited.text == "always" && facts_.contains(here))
      for (const auto& [other, when] : whens_)
        change(Kind::awaited_less, here + " as " + other, document, [&](Value& value) {
          value.find("awaited")->text = "when";
          value.children.push_back(when);
        });
    if (Value* const figure = document.find("figure"); figure != nullptr && figure->text == "exact")
      change(Kind::figure_rounded, here, *figure, [](Value& value) { value.text = "reported"; });
    if (Value* const settles = document.find("settles")) {
      condition(here + " settles", *settles->find("when"), false);
      change(Kind::settles_more, here, *settles->find("at_least")->find("value"), [](Value& number) { move(number, 1); });
    }
  }

  std::vector<Value> documents_;
  std::vector<KnownRule> rules_;
  Reach reach_;
  std::map<std::string, std::string, std::less<>> roles_, categories_;  // by condition
  std::set<std::string, std::less<>> labels_;                           // sources of the strongest grade
  std::set<std::string, std::less<>> facts_;                            // that are compared
  std::map<std::string, Value, std::less<>> whens_;                     // of questions
  std::vector<Mutant> mutants_;
  std::size_t at_ = 0;
  std::string owner_;
  std::string of_rule_;
};

}  // namespace

std::string_view name(Kind kind) noexcept { return names[static_cast<std::size_t>(kind)]; }

std::vector<Mutant> mutants_of(const Pack& pack) { return Generator{pack}.run(); }

}  // namespace magnesia::mutation
