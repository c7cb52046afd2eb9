// trainer.h: what trains trials step by step, whatever the layout: a cohort of lanes (train/cohort.h) or a single trial
// (train/solo.h). Both give a trial the same bits.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
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

class Trainer {
 public:
  Trainer() = default;
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;
  virtual ~Trainer() = default;

  // One update of every lane with its learning rate (schedule included); the minibatch's mean loss before the update.
  virtual PerLane train(const RowBlock& batch, std::span<const double> learning_rates) = 0;

  struct Evaluation {
    PerLane loss;   // mean over the rows
    PerLane error;  // share misclassified; 0 without labels
  };
  virtual Evaluation evaluate(const RowBlock& set) = 0;

  // The parameters of one lane: layer by layer, weights [input][output], then biases.
  virtual std::vector<float> parameters(std::size_t lane) const = 0;

  // All that a lane has come to: a lane of another trainer, of either layout, that is given it goes on from there. All
  // lanes of a trainer have done the same number of updates.
  struct LaneState {
    std::vector<float> parameters;
    std::vector<std::vector<float>> slots;
    Memory memory{};
    std::size_t updates = 0;
  };
  virtual LaneState state(std::size_t lane) const = 0;
  virtual void restore(std::size_t lane, const LaneState& state) = 0;
};

// `count` rows of the set from row `first` on.
inline RowBlock rows_from(const RowBlock& set, std::size_t first, std::size_t count, std::size_t features,
                          std::size_t outputs) {
  return {count, set.features + first * features, set.labels == nullptr ? nullptr : set.labels + first,
          set.targets == nullptr ? nullptr : set.targets + first * outputs};
}

// Calls evaluate(block) for every block of the set.
template <class Evaluate>
void for_each_block(const RowBlock& set, std::size_t features, std::size_t outputs, const Evaluate& evaluate) {
  for (std::size_t row = 0; row < set.rows; row += kEvaluationRows)
    evaluate(
        rows_from(set, row, set.rows - row < kEvaluationRows ? set.rows - row : kEvaluationRows, features, outputs));
}

// Mean of each lane's row losses.
PerLane mean_losses(LossSum& sum, std::size_t rows);

}  // namespace lrtune
