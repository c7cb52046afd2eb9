// trials.h: trains trials to their end: completed or diverged.
//
// A trial is a pure function of (experiment, entry, learning rate, seed). Its seed keys the initial weights and the
// order of the minibatches, which are therefore the same for every rate, optimizer and schedule; a look is taken at
// update 0, at the end of each epoch (or more often) and at T. Which trials share a
// cohort, and which layout trains them, changes speed, never a bit.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/study.h"
#include "train/experiment.h"

namespace lrtune {

// Which requests are trained together, as indices: up to kLanes of one seed, neighbours in rule and rate (rates that
// diverge early end together); where too few are left to fill a cohort they go one by one.
std::vector<std::vector<std::size_t>> trial_groups(const Experiment& experiment,
                                                   std::span<const TrialRequest> requests);

// Called after each cohort with the number of trials finished since the call before; from one thread at a time.
using TrialsFinished = std::function<void(std::size_t)>;

// One Trial per request, in the order of the requests; any mixture of entries and seeds.
std::vector<Trial> train_trials(const Experiment& experiment, std::span<const TrialRequest> requests,
                                std::size_t threads, const TrialsFinished& finished = {});

// Where a trial ends: its parameters and its optimizer's slots, in the order of the parameters. Absent if it diverges.
struct EndState {
  std::vector<float> parameters;
  std::vector<std::vector<float>> slots;
};
std::vector<std::optional<EndState>> train_to_end(const Experiment& experiment, std::span<const TrialRequest> requests,
                                                  std::size_t threads, const TrialsFinished& finished = {});

// All training rows, as trials see them. The experiment must outlive it.
RowBlock training_rows(const Experiment& experiment);

}  // namespace lrtune
