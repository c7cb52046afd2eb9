// lrtune validate CONFIG: reads the config and its data and checks that they fit, without training. stdout carries the
// sizes, as text or JSON, or with --rows which rows of the training file validate.
#include <fmt/format.h>

#include <memory>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/output.h"
#include "cli/result_output.h"
#include "config/config_json.h"
#include "data/task.h"
#include "lrtune/error.h"
#include "record/validation_json.h"
#include "report/notices.h"
#include "report/phrases.h"

namespace lrtune {
namespace {

struct ValidateOptions {
  ConfigOptions config;
  ResultOutput output;
  bool rows = false;
};

std::string text_of(const std::string& config, const Validation& found) {
  const DataSummary& data = *found.subject.data;
  return fmt::format(
      "{}: valid: {} training rows, {} validation rows, {} features, {} outputs; {} updates per trial, "
      "{} optimizers\n{}",
      config, data.train_rows, data.validation_rows, data.features, data.outputs, found.updates, found.labels.size(),
      constant_line(found.subject, false));
}

// The rows of the training file that validate, a line each.
std::string rows_text(const Config& config, const Task& task) {
  if (task.validation_rows.empty())
    throw Error(ProblemKind::rows_of_other_file, "--rows",
                {{"file", data_of(config).validation.value_or("a file of its own")}});
  return fmt::format("{}\n", fmt::join(task.validation_rows, "\n"));
}

ExitCode validate(const ValidateOptions& o) {
  if (o.rows && wants_json(o.output))
    throw Error(ProblemKind::stdout_wanted_twice, "validate", {{"first", "--rows"}, {"second", "--json"}});
  const Config config = load_config(o.config);
  const Task task = load_task(data_of(config), config.base_directory);
  const Runner runner = make_runner(o.config, config, task, thread_count(o.config));
  Validation found{LRTUNE_VERSION, config_id(config), subject_of(task, config.training), runner.updates, {}};
  for (std::string_view label : labels_of(config)) found.labels.emplace_back(label);
  const std::string name = config_name(o.config);
  if (o.rows) {
    print_output(rows_text(config, task));
    return ExitCode::ok;
  }
  tell(o.output, wants_json(o.output) ? validation_to_json(found) : std::string(),
       notice_lines(task.notices, fmt::format("lrtune: {}: ", name)), o.output.quiet ? "" : text_of(name, found));
  return ExitCode::ok;
}

}  // namespace

Action add_validate(CLI::App& app) {
  auto o = std::make_shared<ValidateOptions>();
  add_config_options(app, o->config);
  add_telling_options(app, o->output, "sizes");
  app.add_flag("--rows", o->rows,
               "print which rows of the training file validate instead, counted from 0, one per line");
  return [o] { return validate(*o); };
}

}  // namespace lrtune
