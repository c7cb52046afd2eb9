// gaussian_process.h: a smooth curve through noisy observations that come in blocks, with how sure it is.
//
//   y_i = µ + f(x_i) + b_{block i} + ε_i
//   f ~ GP(0, s²·exp(−(x − x')²/(2ℓ²))),  b ~ N(0, ρs²) for each block,  ε ~ N(0, νs²)
// Length ℓ, noise ν and block share ρ are the most probable on a small grid: marginal likelihood with µ (flat prior)
// and s² (inverse gamma: kPriorDegrees observations' worth of kPriorVariance) integrated out, times a log-normal prior
// of ν (median .03, one unit of ln wide; C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine
// Learning", 2006, sections 2.2, 2.7, 5.4). The posterior of µ + f is what is asked for. All sums run left to right in
// double, so the same observations give the same bits everywhere.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lrtune {

struct Observation {
  double x;
  double y;
  std::size_t block;
};

class GaussianProcess {
 public:
  // At least one observation. Cost: some 80 factorizations of n³/6 multiply-adds.
  explicit GaussianProcess(std::span<const Observation> observations);

  struct Hyperparameters {
    double length;  // ℓ
    double noise;   // ν
    double block;   // ρ
  };
  const Hyperparameters& hyperparameters() const { return chosen_; }
  std::size_t observations() const { return observations_.size(); }
  double mean(double x) const;
  // Variance of f(x) − f(other), what is known of it; ≥ 0.
  double difference_variance(double x, double other) const;

 private:
  std::vector<double> correlations(double x) const;  // L⁻¹·k(x), k [observation]
  std::vector<Observation> observations_;
  std::vector<double> factor_;   // L: lower triangle, row-major, L·Lᵀ = K
  std::vector<double> weights_;  // K⁻¹·(y − µ)
  Hyperparameters chosen_{};
  double mu_ = 0;
  double scale_ = 0;  // s²
};

}  // namespace lrtune
