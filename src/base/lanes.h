// lanes.h: a vector of float lanes for the instruction set that this translation unit is compiled for. A lane is one
// trial; lanes never talk: there is no operation along a vector.
//
// Every operation is exactly IEEE's (fused multiply-add, division, square root, rounding to even), so every instruction
// set gives the same bits. No hardware min or max: they differ on NaN. For *.kernel.cpp only: the type lives in a
// namespace named after the instruction set, so that the linker cannot mix code compiled for different machines.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/inline.h"

#if defined(__AVX512F__)
#include <immintrin.h>
#define LRTUNE_ISA avx512
#elif defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#define LRTUNE_ISA avx2
#elif defined(__aarch64__) && !defined(LRTUNE_FORCE_SCALAR)
#include <arm_neon.h>
#define LRTUNE_ISA neon
#else
#define LRTUNE_ISA scalar
#endif

namespace lrtune::LRTUNE_ISA {

#if defined(__AVX512F__)
inline constexpr std::size_t kWidth = 16;
#elif defined(__AVX2__) && defined(__FMA__)
inline constexpr std::size_t kWidth = 8;
#else
inline constexpr std::size_t kWidth = 4;
#endif

using FloatVector = float __attribute__((vector_size(4 * kWidth)));
using IntVector = std::int32_t __attribute__((vector_size(4 * kWidth)));

// All bits of a lane set: true.
struct Mask {
  IntVector bits;
};

struct Lanes {
  FloatVector v;

  static constexpr std::size_t kCount = kWidth;

  Lanes() = default;
  LRTUNE_INLINE Lanes(FloatVector value) : v(value) {}
  LRTUNE_INLINE Lanes(float value) : v(value - FloatVector{}) {}  // the same in every lane; x − 0 is x, for −0 too
  static LRTUNE_INLINE Lanes from_bits(IntVector b) { return reinterpret_cast<FloatVector>(b); }
  static LRTUNE_INLINE Lanes from_int(IntVector b) { return __builtin_convertvector(b, FloatVector); }
};

LRTUNE_INLINE Lanes load(const float* p) {
  FloatVector v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
LRTUNE_INLINE void store(float* p, Lanes a) { __builtin_memcpy(p, &a.v, sizeof a.v); }

LRTUNE_INLINE Lanes operator+(Lanes a, Lanes b) { return a.v + b.v; }
LRTUNE_INLINE Lanes operator-(Lanes a, Lanes b) { return a.v - b.v; }
LRTUNE_INLINE Lanes operator*(Lanes a, Lanes b) { return a.v * b.v; }
LRTUNE_INLINE Lanes operator/(Lanes a, Lanes b) { return a.v / b.v; }
LRTUNE_INLINE Lanes operator-(Lanes a) { return -a.v; }

LRTUNE_INLINE Mask operator<(Lanes a, Lanes b) { return {a.v < b.v}; }
LRTUNE_INLINE Mask operator<=(Lanes a, Lanes b) { return {a.v <= b.v}; }
LRTUNE_INLINE Mask operator&(Mask a, Mask b) { return {a.bits & b.bits}; }
LRTUNE_INLINE Lanes select(Mask m, Lanes yes, Lanes no) { return m.bits ? yes.v : no.v; }

LRTUNE_INLINE IntVector bits(Lanes a) { return reinterpret_cast<IntVector>(a.v); }
// Whole numbers within ±2^30 only; callers clamp first.
LRTUNE_INLINE IntVector to_int(Lanes a) { return __builtin_convertvector(a.v, IntVector); }

LRTUNE_INLINE Lanes abs(Lanes a) { return Lanes::from_bits(bits(a) & 0x7FFFFFFF); }

// a·b + c with one rounding; the square root; the nearest whole number, ties to even.
#if defined(__AVX512F__)
LRTUNE_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return FloatVector(_mm512_fmadd_ps(a.v, b.v, c.v)); }
// The maskz forms with a full mask are the plain instructions; GCC 12 warns inside its header of the plain forms.
LRTUNE_INLINE Lanes sqrt(Lanes a) { return FloatVector(_mm512_maskz_sqrt_ps(0xFFFF, a.v)); }
LRTUNE_INLINE Lanes rint(Lanes a) {
  return FloatVector(_mm512_maskz_roundscale_ps(0xFFFF, a.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}
#elif defined(__AVX2__) && defined(__FMA__)
LRTUNE_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return FloatVector(_mm256_fmadd_ps(a.v, b.v, c.v)); }
LRTUNE_INLINE Lanes sqrt(Lanes a) { return FloatVector(_mm256_sqrt_ps(a.v)); }
LRTUNE_INLINE Lanes rint(Lanes a) {
  return FloatVector(_mm256_round_ps(a.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}
#elif defined(__aarch64__) && !defined(LRTUNE_FORCE_SCALAR)
LRTUNE_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) {
  return FloatVector(vfmaq_f32(float32x4_t(c.v), float32x4_t(a.v), float32x4_t(b.v)));
}
LRTUNE_INLINE Lanes sqrt(Lanes a) { return FloatVector(vsqrtq_f32(float32x4_t(a.v))); }
LRTUNE_INLINE Lanes rint(Lanes a) { return FloatVector(vrndnq_f32(float32x4_t(a.v))); }
#else
LRTUNE_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) {
  for (std::size_t i = 0; i < kWidth; ++i) c.v[i] = __builtin_fmaf(a.v[i], b.v[i], c.v[i]);
  return c;
}
LRTUNE_INLINE Lanes sqrt(Lanes a) {
  for (std::size_t i = 0; i < kWidth; ++i) a.v[i] = __builtin_sqrtf(a.v[i]);
  return a;
}
LRTUNE_INLINE Lanes rint(Lanes a) {
  for (std::size_t i = 0; i < kWidth; ++i) a.v[i] = __builtin_rintf(a.v[i]);
  return a;
}
#endif

}  // namespace lrtune::LRTUNE_ISA
