// engine.kernel.cpp: one update, or one evaluation, of every lane of a cohort. Compiled once per instruction set, with
// the flags of that set; includes nothing but headers whose inline functions live in the instruction set's namespace or
// are always inlined, so that no shared function is compiled with instructions that a machine may lack
// (tests/train/isolation_test.cpp looks at the symbols).
//
// Backward pass of layer l, in panels of kPanel inputs: the panel's weight gradient; then the gradient of its inputs,
// which takes the place of the inputs themselves; then the update of its weights, whose old values are no longer
// needed.
#include "nn/activate.h"
#include "nn/dense.h"
#include "nn/loss.h"
#include "optim/rules.h"
#include "train/kernel.h"

namespace lrtune::LRTUNE_ISA {
namespace {

constexpr std::size_t kPanel = 16;

float* weights_of(const CohortView& c, std::size_t layer) {
  std::size_t places = 0;
  for (std::size_t l = 0; l < layer; ++l) places += (c.shapes[l].inputs + 1) * c.shapes[l].outputs;
  return c.parameters + places * kLanes;
}

float* biases_of(const CohortView& c, std::size_t layer) {
  return weights_of(c, layer) + c.shapes[layer].inputs * c.shapes[layer].outputs * kLanes;
}

// Outputs of layer l. A cheap activation is done as the results leave the registers, any other in a pass of its own.
template <class A, class Input>
void forward_layer(const CohortView& c, std::size_t l, std::size_t rows, Input input, bool training) {
  const bool hidden = l + 1 < c.layers;
  float* z = c.outputs[l];
  if (A::kCheap && hidden)
    return forward(c.shapes[l], rows, input, weights_of(c, l), biases_of(c, l), z, Activated<A>{});
  forward(c.shapes[l], rows, input, weights_of(c, l), biases_of(c, l), z, Identity{});
  if (hidden) activate<A>(z, training ? c.slopes[l] : nullptr, rows * c.shapes[l].outputs * kLanes);
}

template <class A>
void forward_pass(const CohortView& c, const RowBlock& block, bool training) {
  forward_layer<A>(c, 0, block.rows, Shared{block.features, c.shapes[0].inputs, 1}, training);
  for (std::size_t l = 1; l < c.layers; ++l)
    forward_layer<A>(c, l, block.rows, Laned{c.outputs[l - 1], c.shapes[l].inputs, 1}, training);
}

// Update of places [first, first + count) for the lanes of one group; gradients[0] belongs to place `first`.
template <class R>
void update_group(const CohortView& c, const LaneGroup& group, const float* gradients, std::size_t first,
                  std::size_t count) {
  for (std::size_t lane = group.first / kWidth * kWidth; lane < group.last; lane += kWidth) {
    Lanes scalars[R::kScalars];
    for (std::size_t s = 0; s < R::kScalars; ++s) scalars[s] = load(c.scalars[s] + lane);
    const bool whole = group.first <= lane && lane + kWidth <= group.last;
    Mask mine{};
    for (std::size_t t = 0; t < kWidth; ++t) mine.bits[t] = group.first <= lane + t && lane + t < group.last ? -1 : 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t place = (first + i) * kLanes + lane;
      const Lanes w = load(c.parameters + place);
      const Lanes g = flush_tiny(load(gradients + i * kLanes + lane));
      Lanes slot[R::kSlots + 1];
      for (std::size_t s = 0; s < R::kSlots; ++s) slot[s] = load(c.slots[s] + place);
      const Lanes updated = R::apply(w, g, slot, scalars);
      store(c.parameters + place, whole ? updated : select(mine, updated, w));
      for (std::size_t s = 0; s < R::kSlots; ++s)
        store(c.slots[s] + place, whole ? slot[s] : select(mine, slot[s], load(c.slots[s] + place)));
    }
  }
}

using UpdateGroup = void (*)(const CohortView&, const LaneGroup&, const float*, std::size_t, std::size_t);

template <std::size_t... kIds>
UpdateGroup update_of(RuleId rule, std::index_sequence<kIds...>) {
  static constexpr UpdateGroup kUpdates[] = {update_group<RuleAt<kIds>>...};
  return kUpdates[rule];
}

void update(const CohortView& c, const float* gradients, std::size_t first, std::size_t count) {
  for (std::size_t g = 0; g < c.group_count; ++g)
    update_of(c.groups[g].rule, std::make_index_sequence<kRules>{})(c, c.groups[g], gradients, first, count);
}

// The gradient's global norm, per lane: squares in double, parameter i into partial i mod 16, partials in a fixed tree;
// then every gradient times min(1, clip/(norm + 1e-6)), as torch.nn.utils.clip_grad_norm_ has it.
void clip(const CohortView& c) {
  double squares[kPartials][kLanes] = {};
  for (std::size_t p = 0; p < c.parameter_count; ++p)
    for (std::size_t t = 0; t < kLanes; ++t) {
      const double g = static_cast<double>(c.gradients[p * kLanes + t]);
      squares[p % kPartials][t] += g * g;
    }
  for (std::size_t half = kPartials / 2; half > 0; half /= 2)
    for (std::size_t p = 0; p < half; ++p)
      for (std::size_t t = 0; t < kLanes; ++t) squares[p][t] += squares[p + half][t];
  float factor[kLanes];
  for (std::size_t t = 0; t < kLanes; ++t) {
    const double f = *c.clip_norm / (__builtin_sqrt(squares[0][t]) + 1e-6);
    factor[t] = f < 1 ? static_cast<float>(f) : 1.0F;
  }
  for (std::size_t p = 0; p < c.parameter_count; ++p)
    for (std::size_t t = 0; t < kLanes; ++t) c.gradients[p * kLanes + t] *= factor[t];
}

template <class A>
void backward_pass(const CohortView& c, const RowBlock& batch) {
  const float* dz = c.output_gradients;
  const bool clipping = c.clip_norm != nullptr;
  for (std::size_t l = c.layers; l-- > 0; dz = c.outputs[l == 0 ? 0 : l - 1]) {
    const LayerShape shape = c.shapes[l];
    float* w = weights_of(c, l);
    const auto first = static_cast<std::size_t>(w - c.parameters) / kLanes;
    const std::size_t bias = first + shape.inputs * shape.outputs;
    for (std::size_t k0 = 0; k0 < shape.inputs; k0 += kPanel) {
      const std::size_t k1 = k0 + kPanel < shape.inputs ? k0 + kPanel : shape.inputs;
      const std::size_t place = first + k0 * shape.outputs;
      float* dw = clipping ? c.gradients + place * kLanes : c.gradients;
      if (l == 0) {
        weight_gradient(shape, batch.rows, k0, k1, Shared{batch.features, shape.inputs, 1}, dz, dw);
      } else {
        float* inputs = c.outputs[l - 1];
        weight_gradient(shape, batch.rows, k0, k1, Laned{inputs, shape.inputs, 1}, dz, dw);
        input_gradient<A>(shape, batch.rows, k0, k1, dz, w, A::kKeepsSlope ? c.slopes[l - 1] : inputs, inputs);
      }
      if (!clipping) update(c, dw, place, (k1 - k0) * shape.outputs);
    }
    float* dbias = clipping ? c.gradients + bias * kLanes : c.gradients;
    bias_gradient(shape.outputs, batch.rows, dz, dbias);
    if (!clipping) update(c, dbias, bias, shape.outputs);
  }
  if (clipping) {
    clip(c);
    update(c, c.gradients, 0, c.parameter_count);
  }
}

template <class A>
void train_with(const CohortView& c, const RowBlock& batch, LossSum& sum) {
  forward_pass<A>(c, batch, true);
  const std::size_t last = c.layers - 1;
  if (c.loss == Loss::cross_entropy) {
    cross_entropy_gradient(batch.rows, c.shapes[last].outputs, batch.labels, c.outputs[last], c.output_gradients, sum);
  } else {
    mse(batch.rows, c.shapes[last].outputs, batch.targets, c.outputs[last], c.output_gradients, sum);
  }
  backward_pass<A>(c, batch);
}

template <class A>
void evaluate_with(const CohortView& c, const RowBlock& block, LossSum& sum) {
  forward_pass<A>(c, block, false);
  const std::size_t last = c.layers - 1;
  if (c.loss == Loss::cross_entropy) {
    cross_entropy_loss(block.rows, c.shapes[last].outputs, block.labels, c.outputs[last], sum);
  } else {
    mse(block.rows, c.shapes[last].outputs, block.targets, c.outputs[last], nullptr, sum);
  }
  if (block.labels != nullptr) count_wrong(block.rows, c.shapes[last].outputs, block.labels, c.outputs[last], sum);
}

using Pass = void (*)(const CohortView&, const RowBlock&, LossSum&);

template <std::size_t... kIds>
Pass training_of(ActivationId activation, std::index_sequence<kIds...>) {
  static constexpr Pass kPasses[] = {train_with<std::tuple_element_t<kIds, ActivationRegistry>>...};
  return kPasses[activation];
}

template <std::size_t... kIds>
Pass evaluation_of(ActivationId activation, std::index_sequence<kIds...>) {
  static constexpr Pass kPasses[] = {evaluate_with<std::tuple_element_t<kIds, ActivationRegistry>>...};
  return kPasses[activation];
}

void train(const CohortView& c, const RowBlock& batch, LossSum& sum) {
  training_of(c.activation, std::make_index_sequence<kActivations>{})(c, batch, sum);
}

void evaluate(const CohortView& c, const RowBlock& block, LossSum& sum) {
  evaluation_of(c.activation, std::make_index_sequence<kActivations>{})(c, block, sum);
}

#define LRTUNE_NAME_OF(isa) #isa
#define LRTUNE_NAME(isa) LRTUNE_NAME_OF(isa)

}  // namespace

// solo.kernel.cpp
void train_solo(const SoloView& v, const RowBlock& batch, LossSum& sum);
void evaluate_solo(const SoloView& v, const RowBlock& block, LossSum& sum);

// curvature.kernel.cpp
void curvature(const CurvatureView& c, const RowBlock& block);

extern const Kernel kKernel;
const Kernel kKernel{LRTUNE_NAME(LRTUNE_ISA), kWidth, train, evaluate, update, train_solo, evaluate_solo, curvature};

}  // namespace lrtune::LRTUNE_ISA
