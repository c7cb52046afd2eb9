#include "train/trainer.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace lrtune {

std::size_t Network::parameter_count() const { return lrtune::parameter_count(shapes.data(), shapes.size()); }

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
  add_partials(sum.loss);
  PerLane mean{};
  for (std::size_t t = 0; t < kLanes; ++t) mean[t] = sum.loss[0][t] / static_cast<double>(rows);
  return mean;
}

}  // namespace lrtune
