// surface.h: what the trials of one entry say about its rates: the log objective against log10 rate, where it is lowest
// once smoothed, and which rates cannot be told from there.
//
// Value of a rate: the mean over its seeds s of ln(objective + L(0)/100) − e_s, L(0) that seed's objective at update 0.
// e_s, the effect of seed s, is estimated from the rates that all seeds have trained: seeds share weights and batches
// across rates, so most of their noise is common and goes with it. The hundredth of L(0) keeps a single lucky run with
// almost no loss (a small validation set, all rows right) from outweighing everything else. A diverged trial counts as
// 4·L(0).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "lrtune/study.h"
#include "stats/objective.h"
#include "stats/smooth.h"

namespace lrtune {

// One seed at one rate.
struct SeedValue {
  std::size_t seed;
  double log_objective;
};

// One rate that was tried.
struct RatePoint {
  double rate;
  double log10_rate;
  std::vector<SeedValue> seeds;  // ascending, each once
  bool failed;                   // any seed diverged
  bool completed;                // any seed completed
};

// Ascending by rate; pruned trials are left out, and those of the framework's default rate where it lies outside the
// rates that were searched. Else stages do not matter, all are runs of the same experiment, but for one thing:
// Confirmed::left_out leaves out the completed trials of `confirm`, so that confirming a rate does not move it.
enum class Confirmed { left_out, counted };
std::vector<RatePoint> rate_points(std::span<const Trial> trials, const ObjectiveRow& objective, Confirmed confirmed);

// The objective at update 0 of that trial, L(0); nullopt if not even that was finite.
std::optional<double> initial_objective(const Trial& trial, const ObjectiveRow& objective);

// How much of L(0) a completed trial has done away with: (L(0) − objective)/L(0), at most 1; nullopt for others.
std::optional<double> improvement(const Trial& trial, const ObjectiveRow& objective);

// The lowest and the highest rate that the search itself has tried: the framework's default may lie far outside. Lowest
// +inf where nothing was searched.
RateRange searched_range(std::span<const Trial> trials);

// Smoothing width, in decades: the best of .12 to .2 in replays of 64 dense curves (docs/method.md).
inline constexpr double kBandwidth = 0.15;

// The two-digit rate where the smoothed curve is lowest, between the lowest and the highest rate with a completed
// trial. It is at most half the lowest rate above it at which any seed failed, where that rate stays in the interval (a
// cliff may follow right after the optimum), and never at or above such a rate. Ties go to the smaller rate. nullopt:
// no trial completed.
std::optional<double> pick_rate(std::span<const RatePoint> points);

// The rates around `rate` that cannot be told from it at 95 %: differences, seed by seed, from what that seed reaches
// around the rate (kernel-weighted mean, width kBandwidth); their spread s pooled over the rates within half a decade
// that have several seeds; a rate is told apart when its mean difference passes t(.975)·s/√n. The interval reaches to
// the last rate not told apart on either side; it ends where three in a row are told apart (one or two may be by
// chance: many rates are compared) and before a rate at which any seed failed. nullopt where no spread can be had: a
// single seed.
std::optional<RateInterval> rate_interval(std::span<const RatePoint> points, double rate);

}  // namespace lrtune
