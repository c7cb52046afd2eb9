#include "plan/recommend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.h"
#include "base/text.h"
#include "plan/assess.h"
#include "plan/ledger.h"
#include "plan/rates.h"
#include "stats/judge.h"
#include "stats/summary.h"

namespace lrtune {
namespace {

constexpr double kStuckShare = 0.05;     // of L(0)
constexpr double kMostRuns = 1000;       // that a notice names
constexpr double kConstantShare = 0.03;  // of a constant answer's objective
constexpr double kLearnedShare = 0.1;    // of the best improvement
constexpr double kRangeShare = 0.5;      // of the best improvement

// Trials of one rate, one per seed, ascending by seed.
std::vector<const Trial*> trials_at(std::span<const Trial> trials, double rate) {
  std::vector<const Trial*> found;
  for (const Trial& trial : trials) {
    const auto same_seed = [&](const Trial* t) { return t->seed == trial.seed; };
    if (trial.learning_rate == rate && trial.status != TrialStatus::pruned && std::ranges::none_of(found, same_seed))
      found.push_back(&trial);
  }
  std::ranges::sort(found, {}, &Trial::seed);
  return found;
}

std::optional<Estimate> estimate_of(std::span<const Trial* const> trials, std::optional<double> Trial::*value) {
  std::vector<double> values;
  for (const Trial* trial : trials) {
    if (!(trial->*value)) return std::nullopt;
    values.push_back(*(trial->*value));
  }
  if (values.empty()) return std::nullopt;
  return estimate(values);
}

// The largest improvement of any trial, as a share of its L(0).
double best_improvement(std::span<const Trial> trials, const ObjectiveRow& objective) {
  double best = -std::numeric_limits<double>::infinity();
  for (const Trial& trial : trials)
    if (const auto share = improvement(trial, objective)) best = std::max(best, *share);
  return best;
}

RateRange usable_range(const PlanContext& context, std::span<const Trial> trials, std::span<const RatePoint> points,
                       double rate) {
  const double enough = kRangeShare * best_improvement(trials, context.objective);
  RateRange range{rate, rate};
  for (const Trial& trial : trials)
    if (const auto share = improvement(trial, context.objective); share && *share >= enough)
      range.min = std::min(range.min, trial.learning_rate);
  const auto cliff = std::ranges::find_if(points, [&](const RatePoint& p) { return p.failed() && p.rate > rate; });
  if (cliff != points.end()) {
    range.max = std::max(rate, round_significant(cliff->rate / 2, 3));
  } else {
    for (const RatePoint& point : points)
      if (point.can_be_advised()) range.max = std::max(range.max, point.rate);
  }
  return range;
}

std::optional<double> divergence_margin(std::span<const RatePoint> points, double rate) {
  const auto cliff = std::ranges::find_if(points, [&](const RatePoint& p) { return p.failed() && p.rate > rate; });
  if (cliff == points.end()) return std::nullopt;
  return math::log10(cliff->rate / rate);
}

struct Judgement {
  const PlanContext& context;
  const Assessment& advice;
  RateRange tried;  // by the search, rates that were given up included
  double best_improvement;
  std::size_t diverged_seeds;  // at the recommended rate
  double full_runs;
};

// Whether the best may lie beyond what was tried: the plateau ends where the trials do, and the curve still falls
// there.
// A single rate has no slope.
bool touches_low(const Judgement& j) {
  return j.tried.min < j.tried.max && j.advice.falls_below && j.advice.plateau.min <= j.tried.min;
}
bool touches_high(const Judgement& j) {
  return j.tried.min < j.tried.max && j.advice.falls_above && j.advice.plateau.max >= j.tried.max;
}

// Whether a constant answer does about as well.
bool is_no_better_than_constant(const Judgement& j, const Recommendation& r) {
  return j.context.constant && r.objective && r.objective->mean > (1 - kConstantShare) * *j.context.constant;
}

RateStatus status_of(const Judgement& j, const Recommendation& r) {
  if (j.best_improvement < kStuckShare || is_no_better_than_constant(j, r)) return RateStatus::stuck;
  if (j.diverged_seeds > 0) return RateStatus::unstable;
  if (touches_low(j) || touches_high(j)) return RateStatus::edge;
  const bool is_whole = r.objective && r.seeds >= j.context.search.seeds;
  if (!is_whole || !r.regret_bound || *r.regret_bound > j.context.search.tolerance) return RateStatus::noisy;
  return RateStatus::ok;
}

// As --set takes it.
std::string range_value(double low, double high) {
  return fmt::format("[{}, {}]", format_number(low), format_number(high));
}

Notice edge_notice(const Judgement& j) {
  const bool low = touches_low(j);
  const Facts facts = {{"end", low ? "low" : "high"}, {"tried", low ? j.tried.min : j.tried.max}};
  if (!low && j.tried.max >= kHighestRate) return {NoticeKind::edge, facts};
  if (!j.context.search.extend) return {NoticeKind::edge, facts, "search.extend", "true"};
  return {NoticeKind::edge, facts, "search.range"};
}

// Why the bound is not within the tolerance.
Notice noise_notice(const Judgement& j, const Recommendation& r) {
  const std::size_t wanted = j.context.search.seeds;
  if (r.seeds < wanted)
    return {NoticeKind::noisy, {{"trained_seeds", r.seeds}, {"seeds", wanted}}, "search.budget_runs"};
  if (!r.regret_bound) return {NoticeKind::noisy, {{"seeds", r.seeds}}, "search.seeds", "3"};
  const double tolerance = j.context.search.tolerance;
  Facts facts = {{"bound_percent", round_significant(100 * *r.regret_bound, 2)},
                 {"tolerance_percent", round_significant(100 * tolerance, 2)}};
  // Not the budget has ended the search, but the seeds.
  if (j.context.budget - j.full_runs >= static_cast<double>(wanted + 2)) {
    const auto seeds = static_cast<double>(j.context.search.max_seeds);
    return {NoticeKind::noisy, facts, "search.max_seeds",
            format_number(ceil_significant(seeds * (*r.regret_bound / tolerance), 2))};
  }
  const double enough = ceil_significant(j.full_runs * (*r.regret_bound / tolerance), 2);
  if (enough <= kMostRuns) return {NoticeKind::noisy, facts, "search.budget_runs", format_number(enough)};
  facts.push_back({"beyond_runs", kMostRuns});
  return {NoticeKind::noisy, facts, "search.budget_runs"};
}

// One notice for a status that is not ok: what was seen and what to change.
std::optional<Notice> status_notice(const Judgement& j, const Recommendation& r) {
  switch (r.status) {
    case RateStatus::ok:
    case RateStatus::flat:
    case RateStatus::all_diverged:
      return std::nullopt;
    case RateStatus::unstable:
      return Notice{NoticeKind::unstable, {{"diverged_seeds", j.diverged_seeds}, {"seeds", r.seeds}}, "search.range"};
    case RateStatus::stuck:
      if (j.best_improvement >= kStuckShare)
        return Notice{
            NoticeKind::stuck, {{"best", r.objective->mean}, {"constant", *j.context.constant}}, "data.target"};
      return Notice{NoticeKind::stuck,
                    {{"least_percent", 100 * kStuckShare}, {"best_percent", 100 * j.best_improvement}},
                    "training.epochs"};
    case RateStatus::edge:
      return edge_notice(j);
    case RateStatus::noisy:
      return noise_notice(j, r);
  }
  return std::nullopt;
}

void add_trial_notices(const PlanContext& context, const EntryResults& results, Recommendation& r) {
  const RateRange tried = searched_range(results.trials);
  if (std::ranges::count(results.trials, Stage::extend, &Trial::stage) > 0)
    r.notices.push_back({NoticeKind::extended,
                         {{"from", tried.min}, {"to", tried.max}},
                         "search.range",
                         range_value(tried.min, tried.max)});
  const auto recovered = static_cast<std::size_t>(std::ranges::count(results.trials, true, &Trial::recovered));
  if (recovered > 0) r.notices.push_back({NoticeKind::recovered, {{"trials", recovered}, {"factor", kBlowUp}}});
  if (was_shortened(context, results))
    r.notices.push_back({NoticeKind::budget, {{"full_runs", context.budget}}, "search.budget_runs"});
  const DefaultRate usual = default_rate_result(results);
  if (usual.objective && r.objective && usual.objective->mean < r.objective->mean) {
    const double rate = usual.learning_rate;
    if (rate < tried.min || rate > tried.max)
      r.notices.push_back({NoticeKind::default_better,
                           {{"rate", rate}, {"from", tried.min}, {"to", tried.max}},
                           "search.range",
                           range_value(std::min(rate, tried.min), std::max(rate, tried.max))});
    else
      r.notices.push_back({NoticeKind::default_better, {{"rate", rate}}, "search.seeds"});
  }
}

}  // namespace

Recommendation recommend(const PlanContext& context, const EntryResults& results, std::optional<double> unit) {
  Recommendation r;
  const auto points = rate_points(results.trials, context.objective);
  const auto advice = advice_on(context, results);
  if (!advice) {
    r.status = RateStatus::all_diverged;
    r.notices.push_back({NoticeKind::all_diverged, {}, "search.range"});
    return r;
  }
  r.learning_rate = advice->rate;
  r.interval = advice->interval;
  r.regret_bound = advice->bound;
  r.plateau = advice->plateau;
  const auto confirmed = trials_at(results.trials, *r.learning_rate);
  r.seeds = confirmed.size();
  r.objective = estimate_of(confirmed, &Trial::objective);
  r.validation_error = estimate_of(confirmed, &Trial::validation_error);
  if (r.objective && unit) {
    r.objective_in_target_units = Estimate{r.objective->mean * *unit, {}};
    if (r.objective->standard_error) r.objective_in_target_units->standard_error = *r.objective->standard_error * *unit;
  }
  r.divergence_margin_decades = divergence_margin(points, *r.learning_rate);
  const auto diverged_seeds =
      static_cast<std::size_t>(std::ranges::count_if(confirmed, [](const Trial* trial) { return !trial->objective; }));
  const Judgement judgement{context,
                            *advice,
                            searched_range(results.trials),
                            best_improvement(results.trials, context.objective),
                            diverged_seeds,
                            full_runs(context, results.trials)};
  r.range = usable_range(context, results.trials, points, *r.learning_rate);
  r.status = status_of(judgement, r);
  if (auto notice = status_notice(judgement, r)) r.notices.push_back(std::move(*notice));
  add_trial_notices(context, results, r);
  return r;
}

DefaultRate default_rate_result(const EntryResults& results) {
  const auto trials = trials_at(results.trials, results.default_rate);
  const bool diverged = std::ranges::any_of(trials, [](const Trial* t) { return !t->objective; });
  return {results.default_rate, estimate_of(trials, &Trial::objective), diverged};
}

void classify(std::vector<Trial>& trials, const ObjectiveRow& objective, const Recommendation& recommendation) {
  if (!recommendation.learning_rate) return;
  const double best = best_improvement(trials, objective);
  for (Trial& trial : trials) {
    const auto share = improvement(trial, objective);
    if (!share) continue;
    if (*share >= kLearnedShare * best)
      trial.trial_class = TrialClass::learned;
    else
      trial.trial_class = trial.learning_rate < *recommendation.learning_rate ? TrialClass::slow : TrialClass::stuck;
  }
}

std::optional<Overall> recommend_overall(std::span<const Entry> entries) {
  const Entry* winner = nullptr;
  for (const Entry& entry : entries) {
    if (!entry.recommendation.objective) continue;
    if (winner == nullptr || entry.recommendation.objective->mean < winner->recommendation.objective->mean)
      winner = &entry;
  }
  if (winner == nullptr) return std::nullopt;
  const Recommendation& best = winner->recommendation;
  Overall overall{winner->label, *best.learning_rate, *best.objective, {}, best.status};
  const auto reference = trials_at(winner->trials, *best.learning_rate);
  for (const Entry& entry : entries) {
    if (&entry == winner || !entry.recommendation.objective) continue;
    const auto trials = trials_at(entry.trials, *entry.recommendation.learning_rate);
    std::vector<double> differences;
    for (const Trial* a : trials)
      for (const Trial* b : reference)
        if (a->seed == b->seed) differences.push_back(*a->objective - *b->objective);
    if (differences.empty()) continue;
    const Estimate d = estimate(differences);
    // One seed says nothing about chance: nothing is told apart.
    if (!d.standard_error || d.mean <= student_t_975(differences.size() - 1) * *d.standard_error)
      overall.not_told_apart.push_back(entry.label);
  }
  return overall;
}

}  // namespace lrtune
