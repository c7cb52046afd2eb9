// trials.h: trains trials to their end: completed or diverged.
//
// A trial is a pure function of (experiment, entry, learning rate, seed). Its seed keys the initial weights and the
// order of the minibatches, which are therefore the same for every rate, optimizer and schedule; a look is taken at
// update 0, at the end of each epoch (or more often) and at T. Which trials share a
// cohort, and which layout trains them, changes speed, never a bit.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/runner.h"
#include "train/experiment.h"
#include "train/lane_record.h"

namespace lrtune {

// A trial that was stopped before its end, to go on from there when it is asked for again.
struct PausedTrial {
  LaneRecord record;
  Trainer::LaneState state;
};

// Paused trials between the rounds of a sweep. What is not kept (memory is bounded, and some schedules do not allow a
// run to go on) is trained from the start again, to the same bits.
class PausedTrials {
 public:
  static constexpr double kMostBytes = 256e6;

  const PausedTrial* find(const TrialKey& key) const;  // null: none is kept
  // Takes the place of what was kept for that key; nullopt: of that only.
  void keep(const TrialKey& key, std::optional<PausedTrial> paused);

 private:
  std::map<TrialKey, PausedTrial> trials_;
  double bytes_ = 0;
};

// Which requests are trained together, as indices: up to kLanes of one seed that begin and stop at the same update,
// neighbours in rule and rate (rates that diverge early end together); where too few are left to fill a cohort they go
// one by one.
std::vector<std::vector<std::size_t>> trial_groups(const Experiment& experiment, std::span<const TrialRequest> requests,
                                                   const PausedTrials& paused = {});

// Trains the requests, any mixture of entries and seeds; each trial goes to the sink, once, unless the experiment is
// stopped before. A request for fewer than T
// updates gives a pruned trial, with a look at its end; under a schedule that depends on the total it is a shorter run
// of its own, with the schedule compressed. `paused`: where such trials go on from, and are kept.
void train_trials(const Experiment& experiment, std::span<const TrialRequest> requests, std::size_t threads,
                  PausedTrials& paused, const TrialSink& sink);
// One Trial per request, in order; for experiments that nobody stops.
std::vector<Trial> train_trials(const Experiment& experiment, std::span<const TrialRequest> requests,
                                std::size_t threads, PausedTrials& paused);
// Without anything kept.
std::vector<Trial> train_trials(const Experiment& experiment, std::span<const TrialRequest> requests,
                                std::size_t threads);

// Where whole trials end; absent if they diverge, or if the experiment is stopped.
std::vector<std::optional<Trainer::LaneState>> train_to_end(const Experiment& experiment,
                                                            std::span<const TrialRequest> requests, std::size_t threads,
                                                            const TrialsFinished& finished = {});

// All training rows, as trials see them. The experiment must outlive it.
RowBlock training_rows(const Experiment& experiment);

}  // namespace lrtune
