// engine.kernel.cpp: one update, or one evaluation, of every lane of a cohort. Compiled once per instruction set, with
// the flags of that set; includes nothing but headers whose inline functions live in the instruction set's namespace or
// are always inlined, so that no shared function is compiled with instructions that a machine may lack
// (tests/train/isolation_test.cpp looks at the symbols).
//
// Backward pass of layer l, in panels of kPanel inputs: the panel's weight gradient; then the gradient of its inputs,
// which takes the place of the inputs themselves; then the update of its weights, whose old values are no longer
// needed.
#include "nn/activate.h"
#include "nn/clip.h"
#include "nn/dense.h"
#include "nn/loss.h"
#include "optim/rules.h"
#include "train/kernel.h"

namespace lrtune::LRTUNE_ISA {
namespace {

// Outputs of layer l. A cheap activation is done as the results leave the registers, any other in a pass of its own.
template <class A, class Input>
void forward_layer(const CohortView& c, std::size_t l, std::size_t rows, Input input, bool training) {
  static_assert(!(A::kCheap && A::kKeepsSlope), "the slope would have to leave the registers too");
  const bool hidden = l + 1 < c.layers;
  const float* w = c.parameters + weights_at(c.shapes, l);
  const float* bias = c.parameters + biases_at(c.shapes, l);
  float* z = c.outputs[l];
  if (A::kCheap && hidden) return forward(c.shapes[l], rows, input, w, bias, z, Activated<A>{});
  forward(c.shapes[l], rows, input, w, bias, z, Identity{});
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

void update(const CohortView& c, const float* gradients, std::size_t first, std::size_t count) {
  for (std::size_t g = 0; g < c.group_count; ++g) {
    const LaneGroup& group = c.groups[g];
    const auto update_lanes = RuleRegistry::at(group.rule, []<class R>(R) { return update_group<R>; });
    update_lanes(c, group, gradients, first, count);
  }
}

void clip(const CohortView& c) {
  double squares[kPartials][kLanes] = {};
  for (std::size_t p = 0; p < c.parameter_count; ++p)
    for (std::size_t t = 0; t < kLanes; ++t) {
      const double g = static_cast<double>(c.gradients[p * kLanes + t]);
      squares[p % kPartials][t] += g * g;
    }
  add_partials(squares);
  float factor[kLanes];
  for (std::size_t t = 0; t < kLanes; ++t) factor[t] = clip_factor(*c.clip_norm, squares[0][t]);
  for (std::size_t p = 0; p < c.parameter_count; ++p)
    for (std::size_t t = 0; t < kLanes; ++t) c.gradients[p * kLanes + t] *= factor[t];
}

template <class A>
void backward_pass(const CohortView& c, const RowBlock& batch) {
  const float* dz = c.output_gradients;
  const bool clipping = c.clip_norm != nullptr;
  for (std::size_t l = c.layers; l-- > 0; dz = c.outputs[l == 0 ? 0 : l - 1]) {
    const LayerShape shape = c.shapes[l];
    const std::size_t first = parameter_count(c.shapes, l);
    const float* w = c.parameters + first * kLanes;
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

void train(const CohortView& c, const RowBlock& batch, LossSum& sum) {
  ActivationRegistry::at(c.activation, []<class A>(A) { return train_with<A>; })(c, batch, sum);
}

void evaluate(const CohortView& c, const RowBlock& block, LossSum& sum) {
  ActivationRegistry::at(c.activation, []<class A>(A) { return evaluate_with<A>; })(c, block, sum);
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
