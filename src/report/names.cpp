#include "report/names.hpp"

#include <algorithm>

#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia::report {

std::string_view text_of(const base::Base& base, std::string_view group, std::string_view name) {
  std::string key;
  key.reserve(group.size() + 1 + name.size());
  key += group;
  key += '.';
  key += name;
  return base.text(key);
}

std::string_view severity_text(const base::Base& base, Severity severity) {
  return severity == Severity::none ? base.text("finding.none") : text_of(base, "severity", name(severity));
}

std::string_view code_system(std::string_view name) noexcept {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> systems{
      {{"atc", "ATC"}, {"icd10cm", "ICD-10-CM"}, {"rxnorm", "RxNorm"}, {"snomed", "SNOMED CT"}, {"unii", "UNII"}}};
  const auto* const found = std::find_if(systems.begin(), systems.end(), [&](const auto& one) { return one.first == name; });
  return found == systems.end() ? name : found->second;
}

void append_readings(std::vector<std::string_view>& out, const base::Base& base, const std::vector<std::string_view>& keys) {
  constexpr std::string_view group = "reading.";
  const bool either = std::find(keys.begin(), keys.end(), "reading.elemental") != keys.end();  // of the salt, or of magnesium
  for (const std::string_view key : keys) {
    if (either && key == "reading.salt") continue;
    const std::string_view text = key.starts_with(group) ? text_of(base, "read-as", key.substr(group.size())) : key;
    if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
  }
}

Rounding danger_of(facts::FactId fact) noexcept {
  return facts::info(fact).danger == facts::Danger::falling ? Rounding::down : Rounding::up;
}

Rounding danger_of(std::string_view fact) noexcept {
  if (fact == "separation") return Rounding::down;
  const auto id = facts::fact_named(fact);
  return id ? danger_of(*id) : Rounding::up;
}

std::string range_text(const base::Base& base, const Interval<Exact>& value, std::string_view unit, int places) {
  if (value.low == Exact{} && !value.high.finite()) return std::string{base.text("value.unknown")};
  std::string low = value.low.decimal(places);
  std::string high = value.high.decimal(places) + std::string{unit};
  if (value.is_point()) return high;
  std::string out;
  if (value.high.finite())
    words::append_text(out, base, "value.range", {{"low", low}, {"high", high}});
  else
    words::append_text(out, base, "value.at-least", {{"low", low += unit}});
  return out;
}

std::string subject_of(const detail::Workspace& workspace, const detail::Record& record) {
  std::string subject;
  const auto at = [&](int time, int width) {
    if (time < 0) return;
    subject += " (";
    words::append_time(subject, time, width);
    subject += ')';
  };
  if (const facts::Medication* const medication = words::medication_of(workspace, record)) {
    subject += workspace.base->drugs[medication->drug].name;
    at(record.gap.drug_time, record.gap.drug_width);
  }
  if (const facts::Product* const product = words::product_of(workspace, record)) {
    if (!subject.empty()) subject += ", ";
    subject += product->name.empty() ? workspace.base->text("product.any") : std::string_view{product->name};
    at(record.gap.magnesium_time, record.gap.magnesium_width);
  }
  return subject;
}

std::string basis_text(const base::Base& base, const Used& used) {
  std::string out;
  if (!used.needs) {
    const std::string_view key = used.truth != Tri::yes   ? "value.unknown"
                                 : used.relation == "not" ? "relation.absent"
                                                          : "relation.present";
    out = used.concept_name;
    out += ": ";
    out += base.text(key);
    return out;
  }
  const auto fact = facts::fact_named(used.fact);
  const auto shown = [&](const Interval<Exact>& value, int places) -> std::string {
    if (!fact) {  // a separation, in hours
      const auto in_words = [](Exact hours) {
        std::string text;
        words::append_minutes(text, static_cast<int>(Exact::multiply(hours, 60, Rounding::down).rounded_to(1).numerator()));
        return text;
      };
      if (value.is_point() || !value.high.finite()) return in_words(value.low);
      std::string range;
      words::append_text(range, base, "value.range", {{"low", in_words(value.low)}, {"high", in_words(value.high)}});
      return range;
    }
    const std::string_view read = facts::info(*fact).read;
    return range_text(base, value, read.empty() || read == "%" ? std::string{read} : ' ' + std::string{read}, places);
  };
  int places = fact ? facts::info(*fact).places : 0;
  const Exact nearest = used.value.low > *used.needs ? used.value.low : used.value.high;
  if (nearest != *used.needs && nearest.finite() && nearest.decimal(places) == used.needs->decimal(places)) places = 9;
  out = words::fact_name(base, used.fact);
  out += ": ";
  out += shown(used.value, places);
  out += ", ";
  words::append_text(out, base, "relation." + std::string{used.relation}, {{"value", shown(*used.needs, places)}});
  return out;
}

void append_day(std::string& out, std::chrono::year_month_day day) {
  if (!day.ok()) return;
  const auto put = [&](unsigned number, unsigned power) {
    for (; power != 0; power /= 10) out += static_cast<char>('0' + number / power % 10);
  };
  put(static_cast<unsigned>(static_cast<int>(day.year())), 1000);
  out += '-';
  put(static_cast<unsigned>(day.month()), 10);
  out += '-';
  put(static_cast<unsigned>(day.day()), 10);
}

}  // namespace magnesia::report
