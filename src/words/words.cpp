#include "words/words.hpp"

#include <algorithm>

#include "words/used.hpp"

namespace magnesia::words {

using base::Base;
using detail::Record;
using detail::Workspace;
using facts::FactId;

namespace {

void append_unit(std::string& out, std::string_view read) {
  if (read.empty()) return;
  if (read != "%" && read.front() != '/') out += ' ';
  out += read;
}

}  // namespace

void append_value(std::string& out, FactId fact, const Interval<Exact>& value, const Base& base) {
  const facts::FactInfo& info = facts::info(fact);
  const auto put = [&](Exact in_base) {
    append_decimal(out, Exact::divide(in_base, info.unit_factor, Rounding::up), info.places);
  };
  if (value.is_point()) {
    put(value.low);
    append_unit(out, info.read);
    return;
  }
  std::string low;
  std::string high;
  std::swap(low, out);
  put(value.low);
  std::swap(low, out);
  if (!value.high.finite()) {
    append_unit(low, info.read);
    append_text(out, base, "value.at-least", {{"low", low}});
    return;
  }
  std::swap(high, out);
  put(value.high);
  append_unit(out, info.read);
  std::swap(high, out);
  append_text(out, base, "value.range", {{"low", low}, {"high", high}});
}

void append_time(std::string& out, int minutes) {
  const int hours = minutes / 60;
  minutes %= 60;
  const auto digit = [](int n) { return static_cast<char>('0' + n); };
  const std::array<char, 5> text{digit(hours / 10), digit(hours % 10), ':', digit(minutes / 10), digit(minutes % 10)};
  out.append(text.data(), text.size());
}

void append_time(std::string& out, int minutes, int width) {
  constexpr int minutes_a_day = 1440;
  append_time(out, minutes);
  if (width == 0) return;
  out += '-';
  append_time(out, (minutes + width) % minutes_a_day);
}

void append_minutes(std::string& out, int minutes) {
  const auto put = [&](int n, std::string_view unit) {
    append_decimal(out, n, 0);
    out += ' ';
    out += unit;
  };
  if (minutes >= 60) put(minutes / 60, "h");
  if (minutes >= 60 && minutes % 60 != 0) out += ' ';
  if (minutes < 60 || minutes % 60 != 0) put(minutes % 60, "min");
}

void append_window(std::string& out, const base::Window& window) {
  const auto side = [&](int minutes, std::string_view text) {
    if (minutes < 0) return;
    append_minutes(out, minutes);
    out += text;
  };
  side(window.before, " before");
  if (window.before >= 0 && window.after >= 0) out += " or ";
  side(window.after, " after");
  out += " magnesium";
}

std::string_view fact_name(const Base& base, std::string_view fact) noexcept {
  for (const auto& question : base.questions)
    if (question && question->id == fact) return question->name;
  for (const auto& [key, text] : base.texts)
    if (key.starts_with("fact.") && std::string_view{key}.substr(5) == fact) return text;
  return fact;
}

void append_text(std::string& out, const Base& base, std::string_view key, std::initializer_list<Slot> slots) {
  const std::string_view text = base.text(key);
  out.reserve(out.size() + text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    out += text.substr(at, std::min(open, text.size()) - at);
    if (close == std::string_view::npos) break;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto* const slot = std::find_if(slots.begin(), slots.end(), [&](const Slot& s) { return s.name == name; });
    out += slot != slots.end() ? slot->value : text.substr(open, close - open + 1);
    at = close + 1;
  }
}

void append_medication(std::string& out, const Workspace& workspace, const Record& record) {
  const facts::Medication& medication = *medication_of(workspace, record);
  out += workspace.base->drugs[medication.drug].id;
  if (record.gap.drug_time >= 0) {
    out += '@';
    append_time(out, record.gap.drug_time, record.gap.drug_width);
  }
}

void append_product(std::string& out, const Workspace& workspace, const Record& record) {
  const facts::Product& product = *product_of(workspace, record);
  out += product.from_medication ? "medications[" : "magnesium[";
  append_decimal(out, product.entry, 0);
  out += ']';
  if (record.gap.magnesium_time >= 0) {
    out += '@';
    append_time(out, record.gap.magnesium_time, record.gap.magnesium_width);
  }
}

void append_slot(std::string& out, const Workspace& workspace, const Record& record, std::string_view slot) {
  const Base& base = *workspace.base;
  const base::Rule& rule = base.rules[record.rule];
  const facts::Product* const product = product_of(workspace, record);
  if (slot == "drug") {
    const facts::Medication* const medication = medication_of(workspace, record);
    out += medication != nullptr           ? base.drugs[medication->drug].name
           : rule.drug != base::no_concept ? base.drugs[rule.drug].name
                                           : "";
  } else if (slot == "product" || slot == "salt") {
    out += product != nullptr && !product->name.empty() ? std::string_view{product->name} : base.text("product.any");
  } else if (slot == "separation") {
    if (record.gap.drug_time < 0) {
      out += base.text("value.unknown");
    } else if (record.gap.at_most == record.gap.minutes) {
      append_minutes(out, record.gap.minutes);
    } else {
      std::string low;
      std::string high;
      append_minutes(low, record.gap.minutes);
      append_minutes(high, record.gap.at_most);
      append_text(out, base, "value.range", {{"low", low}, {"high", high}});
    }
  } else if (slot == "before" || slot == "after") {
    const int minutes = !rule.window ? -1 : slot == "before" ? rule.window->before : rule.window->after;
    append_minutes(out, std::max(minutes, 0));
  } else if (const auto fact = facts::fact_named(slot)) {
    const facts::Numeric& number = number_of(workspace, product, *fact);
    if (number.absent || (number.value.low == Exact{} && !number.value.high.finite()))
      out += base.text("value.unknown");
    else
      append_value(out, *fact, number.value, base);
  }
}

void append_sentence(std::string& out, const Workspace& workspace, const Record& record, const base::Template& sentence) {
  for (const base::Segment& segment : sentence) {
    if (segment.slot.empty())
      out += segment.text;
    else
      append_slot(out, workspace, record, segment.slot);
  }
}

Source source_of(const Base& base, const base::Citation& citation) noexcept {
  const base::SourceEntry& entry = base.sources[citation.source];
  return {entry.id, entry.grade, entry.title, entry.publisher, citation.locator, citation.confirmed};
}

Finding finding_of(const Workspace& workspace, const Record& record) {
  const base::Rule& rule = workspace.base->rules[record.rule];
  Finding finding;
  finding.rule = rule.id;
  finding.topic = rule.topic;
  finding.severity = rule.severity;
  finding.status = record.status;
  finding.grade = rule.grade;
  if (record.medication >= 0) append_medication(finding.subject.emplace_back(), workspace, record);
  if (record.product >= 0) append_product(finding.subject.emplace_back(), workspace, record);
  append_sentence(finding.message, workspace, record, rule.message);
  append_sentence(finding.action, workspace, record, rule.action);
  append_sentence(finding.mechanism, workspace, record, rule.mechanism);
  append_sentence(finding.monitoring, workspace, record, rule.monitoring);
  finding.because = used_by(workspace, record);
  for (const base::Citation& citation : rule.citations) finding.sources.push_back(source_of(*workspace.base, citation));
  finding.smallest_change = smallest_change(workspace, record);
  return finding;
}

DidWithout did_without(const Base& base, std::size_t fact) noexcept {
  const auto& question = base.questions[fact];
  return {facts::vocabulary[fact].id, question ? std::string_view{question->reason} : std::string_view{}};
}

bool is_clear(const Workspace& workspace) noexcept {
  return workspace.at_most == Severity::none && workspace.unrecognised.empty() &&
         std::none_of(workspace.records.begin(), workspace.records.end(),
                      [&](const detail::Record& record) { return workspace.base->rules[record.rule].withholds_clearance; });
}

std::size_t missing_of(const Workspace& workspace, std::array<Missing, facts::ask_count>& missing) noexcept {
  struct Entry {
    Severity reach;
    int priority;
    std::size_t ask;
  };
  const Base& base = *workspace.base;
  std::array<Entry, facts::ask_count> entries{};
  std::size_t count = 0;
  for (std::size_t ask = 0; ask < facts::ask_count; ++ask) {
    const Severity reach = workspace.could_reach[ask];
    if (reach == Severity::none) continue;
    const auto& question = base.questions[ask];
    const auto same = std::find_if(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(count),
                                   [&](const Entry& e) { return facts::questions[e.ask] == facts::questions[ask]; });
    if (same != entries.begin() + static_cast<std::ptrdiff_t>(count))
      same->reach = std::max(same->reach, reach);
    else
      entries[count++] = {reach, question ? question->priority : 1000, ask};
  }
  std::sort(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(count), [](const Entry& a, const Entry& b) {
    return a.reach != b.reach ? a.reach > b.reach : a.priority != b.priority ? a.priority < b.priority : a.ask < b.ask;
  });
  for (std::size_t i = 0; i < count; ++i) {
    const auto& question = base.questions[entries[i].ask];
    missing[i] = {facts::questions[entries[i].ask], entries[i].reach,
                  question ? std::string_view{question->question} : std::string_view{}};
  }
  return count;
}

void append_headline(std::string& out, const Workspace& workspace) {
  const Base& base = *workspace.base;
  const auto severity = [&](Severity s) { return base.text(std::string{"severity."} + std::string{name(s)}); };
  if (is_clear(workspace)) {
    append_text(out, base, "headline.clear");
  } else if (workspace.at_most == Severity::none && workspace.unrecognised.empty()) {
    append_text(out, base, "headline.attention");
  } else if (workspace.at_least == workspace.at_most) {
    static constexpr std::array<std::string_view, 5> decided{"headline.decided.none", "headline.decided.minor",
                                                             "headline.decided.moderate", "headline.decided.major",
                                                             "headline.decided.contraindicated"};
    append_text(out, base, decided[static_cast<std::size_t>(workspace.at_most)]);
  } else {
    std::array<Missing, facts::ask_count> missing;
    const std::size_t count = missing_of(workspace, missing);
    append_text(out, base, count != 0 ? "headline.range" : "headline.unconfirmed",
                {{"at_least", severity(workspace.at_least)},
                 {"at_most", severity(workspace.at_most)},
                 {"question", count != 0 ? missing[0].question : std::string_view{}}});
  }
  if (!workspace.unrecognised.empty()) {
    out += ' ';
    append_text(out, base, "headline.unrecognised");
  }
}

}  // namespace magnesia::words
