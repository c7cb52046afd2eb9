// dense.h: the three products of a dense layer, for a cohort of lanes. Shapes, lane fastest (kLanes floats a place):
//   inputs a [row][input], or x [row][input] with no lanes: the minibatch, which all lanes share
//   weights w [input][output], bias [output], outputs z [row][output], output gradients dz [row][output]
//
//   forward          z[b][j]  = bias[j] + Σ_k a[b][k]·w[k][j]    chain over k = 0, 1, …
//   input gradient   da[b][k] = Σ_j dz[b][j]·w[k][j]             chain over j = 0, 1, … from 0
//   weight gradient  dw[k][j] = Σ_b a[b][k]·dz[b][j]             chain over b = 0, 1, … from 0; bias: with a = 1
//
// Every sum is one chain of fused multiply-adds in this order, whatever the tile: the determinism contract
// (docs/determinism.md). All three are the one product below with other strides; a tile of kTileRows × kTileColumns
// results stays in registers while its chains run.
#pragma once

#include <cstddef>

#include "base/lanes.h"
#include "nn/lane_math.h"
#include "nn/shapes.h"

namespace lrtune::LRTUNE_ISA {

static_assert(kLanes % kWidth == 0, "a place of kLanes floats is a whole number of vectors");

// Where a layer's weights, and its biases, begin in an array of all parameters, in floats.
LRTUNE_INLINE std::size_t weights_at(const LayerShape* shapes, std::size_t layer) {
  return parameter_count(shapes, layer) * kLanes;
}

LRTUNE_INLINE std::size_t biases_at(const LayerShape* shapes, std::size_t layer) {
  return weights_at(shapes, layer) + shapes[layer].inputs * shapes[layer].outputs * kLanes;
}

// Results of a tile: enough chains to hide the latency of an fma, few enough that they, a column of the right factor
// and one value of the left stay in the registers: 16 of 32 vectors, on AVX2 12 of 16.
inline constexpr std::size_t kTileRows = 4;
inline constexpr std::size_t kTileColumns = kWidth == 8 ? 3 : 4;

// One factor of a product: element (result index i, chain position s) lies at place
// i·result_stride + s·chain_stride. Laned: a place holds kLanes floats. Shared: one float, the same for all lanes.
struct Laned {
  static constexpr std::size_t kPlace = kLanes;
  const float* data;
  std::size_t result_stride;
  std::size_t chain_stride;
  LRTUNE_INLINE Lanes at(std::size_t i, std::size_t s, std::size_t lane) const {
    return load(data + (i * result_stride + s * chain_stride) * kLanes + lane);
  }
};

struct Shared {
  static constexpr std::size_t kPlace = 1;
  const float* data;
  std::size_t result_stride;
  std::size_t chain_stride;
  LRTUNE_INLINE Lanes at(std::size_t i, std::size_t s, std::size_t) const {
    return {data[i * result_stride + s * chain_stride]};
  }
};

// The tile of results (i0 … i0+M−1) × (j0 … j0+N−1): start(j), then the chain, then finish(i, j, sum).
template <std::size_t M, std::size_t N, class Left, class Right, class Start, class Finish>
LRTUNE_INLINE void tile(Left left, Right right, std::size_t length, std::size_t i0, std::size_t j0, std::size_t lane,
                        const Start& start, const Finish& finish) {
  Lanes sum[M][N];
  for (std::size_t j = 0; j < N; ++j) {
    const Lanes first = start(j0 + j);
    for (std::size_t i = 0; i < M; ++i) sum[i][j] = first;
  }
  for (std::size_t s = 0; s < length; ++s) {
    Lanes b[N];
    for (std::size_t j = 0; j < N; ++j) b[j] = right.at(j0 + j, s, lane);
    for (std::size_t i = 0; i < M; ++i) {
      const Lanes a = left.at(i0 + i, s, lane);
      for (std::size_t j = 0; j < N; ++j) sum[i][j] = fma(a, b[j], sum[i][j]);
    }
  }
  for (std::size_t i = 0; i < M; ++i)
    for (std::size_t j = 0; j < N; ++j) finish(i0 + i, j0 + j, sum[i][j]);
}

template <std::size_t N, class Left, class Right, class Start, class Finish>
LRTUNE_INLINE void columns(Left left, Right right, std::size_t length, std::size_t m, std::size_t j0, std::size_t lane,
                           const Start& start, const Finish& finish) {
  std::size_t i = 0;
  for (; i + kTileRows <= m; i += kTileRows) tile<kTileRows, N>(left, right, length, i, j0, lane, start, finish);
  for (; i < m; ++i) tile<1, N>(left, right, length, i, j0, lane, start, finish);
}

// All m × n results of the vector of lanes that begins at `lane`; columns outermost, so that a panel of the right
// factor serves every row while it is in the cache.
template <class Left, class Right, class Start, class Finish>
LRTUNE_INLINE void product(Left left, Right right, std::size_t length, std::size_t m, std::size_t n, std::size_t lane,
                           const Start& start, const Finish& finish) {
  static_assert(kTileColumns <= 4);
  std::size_t j = 0;
  for (; j + kTileColumns <= n; j += kTileColumns)
    columns<kTileColumns>(left, right, length, m, j, lane, start, finish);
  if (kTileColumns > 3 && n - j == 3) columns<3>(left, right, length, m, j, lane, start, finish);
  if (n - j == 2) columns<2>(left, right, length, m, j, lane, start, finish);
  if (n - j == 1) columns<1>(left, right, length, m, j, lane, start, finish);
}

// value(z), from inputs of either kind with `rows` rows; the input's result_stride is the layer's number of inputs.
template <class Input, class Value>
inline void forward(LayerShape shape, std::size_t rows, Input input, const float* w, const float* bias, float* z,
                    const Value& value) {
  for (std::size_t lane = 0; lane < kLanes; lane += kWidth)
    product(
        input, Laned{w, 1, shape.outputs}, shape.inputs, rows, shape.outputs,
        lane, [=](std::size_t j) __attribute__((always_inline)) { return load(bias + j * kLanes + lane); },
        [=](std::size_t b, std::size_t j, Lanes sum)
            __attribute__((always_inline)) { store(z + (b * shape.outputs + j) * kLanes + lane, value(sum)); });
}

// For inputs [k0, k1) of the layer: dz of the layer before, da times that layer's slope. `Activation::slope` reads what
// the forward pass kept, [row][input], which may be the array that is written (`out`).
template <class Activation>
inline void input_gradient(LayerShape shape, std::size_t rows, std::size_t k0, std::size_t k1, const float* dz,
                           const float* w, const float* kept, float* out) {
  const Laned right{w + k0 * shape.outputs * kLanes, shape.outputs, 1};
  for (std::size_t lane = 0; lane < kLanes; lane += kWidth)
    product(
        Laned{dz, shape.outputs, 1}, right, shape.outputs, rows, k1 - k0, lane,
        [](std::size_t) __attribute__((always_inline)) { return Lanes(0.0F); },
        [=](std::size_t b, std::size_t k, Lanes sum) __attribute__((always_inline)) {
          const std::size_t place = (b * shape.inputs + k0 + k) * kLanes + lane;
          store(out + place, flush_tiny(sum * Activation::slope(load(kept + place))));
        });
}

// dw of inputs [k0, k1), [input − k0][output].
template <class Input>
inline void weight_gradient(LayerShape shape, std::size_t rows, std::size_t k0, std::size_t k1, Input input,
                            const float* dz, float* dw) {
  const Input left{input.data + k0 * Input::kPlace, 1, input.result_stride};
  for (std::size_t lane = 0; lane < kLanes; lane += kWidth)
    product(
        left, Laned{dz, 1, shape.outputs}, rows, k1 - k0, shape.outputs, lane,
        [](std::size_t) __attribute__((always_inline)) { return Lanes(0.0F); },
        [=](std::size_t k, std::size_t j, Lanes sum)
            __attribute__((always_inline)) { store(dw + (k * shape.outputs + j) * kLanes + lane, sum); });
}

// dbias[j] = Σ_b dz[b][j].
inline void bias_gradient(std::size_t outputs, std::size_t rows, const float* dz, float* dbias) {
  for (std::size_t place = 0; place < outputs * kLanes; place += kWidth) {
    Lanes sum(0.0F);
    for (std::size_t b = 0; b < rows; ++b) sum = sum + load(dz + b * outputs * kLanes + place);
    store(dbias + place, sum);
  }
}

}  // namespace lrtune::LRTUNE_ISA
