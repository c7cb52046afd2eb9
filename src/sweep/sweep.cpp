#include "sweep/sweep.h"

#include <algorithm>
#include <limits>

#include "base/require.h"
#include "plan/ledger.h"
#include "plan/planner.h"
#include "plan/recommend.h"

namespace lrtune {
namespace {

Entry make_entry(const PlanContext& context, const OptimizerConfig& optimizer, EntryResults results,
                 std::optional<double> unit) {
  Entry entry;
  entry.label = optimizer.label;
  entry.name = optimizer.name;
  entry.hyperparameters = optimizer.settings;
  entry.recommendation = recommend(context, results, unit);
  entry.framework_default = default_rate_result(results);
  results.trials = without_superseded(context, std::move(results.trials));
  entry.cost = {results.trials.size(), full_runs(context, results.trials)};
  classify(results.trials, context.objective, entry.recommendation);
  entry.trials = std::move(results.trials);
  return entry;
}

// What the objective is if every row gets the same answer; nullopt: not known, or not of this objective.
std::optional<double> constant_objective(const Subject& subject, std::string_view objective) {
  if (!subject.data || !subject.data->constant || objective.find("validation") == std::string_view::npos)
    return std::nullopt;
  return objective.ends_with("error") ? subject.data->constant->error : subject.data->constant->loss;
}

std::optional<double> lowest_diverged(std::span<const Trial> trials) {
  std::optional<double> lowest;
  for (const Trial& trial : trials)
    if (trial.status == TrialStatus::diverged && (!lowest || trial.learning_rate < *lowest))
      lowest = trial.learning_rate;
  return lowest;
}

// One place per request; those of a stopped run stay empty.
std::vector<std::optional<Trial>> run_round(const Train& train, std::span<const TrialRequest> round,
                                            const SweepProgress& progress) {
  std::vector<std::optional<Trial>> trials(round.size());
  train(round, [&](std::size_t index, Trial trial) {
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
    r.notices.push_back({NoticeKind::interrupted, {{"trials", entry.trials.size()}}, "--resume"});
  }
}

// Once all is decided: what is measured here has no say in it. False if it was stopped.
bool add_stability(const Runner& runner, const SweepProgress& progress, std::span<Entry> entries) {
  std::vector<std::optional<double>> rates;
  for (const Entry& entry : entries) rates.push_back(entry.recommendation.learning_rate);
  const auto trained = std::ranges::count_if(rates, [](const auto& rate) { return rate.has_value(); });
  if (progress.round_planned) progress.round_planned(static_cast<std::size_t>(trained));
  std::vector<Stability> measured = runner.stability(0, rates, progress.trials_finished);
  if (measured.empty()) return false;
  LRTUNE_CHECK(measured.size() == entries.size(), measured.size(), entries.size());
  for (std::size_t entry = 0; entry < entries.size(); ++entry) {
    measured[entry].lowest_diverged = lowest_diverged(entries[entry].trials);
    entries[entry].stability = measured[entry];
  }
  return true;
}

}  // namespace

Train remembering(Train train, KnownTrials known, TrialFinished finished) {
  return [train = std::move(train), known = std::move(known), finished = std::move(finished)](
             std::span<const TrialRequest> requests, const TrialSink& sink) {
    std::vector<TrialRequest> unknown;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const TrialRequest& r = requests[i];
      const auto found = known.find({r.key, r.updates});
      if (found == known.end()) {
        unknown.push_back(r);
        places.push_back(i);
        continue;
      }
      Trial trial = found->second;
      trial.stage = r.stage;
      sink(i, std::move(trial));
    }
    train(unknown, [&](std::size_t index, Trial trial) {
      finished(unknown[index], trial);
      sink(places[index], std::move(trial));
    });
  };
}

Study sweep(const Config& config, const Subject& subject, const Runner& runner, const SweepProgress& progress) {
  LRTUNE_CHECK(runner.default_rates.size() == config.optimizers.size(), runner.default_rates.size());
  const PlanContext context{config.search,
                            objective_named(config.search.objective),
                            runner.updates,
                            runner.rungs,
                            runner.runs_continue,
                            config.search.budget_runs.value_or(std::numeric_limits<double>::infinity()),
                            constant_objective(subject, config.search.objective)};
  std::vector<EntryResults> results;
  for (double rate : runner.default_rates) results.push_back({rate, {}});
  Study study;
  while (study.complete) {
    std::vector<TrialRequest> round;
    for (std::size_t entry = 0; entry < results.size(); ++entry)
      for (const TrialRequest& request : next_trials(context, entry, results[entry])) round.push_back(request);
    if (round.empty()) break;
    if (progress.round_planned) progress.round_planned(round.size());
    auto trials = run_round(runner.train, round, progress);
    for (std::size_t i = 0; i < round.size(); ++i) {
      study.complete &= trials[i].has_value();
      if (trials[i]) results[round[i].key.entry].trials.push_back(*std::move(trials[i]));
    }
  }
  study.objective = config.search.objective;
  study.head.subject = subject;
  for (std::size_t entry = 0; entry < results.size(); ++entry)
    study.optimizers.push_back(
        make_entry(context, config.optimizers[entry], std::move(results[entry]), loss_unit(subject)));
  study.recommendation = recommend_overall(study.optimizers);
  if (study.complete && config.search.sharpness && runner.stability)
    study.complete = add_stability(runner, progress, study.optimizers);
  if (!study.complete) mark_interrupted(study.optimizers);
  return study;
}

}  // namespace lrtune
