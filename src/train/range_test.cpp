#include "train/range_test.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "base/math.h"
#include "base/parallel.h"
#include "stats/running_mean.h"
#include "train/session.h"
#include "train/trials.h"

namespace lrtune {
namespace {

// One run while it goes on.
class GrowingRun {
 public:
  GrowingRun(const RangeOptions& options, std::size_t seed) : factor_(options.stop_factor), mean_(options.smoothing) {
    run_.seed = seed;
    run_.curve.updates = options.updates;
  }

  bool running() const { return !run_.ended_at_update; }

  void add(double rate, double loss) {
    if (!running()) return;
    LossCurve& curve = run_.curve;
    const double smoothed = mean_.add(loss);
    if (!std::isfinite(loss) || !std::isfinite(smoothed)) return end(RangeStatus::non_finite, curve.loss.size() + 1);
    curve.rate.push_back(rate);
    curve.loss.push_back(loss);
    curve.smoothed.push_back(smoothed);
    if (curve.loss.size() == 1) best_ = smoothed;
    if (smoothed > stop_limit(curve.smoothed.front(), best_, factor_))
      return end(RangeStatus::stopped, curve.loss.size());
    best_ = std::min(best_, smoothed);
  }

  RangeRun finish() {
    if (run_.curve.loss.size() < fewest_points(run_.curve.updates)) run_.status = RangeStatus::too_short;
    return std::move(run_);
  }

 private:
  void end(RangeStatus status, std::size_t update) {
    run_.status = status;
    run_.ended_at_update = update;
  }

  RangeRun run_;
  double factor_;
  RunningMean mean_;
  double best_ = 0;  // lowest smoothed loss so far
};

PerLane losses_after(const Experiment& e, RangeLoss kind, Trainer& trainer) {
  const bool train = kind == RangeLoss::train;
  return trainer
      .evaluate(train ? whole_set(e.task->train, e.train_targets) : whole_set(e.task->validation, e.validation_targets))
      .loss;
}

// The lanes of one seed, sorted by rule; at most kLanes.
std::vector<RangeRun> run_together(const Experiment& e, const RangeOptions& options,
                                   std::span<const RangeRequest> requests) {
  const RandomKey key{e.search_seed, static_cast<std::uint32_t>(requests.front().seed)};
  std::vector<LaneOptimizer> optimizers;
  std::vector<GrowingRun> lanes;
  for (const RangeRequest& request : requests) {
    optimizers.push_back(e.entries[request.entry]);
    lanes.emplace_back(options, request.seed);
  }
  const std::unique_ptr<Trainer> trainer = make_trainer(e, optimizers, key);
  Minibatches minibatches(e, key);
  for (std::size_t k = 0; k < options.updates && std::ranges::any_of(lanes, &GrowingRun::running); ++k) {
    const double rate = growing_rate(options, k);
    const PerLane before = trainer->train(minibatches.of_update(k), std::vector<double>(lanes.size(), rate));
    const PerLane losses = options.loss == RangeLoss::batch ? before : losses_after(e, options.loss, *trainer);
    for (std::size_t t = 0; t < lanes.size(); ++t) lanes[t].add(rate, losses[t]);
  }
  std::vector<RangeRun> runs;
  for (GrowingRun& lane : lanes) runs.push_back(lane.finish());
  return runs;
}

}  // namespace

double growing_rate(const RangeOptions& o, std::size_t k) {
  if (k == 0) return o.from;
  if (k + 1 >= o.updates) return o.to;
  const double share = static_cast<double>(k) / static_cast<double>(o.updates - 1);
  return o.growth == RateGrowth::linear ? o.from + (o.to - o.from) * share : o.from * math::pow(o.to / o.from, share);
}

double stop_limit(double initial, double best, double factor) {
  constexpr double kShareOfFall = 0.01;
  return best + (factor - 1) * std::max(std::fabs(best), kShareOfFall * (initial - best));
}

std::size_t fewest_points(std::size_t updates) {
  constexpr std::size_t kOfASlope = 2;
  constexpr std::size_t kTrimmed = 10 + 1;
  return std::min(updates / 10, kTrimmed) + kOfASlope;
}

std::vector<RangeRun> range_tests(const Experiment& experiment, const RangeOptions& options,
                                  std::span<const RangeRequest> requests, std::size_t threads,
                                  const RangeRunsFinished& finished) {
  std::vector<TrialRequest> trials;  // for their grouping: by seed, neighbours in rule
  for (const RangeRequest& request : requests)
    trials.push_back({Stage::coarse, {request.entry, options.from, request.seed}});
  const auto groups = trial_groups(experiment, trials);
  std::vector<RangeRun> runs(requests.size());
  std::mutex mutex;
  for_each_job(groups.size(), threads, [&](std::size_t g) {
    std::vector<RangeRequest> lanes;
    for (std::size_t i : groups[g]) lanes.push_back(requests[i]);
    std::vector<RangeRun> trained = run_together(experiment, options, lanes);
    const std::lock_guard lock(mutex);
    for (std::size_t t = 0; t < lanes.size(); ++t) runs[groups[g][t]] = std::move(trained[t]);
    if (finished) finished(lanes.size());
  });
  return runs;
}

}  // namespace lrtune
