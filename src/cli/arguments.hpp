// The command line, by tables: what is parsed, what --help prints and what shells complete is one and the same.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "magnesia/error.hpp"

namespace magnesia::cli {

/// How the command ends (docs/contract.md).
enum class Exit : int { answered = 0, reached = 1, bad_input = 2, bad_knowledge = 3 };

struct Option {
  std::string_view name;   ///< "--format"
  std::string_view value;  ///< what its value is called; empty: it takes none
  std::string_view help;
  std::vector<std::string_view> choices;  ///< all values that it takes; none: any text
  bool repeatable = false;
  bool is_path = false;  ///< its value is a file or folder
};

/// What was given, checked against a table.
class Given {
 public:
  [[nodiscard]] bool has(std::string_view option) const { return values_.contains(option); }
  /// The last value, or `otherwise`.
  [[nodiscard]] std::string_view value_or(std::string_view option, std::string_view otherwise) const;
  [[nodiscard]] const std::vector<std::string>& values(std::string_view option) const;
  [[nodiscard]] const std::vector<std::string>& operands() const noexcept { return operands_; }

 private:
  friend Result<Given> parse(std::span<const Option> options, std::span<const std::string_view> arguments);
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> operands_;
};

/// Options as "--name value" and "--name=value", anywhere; after "--" everything is an operand, and "-" always is one.
/// Errors: unknown_key, missing_key, duplicate_key, unknown_name for a value outside its choices.
[[nodiscard]] Result<Given> parse(std::span<const Option> options, std::span<const std::string_view> arguments);

/// One verb of the command.
struct Command {
  std::string_view name;
  std::string_view operands;  ///< as the synopsis shows them: "FILE|-"
  std::string_view summary;   ///< one line
  std::string_view help;      ///< what --help prints below the synopsis
  std::vector<Option> options;
  std::vector<std::string_view> words;  ///< operands that a shell can complete
  bool takes_files = false;
  Exit (*run)(const Given& given);
};

/// All verbs, in the order of --help.
[[nodiscard]] std::span<const Command> commands();

[[nodiscard]] std::string help();
[[nodiscard]] std::string help(const Command& command);
/// "bash", "zsh" or "fish"; empty for another shell.
[[nodiscard]] std::string completion(std::string_view shell);

}  // namespace magnesia::cli
