#include "train/trainer.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace lrtune {

std::size_t Network::parameter_count() const {
  std::size_t count = 0;
  for (const LayerShape& shape : shapes) count += (shape.inputs + 1) * shape.outputs;
  return count;
}

Slab::Slab(std::size_t floats) {
  constexpr std::size_t kCacheLine = 64;
  const std::size_t bytes = (floats * sizeof(float) + kCacheLine - 1) / kCacheLine * kCacheLine;
  auto* memory = static_cast<float*>(std::aligned_alloc(kCacheLine, bytes));
  if (memory == nullptr) throw std::bad_alloc();
  std::fill_n(memory, bytes / sizeof(float), 0.0F);
  floats_.reset(memory);
}

void Slab::Free::operator()(float* floats) const { std::free(floats); }

PerLane mean_losses(LossSum& sum, std::size_t rows) {
  for (std::size_t half = kPartials / 2; half > 0; half /= 2)
    for (std::size_t p = 0; p < half; ++p)
      for (std::size_t t = 0; t < kLanes; ++t) sum.loss[p][t] += sum.loss[p + half][t];
  PerLane mean{};
  for (std::size_t t = 0; t < kLanes; ++t) mean[t] = sum.loss[0][t] / static_cast<double>(rows);
  return mean;
}

}  // namespace lrtune
