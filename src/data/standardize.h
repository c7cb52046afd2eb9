// standardize.h: features and regression targets in units of the training rows.
//
//   z = (x − mean) / sd,  mean = Σx / n,  sd = √(Σ(x − mean)² / n)   over the n training rows, in double, two passes
//
// A missing x becomes the mean of the column's training values first. A column that is constant c in training has
// mean = c and sd = 1, so that it is 0 there. With "standardize": false features stay as they are (missing ones
// filled); targets are standardized all the same.
#pragma once

#include "data/dataset.h"
#include "data/split.h"
#include "data/task.h"

namespace lrtune {

// The task, but for the hash: sizes, both halves, and the notices of `dataset` with that of constant columns. Throws
// Error: every column constant, a target constant, a column without any value in training.
Task standardize(const Dataset& dataset, const Split& split, const DataConfig& config);

}  // namespace lrtune
