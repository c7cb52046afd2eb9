// solo.h: a single trial in the second layout, vectors across neighbouring units: as many vectors of work as the trial
// needs, where a cohort would train kLanes lanes however few are used. The same bits as a lane of a cohort.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "train/trainer.h"

namespace lrtune {

class Solo final : public Trainer {
 public:
  // As Cohort, with one lane.
  Solo(const Kernel& kernel, const Network& network, const LaneOptimizer& optimizer, std::span<const float> initial,
       std::size_t rows, std::optional<double> clip_norm);

  PerLane train(const RowBlock& batch, std::span<const double> learning_rates) override;
  Evaluation evaluate(const RowBlock& set) override;
  std::vector<float> parameters(std::size_t lane) const override;
  LaneState state(std::size_t lane) const override;
  void restore(std::size_t lane, const LaneState& state) override;

 private:
  const Kernel& kernel_;
  LaneOptimizer optimizer_;
  Memory memory_;
  std::vector<Slab> slabs_;
  std::optional<double> clip_norm_;
  std::size_t updates_ = 0;
  SoloView view_{};
};

// Whether `trials` trials of that network and minibatch are done sooner one by one than as lanes of one cohort. A model
// fitted to bench/engine_bench: multiply-adds with their padding, a fixed cost per update, and what a cohort loses when
// its parameters outgrow the caches: sooner where a vector is only a part of the lanes.
bool solo_is_cheaper(const Kernel& kernel, const Network& network, std::size_t rows, std::size_t trials);

}  // namespace lrtune
