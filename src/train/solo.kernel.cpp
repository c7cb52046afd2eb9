// solo.kernel.cpp: one update, or one evaluation, of a single trial: the second layout. Where too few trials are left
// to fill a vector with lanes, the vector runs across neighbouring units instead. Every result is the same chain of the
// same operations as in engine.kernel.cpp, so it has the same bits; only who sits beside whom in a vector differs.
//
// Shapes: units of a layer are padded to a multiple of kSoloPad; weights [input][padded output], outputs and gradients
// [row][padded output], features [row][feature] without padding. Padding holds zeros: no chain runs over it.
//   forward          z[b][j…]  = bias[j…] + Σ_k a[b][k]·w[k][j…]
//   weight gradient  dw[k][j…] = Σ_b a[b][k]·dz[b][j…]
//   input gradient   da[b][k…] = Σ_j dz[b][j]·wᵀ[j][k…], from a transposed copy of the weights
// Losses take kLanes rows as lanes.
#include "nn/activate.h"
#include "nn/clip.h"
#include "nn/dense.h"
#include "nn/loss.h"
#include "optim/rules.h"
#include "train/kernel.h"

namespace lrtune::LRTUNE_ISA {
namespace {

// Factor j of a product is a vector of neighbouring units: element (j, chain position s) begins at j·kWidth +
// s·chain_stride.
struct Neighbours {
  const float* data;
  std::size_t chain_stride;
  LRTUNE_INLINE Lanes at(std::size_t j, std::size_t s, std::size_t) const {
    return load(data + j * kWidth + s * chain_stride);
  }
};

template <class A>
void forward_pass(const SoloView& v, const RowBlock& block, bool training) {
  const float* inputs = block.features;
  std::size_t input_stride = v.shapes[0].inputs;
  for (std::size_t l = 0; l < v.layers; ++l) {
    const SoloLayer& layer = v.solo[l];
    float* z = layer.outputs;
    const std::size_t pad = layer.padded_outputs;
    const float* bias = layer.bias;
    product(
        Shared{inputs, input_stride, 1}, Neighbours{layer.weights, pad}, v.shapes[l].inputs, block.rows, pad / kWidth,
        0, [=](std::size_t j) __attribute__((always_inline)) { return load(bias + j * kWidth); },
        [=](std::size_t b, std::size_t j, Lanes sum)
            __attribute__((always_inline)) { store(z + b * pad + j * kWidth, sum); });
    if (l + 1 < v.layers) activate<A>(z, training ? layer.slopes : nullptr, block.rows * pad);
    inputs = z;
    input_stride = pad;
  }
}

// Outputs of up to kLanes rows, as lanes: to[output][row]; rows that are not there are 0.
void rows_to_lanes(const float* from, std::size_t stride, std::size_t rows, std::size_t outputs, float* to) {
  for (std::size_t j = 0; j < outputs; ++j)
    for (std::size_t t = 0; t < kLanes; ++t) to[j * kLanes + t] = t < rows ? from[t * stride + j] : 0.0F;
}

// The blocks' losses by the functions of nn/loss.h; their gradients to dz unless it is null, in place of the lanes of
// `z`.
void add_block_losses(const SoloView& v, const RowBlock& block, float* z, float share, float* dz, LossSum& sum) {
  const std::size_t outputs = v.shapes[v.layers - 1].outputs;
  float own[kLanes] = {};
  float losses[kLanes];
  if (v.loss == Loss::cross_entropy)
    for (std::size_t t = 0; t < block.rows; ++t) own[t] = z[static_cast<std::size_t>(block.labels[t]) * kLanes + t];
  for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
    if (v.loss == Loss::cross_entropy) {
      const Lanes m = largest(z, outputs, lane);
      const Lanes total = sum_of_exponentials(z, outputs, lane, m, dz);
      store(losses + lane, log_of_positive(total) + (m - load(own + lane)));
      if (dz == nullptr) continue;
      const Lanes scale = Lanes(share) / total;
      for (std::size_t j = 0; j < outputs; ++j) {
        float* place = dz + j * kLanes + lane;
        store(place, load(place) * scale);
      }
    } else {
      Lanes squares(0.0F);
      for (std::size_t j = 0; j < outputs; ++j) {
        float target[kWidth] = {};
        for (std::size_t t = 0; t < kWidth && lane + t < block.rows; ++t)
          target[t] = block.targets[(lane + t) * outputs + j];
        const Lanes difference = load(z + j * kLanes + lane) - load(target);
        squares = fma(difference, difference, squares);
        if (dz != nullptr) store(dz + j * kLanes + lane, difference * Lanes(share));
      }
      store(losses + lane, squares * Lanes(1.0F / static_cast<float>(outputs)));
    }
  }
  for (std::size_t t = 0; t < block.rows; ++t) {
    sum.loss[t][0] += static_cast<double>(losses[t]);
    if (v.loss == Loss::cross_entropy && dz != nullptr)
      dz[static_cast<std::size_t>(block.labels[t]) * kLanes + t] -= share;
  }
}

// 1 if the row's predicted class, the first of its largest outputs, is not its label, or an output is NaN.
double is_wrong(const float* z, std::size_t outputs, std::size_t label, std::size_t t) {
  const float own = z[label * kLanes + t];
  for (std::size_t j = 0; j < outputs; ++j) {
    const float other = z[j * kLanes + t];
    if (j < label ? !(other < own) : j > label && !(other <= own)) return 1;
  }
  return 0;
}

// Losses of all rows; gradients of the outputs to [row][padded output] when training, misclassified rows when not.
void losses(const SoloView& v, const RowBlock& block, bool training, LossSum& sum) {
  const std::size_t outputs = v.shapes[v.layers - 1].outputs;
  const SoloLayer& last = v.solo[v.layers - 1];
  const std::size_t pad = last.padded_outputs;
  const bool classes = v.loss == Loss::cross_entropy;
  const auto terms = static_cast<float>(classes ? block.rows : block.rows * outputs);
  const float share = (classes ? 1.0F : 2.0F) / terms;
  float* z = v.row_lanes;
  float* dz = training ? v.row_lanes + outputs * kLanes : nullptr;
  for (std::size_t b = 0; b < block.rows; b += kLanes) {
    const std::size_t rows = block.rows - b < kLanes ? block.rows - b : kLanes;
    rows_to_lanes(last.outputs + b * pad, pad, rows, outputs, z);
    const RowBlock part{rows, nullptr, block.labels == nullptr ? nullptr : block.labels + b,
                        classes ? nullptr : block.targets + b * outputs};
    add_block_losses(v, part, z, share, dz, sum);
    for (std::size_t t = 0; t < rows; ++t) {
      if (part.labels != nullptr && !training)
        sum.wrong[0] += is_wrong(z, outputs, static_cast<std::size_t>(part.labels[t]), t);
      if (!training) continue;
      for (std::size_t j = 0; j < outputs; ++j) {
        const float d = dz[j * kLanes + t];
        v.output_gradients[(b + t) * pad + j] = __builtin_fabsf(d) < kTiny ? 0.0F : d;
      }
    }
  }
}

template <class R>
void update_with(const SoloView& v) {
  Lanes scalars[R::kScalars];
  for (std::size_t s = 0; s < R::kScalars; ++s) scalars[s] = Lanes(v.scalars[s]);
  for (std::size_t i = 0; i < v.padded_parameters; i += kWidth) {
    Lanes slot[R::kSlots + 1];
    for (std::size_t s = 0; s < R::kSlots; ++s) slot[s] = load(v.slots[s] + i);
    store(v.parameters + i, R::apply(load(v.parameters + i), flush_tiny(load(v.gradients + i)), slot, scalars));
    for (std::size_t s = 0; s < R::kSlots; ++s) store(v.slots[s] + i, slot[s]);
  }
}

void update(const SoloView& v) {
  RuleRegistry::at(v.rule, []<class R>(R) { return update_with<R>; })(v);
}

// Parameter i is counted without padding.
void clip(const SoloView& v) {
  double squares[kPartials][1] = {};
  std::size_t i = 0;
  const auto add = [&](const float* gradients, std::size_t rows, const SoloLayer& layer, std::size_t outputs) {
    for (std::size_t k = 0; k < rows; ++k)
      for (std::size_t j = 0; j < outputs; ++j, ++i) {
        const auto g = static_cast<double>(gradients[k * layer.padded_outputs + j]);
        squares[i % kPartials][0] += g * g;
      }
  };
  for (std::size_t l = 0; l < v.layers; ++l) {
    const SoloLayer& layer = v.solo[l];
    add(layer.weight_gradients, v.shapes[l].inputs, layer, v.shapes[l].outputs);
    add(layer.bias_gradients, 1, layer, v.shapes[l].outputs);
  }
  add_partials(squares);
  const float factor = clip_factor(*v.clip_norm, squares[0][0]);
  for (std::size_t p = 0; p < v.padded_parameters; ++p) v.gradients[p] *= factor;
}

void transpose(const float* from, std::size_t from_stride, std::size_t rows, std::size_t columns, float* to,
               std::size_t to_stride) {
  for (std::size_t i = 0; i < rows; i += kSoloPad)
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t k = i; k < rows && k < i + kSoloPad; ++k) to[j * to_stride + k] = from[k * from_stride + j];
}

template <class A>
void backward_pass(const SoloView& v, const RowBlock& batch) {
  const float* dz = v.output_gradients;
  for (std::size_t l = v.layers; l-- > 0;) {
    const SoloLayer& layer = v.solo[l];
    const std::size_t pad = layer.padded_outputs;
    const std::size_t inputs = v.shapes[l].inputs;
    const std::size_t input_stride = l == 0 ? inputs : v.solo[l - 1].padded_outputs;
    const float* a = l == 0 ? batch.features : v.solo[l - 1].outputs;
    float* dw = layer.weight_gradients;
    product(
        Shared{a, 1, input_stride}, Neighbours{dz, pad}, batch.rows, inputs, pad / kWidth, 0,
        [](std::size_t) __attribute__((always_inline)) { return Lanes(0.0F); },
        [=](std::size_t k, std::size_t j, Lanes sum)
            __attribute__((always_inline)) { store(dw + k * pad + j * kWidth, sum); });
    for (std::size_t j = 0; j < pad; j += kWidth) {
      Lanes sum(0.0F);
      for (std::size_t b = 0; b < batch.rows; ++b) sum = sum + load(dz + b * pad + j);
      store(layer.bias_gradients + j, sum);
    }
    if (l == 0) continue;
    float* out = v.solo[l - 1].outputs;
    const float* kept = A::kKeepsSlope ? v.solo[l - 1].slopes : out;
    transpose(layer.weights, pad, inputs, v.shapes[l].outputs, v.transposed, input_stride);
    product(
        Shared{dz, pad, 1}, Neighbours{v.transposed, input_stride}, v.shapes[l].outputs, batch.rows,
        input_stride / kWidth, 0, [](std::size_t) __attribute__((always_inline)) { return Lanes(0.0F); },
        [=](std::size_t b, std::size_t k, Lanes sum) __attribute__((always_inline)) {
          const std::size_t place = b * input_stride + k * kWidth;
          store(out + place, flush_tiny(sum * A::slope(load(kept + place))));
        });
    dz = out;
  }
  if (v.clip_norm != nullptr) clip(v);
  update(v);
}

template <class A>
void train_with(const SoloView& v, const RowBlock& batch, LossSum& sum) {
  forward_pass<A>(v, batch, true);
  losses(v, batch, true, sum);
  backward_pass<A>(v, batch);
}

template <class A>
void evaluate_with(const SoloView& v, const RowBlock& block, LossSum& sum) {
  forward_pass<A>(v, block, false);
  losses(v, block, false, sum);
}

}  // namespace

void train_solo(const SoloView& v, const RowBlock& batch, LossSum& sum) {
  ActivationRegistry::at(v.activation, []<class A>(A) { return train_with<A>; })(v, batch, sum);
}

void evaluate_solo(const SoloView& v, const RowBlock& block, LossSum& sum) {
  ActivationRegistry::at(v.activation, []<class A>(A) { return evaluate_with<A>; })(v, block, sum);
}

}  // namespace lrtune::LRTUNE_ISA
