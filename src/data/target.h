// target.h: the column to predict: read, its kind guessed, its labels numbered.
//
// Kind, if not given: text → classification; whole numbers with at most 20 distinct values → classification; else
// regression. Classes are ordered numerically if all labels are numbers, else by bytes; labels that are the same number
// are one class ("1" and "1.0"), called by the text that comes first in byte order.
#pragma once

#include <string_view>
#include <vector>

#include "data/cells.h"
#include "data/columns.h"
#include "data/dataset.h"

namespace lrtune {

struct TargetColumn {
  bool numeric = false;                 // every cell that is not missing is a number
  std::vector<std::string_view> texts;  // [row over both tables]
  std::vector<double> numbers;          // [row]; NaN unless a number
  std::vector<bool> missing;            // [row]
};

TargetColumn read_target(const TextTables& tables, const ColumnUse& use, const DataConfig& config,
                         std::vector<Problem>& problems);

// Sets kind, targets, labels and classes of `dataset`, and the notice of a guess.
void finish_target(const TargetColumn& target, const DataConfig& config, Dataset& dataset);

// Labels from numbers; classes are named by `texts`, or by the numbers if there are none.
void number_labels(const std::vector<double>& numbers, const std::vector<std::string_view>& texts,
                   const DataConfig& config, Dataset& dataset);

}  // namespace lrtune
