// shapes.h: the shape of a layer, and where its parameters stand. Always inlined: this header means the same whatever
// instruction set a translation unit is compiled for.
#pragma once

#include <cstddef>

#include "base/inline.h"

namespace lrtune {

inline constexpr std::size_t kLanes = 16;  // of a cohort: one vector of AVX-512, two of AVX2, four of NEON

struct LayerShape {
  std::size_t inputs;
  std::size_t outputs;
};

// Parameters of the first `layers` layers. Parameters stand layer by layer, weights [input][output] then biases: the
// next layer's weights begin here.
LRTUNE_INLINE constexpr std::size_t parameter_count(const LayerShape* shapes, std::size_t layers) {
  std::size_t count = 0;
  for (std::size_t l = 0; l < layers; ++l) count += (shapes[l].inputs + 1) * shapes[l].outputs;
  return count;
}

}  // namespace lrtune
