#include "plan/surface.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>

#include "base/math.h"
#include "base/text.h"
#include "stats/summary.h"

namespace lrtune {
namespace {

constexpr double kFailedTimesInitial = 4;  // a diverged trial's objective, in L(0): where divergence is declared
constexpr double kOffset = 0.01;           // of L(0)
constexpr double kPoolDecades = 0.5;
constexpr double kCoarseStep = kBandwidth / 5;  // of the search for the minimum, in decades
constexpr double kFineStep = 0.002;             // below half a step of two digits
constexpr std::size_t kApartInARow = 3;
constexpr double kReferenceBandwidths = 2;
constexpr double kRoundingNoise = 1e-9;  // of log objectives: equal ones are not told apart

double mean_of(const RatePoint& point, const std::map<std::size_t, double>& effects) {
  double sum = 0;
  for (const SeedValue& value : point.seeds) {
    const auto effect = effects.find(value.seed);
    sum += value.log_objective - (effect == effects.end() ? 0 : effect->second);
  }
  return sum / static_cast<double>(point.seeds.size());
}

std::size_t most_seeds(std::span<const RatePoint> points) {
  std::size_t most = 0;
  for (const RatePoint& point : points) most = std::max(most, point.seeds.size());
  return most;
}

std::map<std::size_t, double> seed_effects(std::span<const RatePoint> points) {
  std::map<std::size_t, double> effects;
  const std::size_t seeds = most_seeds(points);
  double rates = 0;
  for (const RatePoint& point : points) {
    if (point.failed || point.seeds.size() != seeds || seeds < 2) continue;
    const double mean = mean_of(point, {});
    for (const SeedValue& value : point.seeds) effects[value.seed] += value.log_objective - mean;
    ++rates;
  }
  for (auto& [seed, effect] : effects) effect /= rates;
  return effects;
}

std::vector<CurvePoint> curve_of(std::span<const RatePoint> points) {
  const auto effects = seed_effects(points);
  std::vector<CurvePoint> curve;
  for (const RatePoint& point : points) curve.push_back({point.log10_rate, mean_of(point, effects)});
  return curve;
}

// What each seed reaches about the recommended rate: its values at the rates around it, weighted by the smoothing
// kernel. A single rate would lend its own luck to every comparison.
std::map<std::size_t, double> reference_values(std::span<const RatePoint> points, double x) {
  struct Sum {
    double values = 0;
    double weights = 0;
  };
  std::map<std::size_t, Sum> sums;
  for (const RatePoint& point : points) {
    const double u = (point.log10_rate - x) / kBandwidth;
    if (point.failed || std::fabs(u) > kReferenceBandwidths) continue;
    const double weight = math::exp(-0.5 * u * u);
    for (const SeedValue& value : point.seeds) {
      sums[value.seed].values += weight * value.log_objective;
      sums[value.seed].weights += weight;
    }
  }
  std::map<std::size_t, double> result;
  for (const auto& [seed, sum] : sums) result[seed] = sum.values / sum.weights;
  return result;
}

// Differences from the reference, seed by seed, of the seeds both have.
std::vector<double> differences(const RatePoint& point, const std::map<std::size_t, double>& reference) {
  std::vector<double> result;
  for (const SeedValue& value : point.seeds)
    if (const auto found = reference.find(value.seed); found != reference.end())
      result.push_back(value.log_objective - found->second);
  return result;
}

// Pooled standard deviation of the differences, with its degrees of freedom.
struct Spread {
  double sd;
  std::size_t degrees_of_freedom;
};

Spread pooled_spread(std::span<const RatePoint> points, double x, const std::map<std::size_t, double>& reference) {
  double squares = 0;
  std::size_t degrees = 0;
  for (const RatePoint& point : points) {
    if (point.failed || std::fabs(point.log10_rate - x) > kPoolDecades) continue;
    const auto d = differences(point, reference);
    if (d.size() < 2) continue;
    const double mean = estimate(d).mean;
    for (double value : d) squares += (value - mean) * (value - mean);
    degrees += d.size() - 1;
  }
  return {degrees == 0 ? 0 : std::sqrt(squares / static_cast<double>(degrees)), degrees};
}

// Where on [low, high] the smoothed curve is lowest, in steps of `step` from `low`; the leftmost of equals.
double lowest_place(std::span<const CurvePoint> curve, double low, double high, double step) {
  double best_x = low;
  double best_y = std::numeric_limits<double>::infinity();
  const auto steps = static_cast<std::size_t>(std::floor((high - low) / step));
  for (std::size_t i = 0; i <= steps; ++i) {
    const double x = low + step * static_cast<double>(i);
    const double y = smoothed(curve, x, kBandwidth);
    if (y < best_y) {
      best_y = y;
      best_x = x;
    }
  }
  return best_x;
}

// Position of the smoothed minimum, in log10 rate: first in steps that cannot miss a valley of the smoothing width,
// then finely around the best.
double smoothed_minimum(std::span<const RatePoint> points, double low, double high) {
  const auto curve = curve_of(points);
  const double x = lowest_place(curve, low, high, kCoarseStep);
  return lowest_place(curve, std::max(low, x - kCoarseStep), std::min(high, x + kCoarseStep), kFineStep);
}

}  // namespace

RateRange searched_range(std::span<const Trial> trials) {
  RateRange range{std::numeric_limits<double>::infinity(), 0};
  for (const Trial& trial : trials) {
    if (trial.stage == Stage::framework_default) continue;
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

std::vector<RatePoint> rate_points(std::span<const Trial> trials, const ObjectiveRow& objective, Confirmed confirmed) {
  std::map<std::size_t, double> initial;  // by seed
  for (const Trial& trial : trials)
    if (const auto value = initial_objective(trial, objective)) initial.try_emplace(trial.seed, *value);
  std::map<double, RatePoint> points;
  const RateRange searched = searched_range(trials);
  for (const Trial& trial : trials) {
    if (trial.status == TrialStatus::pruned) continue;
    if (trial.learning_rate < searched.min || trial.learning_rate > searched.max) continue;
    if (confirmed == Confirmed::left_out && trial.stage == Stage::confirm && trial.objective) continue;
    RatePoint& point = points.try_emplace(trial.learning_rate, RatePoint{}).first->second;
    if (std::ranges::count(point.seeds, trial.seed, &SeedValue::seed) > 0) continue;
    const double start = initial.try_emplace(trial.seed, 1).first->second;
    const double value = trial.objective.value_or(kFailedTimesInitial * start) + kOffset * start;
    point.seeds.push_back({trial.seed, math::log(value)});
    point.failed |= !trial.objective;
    point.completed |= trial.objective.has_value();
  }
  std::vector<RatePoint> result;
  for (auto& [rate, point] : points) {
    point.rate = rate;
    point.log10_rate = math::log10(rate);
    std::ranges::sort(point.seeds, {}, &SeedValue::seed);
    result.push_back(std::move(point));
  }
  return result;
}

std::optional<RateInterval> rate_interval(std::span<const RatePoint> points, double rate) {
  const double x = math::log10(rate);
  const auto reference = reference_values(points, x);
  const Spread spread = pooled_spread(points, x, reference);
  if (spread.degrees_of_freedom == 0) return std::nullopt;
  const double t = student_t_975(spread.degrees_of_freedom);
  const auto told_apart = [&](const RatePoint& point) {
    const auto d = differences(point, reference);
    return d.empty() || estimate(d).mean > t * spread.sd / std::sqrt(static_cast<double>(d.size())) + kRoundingNoise;
  };
  // The last rate not told apart from `first` to `end`, which lead away from the recommended rate.
  const auto last_of = [&](auto first, auto end) {
    double last = rate;
    std::size_t apart = 0;
    for (auto point = first; point != end && !point->failed && apart < kApartInARow; ++point) {
      apart = told_apart(*point) ? apart + 1 : 0;
      if (apart == 0) last = point->rate;
    }
    return last;
  };
  const auto first_above = std::ranges::lower_bound(points, rate, {}, &RatePoint::rate);
  return RateInterval{last_of(std::make_reverse_iterator(first_above), points.rend()),
                      last_of(first_above, points.end())};
}

std::optional<double> pick_rate(std::span<const RatePoint> points) {
  const auto lowest = std::ranges::find_if(points, &RatePoint::completed);
  if (lowest == points.end()) return std::nullopt;
  const auto highest = std::ranges::find_if(points.rbegin(), points.rend(), &RatePoint::completed);
  const double x = smoothed_minimum(points, lowest->log10_rate, highest->log10_rate);
  double rate = round_significant(math::pow(10, x), 2);
  // Rounding to two digits may step over an end of what was tried.
  rate = std::min(std::max(rate, round_significant(lowest->rate, 2)), round_significant(highest->rate, 2));
  const auto cliff = std::ranges::find_if(points, [&](const RatePoint& p) { return p.failed && p.rate >= rate; });
  if (cliff != points.end() && rate > cliff->rate / 2) {
    const double careful = round_significant(cliff->rate / 2, 2);
    const auto interval = rate_interval(points, rate);
    if (rate >= cliff->rate || (interval && careful >= (*interval)[0])) rate = std::max(careful, lowest->rate);
  }
  return rate;
}

}  // namespace lrtune
