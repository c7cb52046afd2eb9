#include "plan/ledger.h"

#include <algorithm>

namespace lrtune {
namespace {

using RateAndSeed = std::pair<double, std::size_t>;

bool ends_later(const Trial& a, const Trial& b) {
  if ((a.status == TrialStatus::pruned) != (b.status == TrialStatus::pruned)) return b.status == TrialStatus::pruned;
  return a.updates > b.updates;
}

// The longest training of each rate and seed, of those that `counts`.
template <class Counts>
double updates_of(const PlanContext& context, std::span<const Trial> trials, const Counts& counts) {
  std::map<RateAndSeed, std::size_t> longest;
  double sum = 0;
  for (const Trial& t : trials) {
    if (!counts(t)) continue;
    if (!context.runs_continue) sum += static_cast<double>(t.updates);
    std::size_t& updates = longest[{t.learning_rate, t.seed}];
    updates = std::max(updates, t.updates);
  }
  if (context.runs_continue)
    for (const auto& [key, updates] : longest) sum += static_cast<double>(updates);
  return sum;
}

}  // namespace

Ledger::Ledger(const PlanContext& context, std::span<const Trial> trials)
    : context_(context), trials_(trials), spent_(full_runs(context, trials)) {
  for (const Trial& t : trials_) {
    const Trial*& furthest = furthest_[{t.learning_rate, t.seed}];
    if (furthest == nullptr || ends_later(t, *furthest)) furthest = &t;
    if (t.seed == 0 && t.status == TrialStatus::pruned) paused_.insert({{t.learning_rate, t.updates}, &t});
  }
}

bool Ledger::has(Stage stage) const {
  return std::ranges::any_of(trials_, [&](const Trial& t) { return t.stage == stage; });
}

double Ledger::share_of(std::size_t updates) const {
  return static_cast<double>(updates) / static_cast<double>(context_.updates);
}

const Trial* Ledger::furthest(double rate, std::size_t seed) const {
  const auto found = furthest_.find({rate, seed});
  return found == furthest_.end() ? nullptr : found->second;
}

bool Ledger::is_done(double rate, std::size_t seed) const {
  const Trial* trial = furthest(rate, seed);
  return trial != nullptr && trial->status != TrialStatus::pruned;
}

bool Ledger::is_done_to(double rate, std::size_t updates) const {
  const Trial* trial = furthest(rate, 0);
  return trial != nullptr && (trial->status != TrialStatus::pruned || trial->updates >= updates);
}

std::size_t Ledger::missing_seeds(double rate) const {
  std::size_t missing = 0;
  for (std::size_t seed = 0; seed < context_.search.seeds; ++seed) missing += is_done(rate, seed) ? 0 : 1;
  return missing;
}

std::optional<double> Ledger::loss_at(double rate, std::size_t updates) const {
  const auto found = paused_.find({rate, updates});
  if (found == paused_.end()) return std::nullopt;
  return context_.objective.reduce(found->second->curve.*context_.objective.series);
}

double Ledger::cost(double rate, std::size_t seed, std::size_t updates) const {
  if (updates == 0) updates = context_.updates;
  const Trial* trial = furthest(rate, seed);
  return share_of(updates - (trial != nullptr && context_.runs_continue ? std::min(trial->updates, updates) : 0));
}

double Ledger::paid_until(std::size_t stop) const {
  return updates_of(context_, trials_,
                    [&](const Trial& t) {
                      return (t.stage == Stage::coarse || t.stage == Stage::extend) && t.updates <= stop;
                    }) /
         static_cast<double>(context_.updates);
}

bool Round::request(Stage stage, double rate, std::size_t seed, std::size_t updates) {
  const bool asked = std::ranges::any_of(
      requests_, [&](const TrialRequest& r) { return r.key.learning_rate == rate && r.key.seed == seed; });
  if (asked || ledger_.is_done(rate, seed)) return true;
  const double price = ledger_.cost(rate, seed, updates);
  if (price > left_ + kPlanRounding) return false;
  left_ -= price;
  requests_.push_back({stage, {entry_, rate, seed}, updates});
  return true;
}

std::vector<Trial> without_superseded(const PlanContext& context, std::vector<Trial> trials) {
  if (!context.runs_continue) return trials;
  std::map<RateAndSeed, std::size_t> longest;
  for (const Trial& t : trials) {
    std::size_t& updates = longest[{t.learning_rate, t.seed}];
    updates = std::max(updates, t.updates);
  }
  std::erase_if(trials, [&](const Trial& t) {
    return t.status == TrialStatus::pruned && t.updates < longest[{t.learning_rate, t.seed}];
  });
  return trials;
}

double full_runs(const PlanContext& context, std::span<const Trial> trials) {
  return updates_of(context, trials, [](const Trial&) { return true; }) / static_cast<double>(context.updates);
}

}  // namespace lrtune
