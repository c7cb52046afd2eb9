// surface.h: what the trials of one entry say, rate by rate.
//
// The value of a completed trial is ln(objective + 3 L(0)/100), L(0) that seed's objective at update 0. The logarithm
// makes "5 % worse" the same everywhere; the 3 % keep a single lucky run with almost no loss (a small validation
// set, all rows right) from outweighing everything else.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/study.h"
#include "stats/objective.h"

namespace lrtune {

// One seed at one rate.
struct SeedValue {
  std::size_t seed;
  double log_objective;  // +inf: the trial diverged

  bool completed() const { return std::isfinite(log_objective); }
};

inline constexpr double kOffset = 0.03;  // of L(0)

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

// Which of the search's trials count: all, or those that were not given up (completed or diverged).
enum class Tried { any, to_the_end };

// The lowest and the highest rate that the search itself has tried: the framework's default may lie far outside. Lowest
// +inf where nothing was searched.
RateRange searched_range(std::span<const Trial> trials, Tried which = Tried::any);

}  // namespace lrtune
