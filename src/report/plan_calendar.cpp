// A plan as iCalendar (RFC 5545).
#include <algorithm>
#include <array>

#include "magnesia/report.hpp"
#include "report/layout.hpp"
#include "report/plan.hpp"

namespace magnesia {

namespace {

// TEXT of RFC 5545, 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : report::printable(text)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

// A content line, folded to 75 bytes between characters (3.1).
void append_line(std::string& out, std::string_view line) {
  std::size_t room = 75;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    out += line.substr(0, end);
    out += "\r\n ";
    line.remove_prefix(end);
    room = 74;  // the blank counts
  }
  out += line;
  out += "\r\n";
}

void append_digits(std::string& out, unsigned number, int digits) {
  const std::string text = std::to_string(number);
  out.append(static_cast<std::size_t>(digits) - std::min(static_cast<std::size_t>(digits), text.size()), '0');
  out += text;
}

std::string date_time(std::chrono::sys_days day, int minutes) {
  const std::chrono::year_month_day date{day};
  std::string out;
  append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  append_digits(out, static_cast<unsigned>(date.month()), 2);
  append_digits(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  append_digits(out, static_cast<unsigned>(minutes / 60), 2);
  append_digits(out, static_cast<unsigned>(minutes % 60), 2);
  return out + "00";
}

// The first of these days of the week from `day` on.
std::chrono::sys_days first_of(std::uint8_t days, std::chrono::sys_days day) {
  while (!report::comes_on(days, std::chrono::weekday{day}.c_encoding())) day += std::chrono::days{1};
  return day;
}

std::string repeat(std::uint8_t days) {
  if (days == Schedule::every_day) return "RRULE:FREQ=DAILY";
  static constexpr std::array<std::string_view, 7> codes{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  std::string out = "RRULE:FREQ=WEEKLY;BYDAY=";
  bool first = true;
  for (std::size_t day = 0; day < codes.size(); ++day) {
    if (!report::comes_on(days, day)) continue;
    if (!first) out += ',';
    first = false;
    out += codes[day];
  }
  return out;
}

}  // namespace

std::string to_ics(const Plan& plan, std::chrono::year_month_day first_day) {
  std::string out;
  if (!plan.assessment.workspace().base || !first_day.ok()) return out;
  const base::Base& base = *plan.assessment.workspace().base;
  append_line(out, "BEGIN:VCALENDAR");
  append_line(out, "VERSION:2.0");
  append_line(out, "PRODID:-//Magnesia//plan//EN");
  const std::chrono::sys_days from{first_day};
  for (const report::Occasion& occasion : report::occasions_of(plan.doses)) {
    const std::chrono::sys_days day = first_of(occasion.days, from);
    std::string summary;
    std::string description;
    for (const PlannedDoses* const one : occasion.doses) {
      if (!summary.empty()) summary += ", ";
      summary += one->called;
      if (const std::string amount = report::amount_text(*one); !amount.empty()) summary += ' ' + amount;
    }
    description = std::string{base.text("notice")};
    const auto& [begins, ends] = occasion.time;
    const std::string uid = date_time(day, begins.minutes) + (begins == ends ? "" : '-' + name(ends));
    append_line(out, "BEGIN:VEVENT");
    append_line(out, "UID:" + uid + '-' + std::to_string(int{occasion.days}) + "@magnesia");
    append_line(out, "DTSTAMP:" + date_time(from, 0) + 'Z');
    append_line(out, "DTSTART:" + date_time(day, begins.minutes));  // a time of the clock on the wall (3.3.5, form 1)
    if (begins != ends) append_line(out, "DTEND:" + date_time(ends < begins ? day + std::chrono::days{1} : day, ends.minutes));
    append_line(out, repeat(occasion.days));
    append_line(out, "SUMMARY:" + escaped(summary));
    append_line(out, "DESCRIPTION:" + escaped(description));
    append_line(out, "BEGIN:VALARM");
    append_line(out, "ACTION:DISPLAY");
    append_line(out, "TRIGGER:PT0M");
    append_line(out, "DESCRIPTION:" + escaped(summary));
    append_line(out, "END:VALARM");
    append_line(out, "END:VEVENT");
  }
  append_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace magnesia
