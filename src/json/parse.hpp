// JSON as a tree that says where everything stood. Nothing of it is lazy: a tree comes only from a document that is valid
// throughout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "magnesia/error.hpp"

namespace magnesia::json {

enum class Type : std::uint8_t { null, boolean, number, string, array, object };

struct Packed;
struct PackedTree;

/// "an object", "a string" and so on.
[[nodiscard]] std::string_view name(Type type) noexcept;

/// One value of a document. Nodes lie in document order, each before its children, so a node is found from another by counting.
/// Valid until its parser parses again.
class Node {
 public:
  class Iterator;
  class Children;

  [[nodiscard]] Type type() const noexcept { return type_; }
  /// The member's name, unescaped; empty for the root and for elements of arrays.
  [[nodiscard]] std::string_view key() const noexcept { return key_; }
  /// A string's characters, unescaped; a number's digits as written; "true", "false", "null"; empty for arrays and objects.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] bool is_true() const noexcept { return type_ == Type::boolean && text_.size() == 4; }
  /// A fault of this very value was reported already (a number too long, half a surrogate pair): don't complain of it again.
  [[nodiscard]] bool faulty() const noexcept { return faulty_; }
  /// Where the value begins in the text, in bytes.
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

  [[nodiscard]] Children children() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return nodes_ == 1; }
  /// The member of this name, the first where it was given twice; null if there is none. O(members).
  [[nodiscard]] const Node* find(std::string_view key) const noexcept;
  /// The array or object that this value is in; null for the root.
  [[nodiscard]] const Node* parent() const noexcept { return to_parent_ == 0 ? nullptr : this - to_parent_; }

 private:
  friend class Parser;
  friend Result<PackedTree> pack(const Node& root, std::string_view text);
  friend std::vector<Node> unpack(const Packed& packed);

  std::string_view key_;
  std::string_view text_;
  std::uint32_t offset_ = 0;
  std::uint32_t nodes_ = 1;      // in this subtree, itself included
  std::uint32_t to_parent_ = 0;  // nodes back to the parent
  Type type_ = Type::null;
  bool faulty_ = false;
};

class Node::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Node;
  using difference_type = std::ptrdiff_t;
  using pointer = const Node*;
  using reference = const Node&;

  Iterator() = default;
  explicit Iterator(const Node* at) noexcept : at_{at} {}
  [[nodiscard]] const Node& operator*() const noexcept { return *at_; }
  [[nodiscard]] const Node* operator->() const noexcept { return at_; }
  Iterator& operator++() noexcept {
    at_ += at_->nodes_;
    return *this;
  }
  Iterator operator++(int) noexcept {
    const Iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(Iterator, Iterator) = default;

 private:
  const Node* at_ = nullptr;
};

class Node::Children {
 public:
  explicit Children(const Node* of) noexcept : of_{of} {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator{of_ + 1}; }
  [[nodiscard]] Iterator end() const noexcept { return Iterator{of_ + of_->nodes_}; }

 private:
  const Node* of_;
};

inline Node::Children Node::children() const noexcept { return Children{this}; }

inline const Node* Node::find(std::string_view key) const noexcept {
  if (type_ != Type::object) return nullptr;
  for (const Node& member : children())
    if (base::same(member.key(), key)) return &member;
  return nullptr;
}

/// The node's JSON Pointer (RFC 6901): "" for the root, "/a~1b/0".
[[nodiscard]] std::string pointer(const Node& node);
/// The pointer of a member that this object has, or should have.
[[nodiscard]] std::string pointer(const Node& object, std::string_view key);

/// What an error says was found: "the string \"abc\"", "the number 12", "an array".
[[nodiscard]] std::string found(const Node& node);

/// How much is accepted.
struct Bounds {
  std::size_t max_bytes = std::size_t{16} << 20U;
  std::size_t max_depth = 64;  ///< arrays and objects inside each other; at most 1,000
  std::size_t max_nodes = 4'000'000;
  std::size_t max_digits = 64;     ///< characters of one number
  std::size_t max_errors = 1'000;  ///< reported of one document; the last one says that there are more
};

/// Reads documents, one after another, in memory that it keeps. Not for two threads at once.
class Parser {
 public:
  Parser();
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  /// The root of a valid document, or every fault of it. The tree refers to the parser's own copy of the text.
  /// Errors, in this order: too_large (bytes); encoding (byte order mark, ill-formed UTF-8); the first of syntax and too_large
  /// (depth, nodes), each with the place "byte N". A document without such a fault is read to its end and all of these are
  /// reported with their JSON Pointers, in document order: duplicate_key, too_large (a number's length), encoding (half a
  /// surrogate pair).
  [[nodiscard]] Result<const Node*, Errors> parse(std::string_view text, const Bounds& bounds = {});

  /// The same for readers that go on to report their own faults: appends the errors and gives the tree whenever there is one,
  /// with U+FFFD for half a surrogate pair. Null: the text is no JSON document.
  [[nodiscard]] const Node* parse(std::string_view text, const Bounds& bounds, Errors& errors);

  /// The copy of the text that was parsed last. Whoever takes it keeps what the tree's keys and texts refer to.
  [[nodiscard]] std::unique_ptr<char[]> take_text() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace magnesia::json
