// curvature.kernel.cpp: the Hessian of the mean loss times one direction per lane, exactly, for a block of rows.
//
// The R-operator (B. Pearlmutter, Neural Computation 6, 1994): R{·} is the derivative of every quantity of the forward
// and backward pass as the parameters (W, b) move along the direction (V, c), so R{gradient} = H·(V, c). With inputs a,
// z = a·W + b, value φ(z), and dz the gradient at z:
//   R{z}  = R{a}·W + a·V + c                     R{φ(z)} = φ'·R{z}         R{a} = 0 in the first layer
//   softmax:  R{dz_j} = p_j·(R{z_j} − Σ_k p_k·R{z_k})/n                    mse: R{dz} = 2·R{z}/(n·K)
//   R{dW} = R{a}ᵀ·dz + aᵀ·R{dz}                  R{db} = Σ_rows R{dz}
//   da = dz·Wᵀ, R{da} = R{dz}·Wᵀ + dz·Vᵀ;        of the layer before: dz = da·φ', R{dz} = R{da}·φ' + da·φ''·R{z}
// n is the number of rows of the whole set; blocks are added up in double. Softmax terms are taken relative to the
// label's output, so that they keep their digits where the network is all but certain. At the kink of relu φ'' is 0, as
// automatic differentiation has it.
//
// Compiled once per instruction set like engine.kernel.cpp, and bound by the same rules.
#include "nn/activate.h"
#include "nn/dense.h"
#include "nn/loss.h"
#include "train/kernel.h"

namespace lrtune::LRTUNE_ISA {
namespace {

// a·W + b
template <class Input>
void forward_with(const CurvatureView& c, const float* places, std::size_t l, std::size_t rows, Input input, float* z) {
  forward(c.shapes[l], rows, input, places + weights_at(c.shapes, l), places + biases_at(c.shapes, l), z, Identity{});
}

// out[i][j] += the product, or = without `add`; out has n columns.
template <class Left, class Right>
void multiply(Left left, Right right, std::size_t length, std::size_t m, std::size_t n, float* out, bool add) {
  for (std::size_t lane = 0; lane < kLanes; lane += kWidth)
    product(
        left, right, length, m, n, lane, [](std::size_t) __attribute__((always_inline)) { return Lanes(0.0F); },
        [=](std::size_t i, std::size_t j, Lanes sum) __attribute__((always_inline)) {
          float* place = out + (i * n + j) * kLanes + lane;
          store(place, add ? load(place) + sum : sum);
        });
}

// φ in place of z, R{φ} in place of R{z}; φ' and φ''·R{z} are kept.
template <class A>
void activate_both(std::size_t count, float* z, float* rz, float* slopes, float* bends) {
  for (std::size_t place = 0; place < count; place += kWidth) {
    const Lanes before = load(z + place);
    const Lanes change = load(rz + place);
    Lanes kept;
    const Lanes value = A::value(before, A::kKeepsSlope ? &kept : nullptr);
    const Lanes slope = A::slope(A::kKeepsSlope ? kept : value);
    store(z + place, value);
    store(slopes + place, slope);
    store(bends + place, flush_tiny(A::bend(before, value) * change));
    store(rz + place, flush_tiny(slope * change));
  }
}

template <class A>
void forward_both(const CurvatureView& c, const RowBlock& block) {
  for (std::size_t l = 0; l < c.layers; ++l) {
    const LayerShape shape = c.shapes[l];
    float* z = c.outputs[l];
    float* rz = c.changes[l];
    if (l == 0) {
      const Shared input{block.features, shape.inputs, 1};
      forward_with(c, c.parameters, l, block.rows, input, z);
      forward_with(c, c.direction, l, block.rows, input, rz);
    } else {
      const Laned input{c.outputs[l - 1], shape.inputs, 1};
      const Laned weights{c.parameters + weights_at(c.shapes, l), 1, shape.outputs};
      forward_with(c, c.parameters, l, block.rows, input, z);
      forward_with(c, c.direction, l, block.rows, input, rz);
      multiply(Laned{c.changes[l - 1], shape.inputs, 1}, weights, shape.inputs, block.rows, shape.outputs, rz, true);
    }
    if (l + 1 < c.layers) activate_both<A>(block.rows * shape.outputs * kLanes, z, rz, c.slopes[l], c.bends[l]);
  }
}

// dz in place of z and R{dz} in place of R{z}. With p of the other classes only: dz_y = −Σ p_k, and the mean of R{z}
// relative to the label's is Σ p_k·(R{z_k} − R{z_y}).
void cross_entropy_curvature(const RowBlock& block, std::size_t outputs, Lanes share, float* z, float* rz) {
  for (std::size_t b = 0; b < block.rows; ++b, z += outputs * kLanes, rz += outputs * kLanes) {
    const auto label = static_cast<std::size_t>(block.labels[b]);
    for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
      const Lanes m = largest(z, outputs, lane);
      const Lanes total = sum_of_exponentials(z, outputs, lane, m, z);
      const Lanes change = load(rz + label * kLanes + lane);
      Lanes others(0.0F);
      Lanes mean(0.0F);
      for (std::size_t j = 0; j < outputs; ++j) {
        const std::size_t place = j * kLanes + lane;
        const Lanes p = load(z + place) / total;
        const Lanes relative = load(rz + place) - change;
        store(z + place, p);
        store(rz + place, relative);
        if (j != label) others = others + p;
        if (j != label) mean = fma(p, relative, mean);
      }
      for (std::size_t j = 0; j < outputs; ++j) {
        const std::size_t place = j * kLanes + lane;
        const Lanes p = load(z + place);
        store(rz + place, flush_tiny(share * p * (load(rz + place) - mean)));
        store(z + place, flush_tiny(share * (j == label ? -others : p)));
      }
    }
  }
}

void mse_curvature(const RowBlock& block, std::size_t outputs, Lanes share, float* z, float* rz) {
  const Lanes scale = (share + share) / Lanes(static_cast<float>(outputs));
  for (std::size_t i = 0; i < block.rows * outputs; ++i)
    for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
      const std::size_t place = i * kLanes + lane;
      store(z + place, flush_tiny(scale * (load(z + place) - Lanes(block.targets[i]))));
      store(rz + place, flush_tiny(scale * load(rz + place)));
    }
}

// From da, R{da} to dz, R{dz} of the layer before, in place.
void backward_activation(std::size_t count, const float* slopes, const float* bends, float* da, float* rda) {
  for (std::size_t place = 0; place < count; place += kWidth) {
    const Lanes slope = load(slopes + place);
    const Lanes gradient = load(da + place);
    store(rda + place, flush_tiny(fma(load(rda + place), slope, gradient * load(bends + place))));
    store(da + place, flush_tiny(gradient * slope));
  }
}

void backward_both(const CurvatureView& c, const RowBlock& block) {
  const std::size_t rows = block.rows;
  for (std::size_t l = c.layers; l-- > 0;) {
    const LayerShape shape = c.shapes[l];
    const float* dz = c.outputs[l];
    const float* rdz = c.changes[l];
    float* rdw = c.product + weights_at(c.shapes, l);
    bias_gradient(shape.outputs, rows, rdz, c.product + biases_at(c.shapes, l));
    if (l == 0) {
      weight_gradient(shape, rows, 0, shape.inputs, Shared{block.features, shape.inputs, 1}, rdz, rdw);
      continue;
    }
    float* a = c.outputs[l - 1];
    float* ra = c.changes[l - 1];
    weight_gradient(shape, rows, 0, shape.inputs, Laned{a, shape.inputs, 1}, rdz, rdw);
    multiply(Laned{ra, 1, shape.inputs}, Laned{dz, 1, shape.outputs}, rows, shape.inputs, shape.outputs, rdw, true);
    const Laned weights{c.parameters + weights_at(c.shapes, l), shape.outputs, 1};
    const Laned along{c.direction + weights_at(c.shapes, l), shape.outputs, 1};
    multiply(Laned{dz, shape.outputs, 1}, weights, shape.outputs, rows, shape.inputs, a, false);
    multiply(Laned{rdz, shape.outputs, 1}, weights, shape.outputs, rows, shape.inputs, ra, false);
    multiply(Laned{dz, shape.outputs, 1}, along, shape.outputs, rows, shape.inputs, ra, true);
    backward_activation(rows * shape.inputs * kLanes, c.slopes[l - 1], c.bends[l - 1], a, ra);
  }
}

template <class A>
void curvature_with(const CurvatureView& c, const RowBlock& block) {
  forward_both<A>(c, block);
  const std::size_t last = c.layers - 1;
  const Lanes share(1.0F / static_cast<float>(c.rows));
  const auto output_curvature = c.loss == Loss::cross_entropy ? cross_entropy_curvature : mse_curvature;
  output_curvature(block, c.shapes[last].outputs, share, c.outputs[last], c.changes[last]);
  backward_both(c, block);
  for (std::size_t place = 0; place < c.parameter_count * kLanes; ++place)
    c.sum[place] += static_cast<double>(c.product[place]);
}

}  // namespace

void curvature(const CurvatureView& c, const RowBlock& block) {
  ActivationRegistry::at(c.activation, []<class A>(A) { return curvature_with<A>; })(c, block);
}

}  // namespace lrtune::LRTUNE_ISA
