// curvature.h: the Hessian of the mean loss over a set, times vectors, for up to kLanes points of one network at a time
// (curvature.kernel.cpp). Exact but for rounding: no step size. Blocks of kEvaluationRows rows in float, their sums in
// double: the rows are cut into kParts parts whatever the number of threads, blocks are added up in order within a
// part, then the parts.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "train/trainer.h"

namespace lrtune {

// Parameters and a direction of the same length, layer by layer, weights [input][output] then biases.
struct CurvatureLane {
  const float* parameters;
  const float* direction;
};

// H·direction of each lane, in its order; a lane's product does not depend on the others.
std::vector<std::vector<double>> hessian_products(const Kernel& kernel, const Network& network, const RowBlock& rows,
                                                  std::span<const CurvatureLane> lanes, std::size_t threads);

// Multiply-adds of one product, over those of one pass of training over the same rows (forward, weight gradients, input
// gradients): 3/2 for the first layer, 8/3 for the others.
double curvature_work(const Network& network);

}  // namespace lrtune
