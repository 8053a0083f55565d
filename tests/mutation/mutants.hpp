// Mutants: the knowledge with one statement changed, mostly towards mild. What no case notices could be lost without a test
// failing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/knowledge.hpp"

namespace magnesia::mutation {

enum class Kind : std::uint8_t {
  rule_removed,
  severity_lowered,
  confirmation_withdrawn,
  evidence_raised,
  threshold_milder,
  comparison_milder,
  branch_milder,
  guard_widened,
  scope_narrowed,
  window_shorter,
  window_side_removed,
  replacement_added,
  class_removed,
  contents_removed,
  role_changed,
  limit_raised,
  band_moved,
  band_removed,
  limit_unset,
  awaited_less,
  figure_rounded,
  settles_more,
  form_removed,
  formula_hydrated,
  mixture_narrowed,
  dose_uncounted,
  // From here on a mutant warns more than its source says: noise, not danger.
  confirmation_invented,
  threshold_sterner,
  comparison_sterner,
  branch_sterner,
  condition_removed,
  window_longer,
  replacement_removed,
  limit_lowered,
  covers_more,
  settled_removed,
  salt_widened
};
inline constexpr std::size_t kind_count = 37;
inline constexpr Kind first_stern_kind = Kind::confirmation_invented;
[[nodiscard]] constexpr bool towards_mild(Kind kind) noexcept { return kind < first_stern_kind; }
/// "rule removed".
[[nodiscard]] std::string_view name(Kind kind) noexcept;

/// One document in another wording, or without (no text).
struct Edit {
  std::size_t document = 0;
  std::optional<std::string> text;
};

struct Mutant {
  Kind kind = Kind::rule_removed;
  std::string id;         ///< "window shorter: interaction.ciprofloxacin before"
  std::string rule;       ///< the rule that changed; empty: none alone
  bool unspoken = false;  ///< no rule and no question speaks of what changed, so no answer can hang on it
  std::vector<Edit> edits;
};

/// All mutants of a pack, which must be one that loads.
[[nodiscard]] std::vector<Mutant> mutants_of(const Pack& pack);

}  // namespace magnesia::mutation
