// sums.h: long sums, in double: term i goes to partial i mod kPartials, the partials are added in a fixed tree
// (docs/determinism.md). Always inlined: it means the same whatever instruction set a translation unit is compiled for.
#pragma once

#include <cstddef>

#include "base/inline.h"
#include "nn/shapes.h"

namespace lrtune {

inline constexpr std::size_t kPartials = 16;
static_assert((kPartials & (kPartials - 1)) == 0, "the tree halves them");

// The tree: p and p + 8, then p and p + 4, …, for each of the sums that stand side by side; they end up in partial 0.
template <std::size_t kSums>
LRTUNE_INLINE void add_partials(double (&partials)[kPartials][kSums]) {
  for (std::size_t half = kPartials / 2; half > 0; half /= 2)
    for (std::size_t p = 0; p < half; ++p)
      for (std::size_t t = 0; t < kSums; ++t) partials[p][t] += partials[p + half][t];
}

// Sums over rows: losses, row b in partial b mod kPartials; misclassified rows as whole numbers.
struct LossSum {
  double loss[kPartials][kLanes] = {};
  double wrong[kLanes] = {};
};

}  // namespace lrtune
