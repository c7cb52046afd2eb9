#include "plan/planner.h"

#include <cmath>

#include "plan/entry_plan.h"

namespace lrtune {
namespace {

std::optional<Assessment> advice_of(const EntryPlan& plan) {
  const auto lacking = plan.lacking_seeds();
  if (!lacking) return std::nullopt;
  return assess(*plan.landscape(), plan.search.tolerance,
                [&](double rate) { return plan.can_be_confirmed(rate, *lacking); });
}

std::vector<TrialRequest> fine_trials(const EntryPlan& plan) {
  if (plan.landscape() == nullptr) return {};
  const auto best = assess(*plan.landscape(), plan.search.tolerance, [](double) { return true; });
  if (!best) return {};
  for (const auto stage : {outward, valleys, block})
    if (auto more = stage(plan, *best); !more.empty()) return more;
  return {};
}

}  // namespace

bool was_shortened(const PlanContext& context, const EntryResults& results) {
  if (!std::isfinite(context.budget) || results.trials.empty()) return false;
  const EntryPlan plan(context, 0, results);
  const auto lacking = plan.lacking_seeds();
  const RateLattice whole =
      rate_lattice(plan.search.lowest_rate, plan.search.highest_rate, plan.search.coarse_per_decade);
  if (plan.coarse.intervals < whole.intervals) return true;
  if (!lacking) return false;
  const auto rate =
      pick_rate(*plan.landscape(), plan.search.tolerance, [&](double r) { return plan.can_be_confirmed(r, *lacking); });
  return (plan.search.seeds > 1 && plan.next_block_seed() < plan.search.seeds) || plan.ledger.missing_seeds(*rate) > 0;
}

std::optional<Assessment> advice_on(const PlanContext& context, const EntryResults& results) {
  return advice_of(EntryPlan(context, 0, results));
}

std::vector<TrialRequest> next_trials(const PlanContext& context, std::size_t entry, const EntryResults& results) {
  const EntryPlan plan(context, entry, results);
  if (results.trials.empty()) return first_rung(plan);
  if (!plan.ledger.has(Stage::fine) && !plan.ledger.has(Stage::confirm)) {
    if (auto more = climb(plan); !more.empty()) return more;
    if (auto more = neighbours(plan); !more.empty()) return more;
  }
  // After a confirmation too: it may have raised the bound again.
  if (auto more = fine_trials(plan); !more.empty()) return more;
  const auto advice = advice_of(plan);
  if (!advice) return {};
  return confirmation(plan, advice->rate);
}

}  // namespace lrtune
