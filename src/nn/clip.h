// clip.h: clipping by the global norm of a trial's gradient, as torch.nn.utils.clip_grad_norm_ has it: every component
// times min(1, clip_norm/(norm + 1e-6)). The squares are a long sum (nn/sums.h): parameter i is its term i. For
// *.kernel.cpp only.
#pragma once

#include "base/lanes.h"

namespace lrtune::LRTUNE_ISA {

LRTUNE_INLINE float clip_factor(double clip_norm, double sum_of_squares) {
  const double factor = clip_norm / (__builtin_sqrt(sum_of_squares) + 1e-6);
  return factor < 1 ? static_cast<float>(factor) : 1.0F;
}

}  // namespace lrtune::LRTUNE_ISA
