// built_in_runner.h: the runner (lrtune/runner.h) that trains a config's network on its data, in this process.
#pragma once

#include <atomic>
#include <cstddef>

#include "data/task.h"
#include "lrtune/config.h"
#include "lrtune/runner.h"
#include "train/experiment.h"

namespace lrtune {

// With `threads` threads on the chosen kernel (train/isa.h). The task must outlive the runner. `stop`: once it is set,
// what is still training is given up. Throws Error where config and data do not fit (train/experiment.h).
Runner built_in_runner(const Config& config, const Task& task, std::size_t threads,
                       const std::atomic<bool>* stop = nullptr);

// What the planner must know of the experiment's trials, around a `train` that makes them in its own way.
Runner runner_of(const Experiment& experiment, Train train);

}  // namespace lrtune
