// objective.h: the registry of objectives: one number out of a completed trial's curve; less is better.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "lrtune/catalog.h"
#include "lrtune/trial.h"

namespace lrtune {

struct ObjectiveRow {
  Card card;
  std::vector<double> Curve::*series;                // what of a look it is made of
  double (*reduce)(std::span<const double> series);  // the series has at least one number
};

std::span<const ObjectiveRow> objectives();

// The row of that name; the name is known to be valid.
const ObjectiveRow& objective_named(std::string_view name);

// Mean of the last fifth of the looks after update 0, at least of the last one. A single evaluation is noisy; averaging
// the last ones is the cheapest way to a steadier advice.
double tail_mean(std::span<const double> series);

}  // namespace lrtune
