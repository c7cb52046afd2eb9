// ledger.h: what one entry's trials have come to: which rate and seed was trained how far, what it cost, and what
// training any further would cost.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "lrtune/study.h"
#include "plan/planner.h"

namespace lrtune {

inline constexpr double kPlanRounding = 1e-9;  // sums of shares of a run, and powers of ten, may be off by that

// Trained updates / T. Where runs continue, the shorter trials of the same rate and seed are part of the longest.
double full_runs(const PlanContext& context, std::span<const Trial> trials);

// Without the trials that went on: where runs continue, the longest of each rate and seed.
std::vector<Trial> without_superseded(const PlanContext& context, std::vector<Trial> trials);

// Pure functions of the context and the trials, which must outlive it. Costs are in full runs: updates / T.
class Ledger {
 public:
  Ledger(const PlanContext& context, std::span<const Trial> trials);

  double budget() const { return context_.budget; }
  double left() const { return budget() - spent_; }
  double spent() const { return spent_; }

  bool has(Stage stage) const;

  double share_of(std::size_t updates) const;

  // The trial of that rate and seed that went furthest; null: none.
  const Trial* furthest(double rate, std::size_t seed) const;

  // Completed or diverged.
  bool is_done(double rate, std::size_t seed) const;

  // The same of seed 0, or trained that far at least.
  bool is_done_to(double rate, std::size_t updates) const;

  // Of the seeds that the recommended rate is to have.
  std::size_t missing_seeds(double rate) const;

  // Loss of the trial of seed 0 that was paused after that many updates; nullopt: it diverged before.
  std::optional<double> loss_at(double rate, std::size_t updates) const;

  // What it costs to train that rate and seed to `updates`; 0: to the end.
  double cost(double rate, std::size_t seed, std::size_t updates) const;

  // Cost of the coarse trials up to a rung.
  double paid_until(std::size_t stop) const;

 private:
  const PlanContext& context_;
  std::span<const Trial> trials_;
  std::map<std::pair<double, std::size_t>, const Trial*> furthest_;  // by rate and seed
  std::map<std::pair<double, std::size_t>, const Trial*> paused_;    // of seed 0, by rate and updates
  double spent_ = 0;
};

// Requests of one entry that together cost no more than a limit.
class Round {
 public:
  Round(const Ledger& ledger, std::size_t entry, double limit) : ledger_(ledger), entry_(entry), left_(limit) {}

  // `updates` 0: to the end. False if the trial was not affordable. One that is done or asked for costs nothing.
  bool request(Stage stage, double rate, std::size_t seed, std::size_t updates = 0);

  const std::vector<TrialRequest>& requests() const { return requests_; }

 private:
  const Ledger& ledger_;
  std::size_t entry_;
  double left_;
  std::vector<TrialRequest> requests_;
};

}  // namespace lrtune
