#include "plan/surface.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/math.h"

namespace lrtune {

SeedValue seed_value(std::size_t seed, const std::optional<double>& objective, double initial) {
  if (!objective) return {seed, std::numeric_limits<double>::infinity()};
  return {seed, math::log(std::max(*objective + kOffset * initial, 1e-300))};
}

RateRange searched_range(std::span<const Trial> trials, Tried which) {
  RateRange range{std::numeric_limits<double>::infinity(), 0};
  for (const Trial& trial : trials) {
    if (trial.stage == Stage::framework_default) continue;
    if (which == Tried::to_the_end && trial.status == TrialStatus::pruned) continue;
    range.min = std::min(range.min, trial.learning_rate);
    range.max = std::max(range.max, trial.learning_rate);
  }
  return range;
}

std::optional<double> initial_objective(const Trial& trial, const ObjectiveRow& objective) {
  const auto& series = trial.curve.*objective.series;
  if (series.empty()) return std::nullopt;
  return series.front();
}

std::optional<double> improvement(const Trial& trial, const ObjectiveRow& objective) {
  const auto initial = initial_objective(trial, objective);
  if (!initial || !trial.objective || *initial <= 0) return std::nullopt;
  return (*initial - *trial.objective) / *initial;
}

std::vector<RatePoint> rate_points(std::span<const Trial> trials, const ObjectiveRow& objective) {
  std::map<double, RatePoint> points;
  const RateRange searched = searched_range(trials, Tried::to_the_end);
  for (const Trial& trial : trials) {
    if (trial.status == TrialStatus::pruned) continue;
    std::vector<SeedValue>& seeds = points[trial.learning_rate].seeds;
    if (std::ranges::count(seeds, trial.seed, &SeedValue::seed) > 0) continue;
    const double start = initial_objective(trial, objective).value_or(1);
    seeds.push_back(seed_value(trial.seed, trial.objective, start));
  }
  std::vector<RatePoint> result;
  for (auto& [rate, point] : points) {
    point.rate = rate;
    point.log10_rate = math::log10(rate);
    point.searched = rate >= searched.min && rate <= searched.max;
    std::ranges::sort(point.seeds, {}, &SeedValue::seed);
    result.push_back(std::move(point));
  }
  return result;
}

}  // namespace lrtune
