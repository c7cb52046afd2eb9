// peers.cpp: simple methods to compare with. Grid and random search train live, one seed, over the range of the config;
// what they advise is the rate with the lowest objective.
#include "peers.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

#include "base/math.h"
#include "base/random.h"
#include "base/text.h"
#include "judge.h"
#include "optim/optimizer_cards.h"
#include "plan/assess.h"
#include "stats/smooth.h"
#include "train/trials.h"

namespace lrtune::quality {
namespace {

constexpr double kCeilingHighest = 10;      // the dense grid ends here: 85 rates
constexpr double kCeilingBandwidth = 0.15;  // decades
constexpr std::size_t kCeilingSeeds = 3;
constexpr std::ptrdiff_t kNearStep = 3;  // of the oracle's rates: .25 decade
constexpr std::ptrdiff_t kFarStep = 8;   // .67 decade
constexpr std::size_t kInformedSeeds = 3;

double log_interpolated(double low, double high, double share) { return low * math::pow(high / low, share); }

// Trains every entry at its rates on trial seed 0 and takes the lowest objective.
std::vector<Advice> ask_best_of(const Question& q, const std::string& method,
                                const std::function<std::vector<double>(std::size_t entry)>& rates_of) {
  const auto start = std::chrono::steady_clock::now();
  const Experiment experiment = experiment_with_seed(q.task, q.replay);
  const auto& optimizers = q.task.config.optimizers;
  std::vector<TrialRequest> requests;
  for (std::size_t entry = 0; entry < optimizers.size(); ++entry)
    for (double rate : rates_of(entry)) requests.push_back({Stage::coarse, {entry, rate, 0}});
  const std::vector<Trial> trials = train_trials(experiment, requests, 1);
  std::vector<Advice> advice;
  for (const OptimizerConfig& optimizer : optimizers) advice.push_back(blank_advice(q, method, optimizer.label));
  std::vector<double> least(optimizers.size(), std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < trials.size(); ++i) {
    Advice& a = advice[requests[i].key.entry];
    a.full_runs += static_cast<double>(trials[i].updates) / static_cast<double>(experiment.updates);
    if (!trials[i].objective || *trials[i].objective >= least[requests[i].key.entry]) continue;
    least[requests[i].key.entry] = *trials[i].objective;
    a.rate = trials[i].learning_rate;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (Advice& a : advice) a.seconds = seconds;
  return advice;
}

std::vector<double> grid(const SearchConfig& search, std::size_t count) {
  std::vector<double> rates;
  for (std::size_t i = 0; i < count; ++i)
    rates.push_back(round_significant(log_interpolated(search.lowest_rate, search.highest_rate,
                                                       static_cast<double>(i) / static_cast<double>(count - 1)),
                                      3));
  return rates;
}

// As the planner takes it: all that counts is how it ended, and where it began.
Trial trial_of(const StoredTrial& stored, double rate, std::size_t seed, double initial) {
  Trial trial;
  trial.stage = Stage::fine;
  trial.learning_rate = rate;
  trial.seed = seed;
  trial.status = stored.objective ? TrialStatus::completed : TrialStatus::diverged;
  trial.objective = stored.objective;
  trial.curve.validation_loss = {initial};
  trial.curve.validation_error = {initial};
  return trial;
}

}  // namespace

Advice blank_advice(const Question& q, std::string method, const std::string& optimizer) {
  Advice a;
  a.method = std::move(method);
  a.budget = q.budget;
  a.task = q.task.name;
  a.optimizer = optimizer;
  a.replay = q.replay;
  return a;
}

std::vector<Advice> ask_default(const Question& q) {
  std::vector<Advice> advice;
  for (const OptimizerConfig& optimizer : q.task.config.optimizers) {
    advice.push_back(blank_advice(q, "framework default", optimizer.label));
    for (const OptimizerCard& row : optimizer_cards())
      if (row.card.name == optimizer.name) advice.back().rate = row.default_rate;
  }
  return advice;
}

std::vector<Advice> ask_grid(const Question& q) {
  const auto rates = grid(q.task.config.search, static_cast<std::size_t>(*q.budget));
  return ask_best_of(q, "grid", [&](std::size_t) { return rates; });
}

std::vector<Advice> ask_two_a_decade(const Question& q) {
  const SearchConfig& search = q.task.config.search;
  const double decades = math::log10(search.highest_rate / search.lowest_rate);
  const auto rates = grid(search, static_cast<std::size_t>(2 * decades + 1.5));
  return ask_best_of(q, "grid, 2 a decade", [&](std::size_t) { return rates; });
}

std::vector<Advice> ask_random(const Question& q) {
  const SearchConfig& search = q.task.config.search;
  const auto sub = static_cast<std::uint32_t>(std::stoul(q.task.id.substr(0, 8), nullptr, 16));
  return ask_best_of(q, "random", [&](std::size_t entry) {
    std::vector<double> rates;
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(*q.budget); ++i) {
      const double u = random_uniform({q.replay, static_cast<std::uint32_t>(entry)}, Purpose::test, sub, i);
      rates.push_back(round_significant(log_interpolated(search.lowest_rate, search.highest_rate, u), 2));
    }
    return rates;
  });
}

std::vector<Advice> ask_ceiling(const Question& q) {
  const Curves curves = read_curves(q.task, q.oracle_folder);
  const std::size_t first_seed = kCeilingSeeds * (q.replay - 1) % kReplaySeeds;
  std::vector<Advice> advice;
  for (const OptimizerConfig& optimizer : q.task.config.optimizers) {
    Advice a = blank_advice(q, "ceiling: dense grid, 3 seeds", optimizer.label);
    std::vector<CurvePoint> points;
    std::vector<double> rates;
    for (std::size_t i = 0; i < curves.rates.size() && curves.rates[i] <= kCeilingHighest; ++i) {
      Losses losses;
      for (std::size_t seed = first_seed; seed < first_seed + kCeilingSeeds; ++seed) {
        const StoredTrial& trial = curves.optimizers.at(optimizer.label)[i][seed];
        losses.push_back(trial.objective);
        a.full_runs += trial.full_runs;
      }
      const auto mean = mean_loss(losses);
      if (!mean) continue;
      points.push_back({math::log10(curves.rates[i]), math::log(std::max(*mean, 1e-300))});
      rates.push_back(curves.rates[i]);
    }
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double value = smoothed(points, points[i].x, kCeilingBandwidth);
      if (value >= least) continue;
      least = value;
      a.rate = rates[i];
    }
    advice.push_back(std::move(a));
  }
  return advice;
}

std::vector<Advice> ask_informed(const Question& q) {
  const Curves curves = read_curves(q.task, q.oracle_folder);
  const Truth truth = read_truth(q.task, q.oracle_folder);
  const SearchConfig& search = q.task.config.search;
  const RateLattice lattice = rate_lattice(search.lowest_rate, search.highest_rate, search.fine_per_decade);
  std::vector<Advice> advice;
  for (const OptimizerConfig& optimizer : q.task.config.optimizers) {
    const auto cell = cell_truth(truth, optimizer.label);
    if (!cell) continue;
    const auto best = std::ranges::find(curves.rates, cell->smooth_best_rate) - curves.rates.begin();
    Advice a = blank_advice(q, "informed: 12 runs around the best", optimizer.label);
    std::vector<Trial> trials;
    for (const auto i : {best - kFarStep, best - kNearStep, best + kNearStep, best + kFarStep}) {
      const auto place = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, std::ssize(curves.rates) - 1));
      for (std::size_t k = 0; k < kInformedSeeds; ++k) {
        const std::size_t seed = (kInformedSeeds * (q.replay - 1) + k) % kReplaySeeds;
        const StoredTrial& stored = curves.optimizers.at(optimizer.label)[place][seed];
        a.full_runs += stored.full_runs;
        trials.push_back(trial_of(stored, curves.rates[place], seed, truth.initial_loss));
      }
    }
    const PlanContext context{search, objective_named(search.objective), 1};
    const Ledger ledger(context, trials);
    if (can_advise(rate_points(trials, context.objective))) {
      const auto found =
          assess(Landscape(context, ledger, trials, lattice), search.tolerance, [](double) { return true; });
      a.rate = found->rate;
      a.interval = found->interval;
      a.bound = found->bound;
    }
    advice.push_back(std::move(a));
  }
  return advice;
}

}  // namespace lrtune::quality
