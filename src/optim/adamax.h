// adamax.h: m = β1·m + (1 − β1)·g; u = max(β2·u, |g| + eps); w −= lr/(1 − β1^t)·m/u.
// D. Kingma, J. Ba, ICLR 2015, algorithm 2; torch.optim.Adamax, which adds eps inside the maximum.
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct Adamax {
  static constexpr std::array kParameters = {parameter::kBeta1, parameter::kBeta2, parameter::kEps, parameter::kL2};
  static constexpr OptimizerCard kCard{{"adamax", "u = max(β2·u, |g| + eps); w −= lr/(1 − β1^t)·m/u",
                                        "Kingma and Ba 2015, algorithm 2; torch.optim.Adamax", kParameters},
                                       2e-3};
  static constexpr std::size_t kSlots = 2;
  enum Scalar { kRate, kBeta1, kOneMinusBeta1, kBeta2, kEps, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    double& beta1_power = update.memory[0];
    beta1_power *= p[0];
    c[kRate] = update.learning_rate / (1 - beta1_power);
    c[kBeta1] = p[0];
    c[kOneMinusBeta1] = 1 - p[0];
    c[kBeta2] = p[1];
    c[kEps] = p[2];
    c[kDecay] = p[3];
  }
  static Edge edge(Parameters p, std::size_t) { return {(2 + 2 * p[0]) / (1 - p[0]), p[3]}; }
  static double divisor(const double* slot, const double*, const Memory&) { return slot[1]; }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    g = fma(c[kDecay], w, g);
    slot[0] = moving_average(c[kBeta1], c[kOneMinusBeta1], slot[0], g);
    const V decayed = c[kBeta2] * slot[1];
    const V fresh = abs(g) + c[kEps];
    slot[1] = kept(select(decayed < fresh, fresh, decayed));
    return fma(-c[kRate], slot[0] / slot[1], w);
  }
};

}  // namespace lrtune
