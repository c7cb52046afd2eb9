#include "plan/hints.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/math.h"
#include "plan/rungs.h"

namespace lrtune {
namespace {

constexpr double kFlowDeviation = 0.15;
constexpr double kAboveDeviation = 0.5;

// Losses at one rung, ascending by rate.
struct RungLosses {
  const Rung* rung;
  std::vector<RungResult> results;
  RungResult leader;
};

std::vector<RungLosses> rung_losses(const PlanContext& context, const Ledger& ledger, const std::set<double>& rates) {
  std::vector<RungLosses> found;
  for (const Rung& rung : context.rungs) {
    RungLosses losses{&rung, {}, {}};
    for (double rate : rates)
      if (const auto loss = ledger.loss_at(rate, rung.updates); loss && std::isfinite(*loss))
        losses.results.push_back({rate, *loss});
    if (losses.results.empty()) continue;
    losses.leader = *std::ranges::min_element(losses.results, {}, &RungResult::loss);
    found.push_back(std::move(losses));
  }
  return found;
}

// The loss at the rung of a rate between two that were trained, by the logarithms of both; nullopt outside of them.
std::optional<double> loss_between(const std::vector<RungResult>& results, double rate) {
  const auto above = std::ranges::lower_bound(results, rate, {}, &RungResult::rate);
  if (above == results.end()) return std::nullopt;
  if (above->rate == rate) return above->loss;
  if (above == results.begin()) return std::nullopt;
  const auto below = above - 1;
  const double share = math::log(rate / below->rate) / math::log(above->rate / below->rate);
  return below->loss + share * (above->loss - below->loss);
}

// The earliest rung that says most of the way is covered: it has the highest rate in common with a whole run.
std::optional<double> loss_by_flow(std::span<const RungLosses> rungs, double rate) {
  for (const RungLosses& losses : rungs) {
    const double faster = rate / losses.rung->flow;
    if (faster > losses.leader.rate) continue;
    if (const auto loss = loss_between(losses.results, faster)) return loss;
  }
  return std::nullopt;
}

}  // namespace

std::vector<RungHint> rung_hints(const PlanContext& context, const Ledger& ledger, std::span<const Trial> trials) {
  std::set<double> rates;
  std::set<double> given_up;
  std::optional<double> best;
  for (const Trial& t : trials) {
    if (t.seed != 0 || t.stage == Stage::framework_default) continue;
    rates.insert(t.learning_rate);
    if (!ledger.is_done(t.learning_rate, 0)) given_up.insert(t.learning_rate);
    if (t.objective) best = std::min(best.value_or(*t.objective), *t.objective);
  }
  const std::vector<RungLosses> rungs = rung_losses(context, ledger, rates);
  std::vector<RungHint> hints;
  for (double rate : given_up) {
    if (const auto loss = loss_by_flow(rungs, rate)) {
      hints.push_back({rate, *loss, kFlowDeviation});
      continue;
    }
    for (const RungLosses& losses : rungs) {  // the last rung that it reached
      const auto own = loss_between(losses.results, rate);
      if (!own || ledger.furthest(rate, 0)->updates != losses.rung->updates) continue;
      const double worse = std::max(*own / std::max(losses.leader.loss, 1e-300), 1.0);
      hints.push_back({rate, std::min(*own, best.value_or(losses.leader.loss) * worse), kAboveDeviation});
    }
  }
  return hints;
}

}  // namespace lrtune
