#include "knowledge/reader.hpp"

#include <algorithm>

#include "base/bytes.hpp"

namespace magnesia::knowledge {

using json::Node;
using json::Type;

std::string Reader::place(const Node& at) const {
  std::string within = json::pointer(at);
  const std::string above = document_ == nullptr ? std::string{} : json::pointer(*document_);
  within.erase(0, above.size());
  return std::string{path_} + ':' + (within.empty() ? "/" : within);
}

void Reader::fault(ErrorKind kind, const Node& at, std::string expected) {
  if (!at.faulty()) fault(kind, at, json::found(at), std::move(expected));
}

void Reader::fault(ErrorKind kind, const Node& at, std::string found, std::string expected) {
  errors_.push_back({kind, place(at), std::move(found), std::move(expected)});
}

bool Reader::object(const Node& node, std::initializer_list<std::string_view> members) {
  if (node.type() != Type::object) {
    fault(ErrorKind::wrong_type, node, "an object");
    return false;
  }
  const auto* next = members.begin();  // most members stand in the order in which they are listed
  for (const Node& child : node.children()) {
    const auto is_child = [&](std::string_view member) { return base::same(member, child.key()); };
    if (next != members.end() && is_child(*next)) {
      ++next;
      continue;
    }
    const auto* found = std::find_if(next, members.end(), is_child);
    if (found == members.end()) found = std::find_if(members.begin(), members.end(), is_child);
    if (found != members.end()) {
      next = found + 1;
      continue;
    }
    std::string expected = "one of";
    for (const std::string_view member : members) (expected += ' ') += member;
    fault(ErrorKind::unknown_key, child, "the key \"" + std::string{child.key()} + '"', std::move(expected));
  }
  return true;
}

void Reader::fault_of_member(const Node& object, std::string_view key, Type type, const Node* found) {
  if (found == nullptr)
    fault(ErrorKind::missing_key, object, "no \"" + std::string{key} + '"', std::string{json::name(type)});
  else
    fault(ErrorKind::wrong_type, *found, std::string{json::name(type)});
}

const Node* Reader::member(const Node& object, std::string_view key, Type type, bool required) {
  const Node* const found = object.find(key);
  if (found != nullptr ? found->type() == type : !required) return found;
  fault_of_member(object, key, type, found);
  return nullptr;
}

std::string_view Reader::string(const Node& object, std::string_view key, bool required) {
  const Node* const found = member(object, key, Type::string, required);
  if (found == nullptr) return {};
  if (found->text().empty()) fault(ErrorKind::missing_key, *found, "a string that is not empty");
  return found->text();
}

bool Reader::boolean(const Node& object, std::string_view key, bool otherwise) {
  const Node* const found = member(object, key, Type::boolean, false);
  return found == nullptr ? otherwise : found->is_true();
}

std::optional<Exact> Reader::number(const Node& object, std::string_view key, bool required) {
  const Node* const found = member(object, key, Type::number, required);
  if (found == nullptr || found->faulty()) return std::nullopt;
  const Result<Exact> exact = Exact::parse(found->text());
  if (exact) return *exact;
  fault(exact.error().kind, *found, exact.error().found, exact.error().expected);
  return std::nullopt;
}

const Node* Reader::array(const Node& object, std::string_view key, bool required) {
  return member(object, key, Type::array, required);
}

std::vector<std::string_view> Reader::strings(const Node& object, std::string_view key, bool required) {
  std::vector<std::string_view> all;
  const Node* const found = array(object, key, required);
  if (found == nullptr) return all;
  for (const Node& child : found->children()) {
    if (child.type() == Type::string && !child.text().empty())
      all.push_back(child.text());
    else
      fault(ErrorKind::wrong_type, child, "a string that is not empty");
  }
  return all;
}

std::optional<Exact> Reader::quantity(const Node& node, Dimension dimension) {
  if (!object(node, {"value", "unit"})) return std::nullopt;
  const std::optional<Exact> value = number(node, "value");
  const std::string_view unit = string(node, "unit");
  if (!value || unit.empty()) return std::nullopt;
  const Result<FoundUnit> found = find_unit(unit);
  if (!found) {
    fault(ErrorKind::wrong_unit, *node.find("unit"), found.error().found, std::string{describe(dimension)});
    return std::nullopt;
  }
  if (found->dimension == dimension) return Exact::multiply(*value, found->factor, Rounding::up);
  if (dimension == Dimension::substance_concentration) {  // serum magnesium, the only one that rules compare
    const Exact in_base = Exact::multiply(*value, found->factor, Rounding::up);
    if (found->dimension == Dimension::mass_concentration) return serum_magnesium(in_base, units::mg_dL).base();
    if (found->dimension == Dimension::charge_concentration) return serum_magnesium(in_base, units::meq_L).base();
  }
  fault(ErrorKind::wrong_unit, *node.find("unit"), std::string{describe(dimension)});
  return std::nullopt;
}

std::optional<Exact> Reader::quantity(const Node& object, std::string_view key, Dimension dimension, bool required) {
  const Node* const found = member(object, key, Type::object, required);
  return found == nullptr ? std::nullopt : quantity(*found, dimension);
}

}  // namespace magnesia::knowledge
