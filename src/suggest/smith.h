// smith.h: Smith's two rates for a cyclical schedule: the base, where the loss starts to fall, and the maximum, where
// it turns ragged or rises (L. Smith, "Cyclical learning rates for training neural networks", WACV 2017, section 3.3,
// reads them off a picture). In numbers, on the run's own smoothed curve from place N/10 on, with the fall F = s_first
// − min s:
//
//   base     the last rate before the lowest s at which s was still above s_first − F/10; the next rate after it
//   maximum  from there on, the lowest s so far when s first rises above it by more than F/10 (ragged: it comes back
//            later; rising: it does not); without such a rise, the lowest s of all
#pragma once

#include <fmt/format.h>

#include "suggest/kept_curve.h"

namespace lrtune {

inline Suggestion smith(const LossCurve& curve) {
  constexpr double kNotable = 0.1;  // share of the fall
  const KeptCurve kept = keep(curve, curve.smoothed, curve.updates / 10, 0);
  if (const auto why = unreadable(kept, 3)) return abstain(*why);
  const std::vector<double>& s = kept.loss;
  const std::size_t lowest = argmin(s);
  const double notable = kNotable * (s.front() - s[lowest]);
  std::size_t base = lowest;
  while (base > 0 && s[base - 1] <= s.front() - notable) --base;
  std::size_t best = base;
  for (std::size_t k = base; k <= lowest && s[k] <= s[best] + notable; ++k)
    if (s[k] < s[best]) best = k;
  if (base == 0 || best == base) return abstain("the smoothed loss does not fall over a stretch of rates");
  const char* end = best != lowest ? "turns ragged" : lowest + 1 == s.size() ? "is still falling" : "rises";
  return {kept.rate[best], kept.rate[base],
          fmt::format("the loss starts to fall {}; it {} {}", place_text(kept, base), end, place_text(kept, best))};
}

}  // namespace lrtune
