#include "cli/arguments.hpp"

#include <algorithm>

namespace magnesia::cli {
namespace {

std::string all_of(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

std::string all_of(std::span<const Option> options) {
  std::vector<std::string_view> names;
  for (const Option& option : options) names.push_back(option.name);
  names.emplace_back("--help");
  return all_of(names);
}

}  // namespace

std::string_view Given::value_or(std::string_view option, std::string_view otherwise) const {
  const auto found = values_.find(option);
  return found == values_.end() ? otherwise : std::string_view{found->second.back()};
}

const std::vector<std::string>& Given::values(std::string_view option) const {
  static const std::vector<std::string> none;
  const auto found = values_.find(option);
  return found == values_.end() ? none : found->second;
}

Result<Given> parse(std::span<const Option> options, std::span<const std::string_view> arguments) {
  Given given;
  bool only_operands = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (only_operands || argument.size() < 2 || argument.front() != '-') {
      given.operands_.emplace_back(argument);
      continue;
    }
    if (argument == "--") {
      only_operands = true;
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    if (name == "--help" || name == "-h") {
      given.values_["--help"];
      continue;
    }
    const auto option = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
    if (option == options.end()) return Error{ErrorKind::unknown_key, {}, excerpt(name), all_of(options)};
    std::string_view value;
    if (option->value.empty()) {
      if (equals != std::string_view::npos)
        return Error{ErrorKind::conflict, std::string{name}, excerpt(argument.substr(equals + 1)), "no value"};
    } else if (equals != std::string_view::npos) {
      value = argument.substr(equals + 1);
    } else if (++i < arguments.size()) {
      value = arguments[i];
    } else {
      return Error{ErrorKind::missing_key, std::string{name}, "nothing after it", std::string{option->value}};
    }
    if (!option->choices.empty() && std::find(option->choices.begin(), option->choices.end(), value) == option->choices.end())
      return Error{ErrorKind::unknown_name, std::string{name}, excerpt(value), all_of(option->choices)};
    auto& values = given.values_[std::string{name}];
    if (!values.empty() && !option->repeatable) return Error{ErrorKind::duplicate_key, std::string{name}, "it twice", "it once"};
    values.emplace_back(value);
  }
  return given;
}

}  // namespace magnesia::cli
