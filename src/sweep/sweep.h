// sweep.h: runs a plan to its end and makes the Study. The runner is whatever trains trials; the built-in one trains
// MLPs with train/trials.h, a test may hand in made-up curves.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "data/task.h"
#include "lrtune/config.h"
#include "lrtune/study.h"
#include "plan/planner.h"
#include "train/experiment.h"
#include "train/trials.h"

namespace lrtune {

// Delivers the trial of every request as it is finished, each a pure function of its request: one Trial per request,
// but for those that are missing when the run is stopped.
using Runner = std::function<void(std::span<const TrialRequest>, const TrialSink&)>;

// What the sweep tells while it runs. Called from one thread at a time.
struct SweepProgress {
  std::function<void(std::size_t planned_trials)> round_planned;
  std::function<void(std::size_t finished_trials)> trials_finished;
};

// Trials that need no training, by what makes them: entry, rate, seed, TrialRequest::updates.
using TrialKey = std::tuple<std::size_t, double, std::size_t, std::size_t>;
using KnownTrials = std::map<TrialKey, Trial>;

// Predicted stability of every entry, trained at its rate if it has one (train/sharpness.h); empty: not to be had, or
// stopped before its end.
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
// `stop`: once it is set, what is still training is given up.
BuiltInRunner built_in_runner(const Config& config, const Task& task, std::size_t threads,
                              const SweepProgress& progress, const std::atomic<bool>* stop = nullptr);

// The same around another `run`, which trains trials of `experiment` in its own way.
BuiltInRunner runner_of(const Experiment& experiment, Runner run);

// A runner that takes `known` trials as its own and has only the others trained; `finished` is told of those, as they
// come.
using TrialFinished = std::function<void(const TrialRequest&, const Trial&)>;
Runner remembering(Runner runner, KnownTrials known, TrialFinished finished);

// Rounds until the planner asks for no more; then recommendations. A run that was stopped gives a Study that is not
// complete, with what the trials so far say. `config_json`, `config_id`, `tool_version` and `run` are left for the
// caller.
Study sweep(const Config& config, const DataSummary& data, const BuiltInRunner& runner, const SweepProgress& progress);

}  // namespace lrtune
