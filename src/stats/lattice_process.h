// lattice_process.h: a smooth curve over places, from any number of noisy observations in blocks, with how sure it is.
//
//   y_pb = g(x_p) + e_b + ε_pb,   e_b ~ N(0, τ²),   ε_pb ~ N(0, σ_p²),   g ~ GP(0, s²·(c + exp(−Δ²/2ℓ²)))
// Nothing is dropped: with u_b the vector of 1/σ_p² over the places that block b has, all that the observations say of
// g at the R places is
//   A = diag(Σ_b u_b) − Σ_b u_b·u_bᵀ/(1/τ² + 1ᵀu_b),     h = Σ_b u_b∘y_b − Σ_b u_b·(u_bᵀy_b)/(1/τ² + 1ᵀu_b)
// (Woodbury), and with K = s²·C·Cᵀ the covariance of g there, T = CᵀAC, B·Bᵀ = I + s²T
//   g | y ~ N(s²·CB⁻ᵀB⁻¹Cᵀh,  s²·CB⁻ᵀB⁻¹Cᵀ),     ln p(y) = −ln|B| + s²·|B⁻¹Cᵀh|²/2 + what does not depend on s and ℓ
// (C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006, sections 2.2, 2.7, 5.4).
// ℓ and s are not chosen but averaged over, by that likelihood. Cost: O(R³) for each ℓ and s, whatever the number of
// observations. All sums run in a fixed order in double, so the same observations give the same bits everywhere.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/noise.h"

namespace lrtune {

// What is known of one place without any block: variance above 0.
struct Hint {
  std::size_t place;
  double y;
  double variance;
};

class LatticeProcess {
 public:
  // `x`: the places, all different, at least one. `observations`, `hints`: at least one of them in all.
  LatticeProcess(std::vector<double> x, std::span<const Observation> observations, std::span<const Hint> hints,
                 Noise noise);

  struct Moments {
    std::vector<double> mean;
    std::vector<double> deviation;  // standard deviation of g, as known
  };
  Moments at(std::span<const double> x) const;

  // Joint draws of g, [draw][place of x]; heavy-tailed as Student's t with the noise's degrees of freedom. The same
  // every time they are asked for.
  std::vector<std::vector<double>> draws(std::span<const double> x, std::size_t count) const;

  // σ² there: that of the nearest place.
  double noise_variance(double x) const;

 private:
  struct Component {
    double weight;
    double length;
    double scale;                // s
    std::size_t corner;          // index into corners_: C of its length
    std::vector<double> factor;  // B, lower triangle, row-major
    std::vector<double> solved;  // B⁻¹Cᵀh
  };
  // s and the covariances of g at x under one component, given the observations.
  struct Conditional {
    std::vector<double> mean;
    std::vector<double> covariance;  // [x][x], lower triangle
  };
  Conditional conditional(const Component& component, std::span<const double> x, bool diagonal_only) const;

  std::vector<double> x_;
  Noise noise_;
  double center_ = 0;  // subtracted from every y
  std::vector<std::vector<double>> corners_;
  std::vector<Component> components_;  // by falling weight; the weights sum to 1
};

}  // namespace lrtune
