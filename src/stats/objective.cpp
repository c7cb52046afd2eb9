// The tail: n looks after update 0 → the last max(1, ⌊n/5⌋), summed left to right in double.
#include "stats/objective.h"

#include <algorithm>
#include <array>

#include "base/require.h"

namespace lrtune {
namespace {

double least(std::span<const double> series) { return *std::ranges::min_element(series); }

constexpr std::array kObjectives = {
    ObjectiveRow{{"final_validation_loss", "mean validation loss over the last fifth of the looks", "", {}},
                 &Curve::validation_loss,
                 tail_mean},
    ObjectiveRow{
        {"best_validation_loss", "lowest validation loss at any look", "", {}}, &Curve::validation_loss, least},
    ObjectiveRow{{"final_train_loss", "mean minibatch loss over the last fifth of the looks", "", {}},
                 &Curve::train_loss,
                 tail_mean},
    ObjectiveRow{
        {"final_validation_error", "mean share of misclassified rows over the last fifth of the looks", "", {}},
        &Curve::validation_error,
        tail_mean},
};

}  // namespace

std::span<const ObjectiveRow> objectives() { return kObjectives; }

const ObjectiveRow& objective_named(std::string_view name) {
  for (const ObjectiveRow& row : kObjectives)
    if (row.card.name == name) return row;
  LRTUNE_CHECK(false, name);
  return kObjectives.front();
}

double tail_mean(std::span<const double> series) {
  LRTUNE_CHECK(!series.empty());
  const std::size_t looks = series.size() - 1;
  const std::size_t tail = std::max<std::size_t>(1, looks / 5);
  double sum = 0;
  for (double value : series.last(tail)) sum += value;
  return sum / static_cast<double>(tail);
}

}  // namespace lrtune
