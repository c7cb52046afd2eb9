#include "sweep/sweep.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/check.h"
#include "plan/planner.h"
#include "plan/recommend.h"
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

double default_rate_of(const OptimizerConfig& optimizer) {
  return rules()[rule_named(optimizer.name)].card.default_rate;
}

Entry make_entry(const PlanContext& context, const OptimizerConfig& optimizer, EntryResults results,
                 std::optional<double> target_sd) {
  Entry entry;
  entry.label = optimizer.label;
  entry.name = optimizer.name;
  entry.hyperparameters = optimizer.settings;
  entry.recommendation = recommend(context, results, target_sd);
  entry.framework_default = default_rate_result(results);
  results.trials = without_superseded(context, std::move(results.trials));
  entry.cost = {results.trials.size(), full_runs(context, results.trials)};
  classify(results.trials, context.objective, entry.recommendation);
  entry.trials = std::move(results.trials);
  return entry;
}

std::optional<double> lowest_diverged(std::span<const Trial> trials) {
  std::optional<double> lowest;
  for (const Trial& trial : trials)
    if (trial.status == TrialStatus::diverged && (!lowest || trial.learning_rate < *lowest))
      lowest = trial.learning_rate;
  return lowest;
}

// Once all is decided: what is measured here has no say in it.
void add_stability(const BuiltInRunner& runner, const SweepProgress& progress, std::span<Entry> entries) {
  std::vector<std::optional<double>> rates;
  for (const Entry& entry : entries) rates.push_back(entry.recommendation.learning_rate);
  const auto trained = std::ranges::count_if(rates, [](const auto& rate) { return rate.has_value(); });
  if (progress.round_planned) progress.round_planned(static_cast<std::size_t>(trained));
  std::vector<Stability> measured = runner.stability(0, rates);
  LRTUNE_CHECK(measured.size() == entries.size(), measured.size(), entries.size());
  for (std::size_t entry = 0; entry < entries.size(); ++entry) {
    measured[entry].lowest_diverged = lowest_diverged(entries[entry].trials);
    entries[entry].stability = std::move(measured[entry]);
  }
}

}  // namespace

BuiltInRunner built_in_runner(const Config& config, const Task& task, std::size_t threads,
                              const SweepProgress& progress) {
  auto experiment = std::make_shared<const Experiment>(make_experiment(config, task, chosen_kernel(), threads));
  auto paused = std::make_shared<PausedTrials>();
  BuiltInRunner runner = runner_of(*experiment, [experiment, paused, threads, finished = progress.trials_finished](
                                                    std::span<const TrialRequest> requests) {
    return train_trials(*experiment, requests, threads, *paused, finished);
  });
  runner.stability = [experiment, threads, finished = progress.trials_finished](
                         std::size_t seed, std::span<const std::optional<double>> rates) {
    return measure_stability(*experiment, seed, rates, threads, finished);
  };
  return runner;
}

BuiltInRunner runner_of(const Experiment& experiment, Runner run) {
  BuiltInRunner runner{std::move(run), experiment.updates, {}, !experiment.schedule.depends_on_total(), {}};
  // A rung costs more where the longer run starts anew.
  const std::vector<double> shares =
      runner.runs_continue ? std::vector{1.0 / 16, 1.0 / 4, 1.0 / 2} : std::vector{1.0 / 16, 1.0 / 4};
  for (double share : shares) {
    const auto updates = static_cast<std::size_t>(std::ceil(share * static_cast<double>(experiment.updates)));
    if (updates >= experiment.updates || (!runner.rungs.empty() && updates <= runner.rungs.back().updates)) continue;
    runner.rungs.push_back({updates, flow_share(experiment, updates)});
  }
  return runner;
}

Study sweep(const Config& config, const DataSummary& data, const BuiltInRunner& runner, const SweepProgress& progress) {
  const PlanContext context{config.search, objective_named(config.search.objective), runner.updates, runner.rungs,
                            runner.runs_continue};
  std::vector<EntryResults> results;
  for (const OptimizerConfig& optimizer : config.optimizers) results.push_back({default_rate_of(optimizer), {}});
  for (;;) {
    const std::vector<TrialRequest> round = next_round(context, results);
    if (round.empty()) break;
    if (progress.round_planned) progress.round_planned(round.size());
    std::vector<Trial> trials = runner.run(round);
    LRTUNE_CHECK(trials.size() == round.size(), trials.size(), round.size());
    for (std::size_t i = 0; i < round.size(); ++i) results[round[i].entry].trials.push_back(std::move(trials[i]));
  }
  Study study;
  study.objective = config.search.objective;
  study.data = data;
  for (std::size_t entry = 0; entry < results.size(); ++entry)
    study.optimizers.push_back(
        make_entry(context, config.optimizers[entry], std::move(results[entry]), data.target_sd));
  study.recommendation = recommend_overall(study.optimizers);
  if (config.search.sharpness && runner.stability) add_stability(runner, progress, study.optimizers);
  return study;
}

}  // namespace lrtune
