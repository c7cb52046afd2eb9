// fastai_slide.h: fastai's `slide`: two points 15 apart slide from the right end to the left until their slopes agree.
//
//   g = gradient of s by place; r = last, l = r − 15; while |g_r − g_l| > .005 and l ≥ 0: remember e_l, step both left
// The rate remembered last; e_l of the start if the slopes agree at once. The threshold has the unit of the loss: a
// loss measured in another unit gets another rate.
#pragma once

#include <fmt/format.h>

#include <cmath>

#include "suggest/fastai.h"

namespace lrtune {

inline Suggestion fastai_slide(const LossCurve& curve) {
  constexpr std::size_t kApart = 15;
  constexpr double kAgree = 0.005;
  const KeptCurve kept = fastai_curve(curve);
  if (const auto why = unreadable(kept, kApart + 1)) return abstain(*why);
  const std::vector<double> g = gradient(kept.loss);
  std::size_t left = g.size() - 1 - kApart;
  std::size_t remembered = left;
  for (;; --left) {
    if (!(std::fabs(g[left + kApart] - g[left]) > kAgree)) break;
    remembered = left;
    if (left == 0) break;
  }
  return {kept.rate[remembered], std::nullopt,
          fmt::format("below it, slopes {} updates apart agree within {}: {}", kApart, kAgree,
                      place_text(kept, remembered))};
}

}  // namespace lrtune
