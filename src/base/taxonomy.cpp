#include "base/taxonomy.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/bytes.hpp"

namespace magnesia::base {

namespace {

// Latin-1 and Latin Extended-A letters without their accents (UTF-8 second byte of 0xC3, then of 0xC4 and 0xC5). A '?' is
// dropped.
constexpr std::string_view latin_1 = "aaaaaaaceeeeiiiidnooooo?ouuuuypsaaaaaaaceeeeiiiidnooooo?ouuuuypy";
constexpr std::string_view extended_c4 = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll";
constexpr std::string_view extended_c5 = "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_1.size() == 64 && extended_c4.size() == 64 && extended_c5.size() == 64);

// What an ASCII character becomes: a lower case letter, a digit, or 0 for one that is dropped.
constexpr auto plain_ascii = [] {
  std::array<char, 0x80> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = static_cast<char>(c);
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = table[c ^ 0x20U] = static_cast<char>(c);
  return table;
}();

// FNV-1a over eight bytes at a time, the last eight over again where fewer are left: names are short, and equality is checked
// afterwards.
[[gnu::always_inline]] inline std::uint64_t hash_of(std::string_view text) noexcept {
  std::uint64_t hash = 0xCBF29CE484222325U ^ text.size();
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
  };
  const char* const end = text.data() + text.size();
  if (text.size() >= 8) {
    for (const char* at = text.data(); end - at > 8; at += 8) mix(load<std::uint64_t>(at));
    mix(load<std::uint64_t>(end - 8));
  } else if (text.size() >= 4) {
    mix(std::uint64_t{load<std::uint32_t>(text.data())} << 32U | load<std::uint32_t>(end - 4));
  } else {
    for (const char c : text) mix(static_cast<unsigned char>(c));
  }
  return hash;
}

// Eight bytes without the first `count` of them, zeros behind.
std::uint64_t without_first(std::uint64_t eight, std::size_t count) noexcept {
  return std::endian::native == std::endian::little ? eight >> 8 * count : eight << 8 * count;
}

// How many of eight bytes from the first on are letters of ASCII, which `eight` then has in lower case.
std::size_t lower_letters(std::uint64_t& eight) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101U;
  const std::uint64_t lower = eight | each * 0x20;
  const std::uint64_t low = lower & each * 0x7F;
  // The high bit of a byte: it is at least 'a', and not beyond 'z'.
  const std::uint64_t letters = (low + each * (0x80 - 'a')) & ~(low + each * (0x7F - 'z')) & ~lower & each * 0x80;
  const std::uint64_t others = letters ^ each * 0x80;
  eight = lower;
  return first_of(others);
}

}  // namespace

std::size_t fold(std::string_view name, char (&out)[longest_name]) noexcept {
  std::size_t size = 0;
  std::size_t first = 0;
  if (name.size() <= longest_name - 8) {  // nearly every name: plain to its end, most of it letters, and with room for eight more
    for (const std::size_t end = name.size(); end >= 8 && first < end;) {
      const std::size_t left = end - first;  // fewer than eight stand at the end of the last eight
      std::uint64_t eight = load<std::uint64_t>(name.data() + (left < 8 ? end - 8 : first));
      if (left < 8) eight = without_first(eight, 8 - left);
      const std::size_t letters = lower_letters(eight);
      std::memcpy(out + size, &eight, 8);
      first += letters;
      size += letters;
      if (letters == 8 || first == end) continue;
      if (static_cast<unsigned char>(name[first]) >= 0x80) break;
      do {  // codes are digits, one after another
        out[size] = plain_ascii[static_cast<unsigned char>(name[first])];
        size += out[size] != 0 ? 1U : 0U;
        ++first;
      } while (first < end && static_cast<unsigned char>(name[first]) < 'A');
    }
    for (; first < name.size() && static_cast<unsigned char>(name[first]) < 0x80; ++first) {
      out[size] = plain_ascii[static_cast<unsigned char>(name[first])];
      size += out[size] != 0 ? 1U : 0U;
    }
  }
  const auto put = [&](char c) {
    if (size < longest_name) out[size] = c;
    ++size;
  };
  for (std::size_t i = first; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c < 0x80) {
      const char plain = plain_ascii[c];
      if (size < longest_name) out[size] = plain;
      size += plain != 0 ? 1 : 0;
      continue;
    }
    const unsigned char next = i + 1 < name.size() ? static_cast<unsigned char>(name[i + 1]) : 0;
    if (c == 0xC3 && next == 0x9F) {  // sharp s
      put('s'), put('s'), ++i;
    } else if (c == 0xC2) {  // no-break space, middle dot, micro sign: the last is a letter
      if (next == 0xB5) put('u');
      ++i;
    } else if (c >= 0xC3 && c <= 0xC5 && (next & 0xC0U) == 0x80) {
      const std::string_view table = c == 0xC3 ? latin_1 : c == 0xC4 ? extended_c4 : extended_c5;
      if (const char plain = table[next & 0x3FU]; plain != '?') put(plain);
      ++i;
    } else if (c == 0xE2) {  // punctuation: dashes, quotation marks, the trade mark sign
      i += 2;
    } else {
      put(static_cast<char>(c));
    }
  }
  return size <= longest_name ? size : 0;
}

// Where the text is, or would be added.
[[gnu::always_inline]] inline std::size_t TextIndex::place_of(std::uint64_t hash, std::string_view text) const noexcept {
  const Slot* const slots = slots_.data();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots[at];
    if (slot.id == no_concept || (slot.hash == hash && same({texts_.data() + slot.begin, slot.size}, text))) return at;
  }
}

void TextIndex::reserve(std::size_t texts) {
  if (texts * 2 > slots_.size()) resize(std::bit_ceil(texts * 2));
}

void TextIndex::resize(std::size_t slots) {
  const std::vector<Slot> old = std::move(slots_);
  slots_.assign(slots, {});
  for (const Slot& slot : old) {
    if (slot.id == no_concept) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].id != no_concept) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

ConceptId TextIndex::add(std::string_view text, ConceptId id) {
  if (used_ * 2 >= slots_.size()) resize(std::max<std::size_t>(64, slots_.size() * 2));
  const std::uint64_t hash = hash_of(text);
  Slot& slot = slots_[place_of(hash, text)];
  if (slot.id != no_concept) return slot.id;
  slot = {hash, static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint16_t>(text.size()), id};
  texts_ += text;
  ++used_;
  return id;
}

ConceptId TextIndex::find(std::string_view text) const noexcept {
  return slots_.empty() ? no_concept : slots_[place_of(hash_of(text), text)].id;
}

ConceptId NameIndex::add(std::string_view name, ConceptId id) {
  char buffer[longest_name];
  const std::size_t size = fold(name, buffer);
  if (size == 0) return id;
  const ConceptId of = folded_.add({buffer, size}, id);
  if (of == id) as_written_.add(name, id);
  return of;
}

ConceptId NameIndex::find_folded(std::string_view name) const noexcept {
  char buffer[longest_name];
  const std::size_t size = fold(name, buffer);
  return size == 0 ? no_concept : folded_.find({buffer, size});
}

void Taxonomy::reserve(std::size_t concepts, std::size_t names_of_them, std::size_t codes_of_them) {
  concepts_.reserve(concepts);
  ids_.reserve(concepts);
  names.reserve(names_of_them);
  codes.reserve(codes_of_them);
}

ConceptId Taxonomy::add(std::string id, std::string name) {
  const auto index = static_cast<ConceptId>(concepts_.size());
  ids_.add(id, index);
  concepts_.push_back({std::move(id), std::move(name), {}});
  return index;
}

ConceptId Taxonomy::by_id(std::string_view id) const noexcept { return ids_.find(id); }

void ConceptLists::put(ConceptId id, std::vector<ConceptId>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  places_[id] = {static_cast<std::uint32_t>(ids_.size()), static_cast<std::uint32_t>(list.size())};
  ids_.insert(ids_.end(), list.begin(), list.end());
}

bool Taxonomy::close(ConceptId& circle) {
  words_ = concepts_.size() / 64 + 1;
  closure_.reset(concepts_.size());
  enum : char { untouched, open, done };
  std::vector<char> state(concepts_.size(), untouched);
  std::vector<std::pair<ConceptId, std::size_t>> path;
  std::vector<ConceptId> list;
  const auto take = [&list](std::span<const ConceptId> more) { list.insert(list.end(), more.begin(), more.end()); };
  for (std::size_t start = 0; start < concepts_.size(); ++start) {
    if (state[start] != untouched) continue;
    path.emplace_back(static_cast<ConceptId>(start), 0);
    state[start] = open;
    while (!path.empty()) {
      auto& [id, next] = path.back();
      if (next < concepts_[id].classes.size()) {
        const ConceptId above = concepts_[id].classes[next++];
        if (state[above] == open) {
          circle = above;
          return false;
        }
        if (state[above] == untouched) {
          state[above] = open;
          path.emplace_back(above, 0);
        }
        continue;
      }
      list.assign(1, id);
      for (const ConceptId above : concepts_[id].classes) take(closure(above));
      closure_.put(id, list);
      state[id] = done;
      path.pop_back();
    }
  }
  std::vector<std::vector<ConceptId>> below(concepts_.size());
  for (std::size_t at = 0; at < concepts_.size(); ++at) {
    const auto id = static_cast<ConceptId>(at);
    for (const ConceptId above : closure(id))
      if (above != id) below[above].push_back(id);
  }
  below_.reset(concepts_.size());
  may_be_.reset(concepts_.size());
  for (std::size_t at = 0; at < concepts_.size(); ++at) {
    if (below[at].empty()) continue;
    const auto id = static_cast<ConceptId>(at);
    below_.put(id, below[at]);
    list.clear();
    for (const ConceptId member : below[at]) take(closure(member));
    may_be_.put(id, list);
  }
  return true;
}

namespace {

std::size_t code_key(std::string_view system, std::string_view code, char (&out)[longest_name]) noexcept {
  if (system.size() + code.size() + 1 > longest_name) return 0;
  std::memcpy(out, system.data(), system.size());
  out[system.size()] = '.';
  std::memcpy(out + system.size() + 1, code.data(), code.size());
  return system.size() + code.size() + 1;
}

}  // namespace

ConceptId Taxonomy::add_code(std::string_view system, std::string_view code, ConceptId id) {
  char key[longest_name];
  return codes.add({key, code_key(system, code, key)}, id);
}

ConceptId Taxonomy::by_code(std::string_view system, std::string_view code) const noexcept {
  char key[longest_name];
  const bool hierarchical = std::string_view{key, fold(system, key)} == "icd10cm";
  for (std::string_view part = code; !part.empty(); part.remove_suffix(1)) {
    const ConceptId found = codes.find({key, code_key(system, part, key)});
    if (found != no_concept) return found;
    if (!hierarchical || part.size() <= 3) break;
  }
  return no_concept;
}

}  // namespace magnesia::base
