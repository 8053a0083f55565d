// Looking into the knowledge: what it holds, under which names.
#include <algorithm>
#include <tuple>

#include "base/characters.hpp"
#include "knowledge/documents.hpp"
#include "magnesia/knowledge.hpp"

namespace magnesia {

using base::is_digit;
using knowledge::Documents;
using knowledge::Item;

namespace {

// As names are folded, but of any length: titles are longer than names.
std::string folded(std::string_view text) {
  constexpr std::size_t piece = base::longest_name / 2;  // a character becomes two at most
  std::string out;
  while (!text.empty()) {
    std::size_t end = std::min(piece, text.size());
    for (int back = 0; back < 3 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U; ++back) --end;
    char buffer[base::longest_name];
    out.append(buffer, base::fold(text.substr(0, end), buffer));
    text.remove_prefix(end);
  }
  return out;
}

// A letter, a digit, a letter or digit, and up to four more: "n18", "e8342", "s72001a".
bool is_icd10(std::string_view text) noexcept {
  return text.size() >= 3 && text.size() <= 7 && !is_digit(text[0]) && is_digit(text[1]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); });
}

}  // namespace

std::vector<Knowledge::Entry> Knowledge::list() const {
  std::vector<Entry> all;
  const Documents documents{*base_};
  for (const Item& item : documents.items())
    all.push_back({std::string{item.kind}, std::string{item.id}, std::string{item.name}});
  return all;
}

std::optional<std::string> Knowledge::document_of(std::string_view kind, std::string_view id) const {
  const Documents documents{*base_};
  const Item* const item = documents.find(kind, id);
  return item == nullptr ? std::nullopt : std::optional{std::string{documents.written(*item)}};
}

std::vector<Knowledge::Match> Knowledge::find(std::string_view text) const {
  std::vector<Match> all;
  const std::string wanted = folded(text);
  if (wanted.empty()) return all;
  const bool only_digits = std::all_of(wanted.begin(), wanted.end(), is_digit);
  constexpr std::string_view icd10 = "icd10cm";
  const std::string_view icd10_code = std::string_view{wanted}.substr(wanted.starts_with(icd10) ? icd10.size() : 0);
  const base::ConceptId covers = is_icd10(icd10_code) ? base_->conditions.by_code(icd10, icd10_code) : base::no_concept;
  const Documents documents{*base_};
  for (const Item& item : documents.items()) {
    std::optional<Match> best;
    const auto take = [&](Match::How how, std::string by) {
      if (best && best->how <= how) return;
      best = Match{{std::string{item.kind}, std::string{item.id}, std::string{item.name}}, std::move(by), how};
    };
    auto by_name = [&](std::string_view name) {
      const std::string known = folded(name);
      if (known == wanted)
        take(Match::How::exact, std::string{name});
      else if (known.starts_with(wanted))
        take(Match::How::begins, std::string{name});
      else if (known.find(wanted) != std::string::npos)
        take(Match::How::within, std::string{name});
    };
    auto by_code = [&](std::string_view system, std::string_view code) {
      const std::string known = folded(code);
      const auto shown = [&] { return std::string{system} + ' ' + std::string{code}; };
      if (known == wanted || folded(system) + known == wanted)
        take(Match::How::exact, shown());
      else if (!only_digits && known.starts_with(wanted))  // so that "4" does not bring every identifier that begins with it
        take(Match::How::begins, shown());
      else if (system == icd10 && covers != base::no_concept && item.kind == "condition" &&
               base_->conditions[covers].id == item.id && icd10_code.starts_with(known))
        take(Match::How::below_code, shown());
    };
    by_name(item.id);
    knowledge::for_each_name(*item.node, by_name);
    by_name(knowledge::text_member(*item.node, "title"));
    by_name(knowledge::text_member(*item.node, "identifier"));
    knowledge::for_each_code(*item.node, by_code);
    if (best) all.push_back(*std::move(best));
  }
  std::stable_sort(all.begin(), all.end(), [](const Match& a, const Match& b) { return a.how < b.how; });
  return all;
}

}  // namespace magnesia
