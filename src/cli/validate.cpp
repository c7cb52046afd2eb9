// lrtune validate CONFIG: reads the config and its data and checks that they fit, without training.
#include <fmt/format.h>

#include <memory>

#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "report/notice_words.h"

namespace lrtune {
namespace {

ExitCode validate(const ConfigOptions& options) {
  const Config config = load_config(options);
  const Task task = load_task(data_of(config), config.base_directory);
  const Runner runner = make_runner(options, config, task, thread_count(options));
  for (const Notice& notice : task.notices)
    print_error(fmt::format("lrtune: {}: {}\n", config_name(options), notice_line(notice)));
  print_output(
      fmt::format("{}: good: {} training rows, {} validation rows, {} features, {} outputs; {} updates a trial, "
                  "{} optimizers\n",
                  config_name(options), task.summary.train_rows, task.summary.validation_rows, task.summary.features,
                  task.summary.outputs, runner.updates, config.optimizers.size()));
  return ExitCode::ok;
}

}  // namespace

Action add_validate(CLI::App& app) {
  auto options = std::make_shared<ConfigOptions>();
  add_config_options(app, *options);
  return [options] { return validate(*options); };
}

}  // namespace lrtune
