#include "label/tokens.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/characters.hpp"
#include "base/taxonomy.hpp"

namespace magnesia::label {
namespace {

using TokenKind = Token::Kind;

using base::is_digit;
using base::is_letter;

struct Mark {
  std::string_view text;
  TokenKind kind;
};
constexpr std::array<Mark, 29> marks{
    {{"(", TokenKind::open},        {"[", TokenKind::open},      {"{", TokenKind::open},
     {")", TokenKind::close},       {"]", TokenKind::close},     {"}", TokenKind::close},
     {",", TokenKind::comma},       {";", TokenKind::line},      {"\n", TokenKind::line},
     {"\r", TokenKind::line},       {"|", TokenKind::column},    {"\u2022", TokenKind::line},  // bullet
     {"\u00B7", TokenKind::comma},  {"\u25CF", TokenKind::line}, {"\u25AA", TokenKind::line},
     {".", TokenKind::line},        {":", TokenKind::colon},     {"=", TokenKind::equals},
     {"\u2259", TokenKind::equals}, {"/", TokenKind::slash},     {"\u00D7", TokenKind::times},
     {"+", TokenKind::plus},        {"&", TokenKind::plus},      {"%", TokenKind::percent},
     {"-", TokenKind::dash},        {"\u2013", TokenKind::dash}, {"\u2014", TokenKind::dash},
     {"\u2011", TokenKind::dash},   {"\u2212", TokenKind::dash}}};

// Spaces: no-break, figure, thin and narrow ones too. They may group the thousands of a number.
constexpr std::array<std::string_view, 6> special_spaces{"\u00A0", "\u2007", "\u2008", "\u2009", "\u200A", "\u202F"};
// Marks without a meaning here.
constexpr std::array<std::string_view, 14> ignored{"\u00B2", "\u207A",  // of Mg\u00B2\u207A
                                                   "\u00AE", "\u2122", "\u2020", "\u2021", "\u00A9", "\u200B",
                                                   "\u200C", "\u200D", "\uFEFF", "\u2264", "\u2265", "\u2248"};

struct Fraction {
  std::string_view text;
  Exact value;
};
constexpr std::array<Fraction, 3> fractions{
    {{"\u00BD", Exact::ratio(1, 2)}, {"\u00BC", Exact::ratio(1, 4)}, {"\u00BE", Exact::ratio(3, 4)}}};

std::size_t character_length(char first) noexcept {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

template <class Texts>
std::size_t length_of_any(const Texts& texts, std::string_view at) noexcept {
  for (const std::string_view text : texts)
    if (at.starts_with(text)) return text.size();
  return 0;
}

constexpr Exact power_of_ten(std::size_t exponent) noexcept {
  std::int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) noexcept : text_{text} {}

  Tokens read() {
    while (at_ < text_.size()) {
      if (times_before_figures()) put(TokenKind::times, 1);
      if (is_digit(text_[at_]) || (text_[at_] == '.' && naked_decimal())) {
        number();
      } else if (text_[at_] == ' ') {
        ++at_;
      } else if (is_letter(text_[at_]) || (!fraction() && !mark() && !space())) {
        word();
      }
    }
    join_units();
    count_in_words();
    return std::move(tokens_);
  }

 private:
  // "fl oz", "fl. oz." and "fluid ounces" are one unit, and so is "cuillère à soupe".
  void join_units() {
    std::vector<Token>& all = tokens_.all;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i, ++kept) {
      if (kept != i) all[kept] = std::move(all[i]);
      const bool spoon = all[kept].folded == "cuillere" || all[kept].folded == "cuilleres";
      if (spoon && i + 2 < all.size() && all[i + 1].folded == "a" && is_spoon_size(all[i + 2].folded)) {
        all[kept].folded = "cuillere" + all[i + 2].folded;
        all[kept].end = all[i + 2].end;
        i += 2;
      }
      if (all[kept].folded != "fl" && all[kept].folded != "fluid") continue;
      std::size_t ounce = i + 1;
      if (ounce < all.size() && all[ounce].kind == TokenKind::line && text_[all[ounce].begin] == '.') ++ounce;
      if (ounce == all.size()) continue;
      const std::string& word = all[ounce].folded;
      if (word != "oz" && word != "ounce" && word != "ounces") continue;
      all[kept].folded = "floz";
      all[kept].end = all[ounce].end;
      i = ounce;
    }
    all.resize(kept);
  }
  // "two tablets", "three vegetarian capsules", "one to two", "take two", "two daily", "a couple of tablets": numbers all the
  // same.
  void count_in_words() {
    std::vector<Token>& all = tokens_.all;
    const auto word = [&](std::size_t i) { return i < all.size() && all[i].kind == TokenKind::word; };
    const auto unit = [&](std::size_t i) { return word(i) && (all[i].role == Role::solid || all[i].role == Role::loose); };
    for (std::size_t i = all.size(); i-- > 0;) {
      if (!word(i)) continue;
      const Exact value = number_of(all[i].folded);
      if (value == Exact{}) continue;
      const auto kind = [&](std::size_t at, TokenKind of) { return at < all.size() && all[at].kind == of; };
      if (kind(i + 1, TokenKind::open) && kind(i + 2, TokenKind::number) && all[i + 2].number.value == Interval<Exact>{value} &&
          kind(i + 3, TokenKind::close))  // "two (2) tablets"
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.begin() + static_cast<std::ptrdiff_t>(i) + 4);
      std::size_t next = i + 1;
      if (word(next) && all[next].folded == "of" && unit(next + 1))  // "a couple of tablets"
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(next));
      const bool joined = next < all.size() && (all[next].kind == TokenKind::dash || all[next].kind == TokenKind::slash);
      const bool range = (joined || (word(next) && all[next].role == Role::range)) && next + 1 < all.size() &&
                         all[next + 1].kind == TokenKind::number;
      if (joined) ++next;
      const bool timed = word(next) && says_time(all[next].folded);
      std::size_t daily = next;  // "two a day"
      while (word(daily) && (all[daily].role == Role::range || all[daily].role == Role::per)) ++daily;
      std::size_t first = i;  // "take one or two"
      while (first > 1 && word(first - 1) && all[first - 1].role == Role::range && word(first - 2) &&
             number_of(all[first - 2].folded) > Exact{})
        first -= 2;
      const bool counts = unit(next) || (word(next) && all[next].role == Role::element) ||
                          (word(next) && all[next].role == Role::none && unit(next + 1)) ||
                          (word(daily) && says_daily(all[daily].folded)) ||
                          (first > 0 && word(first - 1) && says_take(all[first - 1].folded));
      if (timed || !(range || counts)) continue;
      all[i].kind = TokenKind::number;
      all[i].role = Role::none;
      all[i].number.value = Interval<Exact>{value};
    }
  }
  [[nodiscard]] std::string_view rest() const noexcept { return text_.substr(at_); }
  [[nodiscard]] char ahead(std::size_t by) const noexcept { return at_ + by < text_.size() ? text_[at_ + by] : '\0'; }

  Token& put(TokenKind kind, std::size_t length) {
    Token& token = tokens_.all.emplace_back();
    token.kind = kind;
    token.begin = at_;
    token.end = at_ + length;
    at_ += length;
    return token;
  }

  // "2x150 mg", "tablets x2"; of marks, the asterisk is ignored elsewhere.
  [[nodiscard]] bool times_before_figures() const noexcept {
    if (text_[at_] == '*' && is_digit(ahead(1)) && !tokens_.all.empty() && tokens_.all.back().kind == TokenKind::word)
      return true;  // "200 mg*2"
    if ((text_[at_] | 0x20) != 'x' || !is_digit(ahead(1)) || tokens_.all.empty()) return false;
    return text_[at_ - 1] == ' ' || text_[at_ - 1] == '(' ||
           (tokens_.all.back().kind == TokenKind::number && tokens_.all.back().end == at_);
  }
  [[nodiscard]] bool only_blanks_since(std::size_t begin) const noexcept {
    return text_.substr(begin, at_ - begin).find_first_not_of(' ') == std::string_view::npos;
  }

  bool mark() {
    if (rest().starts_with('.') && !tokens_.all.empty() && tokens_.all.back().end == at_ &&
        is_abbreviation(tokens_.all.back().folded)) {
      ++at_;
      return true;
    }
    for (const Mark& m : marks)
      if (rest().starts_with(m.text)) {
        put(m.kind, m.text.size());
        return true;
      }
    return false;
  }
  bool space() {
    const char c = text_[at_];
    if (const std::size_t length = std::max(length_of_any(special_spaces, rest()), length_of_any(ignored, rest())); length > 0) {
      at_ += length;
      return true;
    }
    if (static_cast<unsigned char>(c) >= 0x80 || is_letter(c)) return false;
    ++at_;  // a space, or a mark without meaning such as '*'
    return true;
  }
  bool fraction() {
    for (const Fraction& f : fractions)
      if (rest().starts_with(f.text)) {
        if (!tokens_.all.empty() && tokens_.all.back().kind == TokenKind::number && only_blanks_since(tokens_.all.back().end)) {
          // "1½" and "1 ½" are one number.
          Token& whole = tokens_.all.back();
          whole.number.value = add(whole.number.value, Interval<Exact>{f.value});
          at_ += f.text.size();
          whole.end = at_;
        } else {
          put(TokenKind::number, f.text.size()).number.value = Interval<Exact>{f.value};
        }
        return true;
      }
    return false;
  }

  // Letters, and digits after the first of them; "magnesium400" is a word and a number.
  void word() {
    std::size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      const std::string_view from = text_.substr(end);
      if (is_digit(c)) {
        if (end == at_) break;
        char buffer[base::longest_name];
        const std::string_view folded{buffer, base::fold(text_.substr(at_, end - at_), buffer)};
        if (role_of(folded) == Role::element && folded.size() > 2) break;
        ++end;
      } else if (is_letter(c)) {
        ++end;
      } else if (static_cast<unsigned char>(c) >= 0x80 && length_of_any(special_spaces, from) == 0 &&
                 length_of_any(ignored, from) == 0 && !is_mark(from)) {
        end += character_length(c);
      } else {
        break;
      }
    }
    end = std::min(std::max(end, at_ + 1), text_.size());
    Token& token = put(TokenKind::word, end - at_);
    char buffer[base::longest_name];
    token.folded.assign(buffer, base::fold(text_.substr(token.begin, token.end - token.begin), buffer));
    token.role = role_of(token.folded);
  }
  [[nodiscard]] static bool is_mark(std::string_view from) noexcept {
    const auto begins = [&](const auto& m) { return from.starts_with(m.text); };
    return std::any_of(marks.begin(), marks.end(), begins) || std::any_of(fractions.begin(), fractions.end(), begins);
  }

  // ".5" after a space or a bracket.
  [[nodiscard]] bool naked_decimal() const noexcept {
    return is_digit(ahead(1)) && (at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '(');
  }

  [[nodiscard]] std::size_t digits_at(std::size_t at) const noexcept {
    std::size_t end = at;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return end - at;
  }
  // A space or an apostrophe before exactly three figures groups thousands.
  [[nodiscard]] std::size_t group_mark(std::size_t at) const noexcept {
    const std::string_view from = text_.substr(at);
    std::size_t length = length_of_any(special_spaces, from);
    if (length == 0 && from.starts_with('\'')) length = 1;
    if (length == 0 && from.starts_with("\u2019")) length = std::string_view{"\u2019"}.size();
    if (length == 0 && from.starts_with(' ')) length = 1;
    return length > 0 && digits_at(at + length) == 3 ? length : 0;
  }

  void number() {
    const bool naked = text_[at_] == '.';
    std::size_t end = at_;
    std::string digits;
    std::vector<std::size_t> after;  // figures before each '.' and ','
    std::string separators;
    bool grouped = false;
    bool plain_space = false;
    std::size_t last_group = 0;
    if (naked) {
      after.push_back(0);
      separators += '.';
      ++end;
    }
    for (;;) {
      const std::size_t count = digits_at(end);
      last_group = digits.size();
      digits.append(text_.substr(end, count));
      end += count;
      const char next = end < text_.size() ? text_[end] : '\0';
      const bool more = digits_at(end + 1) > 0;
      if ((next == '.' || next == ',') && more && !naked) {
        after.push_back(digits.size());
        separators += next;
        ++end;
      } else if (const std::size_t mark = group_mark(end); mark > 0 && separators.empty() && !naked && (grouped || count <= 3)) {
        grouped = true;
        plain_space = plain_space || next == ' ';
        end += mark;
      } else {
        break;
      }
    }
    Number number = value_of(digits, after, separators);
    if (naked) number.value.high = whole(digits.substr(0));              // ".5" is easily a "5" whose point nobody sees
    if (plain_space && separators.empty() && digits[last_group] != '0')  // "2 200 mg" may be two numbers
      number.value.low = std::min(number.value.low, whole(digits.substr(last_group)));
    put(TokenKind::number, end - at_).number = number;
  }

  [[nodiscard]] static Exact whole(std::string_view digits) { return decimal(digits, digits.size()).value_or(Exact{}); }
  [[nodiscard]] static Fact<Exact> decimal(std::string_view digits, std::size_t before_point) {
    std::size_t zeros = 0;
    while (zeros + 1 < before_point && zeros + 1 < digits.size() && digits[zeros] == '0') ++zeros;
    std::string text{digits.substr(zeros, before_point - zeros)};
    if (text.empty()) text = "0";
    if (before_point < digits.size()) text += '.' + std::string{digits.substr(before_point)};
    const Result<Exact> value = Exact::parse(text);
    return value ? Fact<Exact>{*value} : Fact<Exact>{};
  }

  Number value_of(std::string_view digits, const std::vector<std::size_t>& after, std::string_view separators) {
    Number number;
    const std::size_t size = digits.size();
    constexpr std::size_t most_figures = 18;
    if (size > most_figures) {
      number.unreadable = true;
      return number;
    }
    const bool one_kind = separators.find_first_not_of(separators.empty() ? '.' : separators.front()) == std::string_view::npos;
    std::size_t point = size;  // figures before the decimal mark
    if (separators.size() > 1 && one_kind) {
      grouping(separators.front());
    } else if (separators.size() > 1) {
      point = after.back();
      decimal_mark(separators.back());
      grouping(separators.front());
    } else if (separators.size() == 1) {
      const bool groups = size - after[0] == 3 && after[0] >= 1 && after[0] <= 3 && digits.front() != '0';
      point = after[0];
      if (groups)
        number.open_mark = separators.front();
      else
        decimal_mark(separators.front());
    }
    const Exact low = decimal(digits, point).value_or(Exact{});
    number.value = {low, number.open_mark != '\0' ? whole(digits) : low};
    number.rounding = rounding_of(digits, point);
    return number;
  }
  [[nodiscard]] static Exact rounding_of(std::string_view digits, std::size_t point) noexcept {
    const Exact half = Exact::ratio(1, 2);
    if (point < digits.size()) return Exact::divide(half, power_of_ten(digits.size() - point), Rounding::up);
    std::size_t zeros = 0;
    while (zeros + 2 < digits.size() && digits[digits.size() - 1 - zeros] == '0') ++zeros;
    return Exact::multiply(half, power_of_ten(zeros), Rounding::up);
  }
  void decimal_mark(char c) noexcept { (c == '.' ? tokens_.marks.decimal_point : tokens_.marks.decimal_comma) = true; }
  void grouping(char c) noexcept { (c == '.' ? tokens_.marks.grouping_point : tokens_.marks.grouping_comma) = true; }

  std::string_view text_;
  std::size_t at_ = 0;
  Tokens tokens_;
};

}  // namespace

Tokens tokens_of(std::string_view text) { return Lexer{text}.read(); }

}  // namespace magnesia::label
