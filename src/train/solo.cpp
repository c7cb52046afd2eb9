#include "train/solo.h"

#include <algorithm>

#include "base/require.h"
#include "nn/nn_cards.h"

namespace lrtune {
namespace {

std::size_t padded(std::size_t units) { return (units + kSoloPad - 1) / kSoloPad * kSoloPad; }

// Calls copy(place in the padded order, place in the dense order, units) for every row of every layer's parameters.
template <class Copy>
void for_each_row(const SoloView& view, const Copy& copy) {
  std::size_t dense = 0;
  std::size_t place = 0;
  for (std::size_t l = 0; l < view.layers; ++l)
    for (std::size_t k = 0; k <= view.shapes[l].inputs; ++k) {  // the last row is the bias
      copy(place, dense, view.shapes[l].outputs);
      place += view.solo[l].padded_outputs;
      dense += view.shapes[l].outputs;
    }
}

std::vector<float> dense(const SoloView& view, const float* slab) {
  std::vector<float> values;
  for_each_row(view, [&](std::size_t place, std::size_t, std::size_t units) {
    values.insert(values.end(), slab + place, slab + place + units);
  });
  return values;
}

void fill(const SoloView& view, float* slab, std::span<const float> values) {
  for_each_row(view, [&](std::size_t place, std::size_t from, std::size_t units) {
    std::ranges::copy(values.subspan(from, units), slab + place);
  });
}

}  // namespace

bool solo_is_cheaper(const Kernel& kernel, const Network& network, std::size_t rows, std::size_t trials) {
  // Multiply-adds a row: forward and weight gradient run over padded outputs, the input gradient over padded inputs.
  double work = 0;
  double solo_work = 0;
  for (std::size_t l = 0; l < network.shapes.size(); ++l) {
    const LayerShape& shape = network.shapes[l];
    const auto inputs = static_cast<double>(shape.inputs);
    const auto outputs = static_cast<double>(shape.outputs);
    work += inputs * outputs * (l == 0 ? 2 : 3);
    solo_work += 2 * inputs * static_cast<double>(padded(shape.outputs));
    if (l > 0) solo_work += outputs * static_cast<double>(padded(shape.inputs));
  }
  constexpr double kSoloFixed = 16e3;    // multiply-adds' worth: some 0.3 µs an update
  constexpr double kCohortFixed = 50e3;  // some 1 µs
  constexpr double kCacheBytes = 8e6;    // parameters of a cohort at which it is half as fast again
  const double bytes = static_cast<double>(network.parameter_count() * kLanes * sizeof(float));
  constexpr double kNarrowCacheBytes =
      2e6;  // at which narrower vectors, which read each line twice, make it twice as long
  const double narrow = kernel.width < kLanes ? std::min(1.0, bytes / kNarrowCacheBytes) : 0;
  const double slowdown = 1 + 0.5 * std::min(1.0, bytes / kCacheBytes) + narrow;
  const auto b = static_cast<double>(rows);
  return static_cast<double>(trials) * (b * solo_work + kSoloFixed) <
         static_cast<double>(kLanes) * b * work * slowdown + kCohortFixed;
}

Solo::Solo(const Kernel& kernel, const Network& network, const LaneOptimizer& optimizer, std::span<const float> initial,
           std::size_t rows, std::optional<double> clip_norm)
    : kernel_(kernel), optimizer_(optimizer), memory_(kFirstMemory), clip_norm_(clip_norm) {
  LRTUNE_CHECK(network.shapes.size() <= kMostLayers, network.shapes.size());
  LRTUNE_CHECK(initial.size() == network.parameter_count(), initial.size(), network.parameter_count());
  const auto take = [this](std::size_t floats) {
    slabs_.emplace_back(floats);
    return slabs_.back().data();
  };
  rows = std::max(rows, kEvaluationRows);
  view_.layers = network.shapes.size();
  view_.activation = network.activation;
  view_.loss = network.loss;
  view_.rule = optimizer.rule;
  view_.clip_norm = clip_norm_ ? &*clip_norm_ : nullptr;
  std::size_t most_transposed = 0;
  for (std::size_t l = 0; l < view_.layers; ++l) {
    const LayerShape shape = view_.shapes[l] = network.shapes[l];
    view_.solo[l].padded_outputs = padded(shape.outputs);
    view_.padded_parameters += (shape.inputs + 1) * padded(shape.outputs);
    if (l > 0) most_transposed = std::max(most_transposed, shape.outputs * padded(shape.inputs));
  }
  view_.parameters = take(view_.padded_parameters);
  view_.gradients = take(view_.padded_parameters);
  std::size_t first = 0;
  for (std::size_t l = 0; l < view_.layers; ++l) {
    SoloLayer& layer = view_.solo[l];
    const std::size_t bias = first + view_.shapes[l].inputs * layer.padded_outputs;
    layer.weights = view_.parameters + first;
    layer.bias = view_.parameters + bias;
    layer.weight_gradients = view_.gradients + first;
    layer.bias_gradients = view_.gradients + bias;
    layer.outputs = take(rows * layer.padded_outputs);
    if (keeps_slope(network.activation)) layer.slopes = take(rows * layer.padded_outputs);
    first = bias + layer.padded_outputs;
  }
  const std::size_t outputs = network.shapes.back().outputs;
  view_.output_gradients = take(rows * padded(outputs));
  view_.transposed = take(most_transposed);
  view_.row_lanes = take(2 * outputs * kLanes);
  const Rule& rule = rules()[optimizer.rule];
  for (std::size_t s = 0; s < rule.slots; ++s) {
    view_.slots[s] = take(view_.padded_parameters);
    std::fill_n(view_.slots[s], view_.padded_parameters, static_cast<float>(rule.initial_slot(optimizer.parameters)));
  }
  fill(view_, view_.parameters, initial);
}

PerLane Solo::train(const RowBlock& batch, std::span<const double> learning_rates) {
  LRTUNE_CHECK(learning_rates.size() == 1, learning_rates.size());
  ++updates_;
  const Rule& rule = rules()[optimizer_.rule];
  std::array<double, kMostScalars> scalars{};
  rule.begin_update(optimizer_.parameters, {updates_, learning_rates[0], memory_}, scalars.data());
  for (std::size_t s = 0; s < rule.scalars; ++s) view_.scalars[s] = static_cast<float>(scalars[s]);
  LossSum sum;
  kernel_.train_solo(view_, batch, sum);
  return mean_losses(sum, batch.rows);
}

Trainer::Evaluation Solo::evaluate(const RowBlock& set) {
  LossSum sum;
  for_each_block(set, view_.shapes[0].inputs, view_.shapes[view_.layers - 1].outputs,
                 [&](const RowBlock& block) { kernel_.evaluate_solo(view_, block, sum); });
  Evaluation result{mean_losses(sum, set.rows), {}};
  result.error[0] = sum.wrong[0] / static_cast<double>(set.rows);
  return result;
}

std::vector<float> Solo::parameters(std::size_t lane) const {
  LRTUNE_CHECK(lane == 0, lane);
  return dense(view_, view_.parameters);
}

Trainer::LaneState Solo::state(std::size_t lane) const {
  LaneState state{parameters(lane), {}, memory_, updates_};
  for (std::size_t s = 0; s < rules()[optimizer_.rule].slots; ++s) state.slots.push_back(dense(view_, view_.slots[s]));
  return state;
}

void Solo::restore(std::size_t lane, const LaneState& state) {
  LRTUNE_CHECK(lane == 0, lane);
  fill(view_, view_.parameters, state.parameters);
  for (std::size_t s = 0; s < state.slots.size(); ++s) fill(view_, view_.slots[s], state.slots[s]);
  memory_ = state.memory;
  updates_ = state.updates;
}

}  // namespace lrtune
