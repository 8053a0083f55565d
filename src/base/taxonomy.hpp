// Taxonomy: concepts with their classes. One each for conditions, drugs and salts.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace magnesia::base {

/// Index of a concept in its taxonomy.
using ConceptId = std::uint16_t;
inline constexpr ConceptId no_concept = 0xFFFF;

/// A set of concepts, one bit each.
using Bits = std::vector<std::uint64_t>;

[[nodiscard]] inline bool test(std::span<const std::uint64_t> bits, ConceptId id) noexcept {
  return (bits[id / 64U] >> (id % 64U) & 1U) != 0;
}
inline void set(std::span<std::uint64_t> bits, ConceptId id) noexcept { bits[id / 64U] |= std::uint64_t{1} << (id % 64U); }
inline void unite(std::span<std::uint64_t> into, std::span<const std::uint64_t> more) noexcept {
  for (std::size_t i = 0; i < into.size(); ++i) into[i] |= more[i];
}

inline void set_all(std::span<std::uint64_t> bits, std::span<const ConceptId> ids) noexcept {
  for (const ConceptId id : ids) set(bits, id);
}
[[nodiscard]] inline bool test_any(std::span<const std::uint64_t> bits, std::span<const ConceptId> ids) noexcept {
  return std::any_of(ids.begin(), ids.end(), [&](ConceptId id) { return test(bits, id); });
}

/// with(concept) for each concept of the set, in order.
template <class With>
void for_each(std::span<const std::uint64_t> bits, With with) {
  for (std::size_t word = 0; word < bits.size(); ++word)
    for (std::uint64_t left = bits[word]; left != 0; left &= left - 1)
      with(static_cast<ConceptId>(word * 64 + static_cast<std::size_t>(std::countr_zero(left))));
}

/// Text to concept, byte for byte. Open addressing.
class TextIndex {
 public:
  /// Makes room for as many texts, so that adding them moves nothing.
  void reserve(std::size_t texts);
  /// Adds a text of at most 65,535 bytes. Returns the concept that already has it, or `id` when it is new.
  ConceptId add(std::string_view text, ConceptId id);
  /// The concept of this text, or no_concept. O(length).
  [[nodiscard]] ConceptId find(std::string_view text) const noexcept;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0;
    std::uint16_t size = 0;
    ConceptId id = no_concept;
  };
  [[nodiscard]] std::size_t place_of(std::uint64_t hash, std::string_view text) const noexcept;
  void resize(std::size_t slots);

  std::vector<Slot> slots_;
  std::string texts_;  // one after another
  std::size_t used_ = 0;
};

/// Name to concept, without regard to case, accents, hyphens, spaces and punctuation. Lookups don't allocate.
class NameIndex {
 public:
  void reserve(std::size_t names) {
    folded_.reserve(names);
    as_written_.reserve(names);
  }
  /// Adds a name. Returns the concept that already has it, or `id` when it is new.
  ConceptId add(std::string_view name, ConceptId id);
  /// The concept of this name, or no_concept. O(length).
  [[nodiscard]] ConceptId find(std::string_view name) const noexcept {
    const ConceptId found = as_written_.find(name);
    return found != no_concept ? found : find_folded(name);
  }

 private:
  [[nodiscard]] ConceptId find_folded(std::string_view name) const noexcept;

  TextIndex folded_;
  TextIndex as_written_;  // most are asked for as they were added: found without folding
};

/// Longest name that can be known, in bytes after folding.
inline constexpr std::size_t longest_name = 160;

/// Folds a name into `out` (lower case ASCII, accents dropped, letters and digits only; other scripts byte for byte).
/// Returns the bytes written, or 0 when the name is empty or too long.
[[nodiscard]] std::size_t fold(std::string_view name, char (&out)[longest_name]) noexcept;

/// A list of concepts, or of other numbers, for each concept, all in one piece of memory.
class ConceptLists {
 public:
  void reset(std::size_t concepts) {
    places_.assign(concepts, {});
    ids_.clear();
  }
  /// Sorts what is given and takes it as the list of `id`, each once.
  void put(ConceptId id, std::vector<ConceptId>& list);
  [[nodiscard]] std::span<const ConceptId> operator[](ConceptId id) const noexcept {
    return {ids_.data() + places_[id].first, places_[id].count};
  }

 private:
  struct Place {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  std::vector<Place> places_;
  std::vector<ConceptId> ids_;
};

class Taxonomy {
 public:
  struct Concept {
    std::string id;
    std::string name;
    std::vector<ConceptId> classes;
  };

  /// Makes room for about as many.
  void reserve(std::size_t concepts, std::size_t names_of_them, std::size_t codes_of_them);
  /// Adds a concept; its names and codes are added with the index.
  ConceptId add(std::string id, std::string name);
  void put_into(ConceptId member, ConceptId of) { concepts_[member].classes.push_back(of); }
  /// Computes what lies above and below each concept. False if classes form a circle, and then `circle` names one concept in it.
  [[nodiscard]] bool close(ConceptId& circle);

  [[nodiscard]] std::size_t size() const noexcept { return concepts_.size(); }
  [[nodiscard]] std::size_t words() const noexcept { return words_; }
  [[nodiscard]] const Concept& operator[](ConceptId id) const noexcept { return concepts_[id]; }
  [[nodiscard]] ConceptId by_id(std::string_view id) const noexcept;

  /// The concept and all classes that hold it, in order.
  [[nodiscard]] std::span<const ConceptId> closure(ConceptId id) const noexcept { return closure_[id]; }
  /// All concepts that lie in this one, itself not counted, in order.
  [[nodiscard]] std::span<const ConceptId> below(ConceptId id) const noexcept { return below_[id]; }
  /// All that something of this concept may be besides: the concepts that lie in it, and whatever else those are.
  [[nodiscard]] std::span<const ConceptId> may_be(ConceptId id) const noexcept { return may_be_[id]; }
  /// Whether other concepts lie in this one.
  [[nodiscard]] bool is_class(ConceptId id) const noexcept { return !below_[id].empty(); }
  [[nodiscard]] bool is_a(ConceptId id, ConceptId of) const noexcept {
    const auto all = closure(id);
    return std::find(all.begin(), all.end(), of) != all.end();
  }

  NameIndex names;
  NameIndex codes;  // "system code", folded like a name

  /// The concept of a code; a code of icd10cm also stands for the codes below it.
  [[nodiscard]] ConceptId by_code(std::string_view system, std::string_view code) const noexcept;
  /// Adds a code; the concept that has it already, or `id`.
  ConceptId add_code(std::string_view system, std::string_view code, ConceptId id);

 private:
  std::vector<Concept> concepts_;
  TextIndex ids_;
  std::size_t words_ = 0;
  ConceptLists closure_, below_, may_be_;
};

}  // namespace magnesia::base
