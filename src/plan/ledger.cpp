#include "plan/ledger.h"

#include <algorithm>

namespace lrtune {
namespace {

bool ends_later(const Trial& a, const Trial& b) {
  if ((a.status == TrialStatus::pruned) != (b.status == TrialStatus::pruned)) return b.status == TrialStatus::pruned;
  return a.updates > b.updates;
}

}  // namespace

bool Ledger::has(Stage stage) const {
  return std::ranges::any_of(trials_, [&](const Trial& t) { return t.stage == stage; });
}

double Ledger::share_of(std::size_t updates) const {
  return static_cast<double>(updates) / static_cast<double>(context_.updates);
}

const Trial* Ledger::furthest(double rate, std::size_t seed) const {
  const Trial* best = nullptr;
  for (const Trial& t : trials_)
    if (t.learning_rate == rate && t.seed == seed && (best == nullptr || ends_later(t, *best))) best = &t;
  return best;
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
  for (const Trial& t : trials_)
    if (t.learning_rate == rate && t.seed == 0 && t.updates == updates && t.status == TrialStatus::pruned)
      return context_.objective.reduce(t.curve.*context_.objective.series);
  return std::nullopt;
}

double Ledger::cost(double rate, std::size_t seed, std::size_t updates) const {
  if (updates == 0) updates = context_.updates;
  const Trial* trial = furthest(rate, seed);
  return share_of(updates - (trial != nullptr && context_.runs_continue ? std::min(trial->updates, updates) : 0));
}

double Ledger::paid_until(std::size_t stop) const {
  std::vector<Trial> until;
  for (const Trial& t : trials_)
    if ((t.stage == Stage::coarse || t.stage == Stage::extend) && t.updates <= stop) until.push_back(t);
  return full_runs(context_, until);
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
  std::vector<Trial> kept;
  for (const Trial& trial : trials) {
    const bool went_on = std::ranges::any_of(trials, [&](const Trial& other) {
      return trial.status == TrialStatus::pruned && other.learning_rate == trial.learning_rate &&
             other.seed == trial.seed && other.updates > trial.updates;
    });
    if (!went_on) kept.push_back(trial);
  }
  return kept;
}

double full_runs(const PlanContext& context, std::span<const Trial> trials) {
  double sum = 0;
  for (const Trial& trial : without_superseded(context, {trials.begin(), trials.end()}))
    sum += static_cast<double>(trial.updates);
  return sum / static_cast<double>(context.updates);
}

}  // namespace lrtune
