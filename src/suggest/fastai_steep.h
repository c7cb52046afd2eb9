// fastai_steep.h: fastai's `steep`: argmin of Δs/Δln e over neighbours; the left one's rate.
#pragma once

#include "suggest/fastai.h"

namespace lrtune {

inline Suggestion fastai_steep(const LossCurve& curve) {
  const KeptCurve kept = fastai_curve(curve);
  if (const auto why = unreadable(kept, 2)) return abstain(*why);
  const std::vector<double> logs = natural_logs(kept.rate);
  std::vector<double> slopes;
  for (std::size_t k = 0; k + 1 < logs.size(); ++k)
    slopes.push_back((kept.loss[k + 1] - kept.loss[k]) / (logs[k + 1] - logs[k]));
  return at_lowest_slope(kept, slopes, "the loss falls fastest per decade, to the next rate");
}

}  // namespace lrtune
