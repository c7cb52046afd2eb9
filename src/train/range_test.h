// range_test.h: learning-rate range tests: short trainings whose rate grows with every update.
//
// Rates, k = 0 … N−1: exponential e_k = lo·(hi/lo)^(k/(N−1)), linear e_k = lo + (hi − lo)·k/(N−1); e_0 = lo and
// e_{N−1} = hi exactly. They replace the config's schedule. Minibatches and initial weights are those of the seed's
// trials; a test longer than an epoch goes on with fresh permutations.
//
// Loss l_k: `batch`, of the minibatch of update k before that update (what the libraries record); `train` and
// `validation`, over that whole set after it.
//
// Stop, with s the running mean of l, best = min s so far and f the factor: s_k > stop_limit(s_0, best, f). A loss that
// is not finite ends the run too, and is not part of the curve.
//
// A run is a pure function of (experiment, options, entry, seed): which lanes share a cohort changes speed, never a
// bit.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "lrtune/range.h"
#include "train/experiment.h"

namespace lrtune {

struct RangeRequest {
  std::size_t entry;  // index into Experiment::entries
  std::size_t seed;   // trial seed: 0, 1, …
};

// Called after each cohort with the number of runs in it; from one thread at a time.
using RangeRunsFinished = std::function<void(std::size_t)>;

// One run per request, in their order; suggestions are left empty (suggest/heuristics.h makes them).
std::vector<RangeRun> range_tests(const Experiment& experiment, const RangeOptions& options,
                                  std::span<const RangeRequest> requests, std::size_t threads,
                                  const RangeRunsFinished& finished = {});

// e_k of update k, counted from 0.
double growing_rate(const RangeOptions& options, std::size_t k);

// best + (f − 1)·max(|best|, (initial − best)/100).
//   Where best is above a hundredth of the fall, this is f·best, the rule of the libraries. They fail at or below zero:
//   f·best is then not above best, and the first point stops the run. Here the distance from best to the limit stays
//   positive on either side of zero, and near zero it does not shrink to the noise of a loss that has been learned
//   away.
double stop_limit(double initial, double best, double factor);

// From a shorter curve no heuristic reads anything: those that look from place N/10 on need two points there, those
// that look at [10 : −1] need two there.
std::size_t fewest_points(std::size_t updates);

}  // namespace lrtune
