// What a person takes: orders, statements, administrations; magnesium by mouth becomes a product, everything else a medication.
#include <algorithm>

#include "facts/collect.hpp"
#include "fhir/dosage.hpp"
#include "fhir/product.hpp"
#include "fhir/reading.hpp"

namespace magnesia::fhir {

using base::no_concept;
using base::Route;

namespace {

constexpr auto of_medication = Unread::About::medication;

// ---- Which drug ----

// A reference without what it leads to may still say what it is called.
Substances by_display(const Reading& reading, const Node& reference) {
  Substances found;
  const std::string_view display = text_of(reference, "display");
  found.name = display;
  if (!display.empty()) reading.codes.add_substances(display, found);
  return found;
}

std::string shown_reference(const Node& reference) {
  const std::string_view display = text_of(reference, "display");
  return excerpt(display.empty() ? text_of(reference, "reference") : display);
}

// The ingredients of a Medication, each with its strength.
void add_ingredients(const Reading& reading, const Resource& resource, const Node& medication, Medicine& into) {
  each_of(medication, "ingredient", [&](const Node& ingredient) {
    if (const Node* const active = ingredient.find("isActive"); active != nullptr && active->text() == "false") return;
    MedicineIngredient one;
    one.strength = object_of(ingredient, "strength");
    if (const Node* const item = object_of(ingredient, "itemCodeableConcept")) {
      one.substances = reading.codes.substances(*item);
      one.shown = shown(*item);
    } else if (const Node* const reference = object_of(ingredient, "itemReference")) {
      const Node* const substance = reading.resources.follow(resource, *reference);
      const Node* const code = substance == nullptr ? nullptr : object_of(*substance, "code");
      one.substances = code == nullptr ? by_display(reading, *reference) : reading.codes.substances(*code);
      one.shown = code == nullptr ? shown_reference(*reference) : shown(*code);
    }
    into.ingredients.push_back(std::move(one));
  });
}

// What is taken; none, and a note, where that is not told.
std::optional<Medicine> medicine_of(Reading& reading, const Resource& resource) {
  const Node& node = *resource.node;
  Medicine medicine;
  if (const Node* const code = object_of(node, "medicationCodeableConcept")) {
    medicine.at = code;
    medicine.substances = reading.codes.substances(*code);
    medicine.shown = shown(*code);
    return medicine;
  }
  const Node* const reference = object_of(node, "medicationReference");
  if (reference == nullptr) {
    reading.unread(of_medication, resource, node, "no medication", "a medication, by code, text or reference");
    return {};
  }
  medicine.at = reference;
  medicine.shown = shown_reference(*reference);
  const Node* const medication = reading.resources.follow(resource, *reference);
  if (medication == nullptr) {
    medicine.substances = by_display(reading, *reference);
    return medicine;
  }
  if (const Node* const code = object_of(*medication, "code")) {
    medicine.substances = reading.codes.substances(*code);
    medicine.shown = shown(*code);
  }
  add_ingredients(reading, resource, *medication, medicine);
  return medicine;
}

// ---- How it is taken ----

std::vector<Dosage> read_dosages(const Reading& reading, const Node* list, const Node& resource) {
  std::vector<Dosage> all;
  const Day& day = reading.options.day;
  if (list != nullptr && list->type() == Type::array) {
    for (const Node& one : list->children())
      if (one.type() == Type::object) all.push_back(read_dosage(one, day, reading.codes));
  } else if (list != nullptr && list->type() == Type::object) {
    all.push_back(read_dosage(*list, day, reading.codes));
  }
  if (all.empty()) {
    Dosage nothing;
    nothing.open.push_back({&resource, "a dosage: how much, and when"});
    nothing.amount_open = nothing.open.front();
    all.push_back(std::move(nothing));
  }
  return all;
}

// Instructions that follow one another, such as a dose that is tapered, don't tell what is taken on any one day.
bool follow_one_another(const Node* list) {
  if (list == nullptr || list->type() != Type::array) return false;
  std::string_view first;
  for (const Node& one : list->children())
    if (const Node* const sequence = one.find("sequence")) {
      if (!first.empty() && first != sequence->text()) return true;
      first = sequence->text();
    }
  return false;
}

Leeway leeway_of(const Dosage& dosage) {
  Leeway leeway;
  leeway.min_spacing = dosage.min_spacing;
  return leeway;
}

// ---- Taking it ----

void take_medication(Reading& reading, const Resource& resource, Term term, const Dosage& dosage) {
  reading.add_medication(std::move(term), dosage.schedule, leeway_of(dosage), resource);
}

void take_injected(Reading& reading, const Resource& resource, const Medicine& medicine, const Dosage& dosage) {
  const base::ConceptId injected = reading.base().record_terms.by_injection;
  if (injected == no_concept)
    reading.unread(of_medication, resource, *medicine.at, medicine.shown, "magnesium by mouth");
  else
    take_medication(reading, resource, {reading.base().drugs[injected].name, {}}, dosage);
}

// Magnesium by mouth, and whether its amount is known.
void take_magnesium(Reading& reading, const Resource& resource, const Medicine& medicine, const Dosage& dosage) {
  MagnesiumProduct made = magnesium_product(reading.codes, medicine, dosage);
  if (!made.expected.empty()) {
    const Dosage::Open open = dosage.amount_open.value_or(Dosage::Open{medicine.at, made.expected});
    const bool said =
        std::any_of(dosage.open.begin(), dosage.open.end(), [&](const Dosage::Open& one) { return one.at == open.at; });
    if (!said) reading.incomplete(resource, *open.at, open.expected);
  }
  if (made.medication) return take_medication(reading, resource, *std::move(made.medication), dosage);
  Errors errors;
  facts::validate(reading.base(), {}, Regimen{made.product}, errors);
  if (!errors.empty()) {
    reading.unread(Unread::About::label, resource, *medicine.at, errors.front().found, errors.front().expected);
    return;
  }
  reading.add_product(std::move(made.product), leeway_of(dosage), resource);
}

void take(Reading& reading, const Resource& resource, const Medicine& medicine, const Dosage& dosage) {
  std::optional<Route> route = medicine.substances.by_name;
  if (dosage.route != nullptr) {
    route = reading.codes.route(*dosage.route);
    if (!route) reading.incomplete(resource, *dosage.route, "a route that is known: it is taken to be by mouth");
  }
  if (route == Route::surface) return reading.skip(resource, "not taken in: for the skin, the eyes or the ears");

  bool magnesium = medicine.names_magnesium(reading.codes);
  for (const Meaning& drug : medicine.drugs())
    if (!reading.codes.contains_magnesium(drug.id)) take_medication(reading, resource, drug.term, dosage);
  for (const std::string& unknown : medicine.unknown())
    reading.unread(of_medication, resource, *medicine.at, excerpt(unknown), "an ingredient of the knowledge, by code or name");
  if (medicine.nothing()) {
    magnesium = reading.codes.speaks_of_magnesium(medicine.shown);
    if (!magnesium)
      return reading.unread(of_medication, resource, *medicine.at, medicine.shown, "a drug of the knowledge, by code or name");
  }
  if (!magnesium) return;
  if (route == Route::injection)
    take_injected(reading, resource, medicine, dosage);
  else
    take_magnesium(reading, resource, medicine, dosage);
}

void note_open(Reading& reading, const Resource& resource, const Dosage& dosage) {
  for (const Dosage::Open& open : dosage.open) reading.incomplete(resource, *open.at, open.expected);
}

void read_taken(Reading& reading, const Resource& resource, const Node* list) {
  const std::optional<Medicine> medicine = medicine_of(reading, resource);
  if (!medicine) return;
  std::vector<Dosage> dosages = read_dosages(reading, list, *resource.node);
  if (follow_one_another(list)) {
    Dosage one;
    one.route = dosages.front().route;
    one.open.push_back({list, "one instruction: these follow one another, so when and how much is not known"});
    one.amount_open = one.open.front();
    dosages.assign(1, std::move(one));
  }
  const auto over = [&](const Dosage& dosage) {
    return dosage.ends && reading.today && dosage.ends->last_day() < *reading.today;
  };
  if (std::all_of(dosages.begin(), dosages.end(), over)) return reading.skip(resource, "its course has ended");
  for (const Dosage& dosage : dosages) {
    if (over(dosage)) continue;
    note_open(reading, resource, dosage);
    take(reading, resource, *medicine, dosage);
  }
}

// An entry that another one of the record, which is taken, tells in full.
bool is_told_by(const Reading& reading, const Resource& resource, std::string_view key) {
  bool told = false;
  const auto see = [&](const Node& reference) {
    if (text_of(reference, "reference").starts_with('#')) return;
    told = told || reading.taken.contains(reading.resources.follow(resource, reference));
  };
  if (const Node* const reference = object_of(*resource.node, key)) see(*reference);
  each_of(*resource.node, key, see);
  return told;
}

}  // namespace

void read_medication_request(Reading& reading, const Resource& request) {
  const Node& node = *request.node;
  const std::string_view status = text_of(node, "status");
  const std::string_view intent = text_of(node, "intent");
  if (status == "entered-in-error") return reading.skip(request, "entered in error");
  if (status == "cancelled" || status == "completed" || status == "stopped")
    return reading.skip(request, "no longer taken: its status says so");
  if (const Node* const not_to = node.find("doNotPerform"); not_to != nullptr && not_to->is_true())
    return reading.skip(request, "it says that this is not to be taken");
  if (!request.draft) {
    if (status == "draft") return reading.skip(request, "a draft, which nobody takes yet");
    if (intent == "proposal" || intent == "option") return reading.skip(request, "a proposal, which nobody takes yet");
    if (status == "on-hold")
      reading.incomplete(request, *node.find("status"), "active: on hold, it is counted as if it were taken");
    if (status != "active" && status != "on-hold")
      return reading.unread(of_medication, request, node, "an order of unknown status",
                            "active, on-hold, or one that says that it is over");
  }
  read_taken(reading, request, node.find("dosageInstruction"));
}

void read_medication_statement(Reading& reading, const Resource& statement) {
  const Node& node = *statement.node;
  const std::string_view status = text_of(node, "status");
  if (status == "entered-in-error") return reading.skip(statement, "entered in error");
  if (status == "completed" || status == "stopped" || status == "not-taken")
    return reading.skip(statement, "not taken, or no longer: its status says so");
  if (status == "on-hold")
    reading.incomplete(statement, *node.find("status"), "active: on hold, it is counted as if it were taken");
  if (status != "active" && status != "intended" && status != "on-hold")
    return reading.unread(of_medication, statement, node, "a statement of unknown status",
                          "active, or one that says that it is over");
  if (is_told_by(reading, statement, "basedOn")) return reading.skip(statement, "its order is in the record");
  if (const Node* const period = object_of(node, "effectivePeriod")) {
    const std::optional<Moment> end = read_moment(text_of(*period, "end"));
    if (end && reading.today && end->last_day() < *reading.today) return reading.skip(statement, "its period has ended");
  }
  read_taken(reading, statement, node.find("dosage"));
}

void read_medication_administration(Reading& reading, const Resource& administration) {
  const Node& node = *administration.node;
  const std::string_view status = text_of(node, "status");
  if (status == "entered-in-error" || status == "not-done") return reading.skip(administration, "not given, or entered in error");
  if (status != "in-progress" && status != "on-hold" && status != "completed" && status != "stopped")
    return reading.unread(of_medication, administration, node, "an administration of unknown status",
                          "in-progress, completed or not-done");
  if (is_told_by(reading, administration, "request")) return reading.skip(administration, "its order is in the record");
  if (status == "completed" || status == "stopped") {
    std::optional<Moment> at = read_moment(text_of(node, "effectiveDateTime"));
    if (const Node* const period = object_of(node, "effectivePeriod")) {
      at = read_moment(text_of(*period, "end"));
      if (!at) at = read_moment(text_of(*period, "start"));
    }
    const Still still = reading.still(at, reading.usable_for("administration", reading.base().record_terms.given_usable_for));
    if (still == Still::too_old) return reading.skip(administration, "given too long before the assessment");
    if (still == Still::later) return reading.skip(administration, "after the day of the assessment");
  }
  read_taken(reading, administration, node.find("dosage"));
}

void read_nutrition_order(Reading& reading, const Resource& order) {
  const Node& node = *order.node;
  const std::string_view status = text_of(node, "status");
  if (status == "entered-in-error" || status == "revoked" || status == "completed")
    return reading.skip(order, "over, or entered in error");
  if (status != "active" && status != "on-hold" && !order.draft)
    return status == "draft" ? reading.skip(order, "a draft, which nobody takes yet")
                             : reading.unread(of_medication, order, node, "an order of unknown status",
                                              "active, or one that says that it is over");
  bool any = false;
  each_of(node, "supplement", [&](const Node& supplement) {
    any = true;
    Medicine medicine;
    medicine.at = &supplement;
    if (const Node* const type = object_of(supplement, "type")) {
      medicine.substances = reading.codes.substances(*type);
      medicine.shown = shown(*type);
    }
    if (const std::string_view product = text_of(supplement, "productName"); !product.empty()) {
      if (medicine.substances.nothing()) reading.codes.add_substances(product, medicine.substances);
      if (medicine.substances.name.empty() || reading.codes.speaks_of_magnesium(product)) medicine.substances.name = product;
      if (medicine.shown.empty()) medicine.shown = excerpt(product);
    }
    if (medicine.shown.empty())
      return reading.unread(of_medication, order, supplement, "a supplement without type or name", "one of them");
    std::vector<Dosage> dosages;
    each_of(supplement, "schedule",
            [&](const Node& timing) { read_timing(timing, reading.options.day, dosages.emplace_back()); });
    if (dosages.size() != 1) {
      dosages.assign(1, {});
      dosages.front().open.push_back({&supplement, "one schedule"});
    }
    if (const Node* const quantity = object_of(supplement, "quantity"))
      dosages.front().amount_open = read_amount(*quantity, reading.codes, dosages.front().amount);
    else
      dosages.front().amount_open = Dosage::Open{&supplement, "the quantity of a dose"};
    note_open(reading, order, dosages.front());
    take(reading, order, medicine, dosages.front());
  });
  if (const Node* const formula = object_of(node, "enteralFormula"))
    return reading.unread(of_medication, order, *formula, "a formula for a feeding tube",
                          "what it holds of magnesium and of what binds it");
  if (!any) reading.skip(order, "food, which no limit here counts");
}

}  // namespace magnesia::fhir
