// Catalogue: products that are sold, by the names that people write for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/taxonomy.hpp"
#include "magnesia/known.hpp"
#include "magnesia/quantity.hpp"

namespace magnesia::base {

struct CatalogueProduct {
  std::string label;  ///< a line that read_label() reads
  Fact<Mass> unit_mass;
  bool serving_is_dose = true;  ///< false: the serving is a strength, such as that of a syrup; a dose may be several
};

class Catalogue {
 public:
  /// Whether a text says how much of the product is taken, or only which product it is.
  struct Found {
    const CatalogueProduct* product = nullptr;  ///< none: no product is called so
    bool serving_said = false;
    /// Whether the amounts of the label are those of one dose.
    [[nodiscard]] bool dose_known() const noexcept { return serving_said || product->serving_is_dose; }
  };

  /// Adds a product and returns its index.
  ConceptId add(CatalogueProduct product);
  /// Adds a name, with the serving behind it or without. Returns the product that already has it, or `id` when it is new.
  ConceptId add_name(std::string_view name, ConceptId id, bool serving_said);
  /// The product that the whole text names, without regard to case, accents, hyphens and spaces. What stands between two digits
  /// must be the same ("2.5 mmol" is not 25), blanks with punctuation excepted, and a sign that is a number ("½") is none of a
  /// name. O(length), without allocation.
  [[nodiscard]] Found find(std::string_view text) const noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return products_.size(); }
  [[nodiscard]] const CatalogueProduct& operator[](ConceptId id) const noexcept { return products_[id]; }

 private:
  std::vector<CatalogueProduct> products_;
  NameIndex names_, with_serving_;
};

}  // namespace magnesia::base
