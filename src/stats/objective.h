// objective.h: the registry of objectives: one number out of a completed trial's curve; less is better.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "lrtune/catalog.h"
#include "lrtune/study.h"

namespace lrtune {

struct ObjectiveRow {
  Card card;
  // nullopt where the curve lacks what is asked for (validation_error of a regression).
  std::optional<double> (*value)(const Curve& curve);
};

std::span<const ObjectiveRow> objectives();

// Mean of the last fifth of the looks after update 0, at least of the last one; `values` is one row of a curve with at
// least one entry. A single evaluation is noisy; averaging the last ones is the cheapest way to a steadier advice.
double tail_mean(std::span<const double> values);

}  // namespace lrtune
