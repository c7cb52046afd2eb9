// coarse.cpp: the stages on seed 0: rung by rung over the whole range, then the leader's neighbours.
#include <algorithm>
#include <cmath>

#include "plan/entry_plan.h"
#include "plan/rungs.h"

namespace lrtune {
namespace {

bool request_coarse(const EntryPlan& plan, Round& round, double rate, std::size_t stop) {
  const Stage stage = plan.coarse.contains(rate) ? Stage::coarse : Stage::extend;
  return round.request(stage, rate, 0, stop == plan.context.updates ? 0 : stop);
}

void request_whole(const EntryPlan& plan, Round& round, double rate) {
  if (plan.is_within_reach(rate)) request_coarse(plan, round, rate, plan.context.updates);
}

// Ascending by rate; without those that diverged.
std::vector<RungResult> results_at(const EntryPlan& plan, const std::vector<double>& rates, std::size_t stop) {
  std::vector<RungResult> results;
  for (double rate : rates)
    if (const auto loss = plan.ledger.loss_at(rate, stop)) results.push_back({rate, *loss});
  std::ranges::sort(results, {}, &RungResult::rate);
  return results;
}

// Adds the next rate beyond if the highest leads: at the first rung it costs little. The leader of a short run lies
// above that of a long one if anything, so that the lower end can wait for whole runs. False if there is none to add.
bool extend_upward(const EntryPlan& plan, std::vector<double>& rates, std::size_t stop) {
  const Ledger& ledger = plan.ledger;
  const auto results = results_at(plan, rates, stop);
  if (results.empty() || std::ranges::min_element(results, {}, &RungResult::loss)->rate != rates.back()) return false;
  const double next = plan.coarse.rate(std::rint(plan.coarse.position(rates.back())) + 1);
  // A whole run must stay affordable.
  if (ledger.furthest(next, 0) == nullptr && ledger.left() < 1 + ledger.share_of(stop)) return false;
  if (rates.size() < 2 || !plan.is_within_reach(next) || next <= rates.back()) return false;
  rates.push_back(next);
  return true;
}

// The first of those rates that the budget can pay for, at least one, if half of those that reach the next rung go on
// from there.
std::vector<double> affordable(const EntryPlan& plan, std::vector<double> rates, std::size_t rung) {
  const PlanContext& context = plan.context;
  const Ledger& ledger = plan.ledger;
  const std::size_t stop = context.rungs[rung].updates;
  const double next = rung + 1 < context.rungs.size() ? ledger.share_of(context.rungs[rung + 1].updates) : 1;
  const double price = next - (context.runs_continue ? ledger.share_of(stop) : 0) +
                       (next < 1 ? 0.5 * (1 - (context.runs_continue ? next : 0)) : 0);
  // What was left when this rung was reached, not what is left now: the answer must not change on the way up.
  const double left = ledger.budget() - ledger.paid_until(stop);
  const double most = std::max(1.0, std::floor(left / price + kPlanRounding));
  if (static_cast<double>(rates.size()) > most) rates.resize(static_cast<std::size_t>(most));
  return rates;
}

void request_defaults(const EntryPlan& plan, Round& round) {
  for (std::size_t seed = 0; seed < std::min(plan.search.seeds, plan.policy.default_seeds); ++seed)
    round.request(Stage::framework_default, plan.results.default_rate, seed);
}

// The best completed trial of seed 0; of equals the lower rate.
const Trial* leader_of(const EntryPlan& plan) {
  const Trial* leader = nullptr;
  for (const Trial& t : plan.results.trials) {
    if (t.seed != 0 || !t.objective || t.stage == Stage::framework_default) continue;
    if (leader == nullptr || *t.objective < *leader->objective ||
        (*t.objective == *leader->objective && t.learning_rate < leader->learning_rate))
      leader = &t;
  }
  return leader;
}

}  // namespace

std::vector<TrialRequest> first_rung(const EntryPlan& plan) {
  Round round = plan.affording(plan.ledger.left());
  const std::size_t stop = plan.context.rungs.empty() ? plan.context.updates : plan.context.rungs.front().updates;
  for (double rate : plan.coarse_rates()) request_coarse(plan, round, rate, stop);
  return round.requests();
}

// From rung to rung: what the coarse stage trains next; empty once its survivors are trained to the end.
std::vector<TrialRequest> climb(const EntryPlan& plan) {
  const PlanContext& context = plan.context;
  std::vector<double> rates = plan.coarse_rates();
  for (std::size_t r = 0; r <= context.rungs.size(); ++r) {
    const std::size_t stop = r < context.rungs.size() ? context.rungs[r].updates : context.updates;
    for (;;) {
      Round round = plan.affording(plan.ledger.left());
      bool complete = true;
      for (double rate : rates)
        complete &= plan.ledger.is_done_to(rate, stop) || request_coarse(plan, round, rate, stop);
      if (!round.requests().empty()) return round.requests();
      if (!complete || stop == context.updates) return {};
      if (r > 0 || !extend_upward(plan, rates, stop)) break;
    }
    const auto results = results_at(plan, rates, stop);
    if (results.empty()) return {};
    rates = affordable(plan, promoted(results, context.rungs[r].flow), r);
  }
  return {};
}

// Whole runs for the neighbours of the best coarse rate, outward from the ends of the range if need be.
std::vector<TrialRequest> neighbours(const EntryPlan& plan) {
  Round round = plan.affording(plan.ledger.left());
  const Trial* leader = leader_of(plan);
  if (leader == nullptr) return {};
  const double place = std::rint(plan.coarse.position(leader->learning_rate));
  for (double step : {-1.0, 1.0}) request_whole(plan, round, plan.coarse.rate(place + step));
  request_defaults(plan, round);
  return round.requests();
}

// The next coarse rate beyond those that have been trained to the end, where the best may lie there: at an end of what
// was tried at once; where rates had been given up, only from what the blocks leave.
std::vector<TrialRequest> outward(const EntryPlan& plan, const Assessment& best) {
  const Ledger& ledger = plan.ledger;
  Round round = plan.affording(ledger.left());
  const RateRange tried = searched_range(plan.results.trials);
  const RateRange ended = searched_range(plan.results.trials, Tried::to_the_end);
  const RateInterval interval = best.interval.value_or(RateInterval{best.rate, best.rate});
  const bool spare =
      plan.next_block_seed() >= plan.search.seeds && ledger.left() >= 1 + static_cast<double>(plan.search.seeds);
  if (interval[1] >= ended.max && (spare || ended.max == tried.max))
    request_whole(plan, round, plan.coarse.rate(std::floor(plan.coarse.position(ended.max) + 1.5)));
  if (interval[0] <= ended.min && (spare || ended.min == tried.min))
    request_whole(plan, round, plan.coarse.rate(std::ceil(plan.coarse.position(ended.min) - 1.5)));
  return round.requests();
}

}  // namespace lrtune
