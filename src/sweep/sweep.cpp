#include "sweep/sweep.h"

#include <algorithm>
#include <memory>

#include "base/check.h"
#include "plan/planner.h"
#include "plan/recommend.h"
#include "train/isa.h"
#include "train/sharpness.h"
#include "train/trials.h"

namespace lrtune {
namespace {

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
  entry.cost = {results.trials.size(), full_runs(results.trials, context.updates)};
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
  return {[experiment, threads, finished = progress.trials_finished](std::span<const TrialRequest> requests) {
            return train_trials(*experiment, requests, threads, finished);
          },
          experiment->updates,
          [experiment, threads, finished = progress.trials_finished](std::size_t seed,
                                                                     std::span<const std::optional<double>> rates) {
            return measure_stability(*experiment, seed, rates, threads, finished);
          }};
}

Study sweep(const Config& config, const DataSummary& data, const BuiltInRunner& runner, const SweepProgress& progress) {
  const PlanContext context{config.search, objective_named(config.search.objective), runner.updates};
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
