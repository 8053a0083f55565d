#include "json/parse.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "base/bytes.hpp"
#include "base/characters.hpp"
#include "json/diagnose.hpp"
#include "json/utf8.hpp"

namespace magnesia::json {
namespace {

namespace ondemand = simdjson::ondemand;

using base::is_blank;
using base::is_digit;

// Whether the text is a number by RFC 8259. simdjson would turn it into a double; every digit is wanted.
bool is_number(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto digits = [&] {
    const char* const from = at;
    while (at != end && is_digit(*at)) ++at;
    return at != from;
  };
  if (at != end && *at == '-') ++at;
  if (at != end && *at == '0') {
    ++at;
  } else if (!digits()) {
    return false;
  }
  if (at != end && *at == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    if (!digits()) return false;
  }
  return at == end;
}

// Four hexadecimal digits; false if they are not.
bool read_hex(const char* at, std::uint32_t& value) {
  value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const char lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && !(lower >= 'a' && lower <= 'f')) return false;
    value = value * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
  }
  return true;
}

char unescaped(char escape) {
  switch (escape) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"':
    case '\\':
    case '/': return escape;
    default: return '\0';
  }
}

// How many bytes from here on are neither a quotation mark nor a backslash. One of the two must follow, and simdjson's padding.
std::size_t plain_bytes(const char* from) noexcept {
  static_assert(simdjson::SIMDJSON_PADDING >= sizeof(base::Sixteen));
  for (const char* at = from;; at += sizeof(base::Sixteen)) {
    const auto bytes = base::load<base::Sixteen>(at);
    const base::Sixteen ends = (bytes == '"') | (bytes == '\\');
    if (base::any(ends)) return static_cast<std::size_t>(at - from) + base::first_of(ends);
  }
}

struct UnescapedString {
  std::string_view text;
  const char* end = nullptr;  // behind the closing quotation mark; null: an escape that JSON does not have
  bool half_surrogate = false;
};

// Unescapes a string in place, which only ever shortens it. `at` is behind the opening quotation mark; simdjson's first stage has
// made sure that there is a closing one. (Its own unescaping lets a lone low surrogate through.)
UnescapedString unescape(char* at) {
  const char* const begin = at;
  at += plain_bytes(at);
  UnescapedString result;
  char* out = at;
  while (*at != '"') {
    if (*at != '\\') {
      *out++ = *at++;
      continue;
    }
    if (at[1] != 'u') {
      const char c = unescaped(at[1]);
      if (c == '\0') return {};
      *out++ = c;
      at += 2;
      continue;
    }
    std::uint32_t code = 0;
    if (!read_hex(at + 2, code)) return {};
    at += 6;
    if (code >= 0xD800 && code < 0xE000) {
      std::uint32_t low = 0;
      const bool paired =
          code < 0xDC00 && at[0] == '\\' && at[1] == 'u' && read_hex(at + 2, low) && low >= 0xDC00 && low < 0xE000;
      if (paired) {
        code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
        at += 6;
      } else {
        code = 0xFFFD;
        result.half_surrogate = true;
      }
    }
    out = write_character(out, code);
  }
  result.text = {begin, static_cast<std::size_t>(out - begin)};
  result.end = at + 1;
  return result;
}

}  // namespace

// Text for each value of a document, where there is much of it: room is made at once.
constexpr std::size_t bytes_of_a_node = 24;

struct Parser::State {
  ondemand::parser simd;
  std::unique_ptr<char[]> buffer;
  std::size_t capacity = 0;  // of the text; the buffer is longer by simdjson's padding
  std::vector<Node> nodes;
  std::vector<const Node*> members;  // scratch of `report_duplicates`
  struct Fault {
    std::size_t node;
    Error error;  // its place is filled in when all are known
  };
  std::vector<Fault> faults;
  std::size_t fault_count = 0;
  const Bounds* bounds = nullptr;

  bool hold(std::string_view text) {
    if (!buffer || text.size() > capacity) {
      const std::size_t wanted = std::max<std::size_t>({text.size(), capacity * 2, 4096});
      capacity = 0;
      buffer = std::make_unique<char[]>(wanted + simdjson::SIMDJSON_PADDING);
      const simdjson::error_code held = simd.allocate(wanted);
      if (held == simdjson::MEMALLOC) throw std::bad_alloc{};  // as for every other want of memory
      if (held != simdjson::SUCCESS) return false;
      capacity = wanted;
      nodes.reserve(std::min(bounds->max_nodes, wanted / bytes_of_a_node));
    }
    text.copy(buffer.get(), text.size());
    std::memset(buffer.get() + text.size(), ' ', simdjson::SIMDJSON_PADDING);
    return true;
  }

  // The steps below return false where the text is no JSON within the bounds; `diagnose` then says why.
  bool read_document(std::string_view text) {
    nodes.clear();
    faults.clear();
    fault_count = 0;
    ondemand::document document;
    if (simd.iterate(buffer.get(), text.size(), capacity + simdjson::SIMDJSON_PADDING).get(document) != simdjson::SUCCESS)
      return false;
    ondemand::json_type type{};
    if (document.type().get(type) != simdjson::SUCCESS) return false;
    if (type == ondemand::json_type::object || type == ondemand::json_type::array) {
      ondemand::value root;
      if (document.get_value().get(root) != simdjson::SUCCESS || !read_value(root, {}, 0, 0)) return false;
      // Anything that is left behind the root is an error that On-Demand does not look for.
      return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }
    std::string_view token;
    if (document.raw_json_token().get(token) != simdjson::SUCCESS) return false;
    return token.data() + token.size() == buffer.get() + text.size() && read_scalar(add({}, 0), token);
  }

  std::size_t add(std::string_view key, std::size_t parent) {
    const std::size_t index = nodes.size();
    Node& node = nodes.emplace_back();
    node.key_ = key;
    node.to_parent_ = static_cast<std::uint32_t>(index - parent);
    return index;
  }

  bool read_value(ondemand::value value, std::string_view key, std::size_t parent, std::size_t depth) {
    if (nodes.size() >= bounds->max_nodes) return false;
    const std::size_t index = add(key, parent);
    const std::string_view token = value.raw_json_token();
    const char first = token.empty() ? '\0' : token.front();
    if (first != '{' && first != '[') {
      // Consumed explicitly: On-Demand's skipping would take a string that a colon follows for a key.
      if (first == '"' && value.get_raw_json_string().error() != simdjson::SUCCESS) return false;
      return read_scalar(index, token);
    }
    if (depth >= bounds->max_depth) return false;
    nodes[index].type_ = first == '{' ? Type::object : Type::array;
    nodes[index].offset_ = offset_of(token);
    if (!(first == '{' ? read_members(value, index, depth + 1) : read_elements(value, index, depth + 1))) return false;
    nodes[index].nodes_ = static_cast<std::uint32_t>(nodes.size() - index);
    if (first == '{') report_duplicates(nodes[index]);
    return true;
  }

  bool read_members(ondemand::value& value, std::size_t index, std::size_t depth) {
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return false;
    for (auto member : object) {
      ondemand::field field;
      if (std::move(member).get(field) != simdjson::SUCCESS) return false;
      const UnescapedString key = unescape(writable(field.key().raw()));
      if (key.end == nullptr) return false;
      if (key.half_surrogate) report(nodes.size(), ErrorKind::encoding, "half of a surrogate pair in the key", whole_pair);
      if (!read_value(field.value(), key.text, index, depth)) return false;
    }
    return true;
  }

  bool read_elements(ondemand::value& value, std::size_t index, std::size_t depth) {
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return false;
    for (auto element : array) {
      ondemand::value inner;
      if (std::move(element).get(inner) != simdjson::SUCCESS || !read_value(inner, {}, index, depth)) return false;
    }
    return true;
  }

  // `token` reaches to the next one, or to the text's end.
  bool read_scalar(std::size_t index, std::string_view token) {
    Node& node = nodes[index];
    node.offset_ = offset_of(token);
    while (!token.empty() && is_blank(token.back())) token.remove_suffix(1);
    if (token.empty()) return false;
    if (token.front() == '"') {
      const UnescapedString string = unescape(writable(token.data() + 1));
      if (string.end != token.data() + token.size()) return false;
      node.type_ = Type::string;
      node.text_ = string.text;
      node.faulty_ = string.half_surrogate;
      if (node.faulty_) report(index, ErrorKind::encoding, "half of a surrogate pair", whole_pair);
      return true;
    }
    node.text_ = token;
    if (token == "true" || token == "false") {
      node.type_ = Type::boolean;
      return true;
    }
    if (token == "null") return true;
    if (!is_number(token)) return false;
    node.type_ = Type::number;
    node.faulty_ = token.size() > bounds->max_digits;
    if (node.faulty_)
      report(index, ErrorKind::too_large, "a number of " + std::to_string(token.size()) + " characters",
             "at most " + std::to_string(bounds->max_digits));
    return true;
  }

  void report_duplicates(const Node& object) {
    constexpr std::size_t few = 12;
    members.clear();
    for (const Node& member : object.children()) members.push_back(&member);
    if (members.size() <= few) {  // the usual case, and quicker than sorting
      for (std::size_t i = 1; i < members.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (base::same(members[i]->key_, members[j]->key_)) {
            report_duplicate(*members[i], *members[j]);
            break;
          }
      return;
    }
    std::sort(members.begin(), members.end(),
              [](const Node* a, const Node* b) { return a->key_ != b->key_ ? a->key_ < b->key_ : a->offset_ < b->offset_; });
    for (std::size_t first = 0, i = 1; i < members.size(); ++i)
      if (members[i]->key_ == members[first]->key_)
        report_duplicate(*members[i], *members[first]);
      else
        first = i;
  }
  void report_duplicate(const Node& again, const Node& before) {
    report(static_cast<std::size_t>(&again - nodes.data()), ErrorKind::duplicate_key,
           "the same key at byte " + std::to_string(again.offset_) + " as at byte " + std::to_string(before.offset_),
           "each key once");
  }

  void report(std::size_t node, ErrorKind kind, std::string found, std::string expected) {
    ++fault_count;
    if (faults.size() < bounds->max_errors) faults.push_back({node, Error{kind, {}, std::move(found), std::move(expected)}});
  }

  void hand_over(Errors& errors) {
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return a.node < b.node; });
    for (Fault& fault : faults) {
      fault.error.place = pointer(nodes[fault.node]);
      errors.push_back(std::move(fault.error));
    }
    if (fault_count > faults.size())
      errors.push_back({ErrorKind::too_large, "", std::to_string(fault_count) + " faults",
                        "at most " + std::to_string(bounds->max_errors) + "; the others are not listed"});
  }

  static constexpr const char* whole_pair = "both halves, or the character itself";

  std::uint32_t offset_of(std::string_view token) const { return static_cast<std::uint32_t>(token.data() - buffer.get()); }
  char* writable(const char* at) const { return buffer.get() + (at - buffer.get()); }
};

Parser::Parser() : state_{std::make_unique<State>()} {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

const Node* Parser::parse(std::string_view text, const Bounds& bounds, Errors& errors) {
  State& state = *state_;
  state.bounds = &bounds;
  if (text.size() <= bounds.max_bytes && state.hold(text) && state.read_document(text)) {
    if (state.fault_count != 0) state.hand_over(errors);
    return state.nodes.data();
  }
  if (std::optional<Error> fault = diagnose(text, bounds))
    errors.push_back(*std::move(fault));
  else
    errors.push_back(
        {ErrorKind::too_large, "byte 0", std::to_string(text.size()) + " bytes", "a document for which there is memory"});
  return nullptr;
}

std::unique_ptr<char[]> Parser::take_text() noexcept { return std::move(state_->buffer); }

Result<const Node*, Errors> Parser::parse(std::string_view text, const Bounds& bounds) {
  Errors errors;
  const Node* const root = parse(text, bounds, errors);
  if (!errors.empty()) return errors;
  return root;
}

}  // namespace magnesia::json
