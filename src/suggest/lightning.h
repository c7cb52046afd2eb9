// lightning.h: PyTorch Lightning's suggestion (tuner/lr_finder.py), before and since its version 2.5.3.
//
//   s_k = a_k/(1 − .98^(k+2)), a_k = .98·a_{k−1} + .02·l_k: one power too many, as there; places [10 : −1]
//   before: argmin of the gradient of s by place, the steps taken for equal
//   since:  argmin of the gradient of s by the rate itself. A small change of the loss at a tiny rate is then a huge
//           slope, so noise at the left end wins (an open bug there, issue 21141)
// Lightning works in float32; here as everywhere in double.
#pragma once

#include "stats/running_mean.h"
#include "suggest/kept_curve.h"

namespace lrtune {

inline KeptCurve lightning_curve(const LossCurve& curve) {
  return keep(curve, running_means(curve.loss, 0.98, 2), 10, 1);
}

inline Suggestion lightning_old(const LossCurve& curve) {
  const KeptCurve kept = lightning_curve(curve);
  if (const auto why = unreadable(kept, 2)) return abstain(*why);
  return at_lowest_slope(kept, gradient(kept.loss), "the loss falls fastest per update");
}

inline Suggestion lightning(const LossCurve& curve) {
  const KeptCurve kept = lightning_curve(curve);
  if (const auto why = unreadable(kept, 2)) return abstain(*why);
  return at_lowest_slope(kept, gradient(kept.loss, kept.rate), "the loss falls fastest per unit of the rate");
}

}  // namespace lrtune
