// adam.h: the Adam family.
//
//   m = β1·m + (1 − β1)·g; v = β2·v + (1 − β2)·g²; w −= (lr/(1 − β1^t))·m/(√v/√(1 − β2^t) + eps)
//     D. Kingma, J. Ba, ICLR 2015, algorithm 1; torch.optim.Adam
//   amsgrad: the largest v so far (uncorrected, as in PyTorch) in place of v. S. Reddi et al., ICLR 2018
//   adamw:   w is first multiplied by 1 − lr·weight_decay. I. Loshchilov, F. Hutter, ICLR 2019; torch.optim.AdamW
// The decay is w − (lr·weight_decay)·w in one rounding: 1 − lr·weight_decay would lose small rates in float.
// β^t is carried along by multiplication; PyTorch raises to the power. Both are within a few ulps of double.
#pragma once

#include "optim/moments.h"

namespace lrtune {

enum class AdamKind { plain, amsgrad, decoupled };

template <AdamKind kKind>
struct AdamRule : Moments {
  static constexpr std::array kParameters = {
      parameter::kBeta1, parameter::kBeta2, parameter::kEps,
      kKind == AdamKind::decoupled ? parameter::decoupled_decay(0.01) : parameter::kL2};
  using Parameters = ByName<kParameters>;
  static constexpr std::size_t kSlots = kKind == AdamKind::amsgrad ? 3 : 2;
  enum Scalar { kRate = kMomentScalars, kInverseRoot, kEps, kDecay, kScalars };

  static double initial_slot(Parameters) { return 0; }
  static void begin_update(Parameters p, const Update& update, double* c) {
    double& beta1_power = update.memory[0];
    double& beta2_power = update.memory[1];
    beta1_power *= p["beta1"];
    beta2_power *= p["beta2"];
    c[kRate] = update.learning_rate / (1 - beta1_power);
    begin_moments(p["beta1"], p["beta2"], c);
    c[kInverseRoot] = 1 / std::sqrt(1 - beta2_power);
    c[kEps] = p["eps"];
    c[kDecay] = kKind == AdamKind::decoupled ? -update.learning_rate * p["weight_decay"] : p["weight_decay"];
  }
  // Of the decoupled kind the decay shrinks w by itself and has no part in the curvature.
  static Edge edge(Parameters p, std::size_t) {
    return {edge_of_first(p["beta1"]), kKind == AdamKind::decoupled ? 0 : p["weight_decay"]};
  }
  static double divisor(const double* slot, const double* c, const Memory&) {
    return std::sqrt(slot[kKind == AdamKind::amsgrad ? 2 : 1]) * c[kInverseRoot] + c[kEps];
  }
  template <class V>
  static LRTUNE_INLINE V apply(V w, V g, V* slot, const V* c) {
    if constexpr (kKind == AdamKind::decoupled) {
      w = fma(c[kDecay], w, w);
    } else {
      g = fma(c[kDecay], w, g);
    }
    moments(g, slot, c);
    V v = slot[1];
    if constexpr (kKind == AdamKind::amsgrad) v = slot[2] = select(slot[2] < v, v, slot[2]);
    return fma(-c[kRate], slot[0] / fma(sqrt(v), c[kInverseRoot], c[kEps]), w);
  }
};

struct Adam : AdamRule<AdamKind::plain> {
  static constexpr OptimizerCard kCard{
      {"adam", "w −= lr·m̂/(√v̂ + eps)", "Kingma and Ba 2015, algorithm 1; torch.optim.Adam", kParameters}, 1e-3};
};

struct AmsGrad : AdamRule<AdamKind::amsgrad> {
  static constexpr OptimizerCard kCard{
      {"amsgrad", "adam with the largest v so far", "Reddi, Kale and Kumar 2018; torch.optim.Adam", kParameters}, 1e-3};
};

struct AdamW : AdamRule<AdamKind::decoupled> {
  static constexpr OptimizerCard kCard{
      {"adamw", "adam with decoupled weight decay", "Loshchilov and Hutter 2019; torch.optim.AdamW", kParameters},
      1e-3};
};

}  // namespace lrtune
