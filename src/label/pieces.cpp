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

class Cutter {
 public:
  Cutter(std::string_view text, const SaltNames& salts) : text_{text}, salts_{salts}, tokens_{tokens_of(text)} {}

  Pieces read() {
    while (at_ < tokens_.all.size()) step();
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
      } else if (last != nullptr && last->per_millilitres) {
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
        if (unit_of_dose(at_ + 1))
          per(at_ + 1);  // "/tablet"
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
    if (!amount.per_millilitres && header_millilitres_) {
      amount.per_millilitres = header_millilitres_;
      amount.serving = header_serving_;
    }
    amount.per_mass = amount.per_mass || header_mass_;
    if (!amount.portion.known()) amount.portion = header_portion_;
    amount.at = tokens_.all[first].begin;
    amount.end = tokens_.all[unit_index].end;
    put(PieceKind::amount, first, after).amount = amount;
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

  // "take 2 tablets", "daily 2 sachets", "2 tablets daily", "2 tablets per day". Of spoons the volume tells, and drops are many.
  [[nodiscard]] bool is_dose(std::size_t first, std::size_t unit) const noexcept {
    const std::string& name = tokens_.all[unit].folded;
    if (name == "drops" || millilitres_of_spoon(name) > Exact{}) return false;
    if (first > 0 && is(first - 1, TokenKind::word)) {
      const std::string& before = tokens_.all[first - 1].folded;
      if (says_take(before) || says_daily(before)) return true;
    }
    std::size_t next = unit + 1;
    while (is(next, Role::per) || is(next, Role::range) || (is(next, Role::filler) && !says_daily(tokens_.all[next].folded)))
      ++next;
    return is(next, TokenKind::word) && says_daily(tokens_.all[next].folded);
  }

  // A number without a unit: how many tablets, or nothing that can be read.
  void count(std::size_t first, std::size_t after) {
    std::size_t i = after;
    if (is(i, TokenKind::word) && tokens_.all[i].role == Role::none && unit_of_dose(i + 1)) ++i;  // "2 vegetarian capsules"
    if (unit_of_dose(i)) {
      if (is(i, Role::solid)) pieces_.solid = true;
      const Exact many = tokens_.all[first].number.value.low;
      if (is_dose(first, i))
        for (std::size_t n = first; n < i; ++n)  // "1 to 3 tablets"
          if (is(n, TokenKind::number)) {
            Exact& taken = says_serving(tokens_.all[i].folded) ? pieces_.servings_taken : pieces_.taken;
            taken = std::max(taken, tokens_.all[n].number.value.high);
          }
      if (const Exact spoon = millilitres_of_spoon(tokens_.all[i].folded); spoon > Exact{})
        for (std::size_t n = first; n < i; ++n)  // "2 to 4 tablespoons"
          if (is(n, TokenKind::number))
            pieces_.volumes.push_back(Exact::multiply(tokens_.all[n].number.value.high, spoon, Rounding::up));
      if (first > 1 && is(first - 1, TokenKind::colon) && is(first - 2, Role::loose) && many > Exact{})
        pieces_.servings.push_back(many);
      const bool provides = is(i + 1, Role::provides) && (first == 0 || !is(first - 1, TokenKind::open));
      if (provides && many > Exact{}) pieces_.units.push_back(many);
      at_ = i + 1;
      if (is(at_, TokenKind::open)) skip_portion();
      // "2 capsules of 200 mg": of a dose or of a pack.
      std::size_t next = i + 1;
      while (is(next, Role::filler) || is(next, Role::range) || is(next, Role::per)) ++next;
      const bool counted = first > 0 && is(first - 1, Role::per);
      if (next > i + 1 && !counted && is(next, TokenKind::number))
        times_ = std::max(Exact{1}, tokens_.all[first].number.value.high);
      return;
    }
    Piece& piece = put(PieceKind::number, first, first + 1);
    piece.amount.at = piece.at;
    piece.amount.end = piece.end;
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
    header_portion_ = mass.low;
    pieces_.portions.push_back(mass.high);
    at_ += 4;
  }
  void forget_header() noexcept {
    header_millilitres_.reset();
    header_mass_ = false;
    header_portion_.forget();
  }

  // What amounts stand for. They hold until the next such words.
  void per(std::size_t i) {
    bool of_dose = false;  // "per serving", "serving size"
    for (; is(i, Role::per) || is(i, Role::filler) || is(i, Role::loose) || is(i, TokenKind::colon); ++i)
      of_dose = of_dose || is(i, Role::loose);
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
        if (millilitres.low > Exact{}) header_millilitres_ = millilitres;
        header_serving_ = serving(millilitres);
      } else if (unit->dimension == Dimension::mass) {
        const Interval<Exact> portion_mass = multiply(many, Interval<Exact>{unit->factor});
        header_mass_ = !bracket && !unit_of_dose(j + 1) && !serving(portion_mass);
        if (!header_mass_) header_portion_ = portion_mass.low;
        if (!header_mass_ && (bracket || unit_of_dose(j + 1))) pieces_.portions.push_back(portion_mass.high);
      } else if (unit->dimension != Dimension::mass) {
        at_ = at_ + 1;
        return;
      }
      at_ = j + 1;
    } else if (unit_of_dose(j)) {
      if (is(j, Role::solid)) pieces_.solid = true;
      if (many.low > Exact{}) pieces_.units.push_back(many.low);
      if (many.low > Exact{} && at_ > 0 && is(at_ - 1, Role::loose))
        pieces_.servings.push_back(many.low);  // "serving size 2 capsules"
      forget_header();
      at_ = j + 1;
      if (!bracket && is(at_, TokenKind::open)) skip_portion();
    } else {
      at_ = std::max(at_ + 1, i);
      return;
    }
    if (bracket && is(at_, TokenKind::close)) ++at_;
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
  std::optional<Interval<Exact>> header_millilitres_;
  bool header_serving_ = false;
  bool header_mass_ = false;
  Fact<Exact> header_portion_;
  int depth_ = 0;                   // of brackets
  std::string last_salt_;           // by name
  bool amount_since_name_ = false;  // since the last name of magnesium
  bool of_magnesium_ = false;       // the last name was magnesium's: "(as citrate)" is a salt of it
};

}  // namespace

Pieces pieces_of(std::string_view text, const SaltNames& salts) { return Cutter{text, salts}.read(); }

}  // namespace magnesia::label
