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
  if (hour == nullptr) return {};
  const int minutes = hour->minutes + anchored.offset;
  if (minutes < 0 || minutes >= minutes_a_day) return {};
  return TimeOfDay{minutes};
}

}  // namespace magnesia
