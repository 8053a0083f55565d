// What several verbs share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/arguments.hpp"
#include "magnesia/checker.hpp"
#include "magnesia/report.hpp"

namespace magnesia::cli {

inline const Option knowledge_option{
    "--knowledge",
    "PACK",
    "take the knowledge from this folder or file; again: an overlay over it; \"embedded\": what is built in",
    {},
    true,
    true};

/// Writes to standard output. False, and a message, when it cannot be written.
[[nodiscard]] bool print(std::string_view text);
/// One line on standard error, made safe to print: "magnesia: TEXT".
void complain(std::string_view text);
/// The same of a fault: "magnesia: PLACE: found …, expected …".
void complain(const Error& error, std::string_view before = {});

/// The pack at the first path with the others laid over it; what is built in where there is none. None: every fault was printed,
/// and the command ends with bad_knowledge.
[[nodiscard]] std::optional<Knowledge> load_knowledge(const std::vector<std::string>& paths);

/// Whether standard output is a terminal.
[[nodiscard]] bool on_terminal();
/// Width and colour as the terminal and NO_COLOR have them.
[[nodiscard]] TextOptions text_options();

Exit check(const Given& given);
Exit plan(const Given& given);
Exit elemental(const Given& given);
Exit knowledge(const Given& given);
Exit complete(const Given& given);

}  // namespace magnesia::cli
