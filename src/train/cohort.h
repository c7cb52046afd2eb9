// cohort.h: up to kLanes trials of one network shape, trained together on the same minibatches from the same initial
// weights. A lane is one trial: its result depends on its own rule and rate only, never on the lanes beside it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "train/trainer.h"

namespace lrtune {

class Cohort final : public Trainer {
 public:
  // `rows` is the most rows of a minibatch; lanes.size() ≤ kLanes; `initial` holds the parameters of one trial, layer
  // by layer, weights [input][output] then biases. `clip_norm`: of the global gradient.
  Cohort(const Kernel& kernel, const Network& network, std::span<const LaneOptimizer> lanes,
         std::span<const float> initial, std::size_t rows, std::optional<double> clip_norm);
  Cohort(const Cohort&) = delete;  // the view points into it
  Cohort& operator=(const Cohort&) = delete;

  PerLane train(const RowBlock& batch, std::span<const double> learning_rates) override;
  Evaluation evaluate(const RowBlock& set) override;
  std::vector<float> parameters(std::size_t lane) const override;
  LaneState state(std::size_t lane) const override;
  void restore(std::size_t lane, const LaneState& state) override;

 private:
  const Kernel& kernel_;
  std::vector<LaneOptimizer> lanes_;
  std::vector<LaneGroup> groups_;
  std::vector<Memory> memory_;
  std::vector<Slab> slabs_;
  std::optional<double> clip_norm_;
  std::size_t updates_ = 0;
  CohortView view_{};
};

}  // namespace lrtune
