// moments.h: what the Adam family shares: the moments m = β1·m + (1 − β1)·g in slot 0, v = β2·v + (1 − β2)·g² in
// slot 1. A rule that derives from Moments begins its own scalars at kMomentScalars.
#pragma once

#include "optim/rule.h"

namespace lrtune {

struct Moments {
  enum MomentScalar { kBeta1, kOneMinusBeta1, kBeta2, kOneMinusBeta2, kMomentScalars };

  static void begin_moments(double beta1, double beta2, double* c) {
    c[kBeta1] = beta1;
    c[kOneMinusBeta1] = 1 - beta1;
    c[kBeta2] = beta2;
    c[kOneMinusBeta2] = 1 - beta2;
  }
  // Of a step rate·m: m has its edge at z = −1, rate·λ·(1 − β1) = 2 + 2·β1.
  static double edge_of_first(double beta1) { return (2 + 2 * beta1) / (1 - beta1); }

  template <class V>
  static LRTUNE_INLINE void first_moment(V g, V* slot, const V* c) {
    slot[0] = moving_average(c[kBeta1], c[kOneMinusBeta1], slot[0], g);
  }
  template <class V>
  static LRTUNE_INLINE void moments(V g, V* slot, const V* c) {
    first_moment(g, slot, c);
    slot[1] = moving_average(c[kBeta2], c[kOneMinusBeta2], slot[1], g * g);
  }
};

}  // namespace lrtune
