// oracle.h: what every rate is really worth: dense rates × fresh seeds, trained once by the engine and kept in a
// folder, two JSON files per task.
//
// Rates: 10^(k/12), 3 digits, k = −72, …, 24: 12 a decade over 1e-6 … 100, as far as the search itself may go.
// Seeds: search.seed 1000000, which no method uses: trial seeds 0 … 39 judge, 40 … 57 are for methods that are replayed
// from stored curves (the dense grid, Optuna): three for each of six replays. No seed does both.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tasks.h"

namespace lrtune::quality {

inline constexpr std::uint32_t kOracleSeed = 1000000;
inline constexpr std::size_t kJudgingSeeds = 40;
inline constexpr std::size_t kReplaySeeds = 18;

// Objective per seed; nullopt: diverged.
using Losses = std::vector<std::optional<double>>;

// What the judging seeds say. <task>.truth.json
struct Truth {
  std::vector<double> rates;                              // ascending
  double initial_loss = 0;                                // L(0), mean over the seeds
  std::map<std::string, std::vector<Losses>> optimizers;  // label → [rate][seed]
};

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

// Throws Error if missing or made from another config.
Truth read_truth(const BenchTask& task, const std::filesystem::path& folder);
Curves read_curves(const BenchTask& task, const std::filesystem::path& folder);

// Mean over the seeds; nullopt if any of them diverged.
std::optional<double> mean_loss(const Losses& losses);

}  // namespace lrtune::quality
