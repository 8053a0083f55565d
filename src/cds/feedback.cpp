// What clinicians did with cards.
#include <algorithm>

#include "base/characters.hpp"
#include "cds/respond.hpp"
#include "json/parse.hpp"
#include "magnesia/cds_hooks.hpp"

namespace magnesia::cds {

using json::Node;
using json::Type;

namespace {

constexpr std::size_t most_entries = 10'000;

bool all_digits(std::string_view text) noexcept { return !text.empty() && std::all_of(text.begin(), text.end(), base::is_digit); }

int number_of(std::string_view digits) noexcept {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// RFC 3339, section 5.6: "1985-04-12T23:20:50.52Z", with any offset.
bool is_timestamp(std::string_view text) noexcept {
  if (text.size() < 20) return false;
  const auto digits = [&](std::size_t at, std::size_t count) { return all_digits(text.substr(at, count)); };
  const auto sign = [&](std::size_t at, char a, char b) { return text[at] == a || text[at] == b; };
  if (!digits(0, 4) || !sign(4, '-', '-') || !digits(5, 2) || !sign(7, '-', '-') || !digits(8, 2) || !sign(10, 'T', 't') ||
      !digits(11, 2) || !sign(13, ':', ':') || !digits(14, 2) || !sign(16, ':', ':') || !digits(17, 2))
    return false;
  const std::chrono::year_month_day day{std::chrono::year{number_of(text.substr(0, 4))},
                                        std::chrono::month{static_cast<unsigned>(number_of(text.substr(5, 2)))},
                                        std::chrono::day{static_cast<unsigned>(number_of(text.substr(8, 2)))}};
  if (!day.ok() || number_of(text.substr(11, 2)) > 23 || number_of(text.substr(14, 2)) > 59 || number_of(text.substr(17, 2)) > 60)
    return false;
  std::string_view rest = text.substr(19);
  if (rest.front() == '.') {
    const std::size_t end = rest.find_first_not_of("0123456789", 1);
    if (end == std::string_view::npos || end == 1) return false;
    rest.remove_prefix(end);
  }
  if (rest == "Z" || rest == "z") return true;
  return rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && all_digits(rest.substr(1, 2)) && rest[3] == ':' &&
         all_digits(rest.substr(4, 2)) && number_of(rest.substr(1, 2)) < 24 && number_of(rest.substr(4, 2)) < 60;
}

class FeedbackReader {
 public:
  [[nodiscard]] Result<std::vector<Feedback>, Errors> read(const Node& body) {
    const Node* const list = body.type() == Type::object ? body.find("feedback") : nullptr;
    if (list == nullptr) {
      fault(ErrorKind::missing_key, body, "an object with an array \"feedback\"");
    } else if (list->type() != Type::array || list->empty()) {
      fault(ErrorKind::wrong_type, *list, "an array with an entry at least");
    } else {
      for (const Node& one : list->children()) {
        if (all_.size() == most_entries) {
          fault(ErrorKind::too_large, *list, "at most " + std::to_string(most_entries) + " entries");
          break;
        }
        read_entry(one);
      }
    }
    if (!errors_.empty()) return std::move(errors_);
    return std::move(all_);
  }

 private:
  void fault(ErrorKind kind, const Node& at, std::string expected) {
    errors_.push_back({kind, json::pointer(at), json::found(at), std::move(expected)});
  }

  std::string text(const Node& object, std::string_view key, std::string_view expected, bool needed = true) {
    const Node* const member = object.find(key);
    if (member == nullptr) {
      if (needed) errors_.push_back({ErrorKind::missing_key, json::pointer(object, key), "nothing", std::string{expected}});
      return {};
    }
    if (member->type() != Type::string || member->text().empty()) {
      fault(ErrorKind::wrong_type, *member, std::string{expected});
      return {};
    }
    return std::string{member->text()};
  }

  void read_entry(const Node& entry) {
    Feedback& feedback = all_.emplace_back();
    if (entry.type() != Type::object) return fault(ErrorKind::wrong_type, entry, "an object: what was done with a card");
    feedback.card = text(entry, "card", "the uuid of a card");
    const std::string outcome = text(entry, "outcome", "accepted or overridden");
    if (outcome == "accepted")
      feedback.outcome = Feedback::Outcome::accepted;
    else if (outcome != "overridden" && !outcome.empty())
      fault(ErrorKind::unknown_name, *entry.find("outcome"), "accepted or overridden");
    feedback.timestamp = text(entry, "outcomeTimestamp", "a time as RFC 3339 has it, such as 2026-11-25T10:05:31Z");
    if (!feedback.timestamp.empty() && !is_timestamp(feedback.timestamp))
      fault(ErrorKind::syntax, *entry.find("outcomeTimestamp"), "a time as RFC 3339 has it, such as 2026-11-25T10:05:31Z");
    read_suggestions(entry, outcome == "accepted", feedback);
    if (const Node* const reason = entry.find("overrideReason")) read_reason(*reason, feedback);
  }

  void read_suggestions(const Node& entry, bool accepted, Feedback& feedback) {
    constexpr std::string_view expected = "an array of the suggestions that were accepted, each with its uuid as \"id\"";
    const Node* const list = entry.find("acceptedSuggestions");
    if (list == nullptr) {
      if (accepted)
        errors_.push_back(
            {ErrorKind::missing_key, json::pointer(entry, "acceptedSuggestions"), "nothing", std::string{expected}});
      return;
    }
    if (list->type() != Type::array || (accepted && list->empty()))
      return fault(ErrorKind::wrong_type, *list, std::string{expected});
    if (!accepted && !list->empty())
      return fault(ErrorKind::conflict, *list, "no accepted suggestion of a card that was overridden");
    for (const Node& one : list->children()) {
      if (one.type() != Type::object) {
        fault(ErrorKind::wrong_type, one, std::string{expected});
        continue;
      }
      feedback.accepted_suggestions.push_back(text(one, "id", "the uuid of a suggestion"));
    }
  }

  void read_reason(const Node& reason, Feedback& feedback) {
    if (reason.type() != Type::object) return fault(ErrorKind::wrong_type, reason, "an object: a reason, a comment, or both");
    feedback.comment = text(reason, "userComment", "what the clinician wrote", false);
    const Node* const coding = reason.find("reason");
    if (coding == nullptr) {
      if (reason.find("userComment") == nullptr) fault(ErrorKind::missing_key, reason, "a reason, a comment, or both");
      return;
    }
    if (coding->type() != Type::object) return fault(ErrorKind::wrong_type, *coding, "a Coding: \"code\" and \"system\"");
    Feedback::Reason read;
    read.code = text(*coding, "code", "a code");
    read.system = text(*coding, "system", "the system of the code");
    read.display = text(*coding, "display", "the code in words", false);
    feedback.reason = std::move(read);
  }

  std::vector<Feedback> all_;
  Errors errors_;
};

}  // namespace

std::string_view name(Feedback::Outcome outcome) noexcept {
  return outcome == Feedback::Outcome::accepted ? "accepted" : "overridden";
}

Result<std::vector<Feedback>, Response> Service::read_feedback(std::string_view id, std::string_view body) {
  if (!has(id)) return no_such_service();
  json::Parser parser;
  Result<const Node*, Errors> root = parser.parse(body, {.max_bytes = max_bytes});
  if (!root) return refuse_body(body, root.error());
  Result<std::vector<Feedback>, Errors> read = FeedbackReader{}.read(**root);
  if (!read) return refuse(400, read.error());
  return *std::move(read);
}

}  // namespace magnesia::cds
