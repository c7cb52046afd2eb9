// fastai_valley.h: fastai's `valley`, its default: two thirds into the longest valley, which is the longest strictly
// falling subsequence of s (neighbours need not follow each other).
//
//   length_i = 1 + max of length_j over j < i with s_i < s_j (1 if there is none)     end = first i of the longest
//   start = end − length,  place = start + ⌊length/3⌋ + ⌊length/6⌋
// `start` is one place before a subsequence without gaps. It is −1 if s falls at every place up to `end`: then the
// valley has no left edge within the curve, and the row abstains; fastai counts on from −1 there.
#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "suggest/fastai.h"

namespace lrtune {

inline Suggestion fastai_valley(const LossCurve& curve) {
  const KeptCurve kept = fastai_curve(curve);
  if (const auto why = unreadable(kept, 2)) return abstain(*why);
  const std::vector<double>& s = kept.loss;
  std::vector<std::size_t> lengths(s.size(), 1);
  for (std::size_t i = 1; i < s.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (s[i] < s[j]) lengths[i] = std::max(lengths[i], lengths[j] + 1);
  const auto longest = std::ranges::max_element(lengths);  // the first of several
  const auto end = static_cast<std::size_t>(longest - lengths.begin());
  if (*longest == 1) return abstain("the smoothed loss falls nowhere");
  if (end < *longest)
    return abstain("the loss falls from the first rate on, so the valley has no left edge");
  const std::size_t place = end - *longest + *longest / 3 + *longest / 6;
  return {kept.rate[place], std::nullopt,
          fmt::format("within the longest valley, {} points that end {}: {}", *longest, place_text(kept, end),
                      place_text(kept, place))};
}

}  // namespace lrtune
