#include "train/built_in_runner.h"

#include <cmath>
#include <memory>
#include <utility>

#include "train/isa.h"
#include "train/sharpness.h"
#include "train/trials.h"

namespace lrtune {
namespace {

// Σ of the schedule's factors over the first `updates`, as a share of a whole run's; of a compressed run the same share
// as of the updates. Reduce-on-plateau counts as if it never reduced.
double flow_share(const Experiment& e, std::size_t updates) {
  if (e.schedule.depends_on_total()) return static_cast<double>(updates) / static_cast<double>(e.updates);
  double part = 0;
  double whole = 0;
  for (std::size_t k = 0; k < e.updates; ++k) {
    whole += e.schedule.factor(k, {});
    if (k + 1 == updates) part = whole;
  }
  return whole > 0 ? part / whole : 1;
}

}  // namespace

Runner built_in_runner(const Config& config, const Task& task, std::size_t threads, const std::atomic<bool>* stop) {
  auto made = std::make_shared<Experiment>(make_experiment(config, task, chosen_kernel(), threads));
  made->stop = stop;
  const std::shared_ptr<const Experiment> experiment = std::move(made);
  auto paused = std::make_shared<PausedTrials>();
  Runner runner = runner_of(
      *experiment, [experiment, paused, threads](std::span<const TrialRequest> requests, const TrialSink& sink) {
        train_trials(*experiment, requests, threads, *paused, sink);
      });
  runner.stability = [experiment, threads](std::size_t seed, std::span<const std::optional<double>> rates,
                                           const TrialsFinished& finished) {
    return measure_stability(*experiment, seed, rates, threads, finished);
  };
  return runner;
}

Runner runner_of(const Experiment& experiment, Train train) {
  Runner runner{.train = std::move(train),
                .updates = experiment.updates,
                .runs_continue = !experiment.schedule.depends_on_total()};
  // A rung costs more where the longer run starts anew.
  const std::vector<double> shares =
      runner.runs_continue ? std::vector{1.0 / 16, 1.0 / 4, 1.0 / 2} : std::vector{1.0 / 16, 1.0 / 4};
  for (double share : shares) {
    const auto updates = static_cast<std::size_t>(std::ceil(share * static_cast<double>(experiment.updates)));
    if (updates >= experiment.updates || (!runner.rungs.empty() && updates <= runner.rungs.back().updates)) continue;
    runner.rungs.push_back({updates, flow_share(experiment, updates)});
  }
  for (const LaneOptimizer& entry : experiment.entries)
    runner.default_rates.push_back(rules()[entry.rule].card.default_rate);
  return runner;
}

}  // namespace lrtune
