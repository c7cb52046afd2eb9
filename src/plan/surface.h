// surface.h: what the trials of one entry say about its rates: where the objective is lowest, and which rates cannot be
// told from there.
//
// The value of a completed trial is ln(objective + 3 L(0)/100), L(0) that seed's objective at update 0. The logarithm
// makes "5 % worse" the same everywhere; the 3 % keep a single lucky run with almost no loss (a small validation
// set, all rows right) from outweighing everything else. Values more than kClip above the lowest count as just that:
// how bad a bad rate is says nothing about the best one. A trial that diverged counts as kClip above too where other
// seeds completed: survivors alone would make a rate at the edge of stability look better than it is. Where all seeds
// diverged there is no value, only a limit. A Gaussian process over log10 rate (stats/gaussian_process.h), with the
// trials of a seed as a block, uses every completed trial of every stage; seeds share weights and batches across rates,
// so most of their noise is common and goes with the block's effect.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/study.h"
#include "plan/rates.h"
#include "stats/objective.h"

namespace lrtune {

// One seed at one rate.
struct SeedValue {
  std::size_t seed;
  double log_objective;  // +inf: the trial diverged

  bool completed() const { return std::isfinite(log_objective); }
};

// `objective` of a trial, nullopt if it diverged; `initial`: its L(0).
SeedValue seed_value(std::size_t seed, const std::optional<double>& objective, double initial);

// One rate that was tried.
struct RatePoint {
  double rate;
  double log10_rate;
  std::vector<SeedValue> seeds;  // ascending, each seed once
  // Between the lowest and the highest rate that the search has trained to its end. The framework's default rate may
  // lie outside, with rates between that were given up: then it tells of its seeds and of the noise, but no rate on the
  // way to it is advised, nor is it itself.
  bool searched = true;

  bool completed() const { return std::ranges::any_of(seeds, &SeedValue::completed); }
  bool failed() const { return !std::ranges::all_of(seeds, &SeedValue::completed); }
  bool can_be_advised() const { return searched && completed(); }
};

// Ascending by rate; pruned trials are left out. Stages do not matter, all are runs of the same experiment, but for one
// thing: whether the search itself has been there (`searched`).
std::vector<RatePoint> rate_points(std::span<const Trial> trials, const ObjectiveRow& objective);

// The objective at update 0 of that trial, L(0); nullopt if not even that was finite.
std::optional<double> initial_objective(const Trial& trial, const ObjectiveRow& objective);

// How much of L(0) a completed trial has done away with: (L(0) − objective)/L(0), at most 1; nullopt for others.
std::optional<double> improvement(const Trial& trial, const ObjectiveRow& objective);

// The lowest and the highest rate that the search itself has tried: the framework's default may lie far outside. Lowest
// +inf where nothing was searched.
RateRange searched_range(std::span<const Trial> trials);

// Those that were not given up: completed or diverged.
std::vector<Trial> ended_trials(std::span<const Trial> trials);

// Smoothing width, in decades: the loss to expect if the rate is a little off. .15 to .25 do equally well in replays
// (docs/method.md).
inline constexpr double kBandwidth = 0.2;

// rate: of the lattice's rates between the lowest and the highest completed one, and of the completed ones, where the
// process, smoothed by a Gaussian kernel over log10 rate, is lowest; the smaller one of equals. It is at most half the
// lowest rate at which any seed failed, where that stays in the interval (a cliff may follow right after the optimum),
// and below such a rate unless there is no candidate below.
//
// interval: from the lowest to the highest rate whose mean is not above the pick's by more than t standard deviations
// of the difference (t: 97.5 % quantile of Student's with one degree less than there are trials), within the completed
// rates and short of the first failed one above the pick. Absent with one seed: nothing tells chance from effect.
struct Advice {
  double rate;
  std::optional<RateInterval> interval;
};

// Whether a rate may be advised.
using Allowed = std::function<bool(double rate)>;

// nullopt: no trial completed, or no rate is allowed, or only ones at which a seed failed though there are lower ones.
std::optional<Advice> advise(std::span<const RatePoint> points, const RateLattice& lattice, const Allowed& allowed);

}  // namespace lrtune
