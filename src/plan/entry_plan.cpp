#include "plan/entry_plan.h"

#include <algorithm>
#include <cmath>

#include "base/math.h"

namespace lrtune {

EntryPlan::EntryPlan(const PlanContext& its_context, std::size_t its_entry, const EntryResults& its_results)
    : context(its_context),
      search(its_context.search),
      results(its_results),
      ledger(its_context, its_results.trials),
      policy(policy_for(its_context.budget)),
      coarse(affordable_lattice()),
      fine(lattice_of(search.fine_per_decade)),
      entry_(its_entry) {}

RateLattice EntryPlan::lattice_of(std::size_t per_decade) const {
  return rate_lattice(search.lowest_rate, search.highest_rate, per_decade);
}

// Rates further apart where the first rung would take more than its share of the budget.
RateLattice EntryPlan::affordable_lattice() const {
  RateLattice lattice = lattice_of(std::min(search.coarse_per_decade, policy.coarse_per_decade));
  const double share = context.rungs.empty() ? 1 : ledger.share_of(context.rungs.front().updates);
  const double most = std::max(1.0, std::floor(policy.coarse_share * ledger.budget() / share) - 1);
  if (static_cast<double>(lattice.intervals) > most) lattice.intervals = static_cast<std::size_t>(most);
  return lattice;
}

std::vector<double> EntryPlan::coarse_rates() const {
  if (ledger.budget() < 2) return {std::clamp(results.default_rate, coarse.lowest, coarse.highest)};
  std::vector<double> rates;
  for (std::size_t i = 0; i <= coarse.intervals; ++i) {
    const double rate = coarse.rate(static_cast<double>(i));
    if (rates.empty() || rate > rates.back()) rates.push_back(rate);
  }
  return rates;
}

bool EntryPlan::is_within_reach(double rate) const {
  if (!search.extend) return coarse.contains(rate);
  const double beyond = math::pow(10, kExtensionDecades) * (1 + kPlanRounding);
  return rate >= coarse.lowest / beyond &&
         rate <= std::max(coarse.highest, std::min(kHighestRate, coarse.highest * beyond));
}

std::size_t EntryPlan::next_block_seed() const {
  if (search.seeds == 1) return ledger.has(Stage::fine) ? 1 : 0;
  std::size_t next = 1;
  for (const Trial& t : results.trials)
    if (t.stage == Stage::fine) next = std::max(next, t.seed + 1);
  return next;
}

const Landscape* EntryPlan::landscape() const {
  if (!landscape_ && can_advise(rate_points(results.trials, context.objective)))
    landscape_.emplace(context, ledger, results.trials, fine);
  return landscape_ ? &*landscape_ : nullptr;
}

bool EntryPlan::can_be_confirmed(double rate, std::size_t lacking) const {
  const std::size_t missing = ledger.missing_seeds(rate);
  const double affordable = std::floor(ledger.left() + kPlanRounding);
  return static_cast<double>(missing) <= affordable + static_cast<double>(lacking) &&
         (missing < search.seeds || affordable >= 1);
}

std::optional<std::size_t> EntryPlan::lacking_seeds() const {
  if (landscape() == nullptr) return std::nullopt;
  // An ample budget has had its pick confirmed: that is not given up for a rate on fewer seeds.
  const bool is_confirmed = is_ample(policy) && ledger.has(Stage::confirm);
  for (std::size_t lacking = is_confirmed ? 0 : std::min(policy.lacking_seeds, search.seeds); lacking <= search.seeds;
       ++lacking)
    if (pick_rate(*landscape_, search.tolerance, [&](double rate) { return can_be_confirmed(rate, lacking); }))
      return lacking;
  return std::nullopt;
}

}  // namespace lrtune
