// Conditions, drugs, drug classes and salts: names, codes, classes.
#include <algorithm>
#include <iterator>
#include <map>

#include "knowledge/loader.hpp"
#include "magnesia/salt.hpp"

namespace magnesia::knowledge {

using base::ConceptId;
using base::Taxonomy;
using json::Node;
using json::Type;

namespace {

Taxonomy* taxonomy_of(base::Base& base, const Doc& doc) noexcept {
  if (doc.kind == "condition/1") return &base.conditions;
  if (doc.kind == "drug/1" || doc.kind == "drug-class/1") return &base.drugs;
  if (doc.kind == "salt/1") return &base.salts;
  return nullptr;
}

std::string form_id(std::string_view salt, std::string_view form) { return std::string{salt} + '/' + std::string{form}; }

void add_name(Loader& loader, Taxonomy& taxonomy, const Node& at, std::string_view name, ConceptId id) {
  const ConceptId holder = taxonomy.names.add(name, id);
  if (holder == id) return;
  // A form may be called like its salt: the name then stands for the salt, which is wider.
  const std::string& other = taxonomy[holder].id;
  if (taxonomy[id].id.starts_with(other + '/') || other.starts_with(taxonomy[id].id + '/')) return;
  loader.read.fault(ErrorKind::conflict, at, "the name \"" + std::string{name} + "\", which is " + other + "'s too",
                    "a name of one concept only");
}

void add_names(Loader& loader, Taxonomy& taxonomy, const Node& concept_node, ConceptId id) {
  if (const std::string_view name = loader.read.string(concept_node, "name"); !name.empty())
    add_name(loader, taxonomy, *concept_node.find("name"), name, id);
  const Node* const names = loader.read.array(concept_node, "names", false);
  if (names == nullptr) return;
  for (const Node& name : names->children()) {
    if (name.type() == Type::string && !name.text().empty())
      add_name(loader, taxonomy, name, name.text(), id);
    else
      loader.read.fault(ErrorKind::wrong_type, name, "a name");
  }
}

void add_codes(Loader& loader, Taxonomy& taxonomy, const Node& concept_node, ConceptId id) {
  const Node* const codes = loader.read.array(concept_node, "codes", false);
  if (codes == nullptr) return;
  for (const Node& code : codes->children()) {
    if (!loader.read.object(code, {"system", "code"})) continue;
    const std::string_view system = loader.read.string(code, "system");
    const std::string_view text = loader.read.string(code, "code");
    if (system.empty() || text.empty()) continue;
    const ConceptId holder = taxonomy.add_code(system, text, id);
    if (holder != id)
      loader.read.fault(ErrorKind::conflict, code,
                        std::string{system} + ' ' + std::string{text} + ", which is " + taxonomy[holder].id + "'s too",
                        "a code of one concept only");
  }
}

void add_classes(Loader& loader, Taxonomy& taxonomy, const Node& concept_node, ConceptId id) {
  const Node* const classes = loader.read.array(concept_node, "classes", false);
  if (classes == nullptr) return;
  for (const Node& one : classes->children()) {
    const ConceptId above = one.type() == Type::string ? taxonomy.by_id(one.text()) : base::no_concept;
    if (above == base::no_concept)
      loader.read.fault(ErrorKind::unknown_name, one, "the id of a class that there is");
    else
      taxonomy.put_into(id, above);
  }
}

void declare_forms(Loader& loader, const Doc& doc) {
  const Node* const forms = loader.read.array(*doc.node, "forms");
  if (forms == nullptr) return;
  for (const Node& form : forms->children()) {
    const std::string_view id = loader.read.string(form, "id");
    const std::string_view name = loader.read.string(form, "name");
    if (id.empty() || name.empty()) continue;
    if (loader.base.salts.by_id(form_id(doc.id, id)) != base::no_concept)
      loader.read.fault(ErrorKind::conflict, form, "a second form " + std::string{id}, "an id of one form only");
    else
      loader.base.salts.add(form_id(doc.id, id), std::string{name});
  }
  if (const Node* const classes = doc.node->find("classes"); classes != nullptr && classes->type() == Type::array)
    for (const Node& one : classes->children())  // groups need no document of their own
      if (one.type() == Type::string && loader.base.salts.by_id(one.text()) == base::no_concept)
        loader.base.salts.add(std::string{one.text()}, std::string{one.text()});
}

std::optional<Interval<Exact>> share_of_formula(Loader& loader, const Node& form) {
  const std::string_view text = loader.read.string(form, "formula");
  if (text.empty()) return std::nullopt;
  const Result<Formula> formula = parse_formula(text);
  if (!formula) {
    loader.read.fault(formula.error().kind, *form.find("formula"), formula.error().found + " at " + formula.error().place,
                      formula.error().expected);
    return std::nullopt;
  }
  if (magnesium_atoms(*formula) == 0) {
    loader.read.fault(ErrorKind::conflict, *form.find("formula"), "a formula with magnesium");
    return std::nullopt;
  }
  return Interval<Exact>{elemental_share(*formula)};
}

void read_salt(Loader& loader, const Doc& doc, std::vector<std::pair<ConceptId, const Node*>>& mixtures) {
  base::Base& base = loader.base;
  loader.read.object(*doc.node, {"magnesia", "id", "name", "names", "codes", "forms", "counts_toward_limit", "classes",
                                 "properties", "sources", "reviewed", "remarks"});
  const ConceptId salt = base.salts.by_id(doc.id);
  const bool counts = loader.read.boolean(*doc.node, "counts_toward_limit", true);
  base.salt_forms[salt].counts = counts;
  loader.check_citations(*doc.node);
  if (const Node* const properties = loader.read.array(*doc.node, "properties", false); properties != nullptr)
    for (const Node& property : properties->children()) {
      loader.read.object(property, {"property", "value", "low", "high", "sources", "reviewed"});
      loader.read.string(property, "value");
      loader.check_citations(property);
    }
  const Node* const forms = doc.node->find("forms");
  if (forms == nullptr || forms->type() != Type::array) return;
  if (forms->empty()) loader.read.fault(ErrorKind::missing_key, *forms, "at least one form");
  for (const Node& form : forms->children()) {
    loader.read.object(form, {"id", "name", "names", "formula", "mixture_of", "codes"});
    const Node* const id = form.find("id");
    const ConceptId concept_id = id == nullptr ? base::no_concept : base.salts.by_id(form_id(doc.id, id->text()));
    if (concept_id == base::no_concept) continue;
    base.salts.put_into(concept_id, salt);
    base.salt_forms[concept_id].whole = salt;
    base.salt_forms[concept_id].counts = counts;
    add_names(loader, base.salts, form, concept_id);
    add_codes(loader, base.salts, form, concept_id);
    if (form.find("mixture_of") != nullptr)
      mixtures.emplace_back(concept_id, &form);
    else if (const auto share = share_of_formula(loader, form))
      base.salt_forms[concept_id].share = *share;
  }
}

bool has_share(const base::SaltForm& form) noexcept { return form.share.high > Exact{}; }

// Whether it is wider now.
bool widen(Interval<Exact>& share, const Interval<Exact>& by) {
  if (by.high == Exact{} || (share.high > Exact{} && by.inside(share))) return false;
  share = share.high > Exact{} ? Interval<Exact>::hull(share, by) : by;
  return true;
}
// Whether there are more now.
bool add_all(std::vector<ConceptId>& into, const std::vector<ConceptId>& more) {
  const std::size_t before = into.size();
  for (const ConceptId id : more)
    if (std::find(into.begin(), into.end(), id) == into.end()) into.push_back(id);
  return into.size() != before;
}

void read_mixture(Loader& loader, ConceptId form, const Node& node) {
  base::Base& base = loader.base;
  base.salt_forms[form].mixture = true;
  const Node* const of = loader.read.array(node, "mixture_of");
  if (of == nullptr) return;
  for (const Node& component : of->children())
    if (const ConceptId id = component.type() == Type::string ? base.salts.by_id(component.text()) : base::no_concept;
        id != base::no_concept)
      add_all(base.salt_forms[form].components, {id});
}

// A mixture's share runs over its parts, and a name that does not say which form it is stands for all of them, mixtures too:
// until nothing is wider, since each may rest on the other.
void widen_salts(base::Base& base) {
  const auto of_forms = [&](auto with) {
    bool wider = false;
    for (base::SaltForm& form : base.salt_forms)
      if (form.whole != base::no_concept) wider = with(form, base.salt_forms[form.whole]) || wider;
    return wider;
  };
  for (bool wider = true; wider;)
    wider = of_forms([&](base::SaltForm& form, base::SaltForm& whole) {
      bool more = false;
      for (const ConceptId part : form.components) more = widen(form.share, base.salt_forms[part].share) || more;
      return widen(whole.share, form.share) || more;
    });
  std::vector<std::size_t> forms(base.salt_forms.size());
  for (const base::SaltForm& form : base.salt_forms)
    if (form.whole != base::no_concept) ++forms[form.whole];
  for (base::SaltForm& salt : base.salt_forms) salt.mixture = salt.mixture || salt.whole == base::no_concept;
  of_forms([&](base::SaltForm& form, base::SaltForm& whole) {
    form.own_share = form.mixture ? Interval<Exact>{form.share.low} : form.share;
    whole.mixture = whole.mixture && form.mixture;
    add_all(forms[form.whole] == 1 ? whole.components : whole.perhaps, form.components);
    return widen(whole.own_share, form.own_share);
  });
  for (bool more = true; more;) {
    more = false;
    for (base::SaltForm& salt : base.salt_forms) {
      for (const ConceptId part : std::vector{salt.components}) {
        more = add_all(salt.components, base.salt_forms[part].components) || more;
        more = add_all(salt.perhaps, base.salt_forms[part].perhaps) || more;
      }
      for (const ConceptId part : std::vector{salt.perhaps}) {
        more = add_all(salt.perhaps, base.salt_forms[part].components) || more;
        more = add_all(salt.perhaps, base.salt_forms[part].perhaps) || more;
      }
    }
  }
}

void name_salts(base::Base& base) {
  for (std::size_t at = 0; at < base.salts.size(); ++at) {
    const auto salt = static_cast<ConceptId>(at);
    const base::SaltForm& form = base.salt_forms[salt];
    const ConceptId whole = form.whole == base::no_concept ? salt : form.whole;
    base.named_salts.emplace_back(
        NamedSalt{base.salts[salt].name, form.share, form.own_share, form.mixture, base.salts[whole].name});
  }
}

void check_mixture(Loader& loader, const Node& node) {
  const base::Base& base = loader.base;
  const Node* const of = node.find("mixture_of");
  if (of->type() != Type::array) return;
  for (const Node& component : of->children()) {
    const ConceptId id = component.type() == Type::string ? base.salts.by_id(component.text()) : base::no_concept;
    if (id == base::no_concept || !has_share(base.salt_forms[id]))
      loader.read.fault(ErrorKind::unknown_name, component, "the id of a salt, or salt/form, that has a formula");
  }
}

void read_condition(Loader& loader, const Doc& doc) {
  base::Base& base = loader.base;
  loader.read.object(*doc.node,
                     {"magnesia", "id", "name", "names", "codes", "classes", "role", "settled_by", "rules", "remarks"});
  const ConceptId id = base.conditions.by_id(doc.id);
  const std::string_view role = loader.read.string(*doc.node, "role");
  if (role == "harmful" || role == "protective" || role == "neutral")
    base.roles[id] = role == "harmful"      ? base::Role::harmful
                     : role == "protective" ? base::Role::protective
                                            : base::Role::neutral;
  else if (!role.empty())
    loader.read.fault(ErrorKind::unknown_name, *doc.node->find("role"), "harmful, protective or neutral");
  if (const std::string_view fact = loader.read.string(*doc.node, "settled_by", false); fact == "egfr")
    base.settled_by[id] = facts::bit(facts::FactId::egfr);
  else if (!fact.empty())
    loader.read.fault(ErrorKind::unknown_name, *doc.node->find("settled_by"), "egfr");
}

void read_drug(Loader& loader, const Doc& doc) {
  base::Base& base = loader.base;
  loader.read.object(*doc.node, {"magnesia", "id", "name", "names", "codes", "classes", "contains", "by_mouth", "no_interaction",
                                 "rules", "remarks"});
  const ConceptId id = base.drugs.by_id(doc.id);
  base.by_mouth[id] = loader.read.boolean(*doc.node, "by_mouth", true);
  if (const std::string_view salt = loader.read.string(*doc.node, "contains", false); !salt.empty()) {
    base.contains[id] = base.salts.by_id(salt);
    if (base.contains[id] == base::no_concept)
      loader.read.fault(ErrorKind::unknown_name, *doc.node->find("contains"), "the id of a salt");
  }
  if (const Node* const none = loader.read.member(*doc.node, "no_interaction", Type::object, false)) {
    loader.read.object(*none, {"note", "sources", "reviewed"});
    loader.read.string(*none, "note");
    loader.check_citations(*none);
    loader.no_interaction.push_back({id, &doc, none});
  }
}

void queue_rules(Loader& loader, const Doc& doc) {
  const Node* const rules = loader.read.array(*doc.node, "rules", false);
  if (rules == nullptr) return;
  const bool drug = taxonomy_of(loader.base, doc) == &loader.base.drugs;
  for (const Node& rule : rules->children())
    loader.pending_rules.push_back({&rule, &doc, drug ? doc.id : std::string_view{}, {}});
}

void make_room(base::Base& base, const std::vector<Doc>& docs) {
  struct Count {
    std::size_t concepts = 0, names = 0, codes = 0;
  };
  const auto size_of = [](const Doc& doc, std::string_view key) {
    const Node* const list = doc.node->find(key);
    return list == nullptr ? 0 : static_cast<std::size_t>(std::distance(list->children().begin(), list->children().end()));
  };
  std::map<Taxonomy*, Count> counts;
  for (const Doc& doc : docs) {
    Taxonomy* const taxonomy = taxonomy_of(base, doc);
    if (taxonomy == nullptr) continue;
    Count& count = counts[taxonomy];
    ++count.concepts;
    count.names += 2 + size_of(doc, "names");  // its id and name too
    count.codes += size_of(doc, "codes");
  }
  for (const auto& [taxonomy, count] : counts) taxonomy->reserve(count.concepts, count.names, count.codes);
}

}  // namespace

void Loader::declare_concepts() {
  make_room(base, docs);
  for (const Doc& doc : docs) {
    Taxonomy* const taxonomy = taxonomy_of(base, doc);
    if (taxonomy == nullptr || doc.id.empty()) continue;
    stand_at(doc);
    if (taxonomy->by_id(doc.id) != base::no_concept) {
      read.fault(ErrorKind::conflict, *doc.node->find("id"), "a second " + std::string{doc.id}, "an id of one document only");
      continue;
    }
    taxonomy->add(std::string{doc.id}, std::string{read.string(*doc.node, "name")});
    if (taxonomy == &base.salts) declare_forms(*this, doc);
  }
  base.roles.assign(base.conditions.size(), base::Role::neutral);
  base.settled_by.assign(base.conditions.size(), 0);
  base.contains.assign(base.drugs.size(), base::no_concept);
  base.by_mouth.assign(base.drugs.size(), true);
  base.salt_forms.assign(base.salts.size(), {});
}

void Loader::connect_concepts() {
  std::vector<std::pair<ConceptId, const Node*>> mixtures;
  std::vector<const Doc*> mixture_docs;
  for (const Doc& doc : docs) {
    Taxonomy* const taxonomy = taxonomy_of(base, doc);
    const ConceptId id = taxonomy == nullptr ? base::no_concept : taxonomy->by_id(doc.id);
    if (id == base::no_concept) continue;
    stand_at(doc);
    add_names(*this, *taxonomy, *doc.node, id);
    add_name(*this, *taxonomy, *doc.node->find("id"), doc.id, id);
    add_codes(*this, *taxonomy, *doc.node, id);
    add_classes(*this, *taxonomy, *doc.node, id);
    if (taxonomy == &base.salts) {
      read_salt(*this, doc, mixtures);
      mixture_docs.resize(mixtures.size(), &doc);
    } else if (taxonomy == &base.conditions) {
      read_condition(*this, doc);
    } else {
      read_drug(*this, doc);
    }
    if (taxonomy != &base.salts) queue_rules(*this, doc);
  }
  for (std::size_t i = 0; i < mixtures.size(); ++i) {
    stand_at(*mixture_docs[i]);
    read_mixture(*this, mixtures[i].first, *mixtures[i].second);
  }
  widen_salts(base);
  name_salts(base);
  for (std::size_t i = 0; i < mixtures.size(); ++i) {
    stand_at(*mixture_docs[i]);
    check_mixture(*this, *mixtures[i].second);
  }
  for (Taxonomy* const taxonomy : {&base.conditions, &base.drugs, &base.salts}) {
    ConceptId circle = 0;
    if (!taxonomy->close(circle))
      read.errors().push_back(
          {ErrorKind::conflict, (*taxonomy)[circle].id, "classes that hold each other in a circle", "classes without a circle"});
  }
}

}  // namespace magnesia::knowledge
