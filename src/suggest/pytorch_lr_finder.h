// pytorch_lr_finder.h: the suggestion of the package pytorch-lr-finder (torch_lr_finder/lr_finder.py, plot).
//
//   s_0 = l_0, s_k = .05·l_k + .95·s_{k−1}, no bias correction;  argmin of the gradient of s by place, over [10 : −5]
// There a loss that is not a number wins the argmin; here the curve ends before it.
#pragma once

#include "suggest/kept_curve.h"

namespace lrtune {

inline Suggestion pytorch_lr_finder(const LossCurve& curve) {
  std::vector<double> smoothed;
  for (double loss : curve.loss) smoothed.push_back(smoothed.empty() ? loss : 0.05 * loss + 0.95 * smoothed.back());
  const KeptCurve kept = keep(curve, smoothed, 10, 5);
  if (const auto why = unreadable(kept, 2)) return abstain(*why);
  return at_lowest_slope(kept, gradient(kept.loss), "the loss falls fastest per update");
}

}  // namespace lrtune
