#include "plan/landscape.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.h"
#include "plan/hints.h"

namespace lrtune {
namespace {

constexpr double kClip = 2;          // ln: values above e² times the lowest
constexpr double kBandwidth = 0.2;   // decade
constexpr double kNoiseWidth = 0.2;  // decade: the noise of rates nearer than that is pooled
constexpr double kFailedVariance = 0.25;
constexpr double kInitialShare = 0.01;  // of L(0), in the share
constexpr double kTiny = 1e-300;
constexpr std::size_t kFailures = std::size_t{1} << 40U;  // from there on: blocks of failures

double lowest_value(std::span<const RatePoint> points) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const RatePoint& p : points)
    for (const SeedValue& s : p.seeds) lowest = std::min(lowest, s.log_objective);
  return lowest;
}

}  // namespace

bool can_advise(std::span<const RatePoint> points) { return std::ranges::any_of(points, &RatePoint::can_be_advised); }

Landscape::Landscape(const PlanContext& context, const Ledger& ledger, std::span<const Trial> trials,
                     const RateLattice& lattice)
    : context_(context),
      points_(rate_points(trials, context.objective)),
      initial_(mean_initial(trials)),
      process_(make_process(ledger, trials)),
      candidates_(make_candidates(trials, lattice)) {
  std::vector<double> x;
  for (const Candidate& c : candidates_) x.push_back(c.x);
  const auto moments = process_.at(x);
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    candidates_[i].mean = moments.mean[i] + 0.5 * process_.noise_variance(x[i]);
    candidates_[i].deviation = moments.deviation[i];
  }
  for (Candidate& c : candidates_) c.smoothed = smoothed(c.x);
}

double Landscape::mean_initial(std::span<const Trial> trials) const {
  double sum = 0;
  double count = 0;
  for (const Trial& t : trials)
    if (const auto initial = initial_objective(t, context_.objective)) {
      sum += *initial;
      ++count;
    }
  return count > 0 ? sum / count : 0;
}

LatticeProcess Landscape::make_process(const Ledger& ledger, std::span<const Trial> trials) const {
  const double most = lowest_value(points_) + kClip;
  std::vector<double> x;
  std::vector<Observation> observations;
  std::vector<Hint> hints;
  for (const RatePoint& p : points_) {
    if (!p.completed())
      hints.push_back({x.size(), most, kFailedVariance});
    else
      for (const SeedValue& s : p.seeds)
        // A failure is a block of its own: it tells of the rate, not of the seed.
        observations.push_back(
            {x.size(), std::min(s.log_objective, most), s.completed() ? s.seed : kFailures + x.size()});
    x.push_back(p.log10_rate);
  }
  for (const RungHint& hint : rung_hints(context_, ledger, trials)) {
    if (point_at(hint.rate) != nullptr) continue;  // another seed was trained to the end there
    const double value = math::log(std::max(hint.objective + kOffset * initial_, kTiny));
    hints.push_back({x.size(), std::min(value, most), hint.deviation * hint.deviation});
    x.push_back(math::log10(hint.rate));
  }
  Noise noise = estimate_noise(x, observations, kNoiseWidth);
  return LatticeProcess(std::move(x), observations, hints, std::move(noise));
}

std::vector<Candidate> Landscape::make_candidates(std::span<const Trial> trials, const RateLattice& lattice) const {
  const RateRange tried = searched_range(trials);
  std::vector<double> rates;
  for (double p = std::floor(lattice.position(tried.min)); p <= std::ceil(lattice.position(tried.max)); ++p)
    if (const double rate = lattice.rate(p); rate >= tried.min && rate <= tried.max) rates.push_back(rate);
  double lowest = std::numeric_limits<double>::infinity();
  double highest = 0;
  for (const RatePoint& p : points_) {
    if (p.searched) rates.push_back(p.rate);
    if (!p.can_be_advised()) continue;
    lowest = std::min(lowest, p.rate);
    highest = std::max(highest, p.rate);
  }
  std::ranges::sort(rates);
  rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
  std::vector<Candidate> candidates;
  for (double rate : rates) {
    const RatePoint* point = point_at(rate);
    candidates.push_back({.rate = rate,
                          .x = math::log10(rate),
                          .failed = point != nullptr && point->failed(),
                          .within = rate >= lowest && rate <= highest});
  }
  return candidates;
}

double Landscape::smoothed(double x) const {
  constexpr double kWidths = 3;
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const double u = (candidates_[i].x - x) / kBandwidth;
    if (std::fabs(u) > kWidths) continue;
    // Rates that were tried may lie beside those of the lattice: each counts for the stretch that it stands for.
    const double before = candidates_[i == 0 ? i : i - 1].x;
    const double after = candidates_[std::min(i + 1, candidates_.size() - 1)].x;
    const double weight = math::exp(-0.5 * u * u) * std::max(after - before, 1e-9);
    sum += weight * candidates_[i].mean;
    weights += weight;
  }
  return sum / weights;
}

const RatePoint* Landscape::point_at(double rate) const {
  const auto found = std::ranges::lower_bound(points_, rate, {}, &RatePoint::rate);
  return found == points_.end() || found->rate != rate ? nullptr : &*found;
}

bool Landscape::has_one_seed() const {
  const std::size_t first = points_.front().seeds.front().seed;
  return std::ranges::all_of(points_, [&](const RatePoint& p) {
    return std::ranges::all_of(p.seeds, [&](const SeedValue& s) { return s.seed == first; });
  });
}

double Landscape::objective_of(double mean) const { return std::max(math::exp(mean) - kOffset * initial_, 0.0); }

double Landscape::share(double objective, double best) const {
  return (objective - best) / std::max(best + kInitialShare * initial_, kTiny);
}

std::vector<std::vector<double>> Landscape::draws(std::span<const std::size_t> chosen, std::size_t count) const {
  std::vector<double> x;
  for (const std::size_t i : chosen) x.push_back(candidates_[i].x);
  auto drawn = process_.draws(x, count);
  for (std::vector<double>& g : drawn)
    for (std::size_t i = 0; i < x.size(); ++i) g[i] += 0.5 * process_.noise_variance(x[i]);
  return drawn;
}

}  // namespace lrtune
