// steepest.h: lrtune's own: the rate at which the loss falls fastest per decade.
//
//   argmin over k of ds/d(ln e) at e_k,   k from N/10 to the lowest s
// with s the run's own smoothed curve (--smoothing, correct bias correction) and the derivative of the parabola through
// a point and its neighbours, so that linear growth is read rightly too. The first tenth is left out, where the mean is
// of few batches; so is what follows the lowest s.
#pragma once

#include <span>

#include "suggest/kept_curve.h"

namespace lrtune {

inline Suggestion steepest(const LossCurve& curve) {
  KeptCurve kept = keep(curve, curve.smoothed, curve.updates / 10, 0);
  if (const auto why = unreadable(kept, 2)) return abstain(*why);
  const std::size_t points = argmin(kept.loss) + 1;
  if (points < 2) return abstain("the smoothed loss is lowest at the first rate considered");
  kept.rate.resize(points);
  kept.loss.resize(points);
  return at_lowest_slope(kept, gradient(kept.loss, natural_logs(kept.rate)), "the loss falls fastest per decade");
}

}  // namespace lrtune
