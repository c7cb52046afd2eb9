// lane_math.h: the transcendental functions of the network, in float, on vectors of lanes (or on anything with the
// operations of base/lanes.h). Only +, −, ·, /, fma, rint and bits: the same result on every machine. NaN in, NaN out.
//
// exp: x = n·ln 2 + r, |r| ≤ ½ ln 2; e^r by its Taylor polynomial of degree 7 (remainder below 6e-9), times 2^n.
// log: x = 2^n·m, m in [√½, √2); ln m = 2·artanh((m − 1)/(m + 1)), the series up to s^9.
// Largest errors, measured: tests/nn/lane_math_test.cpp and docs/determinism.md.
#pragma once

#include "base/inline.h"

namespace lrtune {

inline constexpr int kSignBit = -0x7FFFFFFF - 1;

// What is below this in a gradient or an activation is +0: it could only turn into a subnormal number, on which some
// processors are 100 times slower. NaN stays.
inline constexpr float kTiny = 0x1p-56F;

template <class V>
LRTUNE_INLINE V flush_tiny(V a) {
  return select(abs(a) < V(kTiny), V(0.0F), a);
}

// e^x − 1 = 2^n·(e^r − 1) + (2^n − 1), in two parts for those who need either: `scale` = 2^n, `minus_one` = e^r − 1.
template <class V>
struct ExpParts {
  V scale;
  V minus_one;
};

// x ≤ 0. n is clamped at −126, so 2^n is normal. Below −87 e^r − 1 grows, beyond −1e12 it overflows: callers clamp x or
// choose another result there.
template <class V>
LRTUNE_INLINE ExpParts<V> exp_parts(V x) {
  V n = rint(x * V(0x1.715476p+0F));           // log2 e
  V r = fma(n, V(-0x1.62e400p-1F), x);         // ln 2, upper 15 bits: n·this is exact
  r = fma(n, V(-0x1.7f7d1cp-20F), r);          // ln 2, the rest
  n = select(V(-126.0F) <= n, n, V(-126.0F));  // NaN too becomes −126; r keeps the NaN
  const V scale = V::from_bits((to_int(n) + 127) << 23);
  V p = V(1.0F / 5040);
  p = fma(p, r, V(1.0F / 720));
  p = fma(p, r, V(1.0F / 120));
  p = fma(p, r, V(1.0F / 24));
  p = fma(p, r, V(1.0F / 6));
  p = fma(p, r, V(0.5F));
  return {scale, fma(p * r, r, r)};
}

// e^x for x ≤ 0; +0 below −87, where the result would soon be subnormal.
template <class V>
LRTUNE_INLINE V exp_of_negative(V x) {
  const ExpParts<V> e = exp_parts(x);
  return select(x < V(-87.0F), V(0.0F), fma(e.scale, e.minus_one, e.scale));
}

// ln x for normal x > 0; +inf and NaN are returned as they are.
template <class V>
LRTUNE_INLINE V log_of_positive(V x) {
  // Subtracting the bits of √½ puts the exponent's step at √½ instead of 1.
  const auto offset = bits(x) - 0x3F3504F3;
  const V n = V::from_int(offset >> 23);
  const V f = V::from_bits((offset & 0x007FFFFF) + 0x3F3504F3) - V(1.0F);
  const V s = f / (V(2.0F) + f);
  const V q = s * s;
  V p = V(2.0F / 9);
  p = fma(p, q, V(2.0F / 7));
  p = fma(p, q, V(2.0F / 5));
  p = fma(p, q, V(2.0F / 3));
  p = p * q;
  // ln(1 + f) = 2s + s·p = f − s·(f − p): f is exact, so the error is that of the small second term.
  V result = f - s * (f - p);
  result = fma(n, V(-0x1.05c610p-29F), result);  // ln 2 − its float, of n·ln 2
  result = fma(n, V(0x1.62e430p-1F), result);
  return select(x <= V(0x1.fffffep+127F), result, x);
}

// tanh x = −t/(2 + t), t = e^(−2|x|) − 1, sign restored: no cancellation near 0.
template <class V>
LRTUNE_INLINE V tanh(V x) {
  const V a = select(V(10.0F) < abs(x), V(10.0F), abs(x));  // tanh 10 rounds to 1; exp_parts cannot take any size
  const ExpParts<V> e = exp_parts(V(-2.0F) * a);
  const V t = fma(e.scale, e.minus_one, e.scale - V(1.0F));
  const V magnitude = abs(t) / (V(2.0F) + t);  // |t| = −t, and +0 at 0
  return V::from_bits(bits(magnitude) | (bits(x) & kSignBit));
}

// 1/(1 + e^−x) by e^−|x|, which cannot overflow.
template <class V>
LRTUNE_INLINE V sigmoid(V x) {
  const V e = exp_of_negative(-abs(x));
  const V r = V(1.0F) / (V(1.0F) + e);
  return select(x < V(0.0F), e * r, r);
}

}  // namespace lrtune
