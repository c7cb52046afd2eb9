// noise.h: how noisy observations on a lattice are: places × blocks, most pairs missing.
//
//   y_pb = r_p + e_b + ε_pb,   e_b ~ N(0, τ²),   ε_pb ~ N(0, σ_p²)
// r and e are fitted by turns (least squares of the two-way layout; H. Scheffé, "The Analysis of Variance", 1959, ch.
// 4) to the places and blocks with two observations or more. The residuals of nearby places are pooled by a Gaussian
// kernel, and shrunk: the overall variance counts kPriorDegrees degrees of freedom of kPriorVariance, a place as many
// of the overall one, τ² kPriorBlocks blocks of the overall variance.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lrtune {

struct Observation {
  std::size_t place;  // index into the places
  double y;
  std::size_t block;
};

struct Noise {
  std::vector<double> variance;  // σ_p², by place; above 0
  double block_variance = 0;     // τ²; above 0
  double degrees = 0;            // of freedom behind them, the prior's included
};

// `x`: the places, in the unit of `width`, the kernel's standard deviation.
Noise estimate_noise(std::span<const double> x, std::span<const Observation> observations, double width);

}  // namespace lrtune
