// Items of a label as statements of amounts, what is said twice joined, and as ingredients.
#pragma once

#include <optional>
#include <vector>

#include "label/items.hpp"
#include "magnesia/error.hpp"
#include "magnesia/regimen.hpp"

namespace magnesia::label {

/// What a label says of one source of magnesium, in mg.
struct Statement {
  std::optional<Amount> elemental;
  std::optional<Amount> compound;
  std::optional<Amount> unsaid;
  std::vector<SaltRef> salts;
  std::optional<Error> without;  ///< why it has no amount: what it says is a strength
  bool total = false;
  bool listed = false;

  [[nodiscard]] bool has_amount() const noexcept { return elemental || compound || unsaid; }
};

/// The statements of an item; or where one of its amounts can't be read.
[[nodiscard]] Result<Statement> statement_of(const Item& item, const Pieces& pieces, std::string_view text);

/// Whether one names no salt that the other does not. One without names may be any.
[[nodiscard]] bool same_salts(const Statement& a, const Statement& b);

/// Joins what is said twice: a salt and its element, a title and a table. Where it is not decidable whether two amounts are the
/// same magnesium, what comes out reaches from the one to the sum. Quadratic in the number of statements.
void join(std::vector<Statement>& all, const Pieces& pieces);

/// Appends the ingredients that say what the statement says. An amount that is not one figure is its lower bound as `elemental`
/// and its upper bound as `unsaid`. Salts that share an amount follow as ingredients of none of it, behind one without a name.
void append_ingredients(std::vector<Ingredient>& ingredients, const Statement& statement);

}  // namespace magnesia::label
