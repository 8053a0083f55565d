// The sentences that reports need; a pack without one of them does not load.
#pragma once

#include <array>
#include <string_view>

namespace magnesia::words {

inline constexpr std::array<std::string_view, 38> needed_texts{
    "notice", "clearance.statement", "clearance.record-is-complete", "headline.clear", "headline.decided.minor",
    "headline.decided.none", "headline.decided.moderate", "headline.decided.major", "headline.decided.contraindicated",
    "headline.range", "headline.unconfirmed", "headline.unrecognised", "severity.none", "severity.minor", "severity.moderate",
    "severity.major", "severity.contraindicated", "value.range", "value.at-least", "value.unknown", "product.any",
    "change.time", "change.separate", "change.amount", "change.dose", "change.total", "change.salt", "change.none",
    "change.know", "relation.absent", "relation.present", "because.as-given",
    "because.creatinine-and-cystatin", "because.creatinine-adult", "because.cystatin", "because.child-u25", "because.sex-unknown",
    "because.clearance"};

}  // namespace magnesia::words
