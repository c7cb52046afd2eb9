#include "cli/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "base/require.h"
#include "base/text.h"
#include "cli/output.h"
#include "lrtune/error.h"

namespace lrtune {
namespace {

constexpr std::array kCommands = {
    Command{"tune", "find the learning rate to use, for every optimizer", add_tune},
    Command{"range", "learning-rate range test: one run with a growing rate, read by known heuristics", add_range},
    Command{"train", "run one trial: one optimizer at one learning rate", add_train},
    Command{"check", "compare with a baseline: did a change move a rate or a loss?", add_check},
    Command{"report", "show a saved result again: as a table, CSV, Markdown, …", add_report},
    Command{"validate", "check a config and its data, without training", add_validate},
    Command{"list", "list what a config can name: optimizers, schedules, …", add_list},
    Command{"schema", "print the JSON Schema of a config, a result or a report", add_schema},
};

constexpr std::size_t kMostProblems = 10;

void print_problems(const std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < problems.size() && i < kMostProblems; ++i)
    print_error(fmt::format("lrtune: {}\n", to_line(problems[i])));
  if (problems.size() > kMostProblems)
    print_error(fmt::format("lrtune: and {} more\n", problems.size() - kMostProblems));
}

// The names that would have been right where an argument is not known: options, and at the top commands too.
std::vector<std::string> known_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(std::function<bool(const CLI::App*)>{}))
    names.push_back(command->get_name());
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back(fmt::format("--{}", name));
  return names;
}

Fact help_of(const CLI::App& app) {
  return {"help", app.get_parent() == nullptr ? "lrtune --help" : fmt::format("lrtune {} --help", app.get_name())};
}

Problem unknown_argument(const CLI::App& app, const std::string& argument) {
  const bool at_top = app.get_parent() == nullptr;
  if (!argument.starts_with('-') && !at_top)
    return {ProblemKind::argument_unexpected, app.get_name(), {{"argument", argument}, help_of(app)}};
  const std::vector<std::string> names = known_names(app);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string name = argument.substr(0, argument.find('='));
  if (std::ranges::find(names, name) != names.end())  // known to the command, so it stood before it
    return {ProblemKind::option_before_command, app.get_name(), {{"name", name}, {"command", app.get_name()}}};
  Facts facts = {{"argument", argument}, help_of(app)};
  if (const auto near = nearest_name(name, views)) facts.push_back({"nearest", *near});
  return {argument.starts_with('-') ? ProblemKind::option_unknown : ProblemKind::command_unknown,
          at_top ? "" : app.get_name(), std::move(facts)};
}

// What is left over, "--" aside, which only says that no options follow.
std::vector<std::string> left_over(const CLI::App& app, bool with_commands) {
  std::vector<std::string> rest = app.remaining(with_commands);
  std::erase(rest, "--");
  return rest;
}

const CLI::Option* option_named(const CLI::App& app, const std::string& name) {
  for (const CLI::Option* option : app.get_options())
    if (option->get_name() == name) return option;
  return nullptr;
}

// What the command line parser found wrong, in our words.
Problem usage_problem(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> at_top = left_over(app, false);
  if (!at_top.empty() && !at_top.front().starts_with('-')) return unknown_argument(app, at_top.front());
  const auto chosen = app.get_subcommands();
  const CLI::App& where = chosen.empty() ? app : *chosen.front();
  for (const CLI::Option* option : where.get_options())
    if (option->count() > 1 && option->get_multi_option_policy() == CLI::MultiOptionPolicy::Throw)
      return {
          ProblemKind::option_repeated, where.get_name(), {{"name", option->get_name()}, {"times", option->count()}}};
  const std::vector<std::string> rest = left_over(app, true);
  if (!rest.empty()) return unknown_argument(where, rest.front());
  if (chosen.empty()) return {ProblemKind::command_absent, "", {help_of(app)}};
  // What remains is an option without its value or a flag with one; the parser's text begins with the option's name.
  const std::string text = error.what();
  std::string name = text.substr(0, text.find_first_of(": "));
  if (!name.starts_with('-')) name.insert(0, "--");
  const CLI::Option* option = option_named(where, name);
  const bool flag = option != nullptr && option->get_items_expected_max() == 0;
  return {flag ? ProblemKind::option_takes_no_value : ProblemKind::option_needs_value,
          where.get_name(),
          {{"name", name}, help_of(where)}};
}

// An empty value is most likely a shell variable that is not set: `-o "$OUT"`.
void check_values(const CLI::App& command) {
  std::vector<Problem> problems;
  for (const CLI::Option* option : command.get_options())
    if (std::ranges::find(option->results(), "") != option->results().end())
      problems.push_back({ProblemKind::option_value_empty,
                          command.get_name(),
                          {{"name", option->get_name()}, {"of", option->get_positional() ? "argument" : "option"}}});
  if (!problems.empty()) throw Error(std::move(problems));
}

int exit_status(ExitCode code) { return static_cast<int>(code); }

int run(int argc, const char* const* argv) {
  CLI::App app("Finds the learning rate to use, for every optimizer, with the loss curves behind it.", "lrtune");
  app.set_version_flag("--version", std::string("lrtune ") + LRTUNE_VERSION, "print the version");
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, Action>> actions;
  for (const Command& command : kCommands) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    actions.emplace_back(sub, command.add(*sub));
    for (CLI::Option* option : sub->get_options())
      if (option->get_items_expected_max() == 0) option->disable_flag_override();
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
    if (sub->parsed()) {
      check_values(*sub);
      return exit_status(action());
    }
  return exit_status(ExitCode::bug);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run_command_line(int argc, const char* const* argv) {
  hold_standard_descriptors();
  std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the allowed size then fails, and is told
  try {
    return run(argc, argv);
  } catch (const Error& error) {
    print_problems(error.problems());
    return exit_status(ExitCode::bad_input);
  } catch (const std::bad_alloc&) {
    print_error(kOutOfMemory);
  } catch (const Bug& bug) {
    print_error(fmt::format("lrtune: a bug in lrtune, please report it: {}\n", bug.what()));
  } catch (const std::exception& error) {
    print_error(fmt::format("lrtune: a bug in lrtune, please report it (unexpected {})\n", typeid(error).name()));
  }
  return exit_status(ExitCode::bug);
}

}  // namespace lrtune
