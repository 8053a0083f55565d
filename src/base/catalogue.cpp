#include "base/catalogue.hpp"

#include <array>
#include <cstddef>

#include "base/characters.hpp"

namespace magnesia::base {

namespace {

constexpr bool is_plain(char c) noexcept { return is_digit(c) || is_letter(c); }

// Bytes of the sign at the start of `text`, where it is one that a name may have or lack without meaning another product.
constexpr std::size_t ornament(std::string_view text) noexcept {
  for (const std::string_view sign : {"\u00A0", "\u00AD", "\u00AE", "\u00B7", "\u2122"})
    if (text.starts_with(sign)) return sign.size();
  return text.starts_with("\xE2\x80") && text.size() >= 3 ? 3 : 0;  // spaces, dashes, quotation marks
}

// A name in which folding loses nothing that a number rests on: what stands between two digits is spelt out.
class Key {
 public:
  explicit Key(std::string_view name) noexcept {
    std::size_t after_digit = std::string_view::npos;
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      if (is_digit(c) && after_digit != std::string_view::npos) spell_out(name.substr(after_digit, i - after_digit));
      if (is_plain(c)) {
        after_digit = is_digit(c) ? i + 1 : std::string_view::npos;
        put(c);
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        std::size_t size = ornament(name.substr(i));
        if (size == 0) {
          size = put_letter(name.substr(i));
          after_digit = std::string_view::npos;
        }
        i += size - 1;
      }
    }
  }
  [[nodiscard]] std::string_view text() const noexcept {
    return fits_ ? std::string_view{text_.data(), size_} : std::string_view{};
  }

 private:
  // Folding drops some signs without a trace; of those, only ornaments may be dropped. Returns the bytes of the sign.
  std::size_t put_letter(std::string_view rest) noexcept {
    std::size_t size = 1;
    while (size < rest.size() && (static_cast<unsigned char>(rest[size]) & 0xC0U) == 0x80) ++size;
    char folded[longest_name];
    if (fold(rest.substr(0, size), folded) == 0) fits_ = false;
    for (const char c : rest.substr(0, size)) put(c);
    return size;
  }
  void put(char c) noexcept {
    if (size_ == text_.size())
      fits_ = false;
    else
      text_[size_++] = c;
  }
  // Numbers that a blank separates stay two numbers, however else they are set apart.
  void spell_out(std::string_view between) noexcept {
    const bool apart = between.find(' ') != std::string_view::npos;
    if (apart) spell(' ');
    for (const char c : between)
      if (!apart || std::string_view{" ,;:()-"}.find(c) == std::string_view::npos) spell(c);
  }
  void spell(char c) noexcept {
    put(static_cast<char>('a' + (static_cast<unsigned char>(c) >> 4U)));
    put(static_cast<char>('a' + (static_cast<unsigned char>(c) & 15U)));
  }

  std::array<char, longest_name * 2> text_{};
  std::size_t size_ = 0;
  bool fits_ = true;
};

}  // namespace

ConceptId Catalogue::add(CatalogueProduct product) {
  products_.push_back(std::move(product));
  return static_cast<ConceptId>(products_.size() - 1);
}

ConceptId Catalogue::add_name(std::string_view name, ConceptId id, bool serving_said) {
  const Key key{name};
  const ConceptId other = (serving_said ? names_ : with_serving_).find(key.text());
  return other != no_concept ? other : (serving_said ? with_serving_ : names_).add(key.text(), id);
}

Catalogue::Found Catalogue::find(std::string_view text) const noexcept {
  const Key key{text};
  if (const ConceptId id = names_.find(key.text()); id != no_concept) return {&products_[id], false};
  if (const ConceptId id = with_serving_.find(key.text()); id != no_concept) return {&products_[id], true};
  return {};
}

}  // namespace magnesia::base
