// radam.h: Adam whose step is rectified for the variance of its divisor. r∞ = 2/(1 − β2) − 1,
// r = r∞ − 2t·β2^t/(1 − β2^t), m̂ = m/(1 − β1^t);
//   r > 5: w −= lr·m̂·rect·√(1 − β2^t)/(√v + eps), rect = √((r − 4)(r − 2)·r∞/((r∞ − 4)(r∞ − 2)·r));  else w −= lr·m̂
// L. Liu et al., ICLR 2020, algorithm 2; torch.optim.RAdam.
//
// Both branches are one formula: divisor = fma(√v, a, b) with (1, eps) or (0, 1), the rest in the rate.
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct RAdam {
  static constexpr std::array kParameters = {parameter::kBeta1, parameter::kBeta2, parameter::kEps, parameter::kL2};
  static constexpr OptimizerCard kCard{
      {"radam", "adam with the variance of its divisor rectified", "Liu et al. 2020; torch.optim.RAdam", kParameters},
      1e-3};
  static constexpr std::size_t kSlots = 2;
  enum Scalar { kRate, kBeta1, kOneMinusBeta1, kBeta2, kOneMinusBeta2, kRootFactor, kDivisor, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    double& beta1_power = update.memory[0];
    double& beta2_power = update.memory[1];
    beta1_power *= p[0];
    beta2_power *= p[1];
    const double longest = 2 / (1 - p[1]) - 1;
    const double length = longest - 2 * static_cast<double>(update.t) * beta2_power / (1 - beta2_power);
    const bool rectified = length > 5;
    c[kRate] = update.learning_rate / (1 - beta1_power);
    if (rectified)
      c[kRate] *= std::sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) *
                  std::sqrt(1 - beta2_power);
    c[kBeta1] = p[0];
    c[kOneMinusBeta1] = 1 - p[0];
    c[kBeta2] = p[1];
    c[kOneMinusBeta2] = 1 - p[1];
    c[kRootFactor] = rectified ? 1 : 0;
    c[kDivisor] = rectified ? p[2] : 1;
    c[kDecay] = p[3];
  }
  static Edge edge(Parameters p, std::size_t) { return {(2 + 2 * p[0]) / (1 - p[0]), p[3]}; }
  // The rectification is part of the divisor; the first moment's bias correction, which is in the rate too, is not.
  static double divisor(const double* slot, const double* c, const Memory& memory) {
    return (std::sqrt(slot[1]) * c[kRootFactor] + c[kDivisor]) / (c[kRate] * (1 - memory[0]));
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    g = fma(c[kDecay], w, g);
    slot[0] = moving_average(c[kBeta1], c[kOneMinusBeta1], slot[0], g);
    slot[1] = moving_average(c[kBeta2], c[kOneMinusBeta2], slot[1], g * g);
    return fma(-c[kRate], slot[0] / fma(sqrt(slot[1]), c[kRootFactor], c[kDivisor]), w);
  }
};

}  // namespace lrtune
