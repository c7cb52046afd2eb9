// activation.h: what a hidden unit does with its input z. One struct per activation: value(z); slope(z, value), the
// derivative; and bend(z, value), the second derivative, for products with the Hessian. kKeepsSlope says that the slope
// is cheaper in the forward pass, where it is then stored, than from the value in the backward pass; kCheap that it is
// worth writing out at every place where the forward product ends, where no slope is kept. Slopes at the kink of relu
// and leaky_relu are those of z ≤ 0, as in PyTorch.
//
// What falls off exponentially (tanh, sigmoid, gelu) becomes +0 where it is too small to matter (flush_tiny), so that
// no subnormal number enters the next layer; relu and leaky_relu make none of a z that is none.
#pragma once

#include <cstddef>

#include "base/registry.h"
#include "lrtune/catalog.h"
#include "nn/lane_math.h"

namespace lrtune {

// max(0, z); NaN passes, as a diverged lane must be seen.
struct Relu {
  static constexpr bool kCheap = true;
  static constexpr Card kCard{"relu", "max(0, z)", "Nair and Hinton 2010", {}};
  static constexpr bool kKeepsSlope = false;
  template <class V>
  static LRTUNE_INLINE V value(V z, V*) {
    return select(z <= V(0.0F), V(0.0F), z);
  }
  template <class V>
  static LRTUNE_INLINE V slope(V value) {
    return select(value <= V(0.0F), V(0.0F), V(1.0F));
  }
  template <class V>
  static LRTUNE_INLINE V bend(V, V) {
    return V(0.0F);
  }
};

struct LeakyRelu {
  static constexpr bool kCheap = true;
  static constexpr Card kCard{"leaky_relu", "z if z > 0, else 0.01·z", "Maas, Hannun and Ng 2013", {}};
  static constexpr bool kKeepsSlope = false;
  template <class V>
  static LRTUNE_INLINE V value(V z, V*) {
    return select(z <= V(0.0F), V(0.01F) * z, z);
  }
  template <class V>
  static LRTUNE_INLINE V slope(V value) {
    return select(value <= V(0.0F), V(0.01F), V(1.0F));
  }
  template <class V>
  static LRTUNE_INLINE V bend(V, V) {
    return V(0.0F);
  }
};

struct Tanh {
  static constexpr bool kCheap = false;
  static constexpr Card kCard{"tanh", "tanh(z)", "", {}};
  static constexpr bool kKeepsSlope = false;
  template <class V>
  static LRTUNE_INLINE V value(V z, V*) {
    return flush_tiny(tanh(z));
  }
  template <class V>
  static LRTUNE_INLINE V slope(V value) {
    return fma(-value, value, V(1.0F));
  }
  template <class V>
  static LRTUNE_INLINE V bend(V, V value) {
    return V(-2.0F) * value * fma(-value, value, V(1.0F));
  }
};

struct Sigmoid {
  static constexpr bool kCheap = false;
  static constexpr Card kCard{"sigmoid", "1/(1 + e^(−z))", "", {}};
  static constexpr bool kKeepsSlope = false;
  template <class V>
  static LRTUNE_INLINE V value(V z, V*) {
    return flush_tiny(sigmoid(z));
  }
  template <class V>
  static LRTUNE_INLINE V slope(V value) {
    return fma(-value, value, value);
  }
  template <class V>
  static LRTUNE_INLINE V bend(V, V value) {
    return fma(-value, value, value) * fma(V(-2.0F), value, V(1.0F));
  }
};

// z·Φ(z), Φ the standard normal distribution; slope Φ(z) + z·φ(z). With t = |z|/√2 and u = 1/(1 + 0.35·t):
// Φ(−|z|) = ½·erfc(t) = ½·u·P(u)·e^(−z²/2), P fitted by scripts/fit_gelu.py to a relative error of 2.4e-8. The same
// exponential serves φ; its argument is squared with the rounding error carried along.
struct Gelu {
  static constexpr bool kCheap = false;
  static constexpr Card kCard{"gelu", "z·Φ(z), the exact form with erf", "Hendrycks and Gimpel 2016", {}};
  static constexpr bool kKeepsSlope = true;
  template <class V>
  static LRTUNE_INLINE V value(V z, V* slope) {
    const V a = select(V(14.0F) < abs(z), V(14.0F), abs(z));  // beyond, Φ is 0 or 1; z² must not overflow
    const V square = a * a;
    const V square_error = fma(a, a, -square);
    const V e = exp_of_negative(V(-0.5F) * square);
    const V gauss = fma(e * V(-0.5F), square_error, e);  // e^(−z²/2)
    const V u = V(1.0F) / fma(a, V(0.35F * 0.70710678F), V(1.0F));
    V p = V(0x1.24893e0000000p-5F);
    p = fma(p, u, V(-0x1.27472e0000000p-3F));
    p = fma(p, u, V(0x1.2bd4b40000000p-3F));
    p = fma(p, u, V(0x1.41f3360000000p-6F));
    p = fma(p, u, V(0x1.81412a0000000p-5F));
    p = fma(p, u, V(0x1.57dd480000000p-3F));
    p = fma(p, u, V(0x1.25cf760000000p-3F));
    p = fma(p, u, V(0x1.844dcc0000000p-3F));
    p = fma(p, u, V(0x1.934eaa0000000p-3F));
    p = fma(p, u, V(0x1.9478480000000p-3F));
    const V tail = V(0.5F) * u * p * gauss;  // Φ(−|z|)
    const V phi = select(z <= V(0.0F), tail, V(1.0F) - tail);
    if (slope != nullptr) *slope = flush_tiny(fma(z * gauss, V(0.39894228F), phi));  // 1/√(2π)
    return flush_tiny(z * phi);
  }
  template <class V>
  static LRTUNE_INLINE V slope(V kept) {
    return kept;
  }
  // φ(z)·(2 − z²)
  template <class V>
  static LRTUNE_INLINE V bend(V z, V) {
    const V a = select(V(14.0F) < abs(z), V(14.0F), abs(z));
    const V square = a * a;
    return flush_tiny(V(0.39894228F) * exp_of_negative(V(-0.5F) * square) * (V(2.0F) - square));
  }
};

// The registry: one row per activation.
using ActivationRegistry = Registry<Relu, LeakyRelu, Tanh, Sigmoid, Gelu>;

}  // namespace lrtune
