// assess.h: which rate to advise, how much worse than the best it may be, and where to look next.
//
//   best      the lowest m (plan/landscape.h) of the candidates at which no seed failed
//   rate      where the smoothed mean is lowest, of the candidates that may be advised: never one at which a seed
//   failed
//             while there are others. Where it is not told from one at most half as high as the next rate that failed,
//             the lower one: a cliff may follow right after the optimum
//   bound     95 % quantile of its share above the best, over joint draws of the process
//   plateau   the rates around it whose share, by the process's mean, is within the tolerance
//   interval  the middle 95 % of where the draws have their best
//   below, above   where the draws whose best lies to that side have it: their median, weighted by the pick's share.
//             What is learned there shrinks the bound most
#pragma once

#include <functional>
#include <optional>

#include "plan/landscape.h"

namespace lrtune {

struct Assessment {
  double rate = 0;
  // Absent with one seed: nothing tells chance from effect.
  std::optional<double> bound;
  std::optional<RateInterval> interval;
  RateRange plateau;
  bool falls_below = false;  // the curve is lowest at the lowest rate tried
  bool falls_above = false;  // at the highest
  std::optional<double> below;
  std::optional<double> above;
};

// Whether a rate may be advised.
using Allowed = std::function<bool(double rate)>;

// nullopt: no rate that is allowed can be advised.
std::optional<Assessment> assess(const Landscape& landscape, double tolerance, const Allowed& allowed);

// Its rate alone, at a fraction of the cost.
std::optional<double> pick_rate(const Landscape& landscape, double tolerance, const Allowed& allowed);

}  // namespace lrtune
