// adadelta.h: E = ρ·E + (1 − ρ)·g²; D = √(A + eps)/√(E + eps)·g; A = ρ·A + (1 − ρ)·D²; w −= lr·D.
// M. Zeiler, arXiv:1212.5701, algorithm 1, which has no rate (lr = 1); torch.optim.Adadelta.
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct Adadelta {
  static constexpr std::array kParameters = {
      parameter::real("rho", 0.9, parameter::kBelowOne, "decay of both averages"),
      parameter::real("eps", 1e-6, parameter::kPositive, "inside both roots"), parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr OptimizerCard kCard{
      {"adadelta", "D = √(A + eps)/√(E + eps)·g with averages E of g² and A of D²; w −= lr·D",
       "Zeiler 2012; torch.optim.Adadelta", kParameters},
      1.0};
  static constexpr std::size_t kSlots = 2;
  enum Scalar { kRate, kRho, kOneMinusRho, kEps, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    c[kRate] = update.learning_rate;
    c[kRho] = p["rho"];
    c[kOneMinusRho] = 1 - p["rho"];
    c[kEps] = p["eps"];
    c[kDecay] = p["weight_decay"];
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    const V gradient = fma(c[kDecay], w, g);
    slot[0] = moving_average(c[kRho], c[kOneMinusRho], slot[0], gradient * gradient);
    const V step = sqrt((slot[1] + c[kEps]) / (slot[0] + c[kEps])) * gradient;
    slot[1] = moving_average(c[kRho], c[kOneMinusRho], slot[1], step * step);
    return fma(-c[kRate], step, w);
  }
};

}  // namespace lrtune
