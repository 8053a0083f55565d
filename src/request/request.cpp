// The contract's "In", key by key: each table below is one of its objects.
#include "request/request.hpp"

#include <array>
#include <utility>

#include "request/reader.hpp"

namespace magnesia {
namespace request {
namespace {

using json::Node;
using json::Type;

// More than anybody takes or has; pairs of entries are compared with one another, so their number is bounded.
constexpr std::size_t most_entries = 1'000;
constexpr std::size_t most_ingredients = 100;
constexpr std::size_t most_times = 48;  // as of doses_per_day

// ---- When something is taken ----

struct Entry {
  const Day& day;  ///< what times may go by
  Schedule schedule{};
  Leeway leeway{};
  std::size_t with_meal = 0;  ///< times that are said to be with a meal
};

constexpr std::string_view a_time =
    R"(a time of day, 00:00 to 23:59, such as "07:30"; one by the "day", such as "with dinner"; "in the morning"; or )"
    R"({"from": "06:00", "to": "09:00"})";

// {"from", "to"}; none where it is faulty.
std::optional<TimeSpan> read_span(Reader& reader, const Node& node) {
  struct Ends {
    Fact<TimeOfDay> from, to;
  } ends;
  static constexpr Field<Ends> fields[]{{"from", [](Reader& r, const Node& n, Ends& into) { r.time(n, into.from); }},
                                        {"to", [](Reader& r, const Node& n, Ends& into) { r.time(n, into.to); }}};
  reader.members(node, Table{fields, ends});
  for (const std::string_view key : {"from", "to"})
    if (node.find(key) == nullptr) reader.report_missing(node, key, "a time of day");
  if (!ends.from.known() || !ends.to.known()) return {};
  return TimeSpan{ends.from.value_or({}), ends.to.value_or({})};
}

void read_anchored(Reader& reader, const Node& node, const AnchoredTime& anchored, Entry& entry) {
  entry.with_meal += anchored.with_meal ? 1U : 0U;
  if (const std::optional<TimeOfDay> time = time_of(anchored, entry.day))
    entry.schedule.times.push_back(*time);
  else if (hour_of(entry.day, anchored.anchor).known() && anchored.width == 0)
    reader.report(ErrorKind::out_of_range, node, "a time on the same day");
  else
    entry.schedule.within.push_back(time_within(anchored, entry.day));
}

void read_time(Reader& reader, const Node& node, Entry& entry) {
  if (node.type() == Type::object) {
    if (const std::optional<TimeSpan> span = read_span(reader, node)) entry.schedule.within.push_back({*span, {}});
    return;
  }
  if (node.type() == Type::string && !node.faulty()) {
    if (const std::optional<AnchoredTime> anchored = read_anchored_time(node.text()))
      return read_anchored(reader, node, *anchored, entry);
    if (const std::optional<PartOfDay> part = read_part_of_day(node.text())) {
      entry.schedule.within.push_back({span_of(*part), {}});
      return;
    }
  }
  if (const std::optional<TimeOfDay> time = reader.time(node, a_time)) entry.schedule.times.push_back(*time);
}

void read_times(Reader& reader, const Node& node, Entry& entry) {
  const std::optional<std::size_t> count = reader.list(node, false, most_times, R"(times of day such as ["07:30", "19:30"])");
  if (!count) return;
  entry.schedule.times.reserve(*count);
  for (const Node& element : node.children()) read_time(reader, element, entry);
}

void read_days(Reader& reader, const Node& node, Entry& entry) {
  if (!reader.list(node, false, most_entries, R"(days of the week such as ["mon", "thu"])")) return;
  unsigned days = 0;
  for (const Node& element : node.children()) {
    const std::optional<std::size_t> day = reader.one_of(element, {"sun", "mon", "tue", "wed", "thu", "fri", "sat"});
    if (!day) continue;
    const unsigned bit = 1U << *day;
    if ((days & bit) != 0) reader.report(ErrorKind::conflict, pointer(element), found(element) + " again", "each day once");
    days |= bit;
  }
  entry.schedule.days = static_cast<std::uint8_t>(days);
}

void read_doses_per_day(Reader& reader, const Node& node, Entry& entry) {
  const std::optional<Exact> count = reader.number(node);
  if (!count) return;
  if (*count < Exact{}) return reader.report(ErrorKind::out_of_range, node, "0 or above");
  entry.schedule.doses_per_day = *count;
}

void read_may_move(Reader& reader, const Node& node, Entry& entry) {
  constexpr std::string_view expected = R"(true, false or {"from": "06:00", "to": "09:00"})";
  if (node.type() != Type::object) {
    if (reader.is(Type::boolean, node, expected)) entry.leeway.may_move = node.is_true();
    return;
  }
  entry.leeway.may_move = true;
  entry.leeway.within = read_span(reader, node);
}

constexpr Field<Entry> entry_fields[]{
    {"times", read_times},
    {"days", read_days},
    {"doses_per_day", read_doses_per_day},
    {"as_needed",
     [](Reader& r, const Node& n, Entry& into) {
       if (r.is(Type::boolean, n, "true or false")) into.schedule.as_needed = n.is_true();
     }},
    {"with_food", [](Reader& r, const Node& n, Entry& into) { r.boolean(n, into.schedule.with_food); }},
    {"may_move", read_may_move},
    {"min_spacing", [](Reader& r, const Node& n, Entry& into) { r.quantity(n, into.leeway.min_spacing, "h or min"); }},
};

// Times and a count are two ways to say how many doses there are, meals and "with_food" two ways to say of food; they must not
// differ.
void check_entry(Reader& reader, const Node& node, Entry& entry) {
  Schedule& schedule = entry.schedule;
  if (entry.with_meal > 0 && !schedule.with_food.value_or(true))
    reader.report(ErrorKind::conflict, pointer(node, "with_food"), "false with times that are with a meal",
                  "true, or other times");
  if (entry.with_meal > 0 && entry.with_meal == schedule.timed_doses()) schedule.with_food = true;
  const Exact* const count = schedule.doses_per_day.if_known();
  if (count == nullptr || schedule.timed_doses() == 0) return;
  const auto times = static_cast<std::int64_t>(schedule.timed_doses());
  if (*count != Exact{times})
    reader.report(ErrorKind::conflict, pointer(node, "doses_per_day"), found(*node.find("doses_per_day")),
                  std::to_string(times) + ", the number of \"times\"");
}

// ---- Lists of what a person has or takes ----

// An array says "exactly these", {"at_least": […]} "these and maybe more". Calls each(element) for every element.
template <class Prepare, class Each>
Completeness read_listed(Reader& reader, const Node& node, std::string_view what, Prepare prepare, Each each) {
  const Node* elements = &node;
  if (node.type() == Type::object) {
    elements = nullptr;
    static constexpr Field<const Node*> fields[]{{"at_least", [](Reader&, const Node& n, const Node*& into) { into = &n; }}};
    reader.members(node, Table{fields, elements});
    if (elements == nullptr) reader.report_missing(node, "at_least", what);
  }
  if (elements == nullptr) return Completeness::unknown;
  const std::optional<std::size_t> count =
      reader.list(*elements, true, most_entries, what, R"(, or {"at_least": […]} where there may be more)");
  if (!count) return Completeness::unknown;
  prepare(*count);
  for (const Node& element : elements->children()) each(element);
  return elements == &node ? Completeness::exactly : Completeness::at_least;
}

void read_conditions(Reader& reader, const Node& node, Patient& patient) {
  std::vector<Condition> items;
  const Completeness completeness = read_listed(
      reader, node, "an array of conditions", [&](std::size_t count) { items.reserve(count); },
      [&](const Node& element) {
        if (std::optional<Term> term = reader.term(element)) items.emplace_back(*std::move(term));
      });
  patient.conditions = {completeness, std::move(items)};
}

void read_medication(Reader& reader, const Node& node, const Day& day, std::vector<Taken>& items, std::vector<Leeway>& leeways) {
  if (!reader.is(Type::object, node, R"(an object such as {"drug": "alendronate", "times": ["07:00"]})")) return;
  Term drug;
  Entry entry{day};
  static constexpr Field<Term> fields[]{{"drug", [](Reader& r, const Node& n, Term& into) {
                                           if (std::optional<Term> term = r.term(n)) into = *std::move(term);
                                         }}};
  reader.members(node, Table{fields, drug}, Table{entry_fields, entry});
  if (node.find("drug") == nullptr)
    reader.report_missing(node, "drug", R"(a name, or a code such as {"system": "rxnorm", "code": "10582"})");
  check_entry(reader, node, entry);
  items.emplace_back(std::move(drug), std::move(entry.schedule));
  leeways.push_back(entry.leeway);
}

void read_medications(Reader& reader, const Node& node, Request& request) {
  std::vector<Taken> items;
  const Completeness completeness = read_listed(
      reader, node, "an array of medications", [&](std::size_t count) { items.reserve(count); },
      [&](const Node& element) { read_medication(reader, element, request.day, items, request.medications); });
  request.patient.medications = {completeness, std::move(items)};
}

// ---- Magnesium ----

struct IngredientParts {
  Ingredient& into;
  const Node* amount = nullptr;
  const Node* basis = nullptr;
};

constexpr Field<IngredientParts> ingredient_fields[]{
    {"salt",
     [](Reader& r, const Node& n, IngredientParts& parts) {
       if (std::optional<Term> term = r.term(n)) parts.into.salt = *std::move(term);
     }},
    {"amount", [](Reader&, const Node& n, IngredientParts& parts) { parts.amount = &n; }},
    {"basis", [](Reader&, const Node& n, IngredientParts& parts) { parts.basis = &n; }},
};

// What an amount counts is decided by its basis and its unit together.
void read_amount(Reader& reader, const Node& object, const IngredientParts& parts) {
  enum : std::size_t { elemental, salt };
  std::optional<std::size_t> basis;
  if (parts.basis != nullptr) basis = reader.one_of(*parts.basis, {"elemental", "salt"});
  if (parts.amount == nullptr) {
    if (parts.basis != nullptr) reader.report_missing(object, "amount", "the amount whose basis is given");
    return;
  }
  const std::optional<Measured> amount =
      reader.measured(*parts.amount, {Dimension::mass, Dimension::substance, Dimension::charge}, "mg, g, ug, mmol or meq");
  if (!amount || (parts.basis != nullptr && !basis)) return;
  Ingredient& into = parts.into;
  if (amount->unit.dimension == Dimension::mass) {
    if (!basis)
      into.unsaid = amount->as<Mass>();
    else if (*basis == elemental)
      into.elemental = amount->as<ElementalMass>();
    else
      into.compound = amount->as<SaltMass>();
  } else if (basis == salt) {
    reader.report(ErrorKind::wrong_unit, pointer(*parts.amount, "unit"), excerpt(amount->unit.ucum) + " with the basis \"salt\"",
                  "a mass (such as mg): mmol and meq count magnesium");
  } else if (amount->unit.dimension == Dimension::substance) {
    into.elemental = elemental_mass_of(amount->as<Substance>());
  } else {
    into.elemental = elemental_mass_of(substance_of(amount->as<Charge>()));
  }
}

void read_ingredient(Reader& reader, const Node& node, std::vector<Ingredient>& into) {
  constexpr std::string_view expected =
      R"(an object such as {"salt": "magnesium malate", "amount": {"value": 500, "unit": "mg"}})";
  if (!reader.is(Type::object, node, expected)) return;
  IngredientParts parts{into.emplace_back()};
  reader.members(node, Table{ingredient_fields, parts});
  if (node.find("salt") == nullptr && parts.amount == nullptr) reader.report_missing(node, "salt", "a salt, an amount or both");
  read_amount(reader, node, parts);
}

struct ProductParts {
  Product& into;
  const Node* label = nullptr;
  const Node* ingredients = nullptr;
};

constexpr Field<ProductParts> product_fields[]{
    {"label",
     [](Reader& r, const Node& n, ProductParts& parts) {
       parts.label = &n;
       if (!r.is(Type::string, n, "the label's text") || n.faulty()) return;
       if (n.text().find_first_not_of(" \t\r\n") == std::string_view::npos)
         return r.report(ErrorKind::unknown_name, n, "the label's text");
       parts.into.label = n.text();
     }},
    {"ingredients",
     [](Reader& r, const Node& n, ProductParts& parts) {
       parts.ingredients = &n;
       const std::optional<std::size_t> count = r.list(n, false, most_ingredients, "an array of ingredients");
       if (!count) return;
       parts.into.ingredients.reserve(*count);
       for (const Node& element : n.children()) read_ingredient(r, element, parts.into.ingredients);
     }},
    {"unit_mass", [](Reader& r, const Node& n, ProductParts& parts) { r.quantity(n, parts.into.unit_mass, "mg or g"); }},
    {"units_per_dose",
     [](Reader& r, const Node& n, ProductParts& parts) {
       const std::optional<Exact> count = r.number(n);
       if (!count) return;
       if (*count <= Exact{}) return r.report(ErrorKind::out_of_range, n, "above 0");
       parts.into.units_per_dose = *count;
     }},
};

void read_product(Reader& reader, const Node& node, const Day& day, std::vector<Product>& items, std::vector<Leeway>& leeways) {
  constexpr std::string_view expected = R"(one of "salt" with "amount", "label" and "ingredients")";
  if (!reader.is(Type::object, node, R"(an object such as {"salt": "magnesium oxide", "amount": {"value": 500, "unit": "mg"}})"))
    return;
  Product& product = items.emplace_back();
  Ingredient alone;
  ProductParts parts{product};
  IngredientParts one{alone};
  Entry entry{day};
  reader.members(node, Table{ingredient_fields, one}, Table{product_fields, parts}, Table{entry_fields, entry});
  read_amount(reader, node, one);
  check_entry(reader, node, entry);

  const Node* const salt = node.find("salt");
  const Node* first = nullptr;
  for (const Node* const way : {salt != nullptr ? salt : one.amount, parts.label, parts.ingredients}) {
    if (way == nullptr) continue;
    if (first != nullptr)
      reader.report(ErrorKind::conflict, pointer(node), excerpt(first->key()) + " and " + excerpt(way->key()), expected);
    first = way;
  }
  if (first == nullptr) reader.report(ErrorKind::missing_key, pointer(node), "an object without any of them", expected);
  if (salt != nullptr || one.amount != nullptr) product.ingredients.push_back(std::move(alone));
  product.schedule = std::move(entry.schedule);
  leeways.push_back(entry.leeway);
}

void read_magnesium(Reader& reader, const Node& node, Request& request) {
  std::vector<Product> items;
  const Completeness completeness = read_listed(
      reader, node, "an array of magnesium products", [&](std::size_t count) { items.reserve(count); },
      [&](const Node& element) { read_product(reader, element, request.day, items, request.magnesium); });
  request.regimen = Regimen{Listed<Product>{completeness, std::move(items)}};
}

// ---- The person ----

void read_creatinine(Reader& reader, const Node& node, Patient& patient) {
  const auto read = reader.measured(node, {Dimension::mass_concentration, Dimension::substance_concentration}, "mg/dL or umol/L");
  if (!read) return;
  patient.labs.creatinine =
      read->unit.dimension == Dimension::mass_concentration
          ? creatinine(read->value, Unit<Dimension::mass_concentration>{read->unit.ucum, read->unit.factor})
          : creatinine(read->value, Unit<Dimension::substance_concentration>{read->unit.ucum, read->unit.factor});
}

void read_serum_magnesium(Reader& reader, const Node& node, Patient& patient) {
  const auto read =
      reader.measured(node, {Dimension::mass_concentration, Dimension::substance_concentration, Dimension::charge_concentration},
                      "mg/dL, mmol/L or meq/L");
  if (!read) return;
  const auto& [value, unit] = *read;
  if (unit.dimension == Dimension::mass_concentration)
    patient.labs.serum_magnesium = serum_magnesium(value, Unit<Dimension::mass_concentration>{unit.ucum, unit.factor});
  else if (unit.dimension == Dimension::substance_concentration)
    patient.labs.serum_magnesium = serum_magnesium(value, Unit<Dimension::substance_concentration>{unit.ucum, unit.factor});
  else
    patient.labs.serum_magnesium = serum_magnesium(value, Unit<Dimension::charge_concentration>{unit.ucum, unit.factor});
}

constexpr Field<Patient> lab_fields[]{
    {"egfr", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.labs.egfr, "mL/min/{1.73_m2}"); }},
    {"creatinine", read_creatinine},
    {"cystatin-c", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.labs.cystatin_c, "mg/L"); }},
    {"serum-magnesium", read_serum_magnesium},
    {"ferritin", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.labs.ferritin, "ng/mL"); }},
    {"transferrin-saturation", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.labs.transferrin_saturation, "%"); }},
    {"heart-rate", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.signs.heart_rate, "/min"); }},
    {"systolic-blood-pressure",
     [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.signs.systolic_blood_pressure, "mm[Hg]"); }},
    {"pr-interval", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.signs.pr_interval, "ms"); }},
};

void read_trimester(Reader& reader, const Node& node, Patient& patient) {
  const std::optional<Exact> number = reader.number(node);
  if (!number) return;
  for (const int trimester : {1, 2, 3})
    if (*number == Exact{trimester}) patient.trimester = trimester;
  if (!patient.trimester.known()) reader.report(ErrorKind::out_of_range, node, "1, 2 or 3");
}

constexpr Field<Patient> pregnancy_fields[]{
    {"status",
     [](Reader& r, const Node& n, Patient& p) {
       if (const auto status = r.one_of(n, {"not-pregnant", "pregnant"})) p.pregnant = *status == 1;
     }},
    {"trimester", read_trimester},
};

void read_pregnancy(Reader& reader, const Node& node, Patient& patient) {
  if (!reader.is(Type::object, node, R"({"status": "pregnant" or "not-pregnant", "trimester": 1, 2 or 3})")) return;
  reader.members(node, Table{pregnancy_fields, patient});
  if (node.find("status") == nullptr) reader.report_missing(node, "status", "pregnant or not-pregnant");
  if (patient.trimester.known() && !patient.pregnant.value_or(true))
    reader.report(ErrorKind::conflict, pointer(node, "trimester"),
                  found(*node.find("trimester")) + " with the status \"not-pregnant\"", "a trimester only of somebody pregnant");
}

constexpr Field<Patient> patient_fields[]{
    {"age", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.age, "a, mo or d"); }},
    {"sex",
     [](Reader& r, const Node& n, Patient& p) {
       if (const auto sex = r.one_of(n, {"female", "male"})) p.sex = *sex == 0 ? Sex::female : Sex::male;
     }},
    {"pregnancy", read_pregnancy},
    {"lactating", [](Reader& r, const Node& n, Patient& p) { r.boolean(n, p.lactating); }},
    {"weight", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.weight, "kg"); }},
    {"height", [](Reader& r, const Node& n, Patient& p) { r.quantity(n, p.height, "cm"); }},
    {"dialysis", [](Reader& r, const Node& n, Patient& p) { r.boolean(n, p.dialysis); }},
    {"labs",
     [](Reader& r, const Node& n, Patient& p) {
       if (r.is(Type::object, n, "an object of laboratory values")) r.members(n, Table{lab_fields, p});
     }},
    {"conditions", read_conditions},
};

constexpr Field<Day> day_fields[]{
    {"wake", [](Reader& r, const Node& n, Day& day) { r.time(n, day.wake); }},
    {"breakfast", [](Reader& r, const Node& n, Day& day) { r.time(n, day.breakfast); }},
    {"lunch", [](Reader& r, const Node& n, Day& day) { r.time(n, day.lunch); }},
    {"dinner", [](Reader& r, const Node& n, Day& day) { r.time(n, day.dinner); }},
    {"bed", [](Reader& r, const Node& n, Day& day) { r.time(n, day.bed); }},
};

constexpr Field<Request> request_fields[]{
    {"magnesia", [](Reader&, const Node&, Request&) {}},  // read before all others
    {"patient",
     [](Reader& r, const Node& n, Request& into) {
       if (r.is(Type::object, n, "an object")) r.members(n, Table{patient_fields, into.patient});
     }},
    {"medications", read_medications},
    {"magnesium", read_magnesium},
    {"day",
     [](Reader& r, const Node& n, Request& into) {
       if (r.is(Type::object, n, R"(an object such as {"wake": "06:30", "bed": "22:30"})"))
         r.members(n, Table{day_fields, into.day});
     }},
    {"purpose",
     [](Reader& r, const Node& n, Request& into) {
       if (std::optional<Term> term = r.term(n)) into.patient.purpose = *std::move(term);
     }},
};

void clear(Request& request) {
  request.patient = {};
  request.regimen = {};
  request.day = {};
  request.medications.clear();
  request.magnesium.clear();
}

}  // namespace

void read(const json::Node& root, Request& into, Errors& errors) {
  constexpr std::string_view version = "request/1";
  clear(into);
  Reader reader{errors};
  if (!reader.is(Type::object, root, R"(an object that begins {"magnesia": "request/1")")) return;
  const Node* const stated = root.find("magnesia");
  if (stated == nullptr)
    reader.report_missing(root, "magnesia", "\"request/1\"");
  else if (stated->type() != Type::string || stated->text() != version)
    return reader.report(stated->type() == Type::string ? ErrorKind::unknown_name : ErrorKind::wrong_type, *stated,
                         "\"request/1\"");
  // Doses may go by the hours of the day, wherever in the document those stand. Their faults are reported in their place.
  if (const Node* const day = root.find("day"); day != nullptr && day->type() == Type::object) {
    Errors reported_later;
    Reader{reported_later}.members(*day, Table{day_fields, into.day});
  }
  reader.members(root, Table{request_fields, into});
}

}  // namespace request

struct RequestReader::State {
  json::Parser parser;
  json::Bounds bounds;
};

RequestReader::RequestReader(std::size_t max_bytes) : state_{std::make_unique<State>()} { state_->bounds.max_bytes = max_bytes; }
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

Errors RequestReader::read_into(Request& into, std::string_view json) {
  Errors errors;
  if (const json::Node* const root = state_->parser.parse(json, state_->bounds, errors)) request::read(*root, into, errors);
  if (!errors.empty()) request::clear(into);
  return errors;
}

Result<Request, Errors> RequestReader::read(std::string_view json) {
  Request request;
  Errors errors = read_into(request, json);
  if (!errors.empty()) return errors;
  return request;
}

Result<Request, Errors> read_request(std::string_view json) { return RequestReader{}.read(json); }

}  // namespace magnesia
