// Products that are sold: their labels and names.
#include <set>

#include "knowledge/loader.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia::knowledge {

using base::ConceptId;
using json::Node;
using json::Type;

namespace {

// Magnesium of what a text says, in mg; none where it does not say it, or names a salt that the knowledge lacks.
std::optional<Interval<Exact>> magnesium_of(const SaltNames& salts, std::string_view text) {
  const Result<ReadLabel> label = read_label(text, salts);
  if (!label) return std::nullopt;
  Interval<Exact> sum{Exact{}};
  for (const Ingredient& ingredient : label->ingredients) {
    const std::string& name = ingredient.salt.text;
    const std::optional<NamedSalt> salt = name.empty() ? std::nullopt : salts.find_salt(name);
    if (!name.empty() && !salt) return std::nullopt;
    sum = add(sum, amount_of(ingredient, salt).elemental);
  }
  return sum;
}

// Whether a number stands before what may begin a unit of mass or substance. Reading is dear, and most names say none.
bool may_say_an_amount(std::string_view text) noexcept {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') continue;
    const std::size_t next = text.find_first_not_of(" -", i + 1);
    if (next == std::string_view::npos) return false;
    const std::string_view unit = text.substr(next, 2);
    const bool litres = unit == "mL" || unit == "ml" || unit == "ML";
    if (!litres && unit != "ef" && std::string_view{"gGkKmMeEuU\xC2\xCE"}.find(unit.front()) != std::string_view::npos)
      return true;
  }
  return false;
}

// One name, as it is and with the serving. A text that a label could say must not come to less, but for rounding, as a product.
void add_name(Loader& loader, const SaltNames& salts, const Node& at, ConceptId id, std::string_view serving, Exact most) {
  base::Catalogue& catalogue = loader.base.catalogue;
  const std::string name{at.text()};
  for (const bool serving_said : {false, true}) {
    const std::string whole = serving_said ? name + ' ' + std::string{serving} : name;
    if (catalogue.add_name(whole, id, serving_said) != id)
      loader.read.fault(ErrorKind::conflict, at, "the name \"" + whole + "\" of two products", "a name of one product only");
    else if (catalogue.find(whole).product != &catalogue[id])
      loader.read.fault(ErrorKind::too_large, at, "a name of at most 160 letters and digits");
    if (!may_say_an_amount(whole)) continue;
    if (const auto said = magnesium_of(salts, whole); said && said->high.rounded_to(1) > most.rounded_to(1))
      loader.read.fault(
          ErrorKind::unsafe, at,
          "the name \"" + whole + "\", which by itself may be read as up to " + said->high.decimal(1) + " mg of magnesium",
          "a name that does not say more than the label");
  }
}

}  // namespace

void Loader::read_products() {
  static constexpr std::string_view uses = "supplement, medicine, antacid, laxative, bowel-preparation";
  // The base is still being made, so nobody shares it yet.
  const Knowledge salts{std::shared_ptr<const base::Base>{std::shared_ptr<void>{}, &base}};
  std::set<std::string_view> ids;
  for (const Doc& doc : docs) {
    if (doc.kind != "product/1") continue;
    stand_at(doc);
    const Node& node = *doc.node;
    read.object(node, {"magnesia", "id", "name", "names", "use", "label", "elemental", "serving", "unit_mass", "plausible",
                       "sources", "reviewed", "remarks"});
    if (!ids.insert(doc.id).second)
      read.fault(ErrorKind::conflict, *node.find("id"), "a second " + std::string{doc.id}, "an id of one document only");
    const std::string_view use = read.string(node, "use");
    const std::string_view serving = read.string(node, "serving");
    if (!use.empty() && (", " + std::string{uses} + ',').find(", " + std::string{use} + ',') == std::string::npos)
      read.fault(ErrorKind::unknown_name, *node.find("use"), std::string{uses});
    if (const Node* const plausible = node.find("plausible"); plausible == nullptr)
      read.fault(ErrorKind::missing_key, node, "no \"plausible\"", "true, false, or null where it cannot be told");
    else if (plausible->type() != Type::boolean && plausible->type() != Type::null)
      read.fault(ErrorKind::wrong_type, *plausible, "true, false, or null where it cannot be told");
    check_citations(node);
    base::CatalogueProduct product{std::string{read.string(node, "label")}, {}, use == "supplement"};
    const auto claimed = read.quantity(node, "elemental", Dimension::mass);
    if (const auto mass = read.quantity(node, "unit_mass", Dimension::mass, false)) product.unit_mass = Mass::of_base(*mass);
    const Node* const name = read.member(node, "name", Type::string, true);
    const Node* const names = read.array(node, "names", false);
    if (product.label.empty() || !claimed || name == nullptr || serving.empty()) continue;
    const auto said = magnesium_of(salts, product.label);
    if (!said || !said->high.finite()) {
      read.fault(ErrorKind::syntax, *node.find("label"), "a label that says how much magnesium, of salts in the knowledge");
      continue;
    }
    if (!said->contains(*claimed))
      read.fault(ErrorKind::conflict, *node.find("elemental"), "another amount than the label's",
                 said->low.decimal(3) + " to " + said->high.decimal(3) + " mg");
    const ConceptId id = base.catalogue.add(std::move(product));
    add_name(*this, salts, *name, id, serving, said->high);
    if (names == nullptr) continue;
    for (const Node& other : names->children())
      if (other.type() == Type::string && !other.text().empty())
        add_name(*this, salts, other, id, serving, said->high);
      else
        read.fault(ErrorKind::wrong_type, other, "a name");
  }
}

}  // namespace magnesia::knowledge
