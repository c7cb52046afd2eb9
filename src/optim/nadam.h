// nadam.h: Adam with Nesterov's momentum. µ_t = β1·(1 − ½·0.96^(t·ψ)), M = µ_1·…·µ_t;
//   w −= lr·[(1 − µ_t)·g/(1 − M) + µ_(t+1)·m/(1 − M·µ_(t+1))]/(√(v/(1 − β2^t)) + eps)
// T. Dozat, ICLR workshop 2016; torch.optim.NAdam (whose single-tensor path in 1.13 multiplies M by µ_t twice; that was
// a mistake, later mended, and is not followed). 0.96^ψ is raised by our own pow, its powers by multiplication.
#pragma once

#include "base/math.h"
#include "optim/moments.h"

namespace lrtune {

struct NAdam : Moments {
  static constexpr std::array kParameters = {
      parameter::kBeta1, parameter::kBeta2, parameter::kEps,
      parameter::real("momentum_decay", 0.004, parameter::kNotNegative, "ψ of the momentum's warm-up"), parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{
      {"nadam", "adam with Nesterov's momentum", "Dozat 2016; torch.optim.NAdam", kParameters}, 2e-3};
  static constexpr std::size_t kSlots = 2;
  enum Scalar { kRateG = kMomentScalars, kRateM, kInverseRoot, kEps, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    double& beta2_power = update.memory[0];
    double& mu_product = update.memory[1];
    double& base_power = update.memory[2];  // 0.96^(t·ψ)
    const double base = math::pow(0.96, p["momentum_decay"]);
    beta2_power *= p["beta2"];
    base_power *= base;
    const double mu = p["beta1"] * (1 - 0.5 * base_power);
    const double mu_next = p["beta1"] * (1 - 0.5 * base_power * base);
    mu_product *= mu;
    c[kRateG] = update.learning_rate * (1 - mu) / (1 - mu_product);
    c[kRateM] = update.learning_rate * mu_next / (1 - mu_product * mu_next);
    begin_moments(p["beta1"], p["beta2"], c);
    c[kInverseRoot] = 1 / std::sqrt(1 - beta2_power);
    c[kEps] = p["eps"];
    c[kDecay] = p["weight_decay"];
  }
  // With µ = µ_(t+1), the step (1 − µ)·g + µ·m has its edge at z = −1: rate·λ·((1 − µ) + µ·(1 − β1)/(1 + β1)) = 2.
  static Edge edge(Parameters p, std::size_t t) {
    const double mu = p["beta1"] * (1 - 0.5 * math::pow(0.96, static_cast<double>(t + 1) * p["momentum_decay"]));
    return {(2 + 2 * p["beta1"]) / (1 + p["beta1"] - 2 * mu * p["beta1"]), p["weight_decay"]};
  }
  static double divisor(const double* slot, const double* c, const Memory&) {
    return std::sqrt(slot[1]) * c[kInverseRoot] + c[kEps];
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    g = fma(c[kDecay], w, g);
    moments(g, slot, c);
    const V divisor = fma(sqrt(slot[1]), c[kInverseRoot], c[kEps]);
    return w - fma(c[kRateG], g, c[kRateM] * slot[0]) / divisor;
  }
};

}  // namespace lrtune
