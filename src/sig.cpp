#include "magnesia/sig.hpp"

#include <algorithm>
#include <array>

namespace magnesia {

namespace {

constexpr std::size_t longest = 200;
constexpr std::string_view known_abbreviations =
    "QD, QDAY, DAILY, BID, TID, QID, QOD, QWK, QMO, Q1H to Q24H, QAM, QPM, QHS, HS, AC, PC, CC or PRN";

struct Count {
  std::string_view abbreviation;
  Exact per_day;
};
// A dose on some days only is one dose on each of those days.
const std::array<Count, 9> counts{
    {{"QD", 1}, {"QDAY", 1}, {"DAILY", 1}, {"BID", 2}, {"TID", 3}, {"QID", 4}, {"QOD", 1}, {"QWK", 1}, {"QMO", 1}}};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The hours of "Q8H".
int hours_between(std::string_view word) {
  if (word.size() < 3 || word.size() > 4 || word.front() != 'Q' || word.back() != 'H') return 0;
  int hours = 0;
  for (const char c : word.substr(1, word.size() - 2)) {
    if (c < '0' || c > '9') return 0;
    hours = hours * 10 + (c - '0');
  }
  return hours <= 24 ? hours : 0;
}

struct Reading {
  Sig sig;
  const Day& day;
  Error error;

  bool fail(ErrorKind kind, std::size_t at, std::string_view word, std::string_view expected) {
    error = {kind, "byte " + std::to_string(at), excerpt(word), std::string{expected}};
    return false;
  }
  bool count(Exact per_day, std::size_t at, std::string_view word) {
    if (const Exact* const already = sig.schedule.doses_per_day.if_known(); already != nullptr && *already != per_day)
      return fail(ErrorKind::conflict, at, word, "one way to say how often");
    sig.schedule.doses_per_day = per_day;
    return true;
  }
  bool within(TimeWithin dose, std::size_t at, std::string_view word) {
    const auto& all = sig.schedule.within;
    if (std::find(all.begin(), all.end(), dose) != all.end())
      return fail(ErrorKind::conflict, at, word, "each part of the day once");
    sig.schedule.within.push_back(std::move(dose));
    return true;
  }
  bool at_bedtime(std::size_t at, std::string_view word) {
    const TimeOfDay* const bed = day.bed.if_known();
    if (bed == nullptr) return within(time_within({Anchor::bed}, day), at, word);
    if (!sig.schedule.times.empty()) return fail(ErrorKind::conflict, at, word, "bedtime once");
    sig.schedule.times = {*bed};
    return true;
  }
  // Doses whose place in the day is said are as many as are said to be taken.
  bool finish(std::string_view text) {
    const std::size_t timed = sig.schedule.timed_doses();
    if (timed == 0) return true;
    const Exact named{static_cast<std::int64_t>(timed)};
    if (sig.schedule.doses_per_day.value_or(named) != named)
      return fail(ErrorKind::conflict, 0, text, "as many times of day as doses a day");
    sig.schedule.doses_per_day = named;
    return true;
  }
  bool food(bool with, std::size_t at, std::string_view word) {
    if (sig.schedule.with_food.value_or(with) != with) return fail(ErrorKind::conflict, at, word, "either before or with meals");
    sig.schedule.with_food = with;
    return true;
  }
  bool word(std::string_view word, std::size_t at) {
    for (const Count& one : counts)
      if (word == one.abbreviation) return count(one.per_day, at, word);
    if (word == "AC") return food(false, at, word);
    if (word == "PC" || word == "CC") return food(true, at, word);
    if (word == "PRN") return sig.schedule.as_needed = true;
    if (word == "QHS" || word == "HS") return at_bedtime(at, word);
    if (word == "QAM") return within({span_of(PartOfDay::morning), {}}, at, word);
    if (word == "QPM") return within({{span_of(PartOfDay::afternoon).from, any_time.to}, {}}, at, word);
    if (const int hours = hours_between(word); hours > 0) {
      sig.min_spacing = Duration{hours, units::h};
      return count(Exact::ratio(24, hours), at, word);
    }
    return fail(ErrorKind::syntax, at, word, known_abbreviations);
  }
};

}  // namespace

Result<Sig> read_sig(std::string_view text, const Day& day) {
  if (text.size() > longest)
    return Error{ErrorKind::too_large, "byte 200", std::to_string(text.size()) + " bytes", "at most 200"};
  Reading reading{{}, day, {}};
  std::string word;
  bool any = false;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : ' ';
    if (c != ' ' && c != ',' && c != ';' && c != '\t') {
      if (c != '.') word += upper(c);
      continue;
    }
    if (word.empty()) continue;
    if (!reading.word(word, at - word.size())) return std::move(reading.error);
    any = true;
    word.clear();
  }
  if (!reading.finish(text)) return std::move(reading.error);
  if (!any) return Error{ErrorKind::syntax, "byte 0", excerpt(text), std::string{known_abbreviations}};
  return std::move(reading.sig);
}

}  // namespace magnesia
