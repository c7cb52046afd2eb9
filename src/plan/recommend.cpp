#include "plan/recommend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.h"
#include "base/text.h"
#include "plan/rates.h"
#include "plan/surface.h"
#include "stats/summary.h"

namespace lrtune {
namespace {

constexpr double kStuckShare = 0.05;  // of L(0)
constexpr double kFlatDecades = 2;
constexpr double kNoisyDecades = 0.6;
constexpr double kLearnedShare = 0.1;  // of the best improvement
constexpr double kRangeShare = 0.5;    // of the best improvement

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
  RateRange tried;  // by the search, rates that were given up included
  double best_improvement;
};

double decades(const RateInterval& interval) { return math::log10(interval[1] / interval[0]); }

RateStatus status_of(const Judgement& j, const Recommendation& r) {
  if (j.best_improvement < kStuckShare) return RateStatus::stuck;
  if (r.interval && decades(*r.interval) >= kFlatDecades) return RateStatus::flat;
  const double low = r.interval ? (*r.interval)[0] : *r.learning_rate;
  const double high = r.interval ? (*r.interval)[1] : *r.learning_rate;
  if (low <= j.tried.min || high >= j.tried.max) return RateStatus::edge;
  const bool is_whole = r.objective && r.seeds >= j.context.search.seeds;
  if (!is_whole || !r.interval || decades(*r.interval) > kNoisyDecades) return RateStatus::noisy;
  return RateStatus::ok;
}

std::string edge_remedy(const Judgement& j, bool low) {
  if (!low && j.tried.max >= kHighestRate) return "rates that high are not tried; look at the model and the data";
  if (!j.context.search.extend) return "set search.extend to true, or a wider search.range";
  return "set search.range to reach further, or change training.epochs";
}

// One notice for a status that is not ok: what was seen and what to change.
std::optional<Notice> status_notice(const Judgement& j, const Recommendation& r) {
  switch (r.status) {
    case RateStatus::ok:
    case RateStatus::all_diverged:
      return std::nullopt;
    case RateStatus::stuck:
      return Notice{
          "stuck",
          fmt::format("no rate lowered the objective by 5 %; the best did by {:.2g} %", 100 * j.best_improvement),
          "train longer (training.epochs), or change the model or the data"};
    case RateStatus::flat:
      return Notice{"flat", fmt::format("rates from {} to {} do about as well", (*r.interval)[0], (*r.interval)[1]),
                    "any of them will do; a larger search.budget_runs or more epochs would tell them apart"};
    case RateStatus::edge: {
      const bool low = (r.interval ? (*r.interval)[0] : *r.learning_rate) <= j.tried.min;
      return Notice{"edge",
                    fmt::format("rates as {} as the {} tried, {}, cannot be ruled out", low ? "low" : "high",
                                low ? "lowest" : "highest", low ? j.tried.min : j.tried.max),
                    edge_remedy(j, low)};
    }
    case RateStatus::noisy:
      if (!r.objective && r.seeds > 0)
        return Notice{"noisy", "a seed diverged at this rate, and no lower one was trained to its end",
                      "lower search.range, or set training.clip_norm"};
      if (r.seeds < j.context.search.seeds)
        return Notice{"noisy", fmt::format("trained on {} of {} seeds", r.seeds, j.context.search.seeds),
                      "a larger search.budget_runs"};
      if (!r.interval)
        return Notice{"noisy", "one seed tells nothing about chance: no interval", "set search.seeds to 3 or more"};
      return Notice{"noisy", fmt::format("the interval covers {:.2g} decades", decades(*r.interval)),
                    "a larger search.budget_runs, and search.max_seeds above 10 if that is not enough"};
  }
  return std::nullopt;
}

void add_trial_notices(const PlanContext& context, const EntryResults& results, Recommendation& r) {
  const auto extended = std::ranges::count(results.trials, Stage::extend, &Trial::stage);
  if (extended > 0) {
    const RateRange tried = searched_range(results.trials);
    r.notices.push_back({"extended",
                         fmt::format("the best rate lay at an end of the range; tried {} to {} in all",
                                     format_number(tried.min), format_number(tried.max)),
                         "set search.range to cover it from the start"});
  }
  const auto recovered = std::ranges::count(results.trials, true, &Trial::recovered);
  if (recovered > 0)
    r.notices.push_back({"recovered",
                         fmt::format("{} passed 4 times the initial loss and came back",
                                     recovered == 1 ? "a trial" : fmt::format("{} trials", recovered)),
                         "look at their curves before you use rates that high"});
  if (was_shortened(context, results))
    r.notices.push_back({"budget", fmt::format("the search was cut to {} full runs", *context.search.budget_runs),
                         "a larger search.budget_runs"});
  const DefaultRate usual = default_rate_result(results);
  if (usual.objective && r.objective && usual.objective->mean < r.objective->mean) {
    const RateRange tried = searched_range(results.trials);
    const bool outside = usual.learning_rate < tried.min || usual.learning_rate > tried.max;
    const std::string rate = format_number(usual.learning_rate);
    r.notices.push_back(
        outside ? Notice{"default_better",
                         "the framework's default rate " + rate + " lies outside what was searched and did better",
                         "set search.range to include it"}
                : Notice{"default_better",
                         "the framework's default rate " + rate + " was trained on the same seeds and did better",
                         "a larger search.seeds tells whether that is chance; until then the default is safer"});
  }
}

}  // namespace

Recommendation recommend(const PlanContext& context, const EntryResults& results, std::optional<double> unit) {
  Recommendation r;
  const auto points = rate_points(results.trials, context.objective);
  const auto advice = advice_on(context, results);
  if (!advice) {
    r.status = RateStatus::all_diverged;
    r.notices.push_back({"all_diverged", "every trial diverged", "lower search.range, or set training.clip_norm"});
    return r;
  }
  r.learning_rate = advice->rate;
  r.interval = advice->interval;
  const auto confirmed = trials_at(results.trials, *r.learning_rate);
  r.seeds = confirmed.size();
  r.objective = estimate_of(confirmed, &Trial::objective);
  r.validation_error = estimate_of(confirmed, &Trial::validation_error);
  if (r.objective && unit) {
    r.objective_in_target_units = Estimate{r.objective->mean * *unit, {}};
    if (r.objective->standard_error) r.objective_in_target_units->standard_error = *r.objective->standard_error * *unit;
  }
  r.divergence_margin_decades = divergence_margin(points, *r.learning_rate);
  const Judgement judgement{context, searched_range(results.trials),
                            best_improvement(results.trials, context.objective)};
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
