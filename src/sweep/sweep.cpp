#include "sweep/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/check.h"
#include "plan/ledger.h"
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

// One place per request; those of a stopped run stay empty.
std::vector<std::optional<Trial>> run_round(const Runner& run, std::span<const TrialRequest> round,
                                            const SweepProgress& progress) {
  std::vector<std::optional<Trial>> trials(round.size());
  run(round, [&](std::size_t index, Trial trial) {
    LRTUNE_CHECK(index < trials.size() && !trials[index], index, trials.size());
    trials[index] = std::move(trial);
    if (progress.trials_finished) progress.trials_finished(1);
  });
  return trials;
}

// A partial result must not be taken for a whole one, whatever its trials say.
void mark_interrupted(std::span<Entry> entries) {
  for (Entry& entry : entries) {
    Recommendation& r = entry.recommendation;
    const bool all_diverged = !entry.trials.empty() && std::ranges::all_of(entry.trials, [](const Trial& trial) {
      return trial.status == TrialStatus::diverged;
    });
    if (!r.learning_rate && !all_diverged) {
      r.status = RateStatus::noisy;
      r.notices.clear();
    }
    r.notices.push_back({"interrupted", fmt::format("the search was stopped after {} trials", entry.trials.size()),
                         "run it again with --resume to go on from its journal"});
  }
}

// Once all is decided: what is measured here has no say in it. False if it was stopped.
bool add_stability(const BuiltInRunner& runner, const SweepProgress& progress, std::span<Entry> entries) {
  std::vector<std::optional<double>> rates;
  for (const Entry& entry : entries) rates.push_back(entry.recommendation.learning_rate);
  const auto trained = std::ranges::count_if(rates, [](const auto& rate) { return rate.has_value(); });
  if (progress.round_planned) progress.round_planned(static_cast<std::size_t>(trained));
  std::vector<Stability> measured = runner.stability(0, rates);
  if (measured.empty()) return false;
  LRTUNE_CHECK(measured.size() == entries.size(), measured.size(), entries.size());
  for (std::size_t entry = 0; entry < entries.size(); ++entry) {
    measured[entry].lowest_diverged = lowest_diverged(entries[entry].trials);
    entries[entry].stability = measured[entry];
  }
  return true;
}

}  // namespace

BuiltInRunner built_in_runner(const Config& config, const Task& task, std::size_t threads,
                              const SweepProgress& progress, const std::atomic<bool>* stop) {
  auto made = std::make_shared<Experiment>(make_experiment(config, task, chosen_kernel(), threads));
  made->stop = stop;
  const std::shared_ptr<const Experiment> experiment = std::move(made);
  auto paused = std::make_shared<PausedTrials>();
  BuiltInRunner runner = runner_of(
      *experiment, [experiment, paused, threads](std::span<const TrialRequest> requests, const TrialSink& sink) {
        train_trials(*experiment, requests, threads, *paused, sink);
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

Runner remembering(Runner runner, KnownTrials known, TrialFinished finished) {
  return [runner = std::move(runner), known = std::move(known), finished = std::move(finished)](
             std::span<const TrialRequest> requests, const TrialSink& sink) {
    std::vector<TrialRequest> unknown;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const TrialRequest& r = requests[i];
      const auto found = known.find({r.entry, r.learning_rate, r.seed, r.updates});
      if (found == known.end()) {
        unknown.push_back(r);
        places.push_back(i);
        continue;
      }
      Trial trial = found->second;
      trial.stage = r.stage;
      sink(i, std::move(trial));
    }
    runner(unknown, [&](std::size_t index, Trial trial) {
      finished(unknown[index], trial);
      sink(places[index], std::move(trial));
    });
  };
}

Study sweep(const Config& config, const DataSummary& data, const BuiltInRunner& runner, const SweepProgress& progress) {
  const PlanContext context{config.search, objective_named(config.search.objective), runner.updates, runner.rungs,
                            runner.runs_continue};
  std::vector<EntryResults> results;
  for (const OptimizerConfig& optimizer : config.optimizers) results.push_back({default_rate_of(optimizer), {}});
  Study study;
  while (study.complete) {
    const std::vector<TrialRequest> round = next_round(context, results);
    if (round.empty()) break;
    if (progress.round_planned) progress.round_planned(round.size());
    auto trials = run_round(runner.run, round, progress);
    for (std::size_t i = 0; i < round.size(); ++i) {
      study.complete &= trials[i].has_value();
      if (trials[i]) results[round[i].entry].trials.push_back(*std::move(trials[i]));
    }
  }
  study.objective = config.search.objective;
  study.data = data;
  for (std::size_t entry = 0; entry < results.size(); ++entry)
    study.optimizers.push_back(
        make_entry(context, config.optimizers[entry], std::move(results[entry]), data.target_sd));
  study.recommendation = recommend_overall(study.optimizers);
  if (study.complete && config.search.sharpness && runner.stability)
    study.complete = add_stability(runner, progress, study.optimizers);
  if (!study.complete) mark_interrupted(study.optimizers);
  return study;
}

}  // namespace lrtune
