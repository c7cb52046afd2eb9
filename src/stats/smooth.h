// smooth.h: a curve over log10 rate, smoothed by a Gaussian kernel.
//
//   s(x) = Σ_i c_i·K((x − x_i)/h)·y_i / Σ_i c_i·K((x − x_i)/h),  K(u) = e^(−u²/2)
// where c_i is the width of the cell of x_i (half the way to its neighbours on both sides, at the ends to the one there
// is): the sum is then the integral of the curve against the kernel, and a finely sampled stretch pulls no harder than
// a coarse one. It answers the question that matters: the loss to expect if the rate is a little off.
#pragma once

#include <span>
#include <vector>

namespace lrtune {

struct CurvePoint {
  double x;
  double y;
};

// `points`: ascending, distinct x, at least one. `bandwidth` in the unit of x.
double smoothed(std::span<const CurvePoint> points, double x, double bandwidth);

}  // namespace lrtune
