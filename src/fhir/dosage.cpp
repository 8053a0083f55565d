#include "fhir/dosage.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "magnesia/sig.hpp"

namespace magnesia::fhir {
namespace {

constexpr std::size_t most_times = 48;

// ---- How often ----

struct PeriodUnit {
  std::string_view code;
  Exact days;
};
const std::array<PeriodUnit, 7> period_units{{{"s", Exact::ratio(1, 86'400)},
                                              {"min", Exact::ratio(1, 1440)},
                                              {"h", Exact::ratio(1, 24)},
                                              {"d", 1},
                                              {"wk", 7},
                                              {"mo", 30},
                                              {"a", 365}}};

std::optional<Exact> number_of(const Node& object, std::string_view key) {
  const Node* const member = object.find(key);
  if (member == nullptr || member->type() != Type::number || member->faulty()) return {};
  const Result<Exact> value = Exact::parse(member->text());
  if (!value) return {};
  return *value;
}

std::optional<std::uint8_t> days_of(const Node& repeat) {
  constexpr std::array<std::string_view, 7> names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  const Node* const list = repeat.find("dayOfWeek");
  if (list == nullptr) return Schedule::every_day;
  unsigned days = 0;
  if (list->type() != Type::array) return {};
  for (const Node& day : list->children()) {
    const auto* const at = std::find(names.begin(), names.end(), day.text());
    if (at == names.end()) return {};
    days |= 1U << (at - names.begin());
  }
  if (days == 0) return {};
  return static_cast<std::uint8_t>(days);
}

// The next whole number from a ratio up.
Exact whole(Exact value) {
  const Exact near = value.rounded_to(1);
  return near < value ? Exact::add(near, 1, Rounding::up) : near;
}

// Doses on a day on which it is taken. None: not told; a repeat without a period tells nothing.
struct Often {
  std::optional<Exact> doses;
  std::optional<Exact> hours_apart;
  bool daily = false;  ///< on each of the days
  bool exact = true;   ///< told as one figure
};

Often how_often(const Node& repeat, std::uint8_t days) {
  Often often;
  const std::optional<Exact> period = number_of(repeat, "period");
  const std::string_view unit_code = text_of(repeat, "periodUnit");
  const auto* const unit =
      std::find_if(period_units.begin(), period_units.end(), [&](const PeriodUnit& one) { return one.code == unit_code; });
  if (!period || unit == period_units.end() || *period <= Exact{}) return often;
  const std::optional<Exact> least = number_of(repeat, "frequency");
  if (repeat.find("frequency") != nullptr && !least) return often;
  const std::optional<Exact> most = number_of(repeat, "frequencyMax");
  const Exact frequency = std::max(least.value_or(1), most.value_or(0));
  if (frequency <= Exact{}) return often;
  often.exact = !most && repeat.find("periodMax") == nullptr;

  const Exact a_day = Exact::divide(frequency, Exact::multiply(*period, unit->days, Rounding::up), Rounding::up);
  often.daily = a_day >= Exact{1};
  often.doses = often.daily ? whole(a_day) : Exact{1};
  if (unit->code == "h" && frequency == Exact{1}) often.hours_apart = *period;
  if (unit->code == "wk" && *period == Exact{1} && days != Schedule::every_day) {
    often.doses = whole(Exact::divide(frequency, std::popcount(static_cast<unsigned>(days)), Rounding::up));
    often.daily = true;
  }
  return often;
}

// ---- When ----

// A code of EventTiming that goes by an hour of the day, in the words of read_anchored_time(); "meals": by all three of them.
struct Event {
  std::string_view code;
  std::string_view preposition;
  std::string_view hour;
};
constexpr std::array<Event, 14> events{{{"HS", "at", "bedtime"},
                                        {"WAKE", "on", "waking"},
                                        {"C", "with", "meals"},
                                        {"CM", "with", "breakfast"},
                                        {"CD", "with", "lunch"},
                                        {"CV", "with", "dinner"},
                                        {"AC", "before", "meals"},
                                        {"ACM", "before", "breakfast"},
                                        {"ACD", "before", "lunch"},
                                        {"ACV", "before", "dinner"},
                                        {"PC", "after", "meals"},
                                        {"PCM", "after", "breakfast"},
                                        {"PCD", "after", "lunch"},
                                        {"PCV", "after", "dinner"}}};
constexpr std::array<std::string_view, 3> meals{"breakfast", "lunch", "dinner"};

// One that goes by a part of the day, early or late in it.
struct DayPart {
  std::string_view code;
  PartOfDay part;
};
constexpr std::array<DayPart, 5> parts{{{"MORN", PartOfDay::morning},
                                        {"NOON", PartOfDay::noon},
                                        {"AFT", PartOfDay::afternoon},
                                        {"EVE", PartOfDay::evening},
                                        {"NIGHT", PartOfDay::night}}};

struct Events {
  Schedule schedule;   ///< times and with_food
  bool meals = false;  ///< a code stands for all meals: its doses are counted elsewhere
  const Node* unknown = nullptr;
};

Events read_events(const Node& when, const Node& repeat, const Day& day) {
  Events read;
  const std::optional<Exact> offset = number_of(repeat, "offset");
  const auto add = [&](std::string_view preposition, std::string_view hour) {
    std::string words{preposition};
    if (offset && (preposition == "before" || preposition == "after")) words = offset->decimal(0) + " minutes " + words;
    const std::optional<AnchoredTime> anchored = read_anchored_time(words + ' ' + std::string{hour});
    if (!anchored) return false;
    if (const std::optional<TimeOfDay> time = time_of(*anchored, day))
      read.schedule.times.push_back(*time);
    else
      read.schedule.within.push_back(time_within(*anchored, day));
    return true;
  };
  std::size_t with = 0;
  std::size_t before = 0;
  std::size_t all = 0;
  for (const Node& one : when.children()) {
    ++all;
    const std::string_view code = one.text();
    const auto* const event = std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.code == code; });
    const auto* const part =
        std::find_if(parts.begin(), parts.end(), [&](const DayPart& p) { return p.code == code.substr(0, code.find('.')); });
    bool known = true;
    if (event != events.end()) {
      const bool is_meal = event->preposition == "with" || event->preposition == "after";
      with += is_meal ? 1U : 0U;
      before += event->preposition == "before" ? 1U : 0U;
      if (event->hour == "meals") {
        read.meals = true;
        for (const std::string_view meal : meals) known = add(event->preposition, meal) && known;
      } else {
        known = add(event->preposition, event->hour);
      }
    } else if (part != parts.end()) {
      read.schedule.within.push_back({span_of(part->part), {}});
    } else {
      known = false;
    }
    if (!known && read.unknown == nullptr) read.unknown = &one;
  }
  if (all > 0 && (with == all || before == all)) read.schedule.with_food = with == all;
  return read;
}

std::optional<TimeOfDay> time_of_day(const Node& node) {
  const std::string_view text = node.text();
  if (node.type() != Type::string || text.size() < 5 || text[2] != ':') return {};
  int digits[4] = {};
  constexpr std::array<std::size_t, 4> at{0, 1, 3, 4};
  for (std::size_t i = 0; i < at.size(); ++i) {
    const char c = text[at[i]];
    if (c < '0' || c > '9') return {};
    digits[i] = c - '0';
  }
  const int hours = digits[0] * 10 + digits[1];
  const int minutes = digits[2] * 10 + digits[3];
  if (hours > 23 || minutes > 59) return {};
  return TimeOfDay{hours * 60 + minutes};
}

Exact doses_in(const Schedule& schedule) { return Exact{static_cast<std::int64_t>(schedule.timed_doses())}; }

void read_repeat(const Node& repeat, const Day& day, Dosage& into) {
  const auto unknown = [&](const Node& at, std::string_view expected) { into.open.push_back({&at, expected}); };
  Schedule& schedule = into.schedule;
  if (const Node* const bounds = object_of(repeat, "boundsPeriod")) {
    into.begins = read_moment(text_of(*bounds, "start"));
    into.ends = read_moment(text_of(*bounds, "end"));
  }
  const std::optional<std::uint8_t> days = days_of(repeat);
  if (!days) unknown(*repeat.find("dayOfWeek"), "days of the week, mon to sun");
  schedule.days = days.value_or(Schedule::every_day);
  const Often often = how_often(repeat, schedule.days);
  if (!often.exact) unknown(repeat, "one figure for how often: the greater one is counted");

  const Node* const clock = repeat.find("timeOfDay");
  const Node* const when = repeat.find("when");
  Schedule told;  // by times or events
  if (clock != nullptr && when != nullptr) return unknown(*when, "either times of day or events of the day");
  if (clock != nullptr && clock->type() == Type::array) {
    for (const Node& one : clock->children()) {
      const std::optional<TimeOfDay> time = time_of_day(one);
      if (!time) return unknown(one, "a time of day, 00:00 to 23:59");
      told.times.push_back(*time);
    }
    if (told.times.empty() || told.times.size() > most_times) return unknown(*clock, "1 to 48 times of day");
  } else if (when != nullptr && when->type() == Type::array) {
    Events read = read_events(*when, repeat, day);
    if (read.unknown != nullptr) return unknown(*read.unknown, "an event code of FHIR such as ACM, CV or HS");
    schedule.with_food = read.schedule.with_food;
    const bool other_count = often.doses && *often.doses != doses_in(read.schedule);
    if (read.meals && (!often.doses || other_count)) {  // which of the meals is not told
      unknown(*when, "which meals");
      read.schedule.times.clear();
      read.schedule.within.clear();
    }
    told = std::move(read.schedule);
  }
  if (told.timed_doses() > 0) {
    if (often.doses && *often.doses != doses_in(told)) return unknown(repeat, "as many times as \"frequency\" says");
    std::sort(told.times.begin(), told.times.end());
    schedule.times = std::move(told.times);
    schedule.within = std::move(told.within);
    return;
  }
  if (!often.doses || *often.doses > Exact{static_cast<std::int64_t>(most_times)})
    return unknown(repeat, "how often, up to 48 times a day");
  schedule.doses_per_day = *often.doses;
  if (often.hours_apart) into.min_spacing = Duration{*often.hours_apart, units::h};
}

// Codes of GTSAbbreviation that a sig writes in another way.
std::string_view as_sig(std::string_view code) {
  constexpr std::array<std::array<std::string_view, 2>, 5> same{
      {{"AM", "QAM"}, {"PM", "QPM"}, {"BED", "QHS"}, {"WK", "QWK"}, {"MO", "QMO"}}};
  for (const auto& [abbreviation, sig] : same)
    if (abbreviation == code) return sig;
  return code;
}

bool take_sig(std::string_view text, const Day& day, Dosage& into) {
  const Result<Sig> sig = read_sig(text, day);
  if (!sig) return false;
  const bool as_needed = into.schedule.as_needed || sig->schedule.as_needed;
  into.schedule = sig->schedule;
  into.schedule.as_needed = as_needed;
  into.min_spacing = sig->min_spacing;
  return true;
}

}  // namespace

void read_timing(const Node& timing, const Day& day, Dosage& into) {
  if (timing.find("modifierExtension") != nullptr) {
    into.open.push_back({&timing, "a timing without an extension that changes it"});
  } else if (const Node* const repeat = object_of(timing, "repeat");
             repeat != nullptr && (repeat->find("period") != nullptr || repeat->find("timeOfDay") != nullptr ||
                                   repeat->find("when") != nullptr || repeat->find("dayOfWeek") != nullptr)) {
    read_repeat(*repeat, day, into);
  } else {
    if (repeat != nullptr)
      if (const Node* const bounds = object_of(*repeat, "boundsPeriod")) {
        into.begins = read_moment(text_of(*bounds, "start"));
        into.ends = read_moment(text_of(*bounds, "end"));
      }
    const Node* const code = object_of(timing, "code");
    bool read = false;
    if (code != nullptr) {
      each_of(*code, "coding", [&](const Node& coding) {
        if (!read) read = take_sig(as_sig(text_of(coding, "code")), day, into);
      });
      if (!read) read = take_sig(text_of(*code, "text"), day, into);
    }
    if (!read) into.open.push_back({&timing, "a repeat, or a code such as BID or Q8H"});
  }
}

std::optional<Dosage::Open> read_amount(const Node& quantity, const Codes& codes, DoseAmount& into) {
  const auto unknown = [&](std::string_view expected) { return Dosage::Open{&quantity, expected}; };
  const std::optional<Exact> value = number_of(quantity, "value");
  if (!value || *value <= Exact{} || quantity.find("comparator") != nullptr) return unknown("one amount above 0");
  const std::string_view code = text_of(quantity, "code");
  const std::string_view unit = text_of(quantity, "unit");
  if (code.empty() && unit.empty()) return unknown("a unit: tablet, mg, mL, mmol or meq");
  for (const std::string_view word : {code, unit}) {
    if (word.empty()) continue;
    if (codes.is_unit_of_dose(word)) {
      into.units = *value;
      return {};
    }
    const Result<FoundUnit> found = find_unit(word);
    if (!found) continue;
    const auto as = [&]<class Q>(Q) { return Q{*value, {found->ucum, found->factor}}; };
    switch (found->dimension) {
      case Dimension::mass: into.mass = as(Mass{}); return {};
      case Dimension::volume: into.volume = as(Volume{}); return {};
      case Dimension::substance: into.elemental = elemental_mass_of(as(Substance{})); return {};
      case Dimension::charge: into.elemental = elemental_mass_of(substance_of(as(Charge{}))); return {};
      default: break;
    }
  }
  return unknown("a unit: tablet, mg, mL, mmol or meq");
}

namespace {

bool is_alike(const DoseAmount& a, const DoseAmount& b) noexcept {
  return a.units.has_value() == b.units.has_value() && a.mass.has_value() == b.mass.has_value() &&
         a.elemental.has_value() == b.elemental.has_value() && a.volume.has_value() == b.volume.has_value();
}

// A range of amounts: without its lower end, anything up to the upper one.
std::optional<Dosage::Open> read_range(const Node& range, const Codes& codes, Dosage& into) {
  const Node* const low = object_of(range, "low");
  const Node* const high = object_of(range, "high");
  if (high == nullptr) return Dosage::Open{&range, "the most that a dose is"};
  DoseAmount least;
  DoseAmount most;
  if (auto open = read_amount(*high, codes, most)) return open;
  if (low != nullptr) {
    if (auto open = read_amount(*low, codes, least)) return open;
    if (!is_alike(least, most)) return Dosage::Open{&range, "both ends of the range in one kind of unit"};
  }
  into.amount = least;
  into.most = most;
  return {};
}

}  // namespace

Dosage read_dosage(const Node& dosage, const Day& day, const Codes& codes) {
  Dosage read;
  const auto unknown = [&](const Node& at, std::string_view expected) { read.open.push_back({&at, expected}); };
  read.route = object_of(dosage, "route");
  if (dosage.find("modifierExtension") != nullptr) {
    unknown(dosage, "an instruction without an extension that changes it");
    return read;
  }
  const Node* const as_needed = dosage.find("asNeededBoolean");
  read.schedule.as_needed = (as_needed != nullptr && as_needed->is_true()) || dosage.find("asNeededCodeableConcept") != nullptr;

  if (const Node* const timing = object_of(dosage, "timing")) {
    const bool needed = read.schedule.as_needed;
    read_timing(*timing, day, read);
    read.schedule.as_needed = read.schedule.as_needed || needed;
  } else if (const std::string_view text = text_of(dosage, "text"); text.empty() || !take_sig(text, day, read)) {
    unknown(dosage, "a timing, or a text in the usual abbreviations such as \"BID PC\"");
  }

  std::size_t doses = 0;
  const Node* dose = nullptr;
  const Node* range = nullptr;
  const auto see = [&](const Node& holder, std::string_view key, const Node*& as) {
    if (const Node* const one = object_of(holder, key)) {
      as = one;
      ++doses;
    }
  };
  each_of(dosage, "doseAndRate", [&](const Node& one) {
    see(one, "doseQuantity", dose);
    see(one, "doseRange", range);
    if (one.find("rateQuantity") != nullptr || one.find("rateRatio") != nullptr || one.find("rateRange") != nullptr) doses += 2;
  });
  see(dosage, "doseQuantity", dose);
  see(dosage, "dose", dose);
  if (doses == 1)
    read.amount_open = dose != nullptr ? read_amount(*dose, codes, read.amount) : read_range(*range, codes, read);
  else
    read.amount_open = Dosage::Open{&dosage, doses == 0 ? "the amount of a dose" : "one amount of a dose"};
  return read;
}

}  // namespace magnesia::fhir
