// fastai_valley.h: fastai's `valley`, its default: half-way through the longest valley, which is the longest
// strictly falling subsequence of s (its points need not be neighbours).
//
//   length_i = 1 + max of length_j over j < i with s_i < s_j (1 if there is none)     end = first i of the longest
//   start = end − length,  place = start + ⌊length/3⌋ + ⌊length/6⌋
// `start` is one place before a subsequence without gaps. It is −1 if s falls at every place up to `end`: then the
// valley has no left edge within the curve, and the row abstains; fastai counts on from −1 there. The lengths are found
// in O(n log n).
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "suggest/fastai.h"

namespace lrtune {

inline Suggestion fastai_valley(const LossCurve& curve) {
  const KeptCurve kept = fastai_curve(curve);
  if (const auto why = unreadable(kept, 2)) return abstain(*why);
  const std::vector<double>& s = kept.loss;
  std::vector<std::size_t> lengths;
  std::vector<double> ends;  // [length − 1]: the highest end of a falling subsequence of that length so far; falling
  for (double loss : s) {
    const auto place = std::ranges::lower_bound(ends, loss, std::greater{});  // the first end that is not above
    lengths.push_back(static_cast<std::size_t>(place - ends.begin()) + 1);
    if (place == ends.end())
      ends.push_back(loss);
    else
      *place = loss;
  }
  const auto longest = std::ranges::max_element(lengths);  // the first of several
  const auto end = static_cast<std::size_t>(longest - lengths.begin());
  if (*longest == 1) return abstain("the smoothed loss falls nowhere");
  if (end < *longest) return abstain("the loss falls from the first rate on, so the valley has no left end");
  const std::size_t place = end - *longest + *longest / 3 + *longest / 6;
  return {kept.rate[place], std::nullopt,
          fmt::format("within the longest valley, {} points that end {}: {}", *longest, place_text(kept, end),
                      place_text(kept, place))};
}

}  // namespace lrtune
