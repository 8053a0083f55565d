#include "label/pieces.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace magnesia::label {
namespace {

using TokenKind = Token::Kind;
using PieceKind = Piece::Kind;

constexpr std::size_t most_words_in_a_name = 7;

// What amounts stand for until the next such words.
struct Header {
  std::optional<Interval<Exact>> millilitres;
  bool serving = false;
  bool mass = false;
  Fact<Exact> portion;

  [[nodiscard]] bool is_strength() const noexcept { return mass || (millilitres && !serving); }
  void give(Amount& amount) const {
    amount.of_column = true;
    amount.per_millilitres = millilitres;
    amount.serving = serving;
    amount.per_mass = mass;
    amount.portion = portion;
  }
};

class Cutter {
 public:
  Cutter(std::string_view text, const SaltNames& salts) : text_{text}, salts_{salts}, tokens_{tokens_of(text)} {}

  Pieces read() {
    while (at_ < tokens_.all.size()) step();
    end_row();
    spread_concentrations();
    return std::move(pieces_);
  }

 private:
  // "aluminium hydroxide 200 mg, magnesium hydroxide 200 mg, simeticone 20 mg per 5 mL"
  void spread_concentrations() {
    const Amount* last = nullptr;
    for (std::size_t i = pieces_.all.size(); i-- > 0;) {
      Piece& piece = pieces_.all[i];
      if (piece.kind == PieceKind::line) last = nullptr;
      if (piece.kind != PieceKind::amount) continue;
      if (piece.amount.per_millilitres || piece.amount.per_mass) {
        last = &piece.amount;
      } else if (last != nullptr && last->per_millilitres && !piece.amount.of_column) {
        piece.amount.perhaps_per_millilitres = last->per_millilitres;
        piece.amount.serving = last->serving;
      }
    }
  }
  [[nodiscard]] const Token* token(std::size_t i) const noexcept { return i < tokens_.all.size() ? &tokens_.all[i] : nullptr; }
  [[nodiscard]] bool is(std::size_t i, TokenKind kind) const noexcept {
    return i < tokens_.all.size() && tokens_.all[i].kind == kind;
  }
  [[nodiscard]] bool is(std::size_t i, Role role) const noexcept { return is(i, TokenKind::word) && tokens_.all[i].role == role; }
  [[nodiscard]] std::optional<LabelUnit> unit_at(std::size_t i) const noexcept {
    return is(i, TokenKind::word) ? unit_of(tokens_.all[i].folded) : std::nullopt;
  }
  [[nodiscard]] bool unit_of_dose(std::size_t i) const noexcept { return is(i, Role::solid) || is(i, Role::loose); }
  [[nodiscard]] bool touches(std::size_t i) const noexcept { return tokens_.all[i].end == tokens_.all[i + 1].begin; }

  Piece& put(PieceKind kind, std::size_t first, std::size_t after) {
    const bool names = kind == PieceKind::element || kind == PieceKind::salt || kind == PieceKind::other;
    if (kind == PieceKind::line || (names && depth_ == 0)) end_row();
    Piece& piece = pieces_.all.emplace_back();
    piece.kind = kind;
    piece.at = tokens_.all[first].begin;
    piece.end = tokens_.all[after - 1].end;
    at_ = after;
    if (kind == PieceKind::element || kind == PieceKind::salt) of_magnesium_ = true;
    if (kind == PieceKind::element || kind == PieceKind::salt) amount_since_name_ = false;
    if (kind == PieceKind::amount) amount_since_name_ = true;
    if (kind == PieceKind::open) ++depth_;
    if (kind == PieceKind::close && depth_ > 0) --depth_;
    const bool parts = kind == PieceKind::comma || kind == PieceKind::line;
    if (kind == PieceKind::other || (parts && depth_ == 0 && amount_since_name_)) of_magnesium_ = false;
    return piece;
  }
  void put_word(Role role) { put(PieceKind::word, at_, at_ + 1).role = role; }

  void step() {
    const Token& t = tokens_.all[at_];
    switch (t.kind) {
      case TokenKind::word: return word(t);
      case TokenKind::number: return number();
      case TokenKind::open: put(PieceKind::open, at_, at_ + 1); return;
      case TokenKind::close: put(PieceKind::close, at_, at_ + 1); return;
      case TokenKind::line: put(PieceKind::line, at_, at_ + 1); return;
      case TokenKind::colon: put(PieceKind::colon, at_, at_ + 1); return;
      case TokenKind::equals: put_word(Role::provides); return;
      case TokenKind::column: put_word(Role::column); return;
      case TokenKind::comma:
      case TokenKind::plus: put(PieceKind::comma, at_, at_ + 1); return;
      case TokenKind::dash: {
        const bool inside = at_ > 0 && at_ + 1 < tokens_.all.size() && touches(at_ - 1) && touches(at_);
        if (inside)
          ++at_;  // "magnesium-rich"
        else
          put(PieceKind::comma, at_, at_ + 1);
        return;
      }
      case TokenKind::slash:
        if (unit_of_dose(at_ + 1) || (is(at_ + 1, TokenKind::number) && unit_of_dose(at_ + 2)))
          per(at_ + 1);  // "/tablet", "/2 tablets"
        else if (amounts_ && is(at_ + 1, TokenKind::number) && unit_at(at_ + 2))
          put_word(Role::column);  // "125 mg / 375 mg"
        else
          put(PieceKind::comma, at_, at_ + 1);
        return;
      case TokenKind::times:
      case TokenKind::percent: ++at_; return;
    }
  }

  // ---- Names ----

  void word(const Token& t) {
    if (name()) return;
    if (t.role == Role::per) return per(at_ + 1);
    if (t.role == Role::weight) return weight();
    if (t.role == Role::solid) pieces_.solid = true;
    if (unit_of(t.folded) && t.folded != "l" && t.folded != "g") {  // a unit whose number can't be read
      Piece& piece = put(PieceKind::amount, at_, at_ + 1);
      piece.amount.fault = ErrorKind::syntax;
      piece.amount.at = piece.at;
      piece.amount.end = piece.end;
      return;
    }
    if (t.role == Role::none || t.role == Role::modifier)
      put(PieceKind::other, at_, at_ + 1);
    else
      put_word(t.role);
  }

  // "Mg" is the element; "mg" and "MG" are a unit.
  [[nodiscard]] bool is_element(const Token& t) const noexcept {
    return t.role == Role::element && (t.folded != "mg" || text_.substr(t.begin, t.end - t.begin) == "Mg");
  }

  // Index after the i-th further word of a name, or 0: words stand beside each other, or are joined by a hyphen.
  [[nodiscard]] std::size_t next_in_name(std::size_t after) const noexcept {
    if (is(after, TokenKind::dash) && after > 0 && touches(after - 1) && after + 1 < tokens_.all.size() && touches(after))
      ++after;
    return is(after, TokenKind::word) ? after + 1 : 0;
  }
  // The same, where a slash may join them too: "magnesium glycinate/lysinate".
  [[nodiscard]] std::size_t next_beyond_slash(std::size_t after) const noexcept {
    const bool joined = is(after, TokenKind::slash) && touches(after - 1) && after + 1 < tokens_.all.size() && touches(after);
    return joined && is(after + 1, TokenKind::word) ? after + 2 : next_in_name(after);
  }
  [[nodiscard]] std::string_view span(std::size_t first, std::size_t after) const noexcept {
    return text_.substr(tokens_.all[first].begin, tokens_.all[after - 1].end - tokens_.all[first].begin);
  }

  [[nodiscard]] std::optional<NamedSalt> hydrate_of(const NamedSalt& salt, std::string_view water) const {
    return salts_.find_salt(std::string{salt.whole} + ' ' + std::string{water} + "hydrate");
  }
  // Whether a name that is known begins here.
  [[nodiscard]] bool salt_begins(std::size_t first) const {
    std::size_t after = first + 1;
    for (int words = 0; words < 3 && after != 0; ++words, after = next_in_name(after))
      if (salts_.find_salt(span(first, after))) return true;
    return false;
  }

  void put_salt(std::size_t first, std::size_t after, std::string written, const std::optional<NamedSalt>& salt) {
    // What follows and is named as compounds are makes another substance of it: "magnesium citrate malate".
    std::optional<NamedSalt> meant = salt;
    std::size_t end = after;
    for (std::size_t next = next_in_name(end); next != 0; next = next_in_name(end)) {
      const Token& more = tokens_.all[next - 1];
      if (const std::string_view water = water_of(more.folded); !water.empty()) {
        if (meant)  // a salt that is known, though perhaps not by this water
          if (const auto hydrate = hydrate_of(*meant, water)) meant = hydrate;
        end = next;
        after = next;
        continue;
      }
      const bool compound = (more.role == Role::none && ends_like_a_compound(more.folded)) || more.role == Role::modifier;
      if (!compound || salt_begins(next - 1)) break;
      end = next;
    }
    if (end != after) {
      meant.reset();
      written += std::string{text_.substr(tokens_.all[after - 1].end, tokens_.all[end - 1].end - tokens_.all[after - 1].end)};
      // "TRAACS magnesium bisglycinate buffered": without the brand it may be known.
      for (std::size_t begin = first + 1; begin + 1 < end && !meant; ++begin)
        if (is(begin, Role::element)) meant = salts_.find_salt(span(begin, end));
    }
    if (first > 0 && is(first - 1, Role::modifier)) {
      meant.reset();
      written = std::string{span(first - 1, first)} + ' ' + written;
    }
    Piece& piece = put(PieceKind::salt, first, end);
    for (std::size_t i = first; i < end; ++i) piece.salt.weighed = piece.salt.weighed || says_salt(tokens_.all[i].folded);
    piece.salt.name = meant ? std::string{meant->name} : std::move(written);
    piece.salt.salt = meant;
    last_salt_ = piece.salt.name;
  }

  // "++" of "Mg++", "2+" of "Mg 2+".
  void skip_charge() noexcept {
    if (is(at_, TokenKind::number) && is(at_ + 1, TokenKind::plus) && touches(at_) && span(at_, at_ + 1) == "2") ++at_;
    while (is(at_, TokenKind::plus) && touches(at_ - 1)) ++at_;
  }

  bool name() {
    const auto ends_by = [&](auto next, std::size_t(&ends)[most_words_in_a_name]) {
      std::size_t count = 0;
      for (std::size_t after = at_ + 1; after != 0 && count < most_words_in_a_name; after = next(after)) ends[count++] = after;
      return count;
    };
    std::size_t known_ends[most_words_in_a_name];
    std::size_t ends[most_words_in_a_name];
    const std::size_t known = ends_by([&](std::size_t after) { return next_beyond_slash(after); }, known_ends);
    const std::size_t count = ends_by([&](std::size_t after) { return next_in_name(after); }, ends);
    const Token& first = tokens_.all[at_];
    const bool element = is_element(first);
    const bool grammar = first.role != Role::none && first.role != Role::element && first.role != Role::modifier;
    if (!grammar)
      for (std::size_t i = known; i > 0; --i) {
        const std::string_view written = span(at_, known_ends[i - 1]);
        if (element && i == 1) break;
        if (const std::optional<NamedSalt> salt = salts_.find_salt(written)) {
          put_salt(at_, known_ends[i - 1], std::string{written}, salt);
          return true;
        }
      }
    if (element) {
      for (std::size_t i = 1; i < count && i < 3; ++i)  // "magnesium picolinate", "magnesium L-pidolate"
        if (const Token& more = tokens_.all[ends[i] - 1]; more.role == Role::none && ends_like_a_compound(more.folded)) {
          put_salt(at_, ends[i], std::string{span(at_, ends[i])}, std::nullopt);
          return true;
        } else if (more.folded.size() > 2 || (more.role != Role::none && more.role != Role::filler)) {
          break;
        }
      put(PieceKind::element, at_, at_ + 1);
      skip_charge();
      return true;
    }
    if (begins_with_the_element(first.folded)) {
      if (ends_like_a_compound(first.folded))
        put_salt(at_, at_ + 1, std::string{span(at_, at_ + 1)}, std::nullopt);
      else
        put(PieceKind::element, at_, at_ + 1);
      return true;
    }
    if (first.role == Role::none && ends_like_a_compound(first.folded)) {
      if (count >= 3 && is(ends[1] - 1, Role::filler) && is(ends[2] - 1, Role::element)) {  // "pidolate de magnésium"
        put_salt(at_, ends[2], std::string{span(at_, ends[2])}, std::nullopt);
        return true;
      }
      if (const std::string_view water = water_of(first.folded); of_magnesium_ && !water.empty()) {
        const std::optional<NamedSalt> of = salts_.find_salt(last_salt_);  // "magnesium sulfate (heptahydrate)"
        const std::optional<NamedSalt> salt = of ? hydrate_of(*of, water) : std::nullopt;
        if (salt) put_salt(at_, at_ + 1, std::string{salt->name}, salt);
        return salt.has_value();
      }
      if (of_magnesium_) {  // "magnesium (as citrate)"
        const std::string whole = "magnesium " + first.folded;
        put_salt(at_, at_ + 1, whole, salts_.find_salt(whole));
        return true;
      }
    }
    return false;
  }

  // ---- Numbers ----

  // Which of its readings a number has, once its unit is known. Thousands of grams or of millimoles are no dose, so a mark before
  // three figures is decimal there. Elsewhere it is closed only by what is beyond doubt: a comma groups thousands unless the text
  // writes decimal commas; a point groups them where the text writes decimal commas, and else has both readings. The small
  // reading is never taken alone.
  [[nodiscard]] Interval<Exact> reading(const Number& n, bool thousands_are_a_dose) const noexcept {
    const Marks& m = tokens_.marks;
    if (n.open_mark != '\0' && !thousands_are_a_dose) return {n.value.low};
    if (n.open_mark == ',' && !m.decimal_comma) return {n.value.high};
    if (n.open_mark == '.' && !m.decimal_point && (m.decimal_comma || m.grouping_point)) return {n.value.high};
    return n.value;
  }
  // The same, and notes a number that stays open. Its unit is a word, or none.
  Interval<Exact> reading_of(std::size_t at, std::size_t unit, bool thousands_are_a_dose) {
    const Interval<Exact> value = reading(tokens_.all[at].number, thousands_are_a_dose);
    if (value.is_point()) return value;
    const bool united = is(unit, TokenKind::word);
    OpenNumber& open = pieces_.open_numbers.emplace_back();
    open.text = span(at, united ? unit + 1 : at + 1);
    open.small = value.low;
    open.large = value.high;
    if (united) open.unit = span(unit, unit + 1);
    return value;
  }
  // Millimoles in a litre may well be thousands.
  [[nodiscard]] bool a_litre_at(std::size_t i) const noexcept {
    if (!is(i, TokenKind::slash) && !is(i, Role::per)) return false;
    if (is(++i, TokenKind::number)) ++i;
    const std::optional<LabelUnit> unit = unit_at(i);
    return unit && unit->dimension == Dimension::volume && unit->factor >= Exact{1000};
  }

  void number() {
    const std::size_t first = at_;
    std::size_t i = at_;
    Interval<Exact> factor{Exact{1}};
    const auto times = [&](std::size_t at) { return is(at, TokenKind::times) || is(at, Role::times); };
    if (times(i + 1) && is(i + 2, TokenKind::number)) {  // "2 x 200 mg"
      factor = reading_of(i, tokens_.all.size(), true);
      i += 2;
    }
    std::size_t last = i;
    std::size_t unit_index = i + 1;
    if (is(unit_index, TokenKind::dash) && unit_at(unit_index + 1)) ++unit_index;  // "200-mg"
    char joined = '\0';
    const bool dash = is(i + 1, TokenKind::dash) || is(i + 1, Role::range);
    if ((dash || is(i + 1, TokenKind::slash)) && is(i + 2, TokenKind::number)) {  // "200-400 mg", "100/200 mg"
      joined = dash ? '-' : '/';
      last = i + 2;
      unit_index = i + 3;
    }
    if (is(unit_index, TokenKind::percent) || is(unit_index, Role::percent)) {
      at_ = unit_index + 1;
      if (is(at_, Role::elemental)) ++at_;  // "60 % elemental"
      return;
    }
    const std::optional<LabelUnit> unit = unit_at(unit_index);
    if (!unit) return count(first, unit_index);
    const bool small = unit->dimension == Dimension::mass || unit->dimension == Dimension::volume
                           ? unit->factor <= Exact{1}
                           : unit->factor < Exact{1} || a_litre_at(unit_index + 1);
    Interval<Exact> value = reading_of(last, unit_index, small);
    const Number& n = tokens_.all[last].number;
    const Interval<Exact> other = joined == '\0' ? value : reading_of(i, unit_index, small);
    if (joined == '-') value = Interval<Exact>::hull(value, other);
    if (joined == '/') value = {std::min({value.low, other.low, divide(other, value).low}), std::max(value.high, other.high)};
    value = multiply(multiply(value, factor), Interval<Exact>{unit->factor});
    std::size_t after = unit_index + 1;
    if (unit->dimension == Dimension::volume) {
      if (!is(after, Role::pack) && !(first > 0 && is(first - 1, Role::pack))) pieces_.volumes.push_back(value.high);
      if (!is(after, Role::pack) && value.low != value.high) pieces_.volumes.push_back(value.low);
      at_ = after;
      return;
    }
    Amount amount;
    amount.mg = value;
    amount.rounding = Exact::multiply(n.rounding, unit->factor, Rounding::up);
    if (unit->dimension != Dimension::mass) {
      const Exact molar =
          unit->dimension == Dimension::substance ? magnesium_molar_mass : Exact::divide(magnesium_molar_mass, 2, Rounding::up);
      amount.magnesium = true;
      amount.mg = multiply(amount.mg, Interval<Exact>{molar});
      amount.rounding = Exact::multiply(amount.rounding, molar, Rounding::up);
    }
    if (n.unreadable) amount.fault = ErrorKind::out_of_range;
    if (times(after) && is(after + 1, TokenKind::number)) {  // "200 mg x 2": of a dose or of a pack
      amount.mg.high =
          Exact::multiply(amount.mg.high, std::max(Exact{1}, tokens_.all[after + 1].number.value.high), Rounding::up);
      after += 2;
    }
    amount.mg.high = Exact::multiply(amount.mg.high, std::exchange(times_, Exact{1}), Rounding::up);
    after = denominator(amount, after);
    const bool stands_alone = !amount.per_millilitres && !amount.per_mass && !amount.portion.known();
    if (!amount.per_millilitres && header_.millilitres) {
      amount.per_millilitres = header_.millilitres;
      amount.serving = header_.serving;
    }
    amount.per_mass = amount.per_mass || header_.mass;
    if (!amount.portion.known()) amount.portion = header_.portion;
    amount.at = tokens_.all[first].begin;
    amount.end = tokens_.all[unit_index].end;
    put(PieceKind::amount, first, after).amount = amount;
    unit_strength_ = unit_strength_ || is(after, Role::solid);
    pieces_.unit_strength = false;
    column_amounts_ = true;
    amounts_ = true;
    if (stands_alone && !amount.magnesium) row_.push_back(pieces_.all.size() - 1);
  }

  // "mg/l"; the article stands before an apostrophe.
  [[nodiscard]] bool a_litre(std::size_t i) const noexcept {
    const Token& t = tokens_.all[i];
    return t.folded == "l" && (t.end == text_.size() || (text_[t.end] != '\'' && text_.substr(t.end, 3) != "\u2019"));
  }

  // "/5 mL", "per 15 mL", "in 100 g".
  std::size_t denominator(Amount& amount, std::size_t after) {
    std::size_t i = after;
    const bool slash = is(i, TokenKind::slash);
    if (!slash && !is(i, Role::per)) return after;
    while (is(++i, Role::per) || (is(i, Role::filler) && !a_litre(i))) {
    }
    Interval<Exact> many{Exact{1}};
    const bool counted = is(i, TokenKind::number);
    const std::optional<LabelUnit> unit = unit_at(counted ? i + 1 : i);
    if (!unit) return after;
    if (counted) {
      many = reading_of(i, i + 1, unit->factor <= Exact{1});
      ++i;
    }
    if (slash && unit->dimension == Dimension::mass && (unit->factor <= Exact{1} || columns_.size() > 1))
      return after;  // "125 mg / 375 mg": another amount
    if (unit->dimension == Dimension::volume) {
      const Interval<Exact> millilitres = multiply(many, Interval<Exact>{unit->factor});
      if (millilitres.low <= Exact{}) amount.fault = ErrorKind::out_of_range;
      amount.per_millilitres = millilitres;
      amount.serving = !slash && counted && serving(millilitres);
    } else if (unit->dimension == Dimension::mass) {
      const Interval<Exact> portion = multiply(many, Interval<Exact>{unit->factor});
      amount.per_mass = !counted || !serving(portion);
      if (!amount.per_mass) amount.portion = portion.low;
    } else {
      return after;
    }
    return i + 1;
  }
  // One millilitre, 100 and 1,000 are how strengths are given, not how much is taken; so are 1 g, 100 g and 1 kg.
  [[nodiscard]] static bool serving(const Interval<Exact>& of) noexcept {
    constexpr std::array<std::int64_t, 5> strengths{1, 100, 1000, 100'000, 1'000'000};
    return of.is_point() && std::none_of(strengths.begin(), strengths.end(), [&](std::int64_t s) { return of.low == Exact{s}; });
  }

  // Of the words before a count: "take 2 tablets", "take up to 3", "daily 2 sachets".
  [[nodiscard]] bool takes(std::size_t first) const noexcept {
    while (first > 0 && is(first - 1, TokenKind::word)) {
      const Token& before = tokens_.all[--first];
      if (says_take(before.folded) || says_daily(before.folded)) return true;
      if (before.role != Role::filler && before.role != Role::range) return false;
    }
    return false;
  }
  // Of the words behind it: "2 tablets daily", "2 tablets per day".
  [[nodiscard]] bool is_daily(std::size_t next) const noexcept {
    while (is(next, TokenKind::slash) || is(next, Role::per) || is(next, Role::range) ||
           (is(next, Role::filler) && !says_daily(tokens_.all[next].folded)))
      ++next;
    return is(next, TokenKind::word) && says_daily(tokens_.all[next].folded);
  }
  // Whether "2 capsules" head what they hold: "2 capsules (7 g) typically provide", "2 capsules = 400 mg", "2 capsules: 400 mg".
  [[nodiscard]] bool heads(std::size_t next, bool colon) const noexcept {
    if (is(next, TokenKind::open))
      while (next < tokens_.all.size() && !is(next++, TokenKind::close)) {
      }
    for (; is(next, TokenKind::word) && !is(next, Role::element); ++next)
      if (is(next, Role::provides)) return true;
    if (is(next, TokenKind::comma) && is(next + 1, Role::provides)) return true;
    return is(next, TokenKind::equals) || (colon && is(next, TokenKind::colon));
  }
  // Behind "dosage:", "serving of", "Tagesdosis".
  [[nodiscard]] bool behind_serving(std::size_t first) const noexcept {
    if (first > 0 && is(first - 1, TokenKind::colon)) --first;
    while (first > 0 && is(first - 1, Role::filler)) --first;
    return first > 0 && is(first - 1, TokenKind::word) && says_serving(tokens_.all[first - 1].folded);
  }
  // "3 capsules per serving"
  [[nodiscard]] bool per_serving(std::size_t next) const noexcept {
    bool counted = is(next, TokenKind::slash);
    for (next += counted ? 1 : 0; is(next, Role::per) || is(next, Role::filler); ++next) counted = counted || is(next, Role::per);
    return counted && is(next, TokenKind::word) && says_serving(tokens_.all[next].folded);
  }
  // "bottle of 8 capsules", "8 capsules per bottle"
  [[nodiscard]] bool of_pack(std::size_t first, std::size_t next) const noexcept {
    while (first > 0 && (is(first - 1, TokenKind::colon) || is(first - 1, Role::filler))) --first;
    if (first > 0 && is(first - 1, Role::pack)) return true;
    while (is(next, Role::per) || is(next, Role::range) || is(next, Role::filler) || is(next, TokenKind::slash)) ++next;
    return is(next, Role::pack);
  }
  // The most of what is counted from `first` on, before `after`: of "1 to 3", of "1/2"; of "3 x 2", how many at a time.
  [[nodiscard]] Exact most_of(std::size_t first, std::size_t after, bool daily) const noexcept {
    Exact most;
    Exact factor{1};
    bool parted = false;  // "1/2"
    for (std::size_t n = first; n < after; ++n) {
      if (is(n, TokenKind::times) || is(n, Role::times)) {
        if (!daily) factor = std::max(Exact{1}, most);
        most = Exact{};
      }
      if (is(n, TokenKind::slash)) parted = true;
      if (!is(n, TokenKind::number)) continue;
      const Exact value = tokens_.all[n].number.value.high;
      most = parted && most < value && most <= Exact{3} ? Exact{1} : std::max(most, value);
      parted = false;
    }
    return Exact::multiply(most, factor, Rounding::up);
  }
  // Fewer than these may be a dose where no word says so; more are a pack.
  static constexpr Exact smallest_pack{10};

  // Whether a number without a unit may count tablets: "take 2 at night", "2 daily", "tablets x 2", "caps (2)", "2 x", "2
  // magnesium tablets", "2 x magnesium"; and not how often or how long.
  [[nodiscard]] bool is_bare_count(std::size_t first, std::size_t after) const noexcept {
    const auto times = [&](std::size_t i) { return is(i, TokenKind::times) || is(i, Role::times); };
    const auto ends = [&](std::size_t i) {
      return i >= tokens_.all.size() || is(i, TokenKind::close) || is(i, TokenKind::comma) || is(i, TokenKind::line);
    };
    const auto named = [&](std::size_t i) { return !is(i, Role::filler) && names_magnesium(i); };
    const bool begins = first == 0 || !is(first - 1, TokenKind::word) || !says_numbered(tokens_.all[first - 1].folded);
    if (times(after)) {
      const auto daily = [&](std::size_t i) { return is(i, TokenKind::word) && says_daily(tokens_.all[i].folded); };
      const bool praise = is(after + 1, Role::none) && !daily(after + 1) && !daily(after + 2);
      return ends(after + 1) || praise || (begins && named(after + 1));
    }
    if (is(after, TokenKind::word) && says_time(tokens_.all[after].folded)) return false;
    const bool daily = is_daily(after);
    if (first > 0 && times(first - 1)) return !daily && !is(after, TokenKind::slash);  // "x 3 daily"
    if (first > 1 && is(first - 1, TokenKind::open) && is(after, TokenKind::close) && unit_of_dose(first - 2)) return true;
    return daily || takes(first) || (begins && named(after));
  }

  // A number without a unit: how many tablets, or nothing that can be read.
  void count(std::size_t first, std::size_t after) {
    std::size_t i = after;
    if (is(i, TokenKind::dash) && unit_of_dose(i + 1)) ++i;  // "2-capsule serving"
    std::size_t unit = i;
    constexpr std::size_t most_words = 3;
    while (unit < i + most_words && is(unit, Role::none) && !says_time(tokens_.all[unit].folded)) ++unit;
    if (unit_of_dose(unit)) i = unit;  // "2 vegetarian capsules"
    const bool inside = first > 0 && is(first - 1, TokenKind::open);
    if (inside && is(i, TokenKind::close) && unit_of_dose(i + 1)) {  // "two (2) tablets"
      put(PieceKind::close, i, i + 1);
      return count_units(first, i + 1, false);
    }
    if (unit_of_dose(i)) return count_units(first, i, inside);
    if (day_scheme(first)) return;
    if (is_bare_count(first, after))
      if (const Exact most = most_of(first, after, is_daily(after)); most < smallest_pack)
        pieces_.taken = std::max(pieces_.taken, most);
    Piece& piece = put(PieceKind::number, first, first + 1);
    piece.amount.at = piece.at;
    piece.amount.end = piece.end;
  }

  // "2-0-2": morning, noon and evening.
  bool day_scheme(std::size_t first) {
    Exact most;
    std::size_t last = first;
    for (;; last += 2) {
      most = std::max(most, tokens_.all[last].number.value.high);
      if (!is(last + 1, TokenKind::dash) || !is(last + 2, TokenKind::number) || !touches(last) || !touches(last + 1)) break;
    }
    if (last < first + 4 || smallest_pack <= most) return false;
    pieces_.taken = std::max(pieces_.taken, most);
    at_ = last + 1;
    return true;
  }

  void count_units(std::size_t first, std::size_t unit, bool inside) {
    const std::string& name = tokens_.all[unit].folded;
    if (is(unit, Role::solid)) pieces_.solid = true;
    const bool counted = first > 0 && is(first - 1, Role::per);
    const bool taken = takes(first) || is_daily(unit + 1);
    const Exact many = tokens_.all[first].number.value.low;
    const Exact most = most_of(first, unit, is_daily(unit + 1) || (first > 0 && says_daily(tokens_.all[first - 1].folded)));
    const bool few = most < smallest_pack;
    const bool serves = behind_serving(first) || per_serving(unit + 1);

    // "2 capsules of 200 mg": of a dose or of a pack.
    std::size_t next = unit + 1;
    while (is(next, Role::filler) || is(next, Role::range) || is(next, Role::per)) ++next;
    const bool amount =
        is(next, TokenKind::number) && (unit_at(next + 1) || (is(next + 1, TokenKind::dash) && unit_at(next + 2)));
    const bool times = next > unit + 1 && !counted && amount;

    if (const Exact spoon = millilitres_of_spoon(name); spoon > Exact{})
      for (std::size_t n = first; n < unit; ++n)  // "2 to 4 tablespoons"
        if (is(n, TokenKind::number))
          pieces_.volumes.push_back(Exact::multiply(tokens_.all[n].number.value.high, spoon, Rounding::up));
    if (serves && many > Exact{}) serve(many);
    if (!inside && many > Exact{} && heads(unit + 1, few && !taken)) {
      state(unit, many);
      if (taken) take(unit, most);
    } else if (!counted && !times && !inside && !of_pack(first, unit + 1)) {
      const bool perhaps = serves ? amounts_ && !per_serving_ : few && !says_daily(name);
      if (taken || perhaps) take(unit, most);
    } else if (taken && !times) {
      take(unit, most);
    }
    at_ = unit + 1;
    if (is(at_, TokenKind::open)) skip_portion();
    if (times) times_ = std::max(Exact{1}, tokens_.all[first].number.value.high);
  }
  // So many are a serving.
  void serve(Exact many) {
    pieces_.servings.push_back(many);
    pieces_.unit_strength = unit_strength_;
  }
  // So many are what the amounts stand for.
  void state(std::size_t unit, Exact many) {
    pieces_.units.push_back(many);
    state_measure(unit, many);
  }
  void state_measure(std::size_t unit, Exact many) {
    if (Measure* const measure = measure_of(unit))
      if (const Exact stated = measured(unit, many); measure->stated == Exact{} || stated < measure->stated)
        measure->stated = stated;
  }
  // "per scoop"
  void state_one(std::size_t unit) {
    pieces_.one_loose = true;
    state_measure(unit, Exact{1});
  }
  // So many are a dose.
  void take(std::size_t unit, Exact many) {
    if (Measure* const measure = measure_of(unit)) {
      measure->taken = std::max(measure->taken, measured(unit, many));
      measure->count = std::max(measure->count, many);
      return;
    }
    Exact& taken = says_serving(tokens_.all[unit].folded) ? pieces_.servings_taken : pieces_.taken;
    taken = std::max(taken, many);
  }
  [[nodiscard]] Measure* measure_of(std::size_t unit) noexcept {
    const std::string& name = tokens_.all[unit].folded;
    return says_drops(name) ? &pieces_.drops : millilitres_of_spoon(name) > Exact{} ? &pieces_.spoons : nullptr;
  }
  [[nodiscard]] Exact measured(std::size_t unit, Exact many) const noexcept {
    const Exact spoon = millilitres_of_spoon(tokens_.all[unit].folded);
    return spoon > Exact{} ? Exact::multiply(many, spoon, Rounding::up) : many;
  }

  // Whether what stands here is named as magnesium, or as one of its salts.
  [[nodiscard]] bool names_magnesium(std::size_t i) const noexcept {
    while (is(i, Role::filler)) ++i;
    return is(i, TokenKind::word) && (is_element(tokens_.all[i]) || begins_with_the_element(tokens_.all[i].folded) ||
                                      ends_like_a_compound(tokens_.all[i].folded));
  }

  // Behind a unit that is taken: "(5 g)" of "1 scoop (5 g)". Less than a gram may be what it holds.
  void skip_portion() {
    if (!is(at_ + 1, TokenKind::number) || !is(at_ + 3, TokenKind::close)) return;
    const std::optional<LabelUnit> heavy = unit_at(at_ + 2);
    if (!heavy || heavy->dimension != Dimension::mass || heavy->factor < Exact{1000}) return;
    const Interval<Exact> mass = multiply(reading_of(at_ + 1, at_ + 2, false), Interval<Exact>{heavy->factor});
    header_.portion = mass.low;
    pieces_.portions.push_back(mass.high);
    at_ += 4;
  }
  void forget_header() noexcept { header_ = {}; }

  // "per 100 g | per serving" head two columns. Where a row fills them all, each of its amounts stands for what its column says.
  void column(std::size_t first) {
    bool beside = first > 0;  // the last column's head
    for (std::size_t i = column_end_; i < first && beside; ++i)
      beside = !is(i, TokenKind::colon) && !is(i, TokenKind::number) && !is(i, Role::element);
    if (!beside || column_amounts_) columns_.clear();
    columns_.push_back(header_);
    column_end_ = at_;
    column_amounts_ = false;
  }
  void end_row() {
    const bool strengths = std::any_of(columns_.begin(), columns_.end(), [](const Header& h) { return h.is_strength(); });
    const bool doses = std::any_of(columns_.begin(), columns_.end(), [](const Header& h) { return !h.is_strength(); });
    if (strengths && doses && row_.size() == columns_.size())
      for (std::size_t i = 0; i < row_.size(); ++i) columns_[i].give(pieces_.all[row_[i]].amount);
    row_.clear();
  }

  // What amounts stand for. They hold until the next such words.
  void per(std::size_t i) {
    const std::size_t first = at_;
    end_row();
    if (each(i)) return;
    bool of_dose = false;  // "per serving", "serving size"
    for (; is(i, Role::per) || is(i, Role::filler) || is(i, Role::loose) || is(i, TokenKind::colon); ++i) {
      if (of_dose && is(i, Role::per)) break;  // "per serving per 100 g"
      if (!is(i, Role::loose)) continue;
      of_dose = true;
      const std::string& name = tokens_.all[i].folded;
      if (says_serving(name) || says_daily(name))
        per_serving_ = true;
      else
        state_one(i);
    }
    if (of_dose) forget_header();
    const bool bracket = is(i, TokenKind::open);
    std::size_t j = bracket ? i + 1 : i;
    Interval<Exact> many{Exact{1}};
    const bool counted = is(j, TokenKind::number);
    const std::optional<LabelUnit> unit = unit_at(counted ? j + 1 : j);
    if (counted) {
      many = unit ? reading_of(j, j + 1, unit->factor <= Exact{1}) : reading(tokens_.all[j].number, true).low;
      ++j;
    }
    if (!unit && is(j, TokenKind::word) && tokens_.all[j].role == Role::none && is(j + 1, Role::solid))
      ++j;  // "vegetarian capsule"
    // "per serving 200 mg" states an amount; "per 100 g", "serving (5 g)", "per 5 g scoop" and "per 2.5 g:" say what amounts
    // stand for.
    const bool hundred = many == Interval<Exact>{Exact{100}} && unit && unit->factor > Exact{1} && !of_dose;
    const bool portion = unit && unit->factor > Exact{1} && !of_dose && !names_magnesium(j + 1);
    const bool mass_is_amount =
        unit && unit->dimension == Dimension::mass &&
        !(hundred || portion || (bracket && unit->factor > Exact{1} && is(j + 1, TokenKind::close)) || unit_of_dose(j + 1));
    const bool of_volume = unit && unit->dimension == Dimension::volume && tokens_.all[j].folded != "l";  // "in each fl oz"
    if (unit && (counted || of_volume) && !mass_is_amount) {
      forget_header();
      if (unit->dimension == Dimension::volume) {
        const Interval<Exact> millilitres = multiply(many, Interval<Exact>{unit->factor});
        if (millilitres.low > Exact{}) header_.millilitres = millilitres;
        header_.serving = serving(millilitres);
      } else if (unit->dimension == Dimension::mass) {
        const Interval<Exact> portion_mass = multiply(many, Interval<Exact>{unit->factor});
        header_.mass = !bracket && !unit_of_dose(j + 1) && !serving(portion_mass);
        if (!header_.mass) header_.portion = portion_mass.low;
        if (!header_.mass && (bracket || unit_of_dose(j + 1))) pieces_.portions.push_back(portion_mass.high);
      } else if (unit->dimension != Dimension::mass) {
        at_ = at_ + 1;
        return;
      }
      at_ = j + 1;
    } else if (unit_of_dose(j)) {
      if (is(j, Role::solid)) pieces_.solid = true;
      const bool shares_out = counted && at_ > 0 && is(at_ - 1, TokenKind::word) && says_daily(tokens_.all[at_ - 1].folded) &&
                              says_each(tokens_.all[at_].folded);
      if (shares_out)
        take(j, many.high);  // "morgens und abends je 2 Kapseln"
      else if (many.low > Exact{})
        state(j, many.low);
      if (many.low > Exact{} && at_ > 0 && is(at_ - 1, Role::loose)) serve(many.low);  // "serving size 2 capsules"
      forget_header();
      at_ = j + 1;
      if (!bracket && is(at_, TokenKind::open)) skip_portion();
    } else {
      at_ = std::max(at_ + 1, i);
      if (of_dose) column(first);
      return;
    }
    if (bracket && is(at_, TokenKind::close)) ++at_;
    column(first);
  }
  // "120 mg each": of one unit.
  bool each(std::size_t i) {
    if (!amounts_ || !says_each(tokens_.all[at_].folded)) return false;
    const bool ends = i >= tokens_.all.size() || is(i, TokenKind::comma) || is(i, TokenKind::line) || is(i, TokenKind::close);
    const bool behind = pieces_.all.back().kind == PieceKind::amount && at_ > 0 && unit_at(at_ - 1);
    const bool praise = is(i, TokenKind::word) && tokens_.all[i].role == Role::none && !unit_of_dose(i + 1);
    if (!ends && !(behind && praise)) return false;
    pieces_.units.emplace_back(1);
    at_ = i;
    return true;
  }

  // "Tablet weight: 1200 mg"; other weights are of packs and bodies.
  void weight() {
    const bool solid = (at_ > 0 && is(at_ - 1, Role::solid)) || tokens_.all[at_].folded.size() > 10;
    std::size_t i = at_ + 1;
    while (is(i, TokenKind::colon) || is(i, Role::per) || is(i, Role::solid) || is(i, Role::filler)) ++i;
    const bool named = solid || (i > at_ + 1 && is(i - 1, Role::solid));
    const std::optional<LabelUnit> unit = is(i, TokenKind::number) ? unit_at(i + 1) : std::nullopt;
    if (!named || !unit || unit->dimension != Dimension::mass) {
      put(PieceKind::other, at_, at_ + 1);
      return;
    }
    const Interval<Exact> value = multiply(reading_of(i, i + 1, unit->factor <= Exact{1}), Interval<Exact>{unit->factor});
    if (value.is_point()) pieces_.unit_mass = Mass::of_base(value.low);
    at_ = i + 2;
  }

  std::string_view text_;
  const SaltNames& salts_;
  Tokens tokens_;
  std::size_t at_ = 0;
  Pieces pieces_;
  Exact times_{1};  // how many of the next amount, at most
  Header header_;
  std::vector<Header> columns_;     // as far as they stand beside each other
  std::size_t column_end_ = 0;      // the token behind the last of them
  bool column_amounts_ = false;     // an amount stands behind it
  std::vector<std::size_t> row_;    // the amounts since the last name or line, by piece
  bool unit_strength_ = false;      // "400 mg tablets"
  bool amounts_ = false;            // an amount has been said
  bool per_serving_ = false;        // amounts of a serving are
  int depth_ = 0;                   // of brackets
  std::string last_salt_;           // by name
  bool amount_since_name_ = false;  // since the last name of magnesium
  bool of_magnesium_ = false;       // the last name was magnesium's: "(as citrate)" is a salt of it
};

}  // namespace

Pieces pieces_of(std::string_view text, const SaltNames& salts) { return Cutter{text, salts}.read(); }

}  // namespace magnesia::label
