// magnesia completion: from the tables of the verbs.
#include "cli/common.hpp"

namespace magnesia::cli {
namespace {

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::vector<std::string_view> verbs() {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return names;
}

std::string bash() {
  std::string out = R"(_magnesia() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ")" +
                    joined(verbs()) + R"( --help --version" -- "$current"))
    return
  fi
  case ${COMP_WORDS[1]}:$previous in
)";
  for (const Command& command : commands())
    for (const Option& option : command.options) {
      if (option.value.empty()) continue;
      out += "    " + std::string{command.name} + ':' + std::string{option.name} + ") ";
      if (option.is_path)
        out += R"(local IFS=$'\n'; COMPREPLY=($(compgen -f -- "$current")); )";
      else if (!option.choices.empty())
        out += "COMPREPLY=($(compgen -W \"" + joined(option.choices) + R"(" -- "$current")); )";
      out += "return ;;\n";
    }
  out += "  esac\n  case ${COMP_WORDS[1]} in\n";
  for (const Command& command : commands()) {
    std::vector<std::string_view> words = command.words;
    for (const Option& option : command.options) words.push_back(option.name);
    words.emplace_back("--help");
    out += "    " + std::string{command.name} + ") COMPREPLY=($(compgen -W \"" + joined(words) + R"(" -- "$current")))";
    if (command.takes_files) out += R"(; [[ $current == -* ]] || { local IFS=$'\n'; COMPREPLY+=($(compgen -f -- "$current")); })";
    out += " ;;\n";
  }
  out += R"(  esac
}
complete -o filenames -F _magnesia magnesia
)";
  return out;
}

// In single quotes, for zsh and fish.
std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') out += "'\\'";
    out += c;
  }
  return out;
}

std::string zsh_escaped(std::string_view text) {
  std::string out;
  for (const char c : quoted(text)) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh() {
  std::string out = "#compdef magnesia\n_magnesia() {\n  local -a verbs=(\n";
  for (const Command& command : commands())
    out += "    '" + std::string{command.name} + ':' + zsh_escaped(command.summary) + "'\n";
  out +=
      "  )\n  if ((CURRENT == 2)); then\n    _describe verb verbs\n    return\n  fi\n  local verb=$words[2]\n"
      "  shift words\n  ((CURRENT--))\n  case $verb in\n";
  for (const Command& command : commands()) {
    out += "    " + std::string{command.name} + ") _arguments '--help[say more]'";
    for (const Option& option : command.options) {
      out += " '" + std::string{option.repeatable ? "*" : ""} + std::string{option.name} + '[' + zsh_escaped(option.help) + ']';
      if (!option.value.empty()) {
        out += ':' + std::string{option.value} + ':';
        if (option.is_path)
          out += "_files";
        else if (!option.choices.empty())
          out += '(' + joined(option.choices) + ')';
      }
      out += '\'';
    }
    if (!command.words.empty()) out += " '1:word:(" + joined(command.words) + ")'";
    if (command.takes_files) out += " '*:file:_files'";
    out += " ;;\n";
  }
  out +=
      "  esac\n}\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then _magnesia \"$@\"; else compdef _magnesia magnesia; fi\n";
  return out;
}

std::string fish() {
  std::string out;
  const auto line = [&](std::string_view condition, const std::string& rest) {
    out += "complete -c magnesia -n '" + std::string{condition} + "' " + rest + '\n';
  };
  for (const Command& command : commands()) {
    const std::string seen = "__fish_seen_subcommand_from " + std::string{command.name};
    line("__fish_use_subcommand", "-f -a " + std::string{command.name} + " -d '" + quoted(command.summary) + '\'');
    if (!command.words.empty()) line(seen, "-a '" + joined(command.words) + '\'');
    if (!command.takes_files) line(seen, "-f");
    for (const Option& option : command.options) {
      std::string rest = "-l " + std::string{option.name.substr(2)} + " -d '" + quoted(option.help) + '\'';
      if (!option.value.empty()) rest += option.is_path ? " -r" : " -x";
      if (!option.choices.empty()) rest += " -a '" + joined(option.choices) + '\'';
      line(seen, rest);
    }
  }
  return out;
}

}  // namespace

std::string completion(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return {};
}

Exit complete(const Given& given) {
  const std::string shell = given.operands().size() == 1 ? given.operands().front() : std::string{};
  const std::string text = completion(shell);
  if (text.empty()) {
    complain({ErrorKind::unknown_name, "completion", given.operands().empty() ? "no shell" : excerpt(given.operands().front()),
              "bash, zsh or fish"});
    return Exit::bad_input;
  }
  return print(text) ? Exit::answered : Exit::bad_input;
}

}  // namespace magnesia::cli
