#include "train/trials.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <tuple>

#include "base/parallel.h"
#include "train/session.h"
#include "train/solo.h"

namespace lrtune {
namespace {

std::size_t stop_of(const Experiment& e, const TrialRequest& request) {
  return request.updates == 0 ? e.updates : std::min(request.updates, e.updates);
}

// Factor on the swept rates for update k of a run of `stop` updates. A schedule that depends on its own length is gone
// through faster in a shorter run.
double schedule_factor(const Experiment& e, std::size_t k, std::size_t stop, const PlateauState& plateau) {
  const std::size_t place = e.schedule.depends_on_total() ? k * e.updates / stop : k;
  return e.schedule.factor(place, plateau);
}

// Trials that are trained together: lanes of one seed, sorted by rule, at most kLanes, which stop at the same update
// and begin at the same one.
class Group {
 public:
  Group(const Experiment& e, std::span<const TrialRequest> requests, const std::vector<const PausedTrial*>& paused)
      : e_(e),
        key_{e.search_seed, static_cast<std::uint32_t>(requests.front().key.seed)},
        stop_(stop_of(e, requests[0])) {
    std::vector<LaneOptimizer> optimizers;
    for (const TrialRequest& request : requests) optimizers.push_back(e.entries[request.key.entry]);
    trainer_ = make_trainer(e, optimizers, key_);
    for (std::size_t t = 0; t < requests.size(); ++t) {
      if (paused[t] == nullptr) {
        lanes_.emplace_back(requests[t].key.learning_rate);
        continue;
      }
      lanes_.push_back(paused[t]->record);
      trainer_->restore(t, paused[t]->state);
      begin_ = paused[t]->state.updates;
    }
  }

  void train() {
    Minibatches minibatches(e_, key_);
    std::vector<double> rates(lanes_.size());
    auto next_look = std::ranges::lower_bound(e_.looks, begin_);
    if (begin_ > 0 && next_look != e_.looks.end() && *next_look == begin_) ++next_look;  // it has been taken
    for (std::size_t k = begin_;; ++k) {
      if (next_look != e_.looks.end() && k == *next_look) {
        look(lanes_, k);
        ++next_look;
      }
      if (k == stop_ || std::ranges::none_of(lanes_, &LaneRecord::running)) {
        finished_ = true;
        return;
      }
      if (e_.is_stopped()) return;
      for (std::size_t t = 0; t < lanes_.size(); ++t)
        rates[t] = lanes_[t].learning_rate() * schedule_factor(e_, k, stop_, lanes_[t].plateau());
      const PerLane losses = trainer_->train(minibatches.of_update(k), rates);
      for (std::size_t t = 0; t < lanes_.size(); ++t) lanes_[t].minibatch(k + 1, losses[t]);
    }
  }

  // Trained as far as was asked for; false: the experiment was stopped on the way.
  bool finished() const { return finished_; }

  // How the trials of the requests stand now; those that were stopped early with a look at where they stopped.
  std::vector<Trial> trials(std::span<const TrialRequest> requests) const {
    std::vector<LaneRecord> lanes = lanes_;
    if (!std::ranges::binary_search(e_.looks, stop_) && std::ranges::any_of(lanes, &LaneRecord::running))
      look(lanes, stop_);
    std::vector<Trial> trials;
    for (std::size_t t = 0; t < lanes.size(); ++t)
      trials.push_back(judged(requests[t], lanes[t].looks(), e_.updates, *e_.objective));
    return trials;
  }

  // What lane t goes on from; nullopt if there is nothing to go on with.
  std::optional<PausedTrial> paused(std::size_t t) const {
    if (stop_ == e_.updates || e_.schedule.depends_on_total() || !lanes_[t].running()) return std::nullopt;
    return PausedTrial{lanes_[t], trainer_->state(t)};
  }

  // Where lane t has come to; nullopt: it has diverged.
  std::optional<Trainer::LaneState> end_state(std::size_t t) const {
    if (!finished_ || !lanes_[t].running()) return std::nullopt;
    return trainer_->state(t);
  }

 private:
  void look(std::vector<LaneRecord>& lanes, std::size_t k) const {
    const RowBlock validation = whole_set(e_.task->validation, e_.validation_targets);
    const Trainer::Evaluation seen = trainer_->evaluate(validation);
    for (std::size_t t = 0; t < lanes.size(); ++t) {
      const auto error = validation.labels != nullptr ? std::optional(seen.error[t]) : std::nullopt;
      lanes[t].look({k, 0, seen.loss[t], error, e_.ends_epoch(k)}, k == e_.updates, e_.schedule);
    }
  }

  const Experiment& e_;
  RandomKey key_;
  std::size_t begin_ = 0;
  std::size_t stop_;
  bool finished_ = false;
  std::unique_ptr<Trainer> trainer_;
  std::vector<LaneRecord> lanes_;
};

double bytes_of(const PausedTrial& paused) {
  return static_cast<double>(sizeof(float) * paused.state.parameters.size() * (1 + paused.state.slots.size()));
}

}  // namespace

const PausedTrial* PausedTrials::find(const TrialKey& key) const {
  const auto found = trials_.find(key);
  return found == trials_.end() ? nullptr : &found->second;
}

void PausedTrials::keep(const TrialKey& key, std::optional<PausedTrial> paused) {
  if (const auto found = trials_.find(key); found != trials_.end()) {
    bytes_ -= bytes_of(found->second);
    trials_.erase(found);
  }
  if (!paused || bytes_ + bytes_of(*paused) > kMostBytes) return;
  bytes_ += bytes_of(*paused);
  trials_.emplace(key, std::move(*paused));
}

std::vector<std::vector<std::size_t>> trial_groups(const Experiment& e, std::span<const TrialRequest> requests,
                                                   const PausedTrials& paused) {
  // Trials of one key can share a cohort.
  const auto shared = [&](std::size_t i) {
    const PausedTrial* trial = paused.find(requests[i].key);
    return std::tuple(requests[i].key.seed, stop_of(e, requests[i]), trial == nullptr ? 0 : trial->state.updates);
  };
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const TrialKey& key = requests[i].key;
    return std::tuple(shared(i), e.entries[key.entry].rule, key.entry, key.learning_rate);
  });
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && end < begin + e.packing.lanes && shared(order[end]) == shared(order[begin])) ++end;
    if (goes_solo(e, end - begin)) {
      for (; begin < end; ++begin) groups.push_back({order[begin]});
    } else {
      groups.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(begin),
                          order.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end;
    }
  }
  return groups;
}

namespace {

// Trains all requests in groups; keep(index of the request, its group, lane) of each that is finished, from one thread
// at a time.
template <class Keep>
void train_groups(const Experiment& e, std::span<const TrialRequest> requests, std::size_t threads,
                  const PausedTrials& paused, const Keep& keep) {
  const auto groups = trial_groups(e, requests, paused);
  std::mutex mutex;
  for_each_job(groups.size(), threads, [&](std::size_t c) {
    if (e.is_stopped()) return;
    std::vector<TrialRequest> lanes;
    for (std::size_t i : groups[c]) lanes.push_back(requests[i]);
    std::unique_lock lock(mutex);
    std::vector<const PausedTrial*> begun;
    for (const TrialRequest& lane : lanes) begun.push_back(paused.find(lane.key));
    lock.unlock();  // a trial is in one group only: nobody else touches what these point to
    Group group(e, lanes, begun);
    group.train();
    lock.lock();
    if (group.finished()) keep(groups[c], group);
  });
}

}  // namespace

void train_trials(const Experiment& experiment, std::span<const TrialRequest> requests, std::size_t threads,
                  PausedTrials& paused, const TrialSink& sink) {
  train_groups(experiment, requests, threads, paused, [&](const std::vector<std::size_t>& indices, const Group& group) {
    std::vector<TrialRequest> lanes;
    for (std::size_t i : indices) lanes.push_back(requests[i]);
    std::vector<Trial> trained = group.trials(lanes);
    for (std::size_t t = 0; t < indices.size(); ++t) {
      paused.keep(lanes[t].key, group.paused(t));
      sink(indices[t], std::move(trained[t]));
    }
  });
}

std::vector<Trial> train_trials(const Experiment& experiment, std::span<const TrialRequest> requests,
                                std::size_t threads, PausedTrials& paused) {
  std::vector<Trial> trials(requests.size());
  train_trials(experiment, requests, threads, paused,
               [&](std::size_t index, Trial trial) { trials[index] = std::move(trial); });
  return trials;
}

std::vector<Trial> train_trials(const Experiment& experiment, std::span<const TrialRequest> requests,
                                std::size_t threads) {
  PausedTrials none;
  return train_trials(experiment, requests, threads, none);
}

std::vector<std::optional<Trainer::LaneState>> train_to_end(const Experiment& experiment,
                                                            std::span<const TrialRequest> requests, std::size_t threads,
                                                            const TrialsFinished& finished) {
  std::vector<std::optional<Trainer::LaneState>> states(requests.size());
  train_groups(experiment, requests, threads, {}, [&](const std::vector<std::size_t>& indices, const Group& group) {
    for (std::size_t t = 0; t < indices.size(); ++t) states[indices[t]] = group.end_state(t);
    if (finished) finished(indices.size());
  });
  return states;
}

RowBlock training_rows(const Experiment& experiment) {
  return whole_set(experiment.task->train, experiment.train_targets);
}

}  // namespace lrtune
