// rmsprop.h: V = α·V + (1 − α)·g²; den = √V + eps, centered: √(V − a²) + eps with a = α·a + (1 − α)·g; with momentum
// b = µ·b + g/den; w −= lr·b. T. Tieleman and G. Hinton, 2012 (lecture 6.5); centered: A. Graves, arXiv:1308.0850;
// torch.optim.RMSprop. One rule serves all four kinds: a factor of 0 or 1 before a², and µ = 0, change no bit.
//
// Departs from PyTorch: V − a² is at least 0 here; rounding can make it negative there, and the weight NaN.
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct RmsProp {
  static constexpr std::array kParameters = {
      parameter::real("alpha", 0.99, parameter::kBelowOne, "decay of the squared gradients"),
      parameter::real("eps", 1e-8, parameter::kPositive, "added to the root"),
      Parameter{"centered", 0, parameter::kShare, ParameterKind::boolean,
                "divide by the standard deviation, not the root mean square"},
      parameter::real("momentum", 0, parameter::kBelowOne, "decay of the buffer; 0: none"), parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{{"rmsprop", "V = α·V + (1 − α)·g²; w −= lr·g/(√V + eps)",
                                        "Tieleman and Hinton 2012; torch.optim.RMSprop", kParameters},
                                       1e-2};
  static constexpr std::size_t kSlots = 3;
  enum Scalar { kRate, kAlpha, kOneMinusAlpha, kEps, kMinusCentered, kMomentum, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    c[kRate] = update.learning_rate;
    c[kAlpha] = p["alpha"];
    c[kOneMinusAlpha] = 1 - p["alpha"];
    c[kEps] = p["eps"];
    c[kMinusCentered] = -p["centered"];
    c[kMomentum] = p["momentum"];
    c[kDecay] = p["weight_decay"];
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    const V gradient = fma(c[kDecay], w, g);
    slot[0] = moving_average(c[kAlpha], c[kOneMinusAlpha], slot[0], gradient * gradient);
    slot[1] = moving_average(c[kAlpha], c[kOneMinusAlpha], slot[1], gradient);
    const V variance = fma(c[kMinusCentered] * slot[1], slot[1], slot[0]);
    const V divisor = sqrt(select(variance < V(0.0F), V(0.0F), variance)) + c[kEps];
    slot[2] = kept(fma(c[kMomentum], slot[2], gradient / divisor));
    return fma(-c[kRate], slot[2], w);
  }
};

}  // namespace lrtune
