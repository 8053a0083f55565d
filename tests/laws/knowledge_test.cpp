// Laws 5 and 6: what has no source is refused, weak evidence takes nothing away from strong evidence, and an overlay only raises.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

#include "base/base.hpp"
#include "tests/laws/generate.hpp"
#include "tests/laws/learn.hpp"
#include "tests/laws/packs.hpp"

namespace magnesia::laws {
namespace {

constexpr std::array<const char*, 5> severities{"none", "minor", "moderate", "major", "contraindicated"};

Result<Knowledge, Errors> over(const World& world, const Pack& overlay) {
  std::vector<Pack> packs = world.packs;
  packs.push_back(overlay);
  return Knowledge::load(packs);
}

const naive::Rule& any_rule(const WorldPtr& world) {
  std::vector<const naive::Rule*> all;
  for (const auto& [id, rule] : world->naive.documents().rules) all.push_back(&rule);
  return *all[static_cast<std::size_t>(below(all.size()))];
}

// A new rule of a pair, for the drug of another rule, so that it could stand in for it.
Statement like(const naive::Rule& rule, const std::string& id) {
  Statement statement{id, rule.scope, severities[static_cast<std::size_t>(below(5))], rule.drug};
  statement.confirmed = below(2) == 0;
  statement.source = "g-consumer";
  if (rule.scope == "pair" && below(2) == 0) statement.before = statement.after = below(8) * 30;
  return statement;
}

void never_milder(const WorldPtr& world, const Knowledge& more, const Person& person) {
  const Assessment milder = world->assess(person);
  Result<Assessment> worse = Checker{more}.assess(person.patient, person.regimen);
  RC_ASSERT(worse.has_value());
  if (worse->at_least() >= milder.at_least() && worse->at_most() >= milder.at_most()) return;
  RC_FAIL(describe_range(milder) + " became " + describe_range(*worse));
}

RC_GTEST_PROP(Law5, AStatementWithoutSourceOrReviewDateIsRefusedWithTheWholePack, ()) {
  const WorldPtr world = *small_world();
  const std::string whole = write(like(any_rule(world), "new"));
  RC_ASSERT(over(*world, overlay("o", {whole}, false)).has_value());
  const std::string sources = whole.substr(whole.find(R"(, "sources")"), whole.rfind('}') - whole.find(R"(, "sources")"));
  const std::string date = R"(, "reviewed": "2026-11-23")";
  const auto without = [&](const std::string& part, const std::string& instead) {
    std::string text = whole;
    return text.replace(text.find(part), part.size(), instead);
  };
  const std::string faulty = *rc::gen::element(without(sources, ""), without(sources, R"(, "sources": [])"), without(date, ""),
                                               without(date, R"(, "reviewed": "soon")"));
  const Result<Knowledge, Errors> refused = over(*world, overlay("o", {faulty}, false));
  RC_ASSERT(!refused.has_value());
  for (const Error& error : refused.error()) RC_ASSERT(error.kind == ErrorKind::unsourced);
  const Result<Knowledge, Errors> invented = over(*world, overlay("o", {without("g-consumer", "no such source")}, false));
  RC_ASSERT(!invented.has_value());
}

// Whatever a consumer article or an unconfirmed statement says, and whatever it claims to stand in for.
RC_GTEST_PROP(Law6, WeakEvidenceNeverRelaxesStrongEvidence, ()) {
  const WorldPtr world = *small_world();
  const base::Base& base = *world->knowledge.base();
  std::vector<const naive::Rule*> all;
  for (const base::Rule& rule : base.rules)
    if (rule.grade < Grade::consumer) all.push_back(&world->naive.documents().rules.at(std::string{rule.id}));
  RC_PRE(!all.empty());
  const naive::Rule& strong = *all[static_cast<std::size_t>(below(all.size()))];
  Statement weak = like(strong, "weak");
  if (!strong.drug.empty()) weak.replaces.push_back(strong.id);
  const Result<Knowledge, Errors> more = over(*world, overlay("o", {write(weak)}, false));
  if (!more) return;  // to refuse it relaxes nothing either
  never_milder(world, *more, *person(world));
}

RC_GTEST_PROP(Law6, AnUnconfirmedRuleIsNeverEstablished, ()) {
  const WorldPtr world = *any_world();
  const Assessment assessment = world->assess(*person(world));
  for (const Finding& finding : assessment.findings())
    if (finding.grade == Grade::unconfirmed) RC_ASSERT(finding.status == Status::possible);
}

RC_GTEST_PROP(Overlays, TightenAndNeverRelax, ()) {
  const WorldPtr world = *small_world();
  const naive::Rule& rule = any_rule(world);
  const base::Base& base = *world->knowledge.base();
  const base::Rule& loaded = base.rules[static_cast<std::size_t>(base.rule_named(rule.id))];
  const std::string head = R"({"magnesia": "change/1", "id": "o1", "because": "a test", "rule": ")" + rule.id + '"';
  const int severity = below(5);
  std::string change = head + R"(, "severity": ")" + severities[static_cast<std::size_t>(severity)] + '"';
  bool tighter = severity >= static_cast<int>(loaded.severity);
  if (loaded.window && below(2) == 0) {
    const int before = std::max(0, loaded.window->before + (below(3) - 1) * 30);
    const int after = std::max(0, loaded.window->after + (below(3) - 1) * 30);
    change += R"(, "window": {"before": {"value": )" + std::to_string(before) + R"(, "unit": "min"}, "after": {"value": )" +
              std::to_string(after) + R"(, "unit": "min"}})";
    tighter = tighter && before >= loaded.window->before && after >= loaded.window->after;
  }
  const Result<Knowledge, Errors> more = over(*world, overlay("o", {change + '}'}, false));
  RC_ASSERT(more.has_value() == tighter);
  if (!more) {
    for (const Error& error : more.error()) RC_ASSERT(error.kind == ErrorKind::unsafe);
    return;
  }
  const Person person = *laws::person(world);
  never_milder(world, *more, person);
  RC_ASSERT(Checker{*more}.assess(person.patient, person.regimen)->overlays().size() == 1U);
}

// A rule that an overlay adds may only add, unless every assessment names what it stands in for.
RC_GTEST_PROP(Overlays, SayWhatTheySwitchOff, ()) {
  const WorldPtr world = *small_world();
  const naive::Rule& rule = any_rule(world);
  const bool replace = !rule.drug.empty() && below(2) == 0;
  Statement added = like(rule, "new");
  added.source = "g-label";
  added.confirmed = true;
  added.replaces.push_back(rule.id);
  const std::string off = R"({"magnesia": "change/1", "id": "o1", "because": "a test", "off": true, "rule": ")" + rule.id + "\"}";
  const Result<Knowledge, Errors> less = over(*world, overlay("o", {replace ? write(added) : off}, false));
  if (!less) return;
  const Person person = *laws::person(world);
  const Assessment before = world->assess(person);
  const Result<Assessment> after = Checker{*less}.assess(person.patient, person.regimen);
  RC_ASSERT(after.has_value());
  RC_ASSERT(after->overlays().size() == 1U);
  const bool milder = after->at_least() < before.at_least() || after->at_most() < before.at_most();
  if (milder && after->overlays().front().find(rule.id) == std::string_view::npos)
    RC_FAIL(describe_range(before) + " became " + describe_range(*after) +
            ", and nobody is told: " + std::string{after->overlays().front()});
}

}  // namespace
}  // namespace magnesia::laws
