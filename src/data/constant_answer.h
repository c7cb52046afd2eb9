// constant_answer.h: how well an answer does that is the same for every row: what a training must do better than.
//
// The best one of the training rows, by the loss that is trained: under cross-entropy the shares of the classes; under
// mse their mean target, which for classes is the same shares, and for a regression 0 in units of the target's
// deviation. Its loss and its error are those of the validation rows. The class that it names is the one with most
// training rows; of equals the first.
#pragma once

#include <optional>

#include "data/task.h"

namespace lrtune {

// Whether outputs are compared with numbers (mse) and not with classes (cross-entropy).
bool trains_on_squares(const TrainingConfig& training, TaskKind kind);

// Nothing if its loss is infinite: under cross-entropy, a class that validates has no training row.
std::optional<ConstantAnswer> constant_answer(const Task& task, const TrainingConfig& training);

}  // namespace lrtune
