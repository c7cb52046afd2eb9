#include "plan/assess.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lrtune {
namespace {

constexpr std::size_t kDraws = 400;
constexpr double kSure = 0.95;
constexpr double kRelevant = 3.5;   // standard deviations: rates further off are the best in no draw
constexpr double kAside = 0.1;      // decade: a best that near to the pick is no reason to look elsewhere
constexpr double kLeastSide = 0.1;  // of what all draws would gain

using Candidates = std::span<const Candidate>;

// Share of the seeds that diverged.
double failures(const RatePoint& point) {
  return static_cast<double>(std::ranges::count(point.seeds, false, &SeedValue::completed)) /
         static_cast<double>(point.seeds.size());
}

// By candidate. Where every rate that was trained to its end has failed on some seed: those that failed on the fewest.
std::vector<bool> advisable(const Landscape& landscape, const Allowed& allowed) {
  const auto points = landscape.points();
  const bool any = std::ranges::any_of(points, [](const RatePoint& p) { return p.can_be_advised() && !p.failed(); });
  double least = 1;
  for (const RatePoint& p : points)
    if (p.can_be_advised() && allowed(p.rate)) least = std::min(least, failures(p));
  std::vector<bool> may;
  for (const Candidate& c : landscape.candidates()) {
    const RatePoint* point = landscape.point_at(c.rate);
    const bool survived = point != nullptr && point->can_be_advised() && failures(*point) <= least;
    may.push_back(c.within && (any ? !c.failed : survived) && allowed(c.rate));
  }
  return may;
}

// Of those that may be advised, up to `limit`; the smaller one of equals.
std::optional<std::size_t> lowest_smoothed(Candidates candidates, const std::vector<bool>& may, double limit) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < candidates.size() && candidates[i].rate <= limit; ++i)
    if (may[i] && (!best || candidates[i].smoothed < candidates[*best].smoothed)) best = i;
  return best;
}

std::optional<std::size_t> pick_of(const Landscape& landscape, double tolerance, const std::vector<bool>& may) {
  const Candidates candidates = landscape.candidates();
  const auto pick = lowest_smoothed(candidates, may, std::numeric_limits<double>::infinity());
  if (!pick) return std::nullopt;
  const Candidate& best = candidates[*pick];
  const auto points = landscape.points();
  const auto cliff = std::ranges::find_if(points, [&](const RatePoint& p) { return p.failed() && p.rate > best.rate; });
  if (cliff == points.end() || best.rate <= cliff->rate / 2) return pick;
  const auto careful = lowest_smoothed(candidates, may, cliff->rate / 2);
  if (!careful) return pick;
  const Candidate& lower = candidates[*careful];
  const double told = std::sqrt(lower.deviation * lower.deviation + best.deviation * best.deviation);
  return lower.mean - best.mean <= std::min(told, 0.5 * tolerance) ? careful : pick;
}

bool may_be_best(const Candidate& c) { return !c.failed; }

RateRange plateau_around(const Landscape& landscape, double tolerance, std::size_t pick) {
  const Candidates candidates = landscape.candidates();
  double best = candidates[pick].mean;
  for (const Candidate& c : candidates)
    if (may_be_best(c)) best = std::min(best, c.mean);
  const double reference = landscape.objective_of(best);
  const auto belongs = [&](const Candidate& c) {
    return may_be_best(c) && landscape.share(landscape.objective_of(c.mean), reference) <= tolerance;
  };
  std::size_t low = pick;
  std::size_t high = pick;
  while (low > 0 && belongs(candidates[low - 1])) --low;
  while (high + 1 < candidates.size() && belongs(candidates[high + 1])) ++high;
  return {candidates[low].rate, candidates[high].rate};
}

// One draw of the process.
struct Sample {
  std::size_t best;  // index into the candidates
  double share;      // of the pick
};

// Candidates that are the best in any draw worth mentioning, and the pick.
std::vector<std::size_t> relevant(Candidates candidates, std::size_t pick) {
  double limit = std::numeric_limits<double>::infinity();
  for (const Candidate& c : candidates)
    if (may_be_best(c)) limit = std::min(limit, c.mean + kRelevant * c.deviation);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& c = candidates[i];
    if (i == pick || (may_be_best(c) && c.mean - kRelevant * c.deviation <= limit)) chosen.push_back(i);
  }
  return chosen;
}

std::vector<Sample> samples_of(const Landscape& landscape, std::size_t pick) {
  const std::vector<std::size_t> chosen = relevant(landscape.candidates(), pick);
  const auto place = static_cast<std::size_t>(std::ranges::find(chosen, pick) - chosen.begin());
  std::vector<Sample> samples;
  for (const std::vector<double>& m : landscape.draws(chosen, kDraws)) {
    std::size_t best = place;
    for (std::size_t i = 0; i < m.size(); ++i)
      if (may_be_best(landscape.candidates()[chosen[i]]) && m[i] < m[best]) best = i;
    samples.push_back(
        {chosen[best], landscape.share(landscape.objective_of(m[place]), landscape.objective_of(m[best]))});
  }
  return samples;
}

// The weighted median of the bests to that side.
std::optional<double> side_of(Candidates candidates, std::span<const Sample> samples, std::size_t pick, double sign) {
  double all = 0;
  double side = 0;
  std::vector<Sample> there;
  for (const Sample& s : samples) {
    all += s.share;
    if (sign * (candidates[s.best].x - candidates[pick].x) < kAside) continue;
    there.push_back(s);
    side += s.share;
  }
  if (there.empty() || side < kLeastSide * all) return std::nullopt;
  std::ranges::stable_sort(there, {}, &Sample::best);
  double sum = 0;
  for (const Sample& s : there) {
    sum += s.share;
    if (2 * sum >= side) return candidates[s.best].rate;
  }
  return candidates[there.back().best].rate;
}

double quantile(std::vector<double> values, double p) {
  std::ranges::sort(values);
  const auto at = static_cast<std::size_t>(std::ceil(p * static_cast<double>(values.size())));
  return values[std::clamp<std::size_t>(at, 1, values.size()) - 1];
}

}  // namespace

std::optional<double> pick_rate(const Landscape& landscape, double tolerance, const Allowed& allowed) {
  const auto pick = pick_of(landscape, tolerance, advisable(landscape, allowed));
  if (!pick) return std::nullopt;
  return landscape.candidates()[*pick].rate;
}

std::optional<Assessment> assess(const Landscape& landscape, double tolerance, const Allowed& allowed) {
  const auto pick = pick_of(landscape, tolerance, advisable(landscape, allowed));
  if (!pick) return std::nullopt;
  const Candidates candidates = landscape.candidates();
  Assessment a;
  a.rate = candidates[*pick].rate;
  a.plateau = plateau_around(landscape, tolerance, *pick);
  const auto lowest = std::ranges::min_element(candidates, {}, &Candidate::smoothed);
  a.falls_below = lowest == candidates.begin();
  a.falls_above = lowest == candidates.end() - 1;
  const std::vector<Sample> samples = samples_of(landscape, *pick);
  a.below = side_of(candidates, samples, *pick, -1);
  a.above = side_of(candidates, samples, *pick, 1);
  if (landscape.has_one_seed()) return a;
  std::vector<double> shares;
  std::vector<double> bests;
  for (const Sample& s : samples) {
    shares.push_back(s.share);
    bests.push_back(candidates[s.best].rate);
  }
  const double tail = (1 - kSure) / 2;
  a.bound = std::max(quantile(std::move(shares), kSure), 0.0);
  a.interval = RateInterval{std::min(a.rate, quantile(bests, tail)), std::max(a.rate, quantile(bests, 1 - tail))};
  return a;
}

}  // namespace lrtune
