#include "cds/rewrite.hpp"

#include <algorithm>
#include <array>

#include "fhir/node.hpp"
#include "report/append.hpp"

namespace magnesia::cds {

using json::Node;
using json::Type;
using json::Writer;

namespace {

// The only dosage instruction of an order, where its structure alone tells how it is taken.
const Node* only_dosage(const Node& order) {
  if (fhir::text_of(order, "resourceType") != "MedicationRequest") return nullptr;
  const Node* const list = order.find("dosageInstruction");
  if (list == nullptr || list->type() != Type::array || list->empty()) return nullptr;
  const Node& first = *list->children().begin();
  if (std::distance(list->children().begin(), list->children().end()) != 1 || first.type() != Type::object) return nullptr;
  for (const std::string_view key :
       {"asNeededBoolean", "asNeededCodeableConcept", "sequence", "patientInstruction", "additionalInstruction"})
    if (first.find(key) != nullptr) return nullptr;
  // Words that would be left behind: without them the order must still say how much.
  if (first.find("text") != nullptr && first.find("doseAndRate") == nullptr) return nullptr;
  return &first;
}

// The members of an object without some, then what `more` writes.
template <class More>
void write_members(Writer& writer, const Node& object, std::initializer_list<std::string_view> without,
                   const Replacements& instead, More more) {
  writer.begin_object();
  for (const Node& member : object.children()) {
    if (std::find(without.begin(), without.end(), member.key()) != without.end()) continue;
    writer.key(member.key());
    write_node(writer, member, instead);
  }
  more();
  writer.end_object();
}

// An order anew: without its generated text, and with the dosage that is given.
std::string with_dosage(const Node& order, const std::string& dosage) {
  std::string out;
  Writer writer{out};
  write_members(writer, order, {"text", "dosageInstruction"}, {}, [&] {
    writer.key("dosageInstruction");
    writer.begin_array();
    writer.raw(dosage);
    writer.end_array();
  });
  return out;
}

// Each day is like the other, as far as the repeat says.
bool is_daily(const Node& timing) {
  const Node* const repeat = fhir::object_of(timing, "repeat");
  if (timing.find("event") != nullptr || timing.find("extension") != nullptr) return false;
  if (repeat == nullptr) return true;
  const Node* const period = repeat->find("period");
  const std::string_view unit = fhir::text_of(*repeat, "periodUnit");
  for (const std::string_view key : {"periodMax", "frequencyMax", "count", "countMax", "extension"})
    if (repeat->find(key) != nullptr) return false;
  return (period == nullptr || period->text() == "1") && (unit.empty() || unit == "d");
}

const Node* dose_quantity(const Node& dosage) {
  const Node* const list = dosage.find("doseAndRate");
  if (list == nullptr || list->type() != Type::array || list->empty()) return nullptr;
  const Node& first = *list->children().begin();
  if (std::distance(list->children().begin(), list->children().end()) != 1 || first.type() != Type::object) return nullptr;
  for (const std::string_view key : {"rateRatio", "rateRange", "rateQuantity"})
    if (first.find(key) != nullptr) return nullptr;
  return fhir::object_of(first, "doseQuantity");
}

}  // namespace

void write_node(Writer& writer, const Node& node,
                const Replacements& instead) {  // NOLINT(misc-no-recursion): as deep as the parser lets it be
  for (const auto& [replaced, text] : instead)
    if (replaced == &node) return writer.raw(text);
  switch (node.type()) {
    case Type::string: return writer.string(node.text());
    case Type::object: return write_members(writer, node, {}, instead, [] {});
    case Type::array:
      writer.begin_array();
      for (const Node& child : node.children()) write_node(writer, child, instead);
      return writer.end_array();
    default: return writer.raw(node.text());
  }
}

std::optional<std::string> with_times(const Node& order, const std::vector<TimeOfDay>& times) {
  const Node* const dosage = only_dosage(order);
  if (dosage == nullptr || times.empty()) return std::nullopt;
  const Node* const timing = fhir::object_of(*dosage, "timing");
  if (timing != nullptr && !is_daily(*timing)) return std::nullopt;
  std::string out;
  Writer writer{out};
  write_members(writer, *dosage, {"text", "timing"}, {}, [&] {
    writer.key("timing");
    writer.begin_object();
    writer.key("repeat");
    writer.begin_object();
    const Node* const repeat = timing == nullptr ? nullptr : fhir::object_of(*timing, "repeat");
    if (repeat != nullptr)
      for (const Node& member : repeat->children()) {
        static constexpr std::array<std::string_view, 6> anew{"frequency", "period", "periodUnit", "when", "offset", "timeOfDay"};
        if (std::find(anew.begin(), anew.end(), member.key()) != anew.end()) continue;
        writer.key(member.key());
        write_node(writer, member);
      }
    writer.member("frequency", static_cast<int>(times.size()));
    writer.member("period", 1);
    writer.member("periodUnit", "d");
    writer.key("timeOfDay");
    writer.begin_array();
    for (const TimeOfDay time : times) writer.string(name(time) + ":00");
    writer.end_array();
    writer.end_object();
    writer.end_object();
  });
  return with_dosage(order, out);
}

std::optional<MassDose> mass_dose(const Node& order) {
  const Node* const dosage = only_dosage(order);
  const Node* const quantity = dosage == nullptr ? nullptr : dose_quantity(*dosage);
  const Node* const value = quantity == nullptr ? nullptr : quantity->find("value");
  if (value == nullptr || value->type() != Type::number || quantity->find("comparator") != nullptr) return std::nullopt;
  const std::string_view code = fhir::text_of(*quantity, "code");
  const Result<Exact> figure = Exact::parse(value->text());
  if (!figure || *figure <= Exact{} || (code != "mg" && code != "g" && code != "ug")) return std::nullopt;
  return MassDose{*figure, code};
}

std::optional<std::string> with_dose(const Node& order, Exact value) {
  const Node* const dosage = only_dosage(order);
  const Node* const quantity = dosage == nullptr ? nullptr : dose_quantity(*dosage);
  const Node* const old = quantity == nullptr ? nullptr : quantity->find("value");
  if (old == nullptr) return std::nullopt;
  std::string figure;
  report::append_number(figure, value, Rounding::down);
  std::string out;
  Writer writer{out};
  write_members(writer, *dosage, {"text"}, {{old, figure}}, [] {});
  return with_dosage(order, out);
}

}  // namespace magnesia::cds
