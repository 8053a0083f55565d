#include "fhir/date.hpp"

namespace magnesia::fhir {

namespace chrono = std::chrono;

namespace {

constexpr std::int64_t minutes_a_day = 1440;

// Two or four digits at a place; -1 where they are not.
int number_at(std::string_view text, std::size_t at, std::size_t digits) noexcept {
  if (text.size() < at + digits) return -1;
  int number = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::int64_t minutes_of(chrono::sys_days day) noexcept { return std::int64_t{day.time_since_epoch().count()} * minutes_a_day; }

chrono::sys_days day_of(std::int64_t minutes) noexcept {
  const std::int64_t days = minutes >= 0 ? minutes / minutes_a_day : (minutes - minutes_a_day + 1) / minutes_a_day;
  return chrono::sys_days{chrono::days{static_cast<int>(days)}};
}

// "Thh:mm", perhaps with seconds and a zone: minutes of that day, by the clock that is written.
std::optional<std::int64_t> time_in(std::string_view text) noexcept {
  const int hour = number_at(text, 1, 2);
  const int minute = number_at(text, 4, 2);
  if (text[0] != 'T' || text.size() < 6 || text[3] != ':' || hour < 0 || hour > 24 || minute < 0 || minute > 59) return {};
  return hour * 60 + minute;
}

// Whole months and the part of one that has begun.
Exact months_between(chrono::sys_days from, chrono::sys_days to) noexcept {
  const chrono::year_month_day born{from};
  const auto birthday = [&](int months) {
    const chrono::year_month_day day = born + chrono::months{months};
    return day.ok() ? chrono::sys_days{day} : chrono::sys_days{day.year() / day.month() / chrono::last} + chrono::days{1};
  };
  const chrono::year_month_day now{to};
  int months = (static_cast<int>(now.year()) - static_cast<int>(born.year())) * 12 +
               (static_cast<int>(static_cast<unsigned>(now.month())) - static_cast<int>(static_cast<unsigned>(born.month())));
  if (birthday(months) > to) --months;
  const auto begun = (to - birthday(months)).count();
  const auto length = (birthday(months + 1) - birthday(months)).count();
  return Exact::add(months, Exact::ratio(begun, length), Rounding::down);
}

}  // namespace

chrono::sys_days Moment::first_day() const noexcept { return day_of(first); }
chrono::sys_days Moment::last_day() const noexcept { return day_of(last); }

std::optional<Moment> read_moment(std::string_view text) noexcept {
  const int year = number_at(text, 0, 4);
  if (year < 1) return {};
  const auto of_days = [](chrono::sys_days first, chrono::sys_days last) {
    return Moment{minutes_of(first), minutes_of(last) + minutes_a_day - 1};
  };
  const chrono::year y{year};
  if (text.size() == 4) return of_days(y / 1 / 1, y / 12 / 31);
  const int month = number_at(text, 5, 2);
  if (text[4] != '-' || month < 1 || month > 12) return {};
  const chrono::year_month ym = y / month;
  if (text.size() == 7) return of_days(ym / 1, ym / chrono::last);
  const int day = number_at(text, 8, 2);
  if (text[7] != '-' || day < 1) return {};
  const chrono::year_month_day ymd = ym / day;
  if (!ymd.ok()) return {};
  if (text.size() == 10) return of_days(ymd, ymd);
  const std::optional<std::int64_t> time = time_in(text.substr(10));
  if (!time) return {};
  const std::int64_t minute = minutes_of(ymd) + *time;
  return Moment{minute, minute};
}

std::optional<Interval<Age>> age_on(chrono::sys_days day, const Moment& born) noexcept {
  if (born.first_day() > day) return {};
  const auto age = [&](chrono::sys_days birthday) { return Age{months_between(birthday, day), units::mo}; };
  return Interval<Age>{age(std::min(born.last_day(), day)), age(born.first_day())};
}

}  // namespace magnesia::fhir
