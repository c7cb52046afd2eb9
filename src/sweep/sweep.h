// sweep.h: runs a plan to its end and makes the Study, whoever trains the trials (lrtune/runner.h).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <utility>

#include "lrtune/config.h"
#include "lrtune/runner.h"
#include "lrtune/study.h"

namespace lrtune {

// What the sweep tells while it runs. Called from one thread at a time.
struct SweepProgress {
  std::function<void(std::size_t planned_trials)> round_planned;
  TrialsFinished trials_finished;
};

// Rounds until the planner asks for no more; then recommendations. A run that was stopped gives a Study that is not
// complete, with what the trials so far say. Of the head only the subject is filled in.
Study sweep(const Config& config, const Subject& subject, const Runner& runner, const SweepProgress& progress);

// Trials that need no training, by what makes them; with TrialRequest::updates.
using KnownTrials = std::map<std::pair<TrialKey, std::size_t>, Trial>;

// A `train` that takes `known` trials as its own and has only the others trained; `finished` is told of those, as they
// come.
using TrialFinished = std::function<void(const TrialRequest&, const Trial&)>;
Train remembering(Train train, KnownTrials known, TrialFinished finished);

}  // namespace lrtune
