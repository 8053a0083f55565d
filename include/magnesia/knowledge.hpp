// Knowledge: everything clinical that Magnesia says, loaded from documents, checked, compiled, immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/error.hpp"
#include "magnesia/label.hpp"
#include "magnesia/verdict.hpp"

namespace magnesia {

namespace base {
struct Base;
}

/// The documents of one pack, not yet checked. In target magnesia::knowledge.
struct Pack {
  struct Document {
    std::string path;  ///< for error messages
    std::string text;  ///< JSON
  };
  std::string name;                 ///< where it came from, for error messages
  std::vector<Document> documents;  ///< sorted by path
  std::string sha256;               ///< of the documents, where it is known already

  /// The pack that the library was built with.
  [[nodiscard]] static Pack embedded();
  /// A folder of documents, or one file that holds a whole pack ("documents": […]). Errors: unreadable, too_large.
  [[nodiscard]] static Result<Pack> read(const std::string& path);
};

/// Immutable; cheap to copy; shared by any number of threads.
class Knowledge final : public SaltNames {
 public:
  /// The pack that the library was built with. In target magnesia::knowledge. Takes a few milliseconds: load once, share.
  [[nodiscard]] static Knowledge embedded();
  /// The first pack, with the later ones laid over it. All errors of all packs, each with file and JSON Pointer; never a part of
  /// the packs. In target magnesia::knowledge.
  [[nodiscard]] static Result<Knowledge, Errors> load(std::span<const Pack> packs);

  [[nodiscard]] KnowledgeIdentity identity() const noexcept;
  [[nodiscard]] std::vector<std::string_view> overlays() const;

  [[nodiscard]] std::optional<NamedSalt> find_salt(std::string_view salt) const override;

  /// One thing that the knowledge holds.
  struct Entry {
    std::string kind;  ///< "drug", "drug-class", "condition", "salt", "rule", "limit", "fact", "product", "source"
    std::string id;    ///< unique within its kind
    std::string name;  ///< of a source its title; empty for a rule
  };
  /// Everything, by kind, then by id. In target magnesia::knowledge, as are find and document_of.
  [[nodiscard]] std::vector<Entry> list() const;

  /// Something that is known under what was looked for.
  struct Match {
    enum class How : std::uint8_t {
      exact,       ///< a name or code, but for case, accents, hyphens and blanks
      below_code,  ///< the code lies below one of ICD-10-CM that is listed
      begins,      ///< a name or code begins with it
      within       ///< it stands in a name
    };
    Entry entry;
    std::string by;  ///< the id, name or code ("icd10cm N18") that matches best
    How how = How::exact;
  };
  /// What is known under a name, brand, synonym, title or code (with its system before it or without), best first, each entry
  /// once. "N18.4" and "icd10cm N18.4" are the same. Names are folded as those of a request are. Reads all documents: some
  /// milliseconds.
  [[nodiscard]] std::vector<Match> find(std::string_view text) const;

  /// The document that defines an entry, as JSON text as it was written; none if there is none.
  [[nodiscard]] std::optional<std::string> document_of(std::string_view kind, std::string_view id) const;
  /// All sources, by id.
  [[nodiscard]] std::vector<Source> sources() const;
  /// A sentence of the reports, by its key; empty if there is none.
  [[nodiscard]] std::string_view text(std::string_view key) const noexcept;

  explicit Knowledge(std::shared_ptr<const base::Base> base) noexcept : base_{std::move(base)} {}
  [[nodiscard]] const std::shared_ptr<const base::Base>& base() const noexcept { return base_; }

 private:
  std::shared_ptr<const base::Base> base_;
};

}  // namespace magnesia
