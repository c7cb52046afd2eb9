// fine.cpp: the stages on further seeds: every valley once, then blocks where the bound shrinks most, then the rate
// that is advised on all of its seeds.
#include <algorithm>
#include <cmath>

#include "base/math.h"
#include "plan/entry_plan.h"

namespace lrtune {
namespace {

constexpr double kAlive = 0.5;       // ln: a valley that much above the best of its seed is dead
constexpr double kGrowth = 1.0 / 8;  // of what was spent, that a round of blocks may cost

// What confirming the pick will cost, less its own run in the next block; once the seeds asked for are through, what
// confirming any other rate would.
double reserve(const EntryPlan& plan, double rate, std::size_t seed) {
  const std::size_t seeds = plan.search.seeds;
  if (seed >= seeds) return static_cast<double>(seeds);
  const std::size_t missing =
      std::max(plan.ledger.missing_seeds(rate), seeds - std::min(plan.policy.lacking_seeds, seeds) + 1);
  return static_cast<double>(missing > 0 ? missing - 1 : 0);
}

std::size_t most_seeds(const SearchConfig& search) {
  return search.seeds == 1 ? 1 : std::max(search.seeds, search.max_seeds);
}

// A rate of the fine lattice that many decades from another.
double beside(const EntryPlan& plan, double rate, double decades) {
  const double step = std::rint(std::fabs(decades) * static_cast<double>(plan.search.fine_per_decade));
  const double place = std::rint(plan.fine.position(rate));
  return plan.fine.rate(place + (decades < 0 ? -1 : 1) * std::max(1.0, step));
}

// The pick, and a rate to either side: where the draws point to, else a block's step away.
std::vector<double> block_rates(const EntryPlan& plan, const Assessment& best, std::size_t seed) {
  // With one seed only, it is for closer rates than those of the coarse stage.
  const double step = plan.search.seeds == 1 ? plan.policy.block_step / 2 : plan.policy.block_step;
  const double low = best.below.value_or(beside(plan, best.rate, -step));
  const double high = best.above.value_or(beside(plan, best.rate, step));
  // The sides in turn: what one block cannot afford differs from the next.
  return seed % 2 == 0 ? std::vector<double>{best.rate, high, low} : std::vector<double>{best.rate, low, high};
}

bool is_settled(const EntryPlan& plan, const Assessment& best, std::size_t seed) {
  return best.bound && *best.bound <= plan.search.tolerance && seed >= plan.search.seeds;
}

}  // namespace

std::vector<TrialRequest> valleys(const EntryPlan& plan, const Assessment& best) {
  if (plan.search.seeds == 1 || plan.ledger.has(Stage::fine)) return {};
  std::vector<std::pair<double, double>> curve;  // of seed 0: rate, log objective
  for (const RatePoint& point : plan.landscape()->points())
    if (point.searched && point.seeds.front().seed == 0)
      curve.push_back({point.rate, point.seeds.front().log_objective});
  const auto lowest = std::ranges::min_element(curve, {}, &std::pair<double, double>::second);
  Round round = plan.affording(plan.ledger.left() - reserve(plan, best.rate, 1));
  std::vector<double> rates;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const bool above_left = i == 0 || curve[i].second < curve[i - 1].second;
    const bool above_right = i + 1 == curve.size() || curve[i].second <= curve[i + 1].second;
    if (above_left && above_right && curve[i].second <= lowest->second + kAlive) rates.push_back(curve[i].first);
  }
  if (rates.size() < 2) return {};
  for (double rate : rates) round.request(Stage::fine, rate, 1);
  return round.requests();
}

std::vector<TrialRequest> block(const EntryPlan& plan, const Assessment& best) {
  const std::size_t first = plan.next_block_seed();
  if (first >= most_seeds(plan.search) || is_settled(plan, best, first)) return {};
  Round round = plan.affording(plan.ledger.left() - reserve(plan, best.rate, first));
  const double growth = kGrowth * plan.ledger.spent() / 3;
  const std::size_t seeds = first < plan.search.seeds ? 1 : std::max<std::size_t>(1, static_cast<std::size_t>(growth));
  for (std::size_t seed = first; seed < std::min(first + seeds, most_seeds(plan.search)); ++seed)
    for (double rate : block_rates(plan, best, seed))
      if (plan.is_within_reach(rate)) round.request(Stage::fine, rate, seed);
  return round.requests();
}

std::vector<TrialRequest> confirmation(const EntryPlan& plan, double rate) {
  Round round = plan.affording(plan.ledger.left());
  for (std::size_t seed = 0; seed < plan.search.seeds; ++seed) round.request(Stage::confirm, rate, seed);
  return round.requests();
}

}  // namespace lrtune
