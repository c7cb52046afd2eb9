// usable_lane_functions.h: apart from lane_functions.h, so that the kernels include no library code.
#pragma once

#include <vector>

#include "nn/lane_functions.h"

namespace lrtune {

// What this machine can run; the last is scalar.
inline std::vector<const LaneFunctions*> usable_lane_functions() {
  std::vector<const LaneFunctions*> usable;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) usable.push_back(&avx512::kLaneFunctions);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) usable.push_back(&avx2::kLaneFunctions);
#elif defined(__aarch64__)
  usable.push_back(&neon::kLaneFunctions);
#endif
  usable.push_back(&scalar::kLaneFunctions);
  return usable;
}

}  // namespace lrtune
