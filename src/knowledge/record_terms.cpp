// What the codes, units and words of records stand for.
#include <algorithm>

#include "knowledge/loader.hpp"

namespace magnesia::knowledge {

using base::ConceptId;
using base::NameIndex;
using base::RecordTerms;
using json::Node;
using json::Type;

namespace {

std::string in_lower_case(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

template <class Do>
void each(Loader& loader, const Node& object, std::string_view key, Do with, bool required = false) {
  const Node* const list = loader.read.array(object, key, required);
  if (list == nullptr) return;
  for (const Node& one : list->children()) with(one);
}

// One name or code for one meaning.
void add(Loader& loader, NameIndex& index, const Node& at, std::string_view name, std::size_t meaning) {
  if (index.add(name, static_cast<ConceptId>(meaning)) != static_cast<ConceptId>(meaning))
    loader.read.fault(ErrorKind::conflict, at, excerpt(name) + ", which stands for something else too", "one meaning");
}

void add_code(Loader& loader, NameIndex& index, const Node& code, std::size_t meaning) {
  const std::string_view system = loader.read.string(code, "system");
  const std::string_view text = loader.read.string(code, "code");
  if (!system.empty() && !text.empty()) add(loader, index, code, std::string{system} + ' ' + std::string{text}, meaning);
}

void add_codes(Loader& loader, NameIndex& index, const Node& object, std::string_view key, std::size_t meaning) {
  each(loader, object, key, [&](const Node& code) {
    if (loader.read.object(code, {"system", "code"})) add_code(loader, index, code, meaning);
  });
}

// A code as a server is asked for it.
std::string token(const RecordTerms& terms, const Node& code) {
  const auto text = [&](std::string_view key) {
    const Node* const member = code.find(key);
    return member == nullptr ? std::string_view{} : member->text();
  };
  const auto system = std::find(terms.systems.begin(), terms.systems.end(), text("system"));
  std::string out =
      system == terms.systems.end() ? std::string{} : terms.uris[static_cast<std::size_t>(system - terms.systems.begin())];
  out += '|';
  out += text("code");
  return out;
}

std::optional<std::chrono::days> usable_for(Loader& loader, const Node& object) {
  constexpr std::int64_t minutes_a_day = 1440;
  loader.read.string(object, "because");
  const std::optional<Exact> minutes = loader.read.quantity(object, "usable_for", Dimension::time);
  if (!minutes) return {};
  return std::chrono::days{Exact::divide(*minutes, minutes_a_day, Rounding::down).rounded_to(1).numerator()};
}

ConceptId condition_named(Loader& loader, const Node& at, std::string_view id) {
  const ConceptId found = loader.base.conditions.by_id(id);
  if (found == base::no_concept) loader.read.fault(ErrorKind::unknown_name, at, "the id of a condition that there is");
  return found;
}

void read_measurement(Loader& loader, const Node& one) {
  RecordTerms& terms = loader.base.record_terms;
  if (!loader.read.object(one, {"of", "called", "usable_for", "because", "codes"})) return;
  const std::string_view of = loader.read.string(one, "of");
  std::size_t which = 0;
  while (which < facts::bounded_count && facts::bounded_info(which).id != of) ++which;
  if (which == facts::bounded_count) {
    if (!of.empty()) loader.read.fault(ErrorKind::unknown_name, *one.find("of"), "a number of the input");
    return;
  }
  RecordTerms::Measurement& measurement = terms.measurements[which];
  for (const std::string_view called : loader.read.strings(one, "called", true))
    measurement.called.push_back(in_lower_case(called));
  measurement.usable_for = usable_for(loader, one);
  each(loader, one, "codes", [&](const Node& code) {
    if (!loader.read.object(code, {"system", "code", "units", "not_used"})) return;
    RecordTerms::Code meaning{
        static_cast<facts::Bounded>(which), 0, {}, std::string{loader.read.string(code, "not_used", false)}};
    for (const std::string_view unit : loader.read.strings(code, "units", true)) {
      const Result<FoundUnit> found = find_unit(unit);
      if (!found) {
        loader.read.fault(ErrorKind::wrong_unit, *code.find("units"), found.error().found, found.error().expected);
        continue;
      }
      meaning.dimensions |= 1U << static_cast<unsigned>(found->dimension);
      if (!meaning.expected.empty()) meaning.expected += " or ";
      meaning.expected += unit;
    }
    add_code(loader, terms.measurement_codes, code, terms.codes.size());
    if (meaning.not_used.empty()) measurement.codes.push_back(token(terms, code));
    terms.codes.push_back(std::move(meaning));
  });
}

void read_status(Loader& loader, const Node& one) {
  RecordTerms& terms = loader.base.record_terms;
  if (!loader.read.object(one, {"is", "usable_for", "because", "condition", "codes", "yes", "no"})) return;
  const std::string_view is = loader.read.string(one, "is");
  const auto* const found = std::find(facts::is_names.begin(), facts::is_names.end(), is);
  if (found == facts::is_names.end()) {
    if (!is.empty()) loader.read.fault(ErrorKind::unknown_name, *one.find("is"), "pregnant, lactating or on-dialysis");
    return;
  }
  RecordTerms::Status status{static_cast<facts::Is>(found - facts::is_names.begin()), base::no_concept, {}, {}};
  if (const std::string_view id = loader.read.string(one, "condition"); !id.empty())
    status.condition = condition_named(loader, *one.find("condition"), id);
  status.usable_for = usable_for(loader, one).value_or(std::chrono::days{});
  each(loader, one, "codes", [&](const Node& code) { status.codes.push_back(token(terms, code)); });
  const std::size_t at = terms.statuses.size();
  terms.statuses.push_back(std::move(status));
  add_codes(loader, terms.status_codes, one, "codes", at);
  for (const bool yes : {true, false}) {
    add_codes(loader, terms.answer_codes, one, yes ? "yes" : "no", terms.answers.size());
    terms.answers.push_back({static_cast<std::uint16_t>(at), yes});
  }
}

void read_route(Loader& loader, const Node& one) {
  constexpr std::array<std::string_view, base::route_count> names{"mouth", "injection", "surface"};
  RecordTerms& terms = loader.base.record_terms;
  if (!loader.read.object(one, {"route", "names", "in_names"})) return;
  const std::string_view name = loader.read.string(one, "route");
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    if (!name.empty()) loader.read.fault(ErrorKind::unknown_name, *one.find("route"), "mouth, injection or surface");
    return;
  }
  const auto route = static_cast<std::size_t>(found - names.begin());
  add(loader, terms.routes, one, name, route);
  for (const std::string_view text : loader.read.strings(one, "names", true)) add(loader, terms.routes, one, text, route);
  for (const std::string_view word : loader.read.strings(one, "in_names")) terms.in_names[route].push_back(in_lower_case(word));
}

}  // namespace

void Loader::read_record_terms() {
  RecordTerms& terms = base.record_terms;
  for (const Doc& doc : docs) {
    if (doc.kind != "record/1") continue;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "id", "name", "systems", "measurements", "statuses", "given", "devices", "lasting",
                            "routes", "by_injection", "counter_ions", "units_of_dose", "notices", "remarks"});
    read.string(*doc.node, "name");
    each(*this, *doc.node, "systems", [&](const Node& one) {
      if (!read.object(one, {"system", "names"})) return;
      const std::vector<std::string_view> names = read.strings(one, "names", true);
      for (const std::string_view name : names) add(*this, terms.system_names, one, name, terms.systems.size());
      terms.uris.emplace_back(names.empty() ? std::string_view{} : names.front());
      terms.systems.emplace_back(read.string(one, "system"));
    });
    each(*this, *doc.node, "measurements", [&](const Node& one) { read_measurement(*this, one); });
    each(*this, *doc.node, "statuses", [&](const Node& one) { read_status(*this, one); });
    if (const Node* const given = read.member(*doc.node, "given", Type::object, false)) {
      read.object(*given, {"usable_for", "because"});
      terms.given_usable_for = usable_for(*this, *given).value_or(std::chrono::days{});
    }
    each(*this, *doc.node, "devices", [&](const Node& one) {
      if (!read.object(one, {"condition", "names", "codes"})) return;
      const std::string_view id = read.string(one, "condition");
      const ConceptId meant = id.empty() ? base::no_concept : condition_named(*this, *one.find("condition"), id);
      if (meant == base::no_concept) return;
      for (const std::string_view name : read.strings(one, "names", true)) add(*this, terms.devices, one, name, meant);
      add_codes(*this, terms.devices, one, "codes", meant);
    });
    if (const Node* const lasting = read.member(*doc.node, "lasting", Type::object, false)) {
      read.object(*lasting, {"conditions", "because"});
      read.string(*lasting, "because");
      for (const std::string_view id : read.strings(*lasting, "conditions", true))
        terms.lasting.push_back(condition_named(*this, *lasting, id));
    }
    each(*this, *doc.node, "routes", [&](const Node& one) { read_route(*this, one); });
    if (const std::string_view id = read.string(*doc.node, "by_injection", false); !id.empty()) {
      terms.by_injection = base.drugs.by_id(id);
      if (terms.by_injection == base::no_concept)
        read.fault(ErrorKind::unknown_name, *doc.node->find("by_injection"), "the id of a drug that there is");
    }
    for (const std::string_view word : read.strings(*doc.node, "counter_ions")) terms.counter_ions.add(word, 0);
    for (const std::string_view word : read.strings(*doc.node, "units_of_dose")) terms.units_of_dose.add(word, 0);
    read.strings(*doc.node, "notices");
  }
}

}  // namespace magnesia::knowledge
