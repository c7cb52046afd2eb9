// shapes.h: the plain records that kernels and their callers share. No code: this header means the same whatever
// instruction set a translation unit is compiled for.
#pragma once

#include <cstddef>

namespace lrtune {

inline constexpr std::size_t kLanes = 16;  // of a cohort: one vector of AVX-512, two of AVX2, four of NEON

struct LayerShape {
  std::size_t inputs;
  std::size_t outputs;
};

// Sums over rows: losses in double, row b in partial b mod kPartials; misclassified rows as whole numbers.
inline constexpr std::size_t kPartials = 16;

struct LossSum {
  double loss[kPartials][kLanes] = {};
  double wrong[kLanes] = {};
};

}  // namespace lrtune
