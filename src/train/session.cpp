#include "train/session.h"

#include <algorithm>

#include "train/solo.h"

namespace lrtune {

bool goes_solo(const Experiment& e, std::size_t trials) {
  if (e.packing.layout == Layout::cheaper) return solo_is_cheaper(*e.kernel, e.network, e.batch_size, trials);
  return e.packing.layout == Layout::solo;
}

std::unique_ptr<Trainer> make_trainer(const Experiment& e, std::span<const LaneOptimizer> lanes, RandomKey key) {
  const std::vector<float> initial = e.initial(key);
  if (lanes.size() == 1 && goes_solo(e, 1))
    return std::make_unique<Solo>(*e.kernel, e.network, lanes.front(), initial, e.batch_size, e.clip_norm);
  return std::make_unique<Cohort>(*e.kernel, e.network, lanes, initial, e.batch_size, e.clip_norm);
}

RowBlock whole_set(const Rows& rows, std::span<const float> targets) {
  return {rows.count, rows.features.data(), rows.labels.empty() ? nullptr : rows.labels.data(),
          targets.empty() ? nullptr : targets.data()};
}

RowBlock Minibatches::of_update(std::size_t k) {
  const Rows& rows = experiment_.task->train;
  const std::size_t first = k % experiment_.updates_per_epoch * experiment_.batch_size;
  if (first == 0 || order_.empty())
    order_ = random_permutation(rows.count, key_, Purpose::minibatch_order,
                                static_cast<std::uint32_t>(k / experiment_.updates_per_epoch));
  const auto order = std::span(order_).subspan(first, experiment_.batch_size);
  const std::span<const float> all_targets = experiment_.train_targets;
  const std::size_t feature_count = rows.features.size() / rows.count;
  const std::size_t outputs = all_targets.size() / rows.count;
  features_.resize(order.size() * feature_count);
  for (std::size_t b = 0; b < order.size(); ++b)
    std::copy_n(rows.features.begin() + static_cast<std::ptrdiff_t>(order[b] * feature_count), feature_count,
                features_.begin() + static_cast<std::ptrdiff_t>(b * feature_count));
  labels_.clear();
  targets_.clear();
  for (std::uint32_t row : order) {
    if (!rows.labels.empty()) labels_.push_back(rows.labels[row]);
    const auto own = all_targets.subspan(row * outputs, outputs);
    targets_.insert(targets_.end(), own.begin(), own.end());
  }
  return {order.size(), features_.data(), labels_.data(), targets_.data()};
}

}  // namespace lrtune
