// kernel.h: what one instruction set must provide, and the plain records it works on. The same source,
// train/engine.kernel.cpp, is compiled once per instruction set; train/isa.h picks one at run time.
//
// Shapes, lane fastest, kLanes floats per place:
//   parameters: layer by layer, weights [input][output], then biases [output]; gradients and optimizer slots alike
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/nn_cards.h"
#include "nn/shapes.h"
#include "nn/sums.h"
#include "optim/rules.h"

namespace lrtune {

enum class Loss { cross_entropy, mse };  // rows of loss_cards()

inline constexpr std::size_t kMostLayers = 65;  // 64 hidden ones (config/fields.cpp) and the output

// Rows of a set that are evaluated at a time; larger blocks leave the cache.
inline constexpr std::size_t kEvaluationRows = 64;
static_assert(kEvaluationRows % kPartials == 0,
              "a row of a block goes to the partial that is its own in the whole set");

// Inputs of a layer whose weights are updated at a time (engine.kernel.cpp): their gradient stays in the cache.
inline constexpr std::size_t kPanel = 16;

// A minibatch or a block of the validation set: without lanes, every lane sees the same rows.
struct RowBlock {
  std::size_t rows;
  const float* features;       // [row][feature]
  const std::int32_t* labels;  // [row], of classes: cross_entropy, and the misclassified rows of an evaluation
  const float* targets;        // [row][output], mse
};

// Neighbouring lanes that share an update rule.
struct LaneGroup {
  RuleId rule;
  std::size_t first;
  std::size_t last;  // one past
};

// A cohort's memory; the owner is train/cohort.h.
struct CohortView {
  std::size_t layers;
  LayerShape shapes[kMostLayers];
  ActivationId activation;
  Loss loss;

  float* parameters;            // [parameter][lane]
  std::size_t parameter_count;  // per lane
  float* slots[kMostSlots];     // [parameter][lane] each
  float* gradients;             // [parameter][lane] when clipping, else room for kPanel inputs of the widest layer
  float* outputs[kMostLayers];  // [row][output][lane], what each layer puts out
  float* slopes[kMostLayers];   // the same shape; only where the activation keeps its slope
  float* output_gradients;      // [row][output][lane] of the last layer
  const LaneGroup* groups;
  std::size_t group_count;
  float scalars[kMostScalars][kLanes];  // of each lane's rule
  const double* clip_norm;              // null: no clipping
};

// The second layout: one trial, vectors across neighbouring units, for when too few trials are left to fill the lanes.
// Units are padded to a multiple of kSoloPad; the padding holds zeros. The owner is train/solo.h.
inline constexpr std::size_t kSoloPad = 16;
static_assert(kSoloPad % kLanes == 0, "padding ends a vector of any width: none is wider than kLanes (nn/dense.h)");
static_assert(kPartials == kLanes, "losses are taken of kLanes rows as lanes: lane t of them goes to partial t");

struct SoloLayer {
  std::size_t padded_outputs;
  float* weights;           // [input][padded output]
  float* bias;              // [padded output]
  float* weight_gradients;  // as weights and bias
  float* bias_gradients;
  float* outputs;  // [row][padded output]
  float* slopes;   // the same shape; only where the activation keeps its slope
};

struct SoloView {
  std::size_t layers;
  LayerShape shapes[kMostLayers];
  SoloLayer solo[kMostLayers];
  ActivationId activation;
  Loss loss;
  float* parameters;  // layer by layer, weights then bias; gradients and slots alike
  std::size_t padded_parameters;
  float* gradients;
  float* slots[kMostSlots];
  float* output_gradients;  // [row][padded output] of the last layer
  float* transposed;        // [output][padded input], the largest of all layers but the first
  float* row_lanes;         // [output][kLanes] twice: outputs, and gradients, of kLanes rows
  RuleId rule;
  float scalars[kMostScalars];
  const double* clip_norm;  // null: no clipping
};

// Memory for products with the Hessian (curvature.kernel.cpp); the owner is train/curvature.h.
struct CurvatureView {
  std::size_t layers;
  LayerShape shapes[kMostLayers];
  ActivationId activation;
  Loss loss;
  std::size_t rows;  // of the whole set, whose mean loss is meant

  const float* parameters;      // [parameter][lane]
  const float* direction;       // the same shape
  float* product;               // the same shape: a block's part
  double* sum;                  // the same shape: of all blocks so far
  std::size_t parameter_count;  // per lane
  float* outputs[kMostLayers];  // [row][output][lane]
  float* changes[kMostLayers];  // the same shape: derivatives of the outputs along the direction
  float* slopes[kMostLayers];   // the same shape, hidden layers: φ'
  float* bends[kMostLayers];    // the same shape, hidden layers: φ'' times the change of its input
};

struct Kernel {
  const char* name;
  std::size_t width;  // lanes of a vector
  // One update of every lane: forward, loss, backward, update. Row losses of the minibatch, before the update, go to
  // `sum`.
  void (*train)(const CohortView& cohort, const RowBlock& batch, LossSum& sum);
  // Forward and loss only; adds to `sum`. A set is given in blocks of kEvaluationRows, but for the last.
  void (*evaluate)(const CohortView& cohort, const RowBlock& block, LossSum& sum);
  // The update alone: parameters and slots of `count` places from `first`, gradients from gradients[0].
  void (*update)(const CohortView& cohort, const float* gradients, std::size_t first, std::size_t count);
  // As train and evaluate, for a single trial; losses and misclassified rows stand at lane 0 of the sum.
  void (*train_solo)(const SoloView& trial, const RowBlock& batch, LossSum& sum);
  void (*evaluate_solo)(const SoloView& trial, const RowBlock& block, LossSum& sum);
  // Adds a block's part of the Hessian times the direction, per lane, to the sum.
  void (*curvature)(const CurvatureView& cohort, const RowBlock& block);
};

}  // namespace lrtune
