// oracle.h: what every rate is really worth: dense rates × fresh seeds, trained once by the engine and kept in a
// folder, two JSON files per task.
//
// Rates: 10^(k/12), 3 digits, k = −72, …, 24: 12 a decade over 1e-6 … 100, as far as the search itself may go.
// Seeds: search.seed 1000000, which no method uses. Judging: trial seeds 0 … 39 for every rate, and 100 … 219 too where
// the mean over the first forty comes near the lowest (near_limit): 160 in all, since there a regret of a per cent must
// be told from chance. Replaying: 40 … 57, for methods that are replayed from stored curves (the dense grid, Optuna),
// three for each of six replays. No seed does both.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tasks.h"

namespace lrtune::quality {

inline constexpr std::uint32_t kOracleSeed = 1000000;
inline constexpr std::size_t kFirstSeeds = 40;     // judging, every rate
inline constexpr std::size_t kJudgingSeeds = 160;  // judging, rates near the best
inline constexpr std::size_t kReplaySeeds = 18;

// Objective per seed; nullopt: diverged.
using Losses = std::vector<std::optional<double>>;

// What the judging seeds say. <task>.truth.json
struct Truth {
  std::vector<double> rates;                              // ascending
  double initial_loss = 0;                                // L(0), mean over the first forty
  std::map<std::string, std::vector<Losses>> optimizers;  // label → [rate][seed], kFirstSeeds or kJudgingSeeds of them
};

// One rate on the judging seeds, as far as it has been trained.
struct JudgedRate {
  std::size_t entry;  // index into Config::optimizers
  double rate;
  Losses losses;
};

// Trains the first `seeds` judging seeds of each, those that are missing.
void train_judging(const Experiment& experiment, std::span<JudgedRate> rates, std::size_t seeds);

// A rate is near the best if its mean over the first forty is at most 1.5 times the lowest b of the optimizer, and at
// most b + (L(0) − b)/10. −inf: every rate diverges on some seed.
double near_limit(const Truth& truth, const std::string& optimizer);

// One trial of a replay seed.
struct StoredTrial {
  std::optional<double> objective;
  double full_runs = 0;                 // updates / T
  std::vector<double> validation_loss;  // at every look; shorter if it diverged
};

// <task>.curves.json
struct Curves {
  std::vector<double> rates;
  std::map<std::string, std::vector<std::vector<StoredTrial>>> optimizers;  // label → [rate][seed]
};

std::vector<double> oracle_rates();

// Trains and writes what is missing in the folder, or was made from another config.
void make_oracle(const BenchTask& task, const std::filesystem::path& folder);

// Throws std::runtime_error if missing or made from another config.
Truth read_truth(const BenchTask& task, const std::filesystem::path& folder);
Curves read_curves(const BenchTask& task, const std::filesystem::path& folder);

// Mean over the seeds; nullopt if any of them diverged.
std::optional<double> mean_loss(std::span<const std::optional<double>> losses);

}  // namespace lrtune::quality
