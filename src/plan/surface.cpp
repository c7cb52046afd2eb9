#include "plan/surface.h"

#include <algorithm>
#include <cmath>
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
constexpr double kStep = 0.005;  // of the search for the minimum, decades: far below two digits

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

// Differences from `reference`, seed by seed, of the seeds both have.
std::vector<double> differences(const RatePoint& point, const RatePoint& reference) {
  std::vector<double> result;
  for (const SeedValue& a : point.seeds)
    for (const SeedValue& b : reference.seeds)
      if (a.seed == b.seed) result.push_back(a.log_objective - b.log_objective);
  return result;
}

// The tried rate with the most seeds, none failed, nearest to `rate`; points.size() if there is none.
std::size_t reference_of(std::span<const RatePoint> points, double rate) {
  const std::size_t seeds = most_seeds(points);
  const double x = math::log10(rate);
  std::size_t best = points.size();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].failed || points[i].seeds.size() != seeds) continue;
    if (best == points.size() || std::fabs(points[i].log10_rate - x) < std::fabs(points[best].log10_rate - x)) best = i;
  }
  return best;
}

// Pooled standard deviation of the differences, with its degrees of freedom.
struct Spread {
  double sd;
  std::size_t degrees_of_freedom;
};

Spread pooled_spread(std::span<const RatePoint> points, const RatePoint& reference) {
  double squares = 0;
  std::size_t degrees = 0;
  for (const RatePoint& point : points) {
    if (point.failed || &point == &reference) continue;
    if (std::fabs(point.log10_rate - reference.log10_rate) > kPoolDecades) continue;
    const auto d = differences(point, reference);
    if (d.size() < 2) continue;
    const double mean = estimate(d).mean;
    for (double value : d) squares += (value - mean) * (value - mean);
    degrees += d.size() - 1;
  }
  return {degrees == 0 ? 0 : std::sqrt(squares / static_cast<double>(degrees)), degrees};
}

// Position of the smoothed minimum, in log10 rate.
double smoothed_minimum(std::span<const RatePoint> points, double low, double high) {
  const auto curve = curve_of(points);
  const auto steps = static_cast<std::size_t>(std::floor((high - low) / kStep));
  double best_x = low;
  double best_y = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i <= steps; ++i) {
    const double x = low + kStep * static_cast<double>(i);
    const double y = smoothed(curve, x, kBandwidth);
    if (y < best_y) {
      best_y = y;
      best_x = x;
    }
  }
  return best_x;
}

}  // namespace

std::optional<double> initial_objective(std::span<const Trial> trials, const ObjectiveRow& objective) {
  double sum = 0;
  double count = 0;
  for (const Trial& trial : trials) {
    const auto& series = trial.curve.*objective.series;
    if (series.empty()) continue;
    sum += series.front();
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

std::vector<RatePoint> rate_points(std::span<const Trial> trials, const ObjectiveRow& objective, Confirmed confirmed) {
  const double initial = initial_objective(trials, objective).value_or(1);
  std::map<double, RatePoint> points;
  for (const Trial& trial : trials) {
    if (trial.status == TrialStatus::pruned) continue;
    if (confirmed == Confirmed::left_out && trial.stage == Stage::confirm && trial.objective) continue;
    RatePoint& point = points.try_emplace(trial.learning_rate, RatePoint{}).first->second;
    if (std::ranges::count(point.seeds, trial.seed, &SeedValue::seed) > 0) continue;
    const double value = trial.objective.value_or(kFailedTimesInitial * initial) + kOffset * initial;
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
  const std::size_t reference = reference_of(points, rate);
  if (reference == points.size()) return std::nullopt;
  const Spread spread = pooled_spread(points, points[reference]);
  if (spread.degrees_of_freedom == 0) return std::nullopt;
  const double t = student_t_975(spread.degrees_of_freedom);
  const auto told_apart = [&](const RatePoint& point) {
    const auto d = differences(point, points[reference]);
    if (point.failed || d.empty()) return true;
    return estimate(d).mean > t * spread.sd / std::sqrt(static_cast<double>(d.size()));
  };
  std::size_t low = reference;
  std::size_t high = reference;
  while (low > 0 && !told_apart(points[low - 1])) --low;
  while (high + 1 < points.size() && !told_apart(points[high + 1])) ++high;
  return RateInterval{std::fmin(points[low].rate, rate), std::fmax(points[high].rate, rate)};
}

std::optional<double> pick_rate(std::span<const RatePoint> points) {
  const auto lowest = std::ranges::find_if(points, &RatePoint::completed);
  if (lowest == points.end()) return std::nullopt;
  const auto highest = std::ranges::find_if(points.rbegin(), points.rend(), &RatePoint::completed);
  const double x = smoothed_minimum(points, lowest->log10_rate, highest->log10_rate);
  double rate = round_significant(math::pow(10, x), 2);
  // Rounding to two digits may step over an end of what was tried.
  rate = std::fmin(std::fmax(rate, round_significant(lowest->rate, 2)), round_significant(highest->rate, 2));
  const auto cliff = std::ranges::find_if(points, [&](const RatePoint& p) { return p.failed && p.rate >= rate; });
  if (cliff != points.end() && rate > cliff->rate / 2) {
    const double careful = round_significant(cliff->rate / 2, 2);
    const auto interval = rate_interval(points, rate);
    if (rate >= cliff->rate || (interval && careful >= (*interval)[0])) rate = std::fmax(careful, lowest->rate);
  }
  return rate;
}

}  // namespace lrtune
