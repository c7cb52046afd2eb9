#include "train/trials.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <numeric>

#include "base/check.h"
#include "base/parallel.h"
#include "nn/init.h"
#include "train/lane_record.h"
#include "train/solo.h"

namespace lrtune {
namespace {

// The rows of one minibatch, gathered in order.
struct Minibatch {
  std::vector<float> features;
  std::vector<std::int32_t> labels;
  std::vector<float> targets;

  // `all_targets`: [row][output], or empty.
  RowBlock gather(const Rows& rows, std::span<const float> all_targets, std::span<const std::uint32_t> order) {
    const std::size_t feature_count = rows.features.size() / rows.count;
    const std::size_t outputs = all_targets.size() / rows.count;
    features.resize(order.size() * feature_count);
    for (std::size_t b = 0; b < order.size(); ++b)
      std::copy_n(rows.features.begin() + static_cast<std::ptrdiff_t>(order[b] * feature_count), feature_count,
                  features.begin() + static_cast<std::ptrdiff_t>(b * feature_count));
    labels.clear();
    targets.clear();
    for (std::uint32_t row : order) {
      if (!rows.labels.empty()) labels.push_back(rows.labels[row]);
      const auto own = all_targets.subspan(row * outputs, outputs);
      targets.insert(targets.end(), own.begin(), own.end());
    }
    return {order.size(), features.data(), labels.data(), targets.data()};
  }
};

RowBlock whole(const Rows& rows, std::span<const float> targets) {
  return {rows.count, rows.features.data(), rows.labels.empty() ? nullptr : rows.labels.data(),
          targets.empty() ? nullptr : targets.data()};
}

// A trainer in the layout that is cheaper for so few lanes; one lane may go either way.
std::unique_ptr<Trainer> make_trainer(const Experiment& e, std::span<const LaneOptimizer> lanes, RandomKey key) {
  const std::vector<float> initial = initial_parameters(e.network.shapes, e.init, key);
  if (lanes.size() == 1 && solo_is_cheaper(e.network, e.batch_size, 1))
    return std::make_unique<Solo>(*e.kernel, e.network, lanes.front(), initial, e.batch_size, e.clip_norm);
  return std::make_unique<Cohort>(*e.kernel, e.network, lanes, initial, e.batch_size, e.clip_norm);
}

struct Trained {
  std::vector<Trial> trials;
  std::unique_ptr<Trainer> trainer;
};

// Trains the lanes of one seed, sorted by rule; at most kLanes.
Trained train_together(const Experiment& e, std::span<const TrialRequest> requests) {
  const RandomKey key{e.search_seed, static_cast<std::uint32_t>(requests.front().seed)};
  std::vector<LaneOptimizer> optimizers;
  std::vector<LaneRecord> lanes;
  for (const TrialRequest& request : requests) {
    optimizers.push_back(e.entries[request.entry]);
    lanes.emplace_back(request);
  }
  std::unique_ptr<Trainer> trainer = make_trainer(e, optimizers, key);
  const Rows& train = e.task->train;
  const RowBlock validation = whole(e.task->validation, e.validation_targets);
  Minibatch minibatch;
  std::vector<std::uint32_t> order;
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
    const std::size_t first = k % e.updates_per_epoch * e.batch_size;
    if (first == 0)
      order = random_permutation(train.count, key, Purpose::minibatch_order,
                                 static_cast<std::uint32_t>(k / e.updates_per_epoch));
    for (std::size_t t = 0; t < lanes.size(); ++t)
      rates[t] = lanes[t].learning_rate() * e.schedule.factor(k, lanes[t].plateau());
    const PerLane losses =
        trainer->train(minibatch.gather(train, e.train_targets, std::span(order).subspan(first, e.batch_size)), rates);
    for (std::size_t t = 0; t < lanes.size(); ++t) lanes[t].minibatch(k + 1, losses[t]);
  }
  std::vector<Trial> trials;
  for (LaneRecord& lane : lanes) trials.push_back(lane.finish(*e.objective, e.updates));
  return {std::move(trials), std::move(trainer)};
}

// Trains all requests in groups; keep(index of the request, trained, lane) of each, from one thread at a time.
template <class Keep>
void train_groups(const Experiment& e, std::span<const TrialRequest> requests, std::size_t threads,
                  const TrialsFinished& finished, const Keep& keep) {
  const auto groups = trial_groups(e, requests);
  std::mutex mutex;
  for_each_job(groups.size(), threads, [&](std::size_t c) {
    std::vector<TrialRequest> lanes;
    for (std::size_t i : groups[c]) lanes.push_back(requests[i]);
    Trained trained = train_together(e, lanes);
    const std::lock_guard lock(mutex);
    for (std::size_t t = 0; t < lanes.size(); ++t) keep(groups[c][t], trained, t);
    if (finished) finished(lanes.size());
  });
}

EndState end_state(const Trainer& trainer, std::size_t slots, std::size_t lane) {
  EndState state{trainer.parameters(lane), {}};
  for (std::size_t s = 0; s < slots; ++s) state.slots.push_back(trainer.slot(s, lane));
  return state;
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
  std::vector<Trial> trials(requests.size());
  train_groups(experiment, requests, threads, finished,
               [&](std::size_t i, Trained& trained, std::size_t t) { trials[i] = std::move(trained.trials[t]); });
  return trials;
}

std::vector<std::optional<EndState>> train_to_end(const Experiment& experiment, std::span<const TrialRequest> requests,
                                                  std::size_t threads, const TrialsFinished& finished) {
  std::vector<std::optional<EndState>> states(requests.size());
  train_groups(experiment, requests, threads, finished, [&](std::size_t i, const Trained& trained, std::size_t t) {
    const std::size_t slots = rules()[experiment.entries[requests[i].entry].rule].slots;
    if (trained.trials[t].status == TrialStatus::completed) states[i] = end_state(*trained.trainer, slots, t);
  });
  return states;
}

RowBlock training_rows(const Experiment& experiment) { return whole(experiment.task->train, experiment.train_targets); }

}  // namespace lrtune
