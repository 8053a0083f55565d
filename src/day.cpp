#include "magnesia/day.hpp"

#include <algorithm>
#include <array>

namespace magnesia {

namespace {

constexpr int minutes_a_day = 1440;
constexpr std::array<std::string_view, anchor_count> anchor_names{"wake", "breakfast", "lunch", "dinner", "bed"};

// The next word of a text whose words stand one blank apart.
std::string_view take_word(std::string_view& text) noexcept {
  const std::size_t blank = text.find(' ');
  const std::string_view word = text.substr(0, blank);
  text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  return word;
}

std::optional<int> small_number(std::string_view digits) noexcept {
  if (digits.empty() || digits.size() > 3) return {};
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + (c - '0');
  }
  return number;
}

bool is_meal(Anchor anchor) noexcept {
  return anchor == Anchor::breakfast || anchor == Anchor::lunch || anchor == Anchor::dinner;
}

constexpr int wrapped(int minutes) noexcept { return (minutes % minutes_a_day + minutes_a_day) % minutes_a_day; }

// Minutes from one hour of the day to another, going forward; of the same hour, a whole day.
constexpr int forward(int from, int to) noexcept { return wrapped(to - from - 1) + 1; }

// The hours that are known follow one another as a day goes.
bool in_order(const Day& day) noexcept {
  int first = -1;
  int last = -1;
  int sum = 0;
  for (std::size_t i = 0; i < anchor_count; ++i) {
    const TimeOfDay* const hour = hour_of(day, static_cast<Anchor>(i)).if_known();
    if (hour == nullptr) continue;
    if (first < 0)
      first = hour->minutes;
    else
      sum += wrapped(hour->minutes - last);
    last = hour->minutes;
  }
  return sum < minutes_a_day;
}

// The next hour that is known, going on from an anchor or back; none where no other is.
const TimeOfDay* neighbour(const Day& day, Anchor of, bool later, bool (*counts)(Anchor)) noexcept {
  for (std::size_t away = 1; away < anchor_count; ++away) {
    const std::size_t at = static_cast<std::size_t>(of) + (later ? away : anchor_count - away);
    const auto anchor = static_cast<Anchor>(at % anchor_count);
    const TimeOfDay* const hour = hour_of(day, anchor).if_known();
    if (hour != nullptr && counts(anchor)) return hour;
  }
  return nullptr;
}

bool is_any(Anchor) noexcept { return true; }
bool is_no_meal(Anchor anchor) noexcept { return !is_meal(anchor); }

std::optional<Anchor> anchor_called(std::string_view word) noexcept {
  if (word == "waking") return Anchor::wake;
  if (word == "bedtime") return Anchor::bed;
  return anchor_named(word);
}

}  // namespace

std::string name(TimeOfDay time) {
  const auto two_digits = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (time.minutes < 0) return std::to_string(time.minutes) + " min";  // no time of day, but it can stand in a message
  return two_digits(time.minutes / 60) + ':' + two_digits(time.minutes % 60);
}

std::string_view name(Anchor anchor) noexcept { return anchor_names[static_cast<std::size_t>(anchor)]; }

std::optional<Anchor> anchor_named(std::string_view text) noexcept {
  const auto* const found = std::find(anchor_names.begin(), anchor_names.end(), text);
  if (found == anchor_names.end()) return {};
  return static_cast<Anchor>(found - anchor_names.begin());
}

const Fact<TimeOfDay>& hour_of(const Day& day, Anchor anchor) noexcept {
  switch (anchor) {
    case Anchor::wake: return day.wake;
    case Anchor::breakfast: return day.breakfast;
    case Anchor::lunch: return day.lunch;
    case Anchor::dinner: return day.dinner;
    case Anchor::bed: break;
  }
  return day.bed;
}

std::optional<AnchoredTime> read_anchored_time(std::string_view text) noexcept {
  constexpr int most = 12 * 60;
  AnchoredTime read;
  std::string_view word = take_word(text);
  if (const std::optional<int> number = small_number(word)) {
    const std::string_view unit = take_word(text);
    const bool hours = unit == "h" || unit == "hour" || unit == "hours";
    if (!hours && unit != "min" && unit != "minute" && unit != "minutes") return {};
    read.offset = *number * (hours ? 60 : 1);
    if (read.offset > most) return {};
    word = take_word(text);
    if (word == "before")
      read.offset = -read.offset;
    else if (word != "after")
      return {};
  } else if (word == "before" || word == "after") {
    read.offset = word == "before" ? -most : 0;
    read.width = most;
  } else if (word != "on" && word != "at" && word != "with") {
    return {};
  }
  const std::optional<Anchor> anchor = anchor_called(text);
  if (!anchor || (word == "with" && !is_meal(*anchor)) || (word == "on" && *anchor != Anchor::wake)) return {};
  read.anchor = *anchor;
  read.with_meal = word == "with";
  return read;
}

std::optional<TimeOfDay> time_of(const AnchoredTime& anchored, const Day& day) noexcept {
  const TimeOfDay* const hour = hour_of(day, anchored.anchor).if_known();
  if (hour == nullptr || anchored.width != 0) return {};
  const int minutes = hour->minutes + anchored.offset;
  if (minutes < 0 || minutes >= minutes_a_day) return {};
  return TimeOfDay{minutes};
}

TimeSpan span_of(PartOfDay part) noexcept {
  constexpr auto hours = [](int from, int to) { return TimeSpan{{from * 60}, {to * 60}}; };
  switch (part) {
    case PartOfDay::morning: return hours(0, 12);
    case PartOfDay::noon: return hours(11, 14);
    case PartOfDay::afternoon: return hours(12, 19);
    case PartOfDay::evening: return {{16 * 60}, any_time.to};
    case PartOfDay::night: break;
  }
  return hours(18, 8);
}

std::optional<PartOfDay> read_part_of_day(std::string_view text) noexcept {
  static constexpr std::array<std::string_view, 5> words{"in the morning", "around noon", "in the afternoon", "in the evening",
                                                         "at night"};
  const auto* const found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) return {};
  return static_cast<PartOfDay>(found - words.begin());
}

TimeWithin time_within(const AnchoredTime& anchored, const Day& day) noexcept {
  const TimeOfDay* const known = hour_of(day, anchored.anchor).if_known();
  TimeWithin within{any_time, {}};
  if (known == nullptr) within.by = anchored;
  const bool ordered = in_order(day);
  const TimeOfDay* const earlier = ordered ? neighbour(day, anchored.anchor, false, is_any) : nullptr;
  const TimeOfDay* const later = ordered ? neighbour(day, anchored.anchor, true, is_any) : nullptr;
  int from = 0;    // of the hour itself
  int length = 0;  // minutes that it may be later
  if (known != nullptr) {
    from = known->minutes;
  } else if (earlier != nullptr && later != nullptr) {
    from = earlier->minutes;
    length = forward(earlier->minutes, later->minutes);
  } else {
    return within;
  }
  // A dose before a meal is after the meal before it; but one before bedtime may be before dinner too.
  auto* const counts = is_meal(anchored.anchor) ? is_any : is_no_meal;
  const TimeOfDay* const first = ordered ? neighbour(day, anchored.anchor, false, counts) : nullptr;
  const TimeOfDay* const last = ordered ? neighbour(day, anchored.anchor, true, counts) : nullptr;
  int before = -anchored.offset;
  int after = anchored.offset + anchored.width;
  if (anchored.width > 0 && first != nullptr) before = std::min(before, wrapped(from - first->minutes));
  if (anchored.width > 0 && last != nullptr) after = std::min(after, wrapped(last->minutes - from - length));
  if (before + length + after >= minutes_a_day - 1) return within;
  within.span = {{wrapped(from - before)}, {wrapped(from + length + after)}};
  return within;
}

Schedule sometime(const std::vector<TimeSpan>& spans) {
  Schedule schedule;
  for (const TimeSpan& span : spans) schedule.within.push_back({span, {}});
  return schedule;
}

}  // namespace magnesia
