#include "magnesia/knowledge.hpp"

#include <algorithm>

#include "base/base.hpp"
#include "words/words.hpp"

namespace magnesia {

KnowledgeIdentity Knowledge::identity() const noexcept { return {base_->id, base_->version, base_->sha256}; }

std::vector<std::string_view> Knowledge::overlays() const {
  std::vector<std::string_view> all;
  for (const base::Overlay& overlay : base_->overlays) all.emplace_back(overlay.summary);
  return all;
}

std::optional<NamedSalt> Knowledge::find_salt(std::string_view salt) const {
  const base::ConceptId id = base_->salts.names.find(salt);
  if (id == base::no_concept) return std::nullopt;
  return base_->named_salts[id];
}

std::vector<Source> Knowledge::sources() const {
  std::vector<Source> all;
  for (const base::SourceEntry& entry : base_->sources)
    all.push_back({entry.id, entry.grade, entry.title, entry.publisher, entry.year, true});
  return all;
}

std::string_view Knowledge::text(std::string_view key) const noexcept { return base_->text(key); }

}  // namespace magnesia
