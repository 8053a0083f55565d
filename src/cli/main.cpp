// The command `magnesia`.
#include <algorithm>

#include "cli/common.hpp"
#include "magnesia/version.hpp"

int main(int argc, char** argv) {
  using namespace magnesia;
  using namespace magnesia::cli;
  const auto end_with = [](Exit exit) { return static_cast<int>(exit); };
  const auto printed = [&](const std::string& text) { return end_with(print(text) ? Exit::answered : Exit::bad_input); };

  const std::vector<std::string_view> arguments(argv + std::min(argc, 1), argv + argc);
  const std::string_view verb = arguments.empty() ? std::string_view{} : arguments.front();
  if (verb == "--help" || verb == "-h" || verb == "help") {
    if (arguments.size() == 1) return printed(help());
  } else if (verb == "--version") {
    return printed("magnesia " + std::string{library_version} + '\n');
  }
  const std::string_view wanted = verb == "help" ? arguments[1] : verb;
  const auto all = commands();
  const auto command = std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.name == wanted; });
  if (command == all.end()) {
    std::string names;
    for (const Command& one : all) names += std::string{one.name} + ", ";
    complain({ErrorKind::unknown_name, {}, wanted.empty() ? "no verb" : excerpt(wanted), names + "--help or --version"});
    return end_with(Exit::bad_input);
  }
  if (verb == "help") return printed(help(*command));
  const Result<Given> given = parse(command->options, std::span{arguments}.subspan(1));
  if (!given) {
    complain(given.error(), command->name);
    return end_with(Exit::bad_input);
  }
  if (given->has("--help")) return printed(help(*command));
  return end_with(command->run(*given));
}
