#include "cli/command.h"

#include <fmt/format.h>

#include <array>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "cli/output.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr std::array kCommands = {
    Command{"tune", "find the learning rate to use, for every optimizer", add_tune},
    Command{"train", "run one trial: one optimizer at one learning rate", add_train},
    Command{"validate", "check a config and its data, without training", add_validate},
    Command{"list", "what a config can name: optimizers, schedules, …", add_list},
    Command{"schema", "print the JSON Schema of a config or a result", add_schema},
};

constexpr std::size_t kMostProblems = 10;

void print_problems(const std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < problems.size() && i < kMostProblems; ++i)
    print_error(fmt::format("lrtune: {}\n", to_line(problems[i])));
  if (problems.size() > kMostProblems)
    print_error(fmt::format("lrtune: and {} more\n", problems.size() - kMostProblems));
}

// The names that would have been right where an argument is not known: commands at the top, options within a command.
std::vector<std::string> known_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(std::function<bool(const CLI::App*)>{}))
    names.push_back(command->get_name());
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back(fmt::format("--{}", name));
  return names;
}

Problem unknown_argument(const CLI::App& app, const std::string& argument) {
  const std::vector<std::string> names = known_names(app);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const bool at_top = app.get_parent() == nullptr;
  const bool option = argument.starts_with('-');
  const auto near = nearest_name(argument, views);
  std::string hint = near ? fmt::format("did you mean \"{}\"?", *near)
                          : fmt::format("see \"lrtune {}--help\"", at_top ? "" : fmt::format("{} ", app.get_name()));
  return {at_top ? "" : app.get_name(),
          fmt::format("{} {}",
                      option   ? "unknown option"
                      : at_top ? "unknown command"
                               : "unexpected argument",
                      show(argument)),
          std::move(hint)};
}

// What the command line parser found wrong, in our words.
Problem usage_problem(const CLI::App& app, const CLI::ParseError& error) {
  const auto chosen = app.get_subcommands();
  const CLI::App& where = chosen.empty() ? app : *chosen.front();
  const std::vector<std::string> rest = app.remaining(true);
  if (!rest.empty()) return unknown_argument(where, rest.front());
  if (chosen.empty()) return {"", "no command given", "see \"lrtune --help\""};
  // The remaining kind is an option without its value; the parser's text begins with the option's name.
  const std::string text = error.what();
  return {where.get_name(), fmt::format("{} needs a value", text.substr(0, text.find(':'))),
          fmt::format("see \"lrtune {} --help\"", where.get_name())};
}

int exit_status(ExitCode code) { return static_cast<int>(code); }

int run(int argc, const char* const* argv) {
  CLI::App app("Finds and tunes learning rates: for every optimizer the rate to use, with the loss curves behind it.",
               "lrtune");
  app.set_version_flag("--version", std::string("lrtune ") + LRTUNE_VERSION, "print the version");
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, Action>> actions;
  for (const Command& command : kCommands) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    actions.emplace_back(sub, command.add(*sub));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version: their texts are ours
    const bool version = dynamic_cast<const CLI::CallForVersion*>(&success) != nullptr;
    print_output(version ? fmt::format("{}\n", success.what()) : app.help("", CLI::AppFormatMode::Normal));
    return exit_status(ExitCode::ok);
  } catch (const CLI::ParseError& error) {
    print_problems({usage_problem(app, error)});
    return exit_status(ExitCode::bad_input);
  }
  for (const auto& [sub, action] : actions)
    if (sub->parsed()) return exit_status(action());
  return exit_status(ExitCode::bug);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run_command_line(int argc, const char* const* argv) {
  try {
    return run(argc, argv);
  } catch (const Error& error) {
    print_problems(error.problems());
    return exit_status(ExitCode::bad_input);
  } catch (const std::bad_alloc&) {
    print_error("lrtune: out of memory; a smaller network, fewer threads (--threads), or a machine with more\n");
  } catch (const Bug& bug) {
    print_error(fmt::format("lrtune: a bug in lrtune, please report it: {}\n", bug.what()));
  } catch (const std::exception& error) {
    print_error(fmt::format("lrtune: a bug in lrtune, please report it (unexpected {})\n", typeid(error).name()));
  }
  return exit_status(ExitCode::bug);
}

}  // namespace lrtune
