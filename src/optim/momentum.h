// momentum.h: heavy-ball and Nesterov momentum in PyTorch's form: the buffer does not contain the rate, which matters
// as soon as a schedule moves the rate.
//
//   momentum  b = µ·b + (1 − dampening)·g (b = g at t = 1);  w −= lr·b         B. Polyak, 1964
//   nesterov  b = µ·b + g;                                   w −= lr·(g + µ·b)  I. Sutskever et al., ICML 2013
// torch.optim.SGD(momentum=…, dampening=…, nesterov=…).
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct Momentum {
  static constexpr std::array kParameters = {
      parameter::real("momentum", 0.9, parameter::kBelowOne, "decay of the buffer"),
      parameter::real("dampening", 0, parameter::kShare, "share of the gradient kept out of the buffer"),
      parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{
      {"momentum", "b = µ·b + (1 − dampening)·g; w −= lr·b", "Polyak 1964; torch.optim.SGD", kParameters}, 1e-2};
  static constexpr std::size_t kSlots = 1;
  enum Scalar { kRate, kMomentum, kFresh, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    c[kRate] = update.learning_rate;
    c[kMomentum] = p["momentum"];
    c[kFresh] = update.t == 1 ? 1 : 1 - p["dampening"];
    c[kDecay] = p["weight_decay"];
  }
  // b = µ·b + (1 − d)·g has its edge at z = −1: rate·λ·(1 − d) = 2 + 2µ.
  static Edge edge(Parameters p, std::size_t) {
    return {(2 + 2 * p["momentum"]) / (1 - p["dampening"]), p["weight_decay"]};
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    slot[0] = kept(fma(c[kMomentum], slot[0], c[kFresh] * fma(c[kDecay], w, g)));
    return fma(-c[kRate], slot[0], w);
  }
};

struct Nesterov {
  static constexpr std::array kParameters = {
      parameter::real("momentum", 0.9, parameter::kBelowOne, "decay of the buffer"), parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{
      {"nesterov", "b = µ·b + g; w −= lr·(g + µ·b)", "Sutskever et al. 2013; torch.optim.SGD", kParameters}, 1e-2};
  static constexpr std::size_t kSlots = 1;
  enum Scalar { kRate, kMomentum, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    c[kRate] = update.learning_rate;
    c[kMomentum] = p["momentum"];
    c[kDecay] = p["weight_decay"];
  }
  static Edge edge(Parameters p, std::size_t) {
    return {(2 + 2 * p["momentum"]) / (1 + 2 * p["momentum"]), p["weight_decay"]};
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    const V gradient = fma(c[kDecay], w, g);
    slot[0] = kept(fma(c[kMomentum], slot[0], gradient));
    return fma(-c[kRate], fma(c[kMomentum], slot[0], gradient), w);
  }
};

}  // namespace lrtune
