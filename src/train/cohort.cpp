#include "train/cohort.h"

#include <algorithm>

#include "base/require.h"
#include "nn/nn_cards.h"

namespace lrtune {
namespace {

// Places of gradient memory: all parameters when clipping, else the panel of the widest layer.
std::size_t gradient_places(const Network& network, bool clipping) {
  if (clipping) return network.parameter_count();
  std::size_t most = 0;
  for (const LayerShape& shape : network.shapes) most = std::max(most, kPanel * shape.outputs);
  return most;
}

std::vector<float> column(const float* places, std::size_t count, std::size_t lane) {
  std::vector<float> values(count);
  for (std::size_t p = 0; p < count; ++p) values[p] = places[p * kLanes + lane];
  return values;
}

}  // namespace

Cohort::Cohort(const Kernel& kernel, const Network& network, std::span<const LaneOptimizer> lanes,
               std::span<const float> initial, std::size_t rows, std::optional<double> clip_norm)
    : kernel_(kernel), lanes_(lanes.begin(), lanes.end()), memory_(lanes.size(), kFirstMemory), clip_norm_(clip_norm) {
  LRTUNE_CHECK(!lanes.empty() && lanes.size() <= kLanes, lanes.size());
  LRTUNE_CHECK(network.shapes.size() <= kMostLayers, network.shapes.size());
  LRTUNE_CHECK(initial.size() == network.parameter_count(), initial.size(), network.parameter_count());
  const auto take = [this](std::size_t places) {
    slabs_.emplace_back(places * kLanes);
    return slabs_.back().data();
  };
  rows = std::max(rows, kEvaluationRows);
  view_.layers = network.shapes.size();
  view_.activation = network.activation;
  view_.loss = network.loss;
  view_.parameter_count = network.parameter_count();
  view_.parameters = take(view_.parameter_count);
  for (std::size_t l = 0; l < view_.layers; ++l) {
    view_.shapes[l] = network.shapes[l];
    view_.outputs[l] = take(rows * network.shapes[l].outputs);
    if (keeps_slope(network.activation)) view_.slopes[l] = take(rows * network.shapes[l].outputs);
  }
  view_.output_gradients = take(rows * network.shapes.back().outputs);
  view_.gradients = take(gradient_places(network, clip_norm_.has_value()));
  view_.clip_norm = clip_norm_ ? &*clip_norm_ : nullptr;
  for (std::size_t p = 0; p < view_.parameter_count; ++p)
    std::fill_n(view_.parameters + p * kLanes, kLanes, initial[p]);

  std::size_t slots = 0;
  for (std::size_t t = 0; t < lanes_.size(); ++t) {
    slots = std::max(slots, rules()[lanes_[t].rule].slots);
    if (groups_.empty() || groups_.back().rule != lanes_[t].rule) groups_.push_back({lanes_[t].rule, t, t});
    groups_.back().last = t + 1;
  }
  groups_.back().last = kLanes;  // empty lanes go with the last group, at rate 0
  view_.groups = groups_.data();
  view_.group_count = groups_.size();
  for (std::size_t s = 0; s < slots; ++s) {
    view_.slots[s] = take(view_.parameter_count);
    for (std::size_t t = 0; t < lanes_.size(); ++t) {
      const auto value = static_cast<float>(rules()[lanes_[t].rule].initial_slot(lanes_[t].parameters));
      for (std::size_t p = 0; p < view_.parameter_count; ++p) view_.slots[s][p * kLanes + t] = value;
    }
  }
}

PerLane Cohort::train(const RowBlock& batch, std::span<const double> learning_rates) {
  LRTUNE_CHECK(learning_rates.size() == lanes_.size(), learning_rates.size());
  ++updates_;
  std::array<double, kMostScalars> scalars{};
  for (std::size_t t = 0; t < lanes_.size(); ++t) {
    const Rule& rule = rules()[lanes_[t].rule];
    rule.begin_update(lanes_[t].parameters, {updates_, learning_rates[t], memory_[t]}, scalars.data());
    for (std::size_t s = 0; s < rule.scalars; ++s) view_.scalars[s][t] = static_cast<float>(scalars[s]);
  }
  LossSum sum;
  kernel_.train(view_, batch, sum);
  return mean_losses(sum, batch.rows);
}

Cohort::Evaluation Cohort::evaluate(const RowBlock& set) {
  LossSum sum;
  for_each_block(set, view_.shapes[0].inputs, view_.shapes[view_.layers - 1].outputs,
                 [&](const RowBlock& block) { kernel_.evaluate(view_, block, sum); });
  Evaluation result{mean_losses(sum, set.rows), {}};
  for (std::size_t t = 0; t < kLanes; ++t) result.error[t] = sum.wrong[t] / static_cast<double>(set.rows);
  return result;
}

std::vector<float> Cohort::parameters(std::size_t lane) const {
  return column(view_.parameters, view_.parameter_count, lane);
}

Trainer::LaneState Cohort::state(std::size_t lane) const {
  LaneState state{parameters(lane), {}, memory_[lane], updates_};
  for (std::size_t s = 0; s < rules()[lanes_[lane].rule].slots; ++s)
    state.slots.push_back(column(view_.slots[s], view_.parameter_count, lane));
  return state;
}

void Cohort::restore(std::size_t lane, const LaneState& state) {
  const auto put = [&](float* slab, const std::vector<float>& values) {
    for (std::size_t p = 0; p < values.size(); ++p) slab[p * kLanes + lane] = values[p];
  };
  put(view_.parameters, state.parameters);
  for (std::size_t s = 0; s < state.slots.size(); ++s) put(view_.slots[s], state.slots[s]);
  memory_[lane] = state.memory;
  updates_ = state.updates;
}

}  // namespace lrtune
