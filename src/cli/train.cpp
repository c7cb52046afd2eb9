// lrtune train CONFIG --optimizer LABEL --lr X: one trial, its curve and its final losses, so that anybody can retrain
// what was recommended. Seed s is trial seed s of the config's search.seed: seeds 0, 1, … are those of tune.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/result_output.h"
#include "config/config_json.h"
#include "library/run_info.h"
#include "lrtune/error.h"
#include "lrtune/report.h"
#include "lrtune/trial_run.h"
#include "record/trial_run_json.h"
#include "train/isa.h"

namespace lrtune {
namespace {

struct TrainOptions {
  ConfigOptions config;
  std::string optimizer;
  std::string learning_rate;
  std::string seed = "0";
  ResultOutput output;
  bool sharpness = false;
};

std::size_t chosen_entry(const Config& config, const std::string& label) {
  if (label.empty()) {
    const auto labels = labels_of(config);
    throw Error(ProblemKind::optimizer_absent, "--optimizer",
                {{"labels", std::vector<std::string>(labels.begin(), labels.end())}});
  }
  return entry_labelled(config, label, "--optimizer");
}

std::optional<Stability> stability_of(const Runner& runner, const Config& config, const TrialRequest& request) {
  std::vector<std::optional<double>> rates(config.optimizers.size());
  rates[request.key.entry] = request.key.learning_rate;
  return runner.stability(request.key.seed, rates, {})[request.key.entry];
}

Trial trained(const Runner& runner, const TrialRequest& request) {
  Trial trained;
  runner.train({&request, 1}, [&](std::size_t, Trial trial) { trained = std::move(trial); });
  return trained;
}

ExitCode train(const TrainOptions& o) {
  const RunClock clock;
  const double rate = parse_rate(o.learning_rate, "--lr");
  const std::size_t seed = parse_count(o.seed, "--seed", 0, 0xFFFFFFFF);
  const Config config = load_config(o.config);
  if (to_file(o.output)) check_output(o.output.file, o.config, config);
  const std::size_t entry = chosen_entry(config, o.optimizer);
  const Task task = load_task(data_of(config), config.base_directory);
  const Runner runner = make_runner(o.config, config, task, 1);
  const TrialRequest request{Stage::confirm, {entry, rate, seed}};
  const OptimizerConfig& optimizer = config.optimizers[entry];
  TrialRun run{.head = {},
               .label = optimizer.label,
               .name = optimizer.name,
               .hyperparameters = optimizer.settings,
               .trial = trained(runner, request),
               .stability = o.sharpness ? stability_of(runner, config, request) : std::nullopt};
  run.head = head_of(config, subject_of(task, config.training), clock.info(1, chosen_kernel().name));
  const std::string json = wants_json(o.output) ? trial_run_to_json(run) : std::string();
  save(o.output, json);
  tell(o.output, json, "", o.output.quiet ? "" : summary(run));
  return ExitCode::ok;
}

}  // namespace

Action add_train(CLI::App& app) {
  auto o = std::make_shared<TrainOptions>();
  add_config_options(app, o->config);
  app.add_option("--optimizer", o->optimizer, "optimizer to train with, by its label in the config")
      ->type_name("LABEL");
  app.add_option("--lr", o->learning_rate, "the learning rate (with a schedule: the rate it scales)")->type_name("X");
  app.add_option("--seed", o->seed, "seed of the trial: initial weights and row order (default 0)")->type_name("S");
  add_result_options(app, o->output, "trial");
  app.add_flag("--sharpness", o->sharpness,
               "also print the sharpness of the loss before and after, and the stability limits it predicts");
  return [o] { return train(*o); };
}

}  // namespace lrtune
