#include "plan/recommend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/math.h"
#include "base/text.h"
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

std::optional<double> best_objective(std::span<const Trial> trials) {
  std::optional<double> best;
  for (const Trial& trial : trials)
    if (trial.objective && (!best || *trial.objective < *best)) best = trial.objective;
  return best;
}

RateRange usable_range(std::span<const Trial> trials, std::span<const RatePoint> points, double rate, double initial,
                       double best) {
  const double half = initial - kRangeShare * (initial - best);
  RateRange range{rate, rate};
  for (const Trial& trial : trials)
    if (trial.objective && *trial.objective <= half) range.min = std::min(range.min, trial.learning_rate);
  const auto cliff = std::ranges::find_if(points, [&](const RatePoint& p) { return p.failed && p.rate > rate; });
  if (cliff != points.end()) {
    range.max = std::max(rate, round_significant(cliff->rate / 2, 3));
  } else {
    for (const RatePoint& point : points)
      if (point.completed) range.max = std::max(range.max, point.rate);
  }
  return range;
}

struct Judgement {
  const PlanContext& context;
  std::span<const RatePoint> points;
  double initial;
  double best;
};

double decades(const RateInterval& interval) { return math::log10(interval[1] / interval[0]); }

RateStatus status_of(const Judgement& j, const Recommendation& r) {
  if (j.initial - j.best < kStuckShare * j.initial) return RateStatus::stuck;
  if (r.interval && decades(*r.interval) >= kFlatDecades) return RateStatus::flat;
  const double lowest = j.points.front().rate;
  const double highest = j.points.back().rate;
  const double low = r.interval ? (*r.interval)[0] : *r.learning_rate;
  const double high = r.interval ? (*r.interval)[1] : *r.learning_rate;
  if (low <= lowest || high >= highest) return RateStatus::edge;
  if (!r.interval || decades(*r.interval) > kNoisyDecades || r.seeds < j.context.search.seeds) return RateStatus::noisy;
  return RateStatus::ok;
}

// One notice for a status that is not ok: what was seen and what to change.
std::optional<Notice> status_notice(const Judgement& j, const Recommendation& r) {
  const double lowest = j.points.front().rate;
  const double highest = j.points.back().rate;
  switch (r.status) {
    case RateStatus::ok:
    case RateStatus::all_diverged:
      return std::nullopt;
    case RateStatus::stuck:
      return Notice{"stuck",
                    fmt::format("no rate lowered the objective by 5 % (from {:.4g} to {:.4g})", j.initial, j.best),
                    "train longer (training.epochs), or change the model or the data"};
    case RateStatus::flat:
      return Notice{"flat", fmt::format("rates from {} to {} do about as well", (*r.interval)[0], (*r.interval)[1]),
                    "any of them will do; more seeds (search.seeds) or more epochs would tell them apart"};
    case RateStatus::edge: {
      const bool low = (r.interval ? (*r.interval)[0] : *r.learning_rate) <= lowest;
      return Notice{"edge",
                    fmt::format("rates as {} as the {} tried, {}, cannot be ruled out", low ? "low" : "high",
                                low ? "lowest" : "highest", low ? lowest : highest),
                    j.context.search.extend ? "set search.range to reach further, or change training.epochs"
                                            : "set search.extend to true, or a wider search.range"};
    }
    case RateStatus::noisy:
      if (!r.interval)
        return Notice{"noisy", "one seed tells nothing about chance: no interval", "set search.seeds to 3 or more"};
      if (r.seeds < j.context.search.seeds)
        return Notice{"noisy", fmt::format("trained on {} of {} seeds", r.seeds, j.context.search.seeds),
                      "a larger search.budget_runs"};
      return Notice{"noisy", fmt::format("the interval covers {:.2g} decades", decades(*r.interval)),
                    "more seeds (search.seeds)"};
  }
  return std::nullopt;
}

void add_trial_notices(const PlanContext& context, const EntryResults& results, Recommendation& r) {
  const auto count = [&](Stage stage) { return std::ranges::count(results.trials, stage, &Trial::stage); };
  if (count(Stage::extend) > 0) {
    const auto [low, high] = std::ranges::minmax(results.trials, {}, &Trial::learning_rate);
    r.notices.push_back({"extended",
                         fmt::format("the best rate lay at an end of the range; tried {} to {} in all",
                                     low.learning_rate, high.learning_rate),
                         "set search.range to cover it from the start"});
  }
  const auto recovered = std::ranges::count(results.trials, true, &Trial::recovered);
  if (recovered > 0)
    r.notices.push_back({"recovered",
                         fmt::format("{} passed 4 times the initial loss and came back",
                                     recovered == 1 ? "a trial" : fmt::format("{} trials", recovered)),
                         "look at their curves before you use rates that high"});
  if (context.search.budget_runs && !results.trials.empty() &&
      full_runs(results.trials, context.updates) > *context.search.budget_runs - 1)
    r.notices.push_back({"budget", fmt::format("the search was cut to {} full runs", *context.search.budget_runs),
                         "a larger search.budget_runs"});
}

}  // namespace

Recommendation recommend(const PlanContext& context, const EntryResults& results, std::optional<double> target_sd) {
  Recommendation r;
  r.learning_rate = picked_rate(context.objective, results.trials);
  if (!r.learning_rate) {
    r.status = RateStatus::all_diverged;
    r.notices.push_back({"all_diverged", "every trial diverged", "lower search.range, or set training.clip_norm"});
    return r;
  }
  const auto points = rate_points(results.trials, context.objective, Confirmed::counted);
  const auto confirmed = trials_at(results.trials, *r.learning_rate);
  r.seeds = confirmed.size();
  r.objective = estimate_of(confirmed, &Trial::objective);
  r.validation_error = estimate_of(confirmed, &Trial::validation_error);
  if (r.objective && target_sd) {
    const double unit = *target_sd * *target_sd;
    r.objective_in_target_units = Estimate{r.objective->mean * unit, {}};
    if (r.objective->standard_error) r.objective_in_target_units->standard_error = *r.objective->standard_error * unit;
  }
  r.interval = rate_interval(points, *r.learning_rate);
  const Judgement judgement{context, points, initial_objective(results.trials, context.objective).value(),
                            best_objective(results.trials).value()};
  r.range = usable_range(results.trials, points, *r.learning_rate, judgement.initial, judgement.best);
  r.status = status_of(judgement, r);
  if (auto notice = status_notice(judgement, r)) r.notices.push_back(std::move(*notice));
  add_trial_notices(context, results, r);
  return r;
}

DefaultRate default_rate_result(const EntryResults& results) {
  const auto trials = trials_at(results.trials, results.default_rate);
  return {results.default_rate, estimate_of(trials, &Trial::objective)};
}

void classify(std::vector<Trial>& trials, const ObjectiveRow& objective, const Recommendation& recommendation) {
  const auto initial = initial_objective(trials, objective);
  const auto best = best_objective(trials);
  if (!initial || !best || !recommendation.learning_rate) return;
  for (Trial& trial : trials) {
    if (!trial.objective) continue;
    if (*initial - *trial.objective >= kLearnedShare * (*initial - *best))
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
