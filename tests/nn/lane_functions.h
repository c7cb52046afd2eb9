// lane_functions.h: the functions of base/lanes.h and nn/ over arrays, from one instruction set. Compiled once per
// instruction set (lane_functions.kernel.cpp), as the engine is.
#pragma once

#include <cstddef>

namespace lrtune {

// result[i] = f(a[i]), f(a[i], b[i]) or f(a[i], b[i], c[i]); n is a multiple of 16.
using OneToOne = void (*)(const float* a, float* result, std::size_t n);
using TwoToOne = void (*)(const float* a, const float* b, float* result, std::size_t n);
using ThreeToOne = void (*)(const float* a, const float* b, const float* c, float* result, std::size_t n);

struct LaneFunctions {
  const char* name;
  OneToOne sqrt, rint, abs, negate;
  TwoToOne add, subtract, multiply, divide;
  TwoToOne less, less_or_equal;  // 1 or 0
  ThreeToOne fma;
  OneToOne exp_of_negative, log_of_positive, tanh, sigmoid, gelu, gelu_slope, flush_tiny;
};

#if defined(__x86_64__)
namespace avx512 {
extern const LaneFunctions kLaneFunctions;
}
namespace avx2 {
extern const LaneFunctions kLaneFunctions;
}
#elif defined(__aarch64__)
namespace neon {
extern const LaneFunctions kLaneFunctions;
}
#endif
namespace scalar {
extern const LaneFunctions kLaneFunctions;
}

}  // namespace lrtune
