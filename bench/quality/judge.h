// judge.h: from advice to figures.
//
// Truth of a cell (task × optimizer): the mean objective m(rate) over the 40 judging seeds of the oracle. A rate
// between the oracle's is trained on the same seeds, so that what differs is the rate and not the luck of the draw;
// what was trained is kept (<task>.judged.json beside the oracle).
//   best        the lowest m over the oracle's rates; a rate at which any seed diverged does not count
//   reference   its loss without the winner's curse: choose the rate on four fifths of the seeds, take its mean on the
//               last fifth; the mean over the five ways to do so. Chosen on log m smoothed by kReferenceBandwidth,
//               which finds lower losses on the other seeds than the plain minimum of noisy means and than other widths
//   regret      m(advised)/reference − 1; +inf if it diverged on any judging seed, or there is no advice. Chance can
//   make
//               it slightly negative
//   excess      (m(advised) − reference)/(L(0) − reference): does not blow up where the reference is nearly 0
//   spread      population standard deviation of log10 rate over three replays (1–3, 4–6, …)
//   covered     best ∈ interval
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "advice.h"
#include "oracle.h"
#include "tasks.h"

namespace lrtune::quality {

inline constexpr std::size_t kFolds = 5;
inline constexpr double kReferenceBandwidth = 0.08;  // decades: one step of the oracle
inline constexpr std::size_t kDivergenceSeeds = 10;  // an advised rate that diverges on any of the first ten

struct CellTruth {
  double best_rate = 0;
  double smooth_best_rate = 0;  // where log m, smoothed, is lowest
  double reference = 0;
  double initial_loss = 0;
};

// nullopt: every rate diverges on some seed.
std::optional<CellTruth> cell_truth(const Truth& truth, const std::string& optimizer);

struct Verdict {
  Advice advice;
  CellTruth truth;
  double regret = 0;  // +inf without a rate
  double excess = 0;
  double share =
      0;  // (m(advised) − reference)/(reference + L(0)/100), as the advice's own bound has it; +inf as regret
  bool diverged = false;  // on any of the first kDivergenceSeeds judging seeds
};

// `advice`: of that task. Trains what is missing and keeps it.
std::vector<Verdict> judge(const BenchTask& task, const std::filesystem::path& oracle_folder,
                           std::span<const Advice> advice);

// One line of the table: all verdicts on one method at one budget.
struct Score {
  std::string method;
  std::optional<double> budget;
  std::size_t advices = 0;
  double none = 0;       // share of them without a rate; regret and excess are those of the others
  double full_runs = 0;  // mean
  double median_regret = 0;
  double p90_regret = 0;
  double median_excess = 0;
  double p90_excess = 0;
  std::optional<double> spread;  // median over cells and triples of replays
  double diverged = 0;           // share
  struct Coverage {
    double share = 0;
    double standard_error = 0;  // tasks as clusters
    double share_of_smooth = 0;
    double median_width = 0;  // decades
    std::size_t intervals = 0;
  };
  std::optional<Coverage> coverage;  // of the advices with an interval
  // Of the advices with a bound.
  struct Bounds {
    std::size_t count = 0;
    double median = 0;
    double holds = 0;     // share of them that the true share does not pass
    double false_ok = 0;  // share of those called ok whose true share is above twice the tolerance
    std::size_t ok = 0;
  };
  std::optional<Bounds> bounds;
  std::map<std::string, std::size_t> statuses;
  double seconds = 0;  // mean over tasks and replays
};

Score score(std::span<const Verdict> verdicts);

// Sorted, then linear between neighbours: p of 0.5 is the median. +inf of nothing.
double quantile(std::vector<double> values, double p);

}  // namespace lrtune::quality
