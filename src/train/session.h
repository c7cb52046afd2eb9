// session.h: what every way of training a seed's lanes begins with: their trainer, the minibatches in the seed's order,
// and whole sets to look at.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/random.h"
#include "train/experiment.h"
#include "train/trainer.h"

namespace lrtune {

// A trainer in the layout that is cheaper for so few lanes, with the initial parameters of that seed.
std::unique_ptr<Trainer> make_trainer(const Experiment& experiment, std::span<const LaneOptimizer> lanes,
                                      RandomKey key);

// All rows as one block; `targets`: [row][output], or empty.
RowBlock whole_set(const Rows& rows, std::span<const float> targets);

// The minibatches of a seed. Each epoch is a fresh permutation; what is left of it after whole minibatches is dropped.
class Minibatches {
 public:
  Minibatches(const Experiment& experiment, RandomKey key) : experiment_(experiment), key_(key) {}

  // That of update k, counted from 0; asked for in order, as often as one likes. Valid until the next call.
  RowBlock of_update(std::size_t k);

 private:
  const Experiment& experiment_;
  RandomKey key_;
  std::vector<std::uint32_t> order_;  // of this epoch's rows
  std::vector<float> features_;
  std::vector<std::int32_t> labels_;
  std::vector<float> targets_;
};

}  // namespace lrtune
