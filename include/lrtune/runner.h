// runner.h: the seam between deciding which trials to run and running them. A Runner is plain data: functions that
// train, and what the planner must know of them. The built-in one is made in train/built_in_runner.h; a test makes one
// of made-up curves.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/stability.h"
#include "lrtune/trial.h"

namespace lrtune {

// What to train: the planner asks for these.
struct TrialRequest {
  Stage stage = Stage::coarse;
  TrialKey key = {};
  std::size_t updates = 0;  // stop after so many, as a pruned trial; 0: train to the end
};

// Takes the trial of requests[index] as soon as it is finished; called from one thread at a time, in any order. What it
// throws ends the training and comes out of it.
using TrialSink = std::function<void(std::size_t index, Trial trial)>;

// Delivers the trial of every request, each a pure function of its request: one Trial per request, but for those that
// are missing when the run is stopped.
using Train = std::function<void(std::span<const TrialRequest> requests, const TrialSink& sink)>;

// Told of the number of trainings that have been finished since the call before; from one thread at a time.
using TrialsFinished = std::function<void(std::size_t)>;

// Predicted stability of every entry, trained at its rate if it has one; `lowest_diverged` is left for the caller.
// Empty: stopped before its end.
using MeasureStability = std::function<std::vector<Stability>(
    std::size_t seed, std::span<const std::optional<double>> rates, const TrialsFinished& finished)>;

// Where coarse trials stop for a comparison.
struct Rung {
  std::size_t updates;
  double flow;  // Σ of the schedule's factors up to there, as a share of a whole run's
};

struct Runner {
  Train train;
  std::size_t updates = 1;                 // T of a whole run, from 1 on; a trial's cost is its updates / T
  std::vector<Rung> rungs = {};            // ascending, below T; none: every trial runs to its end
  bool runs_continue = true;               // a stopped trial can go on; otherwise a longer one starts anew
  std::vector<double> default_rates = {};  // by entry: what a user gets who sets none
  MeasureStability stability = {};         // empty: it cannot tell
};

}  // namespace lrtune
