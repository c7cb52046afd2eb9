// The tail: n looks after update 0 → the last max(1, ⌊n/5⌋), summed left to right in double.
#include "stats/objective.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace lrtune {
namespace {

std::optional<double> final_validation_loss(const Curve& curve) { return tail_mean(curve.validation_loss); }

std::optional<double> best_validation_loss(const Curve& curve) {
  return *std::ranges::min_element(curve.validation_loss);
}

std::optional<double> final_train_loss(const Curve& curve) { return tail_mean(curve.train_loss); }

std::optional<double> final_validation_error(const Curve& curve) {
  if (curve.validation_error.empty()) return std::nullopt;
  return tail_mean(curve.validation_error);
}

constexpr std::array kObjectives = {
    ObjectiveRow{{"final_validation_loss", "mean validation loss over the last fifth of the looks", "", {}},
                 final_validation_loss},
    ObjectiveRow{{"best_validation_loss", "lowest validation loss at any look", "", {}}, best_validation_loss},
    ObjectiveRow{{"final_train_loss", "mean minibatch loss over the last fifth of the looks", "", {}},
                 final_train_loss},
    ObjectiveRow{
        {"final_validation_error", "share of validation rows misclassified, over the last fifth of the looks", "", {}},
        final_validation_error},
};

}  // namespace

std::span<const ObjectiveRow> objectives() { return kObjectives; }

double tail_mean(std::span<const double> values) {
  LRTUNE_CHECK(!values.empty());
  const std::size_t looks = values.size() - 1;
  const std::size_t tail = std::max<std::size_t>(1, looks / 5);
  double sum = 0;
  for (double value : values.last(tail)) sum += value;
  return sum / static_cast<double>(tail);
}

}  // namespace lrtune
