// radam.h: Adam whose step is rectified for the variance of its divisor. r∞ = 2/(1 − β2) − 1,
// r = r∞ − 2t·β2^t/(1 − β2^t), m̂ = m/(1 − β1^t);
//   r > 5: w −= lr·m̂·rect·√(1 − β2^t)/(√v + eps), rect = √((r − 4)(r − 2)·r∞/((r∞ − 4)(r∞ − 2)·r));  else w −= lr·m̂
// L. Liu et al., ICLR 2020, algorithm 2; torch.optim.RAdam.
//
// Both branches are one formula: divisor = fma(√v, a, b) with (1, eps) or (0, 1), the rest in the rate.
#pragma once

#include "optim/moments.h"

namespace lrtune {

struct RAdam : Moments {
  static constexpr std::array kParameters = {parameter::kBeta1, parameter::kBeta2, parameter::kEps, parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{
      {"radam", "adam with the variance of its divisor rectified", "Liu et al. 2020; torch.optim.RAdam", kParameters},
      1e-3};
  static constexpr std::size_t kSlots = 2;
  enum Scalar { kRate = kMomentScalars, kRootFactor, kDivisor, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    double& beta1_power = update.memory[0];
    double& beta2_power = update.memory[1];
    beta1_power *= p["beta1"];
    beta2_power *= p["beta2"];
    const double longest = 2 / (1 - p["beta2"]) - 1;
    const double length = longest - 2 * static_cast<double>(update.t) * beta2_power / (1 - beta2_power);
    const bool rectified = length > 5;
    c[kRate] = update.learning_rate / (1 - beta1_power);
    if (rectified)
      c[kRate] *= std::sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) *
                  std::sqrt(1 - beta2_power);
    begin_moments(p["beta1"], p["beta2"], c);
    c[kRootFactor] = rectified ? 1 : 0;
    c[kDivisor] = rectified ? p["eps"] : 1;
    c[kDecay] = p["weight_decay"];
  }
  static Edge edge(Parameters p, std::size_t) { return {edge_of_first(p["beta1"]), p["weight_decay"]}; }
  // The rectification is part of the divisor; the first moment's bias correction, which is in the rate too, is not.
  static double divisor(const double* slot, const double* c, const Memory& memory) {
    return (std::sqrt(slot[1]) * c[kRootFactor] + c[kDivisor]) / (c[kRate] * (1 - memory[0]));
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    g = fma(c[kDecay], w, g);
    moments(g, slot, c);
    return fma(-c[kRate], slot[0] / fma(sqrt(slot[1]), c[kRootFactor], c[kDivisor]), w);
  }
};

}  // namespace lrtune
