#include "data/constant_answer.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/math.h"

namespace lrtune {
namespace {

// Rows of each class.
std::vector<double> class_counts(const Rows& rows, std::size_t classes) {
  std::vector<double> counts(classes);
  for (std::int32_t label : rows.labels) ++counts[static_cast<std::size_t>(label)];
  return counts;
}

// Mean squared difference of the outputs from the target of a row of class c: 1 there, 0 elsewhere.
double squared_loss(const std::vector<double>& shares, std::size_t c) {
  double sum = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double difference = shares[k] - (k == c ? 1 : 0);
    sum += difference * difference;
  }
  return sum / static_cast<double>(shares.size());
}

std::optional<ConstantAnswer> of_classes(const Task& task, bool squares) {
  const std::size_t classes = task.summary.outputs;
  const std::vector<double> trained = class_counts(task.train, classes);
  const std::vector<double> asked = class_counts(task.validation, classes);
  std::vector<double> shares;
  for (double count : trained) shares.push_back(count / static_cast<double>(task.train.count));
  const auto named = static_cast<std::size_t>(std::ranges::max_element(trained) - trained.begin());
  double loss = 0;
  for (std::size_t c = 0; c < classes; ++c) {
    if (asked[c] == 0) continue;
    if (!squares && shares[c] == 0) return std::nullopt;
    loss += asked[c] * (squares ? squared_loss(shares, c) : -math::log(shares[c]));
  }
  const auto rows = static_cast<double>(task.validation.count);
  return ConstantAnswer{loss / rows, (rows - asked[named]) / rows};
}

ConstantAnswer of_numbers(const Task& task) {
  double sum = 0;
  for (float target : task.validation.targets) sum += static_cast<double>(target) * static_cast<double>(target);
  return {sum / static_cast<double>(task.validation.count), std::nullopt};
}

}  // namespace

bool trains_on_squares(const TrainingConfig& training, TaskKind kind) {
  return kind == TaskKind::regression || training.loss == "mse";
}

std::optional<ConstantAnswer> constant_answer(const Task& task, const TrainingConfig& training) {
  if (task.summary.kind == TaskKind::regression) return of_numbers(task);
  return of_classes(task, trains_on_squares(training, task.summary.kind));
}

}  // namespace lrtune
