// fastai_minimum.h: fastai's `minimum`: a tenth of the rate at which s is lowest.
#pragma once

#include <fmt/format.h>

#include "suggest/fastai.h"

namespace lrtune {

inline Suggestion fastai_minimum(const LossCurve& curve) {
  const KeptCurve kept = fastai_curve(curve);
  if (const auto why = unreadable(kept, 1)) return abstain(*why);
  const std::size_t lowest = argmin(kept.loss);
  return {kept.rate[lowest] / 10, std::nullopt,
          fmt::format("a tenth of where the smoothed loss is lowest: {}", place_text(kept, lowest))};
}

}  // namespace lrtune
