// experiment.h: everything that all trials of a sweep share, worked out once from the configuration and the data.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/random.h"
#include "data/task.h"
#include "lrtune/config.h"
#include "schedule/schedule.h"
#include "stats/objective.h"
#include "train/cohort.h"

namespace lrtune {

// Which trials share a group and in which layout they are trained. Speed depends on it, never a bit of the results
// (tests/train/packing_test.cpp).
enum class Layout { cheaper, cohort, solo };
struct Packing {
  Layout layout = Layout::cheaper;
  std::size_t lanes = kLanes;  // of a cohort at most
};

struct Experiment {
  const Task* task;
  const Kernel* kernel;
  Network network;
  std::function<std::vector<float>(RandomKey)> initial;  // parameters of that seed, layer by layer (nn/init.h)
  std::size_t batch_size;                                // B
  std::size_t updates_per_epoch;                         // ⌊n/B⌋
  std::size_t updates;                                   // T = epochs · ⌊n/B⌋
  std::vector<float> train_targets;  // [row][output] for mse: of a regression, or classes as 0 and 1
  std::vector<float> validation_targets;
  std::vector<std::size_t> looks;  // updates done at each look, ascending: 0, …, T
  Schedule schedule;
  std::optional<double> clip_norm;
  const ObjectiveRow* objective;
  std::uint32_t search_seed;
  std::vector<LaneOptimizer> entries;  // one per Config::optimizers
  Packing packing = {};
  const std::atomic<bool>* stop = nullptr;  // once it is set, trainings end soon and are not delivered

  bool ends_epoch(std::size_t step) const { return step % updates_per_epoch == 0; }
  bool is_stopped() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
};

// The task and the kernel must outlive the experiment. Throws Error with every problem that only shows once the data
// are known: fewer rows than a batch, a loss or an objective that does not suit the task, more than 2^31 updates, more
// memory than the machine has for `threads` cohorts at a time.
Experiment make_experiment(const Config& config, const Task& task, const Kernel& kernel, std::size_t threads);

}  // namespace lrtune
