#include "report/names.hpp"

#include "words/used.hpp"
#include "words/words.hpp"

namespace magnesia::report {

std::string_view text_of(const base::Base& base, std::string_view group, std::string_view name) {
  std::string key{group};
  key += '.';
  key += name;
  return base.text(key);
}

std::string_view reading_text(const base::Base& base, std::string_view reading) {
  constexpr std::string_view group = "reading.";
  return text_of(base, "read-as", reading.starts_with(group) ? reading.substr(group.size()) : reading);
}

Rounding danger_of(std::string_view fact) noexcept {
  if (fact == "separation") return Rounding::down;
  const auto id = facts::fact_named(fact);
  return id && facts::info(*id).danger == facts::Danger::falling ? Rounding::down : Rounding::up;
}

std::string subject_of(const detail::Workspace& workspace, const detail::Record& record) {
  std::string subject;
  const auto at = [&](int time) {
    if (time < 0) return;
    subject += ' ';
    words::append_time(subject, time);
  };
  if (const facts::Medication* const medication = words::medication_of(workspace, record)) {
    subject += workspace.base->drugs[medication->drug].name;
    at(record.gap.drug_time);
  }
  if (const facts::Product* const product = words::product_of(workspace, record)) {
    if (!subject.empty()) subject += ", ";
    subject += product->name.empty() ? workspace.base->text("product.any") : std::string_view{product->name};
    at(record.gap.magnesium_time);
  }
  return subject;
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
