// split.h: which rows train and which validate: a pure function of (labels or row count, fraction, split_seed).
//
// Every row has a key, draw number `row` of the stream (split_seed, Purpose::split, 0). Stratified: of the n_c rows of
// class c, round(n_c · fraction) validate, halves rounded up, but at least one trains; those with the smallest keys do.
// Else, and for regression: the same over all rows. A row whose label changes moves at most one other row of its old
// class and one of its new class. Rows of each part keep the order of the file.
#pragma once

#include <cstddef>
#include <vector>

#include "data/dataset.h"

namespace lrtune {

struct Split {
  std::vector<std::size_t> train;       // rows of the dataset, ascending
  std::vector<std::size_t> validation;  // the others, ascending
};

// The ready split if there is one. Throws Error if no row is left for validation or for training.
Split split_rows(const Dataset& dataset, const DataConfig& config);

}  // namespace lrtune
