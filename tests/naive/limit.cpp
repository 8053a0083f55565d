#include "tests/naive/limit.hpp"

#include <array>

namespace magnesia::naive {

using json::Node;

namespace {

// A person of whom everything that a limit asks is known.
struct Told {
  bool pregnant = false;
  bool lactating = false;
  bool male = false;
};

std::vector<bool> ways(const Flag& flag) {
  if (flag.tri == Tri::yes) return {true};
  return flag.tri == Tri::no || flag.absent ? std::vector<bool>{false} : std::vector<bool>{true, false};
}

// The most specific group that the authority has for such a person.
const Node* bands_for(const Node& limit, const Told& told) {
  const auto group = [&](std::string_view whom) -> const Node* {
    for (const Node& one : limit.find("upper")->children())
      if (text(one, "for") == whom) return one.find("bands");
    return nullptr;
  };
  if (const Node* const found = group("pregnant"); found != nullptr && told.pregnant) return found;
  if (const Node* const found = group("lactating"); found != nullptr && told.lactating) return found;
  if (const Node* const found = group(told.male ? "male" : "female")) return found;
  return group("everyone");
}

// The limits at all ages of the interval; none where the authority sets none.
std::vector<std::optional<Exact>> limits_at(const Node& bands, const Interval<Exact>& age) {
  std::vector<std::optional<Exact>> all;
  std::vector<const Node*> cuts;
  for (const Node& band : bands.children()) cuts.push_back(&band);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const bool begins_too_late = quantity(*cuts[i]->find("from")) > age.high;
    const bool ends_too_early = i + 1 < cuts.size() && quantity(*cuts[i + 1]->find("from")) <= age.low;
    if (begins_too_late || ends_too_early) continue;
    const Node& value = *cuts[i]->find("limit");
    all.push_back(value.type() == json::Type::null ? std::nullopt : std::optional{quantity(value)});
  }
  return all;
}

Number limit_of_one(const Node& limit, const Facts& facts) {
  std::vector<std::optional<Exact>> all;
  for (const bool pregnant : ways(facts.flags.at("pregnant")))
    for (const bool lactating : ways(facts.flags.at("lactating")))
      for (const bool male :
           facts.flags.at("male").tri == Tri::unknown ? std::vector<bool>{true, false} : ways(facts.flags.at("male")))
        if (const Node* const bands = bands_for(limit, {pregnant, lactating, male})) {
          const auto more = limits_at(*bands, facts.numbers.at("age").value);
          all.insert(all.end(), more.begin(), more.end());
        }
  std::optional<Interval<Exact>> value;
  bool none = false;
  for (const auto& one : all) {
    none = none || !one;
    if (one) value = value ? Interval<Exact>::hull(*value, *one) : Interval<Exact>{*one};
  }
  if (!value) return {{}, {}, true};
  const bool told = value->is_point() && !none;
  if (none || !confirmed(limit)) value->high = Exact::infinity();
  if (text(limit, "covers") == "all-sources") value->low = Exact{};  // food fills nobody knows how much of it
  return {*value, told ? Causes{} : Causes{"who it is"}, false};
}

}  // namespace

Number limit_of(const Documents& documents, const Facts& facts, const std::string& authority) {
  if (authority != "strictest") return limit_of_one(*documents.limits.at(authority), facts);
  Number lowest{{}, {}, true};
  for (const auto& [id, limit] : documents.limits) {
    const Number one = limit_of_one(*limit, facts);
    if (one.absent) continue;
    if (lowest.absent) {
      lowest = one;
      continue;
    }
    lowest.value = {std::min(lowest.value.low, one.value.low), std::min(lowest.value.high, one.value.high)};
    lowest.causes.insert(one.causes.begin(), one.causes.end());
  }
  return lowest;
}

}  // namespace magnesia::naive
