// lion.h: w *= 1 − lr·weight_decay; w −= lr·sign(β1·m + (1 − β1)·g); m = β2·m + (1 − β2)·g; sign(0) = 0.
// X. Chen et al., "Symbolic discovery of optimization algorithms", 2023, algorithm 2. Not in PyTorch 1.13.
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct Lion {
  static constexpr std::array kParameters = {
      parameter::kBeta1, parameter::real("beta2", 0.99, parameter::kBelowOne, "decay of the momentum"),
      parameter::decoupled_decay(0)};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{
      {"lion", "w −= lr·sign(β1·m + (1 − β1)·g); m = β2·m + (1 − β2)·g", "Chen et al. 2023, algorithm 2", kParameters},
      1e-4};
  static constexpr std::size_t kSlots = 1;
  enum Scalar { kRate, kBeta1, kOneMinusBeta1, kBeta2, kOneMinusBeta2, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    c[kRate] = update.learning_rate;
    c[kBeta1] = p["beta1"];
    c[kOneMinusBeta1] = 1 - p["beta1"];
    c[kBeta2] = p["beta2"];
    c[kOneMinusBeta2] = 1 - p["beta2"];
    c[kDecay] = -update.learning_rate * p["weight_decay"];
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    const V direction = fma(c[kBeta1], slot[0], c[kOneMinusBeta1] * g);
    slot[0] = moving_average(c[kBeta2], c[kOneMinusBeta2], slot[0], g);
    // A NaN is neither above nor below 0: it is passed on, as a diverged lane must be seen.
    const V step = select(direction < V(0.0F), -c[kRate], select(V(0.0F) < direction, c[kRate], V(0.0F) * direction));
    return fma(c[kDecay], w, w) - step;
  }
};

}  // namespace lrtune
