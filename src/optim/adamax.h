// adamax.h: m = β1·m + (1 − β1)·g; u = max(β2·u, |g| + eps); w −= lr/(1 − β1^t)·m/u.
// D. Kingma, J. Ba, ICLR 2015, algorithm 2; torch.optim.Adamax, which adds eps inside the maximum.
#pragma once

#include "optim/moments.h"

namespace lrtune {

struct Adamax : Moments {
  static constexpr std::array kParameters = {parameter::kBeta1, parameter::kBeta2, parameter::kEps, parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{{"adamax", "u = max(β2·u, |g| + eps); w −= lr/(1 − β1^t)·m/u",
                                        "Kingma and Ba 2015, algorithm 2; torch.optim.Adamax", kParameters},
                                       2e-3};
  static constexpr std::size_t kSlots = 2;
  enum Scalar { kRate = kMomentScalars, kEps, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    double& beta1_power = update.memory[0];
    beta1_power *= p["beta1"];
    c[kRate] = update.learning_rate / (1 - beta1_power);
    begin_moments(p["beta1"], p["beta2"], c);
    c[kEps] = p["eps"];
    c[kDecay] = p["weight_decay"];
  }
  static Edge edge(Parameters p, std::size_t) { return {edge_of_first(p["beta1"]), p["weight_decay"]}; }
  static double divisor(const double* slot, const double*, const Memory&) { return slot[1]; }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    g = fma(c[kDecay], w, g);
    first_moment(g, slot, c);
    const V decayed = c[kBeta2] * slot[1];
    const V fresh = abs(g) + c[kEps];
    slot[1] = kept(select(decayed < fresh, fresh, decayed));
    return fma(-c[kRate], slot[0] / slot[1], w);
  }
};

}  // namespace lrtune
