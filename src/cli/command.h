// command.h: the registry of subcommands: one file and one row each. A command adds its options to the app and returns
// what to do once they are parsed. Options are taken as text: what they must be is checked, and said, by us.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>

namespace lrtune {

enum class ExitCode {
  ok = 0,
  bug = 1,
  bad_input = 2,
  regression = 3,
  inconclusive = 4,
  not_comparable = 5,
  interrupted = 130,
  terminated = 143
};

using Action = std::function<ExitCode()>;

struct Command {
  const char* name;
  const char* summary;
  Action (*add)(CLI::App& app);
};

Action add_tune(CLI::App& app);
Action add_range(CLI::App& app);
Action add_train(CLI::App& app);
Action add_check(CLI::App& app);
Action add_report(CLI::App& app);
Action add_validate(CLI::App& app);
Action add_list(CLI::App& app);
Action add_schema(CLI::App& app);

std::span<const Command> commands();

// Parses the command line, runs the command, prints errors to stderr; the process's exit code.
int run_command_line(int argc, const char* const* argv);

}  // namespace lrtune
