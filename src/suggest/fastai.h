// fastai.h: the curve that fastai's four suggestions look at (fastai 2, callback/schedule.py, lr_find).
//
//   s_k = a_k/(1 − .98^(k+1)), a_k = .98·a_{k−1} + .02·l_k;  places [N/10 : −5], N as planned; then up to the first
//   loss that is not finite
#pragma once

#include "stats/running_mean.h"
#include "suggest/kept_curve.h"

namespace lrtune {

inline KeptCurve fastai_curve(const LossCurve& curve) {
  return keep(curve, running_means(curve.loss, 0.98), curve.updates / 10, 5);
}

}  // namespace lrtune
