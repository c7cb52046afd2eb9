// stability.h: how sharp the loss is, and the largest stable rate that follows (docs/sharpness.md).
#pragma once

#include <cstddef>
#include <optional>

namespace lrtune {

// The largest eigenvalue λ of a Hessian of the mean loss over all training rows, with the products it took.
struct Sharpness {
  double value = 0;
  std::size_t products = 0;
  bool converged = false;  // the residual is within 1 % of it

  friend bool operator==(const Sharpness&, const Sharpness&) = default;
};

// One point of a training, and the rate at which a quadratic of that curvature becomes unstable.
struct StabilityPoint {
  std::optional<Sharpness> sharpness;       // of the Hessian; absent if its numbers overflow
  std::optional<Sharpness> preconditioned;  // of the Hessian as the Adam family sees it, P^-½·H·P^-½
  std::optional<double> edge;               // absent for optimizers without a formula, and where λ ≤ 0

  friend bool operator==(const StabilityPoint&, const StabilityPoint&) = default;
};

// Predicted and observed stability: reported, never used to choose a rate.
struct Stability {
  StabilityPoint start;                   // initial weights, seed 0: the same for all entries
  std::optional<StabilityPoint> end;      // after a full training at the recommended rate, seed 0
  std::optional<double> lowest_diverged;  // lowest rate at which a trial of any seed diverged
  double full_runs = 0;                   // what this took, beside the search: re-training, and products by their work

  friend bool operator==(const Stability&, const Stability&) = default;
};

}  // namespace lrtune
