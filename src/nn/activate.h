// activate.h: an activation over an array, either layout. For *.kernel.cpp only.
#pragma once

#include <cstddef>

#include "base/lanes.h"
#include "nn/activation.h"

namespace lrtune::LRTUNE_ISA {

// a = value(z) in place, and the slopes where the activation keeps them (slopes null in evaluation). `count` is a
// multiple of the vector's width.
template <class A>
inline void activate(float* z, float* slopes, std::size_t count) {
  for (std::size_t place = 0; place < count; place += kWidth) {
    Lanes slope;
    store(z + place, A::value(load(z + place), A::kKeepsSlope && slopes != nullptr ? &slope : nullptr));
    if (A::kKeepsSlope && slopes != nullptr) store(slopes + place, slope);
  }
}

// What a product does with its results as they leave the registers: nothing, or the activation itself.
struct Identity {
  LRTUNE_INLINE Lanes operator()(Lanes z) const { return z; }
};

template <class A>
struct Activated {
  LRTUNE_INLINE Lanes operator()(Lanes z) const { return A::value(z, static_cast<Lanes*>(nullptr)); }
};

}  // namespace lrtune::LRTUNE_ISA
