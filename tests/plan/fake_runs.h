// fake_runs.h: made-up trials, so that planning is tested without training. A landscape gives the objective of (rate,
// seed), or nothing where the trial diverges.
#pragma once

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "base/random.h"
#include "plan/ledger.h"
#include "plan/planner.h"
#include "plan/recommend.h"

namespace lrtune {

inline constexpr std::size_t kFakeUpdates = 100;
inline constexpr double kFakeInitial = 2.3;

using FakeLandscape = std::function<std::optional<double>(double rate, std::size_t seed)>;

inline Trial fake_trial(const TrialRequest& request, std::optional<double> objective) {
  Trial trial;
  trial.stage = request.stage;
  trial.learning_rate = request.key.learning_rate;
  trial.seed = request.key.seed;
  trial.updates = kFakeUpdates;
  const double initial =
      kFakeInitial * (1 + 0.1 * static_cast<double>(request.key.seed));  // other weights, another start
  trial.curve = {{0, kFakeUpdates}, {initial, 1}, {initial, objective.value_or(9)}, {}};
  trial.objective = objective;
  if (objective && request.updates != 0) {
    trial.objective.reset();
    trial.status = TrialStatus::pruned;
    trial.updates = request.updates;
    trial.ended_at_step = request.updates;
    trial.curve.step.back() = request.updates;
  }
  if (!objective) {
    trial.status = TrialStatus::diverged;
    trial.ended_at_step = 5;
    trial.updates = 5;
  }
  return trial;
}

// A bowl in log10 rate around `best`, with noise of standard deviation `common` per seed and `own` per (rate, seed), as
// a factor on the loss.
inline FakeLandscape bowl(double best, double curvature, double common, double own, std::uint32_t key) {
  return [=](double rate, std::size_t seed) -> std::optional<double> {
    const double x = std::log10(rate / best);
    const auto draw = static_cast<std::uint64_t>(std::llround(1e6 * (std::log10(rate) + 20)));
    const double noise = common * random_normal({key, 0}, Purpose::test, 1, seed) +
                         own * random_normal({key, static_cast<std::uint32_t>(seed)}, Purpose::test, 2, draw);
    return std::fmin(2.2, 0.1 * std::exp(curvature * x * x + noise));
  };
}

// Diverges above `cliff`.
inline FakeLandscape with_cliff(FakeLandscape landscape, double cliff) {
  return [=](double rate, std::size_t seed) { return rate > cliff ? std::nullopt : landscape(rate, seed); };
}

inline PlanContext fake_context(const SearchConfig& search) {
  return {search,       objective_named(search.objective),
          kFakeUpdates, {{7, 0.07}, {25, 0.25}, {50, 0.5}},
          true,         search.budget_runs.value_or(std::numeric_limits<double>::infinity())};
}

// A run that is stopped early has flowed as far as a whole run at a lower rate, and is no better than its own end.
inline std::optional<double> loss_after(const FakeLandscape& landscape, const TrialRequest& r) {
  const std::optional<double> end = landscape(r.key.learning_rate, r.key.seed);
  if (r.updates == 0 || !end) return end;
  const double flow = static_cast<double>(r.updates) / static_cast<double>(kFakeUpdates);
  return std::fmax(*end, landscape(r.key.learning_rate * flow, r.key.seed).value_or(0));
}

struct FakeStudy {
  std::vector<EntryResults> entries;
  std::vector<std::vector<TrialRequest>> rounds;
};

inline double runs_of(const SearchConfig& search, const EntryResults& results) {
  return full_runs(fake_context(search), results.trials);
}

inline FakeStudy run_plan(const SearchConfig& search, const std::vector<FakeLandscape>& landscapes,
                          double default_rate) {
  const PlanContext context = fake_context(search);
  FakeStudy study;
  for (std::size_t i = 0; i < landscapes.size(); ++i) study.entries.push_back({default_rate, {}});
  for (;;) {
    std::vector<TrialRequest> round;
    for (std::size_t entry = 0; entry < study.entries.size(); ++entry)
      for (const TrialRequest& r : next_trials(context, entry, study.entries[entry])) round.push_back(r);
    if (round.empty()) return study;
    study.rounds.push_back(round);
    if (study.rounds.size() > 100) throw std::runtime_error("the plan does not end");
    for (const TrialRequest& r : round)
      study.entries[r.key.entry].trials.push_back(fake_trial(r, loss_after(landscapes[r.key.entry], r)));
  }
}

inline Recommendation recommend_fake(const SearchConfig& search, const EntryResults& results) {
  return recommend(fake_context(search), results, std::nullopt);
}

}  // namespace lrtune
