// cohort.h: up to kLanes trials of one network shape, trained together on the same minibatches from the same initial
// weights. A lane is one trial: its result depends on its own rule and rate only, never on the lanes beside it.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "optim/rules.h"
#include "train/kernel.h"

namespace lrtune {

// What all trials of a sweep share.
struct Network {
  std::vector<LayerShape> shapes;
  ActivationId activation = 0;
  Loss loss = Loss::cross_entropy;

  std::size_t parameter_count() const;
};

// One lane's optimizer: a row of the registry and its parameters, in the card's order. Lanes are given sorted by rule.
struct LaneOptimizer {
  RuleId rule = 0;
  std::vector<double> parameters;
};

using PerLane = std::array<double, kLanes>;

// Float memory aligned to a cache line, zeroed.
class Slab {
 public:
  Slab() = default;
  explicit Slab(std::size_t floats);
  float* data() const { return floats_.get(); }

 private:
  struct Free {
    void operator()(float* floats) const;
  };
  std::unique_ptr<float[], Free> floats_;
};

class Cohort {
 public:
  // `rows` is the most rows of a minibatch; lanes.size() ≤ kLanes; `initial` holds the parameters of one trial, layer
  // by layer, weights [input][output] then biases. `clip_norm`: of the global gradient.
  Cohort(const Kernel& kernel, const Network& network, std::span<const LaneOptimizer> lanes,
         std::span<const float> initial, std::size_t rows, std::optional<double> clip_norm);
  Cohort(const Cohort&) = delete;  // the view points into it
  Cohort& operator=(const Cohort&) = delete;

  // One update of every lane with its learning rate (schedule included); the minibatch's mean loss before the update.
  PerLane train(const RowBlock& batch, std::span<const double> learning_rates);

  struct Evaluation {
    PerLane loss;   // mean over the rows
    PerLane error;  // share misclassified; 0 under mse
  };
  Evaluation evaluate(const RowBlock& set);

  // The parameters of one lane, in the order of `initial`.
  std::vector<float> parameters(std::size_t lane) const;

  // Bytes that a cohort of these shapes needs, for the check before anything is allocated.
  static std::size_t bytes(const Network& network, std::size_t slots, std::size_t rows, bool clipping);

 private:
  const Kernel& kernel_;
  std::vector<LaneOptimizer> lanes_;
  std::vector<LaneGroup> groups_;
  std::vector<std::array<double, kMemory>> memory_;
  std::vector<Slab> slabs_;
  std::optional<double> clip_norm_;
  std::size_t updates_ = 0;
  CohortView view_{};
};

}  // namespace lrtune
