// From a label's text to its ingredients: tokens, pieces, items, statements, ingredients; a file each.
#include <algorithm>
#include <cstddef>
#include <string>

#include "label/items.hpp"
#include "label/pieces.hpp"
#include "label/statements.hpp"
#include "magnesia/label.hpp"

namespace magnesia {
namespace {

constexpr std::size_t longest_label = 4096;

std::string byte(std::size_t at) { return "byte " + std::to_string(at); }

// Offset of the first byte that is not UTF-8 (Unicode 15, table 3-7), or npos.
std::size_t find_malformed(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const auto unit = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
    const auto tail = [&](std::size_t i) { return (unit(i) & 0xC0U) == 0x80U; };
    const unsigned first = unit(0);
    const unsigned second = unit(1);
    std::size_t length = 0;
    if (first < 0x80)
      length = 1;
    else if (first >= 0xC2 && first < 0xE0)
      length = tail(1) ? 2 : 0;
    else if (first >= 0xE0 && first < 0xF0)
      length = tail(1) && tail(2) && !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second >= 0xA0) ? 3 : 0;
    else if (first >= 0xF0 && first < 0xF5)
      length = tail(1) && tail(2) && tail(3) && !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second >= 0x90) ? 4 : 0;
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

// A number without a unit that can be read, next to a name that has no amount.
const label::Piece* number_beside(const label::Pieces& pieces, const label::Item& item) noexcept {
  using Kind = label::Piece::Kind;
  const label::Piece* before = nullptr;
  for (const label::Piece& piece : pieces.all) {
    const bool ends = piece.kind == Kind::comma || piece.kind == Kind::line || piece.kind == Kind::amount;
    if (piece.at < item.at) {
      if (ends) before = nullptr;
      if (piece.kind == Kind::number) before = &piece;
    } else {
      if (ends) break;
      if (piece.kind == Kind::number) return &piece;
    }
  }
  return before;
}

}  // namespace

Result<ReadLabel> read_label(std::string_view text, const SaltNames& salts) {
  if (text.size() > longest_label)
    return Error{ErrorKind::too_large, byte(longest_label), std::to_string(text.size()) + " bytes", "at most 4096 bytes"};
  if (const std::size_t at = find_malformed(text); at != std::string_view::npos)
    return Error{ErrorKind::encoding, byte(at), excerpt(text.substr(at, 1)), "UTF-8"};

  const label::Pieces pieces = label::pieces_of(text, salts);
  const std::vector<label::Item> items = label::items_of(pieces);
  std::vector<label::Statement> statements;
  const label::Item* named = nullptr;
  for (const label::Item& item : items) {
    if (!item.magnesium) continue;
    if (named == nullptr) named = &item;
    Result<label::Statement> statement = label::statement_of(item, pieces, text);
    if (!statement) return std::move(statement).error();
    if (!statement->has_amount() && !statement->without)
      if (const label::Piece* number = number_beside(pieces, item); number != nullptr && !item.salts.empty())
        return Error{ErrorKind::wrong_unit, byte(number->at), excerpt(text.substr(number->at, 24)),
                     "a number with a unit such as mg, g, mmol or mEq"};
    statements.push_back(*std::move(statement));
  }
  // A strength is no amount of a dose, unless another line gives that.
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (!statements[i].without) continue;
    const auto gives = [&](const label::Statement& s) { return s.has_amount() && label::same_salts(s, statements[i]); };
    if (std::none_of(statements.begin(), statements.end(), gives)) return *std::move(statements[i].without);
  }
  label::join(statements, pieces);

  bool amount = false;
  for (const label::Statement& statement : statements) amount = amount || statement.has_amount();
  if (!amount) {
    constexpr std::string_view expected = "an amount of magnesium, such as \"magnesium 200 mg\"";
    if (named == nullptr) return Error{ErrorKind::syntax, byte(0), excerpt(text), std::string{expected}};
    if (const label::Piece* number = number_beside(pieces, *named); number != nullptr)
      return Error{ErrorKind::wrong_unit, byte(number->at), excerpt(text.substr(number->at, 24)),
                   "a number with a unit such as mg, g, mmol or mEq"};
    return Error{ErrorKind::syntax, byte(named->at), excerpt(text.substr(named->at)), std::string{expected}};
  }

  ReadLabel read;
  for (const label::Statement& statement : statements) label::append_ingredients(read.ingredients, statement);
  read.unit_mass = pieces.unit_mass;
  read.solid_unit = pieces.solid;
  read.open_numbers = pieces.open_numbers;
  // Two counts, as of a table with two columns, leave it open.
  bool same = !pieces.units.empty();
  for (const Exact& count : pieces.units) same = same && count == pieces.units.front();
  if (same) read.units_per_dose = pieces.units.front();
  return read;
}

}  // namespace magnesia
