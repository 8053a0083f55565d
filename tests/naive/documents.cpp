#include "tests/naive/documents.hpp"

#include <algorithm>

#include "base/taxonomy.hpp"
#include "magnesia/salt.hpp"

namespace magnesia::naive {

using json::Node;

namespace {

std::string folded(std::string_view name) {
  char buffer[base::longest_name];
  return {buffer, base::fold(name, buffer)};
}

std::vector<const Node*> list(const Node& node, std::string_view key) {
  std::vector<const Node*> all;
  if (const Node* const found = node.find(key))
    for (const Node& one : found->children()) all.push_back(&one);
  return all;
}

std::set<std::string> texts(const Node& node, std::string_view key) {
  std::set<std::string> all;
  for (const Node* one : list(node, key)) all.emplace(one->text());
  return all;
}

void add_names_and_codes(const Node& node, const std::string& id, Concepts& into) {
  into.names.emplace(folded(text(node, "name")), id);  // the first to have a name keeps it
  for (const std::string& name : texts(node, "names")) into.names.emplace(folded(name), id);
  for (const Node* code : list(node, "codes"))
    into.codes.emplace(std::pair{folded(text(*code, "system")), folded(text(*code, "code"))}, id);
}

}  // namespace

std::string name_of_product(std::string_view name) {
  const std::string plain{name};
  for (std::size_t i = 0; i < name.size();) {  // each sign must leave a trace, or be an ornament
    std::size_t size = 1;
    while (i + size < name.size() && (name[i + size] & '\xC0') == '\x80') ++size;
    const std::string sign{name.substr(i, size)};
    const bool ornament = sign == "\u00A0" || sign == "\u00AD" || sign == "\u00AE" || sign == "\u00B7" || sign == "\u2122" ||
                          (size == 3 && sign.starts_with("\xE2\x80"));
    const bool ascii = static_cast<unsigned char>(sign[0]) < 0x80;
    if (!ascii && !ornament && folded(sign).empty()) return {};
    i += size;
  }
  std::string key = folded(plain);
  if (key.empty()) return {};
  const auto is_digit = [&](std::size_t i) { return plain[i] >= '0' && plain[i] <= '9'; };
  for (std::size_t i = 0; i < plain.size(); ++i) {  // the place and the text of what stands between two digits
    std::size_t next = i + 1;
    while (next < plain.size() && folded(plain.substr(i + 1, next - i)).empty()) ++next;
    if (next == i + 1 || next >= plain.size() || !is_digit(i) || !is_digit(next)) continue;
    std::string between = plain.substr(i + 1, next - i - 1);
    if (between.find(' ') != std::string::npos) {  // two numbers
      std::erase_if(between, [](char c) { return std::string_view{" ,;:()-"}.find(c) != std::string_view::npos; });
      between = ' ' + between;
    }
    key += '|' + std::to_string(folded(plain.substr(0, i)).size()) + between;
  }
  return key;
}

std::string text(const Node& node, std::string_view key) {
  const Node* const found = node.find(key);
  return found == nullptr ? std::string{} : std::string{found->text()};
}

Exact quantity(const Node& node, bool of_serum_magnesium) {
  const Exact value = *Exact::parse(node.find("value")->text());
  const FoundUnit unit = *find_unit(node.find("unit")->text());
  const Exact in_base = Exact::multiply(value, unit.factor, Rounding::up);
  if (of_serum_magnesium && unit.dimension == Dimension::mass_concentration) return serum_magnesium(in_base, units::mg_dL).base();
  if (of_serum_magnesium && unit.dimension == Dimension::charge_concentration)
    return serum_magnesium(in_base, units::meq_L).base();
  return in_base;
}

bool confirmed(const Node& statement) {
  for (const Node* citation : list(statement, "sources"))
    if (citation->find("confirmed")->is_true()) return true;
  return false;
}

std::optional<std::string> Concepts::find(const Term& term) const {
  if (term.system.empty()) {
    const auto found = folded(term.text).empty() ? names.end() : names.find(folded(term.text));
    return found == names.end() ? std::nullopt : std::optional{found->second};
  }
  std::string code = folded(term.text);
  while (!code.empty()) {
    if (const auto found = codes.find({folded(term.system), code}); found != codes.end()) return found->second;
    if (folded(term.system) != "icd10cm" || code.size() <= 3) break;  // a category of three characters is the widest
    code.pop_back();
  }
  return std::nullopt;
}

std::set<std::string> Concepts::below(const std::string& id) const {
  std::set<std::string> all;
  for (const auto& [one, its] : above)
    if (one != id && its.contains(id)) all.insert(one);
  return all;
}

void Concepts::close() {
  for (const auto& [id, named] : classes) {
    std::vector<std::string> to_see{id};
    while (!to_see.empty()) {
      const std::string one = to_see.back();
      to_see.pop_back();
      if (!above[id].insert(one).second) continue;
      if (const auto found = classes.find(one); found != classes.end())
        to_see.insert(to_see.end(), found->second.begin(), found->second.end());
    }
  }
}

Documents::Documents(std::span<const Pack> packs) {
  for (const Pack& pack : packs)
    for (const Pack::Document& document : pack.documents) {
      parsers_.push_back(std::make_unique<json::Parser>());
      read(**parsers_.back()->parse(document.text));
    }
  mix_salts();
  for (Concepts* const concepts : {&conditions, &drugs, &salts}) {
    for (const auto& [id, named] : std::map{concepts->classes})
      for (const std::string& one : named) concepts->classes[one];  // groups of salts need no document
    concepts->close();
  }
  for (const Node* change_node : changes_) change(*change_node);
  for (auto& [id, rule] : rules)
    for (const Node* citation : list(*rule.node, "sources"))
      if (citation->find("confirmed")->is_true()) rule.grade = std::min(rule.grade, grades.at(text(*citation, "source")));
  find_rules_in_force();
}

void Documents::read(const Node& node) {
  const std::string kind = text(node, "magnesia");
  const std::string id = text(node, "id");
  if (kind == "pack/1")
    for (const Node* document : list(node, "documents")) read(*document);
  if (kind == "condition/1") read_concept(node, conditions);
  if (kind == "condition/1" && node.find("settled_by") != nullptr) settled_by[id] = text(node, "settled_by");
  if (kind == "drug/1" || kind == "drug-class/1") read_concept(node, drugs);
  if (node.find("contains") != nullptr) contains[id] = text(node, "contains");
  if (const Node* const by_mouth = node.find("by_mouth"); by_mouth != nullptr && !by_mouth->is_true()) not_by_mouth.insert(id);
  if (kind == "salt/1") read_salt(node);
  if (kind == "product/1") {
    std::set<std::string> names = texts(node, "names");
    names.insert(text(node, "name"));
    for (const std::string& name : names) {
      products[name_of_product(name)] = &node;
      products_with_serving[name_of_product(name + ' ' + text(node, "serving"))] = &node;
    }
  }
  if (kind == "rule/1") read_rule(node, {});
  if (kind == "change/1") changes_.push_back(&node);
  for (const Node* source : kind == "sources/1" ? list(node, "sources") : std::vector<const Node*>{})
    grades[text(*source, "id")] = *grade_named(text(*source, "grade"));
  if (kind == "fact/1") questions[id] = &node;
  if (kind == "limit/1") limits[id] = &node;
}

void Documents::read_concept(const Node& node, Concepts& into) {
  const std::string id = text(node, "id");
  into.classes[id] = texts(node, "classes");
  add_names_and_codes(node, id, into);
  into.names.emplace(folded(id), id);
  for (const Node* rule : list(node, "rules")) read_rule(*rule, &into == &drugs ? id : std::string{});
}

void Documents::read_salt(const Node& node) {
  const std::string id = text(node, "id");
  read_concept(node, salts);
  const bool counts = node.find("counts_toward_limit") == nullptr || node.find("counts_toward_limit")->is_true();
  made_of[id].name = text(node, "name");
  made_of[id].counts = counts;
  for (const Node* form : list(node, "forms")) {
    const std::string form_id = id + '/' + text(*form, "id");
    salts.classes[form_id] = {id};
    add_names_and_codes(*form, form_id, salts);
    Salt& made = made_of[form_id];
    made.name = text(*form, "name");
    made.counts = counts;
    if (form->find("formula") != nullptr) made.share = Interval<Exact>{elemental_share(*parse_formula(text(*form, "formula")))};
    made.mixed = texts(*form, "mixture_of");
    made_of[id].forms.push_back(form_id);
  }
}

// A salt stands for all of its forms, a mixture for all that is mixed, in any proportion.
void Documents::add_formulas(const std::string& id, std::set<std::string>& seen, std::vector<Interval<Exact>>& shares) const {
  const auto found = made_of.find(id);
  if (found == made_of.end() || !seen.insert(id).second) return;
  const Salt& salt = found->second;
  if (salt.forms.empty() && salt.mixed.empty() && salt.share) shares.push_back(*salt.share);
  for (const std::string& form : salt.forms) add_formulas(form, seen, shares);
  for (const std::string& part : salt.mixed) add_formulas(part, seen, shares);
}

// What is mixed is surely there where the mixture is the only form.
void Documents::add_parts(const std::string& id, bool surely, std::set<std::pair<std::string, bool>>& seen, Salt& into) const {
  if (!seen.emplace(id, surely).second) return;
  const Salt& salt = made_of.at(id);
  for (const std::string& form : salt.forms) add_parts(form, surely && salt.forms.size() == 1, seen, into);
  for (const std::string& part : salt.mixed) {
    (surely ? into.surely : into.perhaps).insert(part);
    add_parts(part, surely, seen, into);
  }
}

bool Documents::mixture(const std::string& id) const {
  const Salt& salt = made_of.at(id);
  return !salt.mixed.empty() || (!salt.forms.empty() && std::all_of(salt.forms.begin(), salt.forms.end(),
                                                                    [&](const auto& form) { return mixture(form); }));
}

void Documents::mix_salts() {
  const auto hull = [](const std::vector<Interval<Exact>>& of) {
    std::optional<Interval<Exact>> all;
    for (const Interval<Exact>& one : of) all = all ? Interval<Exact>::hull(*all, one) : one;
    return all;
  };
  std::map<std::string, Salt> mixed = made_of;
  for (auto& [id, salt] : mixed) {
    std::set<std::string> seen;
    std::vector<Interval<Exact>> shares;
    add_formulas(id, seen, shares);
    salt.share = hull(shares);
    std::set<std::pair<std::string, bool>> seen_parts;
    add_parts(id, true, seen_parts, salt);
  }
  const auto own = [&](const Salt& form) {
    return form.share && !form.mixed.empty() ? Interval<Exact>{form.share->low} : form.share.value_or(Interval<Exact>{Exact{}});
  };
  for (auto& [id, salt] : mixed) {
    std::vector<Interval<Exact>> shares;
    for (const std::string& form : salt.forms) shares.push_back(own(mixed.at(form)));
    salt.own = salt.forms.empty() ? own(salt) : hull(shares);
  }
  made_of = std::move(mixed);
}

void Documents::read_rule(const Node& node, const std::string& drug) {
  Rule rule;
  rule.node = &node;
  rule.id = text(node, "id");
  rule.scope = text(node, "scope");
  if (rule.scope == "medication" || rule.scope == "pair") rule.drug = node.find("drug") != nullptr ? text(node, "drug") : drug;
  rule.salt = text(node, "salt");
  rule.severity = *severity_named(text(node, "severity"));
  rule.confirmed = confirmed(node);
  rule.window = node.find("window");
  rule.when = node.find("when");
  rule.replaces = texts(node, "replaces");
  rules[rule.id] = rule;
}

void Documents::change(const Node& node) {
  Rule& rule = rules.at(text(node, "rule"));
  if (node.find("severity") != nullptr) rule.severity = *severity_named(text(node, "severity"));
  if (node.find("window") != nullptr) rule.window = node.find("window");
  if (const Node* const off = node.find("off")) rule.off = rule.off || off->is_true();
}

// Law 6: weaker evidence stands in for no stronger one.
void Documents::find_rules_in_force() {
  for (const auto& [drug, above] : drugs.above) {
    std::vector<const Rule*> about;
    for (const auto& [id, rule] : rules)
      if (!rule.off && !rule.drug.empty() && above.contains(rule.drug)) about.push_back(&rule);
    for (const Rule* rule : about) {
      bool replaced = false;
      for (const Rule* other : about) replaced = replaced || (other->replaces.contains(rule->id) && other->grade <= rule->grade);
      if (!replaced) in_force[drug].push_back(rule);
    }
  }
}

std::optional<std::string> Documents::salt_of(const std::string& drug) const {
  for (const auto& [holder, salt] : contains)
    if (drugs.is_a(drug, holder)) return salt;
  return std::nullopt;
}

bool Documents::may_contain(const std::string& drug) const {
  if (salt_of(drug)) return false;
  for (const auto& [holder, salt] : contains)
    if (drugs.is_a(holder, drug)) return true;
  return false;
}

std::optional<NamedSalt> Documents::find_salt(std::string_view name) const {
  const auto found = salts.find({std::string{name}, {}});
  if (!found) return std::nullopt;
  return named(*found);
}

NamedSalt Documents::named(const std::string& id) const {
  const Salt& salt = made_of.at(id);
  const Interval<Exact> nothing{Exact{}};
  return {salt.name, salt.share.value_or(nothing), salt.own.value_or(nothing), mixture(id),
          made_of.at(id.substr(0, id.find('/'))).name};
}

}  // namespace magnesia::naive
