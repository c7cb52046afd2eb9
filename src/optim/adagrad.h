// adagrad.h: S += g²; w −= clr·g/(√S + eps), clr = lr/(1 + (t − 1)·lr_decay). J. Duchi, E. Hazan, Y. Singer, JMLR 2011;
// torch.optim.Adagrad (Keras starts S at 0.1 and puts eps inside the root).
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct Adagrad {
  static constexpr std::array kParameters = {
      parameter::real("lr_decay", 0, parameter::kNotNegative, "the rate is divided by 1 + (t − 1)·this"),
      parameter::real("initial_accumulator", 0, parameter::kNotNegative, "of the squared gradients"),
      parameter::real("eps", 1e-10, parameter::kPositive, "added to the root"), parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{
      {"adagrad", "S += g²; w −= lr·g/(√S + eps)", "Duchi, Hazan and Singer 2011; torch.optim.Adagrad", kParameters},
      1e-2};
  static constexpr std::size_t kSlots = 1;
  enum Scalar { kRate, kEps, kDecay, kScalars };

  static double initial_slot(Parameters p) { return p["initial_accumulator"]; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    c[kRate] = update.learning_rate / (1 + static_cast<double>(update.t - 1) * p["lr_decay"]);
    c[kEps] = p["eps"];
    c[kDecay] = p["weight_decay"];
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    const V gradient = fma(c[kDecay], w, g);
    slot[0] = kept(fma(gradient, gradient, slot[0]));
    return fma(-c[kRate], gradient / (sqrt(slot[0]) + c[kEps]), w);
  }
};

}  // namespace lrtune
