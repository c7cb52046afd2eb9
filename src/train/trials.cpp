#include "train/trials.h"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "base/check.h"
#include "base/parallel.h"
#include "train/lane_record.h"
#include "train/session.h"
#include "train/solo.h"

namespace lrtune {
namespace {

// Trains the lanes of one seed, sorted by rule; at most kLanes.
std::vector<Trial> train_together(const Experiment& e, std::span<const TrialRequest> requests) {
  const RandomKey key{e.search_seed, static_cast<std::uint32_t>(requests.front().seed)};
  std::vector<LaneOptimizer> optimizers;
  std::vector<LaneRecord> lanes;
  for (const TrialRequest& request : requests) {
    optimizers.push_back(e.entries[request.entry]);
    lanes.emplace_back(request);
  }
  const std::unique_ptr<Trainer> trainer = make_trainer(e, optimizers, key);
  const RowBlock validation = whole_set(e.task->validation, e.validation_targets);
  Minibatches minibatches(e, key);
  std::vector<double> rates(lanes.size());
  std::size_t next_look = 0;
  for (std::size_t k = 0;; ++k) {
    if (k == e.looks[next_look]) {
      const Trainer::Evaluation seen = trainer->evaluate(validation);
      ++next_look;
      for (std::size_t t = 0; t < lanes.size(); ++t)
        lanes[t].look({k, seen.loss[t], seen.error[t], validation.labels != nullptr, k == e.updates}, e.schedule);
    }
    if (k == e.updates || std::ranges::none_of(lanes, &LaneRecord::running)) break;
    for (std::size_t t = 0; t < lanes.size(); ++t)
      rates[t] = lanes[t].learning_rate() * e.schedule.factor(k, lanes[t].plateau());
    const PerLane losses = trainer->train(minibatches.of_update(k), rates);
    for (std::size_t t = 0; t < lanes.size(); ++t) lanes[t].minibatch(k + 1, losses[t]);
  }
  std::vector<Trial> trials;
  for (LaneRecord& lane : lanes) trials.push_back(lane.finish(*e.objective, e.updates));
  return trials;
}

}  // namespace

std::vector<std::vector<std::size_t>> trial_groups(const Experiment& e, std::span<const TrialRequest> requests) {
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const TrialRequest& r = requests[i];
    return std::tuple(r.seed, e.entries[r.entry].rule, r.entry, r.learning_rate);
  });
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t begin = 0; begin < order.size();) {
    const std::size_t seed = requests[order[begin]].seed;
    std::size_t end = begin;
    while (end < order.size() && end < begin + kLanes && requests[order[end]].seed == seed) ++end;
    if (solo_is_cheaper(e.network, e.batch_size, end - begin)) {
      for (; begin < end; ++begin) groups.push_back({order[begin]});
    } else {
      groups.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(begin),
                          order.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end;
    }
  }
  return groups;
}

std::vector<Trial> train_trials(const Experiment& experiment, std::span<const TrialRequest> requests,
                                std::size_t threads, const TrialsFinished& finished) {
  const auto groups = trial_groups(experiment, requests);
  std::vector<Trial> trials(requests.size());
  std::mutex mutex;
  for_each_job(groups.size(), threads, [&](std::size_t c) {
    std::vector<TrialRequest> lanes;
    for (std::size_t i : groups[c]) lanes.push_back(requests[i]);
    std::vector<Trial> trained = train_together(experiment, lanes);
    const std::lock_guard lock(mutex);
    for (std::size_t t = 0; t < lanes.size(); ++t) trials[groups[c][t]] = std::move(trained[t]);
    if (finished) finished(lanes.size());
  });
  return trials;
}

}  // namespace lrtune
