// sweep.h: runs a plan to its end and makes the Study. The runner is whatever trains trials; the built-in one trains
// MLPs with train/trials.h, a test may hand in made-up curves.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "data/task.h"
#include "lrtune/config.h"
#include "lrtune/study.h"
#include "plan/planner.h"
#include "train/experiment.h"

namespace lrtune {

// One Trial per request, in order; a pure function of the requests.
using Runner = std::function<std::vector<Trial>(std::span<const TrialRequest>)>;

// What the sweep tells while it runs. Called from one thread at a time.
struct SweepProgress {
  std::function<void(std::size_t planned_trials)> round_planned;
  std::function<void(std::size_t finished_trials)> trials_finished;
};

// Predicted stability of every entry, trained at its rate if it has one (train/sharpness.h); empty: not to be had.
using StabilityOf =
    std::function<std::vector<Stability>(std::size_t seed, std::span<const std::optional<double>> rates)>;

// The built-in runner: trains the config's network on the task, with `threads` threads. The task must outlive the
// runner. Throws Error where config and data do not fit (train/experiment.h).
struct BuiltInRunner {
  Runner run;
  std::size_t updates;           // T
  std::vector<Rung> rungs = {};  // where coarse trials stop for a comparison
  bool runs_continue = true;     // whether they can go on from there
  StabilityOf stability = {};
};
BuiltInRunner built_in_runner(const Config& config, const Task& task, std::size_t threads,
                              const SweepProgress& progress);

// Rounds until the planner asks for no more; then recommendations. `config_json`, `config_id`, `tool_version` and `run`
// of the Study are left for the caller.
// The same around another `run`, which trains trials of `experiment` in its own way.
BuiltInRunner runner_of(const Experiment& experiment, Runner run);

Study sweep(const Config& config, const DataSummary& data, const BuiltInRunner& runner, const SweepProgress& progress);

}  // namespace lrtune
