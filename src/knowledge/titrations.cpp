// How doses are raised over days.
#include <algorithm>

#include "knowledge/loader.hpp"

namespace magnesia::knowledge {

using json::Node;
using json::Type;

namespace {

// A mass, or an amount of magnesium, in mg.
std::optional<Exact> dose(Loader& loader, const Node& doses, std::string_view key, bool of_salt) {
  const Node* const node = loader.read.member(doses, key, Type::object, true);
  const Node* const unit = node == nullptr ? nullptr : node->find("unit");
  const auto found = unit == nullptr || unit->type() != Type::string ? Result<FoundUnit>{Error{}} : find_unit(unit->text());
  if (found && found->dimension == Dimension::substance && !of_salt) {
    const std::optional<Exact> substance = loader.read.quantity(*node, Dimension::substance);
    return substance ? std::optional{elemental_mass_of(Substance::of_base(*substance)).base()} : std::nullopt;
  }
  return node == nullptr ? std::nullopt : loader.read.quantity(*node, Dimension::mass);
}

void read_doses(Loader& loader, const Node& document, base::Titration& titration, bool& confirmed) {
  const Node* const doses = loader.read.member(document, "doses", Type::object, true);
  if (doses == nullptr || !loader.read.object(*doses, {"start", "step", "most", "basis", "sources", "reviewed"})) return;
  const std::string_view basis = loader.read.string(*doses, "basis");
  titration.of_salt = basis == "salt";
  if (!basis.empty() && basis != "salt" && basis != "elemental")
    loader.read.fault(ErrorKind::unknown_name, *doses->find("basis"), "elemental or salt");
  titration.start = dose(loader, *doses, "start", titration.of_salt).value_or(Exact{});
  titration.step = dose(loader, *doses, "step", titration.of_salt).value_or(Exact{});
  titration.most = dose(loader, *doses, "most", titration.of_salt).value_or(Exact{});
  if (titration.start <= Exact{} || titration.step <= Exact{} || titration.most < titration.start)
    loader.read.fault(ErrorKind::out_of_range, *doses, "a start and a step above 0, and a most that is no less than the start");
  const std::size_t first = titration.citations.size();
  loader.citations(*doses, titration.citations);
  confirmed = confirmed && loader.grade_of({titration.citations.begin() + static_cast<std::ptrdiff_t>(first),
                                            titration.citations.end()}) != Grade::unconfirmed;
}

void read_interval(Loader& loader, const Node& document, base::Titration& titration, bool& confirmed) {
  constexpr int minutes_a_day = 1440;
  constexpr int most_days = 1000;
  const Node* const interval = loader.read.member(document, "interval", Type::object, true);
  if (interval == nullptr || !loader.read.object(*interval, {"at_least", "because", "sources", "reviewed"})) return;
  titration.because = loader.read.string(*interval, "because");
  if (const auto length = loader.read.quantity(*interval, "at_least", Dimension::time)) {
    const Exact exact = Exact::divide(*length, minutes_a_day, Rounding::up);
    const Exact days = exact.rounded_to(1);
    if (days < Exact{1} || days > Exact{most_days} || days != exact)
      loader.read.fault(ErrorKind::out_of_range, *interval->find("at_least"), "1 to 1000 whole days");
    else
      titration.interval_days = static_cast<int>(days.numerator());
  }
  const std::size_t first = titration.citations.size();
  loader.citations(*interval, titration.citations);
  confirmed = confirmed && loader.grade_of({titration.citations.begin() + static_cast<std::ptrdiff_t>(first),
                                            titration.citations.end()}) != Grade::unconfirmed;
}

}  // namespace

void Loader::read_titrations() {
  for (const Doc& doc : docs) {
    if (doc.kind != "titration/1") continue;
    stand_at(doc);
    const Node& node = *doc.node;
    read.object(node, {"magnesia", "id", "name", "purpose", "salt", "for", "doses", "interval", "hold", "stop", "ask", "sources",
                       "reviewed", "remarks"});
    base::Titration titration;
    titration.id = doc.id;
    titration.name = read.string(node, "name");
    const auto concept_at = [&](std::string_view key, const base::Taxonomy& taxonomy, std::string expected) {
      const std::string_view id = read.string(node, key);
      const base::ConceptId found = id.empty() ? base::no_concept : taxonomy.by_id(id);
      if (!id.empty() && found == base::no_concept) read.fault(ErrorKind::unknown_name, *node.find(key), std::move(expected));
      return found;
    };
    titration.purpose = concept_at("purpose", base.conditions, "the id of a condition");
    titration.salt = concept_at("salt", base.salts, "the id of a salt");
    if (titration.salt != base::no_concept && base.salt_forms[titration.salt].share.high <= Exact{})
      read.fault(ErrorKind::conflict, *node.find("salt"), "a salt, of which it is known how much magnesium it holds");
    titration.hold = read.string(node, "hold");
    titration.ask = read.string(node, "ask");
    for (const std::string_view sentence : read.strings(node, "stop", true)) titration.stop.emplace_back(sentence);
    if (const Node* const whom = read.member(node, "for", Type::object, false))
      condition(*whom, titration.first_node, titration.node_count, true);
    citations(node, titration.citations);
    titration.confirmed = grade_of(titration.citations) != Grade::unconfirmed;
    read_doses(*this, node, titration, titration.confirmed);
    read_interval(*this, node, titration, titration.confirmed);
    base.titrations.push_back(std::move(titration));
  }
  std::sort(base.titrations.begin(), base.titrations.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

}  // namespace magnesia::knowledge
