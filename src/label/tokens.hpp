// A label's text as words, numbers and marks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "label/words.hpp"
#include "magnesia/known.hpp"

namespace magnesia::label {

/// A number as written. Where its marks can be read in two ways it has two values.
struct Number {
  Interval<Exact> value;
  Exact rounding;           ///< what was rounded away, at most: half a unit of the last figure, of two figures at least
  char open_mark = '\0';    ///< the '.' or ',' before three figures that may be a decimal point or may group thousands
  bool unreadable = false;  ///< more digits than any amount has
};

struct Token {
  enum class Kind : std::uint8_t {
    word,
    number,
    open,
    close,
    comma,
    line,
    column,
    colon,
    equals,
    slash,
    times,
    plus,
    percent,
    dash
  };
  Kind kind = Kind::word;
  std::size_t begin = 0;
  std::size_t end = 0;
  Role role = Role::none;  ///< of a word
  std::string folded;      ///< a word in lower case, without accents
  Number number;
};

/// What the numbers of a text say about its marks: those that can be read in one way only.
struct Marks {
  bool decimal_point = false;
  bool decimal_comma = false;
  bool grouping_point = false;
  bool grouping_comma = false;
};

struct Tokens {
  std::vector<Token> all;
  Marks marks;
};

/// Splits text, which must be UTF-8. Every byte is part of a token, or is a space or a mark without meaning. O(n).
[[nodiscard]] Tokens tokens_of(std::string_view text);

}  // namespace magnesia::label
