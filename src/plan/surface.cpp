#include "plan/surface.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>

#include "base/math.h"
#include "base/text.h"
#include "stats/gaussian_process.h"
#include "stats/summary.h"

namespace lrtune {
namespace {

constexpr double kOffset = 0.03;                // of L(0)
constexpr double kClip = 2;                     // ln: values above e² times the lowest
constexpr std::size_t kMostObservations = 200;  // a factorization is cubic; beyond, those nearest to the best count
constexpr double kJustBelow = 1 - 1e-9;
constexpr double kIntervalStep = 0.02;  // decade
constexpr double kKernelStep = kBandwidth / 4;
constexpr int kKernelSteps = 12;  // to either side: 3 widths

std::vector<Observation> observations_of(std::span<const RatePoint> points) {
  std::vector<Observation> all;
  for (const RatePoint& point : points) {
    if (!point.completed()) continue;
    for (const SeedValue& value : point.seeds) all.push_back({point.log10_rate, value.log_objective, value.seed});
  }
  const Observation lowest = *std::ranges::min_element(all, {}, &Observation::y);
  for (Observation& o : all) o.y = std::min(o.y, lowest.y + kClip);
  if (all.size() > kMostObservations) {
    std::ranges::stable_sort(all, {}, [&](const Observation& o) { return std::fabs(o.x - lowest.x); });
    all.resize(kMostObservations);
    std::ranges::stable_sort(all, {}, [](const Observation& o) { return std::pair(o.x, o.block); });
  }
  return all;
}

// The process's mean, averaged over rates a little off; beyond [low, high] it stays as at the end.
double smoothed_mean(const GaussianProcess& process, double x, double low, double high) {
  double sum = 0;
  double weights = 0;
  for (int k = -kKernelSteps; k <= kKernelSteps; ++k) {
    const double u = static_cast<double>(k) * kKernelStep;
    const double weight = math::exp(-0.5 * (u / kBandwidth) * (u / kBandwidth));
    sum += weight * process.mean(std::min(std::max(x + u, low), high));
    weights += weight;
  }
  return sum / weights;
}

struct Candidate {
  double rate;
  double x;         // log10 rate
  double smoothed;  // smoothed mean
};

// Rates of the lattice between the lowest and the highest rate that can be advised, and all rates that can.
std::vector<Candidate> candidates_of(std::span<const RatePoint> points, const RateLattice& lattice,
                                     const GaussianProcess& process) {
  const RatePoint& lowest = *std::ranges::find_if(points, &RatePoint::can_be_advised);
  const RatePoint& highest = *std::ranges::find_if(points.rbegin(), points.rend(), &RatePoint::can_be_advised);
  std::vector<double> rates;
  for (double p = std::floor(lattice.position(lowest.rate)); p <= std::ceil(lattice.position(highest.rate)); ++p)
    if (const double rate = lattice.rate(p); rate >= lowest.rate && rate <= highest.rate) rates.push_back(rate);
  for (const RatePoint& point : points)
    if (point.can_be_advised()) rates.push_back(point.rate);
  std::ranges::sort(rates);
  rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
  std::vector<Candidate> candidates;
  for (double rate : rates) {
    const double x = math::log10(rate);
    candidates.push_back({rate, x, smoothed_mean(process, x, lowest.log10_rate, highest.log10_rate)});
  }
  return candidates;
}

// Rates in [low, high] (log10) that cannot be told from the pick, looked at in steps from it outward.
RateInterval interval_around(const Candidate& pick, double low, double high, const GaussianProcess& process) {
  const double told = student_t_975(std::max<std::size_t>(1, process.observations() - 1));
  const double mean = process.mean(pick.x);
  const auto last_of = [&](double end) {
    const double step = end < pick.x ? -kIntervalStep : kIntervalStep;
    double last = pick.x;
    for (double k = 1; std::fabs(k * step) <= std::fabs(end - pick.x) + 0.5 * kIntervalStep; ++k) {
      const double x = std::min(std::max(pick.x + k * step, low), high);
      if (process.mean(x) - mean <= told * std::sqrt(process.difference_variance(x, pick.x))) last = x;
    }
    return last;
  };
  return {std::min(pick.rate, round_significant(math::pow(10, last_of(low)), kRateDigits)),
          std::max(pick.rate, round_significant(math::pow(10, last_of(high)), kRateDigits))};
}

// The best candidate up to that rate, or the lowest rate of all if there is none; candidates not empty.
const Candidate& best_up_to(std::span<const Candidate> candidates, double limit) {
  const auto beyond = std::ranges::find_if(candidates, [&](const Candidate& c) { return c.rate > limit; });
  const auto end = beyond == candidates.begin() ? candidates.begin() + 1 : beyond;
  return *std::ranges::min_element(candidates.begin(), end, {}, &Candidate::smoothed);
}

}  // namespace

SeedValue seed_value(std::size_t seed, const std::optional<double>& objective, double initial) {
  if (!objective) return {seed, std::numeric_limits<double>::infinity()};
  return {seed, math::log(std::max(*objective + kOffset * initial, 1e-300))};
}

RateRange searched_range(std::span<const Trial> trials) {
  RateRange range{std::numeric_limits<double>::infinity(), 0};
  for (const Trial& trial : trials) {
    if (trial.stage == Stage::framework_default) continue;
    range.min = std::min(range.min, trial.learning_rate);
    range.max = std::max(range.max, trial.learning_rate);
  }
  return range;
}

std::vector<Trial> ended_trials(std::span<const Trial> trials) {
  std::vector<Trial> ended;
  std::ranges::copy_if(trials, std::back_inserter(ended),
                       [](const Trial& t) { return t.status != TrialStatus::pruned; });
  return ended;
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
  const RateRange searched = searched_range(ended_trials(trials));
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

std::optional<Advice> advise(std::span<const RatePoint> points, const RateLattice& lattice, const Allowed& allowed) {
  if (std::ranges::none_of(points, &RatePoint::can_be_advised)) return std::nullopt;
  const std::vector<Observation> observations = observations_of(points);
  const GaussianProcess process(observations);
  const std::vector<Candidate> candidates = candidates_of(points, lattice, process);
  const auto failed_from = [&](double rate) {
    const auto found = std::ranges::find_if(points, [&](const RatePoint& p) { return p.failed() && p.rate > rate; });
    return found == points.end() ? std::numeric_limits<double>::infinity() : found->rate;
  };
  const double lowest = candidates.front().x;
  const double highest = candidates.back().x;
  std::vector<Candidate> choices;
  std::ranges::copy_if(candidates, std::back_inserter(choices), allowed, &Candidate::rate);
  const double cliff = failed_from(0);
  // What is allowed may be nothing but rates at which a seed failed: then the caller is to allow more.
  if (choices.empty() || (choices.front().rate >= cliff && candidates.front().rate < cliff)) return std::nullopt;
  const Candidate* pick = &best_up_to(choices, cliff * kJustBelow);
  if (pick->rate > cliff / 2) {
    const Candidate& careful = best_up_to(choices, cliff / 2);
    if (careful.rate >= interval_around(*pick, lowest, highest, process)[0]) pick = &careful;
  }
  const bool one_seed =
      std::ranges::all_of(observations, [&](const Observation& o) { return o.block == observations.front().block; });
  if (one_seed) return Advice{pick->rate, std::nullopt};
  // Short of the first failed rate above, also where two digits would round up to it.
  const double failed = failed_from(pick->rate);
  const double end = std::min(highest, math::log10(failed) - kIntervalStep);
  RateInterval interval = interval_around(*pick, lowest, std::max(end, pick->x), process);
  if (interval[1] >= failed)
    interval[1] = std::prev(std::ranges::lower_bound(candidates, failed, {}, &Candidate::rate))->rate;
  return Advice{pick->rate, interval};
}

}  // namespace lrtune
