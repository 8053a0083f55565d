// Sources, questions, limits and texts.
#include <algorithm>
#include <iterator>

#include "knowledge/loader.hpp"
#include "words/adapter_texts.hpp"
#include "words/needed_texts.hpp"

namespace magnesia::knowledge {

using json::Node;
using json::Type;

namespace {

bool is_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i = 0; i < 10; ++i)
    if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9')) return false;
  return text.substr(5, 2) >= "01" && text.substr(5, 2) <= "12" && text.substr(8) >= "01" && text.substr(8) <= "31";
}

}  // namespace

std::string_view Loader::citations(const Node& statement, std::vector<base::Citation>& into) {
  const Node* const sources = statement.find("sources");
  if (sources == nullptr || sources->type() != Type::array || sources->empty()) {
    read.fault(ErrorKind::unsourced, sources == nullptr ? statement : *sources, "no source",
               "\"sources\" with at least one citation");
  } else {
    const auto citations = sources->children();
    into.reserve(into.size() + static_cast<std::size_t>(std::distance(citations.begin(), citations.end())));
    for (const Node& one : citations) {
      if (!read.object(one, {"source", "locator", "confirmed"})) continue;
      const std::string_view id = read.string(one, "source");
      const std::string_view locator = read.string(one, "locator");
      const Node* const confirmed = read.member(one, "confirmed", Type::boolean, true);
      if (confirmed == nullptr || id.empty()) continue;
      const std::uint16_t found = source_ids.find(id);
      if (found == base::no_concept)
        read.fault(ErrorKind::unknown_name, *one.find("source"), "the id of a source in sources/");
      else
        into.push_back({found, locator, confirmed->is_true()});
    }
  }
  const Node* const reviewed = statement.find("reviewed");
  if (reviewed == nullptr || reviewed->type() != Type::string || !is_date(reviewed->text())) {
    read.fault(ErrorKind::unsourced, reviewed == nullptr ? statement : *reviewed,
               reviewed == nullptr ? "no review date" : json::found(*reviewed), "\"reviewed\": a date such as 2026-11-23");
    return {};
  }
  return reviewed->text();
}

Grade Loader::grade_of(const std::vector<base::Citation>& citations) const {
  Grade best = Grade::unconfirmed;
  for (const base::Citation& citation : citations)
    if (citation.confirmed) best = std::min(best, base.sources[citation.source].grade);
  return best;
}

void Loader::read_sources() {
  for (const Doc& doc : docs) {
    if (doc.kind != "sources/1") continue;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "sources", "remarks"});
    const Node* const sources = read.array(*doc.node, "sources");
    if (sources == nullptr) continue;
    for (const Node& one : sources->children()) {
      if (!read.object(
              one, {"id", "grade", "title", "publisher", "year", "edition", "identifier", "read", "superseded_by", "remarks"}))
        continue;
      base::SourceEntry entry;
      entry.id = read.string(one, "id");
      entry.title = read.string(one, "title");
      entry.publisher = read.string(one, "publisher");
      entry.identifier = read.string(one, "identifier", false);
      if (const auto year = read.number(one, "year", false)) entry.year = year->decimal(0);
      const std::string_view grade = read.string(one, "grade");
      const auto named = grade_named(grade);
      if (!grade.empty() && (!named || *named == Grade::unconfirmed))
        read.fault(ErrorKind::unknown_name, *one.find("grade"),
                   "label, authority, guideline, trial, observational, expert or consumer");
      entry.grade = named.value_or(Grade::consumer);
      if (entry.id.empty()) continue;
      const auto index = static_cast<std::uint16_t>(base.sources.size());
      if (source_ids.add(entry.id, index) != index) {
        read.fault(ErrorKind::conflict, one, "a second source " + std::string{entry.id}, "an id of one source only");
        continue;
      }
      base.sources.push_back(std::move(entry));
    }
  }
}

void Loader::read_ranges() {
  for (const Doc& doc : docs) {
    if (doc.kind != "ranges/1") continue;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "id", "ranges", "remarks"});
    const Node* const ranges = read.array(*doc.node, "ranges");
    if (ranges == nullptr) continue;
    for (const Node& one : ranges->children()) {
      if (!read.object(one, {"of", "low", "high", "because"})) continue;
      const std::string_view of = read.string(one, "of");
      read.string(one, "because");
      std::size_t which = 0;
      while (which < facts::bounded_count && facts::bounded_info(which).id != of) ++which;
      if (which == facts::bounded_count) {
        if (!of.empty()) read.fault(ErrorKind::unknown_name, *one.find("of"), "a number of the input (docs/knowledge-format.md)");
        continue;
      }
      const Dimension dimension = facts::bounded_info(which).dimension;
      const auto low = read.quantity(one, "low", dimension);
      const auto high = read.quantity(one, "high", dimension);
      if (!low || !high) continue;
      if (*low > *high) read.fault(ErrorKind::conflict, one, "a low above the high", "low <= high");
      const auto shown = [&](std::string_view key) {
        const Node& bound = *one.find(key);
        const std::string_view unit = bound.find("unit")->text();
        return std::string{bound.find("value")->text()} + (unit == "1" ? std::string{} : ' ' + std::string{unit});
      };
      const auto written = Exact::parse(one.find("high")->find("value")->text());
      const std::string_view unit = one.find("high")->find("unit")->text();
      base.ranges[which] = {*low, *high, shown("low") + " to " + shown("high"),
                            std::string{unit == "1" ? std::string_view{} : unit},
                            written && *written > 0 ? Exact::divide(*high, *written, Rounding::down) : Exact{1}};
    }
  }
  for (std::size_t i = 0; i < facts::bounded_count; ++i)
    if (base.ranges[i].expected.empty())
      read.errors().push_back({ErrorKind::missing_key, "ranges", "no range of " + std::string{facts::bounded_info(i).id},
                               "one for each number of the input"});
}

void Loader::read_questions() {
  for (const Doc& doc : docs) {
    if (doc.kind != "fact/1") continue;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "id", "name", "awaited", "when", "reason", "question", "priority", "figure",
                            "figure_because", "settles", "settled_with", "sources", "reviewed", "remarks"});
    base::Question question;
    question.id = doc.id;
    question.name = read.string(*doc.node, "name");
    question.reason = read.string(*doc.node, "reason", false);
    question.question = read.string(*doc.node, "question", false);
    citations(*doc.node, question.citations);
    const std::string_view awaited = read.string(*doc.node, "awaited");
    if (awaited == "always" || awaited == "when")
      question.awaited = awaited == "when" ? base::Awaited::when : base::Awaited::always;
    else if (!awaited.empty() && awaited != "never")
      read.fault(ErrorKind::unknown_name, *doc.node->find("awaited"), "always, when or never");
    if (question.awaited != base::Awaited::never && question.question.empty())
      read.fault(ErrorKind::missing_key, *doc.node, "no \"question\"", "what to ask, for a fact that is awaited");
    const Node* const when = read.member(*doc.node, "when", Type::object, question.awaited == base::Awaited::when);
    if (when != nullptr) condition(*when, question.first_node, question.node_count, true);
    if (const auto priority = read.number(*doc.node, "priority", false))
      question.priority = static_cast<int>(priority->rounded_to(1).numerator());
    if (const std::string_view figure = read.string(*doc.node, "figure", false); figure == "reported")
      question.reported_figure = true;
    else if (!figure.empty() && figure != "exact")
      read.fault(ErrorKind::unknown_name, *doc.node->find("figure"), "exact or reported");
    const auto fact = facts::fact_named(doc.id);
    if (const Node* const settles = read.member(*doc.node, "settles", Type::object, false)) {
      read.object(*settles, {"when", "at_least", "reason", "sources", "reviewed"});
      base::Question::Settles settled;
      settled.reason = read.string(*settles, "reason");
      const Node* const by = read.member(*settles, "when", Type::object, true);
      if (by != nullptr) condition(*by, settled.first_node, settled.node_count, true);
      std::vector<base::Citation> cited;
      citations(*settles, cited);
      if (!fact || facts::of_product(*fact))
        read.fault(ErrorKind::conflict, *settles, "a settlement of a measured fact");
      else if (const auto value = read.quantity(*settles, "at_least", facts::info(*fact).dimension); value && by != nullptr) {
        settled.at_least = *value;
        // A settlement that nobody has confirmed in its source settles nothing.
        if (grade_of(cited) != Grade::unconfirmed) question.settles = std::move(settled);
      }
    }
    if (const std::string_view other = read.string(*doc.node, "settled_with", false); !other.empty()) {
      question.settled_with = facts::fact_named(other);
      if (!question.settled_with || facts::of_product(*question.settled_with))
        read.fault(ErrorKind::unknown_name, *doc.node->find("settled_with"), "a measured fact");
    }
    bool used = false;
    for (std::size_t ask = 0; ask < facts::ask_count; ++ask) {
      if (facts::questions[ask] != doc.id) continue;
      used = true;
      if (base.questions[ask])
        read.fault(ErrorKind::conflict, *doc.node, "a second document about " + question.id, "one document a fact");
      base.questions[ask] = question;
    }
    if (!used && !fact)
      read.fault(ErrorKind::unknown_name, *doc.node->find("id"), "a fact of the vocabulary (docs/knowledge-format.md)");
  }
  for (std::size_t ask = 0; ask < facts::ask_count; ++ask)
    if (!base.questions[ask])
      read.errors().push_back({ErrorKind::missing_key, "questions", "no document about " + std::string{facts::questions[ask]},
                               "one for each fact that can be told"});
}

namespace {

std::vector<base::Bands> read_bands(Loader& loader, const Node& limit, std::string_view key, bool required) {
  std::vector<base::Bands> all;
  const Node* const groups = loader.read.array(limit, key, required);
  if (groups == nullptr) return all;
  for (const Node& group : groups->children()) {
    if (!loader.read.object(group, {"for", "bands"})) continue;
    const std::string_view whom = loader.read.string(group, "for");
    const auto* const found = std::find(base::for_names.begin(), base::for_names.end(), whom);
    if (found == base::for_names.end()) {
      loader.read.fault(ErrorKind::unknown_name, group, "\"for\": everyone, male, female, pregnant or lactating");
      continue;
    }
    base::Bands bands{static_cast<base::For>(found - base::for_names.begin()), {}};
    if (std::any_of(all.begin(), all.end(), [&](const base::Bands& one) { return one.whom == bands.whom; })) {
      loader.read.fault(ErrorKind::conflict, group, "one group \"for\": " + std::string{whom});
      continue;
    }
    const Node* const list = loader.read.array(group, "bands");
    if (list == nullptr) continue;
    for (const Node& one : list->children()) {
      if (!loader.read.object(one, {"from", "limit", "note"})) continue;
      const auto from = loader.read.quantity(one, "from", Dimension::time);
      const Node* const value = one.find("limit");
      if (!from) continue;
      if (value == nullptr)
        loader.read.fault(ErrorKind::missing_key, one, "no \"limit\"", "an amount, or null where none is set");
      base::Band band{*from, std::nullopt};
      if (value != nullptr && value->type() != Type::null) band.value = loader.read.quantity(*value, Dimension::mass);
      if (bands.bands.empty() ? *from != Exact{} : *from <= bands.bands.back().from)
        loader.read.fault(ErrorKind::conflict, one, "cut points that begin at 0 and rise");
      bands.bands.push_back(band);
    }
    if (bands.bands.empty())
      loader.read.fault(ErrorKind::missing_key, *list, "at least one band");
    else
      all.push_back(std::move(bands));
  }
  return all;
}

}  // namespace

void Loader::read_limits() {
  for (const Doc& doc : docs) {
    if (doc.kind != "limit/1") continue;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "id", "name", "covers", "upper", "recommended", "sources", "reviewed", "remarks"});
    base::Limit limit;
    limit.id = doc.id;
    limit.name = read.string(*doc.node, "name");
    const std::string_view covers = read.string(*doc.node, "covers");
    if (covers == "readily-dissociable" || covers == "all-sources")
      limit.covers = covers == "all-sources" ? base::Covers::all_sources : base::Covers::readily_dissociable;
    else if (!covers.empty() && covers != "supplements")
      read.fault(ErrorKind::unknown_name, *doc.node->find("covers"), "supplements, readily-dissociable or all-sources");
    limit.upper = read_bands(*this, *doc.node, "upper", true);
    limit.recommended = read_bands(*this, *doc.node, "recommended", false);
    for (const base::Bands& bands : limit.upper) limit.order.push_back(static_cast<std::uint8_t>(&bands - limit.upper.data()));
    std::sort(limit.order.begin(), limit.order.end(),
              [&](std::uint8_t a, std::uint8_t b) { return limit.upper[a].whom < limit.upper[b].whom; });
    citations(*doc.node, limit.citations);
    limit.confirmed = std::any_of(limit.citations.begin(), limit.citations.end(), [](const auto& one) { return one.confirmed; });
    base.limits.push_back(std::move(limit));
  }
  std::sort(base.limits.begin(), base.limits.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

void Loader::read_preferences() {
  for (const Doc& doc : docs) {
    if (doc.kind != "preference/1") continue;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "id", "purpose", "salt", "near", "reason", "sources", "reviewed", "remarks"});
    base::Preference preference;
    preference.id = doc.id;
    const auto concept_at = [&](std::string_view key, const base::Taxonomy& taxonomy, std::string expected) {
      const std::string_view id = read.string(*doc.node, key, false);
      const base::ConceptId found = id.empty() ? base::no_concept : taxonomy.by_id(id);
      if (!id.empty() && found == base::no_concept)
        read.fault(ErrorKind::unknown_name, *doc.node->find(key), std::move(expected));
      return found;
    };
    preference.purpose = concept_at("purpose", base.conditions, "the id of a condition");
    preference.salt = concept_at("salt", base.salts, "the id of a salt or of a group of salts");
    if ((doc.node->find("purpose") == nullptr) == (doc.node->find("salt") == nullptr))
      read.fault(ErrorKind::conflict, *doc.node, "\"purpose\" or \"salt\", one of the two");
    read.string(*doc.node, "reason");
    for (const std::string_view hour : read.strings(*doc.node, "near", true)) {
      if (const std::optional<Anchor> anchor = anchor_named(hour))
        preference.near.push_back(*anchor);
      else
        read.fault(ErrorKind::unknown_name, *doc.node->find("near"), "wake, breakfast, lunch, dinner or bed");
    }
    citations(*doc.node, preference.citations);
    base.preferences.push_back(std::move(preference));
  }
  std::sort(base.preferences.begin(), base.preferences.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

void Loader::read_texts() {
  const Doc* first = nullptr;
  for (const Doc& doc : docs) {
    if (doc.kind != "texts/1") continue;
    if (first == nullptr) first = &doc;
    stand_at(doc);
    read.object(*doc.node, {"magnesia", "id", "texts", "remarks"});
    const Node* const texts = read.member(*doc.node, "texts", Type::object, true);
    if (texts == nullptr) continue;
    for (const Node& text : texts->children()) {
      if (text.type() != Type::string)
        read.fault(ErrorKind::wrong_type, text, "a string");
      else
        base.texts[std::string{text.key()}] = text.text();
    }
  }
  const auto needs = [&](std::string_view key) {
    if (base.texts.contains(key)) return;
    std::string place = first == nullptr ? std::string{"texts"} : std::string{first->path} + ":/texts";
    read.errors().push_back({ErrorKind::missing_key, std::move(place), "no \"" + std::string{key} + '"', "a sentence"});
  };
  std::for_each(words::needed_texts.begin(), words::needed_texts.end(), needs);
  std::for_each(words::adapter_texts.begin(), words::adapter_texts.end(), needs);
}

}  // namespace magnesia::knowledge
