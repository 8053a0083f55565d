// What the verbs about one person share: the request, and the checker that judges it.
#pragma once

#include <optional>
#include <string>

#include "cli/common.hpp"
#include "magnesia/fhir.hpp"
#include "magnesia/request.hpp"

namespace magnesia::cli {

struct Asked {
  Request request;
  Checker checker;
  std::string shown;    ///< where the request came from, for messages
  fhir::Record record;  ///< where it is a FHIR record: what of it the request does not hold; empty otherwise
};

/// The policy as the options have it. Errors: syntax for --as-of.
[[nodiscard]] Result<Policy> policy_of(const Given& given);

/// The one file that is given, read, and the checker as the options have it; both validated. None: every fault was printed, and
/// the command ends with `exit`.
[[nodiscard]] std::optional<Asked> ask(const Given& given, std::string_view verb, Exit& exit);

/// Prints the fault; the command then ends with what is returned.
[[nodiscard]] Exit refuse(const Error& error, std::string_view before = {});

}  // namespace magnesia::cli
