// smooth.h: a curve over log10 rate, smoothed by a Gaussian kernel.
//
//   s(x) = Σ_k w_k·f(x + u_k) / Σ_k w_k,  w_k = e^(−u_k²/(2h²)),  u_k = −3h, −2.8h, …, 3h
// where f joins the points by straight lines and places outside them do not count. f, not the points, is what is
// averaged: a finely sampled stretch pulls no harder than a coarse one. It answers the question that matters: the loss
// to expect if the rate is a little off.
#pragma once

#include <span>

namespace lrtune {

struct CurvePoint {
  double x;
  double y;
};

// `points`: ascending, distinct x, at least one; x between the first and the last. `bandwidth` h in the unit of x.
double smoothed(std::span<const CurvePoint> points, double x, double bandwidth);

}  // namespace lrtune
